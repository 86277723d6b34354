"""What a number is: owed, achieved, planned money, another place's, a mere count.

The clause's own words come first (已, 还有, 必须, 月底前), then those of the clauses before it in
its sentence, and only then the label of its segment.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from speechmine.borders import CLAUSE, SENTENCE, start_before
from speechmine.extractors.metric_context import MetricContext, MetricWords, clause_start, is_guess
from speechmine.extractors.metric_meaning import KindCue, MetricCues
from speechmine.extractors.metric_readings import Reading
from speechmine.extractors.metric_sayings import (
    clause_end,
    said_around,
    said_before,
    sentence_end,
)
from speechmine.extractors.metric_scopes import is_elsewhere
from speechmine.extractors.metric_times import lies_behind, looks_back
from speechmine.model import MetricKind, Quantity

__all__ = ["kind_of", "time_said"]

#: How far words bear on a number, in characters; longer sentences are rare, and some have no end.
_REACH = 600
#: 截至10月底, 两年来: a clause that is nothing but a time.
_LONGEST_TIME = 8
#: A meeting is made of fewer bodies and matters than this.
_MEETING = 20
_UNTOLD = frozenset(["kind.looking_forward", "kind.looking_back"])
#: Rules of money that hold however far ahead it is paid.
_PAID_AHEAD = frozenset(
    f"kind.plan.{rule}"
    for rule in ("arranged", "rates", "each", "paid", "paid_after", "capped", "borne")
)
_LOOKING_BACK = frozenset(["review", "problem", "opening"])


def kind_of(reading: Reading, context: MetricContext) -> tuple[MetricKind, str]:
    """The kind of a metric and the rule that decided."""
    says = context.words.cues.says
    if reading.is_base or says["against"].match(context.bare, reading.quantity.end):
        return "baseline", "kind.baseline"
    if _counts_meeting(reading, context):
        return "count", "kind.meeting"
    if "comparison" in reading.phrase.cues or _about_others(reading, context):
        return "comparison", "kind.comparison"
    if _is_size(reading, context):
        return "plan", "kind.size_of_project"
    if _is_capacity(reading, context):
        return "reference", "kind.size_of_works"
    kind, rule = _by_time(reading.quantity, context)
    if rule in _UNTOLD and _tells_size(reading, context):
        begun = rule == "kind.looking_back" or says["begun"].search(
            context.bare, reading.quantity.end
        )
        return ("reference" if begun else "plan"), "kind.size_told"
    if kind == "target" and _names_topic(reading.quantity, context):
        return "count", "kind.topic"
    return kind, rule


def _by_time(quantity: Quantity, context: MetricContext) -> tuple[MetricKind, str]:
    near = max(0, quantity.start - _REACH)
    clause = max(near, clause_start(context.bare, quantity.start))
    end = clause_end(context.bare, quantity.end)
    sentence = context.bare[start_before(SENTENCE, context.bare, quantity.end, near) : quantity.end]
    reach = {
        "clause": context.bare[clause : quantity.end],
        "sentence": context.bare[near : quantity.end],
        "segment": context.bare[near : quantity.end + _REACH],
        "around": context.bare[near:end],
        "own": context.dated[clause:end],
        "onward": context.bare[clause : sentence_end(context.bare, quantity.end)],
    }
    cues = context.words.cues
    dated = context.dated
    own = said_around(dated, clause, (quantity.start, quantity.end), end, cues)
    own = own or said_before(dated, clause, cues, longest=_LONGEST_TIME)
    says = own or said_before(dated, clause, cues)
    if says is None and _lies_back(quantity, sentence, context):
        own = says = "past"
    if says != "past" and _lies_ahead(sentence, cues, context.frame.year):
        return _ahead(quantity, reach, says, context.words)
    past = {word: _is_past(context, reach, word) for word in {own, says}}
    kind, rule = _ruled(
        quantity, reach, says, past=past[says], arranged=not past[own], words=context.words
    )
    if kind == "target" and says != "owed":
        before = context.line[-_REACH:] + context.text[near : quantity.start]
        if looks_back(before, cues.owed, context.frame, context.words.times):
            return "achieved", "kind.past_year"
    return kind, rule


def _lies_back(quantity: Quantity, sentence: str, context: MetricContext) -> bool:
    """The time that the sentence or the line names is over, or the list is one of deeds."""
    return (
        lies_behind(sentence, context.frame, context.words.times)
        or _line_looks_back(context)
        or _in_list_of_deeds(quantity, context)
    )


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
    for sentence in reversed(SENTENCE.split(context.line[-_REACH:])):
        if context.words.cues.says["owed"].search(sentence):
            return False
        if context.words.cues.says["opener"].match(sentence):
            return True
    return False


def _in_list_of_deeds(quantity: Quantity, context: MetricContext) -> bool:
    """已建成的有：堤防60公里；公路12公里。: the list up to its full stop is of what was done."""
    said = context.line[-_REACH:] + context.bare[: quantity.start]
    return context.words.cues.says["deeds"].search(said.rpartition("。")[2]) is not None


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
    for cue in cues.kinds:
        if cue.opens and cue.reach not in spoken:
            continue
        if cue.value == "achieved" and says == "owed":
            continue
        back = not arranged if cue.value == "plan" else past
        if _fits(cue, unit, past=back, paid=paid) and _said(cue, reach, cues):
            return cue.value, cue.id
    return ("achieved", "kind.looking_back") if past else ("target", "kind.looking_forward")


def _fits(cue: KindCue, unit: str, *, past: bool, paid: bool) -> bool:
    if cue.units and not unit.endswith(cue.units):
        return False
    if cue.value == "plan":
        return (not past or cue.intended) and (paid or bool(cue.units))
    if cue.value == "reference":
        return True
    if cue.value == "estimate":
        return past or cue.intended
    return not past or cue.intended


def _said(cue: KindCue, reach: Mapping[str, str], cues: MetricCues) -> bool:
    if cue.said.search(reach[cue.reach]) is None:
        return False
    return not cue.unless or not cues.owed.search(reach[cue.unless])


def _counts_meeting(reading: Reading, context: MetricContext) -> bool:
    """9家单位, 9项重点工作: what the meeting is made of; 5个部门负责人作了汇报 anywhere."""
    words = context.words
    unit = reading.quantity.unit or ""
    if not unit.endswith(words.counters) or words.phrases.shapes["unit.power"].match(unit):
        return False
    if time_said(reading.quantity, context) == "owed":
        return False
    if words.speakers.match(context.bare, reading.quantity.end):
        return True
    name = reading.name.text if reading.name else ""
    few = (reading.quantity.low or 0) < _MEETING and not reading.quantity.masked
    named = any(map(name.__contains__, words.phrases.meeting))
    said = context.segment.discourse not in ("target", "review", "problem")
    if context.segment.discourse == "opening":
        meets = words.cues.says["meets"].search(_own_clause(reading, context))
        return named or meets is not None or time_said(reading.quantity, context) is None
    return few and said and named


def _names_topic(quantity: Quantity, context: MetricContext) -> bool:
    """43座非煤矿山、18家化工企业，由应急局牵头: an order names what it is about before all else.

    A number that is said to be done (剩余37户8月底前签约) is owed.
    """
    if context.segment.discourse != "target" or quantity.comparator != "=":
        return False
    unit, words = quantity.unit or "", context.words
    if not (unit.endswith(words.counters) or words.phrases.shapes["unit.land"].search(unit)):
        return False
    cues, bare = context.words.cues, context.bare
    start = clause_start(bare, quantity.start)
    if not cues.says["topic"].fullmatch(bare, start, quantity.start):
        return False
    whole = cues.says["in_all"].search(bare, start, quantity.start)
    if bare[start - 1 : start] == "，" and not whole:
        return False
    return cues.says["topic_ends"].match(bare, quantity.end) is not None


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


def _own_clause(reading: Reading, context: MetricContext) -> str:
    start = clause_start(context.bare, reading.quantity.start)
    return context.bare[start : clause_end(context.bare, reading.quantity.end)]


def _about_others(reading: Reading, context: MetricContext) -> bool:
    """A problem is shown by the figures of another place: 甲县新开工项目20个，其中...

    A county is another place in the speech of a county and a part of it in that of a city.
    """
    if context.segment.discourse != "problem":
        return False
    before = context.bare[: reading.quantity.start]
    for clause in reversed(CLAUSE.split(before[-_REACH:])):
        whose = context.words.cues.says["whose"].match(clause)
        if whose:
            return bool(whose["others"])
        elsewhere = is_elsewhere(clause, context.level, context.words.phrases)
        if elsewhere is not None:
            return elsewhere
    return False


def _is_size(reading: Reading, context: MetricContext) -> bool:
    """总投资20亿元的项目: an amount that only says how large the project is."""
    owed = context.segment.zone != "review" and context.segment.discourse != "review"
    name = reading.name.text if reading.name else ""
    if not owed or not context.words.phrases.shapes["name.investment"].search(name):
        return False
    return (
        context.words.cues.says["of_project"].match(context.bare, reading.quantity.end) is not None
    )


def _is_capacity(reading: Reading, context: MetricContext) -> bool:
    """甲厂40万吨装置技改, 3座35万千瓦电站: how large the works are that are built or changed."""
    unit, bare = reading.quantity.unit or "", context.bare
    if (
        not context.words.phrases.shapes["unit.capacity"].search(unit)
        or reading.quantity.comparator != "="
    ):
        return False
    says, end = context.words.cues.says, reading.quantity.end
    if says["works"].match(bare, end) is None:
        return False
    before = bare[clause_start(bare, reading.quantity.start) : reading.quantity.start]
    return says["owner"].search(before) is not None


def _tells_size(reading: Reading, context: MetricContext) -> bool:
    """项目总投资32亿元，已经摘牌: nobody owes the sum that a project is put at."""
    name = reading.name.text if reading.name else ""
    total = context.words.phrases.shapes["name.total"]
    if context.segment.discourse == "target":
        told = total.search(name)
    else:
        told = total.fullmatch(name) if context.segment.discourse != "review" else None
    return told is not None and time_said(reading.quantity, context) != "owed"
