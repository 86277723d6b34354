"""Documents in years, places and levels: what every comparison starts from."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import itertools
import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from speechmine.errors import ReadError, UsageError
from speechmine.find import parse_date
from speechmine.model import AdministrativeLevel, Document
from speechmine.readers import find_inputs, read
from speechmine.steps import stepping
from speechmine.themes.manifest import Record, read_manifest, records_of
from speechmine.themes.selection import Names, Years, check_choices, fits, names_of, year_fits
from speechmine.themes.texts import Source, Text, source_of

__all__ = [
    "Corpus",
    "CorpusLike",
    "as_corpus",
    "fingerprint_of",
    "load_corpus",
    "whole_year",
    "with_record",
]


@dataclass(frozen=True, eq=False)
class Corpus:
    """Texts in one order, whatever the order they came in: by place, year and name.

    Attributes:
        texts: what is compared.
        filters: how the corpus was narrowed, for the notes of a table.
        errors: inputs that could not be read, with the reason.

    Example:
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
        """What to know before counting; see :func:`speechmine.themes.audit.audit`."""
        from speechmine.themes.audit import audit

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
            >>> from speechmine.themes import tokens
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


_YEARS = (1000, 2999)
_GROUPED = frozenset(["year", "place", "level", "section", "discourse"])
CorpusLike = Corpus | str | os.PathLike[str] | pd.DataFrame | Mapping[int, str] | Iterable[Document]
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


def load_corpus(
    given: CorpusLike, *, metadata: str | os.PathLike[str] | pd.DataFrame | None = None
) -> Corpus:
    """A corpus from a folder, a frame, documents, or texts by year.

    Args:
        given: a folder of text files; a frame with ``doc_id``, ``text`` and where known
            ``year``, ``date``, ``place``, ``level``, ``title``, ``speaker``; documents; or a
            mapping from year to text.
        metadata: a frame, CSV or JSON lines with the same columns, one row a file (``file`` or
            ``doc_id`` names it). By default ``manifest.jsonl`` or ``manifest.csv`` in the
            folder or right above it, if there is one; ``NAME.meta.json`` beside a file counts
            where the manifest is silent. A year that nobody states is taken from the text's
            own head, then from the file's name; ``year_from`` says which.

    Returns:
        The corpus, its texts ordered by place, year and name; ``errors`` names files that could
        not be read.

    Raises:
        UsageError: the frame lacks a column, a year is none, or an id occurs twice.

    Example:
        >>> import pandas as pd
        >>> frame = pd.DataFrame({"doc_id": ["b", "a"], "text": ["抓改革", "稳就业"]})
        >>> load_corpus(frame.assign(year=[2024, 2023])).metadata["doc_id"].tolist()
        ['a', 'b']
    """
    if isinstance(given, Corpus):
        return given
    if isinstance(given, (str, os.PathLike)):
        return _from_folder(Path(given), metadata)
    if isinstance(given, pd.DataFrame):
        return _from_frame(given)
    if isinstance(given, Mapping):
        years = {whole_year(year): text for year, text in given.items()}
        return _ordered(source_of(Document(text, id=str(y)), y) for y, text in years.items())
    return _ordered(source_of(document) for document in given)


def fingerprint_of(documents: Iterable[Document]) -> str:
    """A hash of texts and their names, whatever their order.

    Example:
        >>> one, two = Document("抓改革。", id="a"), Document("稳就业。", id="b")
        >>> fingerprint_of([one, two]) == fingerprint_of([two, one]) != fingerprint_of([one])
        True
    """
    lines = sorted(f"{document.id} {document.sha256}\n" for document in documents)
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def as_corpus(given: CorpusLike) -> Corpus:
    """A corpus that has a text to look at.

    Raises:
        UsageError: it has none; the message names the filters, or why a file could not be read.

    Example:
        >>> len(as_corpus({2024: "抓改革"}))
        1
    """
    corpus = load_corpus(given)
    if corpus.texts:
        return corpus
    why = f"; selected by {dict(corpus.filters)}" if corpus.filters else ""
    why += "".join(f"; {source}: {reason}" for source, reason in corpus.errors[:1])
    raise UsageError(f"the corpus has no text{why}")


def _from_folder(folder: Path, metadata: str | os.PathLike[str] | pd.DataFrame | None) -> Corpus:
    if not folder.exists():
        raise UsageError(f"{folder}: there is no such folder; check the path")
    known = read_manifest(folder, metadata)
    sources: list[Source] = []
    errors: list[tuple[str, str]] = []
    for item in stepping("reading", list(find_inputs([folder]))):
        try:
            if item.problem is not None:
                raise item.problem
            document = read(item.source)
        except ReadError as error:
            errors.append((error.source, error.message))
            continue
        record = known.get(Path(item.source).name) or known.get(Path(item.source).stem)
        try:
            sources.append(with_record(replace(document, id=item.id), record))
        except UsageError as error:
            errors.append((item.source, f"what the manifest says of it: {error}"))
    return replace(_ordered(sources), errors=tuple(errors))


def _from_frame(frame: pd.DataFrame) -> Corpus:
    for column in ("doc_id", "text"):
        if column not in frame.columns:
            there = ", ".join(map(str, frame.columns)) or "none"
            raise UsageError(
                f"the frame has no column {column!r}; there are: {there}; rename yours"
            )
    sources: list[Source] = []
    errors: list[tuple[str, str]] = []
    for record in records_of(frame):
        name = str(record.get("doc_id", "a row without doc_id"))
        if not isinstance(record.get("text"), str):
            errors.append((name, "there is no text"))
            continue
        sources.append(with_record(Document(str(record["text"]), id=name), record))
    return replace(_ordered(sources), errors=tuple(errors))


def with_record(document: Document, record: Record | None) -> Source:
    """A document with what a table says of it, which counts before its own head.

    Raises:
        UsageError: a level, a day or a year is none.
    """
    if record is None:
        return source_of(document)
    known = {
        key: str(record[key])
        for key in ("title", "speaker", "place", "level")
        if record.get(key) is not None
    }
    if record.get("date") is not None:
        known["date"] = _day(record["date"])
    level: AdministrativeLevel | None = known.pop("level", None)  # type: ignore[assignment]
    document = replace(document, **known, level=level or document.level)  # type: ignore[arg-type]
    year = record.get("year")
    return source_of(document, None if year is None else whole_year(year))


def _day(said: object) -> str:
    """A day as ISO 8601, however a table holds it: as such, as a day, with a time of day."""
    given = said if isinstance(said, dt.date) else str(said).strip().partition(" ")[0]
    return parse_date(given).isoformat()


def whole_year(said: object) -> int:
    """A year, however a table writes it.

    Raises:
        UsageError: it is none.

    Example:
        >>> whole_year("2026"), whole_year(2026.0), whole_year("2026年")
        (2026, 2026, 2026)
    """
    try:
        year = float(str(said).strip().removesuffix("年"))
    except ValueError:
        year = 0.0
    if isinstance(said, bool) or not year.is_integer() or not _YEARS[0] <= year <= _YEARS[1]:
        raise UsageError(f"year {said!r:.40}: a whole number is expected, such as 2024")
    return int(year)


def _ordered(sources: Iterable[Source]) -> Corpus:
    found = sorted(sources, key=_place_in_order)
    ids = [source.document.id for source in found]
    if len(set(ids)) < len(ids):
        twice = next(name for name in ids if ids.count(name) > 1)
        raise UsageError(f"two documents have the id {twice!r}")
    return Corpus(tuple(Text(source, source.blocks) for source in found))


def _place_in_order(source: Source) -> tuple[str, int, str, str]:
    document = source.document
    return document.place or "", source.year or 0, document.date or "", document.id


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
