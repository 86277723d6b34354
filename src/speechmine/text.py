"""The matching view: a cleaned copy of a text that remembers where each character came from.

Rules match on the view (half-width digits, Simplified characters, no blanks inside numbers or
between spread-out characters, no zero-width marks, no line break inside a sentence); records quote
the original. The original is never changed.
"""

from __future__ import annotations

import dataclasses
import html
import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from speechmine.changes import changed
from speechmine.characters import as_written, plain
from speechmine.packed import starting_at
from speechmine.patterns import compiled
from speechmine.spacing import spread_blanks, torn_breaks
from speechmine.typed_marks import BEHIND_DIGITS, with_known_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from _typeshed import DataclassInstance

    Record = TypeVar("Record", bound=DataclassInstance)

__all__ = ["TextView", "legible", "starting_in", "view_of", "view_of_parts"]

# Pictures set before a point (a tick, a pin, a warning sign) say no more than a blank does.
_PICTURES = (
    *range(0x1F000, 0x1FB00),
    *(*range(0x23E9, 0x23FB), *range(0x2795, 0x2798), *range(0x270A, 0x270E)),
    *(0x231A, 0x231B, 0x260E, 0x26A0, 0x26A1, 0x2705, 0x2728, 0x274C, 0x274E, 0x2757),
    *(0x2753, 0x2754, 0x2755, 0x2764, 0x27A1, 0x2B50, 0x2B55),
)
# One character for one character. Full-width punctuation carries structure and stays.
_WIDTH: dict[int, int | str] = {
    **{0xFF10 + i: 0x30 + i for i in range(10)},
    **{0xFF21 + i: 0x41 + i for i in range(26)},
    **{0xFF41 + i: 0x61 + i for i in range(26)},
    ord("％"): "%",
    ord("＋"): "+",
    ord("／"): "/",
    **dict.fromkeys([*range(0x2000, 0x200B), 0x202F, 0x205F, *_PICTURES], " "),
    ord("\u3000"): " ",
    ord("\u00a0"): " ",
    ord("\t"): " ",
    ord("\r"): "\n",
    ord("\u2028"): "\n",
    ord("\u2029"): "\n",
    ord("∶"): "：",
}
_PLANE = 0x10000
# Signs of the first plane alone make a class that is looked through in one step.
_WIDE = compiled(f"[{''.join(chr(code) for code in _WIDTH if code < _PLANE)}]")
_PICTURE = compiled("[\U0001f000-\U0001faff]")
# The mark itself stands first in the pattern: ``re`` passes over all places without one.
_DASH_BETWEEN_DIGITS = compiled(r"[－—–‐‑−~～](?<=[\d%].)(?=\d)")
_POINT_BETWEEN_DIGITS = compiled(r"[．·](?<=\d.)(?=\d)|．(?<=\d ．)(?=\d)")
# Zero-width marks, byte-order mark, soft hyphen, bidirectional controls, variation selectors.
_INVISIBLE = (
    "\u200b-\u200f\u2060-\u2064\u2066-\u2069\ufeff\u00ad\u202a-\u202e"
    "\ufe00-\ufe0f\U000e0100-\U000e01ef"
)
# The text is not one of the rules yet: what they match on is made here.
# 「1 0 ％」, 「3 5 5 5 万人」: blanks inside one number. A blank between two complete numbers of a
# table would be glued too; a reader that keeps tables apart never shows one here.
_DROPPED = compiled(
    rf"(?=[{_INVISIBLE} \n])(?:[{_INVISIBLE}]+|(?<=\d) +(?=[\d{BEHIND_DIGITS}.])|(?<=\.) +(?=\d)"
    r"|(?<=M)\n(?=2\n)|(?<=M\n2)\n"
    # 「2026 年 6 月 30 日」, and a date that a line break tears.
    r"|(?<=[年月至到]) +(?=\d{1,2} *[月日])|(?<=\d年)\n(?=\d{1,2}月)|(?<=\d月)\n(?=\d{1,2}日))"
)


# &nbsp;, and &amp;nbsp; of a text that was written as a page twice.
_ENTITY = compiled(r"&(?:amp;)*(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_UNSEEN = compiled(f"[{_INVISIBLE}]+")
_NO_SIGN = "\ufffd"
# So far behind a place the words that begin there are looked for.
_NEAR = 2000
# Of the number that a title stands behind.
_LONGEST_MARK = 24


@dataclass(frozen=True, slots=True)
class TextView:
    """A cleaned text and the way back.

    Attributes:
        text: the cleaned text that rules match on.
        original: the text as read.
        origin: for each view offset the original offset, one more for the end; None where
            nothing was dropped, so that offsets are the same.
        reread: whether some characters are read as others (縣 as 县).
    """

    text: str
    original: str
    origin: Sequence[int] | None
    reread: bool = False

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
        last = self.origin[end - 1]
        entity = _ENTITY.match(self.original, last) if self.original[last] == "&" else None
        return self.origin[start], entity.end() if entity else last + 1

    def quote(self, start: int, end: int) -> str:
        """What the original says at a view span.

        Example:
            >>> view_of("增长１０％").quote(2, 5)
            '１０％'
        """
        first, last = self.place(start, end)
        return self.original[first:last]

    def written(self, said: str, since: int = 0) -> str:
        """Words of the view as the original has them where it writes Traditional characters.

        Args:
            said: words of the view, perhaps without some of its blanks.
            since: where they stand, or before that.

        Example:
            >>> view_of("縣長　林遠山").written("林远山")
            '林遠山'
        """
        if not self.reread:
            return said
        return " ".join(self._written(piece, since) for piece in said.split(" "))

    def _written(self, said: str, since: int) -> str:
        spread = compiled(r"\s*".join(map(re.escape, said)))
        found = spread.search(self.text, since, since + _NEAR)
        if found is None:
            return said
        places = (at for at in range(*found.span()) if not self.text[at].isspace())
        # one for one: of an entity (&amp;) only its first, which is never kept
        typed = "".join(self.original[self.place(at, at + 1)[0]] for at in places)
        return as_written(typed, said)

    def _as_titled(self, title: str, since: int) -> str:
        """A title as the original has it, in one line."""
        at = self.text.find(title, since, since + _NEAR)
        if at < 0 or not title:
            return self.written(title, since)
        return "".join(self.quote(at, at + len(title)).splitlines())

    def restore(self, record: Record) -> Record:
        """The same record with offsets, ``text`` and ``title`` of the original."""
        fields: Any = record
        if fields.start is None or self.text is self.original:
            return record
        start, end = self.place(fields.start, fields.end)
        if self.origin is None and not self.reread and self._says_the_same(fields):
            return record
        changes: dict[str, Any] = {"start": start, "end": end}
        if hasattr(record, "text"):
            changes["text"] = self.original[start:end]
        if hasattr(record, "title"):
            changes["title"] = self._as_titled(fields.title, fields.start)
        return changed(record, **changes)

    def _says_the_same(self, record: Any) -> bool:
        title: str = getattr(record, "title", "")
        said: str = getattr(record, "text", None) or ""
        start, end = record.start, record.start + len(title) + _LONGEST_MARK
        return self.original.startswith(said, start) and title in self.original[start:end]


def legible(quote: str) -> str:
    r"""What a reader sees of a quotation: signs for entities, no marks that do not show.

    Example:
        >>> legible("供\u200b水&nbsp;管网改\u00ad造&ldquo;一网&rdquo;")
        '供水\xa0管网改造“一网”'
    """
    if "&" in quote:
        quote = _through_entities(quote)
    return _UNSEEN.sub("", quote)


def _through_entities(text: str) -> str:
    pieces, at = [], 0
    for start, end, sign in _entities(text):
        pieces += [text[at:start], sign]
        at = end
    return "".join([*pieces, text[at:]])


def view_of(text: str) -> TextView:
    """Clean a text for matching.

    Args:
        text: any text.

    Returns:
        The view; as long as the text unless blanks inside numbers, blanks between spread-out
        characters or invisible marks went.

    Example:
        >>> view_of("增长１０％左右").text
        '增长10%左右'
        >>> view_of("縣 水 務 局 修 渠").text
        '县水务局修渠'
    """
    if "&" in text and (entities := list(_entities(text))):
        return dataclasses.replace(_through(*_without_entities(text, entities)), reread=True)
    read = plain(text)
    spread = spread_blanks(read)
    if spread:
        close = _dropping(read, text, spread)
        view = _through(close, _cleaned(close.text, close.text))
    else:
        view = _cleaned(read, text)
    return view if read is text else dataclasses.replace(view, reread=True)


def _narrowed(text: str) -> str:
    return text.translate(_WIDTH) if _WIDE.search(text) or _PICTURE.search(text) else text


def _cleaned(read: str, text: str) -> TextView:
    """The view of a text from its reading in plain characters, which is as long."""
    wide = _narrowed(read)
    marked = with_known_marks(wide)
    same = _DASH_BETWEEN_DIGITS.sub("-", _POINT_BETWEEN_DIGITS.sub(".", marked))
    dropped = sorted([*(match.span() for match in _DROPPED.finditer(same)), *torn_breaks(read)])
    if dropped:
        view = _dropping(same, text, dropped)
    else:
        view = TextView(text if same == text else same, text, None)
    return view if marked == wide else dataclasses.replace(view, reread=True)


def _entities(text: str) -> Iterator[tuple[int, int, str]]:
    """&nbsp; and the like, left in the text by a web page, with the sign that each stands for."""
    for match in _ENTITY.finditer(text):
        sign = html.unescape(f"&{match[1]};")
        if len(sign) == 1 and sign != _NO_SIGN:
            yield match.start(), match.end(), sign


def _without_entities(
    text: str, entities: Sequence[tuple[int, int, str]]
) -> tuple[TextView, TextView]:
    """The text with a sign for each entity, and the view of that."""
    signs = list(text)
    for start, _, sign in entities:
        signs[start] = sign
    first = _dropping("".join(signs), text, [(start + 1, end) for start, end, _ in entities])
    return first, view_of(first.text)


def _through(first: TextView, second: TextView) -> TextView:
    """The view of a view, with the way back to the first one's original."""
    if first.origin is None or second.origin is None:
        origin = first.origin or second.origin
    else:
        origin = array("I", [first.origin[at] for at in second.origin])
    return TextView(second.text, first.original, origin, second.reread)


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
    origin = array("I")
    for start, view in views:
        kept = range(len(view.text)) if view.origin is None else view.origin[: len(view.text)]
        origin.extend(start + at for at in kept)
    origin.append(parts[-1][1] if parts else 0)
    reread = any(view.reread for _, view in views)
    return TextView("".join(view.text for _, view in views), text, origin, reread)


def _dropping(same: str, text: str, dropped: Iterable[tuple[int, int]]) -> TextView:
    pieces: list[str] = []
    origin = array("I")  # as long as the text
    at = 0
    for start, end in dropped:
        pieces.append(same[at:start])
        origin.extend(range(at, start))
        at = max(at, end)
    pieces.append(same[at:])
    origin.extend(range(at, len(same) + 1))
    return TextView("".join(pieces), text, origin)


class _Beginning(Protocol):
    @property
    def start(self) -> int | None: ...


_P = TypeVar("_P", bound=_Beginning)


def starting_in(records: Sequence[_P], start: int, end: int) -> Sequence[_P]:
    """Those of many records in text order that begin in ``start`` to ``end``, looked up.

    Example:
        >>> from speechmine.extractors.quantities import find_quantities
        >>> from speechmine.rules.loader import default_rules
        >>> found = find_quantities("投资增长5%，出口增长3%", default_rules())
        >>> [quantity.text for quantity in starting_in(found, 0, 7)]
        ['5%']
    """
    try:
        starts: Sequence[int] = records.starts  # type: ignore[attr-defined]  # of held records
    except AttributeError:
        first = starting_at(records, start)
        return records[first : starting_at(records, end, first)]
    first = bisect_left(starts, start)
    if first == len(starts) or starts[first] >= end:  # as nearly always
        return ()
    return records[first : bisect_left(starts, end, first)]
