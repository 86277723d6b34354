"""What the judge sees of a clause and of a sentence: keys, each a column of its model.

A clause is seen twice. Its wording gives characters and pairs of neighbours. Its shape is the
clause with what was found in it put to one sign each (``Ｐ前完成Ｎ``), so that what is learnt of
one body, day or number holds for all; of the shape the places around the signs, the beginning and
the end count. Named flags (class of verb, modal word, subject) stand beside both.
"""

from __future__ import annotations

import operator
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from speechmine.model import Clause, Deadline, PartyGroup, Quantity

__all__ = ["ClauseKeys", "Sign", "clause_keys", "signs_of", "title_keys"]

#: A stretch of text and the sign that stands for it.
Sign = tuple[int, int, str]

# Full-width letters: the matching view has none of its own.
_KINDS = {
    "by": "Ｂ",
    "within": "Ｗ",
    "at": "Ａ",
    "before_event": "Ｅ",
    "after_event": "Ｅ",
    "recurring": "Ｒ",
    "ongoing": "Ｏ",
    "immediate": "Ｉ",
    "per_plan": "Ｓ",
    "open": "Ｏ",
}
_PAST, _BODY, _ADDRESSEE, _FIGURE = "Ｌ", "Ｐ", "Ｇ", "Ｎ"
_SIGN = re.compile("[ＢＷＡＥＲＯＩＳＬＰＧＮ]")
_DIGITS = re.compile(r"[\d.]+")
_LONGEST = 6
_STEP = 5


def signs_of(
    times: Iterable[Deadline],
    groups: Iterable[PartyGroup],
    quantities: Iterable[Quantity],
    date: str | None,
) -> list[Sign]:
    """Signs for what was found in a text, in its order, none over another.

    Args:
        times: those that end before the day of the speech have a sign of their own.
        groups: parties.
        quantities: numbers with their units.
        date: the day of the speech (ISO 8601), if it is known.
    """
    found = [
        *((t.start, t.end, _sign_of_time(t, date)) for t in times if t.start is not None),
        *((g.start, g.end, _sign_of_group(g)) for g in groups),
        *((q.start, q.end, _FIGURE) for q in quantities),
    ]
    signs: list[Sign] = []
    for start, end, sign in sorted(found, key=lambda f: (f[0], -(f[1] or 0), f[2])):
        if end is not None and (not signs or start >= signs[-1][1]):
            signs.append((start, end, sign))
    return signs


def _sign_of_time(time: Deadline, date: str | None) -> str:
    last = time.latest or time.earliest
    return _PAST if date and last and last < date else _KINDS[time.kind]


def _sign_of_group(group: PartyGroup) -> str:
    return _ADDRESSEE if all(party.generic for party in group.parties) else _BODY


@dataclass(frozen=True, slots=True)
class ClauseKeys:
    """Keys of one clause: ``grams`` of its wording and shape, and named ``flags``."""

    clause: Clause
    grams: tuple[str, ...]
    flags: tuple[str, ...]


def clause_keys(text: str, clause: Clause, signs: Sequence[Sign]) -> ClauseKeys:
    """The keys of a clause.

    Args:
        text: the matching view's text.
        clause: one of its clauses.
        signs: what was found in the text, in order.

    Example:
        >>> clause = Clause(0, 8, "deliver", (5, 7), (7, 8))
        >>> keys = clause_keys("6月底前完成。", clause, [(0, 5, "Ｂ")])
        >>> "^Ｂ" in keys.grams, "Ｂ完" in keys.grams, "verb=deliver" in keys.flags
        (True, True, True)
    """
    start, end = clause.start, clause.end
    wording = text[start:end]
    inside = list(_inside(signs, start, end))
    shape = _shape(text, start, end, inside)
    grams = (*wording, *map(operator.add, wording, wording[1:]), *_shape_grams(shape))
    return ClauseKeys(clause, grams, tuple(_flags(text, clause, inside)))


def _inside(signs: Sequence[Sign], start: int, end: int) -> Iterator[Sign]:
    at = bisect_left(signs, (start,))
    while at < len(signs) and signs[at][0] < end:
        yield signs[at]
        at += 1


def _shape(text: str, start: int, end: int, inside: Sequence[Sign]) -> str:
    parts, at = [], start
    for first, last, sign in inside:
        parts += [_DIGITS.sub("0", text[at:first]), sign]
        at = max(at, last)
    parts.append(_DIGITS.sub("0", text[at:end]))
    return "".join(parts).replace(" ", "")


def _shape_grams(shape: str) -> Iterator[str]:
    for n in (1, 2, 3):
        yield "^" + shape[:n]
        yield shape[-n:] + "$"
    signs = []
    for match in _SIGN.finditer(shape):
        at, sign = match.start(), match[0]
        signs.append(sign)
        before, behind = shape[max(0, at - 2) : at], shape[at + 1 : at + 3]
        yield sign
        yield before[-1:] + sign
        yield sign + behind[:1]
        yield before + sign
        yield sign + behind
    if len(signs) > 1:
        yield from ("…".join(pair) for pair in zip(signs, signs[1:], strict=False))


def _flags(text: str, clause: Clause, inside: Sequence[Sign]) -> Iterator[str]:
    yield f"verb={clause.verb}"
    yield f"modal={clause.modality}"
    for name, holds in (
        ("subject", clause.subject is not None),
        ("item", clause.item is not None),
        ("leads", clause.leads),
        ("scope", clause.scope),
        ("empty", clause.object[1] - clause.object[0] < 2),
    ):
        if holds:
            yield name
    yield f"length={min((clause.end - clause.start) // _STEP, _LONGEST)}"
    for sign in sorted({sign for _, _, sign in inside}):
        yield f"has={sign}"
        yield f"has={sign}&{clause.verb}"
    if clause.action[1] > clause.action[0]:
        yield f"act={text[slice(*clause.action)][-3:]}"
    if clause.object[1] - clause.object[0] > 1:
        yield f"head={text[slice(*clause.object)].rstrip('”》）')[-2:]}"


def title_keys(title: str) -> tuple[str, ...]:
    """Keys of the headings that a sentence stands under: pairs of characters.

    Example:
        >>> title_keys("强化保障")
        ('title=强化', 'title=化保', 'title=保障')
    """
    return tuple(dict.fromkeys(f"title={a}{b}" for a, b in zip(title, title[1:], strict=False)))
