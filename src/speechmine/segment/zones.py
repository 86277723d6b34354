"""Which part of a document a piece stands in: opening, review, plan, closing; lists of problems."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from speechmine.model import Zone
from speechmine.rules.schema import RuleSet
from speechmine.segment.headings import Piece

__all__ = ["problem_run", "zones_of"]

# How many pieces at the end a closing can take, and at the start an opening.
_CLOSING_PIECES = 16
_OPENING_PIECES = 40
_YEAR = re.compile(r"(?<!\d)(\d{4})年")
_PLAN_SPAN = re.compile(r"到\d{4}年|\d{4}年(?:以后|末)")
_OBLIGED = re.compile(r"(?:^|[，：])[^，：]{0,10}?(?<![需主重])(?:要|必须|务必)(?!求|素|点)")
_LIST_BEGINS = re.compile(r"[：:，](?:一是|第一[，、]|一要)")
_AIMED_AT = re.compile(r"针对|解决|整改|排查|破解|化解|查找")


@dataclass(frozen=True, slots=True)
class _Cues:
    review_heading: re.Pattern[str]
    plan_heading: re.Pattern[str]
    problem_heading: re.Pattern[str]
    review: re.Pattern[str]
    plan: re.Pattern[str]
    assigned: re.Pattern[str]
    opening: re.Pattern[str]
    closing: re.Pattern[str]
    farewell: re.Pattern[str]
    problem: re.Pattern[str]


@functools.lru_cache(maxsize=8)
def _cues(rules: RuleSet) -> _Cues:
    table = {rule.id: re.compile(rule.pattern or "") for rule in rules.table("zones")}
    return _Cues(
        review_heading=table["zone.review.heading"],
        plan_heading=table["zone.plan.heading"],
        problem_heading=table["zone.problem.heading"],
        review=table["zone.review.text"],
        plan=table["zone.plan.text"],
        assigned=table["zone.plan.assigned"],
        opening=table["zone.opening.text"],
        closing=table["zone.closing.text"],
        farewell=table["zone.farewell"],
        problem=table["zone.problem.text"],
    )


def problem_run(pieces: Sequence[Piece], rules: RuleSet) -> frozenset[int]:
    """Indices of pieces that tell shortfalls: from the sentence that says so to its line's end.

    A heading such as 存在的主要问题 opens a run that lasts to the next heading of its rank.
    """
    cues = _cues(rules)
    found: set[int] = set()
    for i, piece in enumerate(pieces):
        if i in found:
            continue
        if piece.ranked and piece.first and cues.problem_heading.search(piece.body[:30]):
            found.update(_under(pieces, i))
        elif _tells_problem(piece, cues):
            found.update(_to_line_end(pieces, i))
    return frozenset(found)


def _tells_problem(piece: Piece, cues: _Cues) -> bool:
    return bool(
        cues.problem.search(piece.text)
        and not _OBLIGED.search(_before_colon(piece.text))
        and not _AIMED_AT.search(piece.text)
    )


def _before_colon(text: str) -> str:
    """要清醒地看到：… tells problems, so what stands before the colon does not oblige."""
    return text.split("：", 1)[1] if "：" in text else text


def _under(pieces: Sequence[Piece], i: int) -> list[int]:
    mark = pieces[i].enumerator
    rank = mark.rank if mark else 0
    indices = []
    for j in range(i + 1, len(pieces)):
        other = pieces[j].enumerator
        if other is not None and pieces[j].ranked and other.rank <= rank:
            break
        indices.append(j)
    return indices


def _to_line_end(pieces: Sequence[Piece], i: int) -> list[int]:
    """The rest of the line, and the further lines of the enumeration that begins in it."""
    indices, counted = [], 0
    for j in range(i, len(pieces)):
        piece = pieces[j]
        mark = piece.enumerator
        if piece.line != pieces[i].line and piece.first:
            goes_on = mark is not None and not piece.ranked and mark.number == counted + 1
            if not goes_on:
                break
        elif j > i and mark is None and _OBLIGED.match(piece.text):
            break
        if mark is not None and not piece.ranked:
            counted = mark.number
        elif j == i and _LIST_BEGINS.search(piece.text):
            counted = 1
        indices.append(j)
    return indices


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
    cues = _cues(rules)
    zones: list[Zone] = []
    bounds = [0, *tops, len(pieces)]
    for n, (start, end) in enumerate(itertools.pairwise(bounds)):
        if n == 0:
            zones.extend(_before_first(pieces[:end], cues, bool(tops)))
        else:
            zones.extend([_part_zone(pieces[start:end], cues, year)] * (end - start))
    closing = _closing_start(pieces, flags, cues)
    return tuple(z if i < closing else "closing" for i, z in enumerate(zones))


def _before_first(pieces: Sequence[Piece], cues: _Cues, followed: bool) -> list[Zone]:
    """Opening where it sounds like one, else what its content says."""
    if not pieces:
        return []
    body = _content_zone(pieces, cues)
    last = max(
        (i for i, p in enumerate(pieces[:_OPENING_PIECES]) if cues.opening.search(p.text)),
        default=-1,
    )
    if last < 0:
        return [body] * len(pieces)
    if followed and len(pieces) <= _OPENING_PIECES:
        return ["opening"] * len(pieces)
    return ["opening" if i <= last else body for i in range(len(pieces))]


def _part_zone(pieces: Sequence[Piece], cues: _Cues, year: int | None) -> Zone:
    title = pieces[0].text[:48]
    review, plan = bool(cues.review_heading.search(title)), bool(cues.plan_heading.search(title))
    named = _YEAR.search(title)
    if named and year is not None and not _PLAN_SPAN.search(title):
        review, plan = review or int(named[1]) < year, plan or int(named[1]) >= year
    if review != plan and not (review and any(cues.assigned.search(p.text) for p in pieces)):
        return "review" if review else "plan"
    return _content_zone(pieces, cues)


def _content_zone(pieces: Sequence[Piece], cues: _Cues) -> Zone:
    """Whether more of the pieces report (了, 同比, 已) or oblige (要, 必须, 今年)."""
    if any(cues.assigned.search(p.text) for p in pieces):
        return "plan"
    review = sum(bool(cues.review.search(p.text)) for p in pieces)
    plan = sum(bool(cues.plan.search(p.text)) for p in pieces)
    return "review" if review > plan else "plan"


def _closing_start(pieces: Sequence[Piece], flags: Sequence[bool], cues: _Cues) -> int:
    """Index where the farewell begins: last lines that sound like one, after all headings."""
    start = len(pieces)
    last_heading = max((i for i, flag in enumerate(flags) if flag), default=-1)
    for line in range(pieces[-1].line if pieces else 0, -1, -1):
        indices = [i for i in range(last_heading + 1, start) if pieces[i].line == line]
        headed = last_heading >= 0 and pieces[last_heading].line == line
        first = next((i for i in indices if _says_farewell(pieces[i], cues, headed)), None)
        if first is None or len(pieces) - first > _CLOSING_PIECES:
            break
        start = first
        if first != indices[0] or indices[0] == last_heading + 1:
            break
    return start


def _says_farewell(piece: Piece, cues: _Cues, headed: bool) -> bool:
    """In the body of the last heading only words that leave no doubt count."""
    return bool(
        cues.closing.search(piece.text) or (not headed and cues.farewell.search(piece.text))
    )
