"""Numbers of a segment with the words before them and the indicator that they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from speechmine.changes import changed, quickly_made
from speechmine.extractors.indicator_words import read_after, read_before
from speechmine.extractors.indicators import Name, Phrase, Phrases, coordinated
from speechmine.extractors.metric_context import (
    MetricContext,
    MetricWords,
    clause_start,
    unit_facts,
)
from speechmine.extractors.metric_names import (
    MOVED,
    indicator_of,
    is_place,
)
from speechmine.model import Comparator, Quantity

__all__ = ["Reading", "readings_of"]


@quickly_made
@dataclass(frozen=True, slots=True)
class Reading:
    """A number, the words before it and the indicator that they name.

    ``baseline`` is the number it set out from (由A提高到B); ``is_base`` says it is that A;
    ``firm_until`` is where the words end that make it firm or soft.
    """

    quantity: Quantity
    phrase: Phrase
    name: Name | None
    start: int
    end: int
    baseline: str | None = None
    firm_until: int = 0
    is_base: bool = False


def readings_of(quantities: Sequence[Quantity], context: MetricContext) -> Iterator[Reading]:
    """Read the numbers from left to right; one without a name takes the one before it.

    Args:
        quantities: the numbers of the segment, counted from its start.
        context: the segment.
    """
    bare, phrases = context.bare, context.words.phrases
    runs = _number_runs(quantities, context)
    previous: Sequence[Name] = ()
    baseline: tuple[Quantity, Phrase] | None = None
    behind, new = 0, False
    last: Reading | None = None
    told: list[Reading] = []
    for index, run in enumerate(runs):
        left = max(behind, _behind_enumerator(bare, clause_start(bare, run[0].start), phrases))
        behind = run[-1].end
        limit = runs[index + 1][0].start if index + 1 < len(runs) else len(bare)
        base = phrases.shapes["number.base"].search(bare, left, run[0].start)
        if base and index + 1 < len(runs) and _moves_on(behind, limit, context):
            baseline = (run[0], read_before(bare, left, base.start(), phrases))
            yield _base_reading(run[0], baseline[1], base.start(), previous)
            continue
        phrase = read_before(bare, left, run[0].start, phrases)
        if new:
            phrase = _still_new(phrase, run[0], left, context)
        if last is not None:
            phrase = _stretched(phrase, run[0], last, left, context)
        meant = _meant(run, previous, told, context.words)
        found = list(_named(run, phrase, limit, meant, context, baseline))
        baseline = None
        yield from found
        behind = max([behind, *(r.end for r in found)])
        told += [r for r in found if r.name and not _is_of_unit(r)]
        previous = [r.name for r in found if r.name and not _is_of_unit(r)] or previous
        new = bool(found) and "new" in found[-1].phrase.cues
        last = found[-1] if found else last


def _behind_enumerator(bare: str, start: int, phrases: Phrases) -> int:
    """六是完成5000户改造: which point of a list it is names nothing."""
    found = phrases.shapes["line.enumerator"].match(bare, start)
    return found.end() if found else start


#: How many numbers back one of the same unit, or a name for each of several, is looked for.
_TOLD = 6


def _meant(
    run: Sequence[Quantity], previous: Sequence[Name], told: Sequence[Reading], words: MetricWords
) -> Sequence[Name]:
    """The names that numbers without one take: of the same unit, or one for each.

    整改隐患30条，整改率95%，还有2条没有销号; 查处问题9起，处理12人，同比分别上升5%和8%.
    """
    told = told[-_TOLD:]
    unit = unit_facts(run[0], words)
    if len(run) > len(previous) > 0 and unit.rate:
        levels = [r.name for r in told if r.name and not unit_facts(r.quantity, words).rate]
        return levels[-len(run) :] if len(levels) >= len(run) else previous
    if len(run) == 1 and not unit.rate:
        same = (r.name for r in told if r.name and unit_facts(r.quantity, words).base == unit.base)
        return list(same)[-1:] or ([] if unit.base in words.unit_names else previous)
    return previous


def _base_reading(
    quantity: Quantity, phrase: Phrase, start: int, previous: Sequence[Name]
) -> Reading:
    """由82%提高到96%: where the indicator stood before."""
    name = phrase.name or (previous[-1] if previous else None)
    level = changed(phrase, cues=frozenset())
    return Reading(quantity, level, name, start, quantity.end, is_base=True)


def _still_new(phrase: Phrase, quantity: Quantity, left: int, context: MetricContext) -> Phrase:
    """新增甲类企业80家、乙类企业10家; 新签约项目45个，其中重大项目6个: said once for all.

    Behind a comma with no 其中 another sentence may begin.
    """
    bare, shapes = context.bare, context.words.phrases.shapes
    carried = bare[left - 1 : left] != "，" or shapes["number.among"].match(bare, left)
    amount = unit_facts(quantity, context.words).rate or shapes["unit.yuan"].search(
        quantity.unit or ""
    )
    if not carried or amount or phrase.cues - {"lead"}:
        return phrase
    return changed(phrase, cues=phrase.cues | {"new"})


def _stretched(
    phrase: Phrase, quantity: Quantity, last: Reading, left: int, context: MetricContext
) -> Phrase:
    """增长7%以上，力争达到8%: a second goal for the same change."""
    moved = last.phrase.cues & {"up", "down", "yoy", "average"}
    same = phrase.name is None and quantity.unit == last.quantity.unit == "%"
    if not (moved and same) or phrase.cues & MOVED - {"level"}:
        return phrase
    stretch = context.words.phrases.shapes["number.stretch"]
    if not stretch.search(context.bare, left, quantity.start):
        return phrase
    return changed(phrase, cues=phrase.cues | moved)


def _moves_on(start: int, end: int, context: MetricContext) -> bool:
    """Whether nothing but 提高到, 降至 leads from one number to the next."""
    bare, phrases = context.bare, context.words.phrases
    moves = (phrases.shapes["number.moves"], phrases.shapes["number.moves_of"])
    if any(move.fullmatch(bare, start, end) for move in moves):
        return True
    phrase = read_before(bare, start, end, phrases)
    return phrase.name is None and bool(phrase.cues & {"up_to", "down_to", "moved_to"})


def _named(
    run: Sequence[Quantity],
    phrase: Phrase,
    limit: int,
    previous: Sequence[Name],
    context: MetricContext,
    baseline: tuple[Quantity, Phrase] | None,
) -> Iterator[Reading]:
    if baseline and phrase.name is None:
        yield _from_baseline(run[-1], phrase, baseline)
        return
    if context.words.phrases.shapes["number.nil"].fullmatch(run[0].text):
        what = read_after(context.bare, run[0].end, limit, context.words.phrases)
        if what is not None:
            yield Reading(run[0], phrase, what, run[0].start, what.end)
            return
    if len(run) > 1 or phrase.cues & {"each", "all"}:
        yield from _shared(run, phrase, previous, context)
        return
    name, end = indicator_of(run[0], phrase, limit, previous, context)
    if end > run[0].end:
        counted = changed(phrase, cues=phrase.cues - MOVED)
        yield Reading(run[0], counted, name, run[0].start, end)
    elif not _is_capacity(run[0], phrase, limit, context):
        yield Reading(run[0], phrase, name, phrase.start, end)


def _is_capacity(quantity: Quantity, phrase: Phrase, limit: int, context: MetricContext) -> bool:
    """甲公司15万吨新材料项目: between two nouns an amount only says which project is meant."""
    words, unit = context.words, quantity.unit or "%"
    if phrase.name is None or phrase.verb or phrase.cues & (MOVED | {"new", "link"}):
        return False
    if words.phrases.shapes["unit.sum"].search(unit) or unit_facts(quantity, words).counter:
        return False
    after = read_after(context.bare, quantity.end, limit, words.phrases)
    return after is not None and after.text.endswith(words.phrases.projects)


def _from_baseline(
    quantity: Quantity, phrase: Phrase, baseline: tuple[Quantity, Phrase]
) -> Reading:
    first, before = baseline
    said = changed(phrase, cues=phrase.cues | before.cues, scope=before.scope)
    return Reading(quantity, said, before.name, phrase.start, quantity.end, first.text)


def _shared(
    run: Sequence[Quantity], phrase: Phrase, previous: Sequence[Name], context: MetricContext
) -> Iterator[Reading]:
    """分别增长5%、6.5%: names and numbers in order; 均增长5%: one number for every name."""
    wanted = len(run) if len(run) > 1 else None
    if phrase.whole:
        names = coordinated(phrase.whole, wanted, context.words.phrases)
        starts = [name.start for name in names]
        if previous and all(is_place(name, context) for name in names):
            names = [previous[-1]] * len(names)  # 参保率96%，甲村、乙村分别为91%和92%
    else:
        names = list(previous[-wanted:] if wanted else previous)
        starts = [phrase.start] * len(names)
    if len(run) == 1:
        run = list(run) * max(1, len(names))
    for index, quantity in enumerate(run):
        at = min(index, len(names) - 1)
        name, start = (names[at], starts[at]) if names else (None, phrase.start)
        last = run[-1].end
        # 普及率、占比分别达到91%和64%: the second wording is its number.
        if index and wanted and phrase.whole is None:
            start = quantity.start
        yield Reading(quantity, phrase, name, start, quantity.end, firm_until=last)


def _is_of_unit(reading: Reading) -> bool:
    return reading.name is not None and reading.name.start == reading.quantity.start


# So far before numbers that share them the word stands that deals them out (分别).
_NEAR = 12


def _number_runs(quantities: Sequence[Quantity], context: MetricContext) -> list[list[Quantity]]:
    """Numbers with nothing but a joint between them belong together: 5%、6.5%左右.

    A rate and an amount do not: 增长6%左右、突破2万亿元.
    """
    runs: list[list[Quantity]] = []
    for quantity in quantities:
        if runs and _belong(runs[-1], quantity, context):
            runs[-1].append(quantity)
        else:
            runs.append([quantity])
    return [_sharing_comparator(run) for run in runs]


def _belong(run: list[Quantity], quantity: Quantity, context: MetricContext) -> bool:
    """Two units side by side count two things (6400人、2100头), unless 分别 deals them out."""
    last, words, shapes = run[-1], context.words, context.words.phrases.shapes
    if not shapes["number.connector"].fullmatch(context.text, last.end, quantity.start):
        return False
    rates = unit_facts(last, words).rate, unit_facts(quantity, words).rate
    if any(rates):
        return all(rates)
    start = run[0].start
    dealt = shapes["number.dealt"].search(context.text, max(0, start - _NEAR), start)
    return last.unit == quantity.unit or dealt is not None


def _sharing_comparator(run: list[Quantity]) -> list[Quantity]:
    """分别增长5%、6%左右, 分别超过2%、5%: the bound is said once for all."""
    said = {q.comparator for q in run if q.comparator != "="}
    if len(run) == 1 or len(said) != 1 or all(q.comparator != "=" for q in run):
        return run
    at_ends = run[0].comparator != "=" and run[0].number_start > run[0].start
    if not at_ends and run[-1].comparator == "=":
        return run
    return [_with_comparator(q, next(iter(said))) for q in run]


def _with_comparator(quantity: Quantity, comparator: Comparator) -> Quantity:
    if quantity.comparator != "=" or comparator == "range":
        return quantity
    cleared: dict[str, Any] = {"comparator": comparator}
    if comparator in (">", ">="):
        cleared |= {"high": None, "norm_high": None}
    if comparator in ("<", "<="):
        cleared |= {"low": None, "norm_low": None}
    return changed(quantity, **cleared)
