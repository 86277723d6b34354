"""Whether a number is owed or achieved, as words and places tell what time is spoken of.

The clause's own words come first (已, 还有, 必须, 月底前), then those of the clauses before it in
its sentence, and only then the label of its segment.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from speechmine.borders import SENTENCE, start_before
from speechmine.extractors.metric_context import (
    REACH,
    MetricContext,
    MetricWords,
    clause_end,
    clause_start,
    is_guess,
    said_around,
    said_before,
    sentence_end,
)
from speechmine.extractors.metric_meaning import KindCue, MetricCues
from speechmine.extractors.metric_times import lies_behind, looks_back
from speechmine.model import MetricKind, Quantity

__all__ = ["BACK", "BY_TIME", "kind_by_time", "time_said"]

#: Rules that hold where no word says more than the time, or none at all and the label decides.
BACK = frozenset(["kind.looking_back", "kind.told_past"])
BY_TIME = BACK | frozenset(["kind.looking_forward", "kind.told_owed"])

#: 截至10月底, 两年来: a clause that is nothing but a time.
_LONGEST_TIME = 8
#: Rules of money that hold however far ahead it is paid.
_PAID_AHEAD = frozenset(
    f"kind.plan.{rule}"
    for rule in ("arranged", "rates", "each", "paid", "paid_after", "capped", "borne")
)
_LOOKING_BACK = frozenset(["review", "problem", "opening"])


def kind_by_time(quantity: Quantity, context: MetricContext) -> tuple[MetricKind, str]:
    """The kind by what is said of time around a number, and the rule that decided."""
    near = max(0, quantity.start - REACH)
    clause = max(near, clause_start(context.bare, quantity.start))
    end = clause_end(context.bare, quantity.end)
    sentence = context.bare[start_before(SENTENCE, context.bare, quantity.end, near) : quantity.end]
    reach = {
        "clause": context.bare[clause : quantity.end],
        "sentence": context.bare[near : quantity.end],
        "segment": context.bare[near : quantity.end + REACH],
        "around": context.bare[near:end],
        "own": context.dated[clause:end],
        "onward": context.bare[clause : sentence_end(context.bare, quantity.end)],
    }
    cues = context.words.cues
    dated = context.dated
    own = said_around(dated, clause, (quantity.start, quantity.end), end, cues)
    own = own or said_before(dated, clause, cues, longest=_LONGEST_TIME)
    says = own or said_before(dated, clause, cues)
    if says is None and _lies_back(sentence, context):
        own = says = "past"
    if says != "past" and _lies_ahead(sentence, cues, context.frame.year):
        return _ahead(quantity, reach, says, context.words)
    past = {word: _is_past(context, reach, word) for word in {own, says}}
    kind, rule = _ruled(
        quantity, reach, says, past=past[says], arranged=not past[own], words=context.words
    )
    if kind == "target" and says != "owed":
        before = context.line[-REACH:] + context.text[near : quantity.start]
        if looks_back(before, cues.owed, context.frame, context.words.times):
            return "achieved", "kind.past_year"
    return kind, rule


def _lies_back(sentence: str, context: MetricContext) -> bool:
    """The time that the sentence or the line names is over."""
    behind = lies_behind(sentence, context.frame, context.words.times)
    return behind or _line_looks_back(context)


def _ahead(
    quantity: Quantity, reach: Mapping[str, str], says: str | None, words: MetricWords
) -> tuple[MetricKind, str]:
    """Of what lies ahead a number is owed, unless it is money to be paid (每户补助900元)."""
    if words.cues.says["intended"].search(reach["clause"]):
        return "plan", "kind.plan.intended"
    kind, rule = _ruled(quantity, reach, says, past=False, arranged=True, words=words)
    return (kind, rule) if rule in _PAID_AHEAD else ("target", "kind.future")


@functools.lru_cache(maxsize=1)  # all numbers of a segment ask for the same line
def _line_looks_back(context: MetricContext) -> bool:
    """截至8月14日，受旱30万亩。水库蓄水4200万立方米: the day holds on until something is owed."""
    for sentence in reversed(SENTENCE.split(context.line[-REACH:])):
        if context.words.cues.says["owed"].search(sentence):
            return False
        if context.words.cues.says["opener"].match(sentence):
            return True
    return False


def _lies_ahead(sentence: str, cues: MetricCues, year: int | None) -> bool:
    """今后五年, 到2030年: ahead of the document, in whatever part of it."""
    if cues.says["future"].search(sentence):
        return True
    years = cues.says["year"].findall(sentence)
    return bool(years) and year is not None and int(years[-1]) > year


def _is_past(context: MetricContext, reach: Mapping[str, str], says: str | None) -> bool:
    """What the words say; label and zone where they say nothing.

    In a part that looks back only a clear order counts: 全年计划 is told there as well as what
    became of it. Below 2023年工作回顾 a sentence is no goal for reading like one.
    """
    segment, cues = context.segment, context.words.cues
    back = segment.discourse in _LOOKING_BACK or context.headed_review
    if says == "owed" and segment.discourse == "problem":  # 线下还要再交27份材料
        return cues.says["owed"].search(cues.says["burden"].sub("", reach["own"])) is None
    if says == "owed" and back and segment.zone == "review":
        said = SENTENCE.split(reach["sentence"])[-1] + reach["own"]
        return cues.says["ordered"].search(said) is None
    if says is not None:
        return says == "past"
    if context.headed_review or (
        segment.discourse in ("review", "problem") and not is_guess(segment)
    ):
        return True
    if segment.discourse == "target":
        return segment.zone == "review" and bool(cues.says["expected"].search(reach["clause"]))
    if segment.zone in ("review", "opening"):
        return not cues.goal.search(reach["around"])
    return segment.discourse == "rationale" and not cues.owed.search(reach["around"])


def _ruled(
    quantity: Quantity,
    reach: Mapping[str, str],
    says: str | None,
    *,
    past: bool,
    arranged: bool,
    words: MetricWords,
) -> tuple[MetricKind, str]:
    """The first rule that holds; money can be arranged beside a clause that looks back."""
    unit, cues = quantity.unit or "", words.cues
    paid = words.phrases.shapes["unit.paid"].search(unit) is not None
    spoken = {place for place, any_of in cues.any_kind.items() if any_of.search(reach[place])}
    back = not arranged
    for cue in cues.fitting(unit, past=past, back=back, paid=paid, owed=says == "owed"):
        if (not cue.opens or cue.reach in spoken) and _said(cue, reach, cues):
            return cue.value, cue.id
    if past:
        return "achieved", "kind.told_past" if says == "past" else "kind.looking_back"
    return "target", "kind.told_owed" if says == "owed" else "kind.looking_forward"


def _said(cue: KindCue, reach: Mapping[str, str], cues: MetricCues) -> bool:
    if cue.said.search(reach[cue.reach]) is None:
        return False
    return not cue.unless or not cues.owed.search(reach[cue.unless])


def time_said(quantity: Quantity, context: MetricContext) -> str | None:
    """What the clause of a number, or one before it, says of its time: owed, past, or None.

    Args:
        quantity: the number, counted from the segment's start.
        context: the segment.
    """
    start, cues = clause_start(context.bare, quantity.start), context.words.cues
    end = clause_end(context.bare, quantity.end)
    number = (quantity.start, quantity.end)
    own = said_around(context.bare, start, number, end, cues)
    return own or said_before(context.bare, start, cues)
