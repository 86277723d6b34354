"""Reports as the comparison sees them: an extraction, its year, and where its sentences stand."""

from __future__ import annotations

import bisect
import dataclasses
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

import pandas as pd

from speechmine.characters import plain
from speechmine.errors import UsageError
from speechmine.model import Document, Extraction, Metric, Segment
from speechmine.pipeline import extract
from speechmine.readers import read
from speechmine.rules.loader import default_rules
from speechmine.segment.head import time_frame
from speechmine.text import TextView, view_of
from speechmine.themes.corpus import Corpus, as_corpus
from speechmine.themes.texts import Source, source_of

__all__ = ["Report", "ReportLike", "Reports", "ReportsLike", "one_report", "reports_of"]


@dataclass(frozen=True, eq=False)
class Report:
    """One document with all that was found in it.

    Attributes:
        extraction: tasks, metrics, segments; offsets of the original text.
        year: of the report (今年); None where nothing tells it.
    """

    extraction: Extraction
    year: int | None

    @property
    def document(self) -> Document:
        """The document itself."""
        return self.extraction.document

    @cached_property
    def view(self) -> TextView:
        """The cleaned text, with the way back to the original."""
        return view_of(self.document.text)

    @cached_property
    def plain_text(self) -> str:
        """The original text in the characters of the rules, offset for offset."""
        return plain(self.document.text)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(segment.start for segment in self.extraction.segments)

    def index_at(self, start: int) -> int:
        """Number of the segment that holds an offset, or the last one before it."""
        return bisect.bisect_right(self._starts, start) - 1

    def segment_of(self, metric: Metric) -> Segment:
        """The sentence of a metric."""
        return self.extraction.segments[max(0, self.index_at(metric.start))]


@dataclass(frozen=True, eq=False)
class Reports:
    """Reports in one order, whatever the order they came in; what could not be read."""

    reports: tuple[Report, ...]
    errors: tuple[tuple[str, str], ...] = ()

    def __iter__(self) -> Iterator[Report]:
        return iter(self.reports)


#: One report: read, found in a file, or its text by its year.
ReportLike = Document | Extraction | Report | str | os.PathLike[str] | Mapping[int, str]
#: One or many: a folder, a frame with a column ``text``, texts by year, a corpus, documents.
ReportsLike = ReportLike | Corpus | pd.DataFrame | Iterable[ReportLike]


def reports_of(given: ReportsLike) -> Reports:
    """Reports of whatever names them.

    Args:
        given: documents, extractions or paths, one or many; a folder, a frame, a mapping from
            year to text, a corpus.

    Raises:
        UsageError: two documents have one id, or the frame has no texts.
        ReadError: a single file that cannot be read; a folder's are noted and left out.
    """
    corpus = _as_corpus(given)
    if corpus is not None:
        found = (_report(text.source, None) for text in corpus.texts)
        return Reports(_ordered(found), corpus.errors)
    single = isinstance(given, Document | Extraction | Report | str | os.PathLike)
    listed = [given] if single else given
    return Reports(_ordered(map(one_report, cast("Iterable[ReportLike]", listed))))


def one_report(given: ReportLike) -> Report:
    """A single report.

    Args:
        given: a document, an extraction, a path, or a mapping from its year to its text.

    Raises:
        ReadError: the file cannot be read.
        UsageError: the mapping has not exactly one text.
    """
    if isinstance(given, Report):
        return given
    if isinstance(given, Mapping):
        only = reports_of(given).reports
        if len(only) != 1:
            raise UsageError(f"one report is expected, not {len(only)}")
        return only[0]
    if isinstance(given, Extraction):
        return _report(source_of(given.document), given)
    document = given if isinstance(given, Document) else read(given)
    return _report(source_of(document), None)


def _as_corpus(given: ReportsLike) -> Corpus | None:
    """A corpus of what holds many texts; None of single documents and lists of them."""
    if isinstance(given, pd.DataFrame):
        return as_corpus(_with_ids(given))
    if isinstance(given, Corpus | Mapping):
        return as_corpus(given)
    if isinstance(given, str | os.PathLike) and Path(given).is_dir():
        return as_corpus(given)
    return None


def _with_ids(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame without names gets its row numbers as such."""
    if "text" not in frame.columns:
        raise UsageError("the frame has no column 'text'")
    if "doc_id" in frame.columns:
        return frame
    return frame.assign(doc_id=[f"row-{number}" for number in range(len(frame))])


def _report(source: Source, extraction: Extraction | None) -> Report:
    if extraction is not None:
        return Report(extraction, source.year)
    document = source.document
    if source.year is not None and time_frame(document, default_rules()).year is None:
        # Known by the file's name only; the day does not matter to any figure.
        found = extract(dataclasses.replace(document, date=f"{source.year}-01-01"))
        return Report(dataclasses.replace(found, document=document), source.year)
    return Report(extract(document), source.year)


def _ordered(reports: Iterable[Report]) -> tuple[Report, ...]:
    found = sorted(reports, key=_place_in_order)
    ids = [report.document.id for report in found]
    if len(set(ids)) < len(ids):
        twice = next(name for name in ids if ids.count(name) > 1)
        raise UsageError(f"two documents have the id {twice!r}")
    return tuple(found)


def _place_in_order(report: Report) -> tuple[str, int, str, str]:
    document = report.document
    return document.place or "", report.year or 0, document.date or "", document.id
