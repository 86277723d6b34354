"""Documents in years, places and levels: what every comparison starts from."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from speechmine.errors import ReadError, UsageError
from speechmine.model import AdministrativeLevel, Document
from speechmine.readers import find_inputs, read
from speechmine.themes.manifest import Record, read_manifest, records_of
from speechmine.themes.texts import Source, Text, source_of

__all__ = ["Corpus", "CorpusLike", "as_corpus", "load_corpus"]

Years = int | tuple[int, int] | Collection[int]
Names = str | Collection[str]
_ROLES = ("opening", "review", "plan", "closing")


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

    @property
    def years(self) -> tuple[int, ...]:
        """Years that have a text, ascending."""
        return tuple(sorted({text.year for text in self.texts if text.year is not None}))

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
            UsageError: a section role that is none.
        """
        wanted = {"year": year, "place": place, "level": level}
        wanted |= {"section": section, "discourse": discourse}
        zones, labels = _names(section), _names(discourse)
        if zones and not zones <= set(_ROLES):
            raise UsageError(f"section {sorted(zones)}: one of {', '.join(_ROLES)} is expected")
        kept = (
            text.narrowed(zones, labels)
            for text in self.texts
            if _year_fits(text.year, year)
            and _fits(text.source.document.place, place)
            and _fits(text.source.document.level, level)
        )
        filters = {**self.filters, **{k: v for k, v in wanted.items() if v is not None}}
        return replace(self, texts=tuple(kept), filters=filters)


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

    Raises:
        UsageError: the frame lacks a column, or an id occurs twice.

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
        return _ordered(_from_frame(given))
    if isinstance(given, Mapping):
        documents = (Document(text, id=str(year)) for year, text in given.items())
        return _ordered(source_of(d, int(d.id)) for d in documents)
    return _ordered(source_of(document) for document in given)


as_corpus = load_corpus


def _from_folder(folder: Path, metadata: str | os.PathLike[str] | pd.DataFrame | None) -> Corpus:
    known = read_manifest(folder, metadata)
    sources: list[Source] = []
    errors: list[tuple[str, str]] = []
    for item in find_inputs([folder]):
        try:
            if item.problem is not None:
                raise item.problem
            document = read(item.source)
        except ReadError as error:
            errors.append((error.source, error.message))
            continue
        record = known.get(Path(item.source).name) or known.get(Path(item.source).stem)
        sources.append(_with_record(replace(document, id=item.id), record))
    return replace(_ordered(sources), errors=tuple(errors))


def _from_frame(frame: pd.DataFrame) -> Iterable[Source]:
    for column in ("doc_id", "text"):
        if column not in frame.columns:
            raise UsageError(f"the frame has no column {column!r}")
    for record in records_of(frame):
        document = Document(str(record["text"]), id=str(record["doc_id"]))
        yield _with_record(document, record)


def _with_record(document: Document, record: Record | None) -> Source:
    if record is None:
        return source_of(document)
    known = {
        key: str(record[key])
        for key in ("title", "date", "speaker", "place", "level")
        if record.get(key) is not None
    }
    level: AdministrativeLevel | None = known.pop("level", None)  # type: ignore[assignment]
    document = replace(document, **known, level=level or document.level)  # type: ignore[arg-type]
    year = record.get("year")
    return source_of(document, None if year is None else int(float(str(year))))


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


def _names(wanted: Names | None) -> frozenset[str] | None:
    if wanted is None:
        return None
    return frozenset([wanted] if isinstance(wanted, str) else wanted)


def _fits(value: str | None, wanted: Names | None) -> bool:
    names = _names(wanted)
    return names is None or value in names


def _year_fits(year: int | None, wanted: Years | None) -> bool:
    if wanted is None:
        return True
    if isinstance(wanted, int):
        return year == wanted
    if isinstance(wanted, tuple):
        return year is not None and wanted[0] <= year <= wanted[1]
    return year in wanted
