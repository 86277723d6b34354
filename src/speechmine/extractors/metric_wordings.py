"""Where the wording of a metric begins and ends, and what around it makes it firm or soft."""

from __future__ import annotations

from speechmine.extractors.metric_context import REACH, MetricContext, clause_start, unit_facts
from speechmine.extractors.metric_readings import Reading
from speechmine.text import starting_in

__all__ = ["around_name", "wording_end", "wording_start"]

_MARKS = frozenset("、，；：,;: \u3000")


def wording_start(reading: Reading, context: MetricContext) -> int:
    """Where the wording begins: with a bound before it, and of each of whom it is.

    至少与户主见面两次; 每个社区至少建成1个托育点.
    """
    number = reading.quantity
    begun = _behind_marks(context.text, _list_start(reading, context), reading)
    if number.comparator not in ("<=", ">="):
        return begun
    clause = clause_start(context.bare, number.start)
    bound = context.words.far.search(context.bare, clause, number.start)
    begun = min(begun, bound.start()) if bound else begun
    each = context.words.phrases.shapes["name.of_each"].search(context.bare, clause, begun)
    return _behind_marks(context.text, each.start() if each else begun, reading)


def _list_start(reading: Reading, context: MetricContext) -> int:
    """打通龙泉路、望湖街等6条断头路: the list that the number sums up belongs to its wording."""
    number, bare = reading.quantity, context.bare
    sums = context.words.phrases.shapes["number.sums"]
    if reading.start < number.start or not sums.match(bare, max(0, number.start - 1)):
        return reading.start
    clause = clause_start(bare, number.start)
    return max([clause, *(q.end for q in context.numbers if clause <= q.start < number.start)])


def wording_end(context: MetricContext, first: int, reading: Reading) -> int:
    """Where the wording ends: （含5座示范）公厕 ends with its bracket, which opened before it."""
    text, depth, last = context.text, 0, _dealt_with(reading, context)
    if text.find("）", first, last) < 0 and text.find(")", first, last) < 0:
        return last
    for at in range(first, last):
        depth += (text[at] in "（(") - (text[at] in "）)")
        if depth < 0:
            return max(at, reading.quantity.end)
    return last


def _dealt_with(reading: Reading, context: MetricContext) -> int:
    """其余9栋11月底前全部移交: a count without a noun of its own takes what is done with it."""
    number, words = reading.quantity, context.words
    if reading.end > number.end or not unit_facts(number, words).counter:
        return reading.end
    found = words.phrases.shapes["number.dealt_with"].match(context.bare, number.end)
    return found.end() if found else reading.end


def _behind_marks(text: str, start: int, reading: Reading) -> int:
    """A mark that parts the wording from the one before is none of it.

    The wording of a number far down a list does not hold the whole list.
    """
    near = reading.quantity.start - start <= REACH
    at = start if near else reading.quantity.start
    while at < reading.quantity.number_start and text[at] in _MARKS:
        at += 1
    return at


def around_name(reading: Reading, context: MetricContext) -> str:
    """The clause up to the number without the name: 以上 in 规模以上工业 makes nothing firm."""
    end = max(reading.quantity.end, reading.firm_until)
    left = max(end - 2 * REACH, min(reading.start, reading.quantity.start))
    first = max(0, left - REACH, clause_start(context.bare, left))
    before = _without_numbers(context, first, left)
    name = reading.name
    if name is None or not left <= name.start < end:
        return before + context.text[left:end]
    return before + context.text[left : name.start] + context.text[name.end : end]


def _without_numbers(context: MetricContext, start: int, end: int) -> str:
    """增长6%左右、突破2万亿元: what bounds one number makes another neither firm nor soft."""
    pieces = []
    for number in starting_in(context.numbers, start, end):
        if number.end <= end:
            pieces.append(context.text[start : number.start])
            start = number.end
    return "".join([*pieces, context.text[start:end]])
