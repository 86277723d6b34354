"""Wordings to be compared, and which of those seen is of the same matter (GUIDELINE S7)."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from speechmine.assemble.findings import FIRM_KINDS
from speechmine.changes import quickly_made
from speechmine.model import Deadline

__all__ = ["Values", "Wording", "WordingIndex"]

#: What the figures of a wording amount to: lower and upper values.
Values = frozenset[tuple[float | None, float | None]]
#: Deed, head, and a sign of the core.
_Key = tuple[str, str, str]
# Places in which it is noted how often a key is said, and from when on it is said by several. Two
# keys in one place count as one that is shared.
_PLACES, _SHARED = 1 << 20, 2
# So many wordings are few, and fewer places hold what they say.
_MANY, _FEW_PLACES = 2000, 1 << 16
_BITS = 64


@quickly_made
@dataclass(frozen=True, slots=True)
class Wording:
    """What a wording is compared by."""

    deed: str
    core: Counter[str]
    head: str
    least: float
    values: Values
    parties: frozenset[str]
    deadline: Deadline
    negated: bool


class WordingIndex:
    """Wordings by what they say: where one core is inside another, so is its rarest sign.

    Args:
        wordings: all that will be asked for, None for those that are not compared.
    """

    def __init__(self, wordings: Sequence[Wording | None]) -> None:
        self._wordings = wordings
        self._rarity: Counter[str] = Counter()
        self._places = _PLACES if len(wordings) > _MANY else _FEW_PLACES
        self._said, self._headed = bytearray(self._places), bytearray(self._places)
        # What each says, in bits: most of those that differ do so here, and are not unpacked.
        self._cores, self._values = array("Q"), array("Q")
        for wording in wordings:
            self._cores.append(_bits(wording.core) if wording else 0)
            self._values.append(_bits(wording.values) if wording else 0)
            if wording is not None:
                self._rarity.update(wording.core.keys())
                self._note(wording)
        self._by_sign: dict[_Key, list[int]] = {}
        self._by_rarest: dict[_Key, list[int]] = {}

    def add(self, number: int, wording: Wording) -> None:
        """Take in a wording, to be found by what it says."""
        if self._is_lone(wording):
            return
        rarest = self._key(wording, self._rarest(wording))
        if self._is_shared(rarest):
            self._by_rarest.setdefault(rarest, []).append(number)
        for key in filter(self._is_shared, _keys(wording)):
            self._by_sign.setdefault(key, []).append(number)

    def first_same(self, wording: Wording) -> int | None:
        """The number of the first wording taken in that is of the same matter."""
        if self._is_lone(wording):
            return None
        wider = self._by_sign.get(self._key(wording, self._rarest(wording)), [])
        narrower = (self._by_rarest.get(key, ()) for key in _keys(wording))
        for number in self._nested(wording, chain(wider, *narrower)):
            other = self._wordings[number]
            if other is not None and _same(other, wording):
                return number
        return None

    def _nested(self, wording: Wording, numbers: Iterable[int]) -> list[int]:
        """Those whose core and figures may lie in the wording's, or hold them, in order."""
        core, values = _bits(wording.core), _bits(wording.values)
        cores, figures = self._cores, self._values
        return sorted(
            number
            for number in set(numbers)
            if cores[number] & core in (core, cores[number])
            and figures[number] & values in (values, figures[number])
        )

    def _rarest(self, wording: Wording) -> str:
        rarity = self._rarity
        return min([(rarity[sign], sign) for sign in wording.core])[1]

    def _note(self, wording: Wording) -> None:
        said, places = self._said, self._places
        place = hash((wording.deed, wording.head)) % places
        if self._headed[place] < _SHARED:
            self._headed[place] += 1
        for key in _keys(wording):
            place = hash(key) % places
            if said[place] < _SHARED:
                said[place] += 1

    def _is_lone(self, wording: Wording) -> bool:
        """Whether no other does the same to such a thing, as is true of most."""
        return self._headed[hash((wording.deed, wording.head)) % self._places] < _SHARED

    def _is_shared(self, key: _Key) -> bool:
        """Whether another wording may say it: of a long text most are said once, and not kept."""
        return self._said[hash(key) % self._places] >= _SHARED

    @staticmethod
    def _key(wording: Wording, sign: str) -> _Key:
        return wording.deed, wording.head, sign


def _keys(wording: Wording) -> list[_Key]:
    """A key for each sign of the core."""
    return [(wording.deed, wording.head, sign) for sign in wording.core]


def _bits(said: Iterable[Hashable]) -> int:
    """A set as bits: where one is inside another, so are its bits."""
    bits = 0
    for one in said:
        bits |= 1 << hash(one) % _BITS
    return bits


def _same(one: Wording, other: Wording) -> bool:
    if one.negated != other.negated or not _agree(one, other):
        return False
    more, less = one.core - other.core, other.core - one.core
    if more and less:
        return False
    shared = (one.core & other.core).total()
    longer = max(one.core.total(), other.core.total())
    return shared >= longer * max(one.least, other.least)


def _agree(one: Wording, other: Wording) -> bool:
    """No figure, party or time of the one speaks against the other."""
    nested = one.values <= other.values or other.values <= one.values
    strangers = one.parties and other.parties and not _share_party(one.parties, other.parties)
    return nested and not strangers and _times_agree(one.deadline, other.deadline)


def _share_party(one: Iterable[str], other: Iterable[str]) -> bool:
    """区财政局 and 财政局 are one."""
    others = tuple(other)
    return any(a.endswith(others) or any(b.endswith(a) for b in others) for a in one)


def _times_agree(one: Deadline, other: Deadline) -> bool:
    if one.kind == other.kind and one.kind in FIRM_KINDS and one.kind != "immediate":
        return (one.edtf or one.text) == (other.edtf or other.text)
    first, last = max(one.earliest or "", other.earliest or ""), one.latest or "9999"
    return first <= min(last, other.latest or "9999")
