"""The indicator of a number: before it, behind it, in the clause or number before, above."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from speechmine.borders import PHRASE
from speechmine.extractors.indicator_words import read_after, read_before, topic_before
from speechmine.extractors.indicators import Name, Phrase, Phrases
from speechmine.extractors.metric_context import (
    REACH,
    MetricContext,
    MetricWords,
    clause_start,
    unit_facts,
)
from speechmine.model import Quantity

__all__ = [
    "MOVED",
    "counted_before",
    "earlier",
    "indicator_of",
    "is_place",
    "mentioned",
    "name_meant",
    "said_of_it",
    "stands_behind",
]

#: 先发行: an adverb and a verb.
_ADVERB_AND_VERB = 3
#: Cues after which the number belongs to the name before it.
MOVED = frozenset({"up", "down", "up_to", "down_to", "moved_to", "level", "yoy", "comparison"})


def indicator_of(
    quantity: Quantity,
    phrase: Phrase,
    limit: int,
    previous: Sequence[Name],
    context: MetricContext,
) -> tuple[Name | None, int]:
    """The indicator of one number, and where the metric ends."""
    words = context.words
    after = _whole_name(read_after(context.bare, quantity.end, limit, words.phrases), context)
    moved = phrase.cues & MOVED
    unit = unit_facts(quantity, words)
    # 贷款30亿: the number ends in 万 or 亿, and no unit is said.
    power = words.phrases.shapes["unit.power"].fullmatch((quantity.unit or "")[-1:])
    counted = unit.counter or power is not None
    before = _telling(phrase.name, previous, words.phrases)
    if after and not unit.rate and stands_behind(quantity, before, context):
        return after, after.end
    if before and not after and _is_bare_verb(phrase):
        before = mentioned(quantity, context) or before
    if after and after.end < limit and counted and not (before and moved):
        return after, after.end
    if before and not after and is_place(before, context):
        before = (previous[-1] if previous else None) or earlier(quantity, context) or before
    if before and not (phrase.verb and after and not moved):
        return before, quantity.end
    if after and (not (moved and previous) or not unit.rate):
        return after, after.end
    if before:
        return before, quantity.end
    name = _counted_again(quantity, context) or name_meant(quantity, phrase, previous, context)
    return name, said_of_it(quantity, limit, context) if counted else quantity.end


def _whole_name(name: Name | None, context: MetricContext) -> Name | None:
    """国家级 of 8个国家级、36个省级专科 is 国家级专科."""
    shapes = context.words.phrases.shapes
    if name is None or not shapes["name.class"].search(name.text):
        return name
    shared = shapes["name.shared_head"].match(context.bare, name.end)
    return dataclasses.replace(name, text=name.text + shared["head"]) if shared else name


def _counted_again(quantity: Quantity, context: MetricContext) -> Name | None:
    """办好12类45件实事: both numbers count what stands behind the second."""
    second = context.words.phrases.shapes["number.second"].match(context.bare, quantity.end)
    if second is None or not unit_facts(quantity, context.words).counter:
        return None
    return read_after(context.bare, second.end(), len(context.bare), context.words.phrases)


def _is_bare_verb(phrase: Phrase) -> bool:
    """先发行: an adverb and a verb name no indicator."""
    return phrase.verb and phrase.name is not None and len(phrase.name.text) <= _ADVERB_AND_VERB


def _telling(name: Name | None, previous: Sequence[Name], phrases: Phrases) -> Name | None:
    """总量 and 增速 name nothing by themselves; the indicator before them is meant."""
    if name is not None and name.text in phrases.generic:
        return previous[-1] if previous else name
    return name


_LEAST_FAMILY = 4
_LONGEST_PREDICATE = 10
#: 完成了: how far back from a number its deed is looked for.
_DEED = 4


def said_of_it(quantity: Quantity, limit: int, context: MetricContext) -> int:
    """Where the words end that say what became of those counted: 还有8个没有办结."""
    if not context.words.phrases.predicate_words.match(context.bare, quantity.end):
        return quantity.end
    stop = PHRASE.search(context.bare, quantity.end, limit)
    end = stop.start() if stop else limit
    return end if end - quantity.end <= _LONGEST_PREDICATE else quantity.end


def name_meant(
    quantity: Quantity, phrase: Phrase, previous: Sequence[Name], context: MetricContext
) -> Name | None:
    """What a number without a name counts: the topic of its sentence, or what was counted last."""
    clause, phrases = clause_start(context.bare, quantity.start), context.words.phrases
    told = topic_before(context.bare, clause, phrases, measured=bool(previous) or not phrase.verb)
    if told is not None or previous:
        return told or previous[-1]
    return (
        earlier(quantity, context)
        or counted_before(quantity, context)
        or _of_unit(quantity, context.words)
        or mentioned(quantity, context)
        or _headed(context)
    )


def _headed(context: MetricContext) -> Name | None:
    """The words that open the line by themselves: 2、水泵。县里给了12台."""
    found = context.words.phrases.shapes["name.heading"].match(context.line)
    if found is None or context.words.phrases.shapes["name.no_topic"].search(found["name"]):
        return None
    return Name(found["name"], 0, 0, made=True)


def stands_behind(quantity: Quantity, before: Name | None, context: MetricContext) -> bool:
    """挪用的300万元预售资金, 把8万亩农田, 城东片区132亩土地: the name stands behind.

    So it does of a count behind a deed that is done to its end: 班组完成了6片箱梁架设.
    """
    shapes, start = context.words.phrases.shapes, quantity.start
    if shapes["name.owned"].fullmatch(context.bare, max(0, start - 1), start):
        return True
    if shapes["name.finished"].search(context.bare, max(0, start - _DEED), start):
        return unit_facts(quantity, context.words).counter
    if shapes["unit.months"].search(quantity.unit or ""):
        return True
    if before is None:
        return False
    return is_place(before, context) or shapes["name.of_each"].search(before.text) is not None


def is_place(name: Name, context: MetricContext) -> bool:
    """Whether a name is nothing but places: 城东片区, 三个乡镇."""
    return context.words.phrases.places.match(name.text, 0, len(name.text)) is not None


def earlier(quantity: Quantity, context: MetricContext) -> Name | None:
    """The name of the last number of the line that has the same unit: 再完成10座."""
    line, phrases = context.line_bare, context.words.phrases
    unit = unit_facts(quantity, context.words).base
    for number in reversed(context.before()):
        if unit_facts(number, context.words).base != unit:
            continue
        found = read_before(line, clause_start(line, number.start), number.start, phrases)
        name = found.name or read_after(line, number.end, len(line), phrases)
        if name is not None:
            return name
    return None


def counted_before(quantity: Quantity, context: MetricContext) -> Name | None:
    """未完成的7项实事，至少再完成5项: what a number that is no metric counts in the same unit."""
    unit = unit_facts(quantity, context.words).base
    if not unit.endswith(context.words.counters):
        return None
    line = context.line_bare
    for text, end in ((context.bare, quantity.start), (line, len(line))):
        for at in _places_of(unit, text, end):
            name = read_after(text, at + len(unit), end, context.words.phrases)
            if name is not None and len(name.text) > 1:
                return name
    return None


def _places_of(unit: str, text: str, end: int) -> Iterator[int]:
    """Where a unit stands behind a digit, the last first."""
    at = text.rfind(unit, 0, end)
    while at > 0:
        if text[at - 1].isdigit():
            yield at
        at = text.rfind(unit, 0, at)


def _of_unit(quantity: Quantity, words: MetricWords) -> Name | None:
    """2100多户: households are counted, said or not."""
    name = words.unit_names.get(unit_facts(quantity, words).base)
    return Name(name, quantity.start, quantity.end, made=True) if name else None


def mentioned(quantity: Quantity, context: MetricContext) -> Name | None:
    """A known indicator named earlier in the sentence (发行特别国债，今年先发行1万亿元)."""
    best: Name | None = None
    near = max(0, quantity.start - REACH)
    for term in context.words.phrases.families:
        at = context.bare.rfind(term, near, quantity.start) if len(term) >= _LEAST_FAMILY else -1
        if at >= 0 and (best is None or (at + len(term), -at) > (best.end, -best.start)):
            best = Name(term, at, at + len(term))
    return best
