"""The matching view: a cleaned copy of a text that remembers where each character came from.

Rules match on the view (half-width digits, no blanks inside numbers, no zero-width marks, no
line break inside a sentence); records quote the original. The original is never changed.
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from speechmine.lines import torn_breaks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from _typeshed import DataclassInstance

    Record = TypeVar("Record", bound=DataclassInstance)

__all__ = ["TextView", "starting_in", "view_of", "view_of_parts"]

# One character for one character. Full-width punctuation carries structure and stays.
_WIDTH: dict[int, int | str] = {
    **{0xFF10 + i: 0x30 + i for i in range(10)},
    **{0xFF21 + i: 0x41 + i for i in range(26)},
    **{0xFF41 + i: 0x61 + i for i in range(26)},
    ord("％"): "%",
    ord("＋"): "+",
    ord("／"): "/",
    ord("\u3000"): " ",
    ord("\u00a0"): " ",
    ord("\t"): " ",
    ord("\r"): "\n",
    ord("\u2028"): "\n",
    ord("\u2029"): "\n",
    ord("∶"): "：",
}
_DASH_BETWEEN_DIGITS = re.compile(r"(?<=[\d%])[－—–‐‑−~～](?=\d)")
_POINT_BETWEEN_DIGITS = re.compile(r"(?<=\d)[．·](?=\d)|(?<=\d )．(?=\d)")
# Zero-width marks, byte-order mark, soft hyphen, bidirectional controls.
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e"
_UNIT = "%％个万亿千百元吨人户家项亩年月日公里米度名倍岁成"
# 「1 0 ％」, 「3 5 5 5 万人」: blanks inside one number. A blank between two complete numbers of a
# table would be glued too; a reader that keeps tables apart never shows one here.
_DROPPED = re.compile(
    rf"[{_INVISIBLE}]+|(?<=\d) +(?=[\d{_UNIT}.])|(?<=\.) +(?=\d)|(?<=M)\n(?=2\n)|(?<=M\n2)\n"
    # 「2026 年 6 月 30 日」, and a date that a line break tears.
    r"|(?<=[年月至到]) +(?=\d{1,2} *[月日])|(?<=\d年)\n(?=\d{1,2}月)|(?<=\d月)\n(?=\d{1,2}日)"
)


@dataclass(frozen=True, slots=True)
class TextView:
    """A cleaned text and the way back.

    Attributes:
        text: the cleaned text that rules match on.
        original: the text as read.
        origin: for each view offset the original offset, one more for the end; None where
            nothing was dropped, so that offsets are the same.
    """

    text: str
    original: str
    origin: Sequence[int] | None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Original offsets of a view span.

        Example:
            >>> view_of("增长1 0 ％左右").place(2, 5)
            (2, 7)
        """
        if self.origin is None:
            return start, end
        if start >= end:
            return self.origin[start], self.origin[start]
        return self.origin[start], self.origin[end - 1] + 1

    def quote(self, start: int, end: int) -> str:
        """What the original says at a view span.

        Example:
            >>> view_of("增长１０％").quote(2, 5)
            '１０％'
        """
        first, last = self.place(start, end)
        return self.original[first:last]

    def restore(self, record: Record) -> Record:
        """The same record with offsets and ``text`` of the original."""
        fields: Any = record
        if fields.start is None or self.text is self.original:
            return record
        start, end = self.place(fields.start, fields.end)
        changes: dict[str, Any] = {"start": start, "end": end}
        if hasattr(record, "text"):
            changes["text"] = self.original[start:end]
        return dataclasses.replace(record, **changes)


def view_of(text: str) -> TextView:
    """Clean a text for matching.

    Args:
        text: any text.

    Returns:
        The view; as long as the text unless blanks inside numbers or invisible marks went.

    Example:
        >>> view_of("增长１０％左右").text
        '增长10%左右'
    """
    same = text.translate(_WIDTH)
    same = _DASH_BETWEEN_DIGITS.sub("-", _POINT_BETWEEN_DIGITS.sub(".", same))
    dropped = sorted([*(match.span() for match in _DROPPED.finditer(same)), *torn_breaks(text)])
    if dropped:
        return _dropping(same, text, dropped)
    return TextView(text if same == text else same, text, None)


def view_of_parts(text: str, parts: Sequence[tuple[int, int]]) -> TextView:
    """The view of some parts of a text, one after the other; the rest is not seen.

    Each part is cleaned by itself.

    Args:
        text: any text.
        parts: spans in order, without overlap.

    Example:
        >>> view = view_of_parts("前言（表）后语", [(0, 2), (5, 7)])
        >>> view.text, view.place(2, 4)
        ('前言后语', (5, 7))
    """
    if list(parts) == [(0, len(text))]:
        return view_of(text)
    views = [(start, view_of(text[start:end])) for start, end in parts]
    origin: list[int] = []
    for start, view in views:
        kept = range(len(view.text)) if view.origin is None else view.origin[: len(view.text)]
        origin.extend(start + at for at in kept)
    origin.append(parts[-1][1] if parts else 0)
    return TextView("".join(view.text for _, view in views), text, origin)


def _dropping(same: str, text: str, dropped: Iterable[tuple[int, int]]) -> TextView:
    pieces: list[str] = []
    origin: list[int] = []
    at = 0
    for start, end in dropped:
        pieces.append(same[at:start])
        origin.extend(range(at, start))
        at = max(at, end)
    pieces.append(same[at:])
    origin.extend(range(at, len(same) + 1))
    return TextView("".join(pieces), text, origin)


class _Placed(Protocol):
    @property
    def start(self) -> int | None: ...


_P = TypeVar("_P", bound=_Placed)


def starting_in(records: Sequence[_P], start: int, end: int) -> Sequence[_P]:
    """Those of many records in text order that begin in ``start`` to ``end``, looked up.

    Example:
        >>> from speechmine.extractors.quantities import find_quantities
        >>> [q.text for q in starting_in(find_quantities("投资增长5%，出口增长3%"), 0, 7)]
        ['5%']
    """
    first = bisect_left(records, start, key=_start_of)
    return records[first : bisect_left(records, end, lo=first, key=_start_of)]


def _start_of(record: _Placed) -> int:
    return record.start or 0
