"""The commands for a paper: codebook and cite."""

from __future__ import annotations

import sys
from gettext import gettext as _
from pathlib import Path

import click

from speechmine.cli.told import one_line
from speechmine.errors import UsageError

__all__ = ["cite", "codebook"]

# Names of variables, the same in every language.
_HEADINGS = ("variable", "type", "label", "meaning")


@click.command("codebook")
@click.argument("tables", metavar="[TABLE]...", nargs=-1)
@click.option(
    "-o", "--output", "out", metavar="OUT", help="A file: .csv, .xlsx, .docx, .tex, .md, .dta ..."
)
@click.option("--force", is_flag=True, help="Replace OUT if it exists.")
def codebook(*, tables: tuple[str, ...], out: str | None, force: bool) -> None:
    """Print the codebook (变量说明): each variable of each table, its type, meaning and values.

    TABLE is a name such as targets, promises, ratchet, tasks, metrics; all by default.
    """
    import pandas as pd

    from speechmine.paper import codebook as book_of
    from speechmine.paper import write_table

    try:
        book = pd.concat([book_of(name) for name in tables or (None,)], ignore_index=True)
        if out is not None:
            write_table(book, out, overwrite=force)
            return
    except UsageError as error:
        raise click.UsageError(one_line(str(error))) from error
    for name, part in book.groupby("table", sort=False):
        click.echo(f"## {name}\n\n| {' | '.join(_HEADINGS)} |\n|{'---|' * len(_HEADINGS)}")
        for row in part.to_dict("records"):
            told = "; ".join(filter(None, (row["meaning"], row["values"]))).replace("|", "\\|")
            empty = ", may be empty" if row["nullable"] else ""
            click.echo(f"| `{row['variable']}` | {row['type']}{empty} | {row['label']} | {told} |")
        click.echo()


@click.command("cite")
@click.option(
    "--style", type=click.Choice(["text", "bibtex", "cff"]), default="text", show_default=True
)
@click.argument("record", required=False, metavar="[RECORD]", type=click.Path(path_type=Path))
def cite(*, style: str, record: Path | None) -> None:
    """Print how to cite speechmine (引用), with its version.

    With RECORD, the file beside a table (NAME.record.json), also what the table was made with.
    """
    import json

    from speechmine.paper import cite as cite_as

    click.echo(cite_as(style).rstrip())  # type: ignore[arg-type]
    if record is None:
        return
    try:
        held = json.loads(record.read_text(encoding="utf-8"))
        lines = [f"{name} {number}" for name, number in held["software"].items()]
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = _("{record}: this is no record of a table ({error})")
        raise click.UsageError(message.format(record=record, error=error)) from error
    click.echo("; ".join(lines))
    for table in held.get("tables", []):
        click.echo(f"{table.get('method', '')}: {json.dumps(table, ensure_ascii=False)}")
    sys.exit(0)
