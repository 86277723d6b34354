"""The command that makes ledgers and brings them up to date: ledger."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from speechmine.cli.options import DATE, MODE, PATHS, PROFILE, RULES, check_day
from speechmine.cli.run import Request

__all__ = ["ledger"]

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("ledger")
@PATHS
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
    metavar="OLD",
    type=_FILE,
    help="A ledger that people have filled in: their progress, states and columns are kept, new "
    "tasks added, dropped ones marked (合并更新).",
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
    merge: Path | None,
    template: Path | None,
    as_of: str | None,
    force: bool,
    rules: Path | None,
    profile: Path | None,
) -> None:
    """Make the ledger (督查台账) of speeches, or bring a filled-in one up to date.

    PATH is a speech, a folder of them, or the JSON of an earlier extraction. The table [ledger]
    of an office profile names columns, states and title.

    Exit status: 0 all read; 1 some inputs failed, the rest written; 2 wrong usage.
    """
    from speechmine.cli.ledger_files import Wanted, run_ledger

    request = Request(paths, date=date, mode=mode, rules=rules, profile=profile)
    wanted = Wanted(out, merge=merge, template=template, as_of=as_of, force=force)
    sys.exit(run_ledger(request, wanted))
