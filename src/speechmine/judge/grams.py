"""Grams of clauses, each up to four characters long: as strings, and as numbers of a whole text.

A wording gives its characters and pairs of neighbours. A shape (the clause with what was found in
it put to one sign each) gives its first and last three characters and what stands around its signs.
A model is fitted to the strings; the judge looks up the numbers, all clauses of a text at once.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speechmine.patterns import compiled

__all__ = ["SIGNS", "Grams", "Whole", "grams_of", "grams_of_clauses", "is_gram", "numbers_of"]

#: Whole numbers in rows and columns.
Whole = NDArray[np.int64]
#: Full-width letters, one a kind of what is found in a text: its matching view has none of its own.
SIGNS = "ＢＷＡＥＲＯＩＳＬＰＧＮ"
_SIGN = compiled(f"[{SIGNS}]")
_BEGIN, _END, _BETWEEN = "^", "$", "…"
_EDGE = 3
_LONGEST = 4
# Four characters of the basic plane fit into one number; those beyond it are in no key.
_BITS = 16
_GAP = "\0" * _EDGE


def grams_of(wording: str, shape: str) -> list[str]:
    """The grams of one clause; what stands twice counts twice.

    Example:
        >>> grams_of("完成", "")[:3]
        ['完', '成', '完成']
        >>> grams_of("", "完成Ｎ")[6:]
        ['Ｎ', '成Ｎ', 'Ｎ', '完成Ｎ', 'Ｎ']
    """
    found = [*wording, *map("".join, itertools.pairwise(wording))]
    found += [_BEGIN + shape[:size] for size in range(1, _EDGE + 1)]
    found += [shape[-size:] + _END for size in range(1, _EDGE + 1)]
    signs = [(match.start(), match[0]) for match in _SIGN.finditer(shape)]
    for at, sign in signs:
        before, behind = shape[max(0, at - 2) : at], shape[at + 1 : at + 3]
        found += [sign, before[-1:] + sign, sign + behind[:1], before + sign, sign + behind]
    found += [one + _BETWEEN + other for (_, one), (_, other) in itertools.pairwise(signs)]
    return found


@dataclass(frozen=True, slots=True)
class Grams:
    """The grams of many clauses as numbers, of which clause each is, how many each has."""

    numbers: Whole
    clauses: Whole
    sizes: Whole


def grams_of_clauses(wordings: Sequence[str], shapes: Sequence[str]) -> Grams:
    """What :func:`grams_of` gives of each clause, as :func:`numbers_of` puts it.

    Args:
        wordings: of the clauses.
        shapes: of the same.

    Example:
        >>> found = grams_of_clauses(["完成"], ["完成Ｎ"])
        >>> sorted(found.numbers) == sorted(numbers_of(grams_of("完成", "完成Ｎ")))
        True
    """
    shaped = _Laid(shapes)
    found = [*_Laid(wordings).neighbours(), *shaped.edges(), *shaped.around_signs()]
    numbers, clauses = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return Grams(numbers, clauses, np.bincount(clauses, minlength=len(wordings)))


def is_gram(key: str) -> bool:
    """Whether a key can be a gram: it is short, of characters that count."""
    return 0 < len(key) <= _LONGEST and ord(max(key)) >> _BITS == 0


def numbers_of(grams: Sequence[str]) -> Whole:
    """Each gram as one number, of its characters' codes."""
    codes = _codes("".join(gram.rjust(_LONGEST, "\0") for gram in grams))
    columns = codes.reshape(-1, _LONGEST).T
    return functools.reduce(_followed, columns)


class _Laid:
    """Texts laid one behind the other, with gaps of zeros between."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.codes = _codes(_GAP.join((*texts, "")))
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        self._of = np.arange(len(texts))
        self._ends = np.cumsum(lengths + _EDGE) - _EDGE
        self._starts = self._ends - lengths
        #: Of which text each place is.
        self._owners = np.repeat(self._of, lengths + _EDGE)
        self._inside = np.ones(len(self.codes), bool)
        self._inside[self._ends[:, None] + np.arange(_EDGE)] = False

    def neighbours(self) -> list[tuple[Whole, Whole]]:
        """Characters, and pairs of neighbours."""
        single = np.flatnonzero(self._inside)
        double = single[self._inside[single + 1]]
        one, other = self.codes[double], self.codes[double + 1]
        pairs = np.where((one > 0) & (other > 0), _followed(one, other), 0)
        return [(self.codes[single], self._owners[single]), (pairs, self._owners[double])]

    def edges(self) -> list[tuple[Whole, Whole]]:
        """The first and the last characters."""
        first, last = np.full_like(self._ends, ord(_BEGIN)), np.full_like(self._ends, ord(_END))
        found: list[tuple[Whole, Whole]] = []
        for step in range(_EDGE):
            first = _with_next(first, self.codes[self._starts + step])
            last = last + (self.codes[self._ends - 1 - step] << _BITS * (step + 1))
            found += [(first, self._of), (last, self._of)]
        return found

    def around_signs(self) -> list[tuple[Whole, Whole]]:
        """Signs with what stands right around them, and each with the next."""
        at = np.flatnonzero(np.isin(self.codes, list(map(ord, SIGNS))))
        of, signs = self._owners[at], self.codes[at]
        before = _followed(self.codes[at - 1], signs)
        behind = _with_next(signs, self.codes[at + 1])
        both = _followed(_followed(self.codes[at - 2], self.codes[at - 1]), signs)
        far = _with_next(behind, self.codes[at + 2])
        same = np.flatnonzero(np.diff(of) == 0)
        next_sign = _followed(_followed(signs[same], ord(_BETWEEN)), signs[same + 1])
        found = [(grams, of) for grams in (signs, before, behind, both, far)]
        return [*found, (next_sign, of[same])]


def _followed(one: Whole, other: Whole | int) -> Whole:
    return one << _BITS | other


def _with_next(grams: Whole, following: Whole) -> Whole:
    """Grams with one more character, where there is one."""
    return np.where(following > 0, _followed(grams, following), grams)


def _codes(text: str) -> Whole:
    """Numbers of the characters; 0 for those that are in no key."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    return np.where(codes >> _BITS == 0, codes, 0)
