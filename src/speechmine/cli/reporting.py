"""The command that makes pages: report."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from speechmine.cli.options import DATE, MODE, MODEL, PATHS, PROFILE, RULES
from speechmine.cli.request import Request

__all__ = ["report"]


@click.command("report")
@PATHS
@DATE
@MODE
@click.option(
    "-o",
    "--output",
    "out",
    metavar="OUT",
    required=True,
    help="OUT.html for one input; a folder for several, with index.html (总览) and a page each.",
)
@click.option("--force", is_flag=True, help="Replace OUT, or the pages of an earlier run in it.")
@RULES
@PROFILE
@MODEL
def report(  # noqa: PLR0913  # one parameter an option
    *,
    paths: tuple[str, ...],
    date: str | None,
    mode: str,
    out: str,
    force: bool,
    rules: Path | None,
    profile: Path | None,
    model: Path | None,
) -> None:
    """Make a page (网页) of a speech: the marked text, the ledger (台账) beside it, filters.

    The page is one file that needs no network. Of several inputs it makes an overview by year
    and place (总览) with charts over the years, and a page for each.

    Exit status: 0 all read; 1 some inputs failed, the rest written; 2 wrong usage.
    """
    from speechmine.cli.report_files import run_report

    request = Request(paths, date=date, mode=mode, rules=rules, profile=profile, model=model)
    sys.exit(run_report(request, out=out, force=force))
