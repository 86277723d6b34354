"""Records as rows: one schema a table, for every writer and frame.

The columns stand in ``schema/tables.toml``: name, type, whether a cell may be empty, Chinese
label, meaning. An empty cell means that the text gives nothing; it is never filled from elsewhere.
"""

from speechmine.tables.columns import (
    PANEL_NAMES,
    TABLE_NAMES,
    Cell,
    Column,
    ColumnType,
    Keys,
    Row,
    TableName,
    codes_of,
    columns_of,
    keys_of,
    value_label,
)
from speechmine.tables.rows import (
    UNSURE,
    UNSURE_MARK,
    error_rows,
    is_unsure,
    party_marks,
    rows_of,
    task_rows,
)

__all__ = [
    "PANEL_NAMES",
    "TABLE_NAMES",
    "UNSURE",
    "UNSURE_MARK",
    "Cell",
    "Column",
    "ColumnType",
    "Keys",
    "Row",
    "TableName",
    "codes_of",
    "columns_of",
    "error_rows",
    "is_unsure",
    "keys_of",
    "party_marks",
    "rows_of",
    "task_rows",
    "value_label",
]
