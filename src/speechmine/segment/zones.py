"""Which part of a document a piece stands in: opening, review, plan, closing."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from speechmine.model import Zone
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import Patterns, patterns_by_id
from speechmine.segment.edges import closing_pieces, opening_end, problem_run
from speechmine.segment.pieces import Piece

__all__ = ["problem_run", "zones_of"]

# 一是 and its like are items wherever they stand: they open no main part of a text.
_ITEM_STYLES = frozenset(("shi", "yao"))
# A part that turns from report to plan does so by more than a stray sentence.
_LEAST_TURN = 3
_LEAST_MIXED = 1
# So much of a heading is its title, where the body follows in the same piece.
_TITLE = 48
# What follows a plan looks forward too, unless it reports this much more than it obliges.
_CLEARLY = 2


@dataclass(frozen=True, slots=True)
class _Part:
    """A main part: its pieces from ``start`` to ``end`` and what its heading says of it.

    ``firm``: it says so by naming a time (2023年工作回顾); ``mixed``: it names both a report
    and a plan; ``numbered``: it has a number.
    """

    start: int
    end: int
    told: Zone | None
    firm: bool
    mixed: bool
    numbered: bool


def zones_of(
    pieces: Sequence[Piece],
    flags: Sequence[bool],
    tops: Sequence[int],
    rules: RuleSet,
    year: int | None,
) -> tuple[Zone, ...]:
    """The zone of each piece.

    Args:
        pieces: the whole text.
        flags: which of them are headings.
        tops: indices of the headings that open a main part, in order.
        rules: the rule set.
        year: the year that 今年 means, if known.
    """
    cues = patterns_by_id(rules, "zones")
    parts = _parts(pieces, tops, cues, year)
    first = parts[0].start if parts else len(pieces)
    zones = _before_first(pieces[:first], rules, followed=bool(parts))
    above: _Part | None = None
    for n, part in enumerate(parts):
        below = _is_below(part, above)
        if not below and part.told is not None:
            above = part
        read = dataclasses.replace(part, told=zones[-1]) if below else part
        zones += _part_zones(pieces[part.start : part.end], read, cues, year, begun=n > 0)
    closing = closing_pieces(pieces, flags, rules)
    return tuple("closing" if i in closing else z for i, z in enumerate(zones))


def _parts(
    pieces: Sequence[Piece], tops: Sequence[int], cues: Patterns, year: int | None
) -> list[_Part]:
    found = []
    bounds = [i for i in tops if _opens_part(pieces[i], cues)]
    year = year or _year_of_plan([pieces[i].text[:_TITLE] for i in bounds], cues)
    bounds = _without_sub_parts(pieces, bounds, cues, year) if bounds else []
    for start, end in itertools.pairwise([*bounds, len(pieces)]):
        title = pieces[start].text[:_TITLE]
        told, mixed = _zone_told(title, cues, year)
        firm = _is_firm(title, cues, year)
        numbered = pieces[start].enumerator is not None
        found.append(_Part(start, end, told, firm, mixed, numbered))
    return found


def _without_sub_parts(
    pieces: Sequence[Piece], bounds: Sequence[int], cues: Patterns, year: int | None
) -> list[int]:
    """Of （一） to （七） and again （一） to （五） the two （一）: the main headings were lost.

    Where such a list has a heading that tells its zone, its headings are the main ones.
    """
    marks = [mark for i in bounds if (mark := pieces[i].enumerator)]
    same = len(marks) == len(bounds) and len({mark.style for mark in marks}) == 1
    if not same or marks[0].rank <= 1:
        return list(bounds)
    if any(_is_firm(pieces[i].text[:_TITLE], cues, year) for i in bounds):
        return list(bounds)
    starts = [i for i, mark in zip(bounds, marks, strict=True) if mark.number == 1]
    return sorted({bounds[0], *starts})


def _opens_part(piece: Piece, cues: Patterns) -> bool:
    """Not an item (一是), nor a line that only announces a list, unless it names a time."""
    mark = piece.enumerator
    item = mark.style in _ITEM_STYLES if mark is not None else piece.text[-1] in "。：:"
    return not item or bool(cues["zone.period"].search(piece.text[:_TITLE]))


def _year_of_plan(titles: Sequence[str], cues: Patterns) -> int | None:
    """Of headings that name two years (2023年…, 2024年…) the later is the one that is planned."""
    years = {int(named[1]) for title in titles if (named := _single_year(title, cues))}
    return max(years) if len(years) > 1 else None


def _single_year(title: str, cues: Patterns) -> re.Match[str] | None:
    spans = cues["zone.plan_span"].search(title)
    return None if spans else cues["zone.year"].search(title)


def _zone_told(title: str, cues: Patterns, year: int | None) -> tuple[Zone | None, bool]:
    """What a heading says of its part, and whether it names both a report and a plan."""
    review = bool(cues["zone.review.heading"].search(title))
    plan = bool(cues["zone.plan.heading"].search(title))
    named = _single_year(title, cues)
    if cues["zone.mixed.heading"].search(title):
        return None, True
    if named and year is not None and not (review and not plan):
        return ("review" if int(named[1]) < year else "plan"), False
    if review == plan:
        return None, review
    return ("review" if review else "plan"), False


def _is_firm(title: str, cues: Patterns, year: int | None) -> bool:
    return _zone_told(title, cues, year)[0] is not None and bool(cues["zone.period"].search(title))


def _is_below(part: _Part, above: _Part | None) -> bool:
    """一、 under an unnumbered 2023年工作回顾, though the tree has both at one depth."""
    return above is not None and not part.firm and part.numbered and not above.numbered


def _before_first(pieces: Sequence[Piece], rules: RuleSet, *, followed: bool) -> list[Zone]:
    """Opening where it sounds like one, or reports no more than it obliges, else what it says."""
    cues = patterns_by_id(rules, "zones")
    end = opening_end(pieces, rules)
    if end and followed and sum(_balance(p, cues) for p in pieces[end:]) == 0:
        end = len(pieces)
    opening: list[Zone] = ["opening"] * end
    return opening + _content_zones(pieces[end:], cues, _LEAST_TURN)


def _part_zones(
    pieces: Sequence[Piece], part: _Part, cues: Patterns, year: int | None, *, begun: bool
) -> list[Zone]:
    """The zones of a part: by its heading, else by what it says.

    After the first part (``begun``) one that does not is plan unless it clearly
    reports: reports come first.
    """
    if part.told == "plan" or _is_assigned(pieces, cues):
        return ["plan"] * len(pieces)
    if part.told == "review" or part.mixed or not begun:
        turn = _turn(pieces, cues, year)
        if part.told == "review" or (turn < len(pieces) and _reports(pieces[:turn], cues)):
            return _zones_from_turn(pieces, turn)
    if begun and not part.mixed:
        scores = [_balance(p, cues) for p in pieces]
        reports = scores.count(1) > scores.count(-1) * _CLEARLY
        return ["review" if reports else "plan"] * len(pieces)
    return _content_zones(pieces, cues, _LEAST_MIXED if part.mixed else _LEAST_TURN)


def _reports(pieces: Sequence[Piece], cues: Patterns) -> bool:
    return sum(_balance(p, cues) for p in pieces) > 0


def _zones_from_turn(pieces: Sequence[Piece], turn: int) -> list[Zone]:
    review: list[Zone] = ["review"] * turn
    plan: list[Zone] = ["plan"] * (len(pieces) - turn)
    return review + plan


def _is_assigned(pieces: Sequence[Piece], cues: Patterns) -> bool:
    return any(cues["zone.plan.assigned"].search(p.text) for p in pieces)


def _balance(piece: Piece, cues: Patterns) -> int:
    """1 where a piece only reports (了, 同比, 已), -1 where it only obliges (要, 必须, 今年)."""
    if _is_problem(piece, cues):
        return 1
    review = bool(cues["zone.review.text"].search(piece.text))
    return review - bool(cues["zone.plan.text"].search(piece.text))


def _is_problem(piece: Piece, cues: Patterns) -> bool:
    return bool(cues["zone.problem.text"].search(piece.text))


def _content_zones(pieces: Sequence[Piece], cues: Patterns, least: int) -> list[Zone]:
    """What more of the pieces do, report or oblige; a report that turns to plans is cut there."""
    if _is_assigned(pieces, cues):
        return ["plan"] * len(pieces)
    scores = [_balance(p, cues) for p in pieces]
    turn = _change(pieces, scores, cues, least)
    if turn is not None:
        return _zones_from_turn(pieces, turn)
    zone: Zone = "review" if sum(scores) > 0 else "plan"
    return [zone] * len(pieces)


def _change(
    pieces: Sequence[Piece], scores: Sequence[int], cues: Patterns, least: int
) -> int | None:
    """The line that best parts reporting pieces from obliging ones, if both sides are clear."""
    sums = [0, *itertools.accumulate(scores)]
    firsts = [i for i, p in enumerate(pieces) if p.first and i > 0]
    best = max((sums[i] for i in firsts), default=0)
    if min(best, best - sums[-1]) < least:
        return None
    near = [i for i in firsts if sums[i] >= best - 1]
    return max(near, key=lambda i: (_opens_plan(pieces, scores, i, cues), sums[i], i))


def _opens_plan(pieces: Sequence[Piece], scores: Sequence[int], i: int, cues: Patterns) -> bool:
    """It turns to the audience, or obliges in its first sentence."""
    return scores[i] < 0 or bool(cues["zone.address"].match(pieces[i].text))


def _turn(pieces: Sequence[Piece], cues: Patterns, year: int | None) -> int:
    """Where a part that looks back turns to the year ahead: nothing but plans from there on."""
    left, least = 0, 0
    turn = len(pieces)
    for i in range(len(pieces) - 1, 0, -1):
        left += 0 if _is_problem(pieces[i], cues) else _balance(pieces[i], cues)
        ahead = left < 0 and left <= least
        if ahead and _begins(pieces, i, cues) and _looks_ahead(pieces[i].text, cues, year):
            turn = _from_heading(pieces, i if pieces[i].first else i - 1, cues)
            least = left
    return turn


def _from_heading(pieces: Sequence[Piece], i: int, cues: Patterns) -> int:
    """The paragraph that turns, with the address or the heading on the line above it."""
    above = pieces[i - 1]
    heads = above.first and above.last and above.ranked
    return i - 1 if i > 1 and (heads or cues["zone.address"].fullmatch(above.text)) else i


def _begins(pieces: Sequence[Piece], i: int, cues: Patterns) -> bool:
    """It opens its line, perhaps after an address (各位代表！今年是…)."""
    before = pieces[i - 1]
    return pieces[i].first or (before.first and bool(cues["zone.address"].fullmatch(before.text)))


def _looks_ahead(text: str, cues: Patterns, year: int | None) -> bool:
    match = cues["zone.plan.turn"].match(text)
    named = match and match["year"]
    return bool(match) and (named is None or int(named) == year)
