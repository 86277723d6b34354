"""Wordings to be compared, and which of those seen is of the same matter (GUIDELINE S7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from speechmine.assemble.findings import FIRM_KINDS
from speechmine.model import Deadline

__all__ = ["Values", "Wording", "WordingIndex"]

#: What the figures of a wording amount to: lower and upper values.
Values = frozenset[tuple[float | None, float | None]]


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
    """Wordings by what they say: where one core is inside another, so is its rarest sign."""

    def __init__(self, rarity: Counter[str]) -> None:
        self._rarity = rarity
        self._matters: list[tuple[str, Wording]] = []
        self._by_sign: dict[tuple[str, str, str], list[int]] = {}
        self._by_rarest: dict[tuple[str, str, str], list[int]] = {}

    def add(self, task: str, matter: Wording) -> None:
        """Take in a wording, to be found by what it says."""
        number = len(self._matters)
        self._matters.append((task, matter))
        self._by_rarest.setdefault(self._key(matter, self._rarest(matter)), []).append(number)
        for sign in matter.core:
            self._by_sign.setdefault(self._key(matter, sign), []).append(number)

    def first_same(self, matter: Wording) -> str | None:
        """The task of the first wording of the same matter."""
        wider = self._by_sign.get(self._key(matter, self._rarest(matter)), [])
        narrower = (self._by_rarest.get(self._key(matter, sign), []) for sign in matter.core)
        for number in sorted({*wider, *chain.from_iterable(narrower)}):
            task, other = self._matters[number]
            if _same(other, matter):
                return task
        return None

    def _rarest(self, matter: Wording) -> str:
        return min(matter.core, key=lambda sign: (self._rarity[sign], sign))

    @staticmethod
    def _key(matter: Wording, sign: str) -> tuple[str, str, str]:
        return matter.deed, matter.head, sign


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
