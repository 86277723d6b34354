"""The commands that set reports side by side: targets, compare."""

from __future__ import annotations

import sys
from gettext import gettext as _
from pathlib import Path
from typing import Any

import click

from speechmine.cli.options import DATE, PATHS, RULES
from speechmine.cli.request import Request
from speechmine.writers.formats import ROW_FORMATS

__all__ = ["compare", "targets"]


@click.command("targets")
@PATHS
@DATE
@RULES
@click.option(
    "--families",
    is_flag=True,
    help="Name the family (指标族) that joins an indicator's names over time, beside its own.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(ROW_FORMATS),
    help="Output format; by default the suffix of OUT, else a table in the terminal.",
)
@click.option("-o", "--output", "out", metavar="OUT", help="Write to this file.")
@click.option("--force", is_flag=True, help="Replace OUT if it exists.")
def targets(  # noqa: PLR0913  # one parameter an option
    *,
    paths: tuple[str, ...],
    date: str | None,
    rules: Path | None,
    families: bool,
    format_name: str | None,
    out: str | None,
    force: bool,
) -> None:
    """Show the targets (预期目标) of reports as a panel of place, year and indicator.

    One row a wording: value, comparator (左右, 以上), hardness (约束), the exact words; a goal
    that the report says it does not set (没有提出具体目标) is a row, one not found is none.

    Places go by the code list GB/T 2260 (地区代码). What manifest.jsonl or manifest.csv beside or
    above a file says of its year, place and level counts before the file's own head.

    Exit status: 0 all read; 1 some inputs failed, the rest shown; 2 wrong usage.
    """
    from speechmine.cli.panel import run_targets

    request = Request(paths, date=date, rules=rules)
    status = run_targets(request, families=families, format_name=format_name, out=out, force=force)
    sys.exit(status)


class _Compare(click.Command):
    """The command whose help ends with the tables that there are."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """One line a table, as its analysis declares it."""
        from speechmine.themes.analyses import TABLES
        from speechmine.themes.declaring.labels import table_question, table_title

        known = (*TABLES, "targets")
        with formatter.section(_("Tables")):
            formatter.write_dl([(n, f"{table_title(n)}: {table_question(n)}") for n in known])


@click.command("compare", cls=_Compare)
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
    help="Words by topic for attention (注意力): a shipped name or a file (TOML, CSV, quanteda's "
    "YAML, LIWC's .dic).",
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
@click.option(
    "--cache", metavar="DIR", help="Keep the words of texts here, so that the next run is quicker."
)
@RULES
def compare(**given: Any) -> None:
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
