"""A frame of texts to a frame of tasks: the one function that every engine calls.

It is pure and row by row, so ``extract_frame(whole)`` equals ``extract_frame`` of the parts put
together: process pools, Dask, Spark and Ray need nothing else.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from speechmine.errors import ReadError, SpeechmineError, UsageError
from speechmine.frame import frame_of_columns
from speechmine.model import Document, Extraction
from speechmine.pipeline import extract
from speechmine.readers.common.metadata import Metadata, expected
from speechmine.tables import TABLE_NAMES, Column, ColumnType, Row, columns_of, rows_of

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from speechmine.assemble.profile import Profile
    from speechmine.model import Mode
    from speechmine.rules.schema import RuleSet

__all__ = [
    "INPUT_COLUMNS",
    "arrow_schema",
    "empty_frame",
    "extract_frame",
    "frame_columns",
    "spark_schema",
]

#: Columns that are read; all but the first two may be missing, and may be empty in any row.
INPUT_COLUMNS = ("doc_id", "text", *Metadata.__annotations__, "source")
_ERROR = Column(
    "error",
    "text",
    nullable=True,
    label="问题",
    meaning="why the document of this row was not read; empty: it was",
)
_SPARK: Mapping[ColumnType, str] = {
    "text": "string",
    "integer": "bigint",
    "number": "double",
    "boolean": "boolean",
    "date": "date",
}


def extract_frame(
    df: pd.DataFrame,
    *,
    table: str = "tasks",
    mode: Mode = "strict",
    rules: RuleSet | str | os.PathLike[str] | None = None,
    profile: Profile | str | os.PathLike[str] | None = None,
    progress: bool = False,
) -> pd.DataFrame:
    """The tasks (or another table) of every text of a frame.

    Args:
        df: with ``doc_id`` and ``text``, and any other of :data:`INPUT_COLUMNS` that is known;
            ``date`` as ``YYYY-MM-DD``, date or timestamp. Other columns are not looked at.
        table: tasks, metrics, parties, deadlines, segments, sections, notices or documents.
        mode: as in :func:`speechmine.extract`.
        rules: a rule set of your own, or its folder; the shipped one by default. Where workers
            of an engine call this, name the folder (each of them must be able to read it).
        profile: habits of an office, or their file.
        progress: show a bar, in a terminal or a notebook, while texts are read.

    Returns:
        One row a task in the order of the documents, columns as :func:`frame_columns` says; a
        document without tasks has no row. A document that cannot be read has one row with its
        ``doc_id`` and ``error``, all else empty: no row stops the others.

    Raises:
        UsageError: a column is missing, or there is no such table or mode.

    Example:
        >>> import pandas as pd
        >>> texts = pd.DataFrame({
        ...     "doc_id": ["a", "b"],
        ...     "text": ["区财政局要在6月底前制定奖补方案。", None],
        ...     "date": ["2024-03-01", None],
        ... })
        >>> extract_frame(texts)[["doc_id", "title", "deadline_text", "error"]].values.tolist()
        [['a', '制定奖补方案', '6月底前', <NA>], ['b', <NA>, <NA>, 'there is no text']]
    """
    columns = frame_columns(table)
    extract("", mode=mode)  # a wrong mode is wrong for all: not one error a row
    options = {"mode": mode, **_loaded_rules(rules, profile)}
    known = _known_columns(df)
    rows: list[Row] = []
    for values in _watched(df[known], shown=progress):
        given = {name: _plain_cell(value) for name, value in zip(known, values, strict=True)}
        rows += _rows_of(given, table, **options)
    return frame_of_columns(rows, columns)


def _watched(df: pd.DataFrame, *, shown: bool) -> Iterable[tuple[Any, ...]]:
    rows = df.itertuples(index=False, name=None)
    if not shown:
        return rows
    from rich.progress import track

    return track(rows, "提取", total=len(df))


def frame_columns(table: str = "tasks") -> tuple[Column, ...]:
    """The columns of :func:`extract_frame`, in order: those of the table, and ``error``.

    Raises:
        UsageError: there is no such table.

    Example:
        >>> [c.name for c in frame_columns("tasks")][:2], frame_columns("tasks")[-1].name
        (['doc_id', 'doc_title'], 'error')
    """
    if table not in TABLE_NAMES:
        raise UsageError(f"no table named {table!r}; there are: {', '.join(TABLE_NAMES)}")
    return (*columns_of(table), _ERROR)


def spark_schema(table: str = "tasks") -> str:
    """The same columns as a schema string of Spark.

    Example:
        >>> spark_schema("documents").split(", ")[0]
        '`doc_id` string'
    """
    return ", ".join(f"`{c.name}` {_SPARK[c.type]}" for c in frame_columns(table))


def arrow_schema(table: str = "tasks") -> pa.Schema:
    """The same columns as an Arrow schema; every column may be empty.

    Raises:
        UsageError: pyarrow is not installed.

    Example:
        >>> str(arrow_schema("metrics").field("low").type)
        'double'
    """
    from speechmine.writers.records.parquet import arrow_field

    fields = [arrow_field(column).with_nullable(True) for column in frame_columns(table)]
    import pyarrow as pa

    return pa.schema(fields)


def empty_frame(table: str = "tasks") -> pd.DataFrame:
    """A frame of no rows with the declared types: what engines ask for as ``meta``."""
    return frame_of_columns([], frame_columns(table))


def _loaded_rules(
    rules: RuleSet | str | os.PathLike[str] | None,
    profile: Profile | str | os.PathLike[str] | None,
) -> dict[str, Any]:
    from speechmine.assemble.profile import load_profile
    from speechmine.rules.loader import load_rules

    chosen = load_rules(rules) if isinstance(rules, str | os.PathLike) else rules
    if isinstance(profile, str | os.PathLike):
        profile = load_profile(profile, rules=chosen)
    return {"rules": chosen, "profile": profile}


def _known_columns(df: pd.DataFrame) -> list[str]:
    if not (hasattr(df, "columns") and hasattr(df, "itertuples")):
        raise UsageError(
            f"a frame is expected, not {type(df).__name__}: give texts as "
            "pd.DataFrame({'doc_id': [...], 'text': [...]})"
        )
    missing = [name for name in INPUT_COLUMNS[:2] if name not in df.columns]
    if missing:
        there = ", ".join(map(str, df.columns)) or "none"
        raise UsageError(
            f"the frame needs the columns doc_id and text; missing: {', '.join(missing)}; there "
            f"are: {there}; rename yours, or number the rows: df.assign(doc_id=range(len(df)))"
        )
    return [name for name in INPUT_COLUMNS if name in df.columns]


def _plain_cell(value: Any) -> Any:
    """A cell as plain Python: None where it is empty, a day as ``YYYY-MM-DD``."""
    import pandas as pd

    if isinstance(value, str):
        return value
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return None
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, dt.date) else value


def _rows_of(given: Mapping[str, Any], table: str, **options: Any) -> Sequence[Row]:
    doc_id = "" if given["doc_id"] is None else str(given["doc_id"])
    try:
        extraction = _extraction(doc_id, given, **options)
        return [{**row, _ERROR.name: None} for row in rows_of(extraction, table)]
    except ReadError as error:
        message = error.message
    except SpeechmineError as error:
        message = str(error)
    except Exception as error:  # noqa: BLE001  # a fault of ours must not lose the other rows
        message = f"internal error ({type(error).__name__}: {error}); please report it"
    return [{**dict.fromkeys(_column_names(table)), "doc_id": doc_id, _ERROR.name: message}]


def _column_names(table: str) -> Iterator[str]:
    return (column.name for column in frame_columns(table))


def _extraction(doc_id: str, given: Mapping[str, Any], **options: Any) -> Extraction:
    text = given["text"]
    if text is None:
        raise ReadError(doc_id, "there is no text")
    if not isinstance(text, str):
        raise ReadError(doc_id, f"the text is no string but {type(text).__name__}")
    known = {name: value for name, value in given.items() if value is not None}
    known = {name: value for name, value in known.items() if name not in ("doc_id", "text")}
    for name, value in known.items():
        wanted = expected(name, value) if name in Metadata.__annotations__ else None
        if wanted is not None:
            raise ReadError(doc_id, f"{name}: {wanted} is expected, not {value!r:.60}")
    return extract(cast("Any", Document)(text, id=doc_id, **known), **options)
