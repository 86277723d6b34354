"""What the next report says of a target: a number, words only, or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from speechmine.borders import CLAUSE, end_behind, start_before
from speechmine.characters import plain
from speechmine.model import Metric, Segment
from speechmine.pledges.asking import (
    SoughtTarget,
    ToldFigure,
    ToldInWords,
    comparable,
    join_keys,
    joins_of,
    restates,
    same_unit,
    spellings_of,
    turn_of,
    why_unlike,
)
from speechmine.pledges.compare import compared_unit, part_of
from speechmine.pledges.families import series_of
from speechmine.pledges.footing import footing_of
from speechmine.pledges.horizons import achieved_span
from speechmine.pledges.report import Report
from speechmine.pledges.verdicts import SaidVerdict, subject_of, verdicts_in
from speechmine.rules.schema import RuleSet

__all__ = ["Answers"]

_TOLD = ("achieved", "estimate")


@dataclass(frozen=True, eq=False)
class Answers:
    """The figures of a report that look back, by what they are figures of."""

    report: Report

    @cached_property
    def figures(self) -> tuple[ToldFigure, ...]:
        """All of them, in text order."""
        return tuple(
            self._figure(metric)
            for metric in self.report.extraction.metrics
            if metric.kind in _TOLD and metric.comparator != "none"
            if not restates(self.report, metric)
        )

    def _figure(self, metric: Metric) -> ToldFigure:
        footing = footing_of(self.report, metric, self.year)
        return ToldFigure(metric, achieved_span(self.report, metric), footing)

    @property
    def _rules(self) -> RuleSet:
        return self.report.rules

    @cached_property
    def year(self) -> int | None:
        """The year that the report answers for."""
        return self.report.year - 1 if self.report.year is not None else None

    @cached_property
    def _by_key(self) -> Mapping[tuple[str, str], Sequence[ToldFigure]]:
        found: defaultdict[tuple[str, str], list[ToldFigure]] = defaultdict(list)
        for figure in self.figures:
            for key in join_keys(figure.metric, self._rules).items():
                found[key].append(figure)
        return found

    @cached_property
    def told(self) -> tuple[ToldFigure, ...]:
        """The figures of the year that is answered for, where the report looks back."""
        return tuple(
            figure
            for figure in self.figures
            if self.of_year(figure) and self._zone(figure) in ("review", "opening", None)
        )

    def _zone(self, figure: ToldFigure) -> str | None:
        return self.report.segment_of(figure.metric).zone

    def of_year(self, figure: ToldFigure) -> bool:
        """Whether a figure holds for the very year that is answered for."""
        span = figure.span
        return not span.part and span.first == span.last and span.last == self.year

    def best(self, asked: SoughtTarget, *, families: bool) -> tuple[ToldFigure, str] | None:
        """The figure that answers a target, and what joined the two.

        Same series first (its id, else its very name), then, where families are joined, the
        same family. Of these those that can be compared before others (1000万人 is a level
        or a fall), the whole place before a part, the first in the text before later ones.

        Args:
            asked: the target.
            families: whether a family joins.
        """
        target = asked.metric
        for joined, key in joins_of(target, self._rules, families=families):
            known = [f for f in self._by_key.get((joined, key), ()) if self.of_year(f)]
            known = [f for f in known if why_unlike(asked, f) is None]
            fits = [f for f in known if comparable(target, f.metric, self._rules)]
            fits = fits or [
                f for f in known if joined == "id" and same_unit(target, f.metric, self._rules)
            ]
            if fits:
                best = min(fits, key=lambda f: self._rank(target, f, asked.turn))
                return best, "id" if joined == "base" else joined
        return None

    def on_other_footing(self, asked: SoughtTarget) -> tuple[ToldFigure, str] | None:
        """A figure of the same series and year that counts from elsewhere, and how."""
        key = next(iter(join_keys(asked.metric, self._rules).items()), None)
        for figure in self._by_key.get(key, ()) if key else ():
            same = compared_unit(figure.metric) == compared_unit(asked.metric) and self.of_year(
                figure
            )
            reason = why_unlike(asked, figure) if same else None
            if reason is not None:
                return figure, reason
        return None

    def other_span(self, target: Metric) -> ToldFigure | None:
        """A figure of the same series that holds for another time (五年年均)."""
        key = next(iter(join_keys(target, self._rules).items()), None)
        found = self._by_key.get(key, ()) if key else ()
        fits = (
            f for f in found if comparable(target, f.metric, self._rules) and not self.of_year(f)
        )
        return next(fits, None)

    def relative(self, target: Metric) -> ToldFigure | None:
        """A figure of the same family under another id, which is not joined unasked."""
        series = series_of(target.indicator_id, self._rules)
        if series is None:
            return None
        found = self._by_key.get(("family", series.family), ())
        fits = (f for f in found if self.of_year(f) and f.metric.indicator_id != series.id)
        return next(fits, None)

    def _rank(self, target: Metric, figure: ToldFigure, turn: int) -> tuple[int, ...]:
        metric = figure.metric
        zone = self.report.segment_of(metric).zone
        return (
            int(part_of(metric.scope, self._rules) != part_of(target.scope, self._rules)),
            int(metric.change != target.change),
            int(zone not in ("review", "opening")),
            int(not figure.span.stated and zone not in ("review", "opening")),
            abs(turn_of(self.report, metric) - turn),
            metric.start,
        )

    def told_by(self, figure: ToldFigure) -> ToldInWords:
        """A figure that does not answer, as what is told instead."""
        metric = figure.metric
        segment = self.report.segment_of(metric)
        return ToldInWords(metric.text, metric.start, metric.end, segment)

    def figure_in(self, mention: ToldInWords) -> Metric | None:
        """The first figure of a clause that names an indicator."""
        inside = (f.metric for f in self.figures if mention.start <= f.metric.start < mention.end)
        return next(inside, None)

    def mention(self, target: Metric) -> ToldInWords | None:
        """Where the review names the indicator in words, with a judgement if it passes one."""
        terms = spellings_of(target, self._rules)
        found = [m for s in self._reviewed() if (m := self._mention_in(s, terms)) is not None]
        judged = [m for m in found if m.verdict is not None]
        return next(iter(judged or found), None)

    def _reviewed(self) -> Iterable[Segment]:
        return (
            segment
            for segment in self.report.extraction.segments
            if segment.zone == "review" and segment.discourse != "heading"
        )

    def _mention_in(self, segment: Segment, terms: Sequence[str]) -> ToldInWords | None:
        at = min((i for i in map(plain(segment.text).find, terms) if i >= 0), default=-1)
        if at < 0:
            return None
        start = start_before(CLAUSE, segment.text, at)
        end = end_behind(CLAUSE, segment.text, at)
        first, last = segment.start + start, segment.start + end
        text = self.report.document.text[first:last]
        near = (v for v in verdicts_in(self.report, segment) if self._judges(v, first, last))
        return ToldInWords(text, first, last, segment, next(near, None))

    def _judges(self, verdict: SaidVerdict, start: int, end: int) -> bool:
        """A judgement in the clause, or after it with no figure or subject of its own between."""
        if verdict.start < end:
            return verdict.start >= start
        between = any(end <= m.start < verdict.start for m in self.report.extraction.metrics)
        return not between and not subject_of(verdict, self.report)
