"""A report as the comparison sees it: an extraction, its year, and where its sentences stand."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from functools import cached_property

from speechmine.characters import plain
from speechmine.model import Document, Extraction, Metric, Segment
from speechmine.pledges.places import ReportPlace, place_of_report
from speechmine.rules.schema import RuleSet
from speechmine.text import TextView, view_of

__all__ = ["Report"]


@dataclass(frozen=True, eq=False)
class Report:
    """One document with all that was found in it.

    Attributes:
        extraction: tasks, metrics, segments; offsets of the original text.
        year: of the report (今年); None where nothing tells it.
        rules: by which it was read.
    """

    extraction: Extraction
    year: int | None
    rules: RuleSet

    @property
    def document(self) -> Document:
        """The document itself."""
        return self.extraction.document

    @cached_property
    def place(self) -> ReportPlace:
        """The place it is of, by the code list."""
        return place_of_report(self.document, self.year)

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
