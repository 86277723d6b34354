"""Documents from wherever they lie, as a corpus: folders, frames, mappings, manifests."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from speechmine.errors import ReadError, UsageError
from speechmine.find import parse_date
from speechmine.model import AdministrativeLevel, Document
from speechmine.readers import find_inputs, read
from speechmine.rules.loader import RulesLike, chosen_rules
from speechmine.rules.schema import RuleSet
from speechmine.steps import stepping
from speechmine.themes.corpus.corpora import Corpus
from speechmine.themes.corpus.manifest import ManifestRecord, read_manifest, records_of
from speechmine.themes.corpus.sources import source_of
from speechmine.themes.corpus.texts import ComparedSource, Text

__all__ = ["CorpusLike", "as_corpus", "load_corpus", "whole_year", "with_record"]

_YEARS = (1000, 2999)


CorpusLike = Corpus | str | os.PathLike[str] | pd.DataFrame | Mapping[int, str] | Iterable[Document]


def load_corpus(
    given: CorpusLike,
    *,
    metadata: str | os.PathLike[str] | pd.DataFrame | None = None,
    rules: RulesLike | None = None,
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
        rules: rules of your own, or their folder, by which all texts are read: their heads,
            parts, tasks and metrics. The shipped ones by default; a corpus keeps its own.

    Returns:
        The corpus, its texts ordered by place, year and name; ``errors`` names files that could
        not be read.

    Raises:
        UsageError: the frame lacks a column, a year is none, an id occurs twice, or a corpus was
            read by other rules.

    Example:
        >>> import pandas as pd
        >>> frame = pd.DataFrame({"doc_id": ["b", "a"], "text": ["抓改革", "稳就业"]})
        >>> load_corpus(frame.assign(year=[2024, 2023])).metadata["doc_id"].tolist()
        ['a', 'b']
    """
    if isinstance(given, Corpus):
        return given if rules is None else _read_by(given, chosen_rules(rules))
    chosen = chosen_rules(rules)
    if isinstance(given, (str, os.PathLike)):
        return _from_folder(Path(given), metadata, chosen)
    if isinstance(given, pd.DataFrame):
        return _from_frame(given, chosen)
    if isinstance(given, Mapping):
        years = {whole_year(year): text for year, text in given.items()}
        return _corpus_in_order(
            source_of(Document(text, id=str(y)), chosen, y) for y, text in years.items()
        )
    return _corpus_in_order(source_of(document, chosen) for document in given)


def _read_by(corpus: Corpus, rules: RuleSet) -> Corpus:
    if any(text.source.rules.version != rules.version for text in corpus.texts):
        raise UsageError("the corpus was read by other rules: give them to load_corpus(rules=...)")
    return corpus


def as_corpus(given: CorpusLike, rules: RulesLike | None = None) -> Corpus:
    """A corpus that has a text to look at.

    Args:
        given: a corpus, or what :func:`load_corpus` takes.
        rules: as for :func:`load_corpus`.

    Raises:
        UsageError: it has none; the message names the filters, or why a file could not be read.

    Example:
        >>> len(as_corpus({2024: "抓改革"}))
        1
    """
    corpus = load_corpus(given, rules=rules)
    if corpus.texts:
        return corpus
    why = f"; selected by {dict(corpus.filters)}" if corpus.filters else ""
    why += "".join(f"; {source}: {reason}" for source, reason in corpus.errors[:1])
    raise UsageError(f"the corpus has no text{why}")


def _from_folder(
    folder: Path, metadata: str | os.PathLike[str] | pd.DataFrame | None, rules: RuleSet
) -> Corpus:
    if not folder.exists():
        raise UsageError(f"{folder}: there is no such folder; check the path")
    known = read_manifest(folder, metadata)
    sources: list[ComparedSource] = []
    errors: list[tuple[str, str]] = []
    for item in stepping("reading", list(find_inputs([folder]))):
        try:
            if item.problem is not None:
                raise item.problem
            document = read(item.source, rules=rules)
        except ReadError as error:
            errors.append((error.source, error.message))
            continue
        record = known.get(Path(item.source).name) or known.get(Path(item.source).stem)
        try:
            sources.append(with_record(replace(document, id=item.id), record, rules))
        except UsageError as error:
            errors.append((item.source, f"what the manifest says of it: {error}"))
    return replace(_corpus_in_order(sources), errors=tuple(errors))


def _from_frame(frame: pd.DataFrame, rules: RuleSet) -> Corpus:
    for column in ("doc_id", "text"):
        if column not in frame.columns:
            there = ", ".join(map(str, frame.columns)) or "none"
            raise UsageError(
                f"the frame has no column {column!r}; there are: {there}; rename yours"
            )
    sources: list[ComparedSource] = []
    errors: list[tuple[str, str]] = []
    for record in records_of(frame):
        name = str(record.get("doc_id", "a row without doc_id"))
        if not isinstance(record.get("text"), str):
            errors.append((name, "there is no text"))
            continue
        document = Document(str(record["text"]), id=name)
        sources.append(with_record(document, record, rules))
    return replace(_corpus_in_order(sources), errors=tuple(errors))


def with_record(
    document: Document, record: ManifestRecord | None, rules: RuleSet
) -> ComparedSource:
    """A document with what a table says of it, which counts before its own head.

    Raises:
        UsageError: a level, a day or a year is none.
    """
    if record is None:
        return source_of(document, rules)
    known = {
        key: str(record[key])
        for key in ("title", "speaker", "place", "level")
        if record.get(key) is not None
    }
    if record.get("date") is not None:
        known["date"] = _iso_day(record["date"])
    level: AdministrativeLevel | None = known.pop("level", None)  # type: ignore[assignment]
    document = replace(document, **known, level=level or document.level)  # type: ignore[arg-type]
    year = record.get("year")
    return source_of(document, rules, None if year is None else whole_year(year))


def _iso_day(said: object) -> str:
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


def _corpus_in_order(sources: Iterable[ComparedSource]) -> Corpus:
    found = sorted(sources, key=_place_in_order)
    ids = [source.document.id for source in found]
    if len(set(ids)) < len(ids):
        twice = next(name for name in ids if ids.count(name) > 1)
        raise UsageError(f"two documents have the id {twice!r}")
    return Corpus(tuple(Text(source, source.blocks) for source in found))


def _place_in_order(source: ComparedSource) -> tuple[str, int, str, str]:
    document = source.document
    return document.place or "", source.year or 0, document.date or "", document.id
