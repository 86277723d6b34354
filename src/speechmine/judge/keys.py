"""What the judge sees of a clause and of a sentence: keys, each a column of its model.

A clause is seen twice. Its wording gives characters and pairs of neighbours. Its shape is the
clause with what was found in it put to one sign each (``Ｐ前完成Ｎ``), so that what is learnt of
one body, day or number holds for all; of the shape the places around the signs, the beginning and
the end count. Named flags (class of verb, modal word, subject) stand beside both.
"""

from __future__ import annotations

import functools
import itertools
import operator
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import overload

from speechmine.changes import quickly_made
from speechmine.extractors.objects import ObjectLexicon, object_kind
from speechmine.model import Clause, Deadline, PartyGroup, Quantity
from speechmine.patterns import compiled

__all__ = [
    "BARE",
    "BARE_BAN",
    "FINISHING",
    "FOOTING",
    "MERE_COUNT",
    "OWN_THING",
    "SETTING",
    "ClauseKeys",
    "Sign",
    "clause_keys",
    "signs_of",
    "title_keys",
]

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
_SIGN = compiled("[ＢＷＡＥＲＯＩＳＬＰＧＮ]")
_CLOSERS = "”》）"
#: Flag of a clause that is a time and nothing else (5月底前，…).
BARE = "bare"
#: Flag of a clause that only says on what footing (按照…的原则，…).
SETTING = "setting"
#: Flag of a clause that names what is kept to or looked at (对照反馈意见，…); no key of the model.
FOOTING = "footing"
#: Flag of a clause that says by when the deed before it is done (…，5月底前报备案).
FINISHING = "finishing"
#: Flag of a clause that bans without a word of what (谁也不准打招呼).
BARE_BAN = "bare_ban"
#: Flag of a clause that begins with a thing of its own and the day for it (检测报告月底前送…).
OWN_THING = "own_thing"
#: Flag of a clause that is only so many, or how often (…，每天不少于2人).
MERE_COUNT = "mere_count"
# Of so many signs each is no object of its own.
_MANY = 50_000
_LONGEST = 6
_FRAME = ("subject", "item", "leads", "scope")
_STEP = 5


def signs_of(
    times: Iterable[Deadline],
    groups: Iterable[PartyGroup],
    quantities: Iterable[Quantity],
    date: str | None,
) -> Sequence[Sign]:
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
    return signs if len(signs) < _MANY else _Signs(signs)


class _Signs(Sequence[Sign]):
    """Signs of a long text, in arrays."""

    def __init__(self, signs: Sequence[Sign]) -> None:
        self._starts = array("q", [start for start, _, _ in signs])
        self._ends = array("q", [end for _, end, _ in signs])
        self._signs = "".join(sign for _, _, sign in signs)

    def __len__(self) -> int:
        return len(self._signs)

    @overload
    def __getitem__(self, at: int) -> Sign: ...
    @overload
    def __getitem__(self, at: slice) -> list[Sign]: ...
    def __getitem__(self, at: int | slice) -> Sign | list[Sign]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        return self._starts[at], self._ends[at], self._signs[at]


def _sign_of_time(time: Deadline, date: str | None) -> str:
    last = time.latest or time.earliest
    return _PAST if date and last and last < date else _KINDS[time.kind]


def _sign_of_group(group: PartyGroup) -> str:
    return _ADDRESSEE if all(party.generic for party in group.parties) else _BODY


@quickly_made
@dataclass(frozen=True, slots=True)
class ClauseKeys:
    """Keys of one clause: its ``wording``, grams of its ``shape``, and named ``flags``.

    Example:
        >>> keys = ClauseKeys(None, "完成", ("成$",), ())
        >>> keys.grams, keys.size
        (['完', '成', '完成', '成$'], 4)
    """

    clause: Clause
    wording: str
    shape: Sequence[str]
    flags: Sequence[str]

    @property
    def grams(self) -> list[str]:
        """Characters and pairs of neighbours of the wording, then what the shape gives."""
        wording = self.wording
        return [*wording, *map(operator.add, wording, wording[1:]), *self.shape]

    @property
    def size(self) -> int:
        """How many grams there are."""
        return max(0, 2 * len(self.wording) - 1) + len(self.shape)


def clause_keys(
    text: str, clause: Clause, signs: Sequence[Sign], heads: ObjectLexicon
) -> ClauseKeys:
    """The keys of a clause.

    Args:
        text: the matching view's text.
        clause: one of its clauses.
        signs: what was found in the text, in order.
        heads: kinds of objects by what they end in.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> from speechmine.extractors.objects import object_lexicon
        >>> heads = object_lexicon(default_rules())
        >>> clause = Clause(0, 6, "deliver", (4, 6), (6, 6))
        >>> keys = clause_keys("6月底前完成。", clause, [(0, 4, "Ｂ")], heads)
        >>> "^Ｂ" in keys.grams, "Ｂ完" in keys.grams, "verb=deliver" in keys.flags
        (True, True, True)
    """
    start, end = clause.start, clause.end
    inside = _signs_inside(signs, start, end)
    wording = text[start:end]
    shape = _with_signs(text, start, end, inside) if inside else wording
    if _NOT_PLAIN.search(shape):
        shape = shape.translate(_PLAIN)
    flags = _flags(text, clause, inside, heads)
    if heads.bare.fullmatch(shape):
        flags.append(BARE)
    elif heads.finishing.fullmatch(shape):
        flags.append(FINISHING)
    elif inside and heads.own_thing.match(shape):
        flags.append(OWN_THING)
    elif heads.bare_ban.match(shape):
        flags.append(BARE_BAN)
    elif inside and heads.mere_count.match(shape):
        flags.append(MERE_COUNT)
    return ClauseKeys(clause, wording, _shape_grams(shape, signed=bool(inside)), flags)


def _signs_inside(signs: Sequence[Sign], start: int, end: int) -> Sequence[Sign]:
    first = bisect_left(signs, (start,))
    if first == len(signs) or signs[first][0] >= end:
        return ()
    return signs[first : bisect_left(signs, (end,), first)]


# One sign for each digit: an item's number, a code; what counts was found as a figure.
_PLAIN = {ord(" "): None, **dict.fromkeys(map(ord, "123456789"), "0")}
_NOT_PLAIN = compiled("[ 1-9]")


def _with_signs(text: str, start: int, end: int, inside: Sequence[Sign]) -> str:
    parts, at = [], start
    for first, last, sign in inside:
        parts += [text[at:first], sign]
        at = max(at, last)
    parts.append(text[at:end])
    return "".join(parts)


def _shape_grams(shape: str, *, signed: bool) -> list[str]:
    found = [
        "^" + shape[:1],
        "^" + shape[:2],
        "^" + shape[:3],
        shape[-1:] + "$",
        shape[-2:] + "$",
        shape[-3:] + "$",
    ]
    if not signed:
        return found
    signs = [(match.start(), match[0]) for match in _SIGN.finditer(shape)]
    for at, sign in signs:
        before, behind = shape[max(0, at - 2) : at], shape[at + 1 : at + 3]
        found += [sign, before[-1:] + sign, sign + behind[:1], before + sign, sign + behind]
    found += [f"{one}…{other}" for (_, one), (_, other) in itertools.pairwise(signs)]
    return found


def _flags(  # one question after the other
    text: str, clause: Clause, inside: Sequence[Sign], heads: ObjectLexicon
) -> list[str]:
    start, end, verb = clause.start, clause.end, clause.verb
    length = min((end - start) // _STEP, _LONGEST)
    frame = clause.subject is not None, clause.item is not None, clause.leads, clause.scope
    found = [*_named(verb, clause.modality, length, frame)]
    if heads.setting.match(text, start, end):
        found.append(SETTING)
    if heads.footing.match(text, start, end):
        found.append(FOOTING)
    if inside:
        for sign in sorted({sign for _, _, sign in inside}):
            found += _of_sign(sign, verb)
    first, last = clause.action
    acts = last > first
    if acts:
        found.append(f"act={text[max(first, last - 3) : last]}")
    first, last = clause.object
    if last - first > 1:
        thing = text[first:last]
        found.append(f"head={thing.rstrip(_CLOSERS)[-2:]}")
        if acts:
            found += _of_object(object_kind(thing, heads), verb)
    else:
        found.append("empty")
    return found


@functools.lru_cache(maxsize=512)
def _of_sign(sign: str, verb: str) -> Sequence[str]:
    return f"has={sign}", f"has={sign}&{verb}"


@functools.lru_cache(maxsize=512)
def _of_object(kind: str, verb: str) -> Sequence[str]:
    return f"object={kind}", f"object={kind}&{verb}"


@functools.lru_cache(maxsize=2048)
def _named(verb: str, modality: str | None, length: int, frame: Sequence[bool]) -> Sequence[str]:
    """What every clause says of its verb, its modal word, its length, and what stands around."""
    said = f"verb={verb}", f"modal={modality}", f"length={length}"
    return *said, *itertools.compress(_FRAME, frame)


def title_keys(title: str) -> tuple[str, ...]:
    """Keys of the headings that a sentence stands under: pairs of characters.

    Example:
        >>> title_keys("强化保障")
        ('title=强化', 'title=化保', 'title=保障')
    """
    return tuple(dict.fromkeys(f"title={a}{b}" for a, b in itertools.pairwise(title)))
