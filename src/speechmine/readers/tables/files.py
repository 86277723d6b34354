"""Files that hold tables, as documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from speechmine.model import Document
from speechmine.readers.common.grids import Content
from speechmine.readers.tables.delimited import read_csv, read_tsv
from speechmine.readers.tables.sheets import read_xlsx

__all__ = ["read_csv_file", "read_tsv_file", "read_xlsx_file"]

_Read: TypeAlias = Callable[[bytes, str], Content]


def read_csv_file(data: bytes, *, id: str, source: str | None) -> Document:  # noqa: A002
    """A table with commas."""
    return _table_document(read_csv, data, id, source)


def read_tsv_file(data: bytes, *, id: str, source: str | None) -> Document:  # noqa: A002
    """A table with tabs."""
    return _table_document(read_tsv, data, id, source)


def read_xlsx_file(data: bytes, *, id: str, source: str | None) -> Document:  # noqa: A002
    """An Excel workbook."""
    return _table_document(read_xlsx, data, id, source)


def _table_document(read: _Read, data: bytes, id_: str, source: str | None) -> Document:
    found = read(data, source or id_)
    return Document(found.text, id=id_, source=source, tables=found.tables, notices=found.notices)
