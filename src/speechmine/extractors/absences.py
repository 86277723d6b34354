"""Goals without a number: 农民收入增长与经济增长同步, 水环境质量持续改善 (GUIDELINE M5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speechmine.borders import CLAUSES, Span
from speechmine.extractors.indicator_words import read_before
from speechmine.extractors.indicators import Name, Phrases, coordinated
from speechmine.extractors.metric_context import MetricContext, MetricWords, is_guess
from speechmine.extractors.metric_meaning import MetricCues, change_of, hardness_of
from speechmine.extractors.metric_times import period_of
from speechmine.model import Metric, Segment, content_id
from speechmine.numerals import UNPARSED
from speechmine.rules.gates import Ending

__all__ = ["absences_in", "may_state_absence", "states_absence"]

_LEAST_NAME = 2


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
    return _sets_goals(segment) or bool(cues.absences["not_set"][1].pattern.search(said))


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


def absences_in(context: MetricContext, taken: Sequence[Span]) -> Iterator[Metric]:
    """Metrics with comparator ``none`` of a segment.

    Args:
        context: a segment; where it sets no goals, only that none is set is read
            (没有提出经济增速具体目标).
        taken: spans of the metrics already found, from the segment's start.
    """
    if not may_state_absence(context.text, context.segment, context.words.cues):
        return
    for clause in CLAUSES.finditer(context.bare):
        start, end = clause.span()
        if not any(first < end and start < last for first, last in taken):
            for absence in _stated(context.bare, context.segment, context.words, start, end):
                yield _absence_metric(context, absence)


def _stated(
    bare: str, segment: Segment, words: MetricWords, start: int, end: int
) -> Iterator[_Absence]:
    phrases, cues, owed = words.phrases, words.cues, _sets_goals(segment)
    for strength, (rule, said) in cues.absences.items():
        hit = _at_end(said, bare, start, end) if owed or strength == "not_set" else None
        if hit is None:
            continue
        if "name" in said.pattern.groupindex:
            name = Name(hit["name"], *hit.span("name"))
            yield _Absence(name, hit.start(), end, frozenset(), rule.id)
            return
        phrase = read_before(bare, start, hit.start(), phrases)
        if phrase.whole is None or len(phrase.whole.text) < _LEAST_NAME:
            return
        names = coordinated(phrase.whole, None, phrases)
        if strength != "weak" or all(_is_indicator(name, phrases) for name in names):
            for name in names:
                yield _Absence(name, name.start, end, phrase.cues, rule.id)
        return


def _at_end(said: Ending, bare: str, start: int, end: int) -> re.Match[str] | None:
    """The first match in the clause that reaches its end."""
    for hit in said.pattern.finditer(bare, start, end) if said.fits(bare, end) else ():
        if hit.end() == end:
            return hit
    return None


def _is_indicator(name: Name, phrases: Phrases) -> bool:
    known = len(name.text) > _LEAST_NAME and phrases.family(name.text) is not None
    return known or name.text.endswith(phrases.nouns)


def _absence_metric(context: MetricContext, absence: _Absence) -> Metric:
    text, name, end = context.text, absence.name, absence.end
    segment, cues = context.segment, context.words.cues
    first, last = segment.start + absence.start, segment.start + end
    indicator = name.text
    if not name.made and UNPARSED in indicator:
        indicator = text[name.start : name.end]
    shapes = context.words.phrases.shapes
    grows = shapes["name.grows"].search(text[name.end : end])
    said = absence.said | {"up"} if grows else absence.said - {"down"}
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
