"""The commands that read speeches: extract, show, segment."""

from __future__ import annotations

import functools
import sys
from pathlib import Path

import click

from speechmine.cli.options import DATE, MODE, PATHS, PROFILE, RULES
from speechmine.cli.run import Request, run_extract, run_print

__all__ = ["extract", "segment", "show"]

#: Those of the writers, which are loaded only when something is written.
_FORMATS = [
    "json",
    "jsonl",
    "csv",
    "xlsx",
    "parquet",
    "ics",
    "sqlite",
    "markdown",
    "org",
    "todotxt",
    "taskwarrior",
    "msproject",
    "jira",
    "gitlab",
    "todoist",
    "feishu",
    "dingtalk",
]


@click.command("extract")
@PATHS
@DATE
@MODE
@click.option(
    "--format",
    "format_name",
    type=click.Choice(_FORMATS),
    metavar="NAME",
    help="Output format; by default the suffix of OUT, else json. Records: json, jsonl, sqlite. "
    "Ledger (台账): xlsx, csv, parquet. Lists: markdown, org, todotxt, ics. Trackers: taskwarrior, "
    "msproject, jira, gitlab, todoist, feishu, dingtalk.",
)
@click.option("-o", "--output", "out", metavar="OUT", help="Write to this file.")
@click.option("--force", is_flag=True, help="Replace OUT if it exists.")
@RULES
@PROFILE
def extract(  # noqa: PLR0913  # one parameter an option
    *,
    paths: tuple[str, ...],
    date: str | None,
    mode: str,
    format_name: str | None,
    out: str | None,
    force: bool,
    rules: Path | None,
    profile: Path | None,
) -> None:
    """Extract tasks and metrics (任务, 指标) from files, folders or standard input (-).

    Besides texts it reads work-division tables (任务分解表): .tsv, .csv, .xlsx.

    Exit status: 0 all read; 1 some inputs failed, the rest written; 2 wrong usage.
    """
    request = Request(paths, date=date, mode=mode, rules=rules, profile=profile)
    sys.exit(run_extract(request, format_name=format_name, out=out, force=force))


@click.command("show")
@PATHS
@DATE
@MODE
@RULES
@PROFILE
def show(
    *,
    paths: tuple[str, ...],
    date: str | None,
    mode: str,
    rules: Path | None,
    profile: Path | None,
) -> None:
    """Show the ledger (台账) of a speech in the terminal.

    Exit status: 0 all read; 1 some inputs failed, the rest shown; 2 wrong usage.
    """
    from speechmine.cli.ledger import print_ledger

    request = Request(paths, date=date, mode=mode, rules=rules, profile=profile)
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

    show = functools.partial(print_outline, sentences=sentences)
    sys.exit(run_print(Request(paths, date=date, rules=rules), show))
