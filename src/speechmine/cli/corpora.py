"""The texts of a folder for the commands that compare them, with what could not be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from speechmine.cli.told import one_line
from speechmine.errors import UsageError

if TYPE_CHECKING:
    from speechmine.themes import Corpus

__all__ = ["read_corpus", "tell_user", "years_named"]

_YEARS = re.compile(r"(\d{4})(?:\s*[-—–~]\s*(\d{4}))?")


def years_named(given: str | None, option: str) -> int | tuple[int, int] | None:
    """A year or a range as the command line has it.

    Raises:
        UsageError: it is neither, or ends before it begins.

    Example:
        >>> years_named("2018-2022", "--years"), years_named("2020", "--years")
        ((2018, 2022), 2020)
    """
    if given is None:
        return None
    match = _YEARS.fullmatch(given.strip())
    if match is None:
        raise UsageError(
            _("{option} {given!r}: a year or a range is expected, such as 2018-2022").format(
                option=option, given=given
            )
        )
    first, last = int(match[1]), int(match[2] or match[1])
    if first > last:
        raise UsageError(
            _("{option} {given!r}: the first year is later than the last").format(
                option=option, given=given
            )
        )
    return first if first == last else (first, last)


def read_corpus(  # noqa: PLR0913  # options of the command line
    folder: str,
    *,
    years: str | None = None,
    place: Sequence[str] = (),
    level: Sequence[str] = (),
    section: Sequence[str] = (),
    cache: str | None = None,
    rules: Path | None = None,
) -> tuple[Corpus, bool]:
    """The texts that are asked for, and whether others could not be read.

    Args:
        folder: of the texts.
        years: a year or a range.
        place: names.
        level: of the administration.
        section: roles.
        cache: a folder that keeps the words of texts between runs.
        rules: a folder of rules of the user's own.

    Raises:
        UsageError: there is no such folder, or no text in it fits.
    """
    from speechmine.themes import load_corpus

    if not Path(folder).is_dir():
        raise UsageError(_("{folder}: this is no folder").format(folder=folder))
    corpus = load_corpus(folder, rules=rules)
    for source, message in corpus.errors:
        tell_user(f"{source}: {message}")
    if not len(corpus):
        raise UsageError(_("{folder}: no text in this folder could be read").format(folder=folder))
    part = corpus.select(
        year=years_named(years, "--years"),
        place=list(place) or None,
        level=list(level) or None,
        section=list(section) or None,
    )
    if not len(part):
        raise UsageError(_("no text fits --years, --place and --level"))
    return part if cache is None else part.cached(cache), bool(corpus.errors)


def tell_user(message: str) -> None:
    """One line on standard error."""
    click.echo(one_line(f"speechmine: {message}"), err=True)
