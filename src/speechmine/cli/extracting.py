"""The commands that read speeches: extract, show, segment."""

from __future__ import annotations

import functools
import sys
from pathlib import Path
from typing import get_args

import click

from speechmine.cli.language import ListingOption, is_chinese
from speechmine.cli.options import DATE, MODE, MODEL, PATHS, PROFILE, RULES, check_day
from speechmine.cli.request import Request
from speechmine.cli.run import run_extract, run_print
from speechmine.writers.formats import FormatGroup, format_names

__all__ = ["extract", "segment", "show"]


def _names_of_groups() -> dict[str, str]:
    mark = "、" if is_chinese() else ", "
    return {group: mark.join(format_names(group)) for group in get_args(FormatGroup)}


@click.command("extract")
@PATHS
@DATE
@MODE
@click.option(
    "--format",
    "format_name",
    cls=ListingOption,
    type=click.Choice(format_names()),
    metavar="NAME",
    help="Output format; by default the suffix of OUT, else json. Records: {records}. "
    "Ledger (台账): {ledger}. Lists: {lists}. Trackers: {trackers}.",
    listed=_names_of_groups,
)
@click.option(
    "-o",
    "--output",
    "out",
    metavar="OUT",
    help="Write to this file, or into a PostgreSQL database: postgresql://user@host/name.",
)
@click.option("--force", is_flag=True, help="Replace OUT if it exists.")
@click.option(
    "--append",
    is_flag=True,
    help="Add to OUT.sqlite that exists (追加); documents of the same id are replaced. A "
    "PostgreSQL database is always added to.",
)
@click.option(
    "--check",
    is_flag=True,
    help="Check every record (自检): places, dates, numbers, titles, references. An input with a "
    "record that is not well formed counts as failed and is not written.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Processes (进程数); by default one a processor where there are many files. The output "
    "is the same for any number.",
)
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="Only the first N files (前 N 个)."
)
@click.option(
    "--since",
    callback=check_day,
    metavar="YYYY-MM-DD",
    help="Only files changed on that day or later (文件修改日期), by the file's own time.",
)
@RULES
@PROFILE
@MODEL
def extract(  # noqa: PLR0913  # one parameter an option
    *,
    paths: tuple[str, ...],
    date: str | None,
    mode: str,
    format_name: str | None,
    out: str | None,
    force: bool,
    append: bool,
    check: bool,
    workers: int,
    limit: int | None,
    since: str | None,
    rules: Path | None,
    profile: Path | None,
    model: Path | None,
) -> None:
    """Extract tasks and metrics (任务, 指标) from files, folders or standard input (-).

    Besides texts it reads work-division tables (任务分解表): .tsv, .csv, .xlsx.

    A run of many files that was stopped goes on where it was when the same command is given
    again (断点续跑): what is finished waits in OUT.unfinished until OUT is complete.

    Exit status: 0 all read; 1 some inputs failed, the rest written; 2 wrong usage; 130 stopped
    by Ctrl-C.
    """
    request = Request(
        paths,
        date=date,
        mode=mode,
        rules=rules,
        profile=profile,
        model=model,
        check=check,
        workers=workers,
        limit=limit,
        since=since,
    )
    from speechmine.writers.records.database import is_database

    if out is not None and (append or is_database(out)):
        from speechmine.cli.databases import run_update

        sys.exit(run_update(request, out, format_name))
    sys.exit(run_extract(request, format_name=format_name, out=out, force=force))


@click.command("show")
@PATHS
@DATE
@MODE
@RULES
@PROFILE
@MODEL
def show(
    *,
    paths: tuple[str, ...],
    date: str | None,
    mode: str,
    rules: Path | None,
    profile: Path | None,
    model: Path | None,
) -> None:
    """Show the ledger (台账) of a speech in the terminal.

    Exit status: 0 all read; 1 some inputs failed, the rest shown; 2 wrong usage.
    """
    from speechmine.cli.ledger import print_ledger

    request = Request(paths, date=date, mode=mode, rules=rules, profile=profile, model=model)
    sys.exit(run_print(request, print_ledger))


@click.command("segment")
@PATHS
@DATE
@click.option("--sentences", is_flag=True, help="Print every sentence (句) with its label too.")
@RULES
def segment(
    *, paths: tuple[str, ...], date: str | None, sentences: bool, rules: Path | None
) -> None:
    """Show the section tree (结构树) with what the sentences under each heading do.

    Exit status: 0 all read; 1 some inputs failed, the rest shown; 2 wrong usage.
    """
    from speechmine.cli.outline import print_outline

    show = functools.partial(print_outline, sentences=sentences, rules=rules)
    sys.exit(run_print(Request(paths, date=date, rules=rules), show))
