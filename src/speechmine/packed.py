"""Many records in little room: what a long text gives, packed until it is looked at.

A text of fifty megabytes gives millions of records, each some hundred bytes as an object and some
tens when packed beside others of its kind. A :class:`Packed` sequence keeps blocks of them as
bytes, unpacks a block when one of its records is asked for, and remembers the last few.
"""

from __future__ import annotations

import copyreg
import dataclasses
import heapq
import io
import itertools
import pickle
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Protocol, TypeVar, overload

from speechmine.changes import values_of

__all__ = [
    "LONG",
    "Held",
    "Keep",
    "Packed",
    "held",
    "in_order",
    "keep_for",
    "pack",
    "starting_after",
    "starting_at",
    "unpack",
]

_T = TypeVar("_T")
_T_co = TypeVar("_T_co", covariant=True)

#: A text of so many characters is long: what it gives is packed.
LONG = 1_000_000
# So many records make a block: enough to be alike, few enough to be unpacked for one of them.
_BLOCK = 128
# So many blocks are kept unpacked: those around the place where the work stands.
_OPEN = 16
_LEVEL = 1


class Keep(Protocol):
    """Keeps the records of a text: as a tuple, or packed."""

    def __call__(self, records: Iterable[_T], /) -> Sequence[_T]:
        """Keep them, in their order."""


class _Placed(Protocol):
    @property
    def start(self) -> int | None: ...


_P = TypeVar("_P", bound=_Placed)


class Held(tuple[_T_co, ...]):  # noqa: SLOT001  # what is worked out is kept in its dict
    """Records as they are, and beside them where each begins, worked out when it is first asked."""

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where each record begins, of those that say it."""
        return _starts(self) if self else ()


def held(records: Iterable[_T], /) -> Held[_T]:
    """Keep records as they are.

    Example:
        >>> from speechmine.model import Section
        >>> held(Section("s1", None, 1, "", "甲", n, n + 1) for n in (0, 5)).starts
        [0, 5]
    """
    return Held(records)


def keep_for(length: int) -> Keep:
    """How to keep what a text of so many characters gives.

    Example:
        >>> type(keep_for(10)([1, 2])).__name__, type(keep_for(LONG)([1, 2])).__name__
        ('Held', 'Packed')
    """
    return Packed if length >= LONG else held


class Packed(Sequence[_T_co]):
    """Records in blocks of bytes; equal to what went in, though not the same objects.

    Args:
        records: frozen records, tuples, numbers, texts.
        block: so many are packed together.

    Example:
        >>> some = Packed([("区财政局", n) for n in range(1000)])
        >>> some[999], len(some[10:20]), [n for _, n in some][:2]
        (('区财政局', 999), 10, [0, 1])
    """

    def __init__(self, records: Iterable[_T_co], *, block: int = _BLOCK) -> None:
        self._size = block
        self._blocks: list[bytes] = []
        self._length = 0
        #: Where each record begins, of those that say it.
        self.starts = array("q")
        self._open: dict[int, list[_T_co]] = {}
        rest = iter(records)
        while some := list(itertools.islice(rest, block)):
            self._blocks.append(pack(some))
            self._length += len(some)
            self.starts.extend(_starts(some))

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, at: int) -> _T_co: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[_T_co]: ...
    def __getitem__(self, at: int | slice) -> _T_co | Sequence[_T_co]:
        if isinstance(at, int):
            return self._one(at)
        return [self._one(i) for i in range(*at.indices(self._length))]

    def __iter__(self) -> Iterator[_T_co]:
        for block in self._blocks:
            yield from unpack(block)

    def _one(self, at: int) -> _T_co:
        if at < 0:
            at += self._length
        if not 0 <= at < self._length:
            raise IndexError(at)
        number, place = divmod(at, self._size)
        block = self._open.get(number)
        if block is None:
            block = unpack(self._blocks[number])
            if len(self._open) >= _OPEN:
                del self._open[next(iter(self._open))]
            self._open[number] = block
        return block[place]


def starting_at(records: Sequence[_P], place: int, lo: int = 0) -> int:
    """How many of many records in text order begin before a place.

    Example:
        >>> from speechmine.model import Section
        >>> starting_at([Section("s1", None, 1, "", "甲", n, n + 1) for n in (0, 5)], 5)
        1
    """
    starts: Sequence[int] | None = getattr(records, "starts", None)
    if starts is None:
        return bisect_left(records, place, lo, key=_start_of)
    return bisect_left(starts, place, lo)


def starting_after(records: Sequence[_P], place: int) -> int:
    """How many of many records in text order begin at a place or before it."""
    starts: Sequence[int] | None = getattr(records, "starts", None)
    if starts is None:
        return bisect_right(records, place, key=_start_of)
    return bisect_right(starts, place)


def _start_of(record: _Placed) -> int:
    return record.start or 0


def _starts(block: Sequence[Any]) -> list[int]:
    return [record.start or 0 for record in block] if hasattr(block[0], "start") else []


class _Pickler(pickle.Pickler):
    """Records by their fields: many times as fast as by name and state."""

    dispatch_table = copyreg.dispatch_table.copy()

    def reducer_override(self, record: object) -> Any:
        """What makes a record again; nothing of one's own for other objects."""
        kind = type(record)
        if dataclasses.is_dataclass(kind):
            return kind, values_of(kind)(record)
        return NotImplemented


def pack(value: object) -> bytes:
    """A record, or several in builtin collections, as bytes that this very process reads.

    Example:
        >>> unpack(pack({(0, 2): ("甲局",)}))
        {(0, 2): ('甲局',)}
    """
    stream = io.BytesIO()
    _Pickler(stream, pickle.HIGHEST_PROTOCOL).dump(value)
    return zlib.compress(stream.getvalue(), _LEVEL)


def unpack(packed: bytes) -> Any:
    """What :func:`pack` was given, made anew."""
    # Bytes of this very process: nothing from outside is unpickled.
    return pickle.loads(zlib.decompress(packed))  # noqa: S301


def in_order(*groups: Sequence[_P]) -> Iterator[_P]:
    """The records of several groups in the order of their places; of one place, as they come.

    Example:
        >>> from speechmine.model import Notice
        >>> some = [Notice("b", "", 2), Notice("a", "", 1)]
        >>> [notice.code for notice in in_order(some, [Notice("c", "", 1)])]
        ['a', 'c', 'b']
    """
    if any(isinstance(group, Packed) for group in groups):
        return heapq.merge(*map(_ordered, groups), key=_start_of)
    return iter(_ordered([*itertools.chain.from_iterable(groups)]))


def _ordered(records: Sequence[_P]) -> Iterable[_P]:
    """Packed records are not all unpacked to be put in order."""
    if not records:
        return ()
    starts = records.starts if isinstance(records, Packed) else _starts(records)
    return map(records.__getitem__, sorted(range(len(starts)), key=starts.__getitem__))
