"""Numbers with their meaning: which indicator, owed or achieved, over which period."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from speechmine.changes import changed
from speechmine.extractors.absences import absence_metrics, may_state_absence, stated_absences
from speechmine.extractors.indicators import Name
from speechmine.extractors.metric_context import (
    REACH,
    MetricContext,
    MetricWords,
    clause_start,
    vocabulary_of,
)
from speechmine.extractors.metric_keys import SeenMetric
from speechmine.extractors.metric_learned import learned_kind, learned_measures
from speechmine.extractors.metric_meaning import change_of, direction_of, hardness_of, placed
from speechmine.extractors.metric_readings import Reading, readings_of
from speechmine.extractors.metric_signs import time_signs
from speechmine.extractors.metric_times import (
    goals_before,
    headed_review,
    period_of,
    years_reviewed,
)
from speechmine.extractors.metric_wordings import around_name, wording_end, wording_start
from speechmine.extractors.quantities import DoubtfulQuantity
from speechmine.model import (
    Comparator,
    Metric,
    MetricKind,
    Quantity,
    Segment,
    TimeFrame,
    content_id,
)
from speechmine.numerals import UNPARSED, with_full_marks, without_names
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import Patterns
from speechmine.text import starting_in

__all__ = ["find_metrics"]

#: How many numbers back in its line a number without a name may take one from.
_LAST_NUMBERS = 3
_LOOKING_BACK = frozenset(["achieved", "comparison", "estimate"])


def find_metrics(
    text: str,
    segment: Segment,
    *,
    frame: TimeFrame,
    quantities: Sequence[Quantity],
    rules: RuleSet,
    doubtful: Sequence[DoubtfulQuantity] = (),
) -> tuple[Metric, ...]:
    """The metrics of one segment.

    Args:
        text: the whole matching text.
        segment: the segment; its label and zone tell what is owed and what achieved.
        frame: what 今年 means.
        quantities: the numbers of the whole text.
        rules: the rule set.
        doubtful: the numbers of the whole text that by the rules measure nothing.

    Example:
        >>> from speechmine.extractors.quantities import find_quantities
        >>> from speechmine.rules.loader import default_rules
        >>> rules = default_rules()
        >>> said = "财政收入增长5%左右。"
        >>> part = Segment(0, len(said), said, None, None, "target")
        >>> found = find_metrics(
        ...     said,
        ...     part,
        ...     frame=TimeFrame(year=2024),
        ...     quantities=find_quantities(said, rules),
        ...     rules=rules,
        ... )
        >>> [(m.indicator, m.low, m.unit, m.comparator, m.kind, m.period) for m in found]
        [('财政收入', 5.0, '%', '~', 'target', None)]
    """
    words = vocabulary_of(rules)
    numbers = starting_in(quantities, segment.start, segment.end)
    doubts = starting_in(doubtful, segment.start, segment.end)
    said = text[segment.start : segment.end]
    may_lack = may_state_absence(said, segment, words.cues)
    if not numbers and not doubts and not may_lack:
        return ()
    shapes = words.phrases.shapes
    if shapes["line.explained"].match(said) or _in_glossary(text, segment, shapes):
        return ()
    bare = with_full_marks(without_names(said))
    absences = stated_absences(bare, segment, words) if may_lack else []
    if not numbers and not doubts and not absences:
        return ()  # as of most segments that set goals
    context = _context(text, segment, bare, quantities, words, frame)
    if doubts:
        context = _with_measures(doubts, context)
    readings = list(readings_of(context.numbers, context))
    found = [_metric(reading, context) for reading in readings]
    spans = sorted((reading.start, reading.end) for reading in readings)
    found += absence_metrics(absences, context, spans)
    return tuple(sorted(found, key=lambda m: (m.start, m.end)))


def _in_glossary(text: str, segment: Segment, shapes: Patterns) -> bool:
    """Behind the speech, 9.“双百工程”：建设100个园区 explains a word of it and owes nothing."""
    if segment.zone != "closing":
        return False
    return shapes["line.term"].match(text, text.rfind("\n", 0, segment.start) + 1) is not None


def _context(  # what a segment is read with
    text: str,
    segment: Segment,
    bare: str,
    quantities: Sequence[Quantity],
    words: MetricWords,
    frame: TimeFrame,
) -> MetricContext:
    said = text[segment.start : segment.end]
    owed = segment.discourse == "target"
    line = text[text.rfind("\n", 0, segment.start) + 1 : segment.start]
    near = segment.start - min(len(line), REACH)
    return MetricContext(
        segment=segment,
        text=said,
        bare=bare,
        frame=frame,
        words=words,
        goals=goals_before(text, segment.start, segment.end, words.times) if owed else "",
        line=line,
        reviewed=years_reviewed(text, segment.start, words.times)
        if segment.zone == "review"
        else 0,
        headed_review=segment.zone == "review" and headed_review(text, segment.start, words.times),
        numbers=_inside(segment, quantities),
        before=functools.partial(_before, near, segment, quantities),
        traps={},
    )


def _with_measures(doubts: Sequence[DoubtfulQuantity], context: MetricContext) -> MetricContext:
    """Beside its numbers those that weights learnt from annotated texts take for measures."""
    start = context.segment.start
    own = (changed(d, quantity=_shifted(d.quantity, start)) for d in doubts)
    taken = learned_measures(own, context)
    if not taken:
        return context
    numbers = sorted([*context.numbers, *(d.quantity for d in taken)], key=lambda q: q.start)
    return changed(context, numbers=numbers, traps={d.quantity.start: d.trap for d in taken})


def _inside(segment: Segment, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The numbers of the segment, counted from its start."""
    found = starting_in(quantities, segment.start, segment.end)
    return [_shifted(q, segment.start) for q in found if q.end <= segment.end]


def _before(start: int, segment: Segment, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The last numbers of the line before the segment, counted from ``start``."""
    found = starting_in(quantities, start, segment.start)[-_LAST_NUMBERS:]
    return [_shifted(q, start) for q in found]


def _shifted(quantity: Quantity, by: int) -> Quantity:
    return changed(
        quantity,
        start=quantity.start - by,
        end=quantity.end - by,
        number_start=quantity.number_start - by,
    )


def _metric(reading: Reading, context: MetricContext) -> Metric:
    quantity, phrase, segment = reading.quantity, reading.phrase, context.segment
    name = _name_text(reading.name, context)
    place, name = placed(name, segment, context.words.phrases)
    unit = _unit(quantity, name, context)
    first = wording_start(reading, context)
    last = wording_end(context, first, reading)
    behind = reading.name.end if reading.name else None
    seen = SeenMetric(quantity, first, last, name, behind, time_signs(reading, context))
    kind = learned_kind(seen, context)
    if kind == "target" and _is_size_of_works(reading, context):
        kind = "reference"
    comparator = _comparator(quantity, kind, context)
    change = change_of(name, quantity.unit, phrase.cues, context.words.phrases.shapes)
    start, end = segment.start + first, segment.start + last
    return Metric(
        id=content_id("m", (start, end, name, quantity.low, quantity.high, unit, comparator)),
        text=context.text[first:last],
        start=start,
        end=end,
        indicator=name,
        low=quantity.low,
        high=quantity.high,
        unit=unit,
        comparator=comparator,
        kind=kind,
        rule="kind.learned",
        indicator_id=context.words.phrases.indicator_id(
            _one_of_both(name, reading, context), change
        ),
        change=change,
        direction=direction_of(phrase.cues),
        baseline=reading.baseline,
        period=period_of(
            context.goals + context.text[max(0, quantity.start - REACH) : quantity.start],
            reviewed=context.reviewed if kind in _LOOKING_BACK else 0,
            frame=context.frame,
            times=context.words.times,
        ),
        scope=phrase.scope or (reading.name.scope if reading.name else None) or place,
        hardness=hardness_of(
            around_name(reading, context),
            masked=quantity.masked,
            cues=context.words.cues,
        ),
        masked=quantity.masked,
        norm_low=quantity.norm_low,
        norm_high=quantity.norm_high,
        norm_unit=quantity.norm_unit,
    )


def _one_of_both(name: str | None, reading: Reading, context: MetricContext) -> str | None:
    """城乡居民收入 before two numbers: the first is of the towns, the second of the country."""
    scope = reading.name.scope if reading.name else None
    both, part = context.words.phrases.halves.get(scope or "", ("", ""))
    return name.replace(both, part, 1) if name and part else name


def _unit(quantity: Quantity, name: str | None, context: MetricContext) -> str | None:
    """农村贫困人口减少1000万: people are counted in 人, said or not."""
    phrases, unit = context.words.phrases, quantity.unit or ""
    people = name is not None and any(map(name.__contains__, phrases.people))
    if people and phrases.shapes["unit.power"].fullmatch(unit):
        return unit + phrases.person
    return quantity.unit


def _name_text(name: Name | None, context: MetricContext) -> str | None:
    """The name as the text writes it, quotation marks and all."""
    if name is None:
        return None
    if UNPARSED not in name.text:
        return name.text
    written = context.text[name.start : name.end]
    shared = name.text[len(written) :] if name.made else ""
    return written + shared.replace(UNPARSED, "")


def _is_size_of_works(reading: Reading, context: MetricContext) -> bool:
    """甲厂40万吨装置技改, 3座35万千瓦电站: how large the works are that are built or changed."""
    quantity, says = reading.quantity, context.words.cues.says
    capacity = context.words.phrases.shapes["unit.capacity"]
    if quantity.comparator != "=" or not capacity.search(quantity.unit or ""):
        return False
    if says["works"].match(context.bare, quantity.end) is None:
        return False
    before = context.bare[clause_start(context.bare, quantity.start) : quantity.start]
    return says["owner"].search(before) is not None


def _comparator(quantity: Quantity, kind: MetricKind, context: MetricContext) -> Comparator:
    """突破1万亿元 is at least as a goal, more than as a fact."""
    if quantity.comparator != ">" or kind not in ("target", "plan"):
        return quantity.comparator
    shared = quantity.number_start == quantity.start
    return ">=" if shared or quantity.text.startswith(context.words.goals) else ">"
