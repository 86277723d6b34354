"""Two times that are one: 今年 + 汛期前, 即日起 + 至12月31日, 7月10日、8月10日分两次."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from speechmine.model import Deadline

if TYPE_CHECKING:
    from speechmine.grammar.lexicon import TimeLexicon

__all__ = ["one_time"]


def one_time(
    last: Deadline, time: Deadline, text: str, *, lexicon: TimeLexicon, opens: bool
) -> Deadline | None:
    """The time that two make which follow each other; None where each stands for itself.

    Args:
        last: the time before.
        time: the time behind it.
        text: in which they stand, with quoted names blanked out.
        lexicon: the tables of time.
        opens: whether the time before may belong to an event behind it.
    """
    if opens and _belongs(last, time, text, lexicon):
        return _joined(last, time)
    if _reaches(last, time, text, lexicon):
        return _stretch(last, time)
    return _listed(last, time) if _lists(last, time, text, lexicon) else None


def _belongs(opener: Deadline, time: Deadline, text: str, lexicon: TimeLexicon) -> bool:
    """今年|汛期前, 6月起|每月, 9月份|新货下来之前: right behind, if only with its name."""
    start, end = time.start or 0, opener.end or 0
    if start > end and not lexicon.parts["opener.join"].fullmatch(text, end, start):
        return False
    return time.event is not None or (opener.kind == "within" and time.kind == "recurring")


def _joined(opener: Deadline, time: Deadline) -> Deadline:
    """今年 + 汛期前 is one time, and so are 每年 + 春节前, 6月起 + 每月."""
    masked = opener.masked or time.masked
    if opener.kind != "recurring" or time.kind == "recurring":
        return dataclasses.replace(time, start=opener.start, masked=masked)
    return dataclasses.replace(opener, end=time.end, event=time.event)


def _reaches(since: Deadline, until: Deadline, text: str, lexicon: TimeLexicon) -> bool:
    """即日起 + 至12月31日 are one stretch."""
    start, end = until.start or 0, since.end or 0
    if start != end or (since.kind, until.kind) != ("within", "by"):
        return False
    parts = lexicon.parts
    opened = parts["stretch.since"].search(text, since.start or 0, end)
    return bool(opened and parts["stretch.until"].match(text, start))


def _stretch(since: Deadline, until: Deadline) -> Deadline:
    if until.kind == "at" and until.edtf is not None:
        until = dataclasses.replace(until, edtf=f"../{until.edtf}", earliest=None)
    known = since.edtf is not None and until.edtf is not None
    edtf = f"{since.edtf}{until.edtf}".replace("....", "..").replace("/../", "/") if known else None
    whole = dataclasses.replace(
        until,
        kind="within",
        start=since.start,
        edtf=edtf,
        earliest=since.earliest,
        masked=since.masked or until.masked,
    )
    return _without_value(whole) if _is_backwards(whole) else whole


def _is_backwards(time: Deadline) -> bool:
    """即日起至上月29日: over before it begins."""
    return time.earliest is not None and time.latest is not None and time.earliest > time.latest


def _without_value(time: Deadline) -> Deadline:
    return dataclasses.replace(time, edtf=None, earliest=None, latest=None, note="time_backwards")


def _lists(first: Deadline, time: Deadline, text: str, lexicon: TimeLexicon) -> bool:
    """7月10日、8月10日分两次报告, 3月和9月各查一次: of a deed that is done on each."""
    if first.kind != time.kind or time.kind not in ("at", "within"):
        return False
    parts = lexicon.parts
    joined = parts["list.join"].fullmatch(text, first.end or 0, time.start or 0)
    plain = first.event is None and time.event is None and time.duration is None
    return bool(joined and plain and parts["list.each"].match(text, time.end or 0))


def _listed(first: Deadline, last: Deadline) -> Deadline:
    """From the first day to the last one, and no single date."""
    return dataclasses.replace(last, start=first.start, edtf=None, earliest=first.earliest)
