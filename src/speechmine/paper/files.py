"""Tables as files for Stata, Word, LaTeX, spreadsheets, with the record of how each was made."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from speechmine.errors import ReadError, UsageError
from speechmine.model import Document
from speechmine.paper.books import labels_of
from speechmine.paper.records import record_of
from speechmine.paper.stata import dta_bytes
from speechmine.paper.word import docx_bytes
from speechmine.themes.corpus.loading import CorpusLike
from speechmine.writers import open_output

__all__ = ["TABLE_FORMATS", "read_table", "to_latex", "write_table"]

_RECORD = ".record.json"
_NOTED = ("method", "vocabulary", "note", "warning")
_DIGITS = 3


def write_table(
    table: pd.DataFrame,
    path: str | os.PathLike[str],
    *,
    corpus: CorpusLike | None = None,
    documents: Iterable[Document] = (),
    overwrite: bool = False,
) -> None:
    """Write a table, and beside it ``PATH.record.json``, which says how it was made.

    Args:
        table: any frame.
        path: its suffix says the format: ``.csv``, ``.xlsx``, ``.parquet``, ``.dta`` (Stata 14 and
            later, with labels), ``.tex`` (booktabs), ``.docx``, ``.md``, ``.html``.
        corpus: what it was made from; the record then lists its texts with their hashes.
        documents: what it was made from, where no corpus was; listed in the same way.
        overwrite: whether files may be replaced.

    Raises:
        UsageError: the suffix names no format, or a file exists.

    Example:
        >>> import tempfile
        >>> from speechmine.themes import tone
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     write_table(tone({2024: "要抓改革。"}), f"{folder}/tone.dta")
        ...     sorted(os.listdir(folder))
        ['tone.dta', 'tone.dta.record.json']
    """
    target = Path(path)
    make = _WRITERS.get(target.suffix.lower())
    if make is None:
        raise UsageError(
            f"{target}: the suffix names no format; there are: {', '.join(TABLE_FORMATS)}"
        )
    content = make(table)
    record = (
        json.dumps(record_of(table, corpus, documents=documents), ensure_ascii=False, indent=1)
        + "\n"
    )
    beside = target.with_name(target.name + _RECORD)
    for file in (target, beside):
        if file.exists() and not overwrite:
            raise UsageError(f"{file}: the file exists; overwrite=True replaces it")
    with open_output(target, overwrite=overwrite) as out:
        out.write(content)
    with open_output(beside, overwrite=overwrite) as out:
        out.write(record.encode())


def read_table(path: str | os.PathLike[str]) -> pd.DataFrame:
    """A table that :func:`write_table` wrote, with its record in ``attrs`` again.

    Args:
        path: ``.csv``, ``.xlsx``, ``.parquet`` or ``.dta``.

    Raises:
        ReadError: it cannot be read.
        UsageError: the format holds no table that can be read again.

    Example:
        >>> import tempfile
        >>> from speechmine.themes import tone
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     write_table(tone({2024: "要抓改革。"}), f"{folder}/tone.csv")
        ...     read_table(f"{folder}/tone.csv").attrs["params"]["by"]
        'year'
    """
    target = Path(path)
    read = _READERS.get(target.suffix.lower())
    if read is None:
        raise UsageError(f"{target}: only {', '.join(_READERS)} can be read again")
    try:
        table = read(target)
        beside = target.with_name(target.name + _RECORD)
        record = json.loads(beside.read_text("utf-8")) if beside.is_file() else {"tables": []}
    except (OSError, ValueError) as error:
        raise ReadError(str(target), f"cannot be read: {error}") from error
    parts = record["tables"]
    table.attrs.clear()
    if parts:
        table.attrs.update(parts[0] if len(parts) == 1 else {"parts": parts})
    table.attrs["record"] = {key: record[key] for key in record if key != "tables"}
    return table


def to_latex(
    table: pd.DataFrame,
    *,
    columns: Sequence[str] | None = None,
    caption: str = "",
    label: str = "",
    headings: Mapping[str, str] | None = None,
) -> str:
    r"""A table of LaTeX (booktabs) with its method below; cells are escaped.

    Chinese needs a class or package that sets it, such as ``ctexart`` or ``xeCJK``.

    Args:
        table: any frame.
        columns: which, in this order; all by default.
        caption: above it.
        label: for references.
        headings: by column, instead of the names.

    Raises:
        UsageError: a column is missing.

    Example:
        >>> print(to_latex(pd.DataFrame({"a_b": [0.12345]})).splitlines()[2].strip())
        a\_b \\
    """
    shown = _chosen_columns(table, columns).rename(columns=dict(headings or {}))
    body: str = shown.to_latex(
        index=False,
        escape=True,
        caption=_escaped(caption) or None,
        label=label or None,
        na_rep="",
        float_format=lambda value: f"{value:.{_DIGITS}f}",
    )
    notes = "; ".join(_table_notes(table))
    if not notes:
        return body
    note = f"\\par\\footnotesize {_escaped(notes)}\n"
    return body.replace("\\end{table}", f"{note}\\end{{table}}") if caption else body + note


_SPECIAL = {
    **{char: f"\\{char}" for char in "&%$#_{}"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
}


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(char, char) for char in text)


def _chosen_columns(table: pd.DataFrame, columns: Sequence[str] | None) -> pd.DataFrame:
    from speechmine.themes.tables.checks import need_columns

    wanted = list(columns) if columns is not None else [str(name) for name in table.columns]
    need_columns(table, *wanted)
    return table[wanted]


def _table_notes(table: pd.DataFrame) -> list[str]:
    attrs = table.attrs
    told = [f"n = {attrs['n_reports']} reports"] if attrs.get("n_reports") else []
    return told + [f"{name}: {attrs[name]}" for name in _NOTED if attrs.get(name)]


def _plain_cells(table: pd.DataFrame) -> pd.DataFrame:
    return table.astype(object).where(table.notna(), None)


def _csv_file(table: pd.DataFrame) -> bytes:
    # The mark at the beginning tells spreadsheets that it is UTF-8.
    return b"\xef\xbb\xbf" + table.to_csv(index=False, lineterminator="\n").encode()


def _xlsx(table: pd.DataFrame) -> bytes:
    from speechmine.tables import Column, Row
    from speechmine.writers.records.excel import write_xlsx_tables

    names = [str(name) for name in table.columns]
    columns = [
        Column(name, _cell_type(table[name]), nullable=True, label=name, meaning=label)
        for name, label in labels_of(table).items()
    ]
    rows = (
        {
            n: cell.item() if hasattr(cell, "item") else cell
            for n, cell in zip(names, row, strict=True)
        }
        for row in _plain_cells(table).itertuples(index=False, name=None)
    )
    notes: list[Row] = [{"topic": "record", "content": note} for note in _table_notes(table)]
    out = io.BytesIO()
    write_xlsx_tables({"table": (columns, rows)}, notes, out)
    return out.getvalue()


def _cell_type(column: pd.Series[Any]) -> Any:
    if pd.api.types.is_bool_dtype(column.dtype):
        return "boolean"
    if pd.api.types.is_integer_dtype(column.dtype):
        return "integer"
    return "number" if pd.api.types.is_numeric_dtype(column.dtype) else "text"


def _parquet(table: pd.DataFrame) -> bytes:
    try:
        import pyarrow  # noqa: F401, ICN001
    except ImportError as error:
        raise UsageError(
            'Parquet needs pyarrow, which is not installed: pip install "speechmine[parquet]"'
        ) from error
    out = io.BytesIO()
    bare = table.copy()
    bare.attrs = {}  # JSON would not hold all of it; the record beside the file does
    bare.to_parquet(out, index=False)
    return out.getvalue()


def _tex(table: pd.DataFrame) -> bytes:
    return to_latex(table).encode()


def _docx(table: pd.DataFrame) -> bytes:
    headings = list(labels_of(table).values())
    return docx_bytes(_plain_cells(table), headings, "; ".join(_table_notes(table)))


def _md(table: pd.DataFrame) -> bytes:
    lines = [[str(name) for name in table.columns], ["---"] * len(table.columns)]
    lines += [
        [_latex_cell(c) for c in row]
        for row in _plain_cells(table).itertuples(index=False, name=None)
    ]
    text = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    return (text + "".join(f"\n{note}\n" for note in _table_notes(table))).encode()


def _latex_cell(value: object) -> str:
    if value is None:
        return ""
    text = f"{value:.{_DIGITS}f}" if isinstance(value, float) else str(value)
    return " ".join(text.replace("|", "\\|").split())


def _html(table: pd.DataFrame) -> bytes:
    body = table.to_html(index=False, na_rep="")
    return f'<!DOCTYPE html>\n<meta charset="utf-8">\n{body}\n'.encode()


def _read_csv(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, encoding="utf-8-sig")


_WRITERS: Mapping[str, Callable[[pd.DataFrame], bytes]] = {
    ".csv": _csv_file,
    ".xlsx": _xlsx,
    ".parquet": _parquet,
    ".dta": dta_bytes,
    ".tex": _tex,
    ".docx": _docx,
    ".md": _md,
    ".html": _html,
}
_READERS: Mapping[str, Callable[[Path], pd.DataFrame]] = {
    ".csv": _read_csv,
    ".xlsx": pd.read_excel,
    ".parquet": pd.read_parquet,
    ".dta": pd.read_stata,
}
#: Suffixes that a table can be written with.
TABLE_FORMATS = tuple(_WRITERS)
