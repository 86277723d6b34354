"""Goals without a number: 农民收入增长与经济增长同步, 水环境质量持续改善 (GUIDELINE M5)."""

from __future__ import annotations

import operator
from bisect import bisect_left
from collections.abc import Iterator, Sequence
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

__all__ = ["absences_in", "may_state_absence", "states_absence"]

_LEAST_NAME = 2
_start = operator.itemgetter(0)


@dataclass(frozen=True, slots=True)
class _Absence:
    """An indicator, the span that states it, what the words around say, the rule that holds."""

    name: Name
    start: int
    end: int
    said: frozenset[str]
    rule: str


def may_state_absence(said: str, segment: Segment, cues: MetricCues) -> bool:
    """Whether it pays to look: the segment sets goals, or says that none is set."""
    return _sets_goals(segment) or bool(cues.absences["not_set"][1].search(said))


def states_absence(bare: str, segment: Segment, words: MetricWords) -> bool:
    """Whether a segment has a goal without a number, whatever numbers stand in it.

    Args:
        bare: its text with names in quotation marks blanked.
        segment: the segment.
        words: the vocabulary.
    """
    clauses = CLAUSES.finditer(bare)
    return any(any(_stated(bare, segment, words, *clause.span())) for clause in clauses)


def _sets_goals(segment: Segment) -> bool:
    if segment.discourse == "review":
        return is_guess(segment)
    return segment.discourse == "target"


def absences_in(context: MetricContext, taken: Sequence[tuple[int, int]]) -> list[Metric]:
    """Metrics with comparator ``none`` of a segment.

    Args:
        context: a segment; where it sets no goals, only that none is set is read
            (没有提出经济增速具体目标).
        taken: spans of the metrics already found, from the segment's start, in order.
    """
    found: list[Metric] = []
    if not may_state_absence(context.text, context.segment, context.words.cues):
        return found
    reach = _reaches_to(taken)
    for clause in CLAUSES.finditer(context.bare):
        before = bisect_left(taken, clause.end(), key=_start)
        if before and reach[before - 1] > clause.start():
            continue
        stated = _stated(context.bare, context.segment, context.words, *clause.span())
        found += [_absence_metric(context, absence) for absence in stated]
    return found


def _reaches_to(spans: Sequence[tuple[int, int]]) -> list[int]:
    """How far each span, or one before it, goes."""
    return list(accumulate((end for _, end in spans), max))


def _stated(
    bare: str, segment: Segment, words: MetricWords, start: int, end: int
) -> Iterator[_Absence]:
    phrases, cues, owed = words.phrases, words.cues, _sets_goals(segment)
    for strength, (rule, said) in cues.absences.items():
        if not owed and strength != "not_set":
            continue
        hit = next((h for h in said.finditer(bare, start, end) if h.end() == end), None)
        if hit is None:
            continue
        if "name" in said.groupindex:
            name = Name(hit["name"], hit.start("name"), hit.end("name"))
            yield _Absence(name, hit.start(), end, frozenset(), rule.id)
            return
        phrase = read_before(bare, start, hit.start(), phrases)
        if phrase.whole is None or len(phrase.whole.text) < _LEAST_NAME:
            return
        names = coordinated(phrase.whole, None, phrases)
        if strength == "weak" and not all(_is_indicator(n, phrases) for n in names):
            return
        for name in names:
            yield _Absence(name, name.start, end, phrase.cues, rule.id)
        return


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
