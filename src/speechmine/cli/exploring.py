"""The commands that look around in a folder of reports: explore and kwic."""

from __future__ import annotations

import sys
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from speechmine.cli.corpora import read_corpus, tell_user, years_named
from speechmine.cli.told import one_line
from speechmine.errors import ReadError, RuleError, UsageError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["explore", "kwic"]

_LEVELS = ("national", "province", "prefecture", "county", "township")
_SHOWN = 50


def _selecting(command: Any) -> Any:
    """The options that select texts, the same for both commands."""
    for option in (
        click.option(
            "--section",
            multiple=True,
            metavar="PART",
            help="Only this part of each report (回顾 review, 部署 plan ...); repeatable.",
        ),
        click.option(
            "--level",
            multiple=True,
            type=click.Choice(_LEVELS),
            help="Only this level (层级); repeatable.",
        ),
        click.option(
            "--place", multiple=True, metavar="NAME", help="Only this place (地区); repeatable."
        ),
        click.option("--years", metavar="A-B", help="Only these years, such as 1978-2026."),
    ):
        command = option(command)
    return command


@click.command("explore")
@click.argument("folder", metavar="FOLDER")
@_selecting
@click.option("--target", metavar="A-B", help="Years whose words are looked at (目标组).")
@click.option("--reference", metavar="A-B", help="Years they are set against (参照组).")
@click.option("--term", default="", metavar="WORD", help="Searched when the page opens.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option("-o", "--output", "out", required=True, metavar="PAGE", help="The page, .html.")
@click.option("--force", is_flag=True, help="Replace PAGE if it exists.")
def explore(**given: Any) -> None:
    """Make one page to look around in the reports of a folder (语料浏览).

    Any word by year, place and report, with its contexts and the whole texts; with --target the
    words of two groups of years in a scatter. The page holds the texts and needs no network.

    Exit status: 0 all read; 1 some texts failed, the rest in the page; 2 wrong usage.
    """
    sys.exit(_run_checked(_explore, given))


@click.command("kwic")
@click.argument("folder", metavar="FOLDER")
@click.argument("term", metavar="TERM")
@_selecting
@click.option("--width", type=click.IntRange(1, 500), default=20, show_default=True)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option(
    "-o", "--output", "out", metavar="OUT", help="A page (.html) or table (.csv, .xlsx ...)."
)
@click.option("--force", is_flag=True, help="Replace OUT if it exists.")
def kwic(**given: Any) -> None:
    """Show every place of TERM in the reports of a folder with what stands around it (上下文).

    Exit status: 0 all read; 1 some texts failed, the rest searched; 2 wrong usage.
    """
    sys.exit(_run_checked(_kwic, given))


def _run_checked(run: Any, given: dict[str, Any]) -> int:
    """The status of a run; what the user can mend is told as wrong usage."""
    try:
        return 1 if run(given) else 0
    except (UsageError, RuleError, ReadError) as error:
        raise click.UsageError(one_line(str(error))) from error


def _chosen_group(given: dict[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in ("years", "place", "level", "section")}


def _explore(given: dict[str, Any]) -> bool:
    from speechmine.explore import explorer_page

    corpus, failures = read_corpus(given["folder"], **_chosen_group(given))
    target, reference = (years_named(given[name], f"--{name}") for name in ("target", "reference"))
    if reference is not None and target is None:
        raise UsageError(_("--reference needs a --target that it is set against"))
    page = explorer_page(
        corpus,
        target=None if target is None else {"year": target},
        reference=None if reference is None else {"year": reference},
        term=given["term"],
        title=Path(given["folder"]).resolve().name,
        lang=given["lang"],
    )
    _write_page(page, given)
    return failures


def _kwic(given: dict[str, Any]) -> bool:
    from speechmine.explore import context_page
    from speechmine.paper import write_table
    from speechmine.themes import keyword_in_context

    corpus, failures = read_corpus(given["folder"], **_chosen_group(given))
    table = keyword_in_context(corpus, given["term"], width=given["width"])
    if given["out"] is None:
        _print_contexts(table)
    elif Path(given["out"]).suffix.lower() in (".html", ".htm"):
        title = f"{given['term']} · {Path(given['folder']).resolve().name}"
        _write_page(context_page(table, title=title, lang=given["lang"]), given)
    else:
        write_table(table, given["out"], overwrite=given["force"])
    return failures


def _write_page(page: str, given: dict[str, Any]) -> None:
    from speechmine.writers import open_output

    with open_output(given["out"], overwrite=given["force"]) as stream:
        stream.write(page.encode("utf-8", "replace"))
    tell_user(f"{given['out']}")


def _print_contexts(table: pd.DataFrame) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=None, pad_edge=False, show_header=False)
    for side in ("left", "right", "left", "left"):
        shown.add_column(justify="right" if side == "right" else "left", no_wrap=True)
    for row in table.head(_SHOWN).to_dict("records"):
        year = "" if row["year"] is None else str(row["year"])
        place = row["place"] if isinstance(row["place"], str) else ""
        cells = (f"{year} {place}", row["left"], row["keyword"], row["right"])
        shown.add_row(
            *(
                Text(" ".join(str(c).split()), style="bold" if i == 2 else "")
                for i, c in enumerate(cells)
            )
        )
    console = Console(width=None if sys.stdout.isatty() else 110, highlight=False)
    console.print(shown)
    more = f"，只列前{_SHOWN}处；-o 写出全部" if len(table) > _SHOWN else ""
    console.print(Text(f"共{len(table)}处{more}", style="dim"))
