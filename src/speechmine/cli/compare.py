"""The comparison of a folder of reports: in the terminal, and as files in a folder."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from speechmine.cli.corpora import read_corpus, tell_user, years_named
from speechmine.cli.language import later
from speechmine.cli.told import one_line
from speechmine.errors import ReadError, RuleError, UsageError

if TYPE_CHECKING:
    from speechmine.cli.compare_files import Folder
    from speechmine.themes import Comparison, Corpus, Plan
    from speechmine.themes.corpus.texts import Text

__all__ = ["Options", "run_compare"]

_OF_TEXT: dict[str, Callable[[Text], object]] = {
    "year": lambda text: text.year,
    "place": lambda text: text.source.document.place,
    "level": lambda text: text.source.document.level,
}
_MANIFEST = later(
    "state it in manifest.csv beside the texts, with the columns file and year (and place, level)"
)


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asked for, as written on the command line.

    Attributes:
        folder: of the texts. by, years, place, level, section: what is compared, by what.
        terms: words, or files with one a line. dictionary: a name or a file.
        target, reference: years set against one another. topics: their number.
        records: extract tasks and metrics too. out: a folder for files. force: replace in it.
        cache: a folder that keeps the words of texts between runs. rules: a folder of their own.
    """

    folder: str
    by: str = "year"
    years: str | None = None
    place: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    dictionary: str = "livelihood"
    target: str | None = None
    reference: str | None = None
    topics: int = 20
    records: bool = False
    out: str | None = None
    force: bool = False
    cache: str | None = None
    rules: Path | None = None


def run_compare(options: Options) -> int:
    """Compare, print and write; the status is 1 where some texts could not be read.

    Raises:
        click.UsageError: nothing can be compared, or the files cannot be written.
    """
    from speechmine.cli.compare_files import Folder
    from speechmine.cli.compare_terminal import print_comparison
    from speechmine.steps import progress

    try:
        plan = _plan_of(options)
        folder = Folder(Path(options.out), force=options.force) if options.out else None
        if folder:
            _keep_apart(options)
            folder.check()
        with progress():
            corpus, failures = _corpus(options)
            found = _compare_corpus(corpus, plan)
        print_comparison(found)
        if folder:
            _write_comparison(found, folder, options)
    except (UsageError, RuleError, ReadError) as error:
        raise click.UsageError(one_line(str(error))) from error
    return 1 if failures else 0


def _plan_of(options: Options) -> Plan:
    from speechmine.themes import Plan, load_dictionary

    load_dictionary(options.dictionary)
    return Plan(
        by=options.by,
        terms=_terms_given(options.terms),
        dictionary=options.dictionary,
        target=years_named(options.target, "--target"),
        reference=years_named(options.reference, "--reference"),
        topics=options.topics,
        records=options.records,
    )


def _terms_given(given: tuple[str, ...]) -> tuple[str, ...]:
    """Words parted by commas, or a file with one a line."""
    found: list[str] = []
    for item in given:
        path = Path(item)
        try:
            text = path.read_text(encoding="utf-8-sig") if path.is_file() else item
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                _("{item}: no list of terms ({error})").format(item=item, error=error)
            ) from error
        found += [term.strip() for term in re.split(r"[,，、;；\n]", text)]
    return tuple(dict.fromkeys(term for term in found if term))


def _keep_apart(options: Options) -> None:
    """What is written must not be read as a report the next time."""
    source, target = Path(options.folder).resolve(), Path(options.out or "").resolve()
    if target == source or target.is_relative_to(source):
        raise UsageError(
            _("{out}: write outside of the folder that is compared").format(out=options.out)
        )


def _corpus(options: Options) -> tuple[Corpus, bool]:
    part, whole = read_corpus(
        options.folder,
        years=options.years,
        place=options.place,
        level=options.level,
        section=options.section,
        cache=options.cache,
        rules=options.rules,
    )
    _warn_of_lost(part, options)
    return part, whole


def _warn_of_lost(corpus: Corpus, options: Options) -> None:
    """Texts that will be missing from the comparison, and why."""
    if options.by not in _OF_TEXT:
        return
    lost = [text.id for text in corpus.texts if _OF_TEXT[options.by](text) is None]
    if len(lost) == len(corpus):
        raise UsageError(_("no text has a {name}").format(name=options.by) + f": {_(_MANIFEST)}")
    if lost:
        names = ", ".join(lost[:5]) + (" ..." if len(lost) > 5 else "")
        told = _("{count} texts without a {name} are left out ({names})").format(
            count=len(lost), name=options.by, names=names
        )
        tell_user(f"{told}: {_(_MANIFEST)}")


def _compare_corpus(corpus: Corpus, plan: Plan) -> Comparison:
    from speechmine.pledges.comparing import ANALYSES
    from speechmine.themes import compare

    return compare(corpus, plan, analyses=ANALYSES)


def _write_comparison(found: Comparison, folder: Folder, options: Options) -> None:
    from speechmine.cli.compare_files import csv_bytes, workbook_bytes
    from speechmine.cli.compare_page import comparison_page
    from speechmine.themes.declaring.labels import column_title, said

    for name, table in found.tables.items():
        folder.write(f"tables/{name}.csv", csv_bytes(table))
    folder.write("comparison.xlsx", workbook_bytes(found))
    pictures, notes = _write_pictures(found, folder)
    name = Path(options.folder).resolve().name
    heading = f"{name}：{said('by', by=column_title(options.by))}"
    content = comparison_page(found, pictures, heading=heading, notes=notes)
    folder.write("index.html", content.encode("utf-8", "replace"))
    tell_user(
        _("{page} and {count} files beside it").format(
            page=folder.path / "index.html", count=len(folder.written) - 1
        )
    )


def _write_pictures(found: Comparison, folder: Folder) -> tuple[dict[str, list[str]], list[str]]:
    """Figures as files; the same as addresses for the page; what the page says of them."""
    from speechmine.cli.compare_figures import figures, png, svg_uri

    pictures: dict[str, list[str]] = {}
    hints: dict[str, None] = {}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            for name, table, figure in figures(found):
                folder.write(f"plots/{name}.png", png(figure))
                pictures.setdefault(table, []).append(svg_uri(figure))
        except UsageError as error:
            if "matplotlib" not in str(error):
                raise
            hints[str(error)] = None
    hints |= {str(warning.message): None for warning in caught}
    for hint in hints:
        tell_user(hint)
    return pictures, list(hints)
