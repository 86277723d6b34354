"""A text that is compared: its document, its year, and the spans of it that count."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from speechmine.borders import Span, split_blocks, split_segments
from speechmine.model import Document, Extraction, Segment
from speechmine.pipeline import extract
from speechmine.reading import read_outline
from speechmine.rules.schema import RuleSet
from speechmine.text import TextView, view_of
from speechmine.themes.tables.result import Compared

__all__ = ["ComparedSource", "Text", "Texts", "han_length"]

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")


def han_length(text: str) -> int:
    """Number of Han characters, the base of rates: digits, letters and marks do not count.

    Example:
        >>> han_length("增长5.2%，就业稳定。")
        6
    """
    return sum(map(len, _HAN.findall(text)))


@dataclass(frozen=True, eq=False)
class ComparedSource:
    """A document as the comparison sees it; what is derived from it is derived once.

    Attributes:
        document: with what its own head states filled in.
        rules: by which it is read.
        year: of the report; None where nothing tells it.
        year_from: what told the year: ``metadata``, ``text``, ``name``, or empty.
        kept: derived data by kind and parameters, so that filtered copies share it.
        cache: a folder that keeps the words between runs.
    """

    document: Document
    rules: RuleSet
    year: int | None
    year_from: str = "metadata"
    kept: dict[tuple[str, str], object] = field(default_factory=dict, repr=False)
    cache: Path | None = None

    @functools.cached_property
    def view(self) -> TextView:
        """The cleaned text, with the way back to the original."""
        return view_of(self.document.text)

    @functools.cached_property
    def blocks(self) -> tuple[Span, ...]:
        """Paragraphs, in offsets of the view."""
        return tuple(split_blocks(self.view.text))

    @functools.cached_property
    def segments(self) -> tuple[Segment, ...]:
        """Labelled segments (section role and discourse), in offsets of the view."""
        outline = read_outline(self.view.text, self.rules, year=self.year, document=self.document)
        return tuple(outline.segments)

    @functools.cached_property
    def extraction(self) -> Extraction:
        """Tasks and metrics of the document, in offsets of the original."""
        return extract(self.document, rules=self.rules)


@dataclass(frozen=True, eq=False)
class Text:
    """Those parts of a source that a comparison looks at.

    Attributes:
        source: the whole document.
        spans: what counts of it, in offsets of the view, in order.
        zones, labels: section roles and discourse labels it was narrowed to.
        period: the span of years it was put into.
    """

    source: ComparedSource
    spans: tuple[Span, ...]
    zones: frozenset[str] | None = None
    labels: frozenset[str] | None = None
    period: str | None = None

    @property
    def id(self) -> str:
        """Name of the document."""
        return self.source.document.id

    @property
    def year(self) -> int | None:
        """Year of the report."""
        return self.source.year

    @functools.cached_property
    def pieces(self) -> tuple[str, ...]:
        """The texts of the spans."""
        text = self.source.view.text
        return tuple(text[start:end] for start, end in self.spans)

    @functools.cached_property
    def joined(self) -> str:
        """All pieces, one a line: no word reaches over a border."""
        return "\n".join(self.pieces)

    @functools.cached_property
    def origins(self) -> tuple[Span, ...]:
        """The spans in offsets of the document as read."""
        return tuple(self.source.view.place(start, end) for start, end in self.spans)

    @functools.cached_property
    def n_chars(self) -> int:
        """Han characters that count."""
        return han_length(self.joined)

    def sentences(self) -> tuple[Span, ...]:
        """Spans of sentences, in offsets of the view."""
        return self._sentences

    @functools.cached_property
    def _sentences(self) -> tuple[Span, ...]:
        text = self.source.view.text
        return tuple(s for start, end in self.spans for s in split_segments(text, start, end))

    def narrowed(
        self, zones: Collection[str] | None = None, labels: Collection[str] | None = None
    ) -> Text:
        """The same text with only the segments of certain section roles or discourse labels.

        Args:
            zones: section roles (opening, review, plan, closing), or None for all.
            labels: discourse labels, or None for all.
        """
        if zones is None and labels is None:
            return self
        kept = [
            (segment.start, segment.end)
            for segment in self.source.segments
            if (zones is None or segment.zone in zones)
            and (labels is None or segment.discourse in labels)
        ]
        return dataclasses.replace(
            self,
            spans=tuple(_inside_spans(_neighbours_joined(kept, self.source.view.text), self.spans)),
            zones=frozenset(zones) if zones is not None else self.zones,
            labels=frozenset(labels) if labels is not None else self.labels,
        )


class Texts(Compared, Protocol):
    """Texts in their order, as a corpus has them, with how they were chosen."""

    @property
    def texts(self) -> tuple[Text, ...]:
        """What is compared."""


def _neighbours_joined(spans: list[Span], text: str) -> Iterator[Span]:
    """Neighbours in one paragraph become one span."""
    open_span: Span | None = None
    for start, end in spans:
        if open_span and not text[open_span[1] : start].strip(" "):
            open_span = (open_span[0], end)
            continue
        if open_span:
            yield open_span
        open_span = (start, end)
    if open_span:
        yield open_span


def _inside_spans(spans: Iterator[Span], allowed: tuple[Span, ...]) -> Iterator[Span]:
    """Parts of the spans inside allowed ones; both are in order."""
    at = 0
    for start, end in spans:
        while at < len(allowed) and allowed[at][1] <= start:
            at += 1
        i = at
        while i < len(allowed) and allowed[i][0] < end:
            first, last = max(start, allowed[i][0]), min(end, allowed[i][1])
            if first < last:
                yield first, last
            i += 1
