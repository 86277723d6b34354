"""Documents in years, places and levels: what every comparison starts from."""

from __future__ import annotations

import functools
import itertools
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from speechmine.errors import UsageError
from speechmine.themes.corpus.audit import audit
from speechmine.themes.corpus.selection import (
    Names,
    Years,
    check_choices,
    fits,
    names_of,
    year_fits,
)
from speechmine.themes.corpus.sources import fingerprint_of
from speechmine.themes.corpus.texts import Text

__all__ = ["Corpus"]


@dataclass(frozen=True, eq=False)
class Corpus:
    """Texts in one order, whatever the order they came in: by place, year and name.

    Attributes:
        texts: what is compared.
        filters: how the corpus was narrowed, for the notes of a table.
        errors: inputs that could not be read, with the reason.

    Example:
        >>> from speechmine.themes import load_corpus
        >>> corpus = load_corpus({2023: "抓改革。", 2024: "促改革，稳就业。"})
        >>> len(corpus), corpus.years, corpus.select(year=2024).metadata["n_chars"].tolist()
        (2, (2023, 2024), [6])
    """

    texts: tuple[Text, ...]
    filters: Mapping[str, object] = field(default_factory=dict)
    errors: tuple[tuple[str, str], ...] = ()

    def __len__(self) -> int:
        return len(self.texts)

    def __repr__(self) -> str:
        years = f", {self.years[0]} to {self.years[-1]}" if self.years else ""
        errors = f", {len(self.errors)} not read" if self.errors else ""
        filters = f", selected by {dict(self.filters)}" if self.filters else ""
        return f"Corpus({len(self.texts)} texts{years}{errors}{filters})"

    @property
    def years(self) -> tuple[int, ...]:
        """Years that have a text, ascending."""
        return tuple(sorted({text.year for text in self.texts if text.year is not None}))

    @functools.cached_property
    def fingerprint(self) -> str:
        """A hash of all texts and their names: another one, other inputs."""
        return fingerprint_of(text.source.document for text in self.texts)

    @property
    def metadata(self) -> pd.DataFrame:
        """One row a text: ``doc_id``, ``year``, ``date``, ``place``, ``level``, ``title`` ..."""
        rows = [_metadata_row(text) for text in self.texts]
        frame = pd.DataFrame(rows, columns=list(_COLUMNS))
        return frame.astype(_COLUMNS)

    def audit(self) -> pd.DataFrame:
        """What to know before counting; see :func:`speechmine.themes.corpus.audit.audit`."""
        return audit(self)

    def select(
        self,
        *,
        year: Years | None = None,
        place: Names | None = None,
        level: Names | None = None,
        section: Names | None = None,
        discourse: Names | None = None,
    ) -> Corpus:
        """The part of the corpus that is asked for.

        Args:
            year: a year, first and last as a tuple, or a list or set of years.
            place: a name or several.
            level: national, province, prefecture, county, township, or several.
            section: section role (opening, review, plan, closing), or several: texts stay,
                with only those parts.
            discourse: discourse label (directive, target ...), or several.

        Raises:
            UsageError: a level, section role or discourse label that is none.
        """
        wanted = {"year": year, "place": place, "level": level}
        wanted |= {"section": section, "discourse": discourse}
        zones, labels = names_of(section), names_of(discourse)
        check_choices(wanted)
        kept = (
            text.narrowed(zones, labels)
            for text in self.texts
            if year_fits(text.year, year)
            and fits(text.source.document.place, place)
            and fits(text.source.document.level, level)
        )
        filters = {**self.filters, **{k: v for k, v in wanted.items() if v is not None}}
        return replace(self, texts=tuple(kept), filters=filters)

    def cached(self, folder: str | os.PathLike[str]) -> Corpus:
        """The same texts, whose words are kept in a folder and cut once, not in every run.

        Nothing else is kept there, and no text: only where words begin and how long they are,
        under the hash of the text and the id of the vocabulary. Delete the folder when you like.

        Args:
            folder: made where there is none.

        Raises:
            UsageError: it cannot be made.

        Example:
            >>> import tempfile
            >>> from speechmine.themes import load_corpus, tokens
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     corpus = load_corpus({2024: "抓改革，稳就业。"}).cached(folder)
            ...     len(tokens(corpus)), len(os.listdir(folder))
            (3, 1)
        """
        place = Path(folder)
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"{place}: no folder can be made here ({error})") from error
        texts = tuple(
            replace(text, source=replace(text.source, cache=place)) for text in self.texts
        )
        return replace(self, texts=texts)

    def part(self, group: Mapping[str, Any], name: str = "group") -> Corpus:
        """What :meth:`select` gives, if there is text in it.

        Args:
            group: arguments of :meth:`select`, such as ``{"year": (2018, 2022)}``.
            name: of the group, for the message.

        Raises:
            UsageError: an argument is unknown, or the group has no text.
        """
        if not isinstance(group, Mapping) or not set(group) <= _GROUPED:
            known = ", ".join(sorted(_GROUPED))
            raise UsageError(f"{name}={group!r}: a mapping is expected, with any of {known}")
        found = self.select(**group)
        if not any(text.n_chars for text in found.texts):
            years = f"{self.years[0]} to {self.years[-1]}" if self.years else "no year"
            raise UsageError(f"the {name} {dict(group)} has no text; the corpus has {years}")
        return found

    def in_periods(self, periods: Collection[tuple[int, int]]) -> Corpus:
        """The texts of spans of years, which ``by="period"`` then groups.

        Args:
            periods: first and last years; they must not overlap. Texts outside are left out.

        Raises:
            UsageError: two periods overlap, or one ends before it begins.

        Example:
            >>> from speechmine.themes import load_corpus
            >>> texts = {1979: "抓生产。", 1999: "抓改革。", 2003: "抓改革，促改革。"}
            >>> eras = load_corpus(texts).in_periods([(1978, 1992), (1993, 2012), (2013, 2026)])
            >>> from speechmine.themes import term_frequency
            >>> table = term_frequency(eras, ["改革"], by="period")
            >>> table[["period", "n"]].fillna(-1).values.tolist()
            [['1978-1992', 0], ['1993-2012', 3], ['2013-2026', -1]]
        """
        spans = sorted(periods)
        for first, last in spans:
            if first > last:
                raise UsageError(f"period ({first}, {last}): it ends before it begins")
        for before, after in itertools.pairwise(spans):
            if after[0] <= before[1]:
                raise UsageError(f"periods {before} and {after} overlap")
        named = {f"{first}-{last}": (first, last) for first, last in spans}
        kept = (
            replace(text, period=name)
            for text in self.texts
            for name, span in named.items()
            if year_fits(text.year, span)
        )
        filters = {**self.filters, "periods": list(named)}
        return replace(self, texts=tuple(kept), filters=filters)


_GROUPED = frozenset(["year", "place", "level", "section", "discourse"])


_COLUMNS = {
    "doc_id": "string",
    "year": "Int64",
    "date": "string",
    "place": "string",
    "level": "string",
    "title": "string",
    "speaker": "string",
    "n_chars": "int64",
    "n_paragraphs": "int64",
    "year_from": "string",
    "sha256": "string",
}


def _metadata_row(text: Text) -> dict[str, object]:
    document = text.source.document
    known = {name: getattr(document, name) for name in ("date", "place", "level", "title")}
    return {
        "doc_id": document.id,
        "year": text.year,
        **known,
        "speaker": document.speaker,
        "n_chars": text.n_chars,
        "n_paragraphs": len(text.spans),
        "year_from": text.source.year_from,
        "sha256": document.sha256,
    }
