"""The command line: a thin shell that parses and calls."""

from __future__ import annotations

import contextlib
import functools
import io
import sys
from pathlib import Path
from typing import Any

import click

from speechmine.cli.run import Request, run_extract, run_print

__all__ = ["main"]

_PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH...")
_RULES = click.option(
    "--rules",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Rule files of your own (规则), laid over the shipped ones.",
)
_MODE = click.option(
    "--mode",
    type=click.Choice(["strict", "full"]),
    default="strict",
    show_default=True,
    help="strict: tasks fit for a ledger (台账, level 2 and 3); full: requirements (level 1) too.",
)

_PROFILE = click.option(
    "--profile",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Office profile (TOML): suggests who and by when, marked apart from what the text says.",
)


def _day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Check ``--date`` here, so that a slip of the pen is wrong usage and no failed input."""
    from speechmine.readers.metadata import is_day

    if value is not None and not is_day(value):
        raise click.BadParameter(f"{value!r} is no date; write YYYY-MM-DD, such as 2024-01-05")
    return value


_DATE = click.option(
    "--date",
    metavar="YYYY-MM-DD",
    callback=_day,
    help="Day the speech was given (讲话日期), if the text does not say; 今年, 本月 depend on it.",
)


@click.group("speechmine", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="speechmine", message="%(prog)s %(version)s")
def _cli() -> None:
    """Read Chinese government speeches and reports (讲话, 政府工作报告).

    Gives tasks (任务), parties (责任单位), deadlines (时限) and metrics (指标), each with its
    place in the text. What the text does not say stays empty.
    """


@_cli.command("extract")
@_PATHS
@_DATE
@_MODE
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["json", "jsonl", "csv", "xlsx", "parquet", "ics"]),
    help="Output format; by default the suffix of OUT, else json.",
)
@click.option("-o", "--output", "out", metavar="OUT", help="Write to this file.")
@click.option("--force", is_flag=True, help="Replace OUT if it exists.")
@_RULES
@_PROFILE
def _extract(  # noqa: PLR0913  # one parameter an option
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


@_cli.command("show")
@_PATHS
@_DATE
@_MODE
@_RULES
@_PROFILE
def _show(
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


@_cli.command("segment")
@_PATHS
@_DATE
@click.option("--sentences", is_flag=True, help="Print every sentence (句) with its label too.")
@_RULES
def _segment(
    *, paths: tuple[str, ...], date: str | None, sentences: bool, rules: Path | None
) -> None:
    """Show the section tree (结构树) with what the sentences under each heading do.

    Exit status: 0 all read; 1 some inputs failed, the rest shown; 2 wrong usage.
    """
    from speechmine.cli.outline import print_outline

    show = functools.partial(print_outline, sentences=sentences)
    sys.exit(run_print(Request(paths, date=date, rules=rules), show))


@_cli.command("targets")
@_PATHS
@_DATE
@click.option(
    "--families",
    is_flag=True,
    help="Name the family (指标族) that joins an indicator's names over time, beside its own.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["csv", "xlsx", "jsonl", "parquet"]),
    help="Output format; by default the suffix of OUT, else a table in the terminal.",
)
@click.option("-o", "--output", "out", metavar="OUT", help="Write to this file.")
@click.option("--force", is_flag=True, help="Replace OUT if it exists.")
def _targets(  # one parameter an option
    *,
    paths: tuple[str, ...],
    date: str | None,
    families: bool,
    format_name: str | None,
    out: str | None,
    force: bool,
) -> None:
    """Show the targets (预期目标) of reports as a panel of place, year and indicator.

    One row a wording: value, comparator (左右, 以上), hardness (约束), the exact words; a goal
    that the report says it does not set (没有提出具体目标) is a row, one not found is none.

    Exit status: 0 all read; 1 some inputs failed, the rest shown; 2 wrong usage.
    """
    from speechmine.cli.panel import run_targets

    request = Request(paths, date=date)
    status = run_targets(request, families=families, format_name=format_name, out=out, force=force)
    sys.exit(status)


@_cli.command("compare")
@click.argument("folder", metavar="FOLDER")
@click.option(
    "--by",
    type=click.Choice(["year", "place", "level", "section", "discourse"]),
    default="year",
    show_default=True,
    help="What is set side by side: year (年份), place (地区), level (层级), section (部分) ...",
)
@click.option("--years", metavar="A-B", help="Only these years, such as 1978-2026.")
@click.option("--place", multiple=True, metavar="NAME", help="Only this place (地区); repeatable.")
@click.option(
    "--level",
    multiple=True,
    type=click.Choice(["national", "province", "prefecture", "county", "township"]),
    help="Only this level (层级); repeatable.",
)
@click.option(
    "--section",
    multiple=True,
    type=click.Choice(["opening", "review", "plan", "closing"]),
    help="Only this part of each report (回顾 review, 部署 plan ...); repeatable.",
)
@click.option(
    "--terms",
    multiple=True,
    metavar="TERMS",
    help="Terms (词) to follow, parted by commas, or a file with one a line; repeatable. "
    "By default the most frequent formulations (提法).",
)
@click.option(
    "--dictionary",
    default="livelihood",
    show_default=True,
    metavar="NAME|FILE",
    help="Words by topic for attention (注意力): a shipped name or a TOML or CSV file.",
)
@click.option("--target", metavar="A-B", help="Years whose words are looked at (目标组).")
@click.option("--reference", metavar="A-B", help="Years they are set against (参照组).")
@click.option(
    "--topics", type=click.IntRange(2, 100), default=20, show_default=True, help="Topics (主题)."
)
@click.option(
    "--records", is_flag=True, help="Compare tasks, parties and targets (任务, 责任单位, 目标) too."
)
@click.option(
    "-o", "--output", "out", metavar="OUTDIR", help="Write tables, plots and a page here."
)
@click.option("--force", is_flag=True, help="Replace the files of an earlier comparison in OUTDIR.")
def _compare(**given: Any) -> None:
    """Compare the reports of a folder across years (历年比较): what rises, falls, is new, is gone.

    Prints the main tables; with -o writes all of them (CSV, one workbook), figures (PNG) and a
    page (index.html) that opens without a network. Years and places come from manifest.csv or
    manifest.jsonl, NAME.meta.json, the reports' own heads, or the files' names. A year without a
    report stays empty; it is never counted as zero.

    Exit status: 0 all read; 1 some texts failed, the rest compared; 2 wrong usage or nothing to
    compare.
    """
    from speechmine.cli.compare import Options, run_compare

    sys.exit(run_compare(Options(**given)))


def main() -> None:
    """Run the command line and exit with its status."""
    for stream, errors in ((sys.stdout, "replace"), (sys.stderr, "backslashreplace")):
        # Chinese text under LC_ALL=C or an old Windows code page.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    try:
        _cli(prog_name="speechmine", windows_expand_args=False)
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
