"""Goals without a number: 农民收入增长与经济增长同步, 水环境质量持续改善 (GUIDELINE M5)."""

from __future__ import annotations

import operator
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from speechmine.borders import CLAUSES
from speechmine.extractors.indicator_words import read_before
from speechmine.extractors.indicators import Name, Phrases, coordinated
from speechmine.extractors.metric_context import MetricContext, MetricWords, is_guess
from speechmine.extractors.metric_meaning import MetricCues, change_of, hardness_of
from speechmine.extractors.metric_times import period_of
from speechmine.model import Metric, Segment, content_id
from speechmine.numerals import UNPARSED
from speechmine.rules.searching import Patterns

__all__ = ["absence_metrics", "may_state_absence", "stated_absences"]

_LEAST_NAME = 2
_start = operator.itemgetter(0)


@dataclass(frozen=True, slots=True)
class _Absence:
    """An indicator, the span that states it, what the words around say, the rule that holds.

    ``clause`` is where its clause begins; it ends where the span does.
    """

    clause: int
    name: Name
    start: int
    end: int
    said: frozenset[str]
    rule: str


def may_state_absence(said: str, segment: Segment, cues: MetricCues) -> bool:
    """Whether it pays to look: the segment sets goals, or says that none is set."""
    return _sets_goals(segment) or bool(cues.absences["not_set"][1].search(said))


def stated_absences(bare: str, segment: Segment, words: MetricWords) -> list[_Absence]:
    """The goals without a number of a segment, whatever numbers stand in it.

    Args:
        bare: its text with names in quotation marks blanked.
        segment: where it sets no goals, only that none is set is read
            (没有提出经济增速具体目标).
        words: the vocabulary.
    """
    owed = _sets_goals(segment)
    asked = [
        (strength, rule, said)
        for strength, (rule, said) in words.cues.absences.items()
        if owed or strength == "not_set"
    ]
    found: list[_Absence] = []
    for clause in CLAUSES.finditer(bare):
        start, end = clause.span()
        for strength, rule, said in asked:
            hit = _at_end(said, bare, start, end)
            if hit is not None:
                weak = strength == "weak"
                found += _without_number(hit, bare, start, rule.id, words.phrases, weak=weak)
                break
    return found


def _sets_goals(segment: Segment) -> bool:
    if segment.discourse == "review":
        return is_guess(segment)
    return segment.discourse == "target"


def absence_metrics(
    absences: Iterable[_Absence], context: MetricContext, taken: Sequence[tuple[int, int]]
) -> Iterator[Metric]:
    """Metrics with comparator ``none`` of a segment.

    Args:
        absences: what it states.
        context: the segment.
        taken: spans of the metrics already found, from the segment's start, in order.
    """
    reach = list(accumulate((end for _, end in taken), max))
    for absence in absences:
        before = bisect_left(taken, absence.end, key=_start)
        if not before or reach[before - 1] <= absence.clause:
            yield _absence_metric(context, absence)


def _without_number(
    hit: re.Match[str], bare: str, start: int, rule: str, phrases: Phrases, *, weak: bool
) -> Iterator[_Absence]:
    """What a clause says that no number goes with: its name stands in the match, or before it."""
    end = hit.end()
    if "name" in hit.re.groupindex:
        name = Name(hit["name"], hit.start("name"), hit.end("name"))
        yield _Absence(start, name, hit.start(), end, frozenset(), rule)
        return
    phrase = read_before(bare, start, hit.start(), phrases)
    if phrase.whole is None or len(phrase.whole.text) < _LEAST_NAME:
        return
    names = coordinated(phrase.whole, None, phrases)
    if not weak or all(_is_indicator(name, phrases) for name in names):
        for name in names:
            yield _Absence(start, name, name.start, end, phrase.cues, rule)


def _at_end(pattern: re.Pattern[str], bare: str, start: int, end: int) -> re.Match[str] | None:
    """The first match in the clause that reaches its end."""
    return next((hit for hit in pattern.finditer(bare, start, end) if hit.end() == end), None)


def _is_indicator(name: Name, phrases: Phrases) -> bool:
    if name.text.endswith(phrases.nouns):
        return True
    return len(name.text) > _LEAST_NAME and phrases.family(name.text) is not None


def _changing(predicate: str, said: frozenset[str], shapes: Patterns) -> frozenset[str]:
    return said | {"up"} if shapes["name.grows"].search(predicate) else said - {"down"}


def _absence_metric(context: MetricContext, absence: _Absence) -> Metric:
    text, name, end = context.text, absence.name, absence.end
    segment, cues = context.segment, context.words.cues
    first, last = segment.start + absence.start, segment.start + end
    indicator = name.text
    if not name.made and UNPARSED in indicator:
        indicator = text[name.start : name.end]
    shapes = context.words.phrases.shapes
    said = _changing(text[name.end : end], absence.said, shapes)
    change = change_of(indicator, None, said, shapes)
    return Metric(
        id=content_id("m", (first, last, indicator, None, None, None, "none")),
        text=text[absence.start : end],
        start=first,
        end=last,
        indicator=indicator,
        low=None,
        high=None,
        unit=None,
        comparator="none",
        kind="target",
        rule=absence.rule,
        indicator_id=context.words.phrases.indicator_id(indicator, change),
        change=change,
        period=period_of(
            context.goals + text[: name.start],
            reviewed=0,
            frame=context.frame,
            times=context.words.times,
        ),
        hardness=hardness_of("", masked=False, cues=cues),
    )
