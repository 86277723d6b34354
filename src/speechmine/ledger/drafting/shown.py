"""Times of the words that a row shows, so that its cells agree with them."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

from speechmine.find import find_times
from speechmine.ledger.cells import squeezed
from speechmine.ledger.layout import ledger_words
from speechmine.model import Deadline, Document

__all__ = ["is_judging", "is_term", "owed_times", "times_words"]

_OPEN, _CLOSE = "（(《“‘【", "）)》”’】"
_DATED = frozenset(("by", "within", "at", "before_event", "after_event"))
_MARKS = ("", "，", ",")


def owed_times(said: str, document: Document, own: Deadline) -> tuple[Deadline, ...]:
    """Times that something is owed by in the words of a row, with that of its task, in order.

    A cycle of something inside, a time that is over and a year that names something (2025年方案)
    are none; a time that the task has from elsewhere stands first.

    Args:
        said: the words that the row shows.
        document: whose words they are.
        own: the time of its task; its text is None where it has none.

    Returns:
        Times with offsets in ``said``; the task's own without them where it stands elsewhere.

    Example:
        >>> said = "6月10日前公布方案，年底前交付96套"
        >>> own = Deadline("by", "年底前", latest="2024-12-31")
        >>> [time.text for time in owed_times(said, Document(said, date="2024-01-05"), own)]
        ['6月10日前', '年底前']
    """
    at = said.find(own.text) if own.text else -1
    place = (at, at + len(own.text or "")) if at >= 0 else (-1, -1)
    others = [
        time
        for time in find_times(said, document.date)
        if not _meet(_span(time), place) and _is_owed(said, time, document.date)
    ]
    kept = [time for time in others if squeezed(time.text or "") not in squeezed(own.text or "")]
    if not own.text:
        return tuple(kept)
    mine = Deadline(own.kind, own.text, *place, latest=own.latest)
    return tuple(sorted((mine, *kept), key=lambda time: time.start or 0))


def times_words(said: str, times: Sequence[Deadline]) -> str:
    """Times as one cell says them; two that only a comma parts as the text has them.

    Args:
        said: the words that the row shows.
        times: of them, in order.

    Example:
        >>> said = "5月6日起，每个星期不少于4次"
        >>> times_words(said, owed_times(said, Document(said), Deadline("recurring", "每个星期")))
        '5月6日起，每个星期'
    """
    words, behind = "", -1
    for time in times:
        start, end = _span(time)
        gap = said[behind:start] if 0 <= behind <= start else None
        joined = gap is not None and gap in _MARKS
        text = time.text or ""
        if text and (joined or text not in words.split("；")):
            words += ((gap or "") if joined else "；" if words else "") + text
        behind = end
    return words


def _span(time: Deadline) -> tuple[int, int]:
    return (-1 if time.start is None else time.start, -1 if time.end is None else time.end)


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _is_owed(said: str, time: Deadline, day: str | None) -> bool:
    """Whether a time says when something here is owed."""
    words = _words()
    start, end = _span(time)
    text = time.text or ""
    before, after = said[:start], said[end:]
    if words["span"].search(text) and words["holding"].search(before):
        return words["held_then"].match(after) is not None
    if time.kind not in _DATED or words["past"].match(text) or _is_inside(before):
        return False
    if is_term(text, after) or is_judging(before, after):
        return False
    if words["held"].match(after) or (day and time.latest and time.latest < day):
        return False
    if words["limit"].search(text):
        return words["told"].search(before) is None
    year = words["year"].fullmatch(text) or words["plain"].search(text)
    return year is not None and words["opening"].search(before) is not None


def is_term(time: str, after: str) -> bool:
    """Whether a length says how long something is barred, and not by when it is owed.

    Args:
        time: its words.
        after: the words behind it.

    Example:
        >>> is_term("三年内", "不再安排"), is_term("三年内", "建成")
        (True, False)
    """
    words = _words()
    return words["term"].search(time) is not None and words["barred"].match(after) is not None


def is_judging(before: str, after: str) -> bool:
    """Whether a time is that of a threat or of what a deed counts in, and no deadline.

    Args:
        before: the words before the time.
        after: the words behind it.

    Example:
        >>> is_judging("结果纳入", "考核"), is_judging("", "评优一票否决"), is_judging("", "交付")
        (True, True, False)
    """
    words = _words()
    return words["judged"].match(after) is not None or words["counting"].search(before) is not None


def _is_inside(before: str) -> bool:
    """Whether what follows stands in brackets or quotes."""
    return any(before.count(a) > before.count(b) for a, b in zip(_OPEN, _CLOSE, strict=True))


@functools.cache
def _words() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(str(said)) for name, said in ledger_words()["shown"].items()}
