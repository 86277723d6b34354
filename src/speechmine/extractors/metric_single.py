"""The indicator of a number that shares none with others: before it, behind it or said earlier."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from speechmine.extractors.indicator_words import read_after
from speechmine.extractors.indicators import Name, Phrase, Phrases
from speechmine.extractors.metric_context import MetricContext, MetricWords
from speechmine.extractors.metric_names import (
    counted_before,
    earlier,
    is_place,
    mentioned,
    name_meant,
    said_of_it,
    stands_behind,
)
from speechmine.extractors.metric_runs import is_rate
from speechmine.model import Quantity

__all__ = ["MOVED", "indicator_of"]

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
    if after and after.end == limit and words.phrases.makes(after.text):  # 投入2亿元办好40件实事
        after = None
    moved = phrase.cues & MOVED
    unit, rate = quantity.unit or "", is_rate(quantity, words.phrases.shapes)
    counted = unit.endswith(words.counters) or _is_of_powers(unit, words)
    before = _telling(phrase.name, previous, words.phrases)
    if after and not rate and stands_behind(quantity, before, context):
        return after, after.end
    if before and after and not rate and words.phrases.makes(before.text):
        return after, after.end  # 改造提升24个服务区
    if before and not after and _is_bare_verb(phrase):
        before = mentioned(quantity, context) or _same_counted(before, quantity, context)
    if after and after.end < limit and counted and not (before and moved):
        return after, after.end
    if before and not after and is_place(before, context):
        before = (previous[-1] if previous else None) or earlier(quantity, context) or before
    if before and not (phrase.verb and after and not moved):
        return before, quantity.end
    if after and (not (moved and previous) or (not rate and _is_done_to(phrase, after, quantity))):
        return after, after.end
    if before:
        return before, quantity.end
    name = _counted_again(quantity, context) or name_meant(quantity, phrase, previous, context)
    return name, said_of_it(quantity, limit, context) if counted else quantity.end


def _same_counted(verb: Name, quantity: Quantity, context: MetricContext) -> Name:
    """应兑现企业26家，仅兑现9家: behind a verb alone the number counts what was counted before."""
    if not context.words.phrases.makes(verb.text):
        return verb
    return earlier(quantity, context) or counted_before(quantity, context) or verb


def _is_of_powers(unit: str, words: MetricWords) -> bool:
    """贷款30亿: the number ends in 万 or 亿, and no unit is said."""
    return words.phrases.shapes["unit.power"].fullmatch(unit[-1:]) is not None


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
    if second is None or not (quantity.unit or "").endswith(context.words.counters):
        return None
    return read_after(context.bare, second.end(), len(context.bare), context.words.phrases)


def _is_done_to(phrase: Phrase, after: Name, quantity: Quantity) -> bool:
    """完成100公里架空线入地: behind such a verb the number is of what follows it at once."""
    return phrase.verb and after.start == quantity.end


def _is_bare_verb(phrase: Phrase) -> bool:
    """先发行: an adverb and a verb name no indicator."""
    return phrase.verb and phrase.name is not None and len(phrase.name.text) <= _ADVERB_AND_VERB


def _telling(name: Name | None, previous: Sequence[Name], phrases: Phrases) -> Name | None:
    """总量 and 增速 name nothing by themselves; the indicator before them is meant."""
    if name is not None and name.text in phrases.generic:
        return previous[-1] if previous else name
    return name
