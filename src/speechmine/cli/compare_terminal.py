"""The main tables of a comparison in the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pandas as pd
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from speechmine.cli.compare_files import summary
from speechmine.themes.declaring.labels import cell_told, column_title, said

if TYPE_CHECKING:
    from speechmine.themes import Comparison

__all__ = ["print_comparison"]

_WIDTH_OF_A_FILE = 120
_ROWS = 10


def print_comparison(found: Comparison) -> None:
    """Print what a reader wants to see first; the rest stands in the files."""
    console = Console(width=None if sys.stdout.isatty() else _WIDTH_OF_A_FILE, highlight=False)
    console.print(Text(summary(found), style="bold"))
    for name in found.tables:
        if found.analyses[name].terminal:
            _print_section(console, found, name)
    if found.left_out:
        console.print(Text("\n" + said("none_made"), style="bold"))
    for name, reason in found.left_out.items():
        console.print(Text(f"{found.analyses[name].title}：{reason}", style="dim"))


def _print_section(console: Console, found: Comparison, name: str) -> None:
    rows, analysis = found.view(name, _ROWS), found.analyses[name]
    if not len(rows):
        return
    console.print(Text(f"\n{analysis.title}", style="bold"), Text(analysis.question, style="dim"))
    console.print(_table_shown(rows))
    note = found.tables[name].attrs.get("note")
    if note:
        console.print(Text(str(note), style="dim"))


def _table_shown(rows: pd.DataFrame) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in rows.columns:
        number = pd.api.types.is_numeric_dtype(rows[name].dtype)
        table.add_column(
            Text(column_title(name)), justify="right" if number else "left", overflow="fold"
        )
    share = bool(rows.attrs.get("share"))
    for cells in rows.itertuples(index=False, name=None):
        # In a crossed table the first column is the group, the others are values.
        pairs = enumerate(zip(rows.columns, cells, strict=True))
        texts = (cell_told(str(c), v, share=share and i > 0) for i, (c, v) in pairs)
        table.add_row(*(Text(" ".join(text.split())) for text in texts))
    return table
