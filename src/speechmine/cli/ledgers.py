"""The command that makes ledgers and brings them up to date: ledger."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from speechmine.cli.options import DATE, MODE, PROFILE, RULES, check_day
from speechmine.cli.run import Request

__all__ = ["ledger"]

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("ledger")
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@DATE
@MODE
@click.option(
    "-o",
    "--output",
    "out",
    metavar="OUT",
    required=True,
    help="OUT.xlsx: the ledger (督查台账); OUT.docx: a work-division table (任务分解表).",
)
@click.option(
    "--merge",
    metavar="FILE|FOLDER",
    multiple=True,
    help="Ledgers that people have filled in (交回的台账), as often as you like; a folder: all "
    "workbooks in it. Every entry is kept, two different ones for one cell are listed (冲突清单), "
    "and who has returned is told (回收情况). With a PATH, new tasks are added and dropped ones "
    "marked (合并更新).",
)
@click.option(
    "--split",
    is_flag=True,
    help="A row of a table that owes several things becomes several rows (拆分); without it a "
    "table's row is one of the ledger, word for word.",
)
@click.option(
    "--template",
    metavar="FILE",
    type=_FILE,
    help="Workbook of your own (模板) whose headings are filled below.",
)
@click.option(
    "--as-of",
    callback=check_day,
    metavar="YYYY-MM-DD",
    help="Colour what is overdue (逾期) or soon due on this day; without it nothing is coloured.",
)
@click.option("--force", is_flag=True, help="Replace OUT if it exists.")
@RULES
@PROFILE
def ledger(  # noqa: PLR0913  # one parameter an option
    *,
    paths: tuple[str, ...],
    date: str | None,
    mode: str,
    out: str,
    merge: tuple[str, ...],
    split: bool,
    template: Path | None,
    as_of: str | None,
    force: bool,
    rules: Path | None,
    profile: Path | None,
) -> None:
    """Make the ledger (督查台账) of speeches, or bring a filled-in one up to date.

    PATH is a speech or a table (任务分解表), a folder of them, or the JSON of an earlier
    extraction; with --merge there may be none. The table [ledger] of an office profile names
    columns, states and title.

    Exit status: 0 all read; 1 some inputs failed, the rest written; 2 wrong usage.
    """
    from speechmine.cli.ledger_files import Wanted, run_ledger

    request = Request(paths, date=date, mode=mode, rules=rules, profile=profile, split=split)
    wanted = Wanted(out, merge=merge, template=template, as_of=as_of, force=force)
    sys.exit(run_ledger(request, wanted))
