"""The command that makes ledgers and brings them up to date: ledger."""

from __future__ import annotations

import sys
from gettext import gettext as _
from pathlib import Path

import click

from speechmine.cli.options import DATE, MODE, MODEL, PROFILE, RULES, check_day
from speechmine.cli.request import Request
from speechmine.cli.rounds import Round, run_parts, run_summary
from speechmine.cli.told import one_line
from speechmine.errors import ReadError, RuleError, UsageError
from speechmine.ledger.rounds.parts import PartedBy

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
@click.option(
    "--by",
    type=click.Choice(["party", "leader", "month"]),
    help="Take it apart: by unit (单位), leader (领导) or month (月份); OUT.xlsx has a sheet each, "
    "OUT/ a file each to be filled in and sent back.",
)
@click.option(
    "--summary",
    is_flag=True,
    help="Figures by unit (汇总) on the day of --as-of: OUT.xlsx one page with a chart, OUT.docx a "
    "draft bulletin (督查通报), --template its Word template.",
)
@click.option("--force", is_flag=True, help="Replace OUT if it exists.")
@RULES
@PROFILE
@MODEL
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
    by: PartedBy | None,
    summary: bool,
    force: bool,
    rules: Path | None,
    profile: Path | None,
    model: Path | None,
) -> None:
    """Make the ledger (督查台账) of speeches, or bring a filled-in one up to date.

    PATH is a speech or a table (任务分解表), a folder of them, or the JSON of an earlier
    extraction; with --merge there may be none; with --by and --summary it may be a ledger that
    people have filled in. The table [ledger] of an office profile names columns, states and
    title.

    Exit status: 0 all read; 1 some inputs failed, the rest written; 2 wrong usage.
    """
    from speechmine.cli.ledger_files import LedgerOptions, run_ledger

    request = Request(
        paths, date=date, mode=mode, rules=rules, profile=profile, model=model, split=split
    )
    if by or summary:
        sys.exit(_round(request, Round(out, as_of, template, profile, force), by, merge))
    wanted = LedgerOptions(
        out, merge=merge, template=template, as_of=as_of, rules=rules, force=force
    )
    sys.exit(run_ledger(request, wanted))


def _round(request: Request, wanted: Round, by: PartedBy | None, merge: tuple[str, ...]) -> int:
    """The ledger taken apart, or in figures."""
    try:
        _check_round(wanted, by, merge)
        return run_summary(request, wanted) if by is None else run_parts(request, wanted, by)
    except (UsageError, RuleError, ReadError) as error:
        raise click.UsageError(one_line(str(error))) from error


def _check_round(wanted: Round, by: PartedBy | None, merge: tuple[str, ...]) -> None:
    if merge:
        raise UsageError(_("--merge comes first; then --by or --summary of the merged ledger"))
    if by is not None and wanted.template is not None:
        raise UsageError(_("--by keeps the looks of the ledger; leave out --template"))
