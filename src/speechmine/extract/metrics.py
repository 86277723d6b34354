"""Numbers with their meaning: which indicator, owed or achieved, over which period."""

from __future__ import annotations

import bisect
import dataclasses
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from speechmine.extract.absences import absences_in
from speechmine.extract.indicators import (
    Name,
    Phrase,
    Phrases,
    coordinated,
    phrases_of,
    read_after,
    read_before,
)
from speechmine.extract.metric_meaning import (
    Cues,
    change_of,
    cues_of,
    direction_of,
    hardness_of,
    kind_of,
    period_of,
)
from speechmine.model import (
    Comparator,
    Metric,
    MetricKind,
    Quantity,
    Segment,
    TimeFrame,
    content_id,
)
from speechmine.numerals import UNPARSED, without_names
from speechmine.rules.loader import default_rules
from speechmine.rules.schema import Rule, RuleSet

__all__ = ["find_metrics"]

_CONNECTOR = re.compile(r"[、和及与]|以及|或")
_BASELINE = re.compile(r"[从由](?:[^，。；、从由]{0,10}的)?$")
_PLACE = re.compile(r"(?:其他)?[\u4e00-\u9fffX×]{1,5}?[县市区州旗](?![域内外级场民])")
_LEAST_FAMILY = 4


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """What is made of the rule tables once."""

    phrases: Phrases
    cues: Cues
    counters: tuple[str, ...]
    goals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Context:
    """One segment with all that is needed to read it; offsets count from its start."""

    segment: Segment
    text: str
    bare: str
    frame: TimeFrame
    words: _Vocabulary


@dataclass(frozen=True, slots=True)
class _Reading:
    """A number, the words before it and the indicator that they name."""

    quantity: Quantity
    phrase: Phrase
    name: Name | None
    start: int
    end: int
    baseline: str | None = None
    firm_until: int = 0


def find_metrics(
    text: str,
    segment: Segment,
    *,
    frame: TimeFrame,
    quantities: Sequence[Quantity],
    rules: RuleSet | None = None,
) -> tuple[Metric, ...]:
    """The metrics of one segment.

    Args:
        text: the whole matching text.
        segment: the segment; its label and zone tell what is owed and what achieved.
        frame: what 今年 means.
        quantities: the numbers of the whole text.
        rules: the rule set; the shipped one by default.

    Example:
        >>> from speechmine.extract.quantities import find_quantities
        >>> said = "财政收入增长5%左右。"
        >>> part = Segment(0, len(said), said, None, None, "target")
        >>> found = find_metrics(
        ...     said, part, frame=TimeFrame(year=2024), quantities=find_quantities(said)
        ... )
        >>> [(m.indicator, m.low, m.unit, m.comparator, m.kind, m.period) for m in found]
        [('财政收入', 5.0, '%', '~', 'target', '2024')]
    """
    words = _vocabulary(rules or default_rules())
    bare = without_names(segment.text)
    context = _Context(segment, segment.text, bare, frame, words)
    readings = list(_readings(_inside(segment, quantities), context))
    found = [_metric(reading, context) for reading in readings]
    if segment.discourse == "target":
        taken = [(reading.start, reading.end) for reading in readings]
        found += absences_in(segment, taken, frame, words.phrases, words.cues)
    return tuple(sorted(found, key=lambda m: (m.start, m.end)))


@functools.lru_cache(maxsize=8)
def _vocabulary(rules: RuleSet) -> _Vocabulary:
    units, bounds = rules.table("units"), rules.table("comparators")
    return _Vocabulary(
        phrases=phrases_of(rules),
        cues=cues_of(rules),
        counters=tuple(t for rule in units if rule.value == "counter" for t in rule.terms),
        goals=tuple(t for rule in bounds if rule.attribute("goal") for t in rule.terms),
    )


def _inside(segment: Segment, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The numbers of the segment, counted from its start."""
    first = bisect.bisect_left(quantities, segment.start, key=lambda q: q.start)
    found = []
    for quantity in quantities[first:]:
        if quantity.end > segment.end:
            break
        found.append(_shifted(quantity, segment.start))
    return found


def _shifted(quantity: Quantity, by: int) -> Quantity:
    return dataclasses.replace(
        quantity,
        start=quantity.start - by,
        end=quantity.end - by,
        number_start=quantity.number_start - by,
    )


def _runs(quantities: Sequence[Quantity], text: str) -> list[list[Quantity]]:
    """Numbers with nothing but a joint between them belong together: 5%、6.5%左右."""
    runs: list[list[Quantity]] = []
    for quantity in quantities:
        if runs and _CONNECTOR.fullmatch(text[runs[-1][-1].end : quantity.start]):
            runs[-1].append(quantity)
        else:
            runs.append([quantity])
    return [_sharing_comparator(run) for run in runs]


def _sharing_comparator(run: list[Quantity]) -> list[Quantity]:
    """分别增长5%、6%左右, 分别超过2%、5%: the bound is said once for all."""
    said = {q.comparator for q in run if q.comparator != "="}
    if len(run) == 1 or len(said) != 1 or all(q.comparator != "=" for q in run):
        return run
    at_ends = run[0].comparator != "=" and run[0].number_start > run[0].start
    if not at_ends and run[-1].comparator == "=":
        return run
    return [_bounded(q, next(iter(said))) for q in run]


def _bounded(quantity: Quantity, comparator: Comparator) -> Quantity:
    if quantity.comparator != "=" or comparator == "range":
        return quantity
    cleared: dict[str, Any] = {"comparator": comparator}
    if comparator in (">", ">="):
        cleared |= {"high": None, "norm_high": None}
    if comparator in ("<", "<="):
        cleared |= {"low": None, "norm_low": None}
    return dataclasses.replace(quantity, **cleared)


def _readings(quantities: Sequence[Quantity], context: _Context) -> Iterator[_Reading]:
    """Read the numbers from left to right; one without a name takes the one before it."""
    runs = _runs(quantities, context.text)
    previous: Sequence[Name] = ()
    baseline: tuple[Quantity, Phrase] | None = None
    behind, new = 0, False
    for index, run in enumerate(runs):
        left = max(behind, _clause_start(context.bare, run[0].start))
        behind = run[-1].end
        limit = runs[index + 1][0].start if index + 1 < len(runs) else len(context.bare)
        phrase, started = _read(left, run[0], context)
        if new and not phrase.cues:  # 新增甲800家、乙100家: said once for all
            phrase = dataclasses.replace(phrase, cues=frozenset({"new"}))
        if started and index + 1 < len(runs):
            baseline = (run[0], phrase)
            continue
        found = list(_named(run, phrase, limit, previous, context, baseline))
        baseline = None
        yield from found
        previous = [r.name for r in found if r.name is not None] or previous
        new = "new" in found[-1].phrase.cues


def _clause_start(bare: str, at: int) -> int:
    return max(bare.rfind(mark, 0, at) for mark in "，。；：！？\n") + 1


def _read(left: int, quantity: Quantity, context: _Context) -> tuple[Phrase, bool]:
    """The phrase before a number, and whether the number is where a change starts from."""
    base = _BASELINE.search(context.bare, left, quantity.start)
    right = base.start() if base else quantity.start
    return read_before(context.bare, left, right, context.words.phrases), bool(base)


def _named(  # noqa: PLR0913
    run: Sequence[Quantity],
    phrase: Phrase,
    limit: int,
    previous: Sequence[Name],
    context: _Context,
    baseline: tuple[Quantity, Phrase] | None,
) -> Iterator[_Reading]:
    if baseline and phrase.name is None:
        yield _from_baseline(run[-1], phrase, baseline)
        return
    if len(run) > 1 or phrase.cues & {"each", "all"}:
        yield from _shared(run, phrase, previous, context)
        return
    name, end = _single(run[0], phrase, limit, previous, context)
    start = run[0].start if end > run[0].end else phrase.start
    yield _Reading(run[0], phrase, name, start, end)


def _from_baseline(
    quantity: Quantity, phrase: Phrase, baseline: tuple[Quantity, Phrase]
) -> _Reading:
    first, before = baseline
    said = dataclasses.replace(phrase, cues=phrase.cues | before.cues, scope=before.scope)
    return _Reading(quantity, said, before.name, before.start, quantity.end, first.text)


def _shared(
    run: Sequence[Quantity], phrase: Phrase, previous: Sequence[Name], context: _Context
) -> Iterator[_Reading]:
    """分别增长5%、6.5%: names and numbers in order; 均增长5%: one number for every name."""
    wanted = len(run) if len(run) > 1 else None
    if phrase.whole:
        names = coordinated(phrase.whole, wanted, context.words.phrases)
        starts = [name.start for name in names]
    else:
        names = list(previous[-wanted:] if wanted else previous)
        starts = [phrase.start] * len(names)
    if len(run) == 1:
        run = list(run) * max(1, len(names))
    for index, quantity in enumerate(run):
        at = min(index, len(names) - 1)
        name, start = (names[at], starts[at]) if names else (None, phrase.start)
        last = run[-1].end
        yield _Reading(quantity, phrase, name, start, quantity.end, firm_until=last)


def _single(
    quantity: Quantity,
    phrase: Phrase,
    limit: int,
    previous: Sequence[Name],
    context: _Context,
) -> tuple[Name | None, int]:
    """The indicator of one number, and where the metric ends."""
    words = context.words
    after = read_after(context.bare, quantity.end, limit, words.phrases)
    moved = phrase.cues & {"up", "down", "up_to", "down_to", "level", "yoy", "comparison"}
    counted = (quantity.unit or "").endswith(words.counters)
    before = _telling(phrase.name, previous, words.phrases)
    if after and after.end < limit and counted and not (before and moved):
        return after, after.end
    if before and not (phrase.verb and after and not moved):
        return before, quantity.end
    if after and not (moved and previous):
        return after, after.end
    return before or (previous[-1] if previous else _mentioned(quantity, context)), quantity.end


def _telling(name: Name | None, previous: Sequence[Name], phrases: Phrases) -> Name | None:
    """总量 and 增速 name nothing by themselves; the indicator before them is meant."""
    if name is not None and name.text in phrases.generic:
        return previous[-1] if previous else name
    return name


def _mentioned(quantity: Quantity, context: _Context) -> Name | None:
    """A known indicator named earlier in the sentence (发行特别国债，今年先发行1万亿元)."""
    best: Name | None = None
    for term in context.words.phrases.families:
        at = context.bare.rfind(term, 0, quantity.start) if len(term) >= _LEAST_FAMILY else -1
        if at >= 0 and (best is None or (at + len(term), -at) > (best.end, -best.start)):
            best = Name(term, at, at + len(term))
    return best


def _metric(reading: _Reading, context: _Context) -> Metric:
    quantity, phrase, segment = reading.quantity, reading.phrase, context.segment
    name = _name_text(reading.name, context)
    kind, rule = _kind(reading, context)
    comparator = _comparator(quantity, kind, context)
    family = context.words.phrases.family(name)
    change = change_of(name, quantity.unit, phrase.cues)
    start, end = segment.start + reading.start, segment.start + reading.end
    return Metric(
        id=content_id(
            "m", (start, end, name, quantity.low, quantity.high, quantity.unit, comparator)
        ),
        text=context.text[reading.start : reading.end],
        start=start,
        end=end,
        indicator=name,
        low=quantity.low,
        high=quantity.high,
        unit=quantity.unit,
        comparator=comparator,
        kind=kind,
        rule=rule,
        indicator_id=_family_id(family, change),
        change=change,
        direction=direction_of(phrase.cues),
        baseline=reading.baseline,
        period=period_of(
            context.bare[: quantity.start],
            past=kind in ("achieved", "comparison"),
            zone=segment.zone,
            frame=context.frame,
        ),
        scope=phrase.scope or (reading.name.scope if reading.name else None),
        hardness=hardness_of(
            _around_name(reading, context),
            masked=quantity.masked,
            cues=context.words.cues,
        ),
        masked=quantity.masked,
        norm_low=quantity.norm_low,
        norm_high=quantity.norm_high,
        norm_unit=quantity.norm_unit,
    )


def _around_name(reading: _Reading, context: _Context) -> str:
    """The clause up to the number without the name: 以上 in 规模以上工业 makes nothing firm."""
    end = max(reading.quantity.end, reading.firm_until)
    left = min(reading.start, reading.quantity.start)
    before = context.text[_clause_start(context.bare, left) : left]
    name = reading.name
    if name is None or not left <= name.start < end:
        return before + context.text[left:end]
    return before + context.text[left : name.start] + context.text[name.end : end]


def _name_text(name: Name | None, context: _Context) -> str | None:
    """The name as the text writes it, quotation marks and all."""
    if name is None:
        return None
    if name.made or UNPARSED not in name.text:
        return name.text
    return context.text[name.start : name.end]


def _kind(reading: _Reading, context: _Context) -> tuple[MetricKind, str]:
    quantity, segment = reading.quantity, context.segment
    if _counts_meeting(reading, context):
        return "count", "kind.meeting"
    if "comparison" in reading.phrase.cues or _about_others(reading, context):
        return "comparison", "kind.comparison"
    if _is_size(reading, context):
        return "plan", "kind.size_of_project"
    clause = _clause_start(context.bare, quantity.start)
    reach = {
        "clause": context.bare[clause : quantity.end],
        "sentence": context.bare[: quantity.end],
    }
    return kind_of(segment, quantity, reach, context.words.cues)


def _counts_meeting(reading: _Reading, context: _Context) -> bool:
    """9家单位, 9项重点工作: what the meeting is made of."""
    words = context.words
    if not (reading.quantity.unit or "").endswith(words.counters):
        return False
    name = reading.name.text if reading.name else ""
    return context.segment.discourse == "opening" or name.endswith(words.phrases.meeting)


def _about_others(reading: _Reading, context: _Context) -> bool:
    """A problem is shown by the figures of another place."""
    return context.segment.discourse == "problem" and bool(
        _PLACE.match(context.bare[max(0, _sentence_place(context.bare)) :])
    )


def _sentence_place(bare: str) -> int:
    """Where the subject stands: behind a time or an opening clause, before the first number."""
    return bare.find("，") + 1 if "，" in bare[:12] else 0


def _is_size(reading: _Reading, context: _Context) -> bool:
    """总投资20亿元的项目: an amount that only says how large the project is."""
    owed = context.segment.zone != "review" and context.segment.discourse != "review"
    name = reading.name.text if reading.name else ""
    follows = context.bare[reading.quantity.end : reading.quantity.end + 1]
    return owed and follows == "的" and name.endswith("投资")


def _comparator(quantity: Quantity, kind: MetricKind, context: _Context) -> Comparator:
    """突破1万亿元 is at least as a goal, more than as a fact."""
    owed = kind in ("target", "plan")
    shared = quantity.number_start == quantity.start
    if quantity.comparator != ">" or not owed:
        return quantity.comparator
    if shared or quantity.text.startswith(context.words.goals):
        return ">="
    return quantity.comparator


def _family_id(family: Rule | None, change: str | None) -> str | None:
    if family is None:
        return None
    growth = family.attribute("growth")
    return growth if growth and change in ("yoy", "average") else family.id
