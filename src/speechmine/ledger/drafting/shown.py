"""Times of the words that a row shows, so that its cells agree with them."""

from __future__ import annotations

from collections.abc import Sequence

from speechmine.find import find_times
from speechmine.ledger.cells import squeezed
from speechmine.ledger.layout import ledger_patterns
from speechmine.model import Deadline, Document

__all__ = ["is_of_rule", "owed_times", "times_words"]

_BRACKETS = ("（）", "()", "《》", "“”", "‘’", "【】")
_DATED = frozenset(("by", "within", "at", "before_event", "after_event"))


def owed_times(said: str, document: Document, own: Deadline) -> tuple[Deadline, ...]:
    """Times that something is owed by in the words of a row, with that of its task, in order.

    Args:
        said: the words that the row shows.
        document: whose words they are.
        own: the time of its task; its text is None where it has none.

    Example:
        >>> said = "6月10日前公布方案，年底前交付96套"
        >>> own = Deadline("by", "年底前", latest="2024-12-31")
        >>> [time.text for time in owed_times(said, Document(said, date="2024-01-05"), own)]
        ['6月10日前', '年底前']
    """
    at = said.find(own.text) if own.text else -1
    place = (at, at + len(own.text or "")) if at >= 0 else (-1, -1)  # where it stands elsewhere
    kept = [
        time
        for time in find_times(said, document.date)
        if not (_span(time)[0] < place[1] and place[0] < _span(time)[1])
        and squeezed(time.text or "") not in squeezed(own.text or "")
        and _is_owed(said, time, document.date)
    ]
    mine = [Deadline(own.kind, own.text, *place, latest=own.latest)] if own.text else []
    return tuple(sorted((*mine, *kept), key=_span))


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
        gap = said[behind:start] if 0 <= behind <= start else "；"
        mark = gap if gap in ("", "，", ",") else "；"
        if mark != "；" or time.text not in words.split("；"):
            words += (mark if words else "") + (time.text or "")
        behind = end
    return words


def _span(time: Deadline) -> tuple[int, int]:
    return (-1 if time.start is None else time.start, -1 if time.end is None else time.end)


def _is_owed(said: str, time: Deadline, day: str | None) -> bool:
    """Whether a time says by or in when something is owed: 6月底前; 全年 at a clause's opening."""
    words = ledger_patterns("shown")
    start, end = _span(time)
    text, before, after = time.text or "", said[:start], said[end:]
    inside = any(before.count(pair[0]) > before.count(pair[1]) for pair in _BRACKETS)
    over = words["past"].match(text) or (day and time.latest and time.latest < day)
    other = inside or over or words["held"].match(after) or is_of_rule(before, text, after)
    if time.kind not in _DATED or other:
        return False
    if words["limit"].search(text):
        return words["of"].search(before) is None
    return bool(words["plain"].search(text) and words["opening"].search(before))


def is_of_rule(before: str, time: str, after: str) -> bool:
    """Whether a time is that of a rule: what a deed counts in, how long something is barred.

    Args:
        before: the words before the time.
        time: its words.
        after: the words behind it.

    Example:
        >>> is_of_rule("结果纳入", "年底", "考核"), is_of_rule("", "年底", "考核不合格的")
        (True, True)
        >>> is_of_rule("", "三年内", "不再安排"), is_of_rule("", "三年内", "建成")
        (True, False)
    """
    words = ledger_patterns("shown")
    barred = words["term"].search(time) and words["barred"].match(after)
    return bool(barred or words["judged"].match(after) or words["counting"].search(before))
