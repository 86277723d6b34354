"""Extractions to files; rows and columns come from :mod:`speechmine.tables`.

The writer of a format is loaded when something is written in it.
"""

from speechmine.writers.files import open_output
from speechmine.writers.formats import (
    FORMATS,
    ROW_FORMATS,
    Format,
    RowWriter,
    Writer,
    format_names,
    format_of,
    row_writer_of,
    writer_of,
)
from speechmine.writers.writing import write_file, write_rows

__all__ = [
    "FORMATS",
    "ROW_FORMATS",
    "Format",
    "RowWriter",
    "Writer",
    "format_names",
    "format_of",
    "open_output",
    "row_writer_of",
    "write_file",
    "write_rows",
    "writer_of",
]
