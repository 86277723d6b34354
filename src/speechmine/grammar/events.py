"""Times tied to an event: 汛期前, 项目竣工前, 会后7日内, 春节前, 提前开工."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from speechmine.borders import NAME, start_before
from speechmine.grammar.holidays import next_holiday
from speechmine.grammar.lengths import moved
from speechmine.grammar.periods import day_period, days_after
from speechmine.grammar.ranges import Reading

if TYPE_CHECKING:
    from speechmine.grammar.said import Said
    from speechmine.model import DeadlineKind

__all__ = ["EVENTS"]

# How far an event's name may reach back before its verb (新校区投用).
_LONGEST_NAME = 12
_LONGEST_CLAUSE = 40
_RELATIONS: tuple[DeadlineKind, ...] = ("before_event", "within", "at")


def _event(said: Said) -> Reading:
    """An event gives no date; its name is kept."""
    start = said.match.start
    if said["verb"]:
        start = _name_start(said, start)
    elif said["led"]:  # 在雨前转移: the preposition is no part of it
        start = _group_start(said, "noun")
    form = "after" if said["after"] else "relation"
    name = said.text[start : _group_start(said, form)]
    return said.time(kind=_kind(said, form), start=start, event=name, duration=said.length)


def _group_start(said: Said, name: str) -> int:
    return next(start for group, start, _ in said.match.groups if group == name)


def _kind(said: Said, form: str) -> DeadlineKind:
    """What the words behind an event say; 后 where they say nothing else."""
    words, parts = said[form] or "", said.lexicon.parts
    return next((k for k in _RELATIONS if parts[f"relation.{k}"].search(words)), "after_event")


def _name_start(said: Said, verb: int) -> int:
    """Where the name of an event begins: behind the clause's edge or the last function word."""
    floor = max(0, verb - _LONGEST_NAME)
    edge = start_before(NAME, said.text, verb, floor)
    word = start_before(said.lexicon.parts["event.boundary"], said.text, verb, floor)
    bounded = max(edge, word) > floor or floor == 0
    return max(edge, word) if bounded else verb


def _holiday(said: Said) -> Reading:
    """A holiday as event; a date only for the day itself, in a year that is written.

    五一期间 stands for that day too, as the holiday is the same in every year.
    """
    name, relation = said["number"] or said["holiday"] or "", said["relation"] or ""
    kind, parts = _kind(said, "relation"), said.lexicon.parts
    around = parts["relation.around"].search(relation) is not None
    more: dict[str, Any] = {"event": name, "modifier": relation if around else None}
    value, year = said.word("holiday", name) or "", said.anchor.stated
    day = next_holiday(value, year, said.anchor.date)
    fixed = " " not in value and parts["relation.during"].search(relation) is not None
    if day is not None and (fixed or (kind == "at" and year is not None)):
        return said.time(day_period(day), kind=kind, **more)
    eve = days_after(day, -1) if day is not None else None
    if eve is not None and kind == "before_event":
        more["latest"] = eve.isoformat()
    if day is not None and kind == "after_event":
        more["earliest"] = day.isoformat()
    return said.time(kind=kind, **more)


def _holiday_day(said: Said) -> Reading:
    """A holiday as such: a date in a year that is written, else the next one to sort by."""
    name, year = said["number"] or said["holiday"] or "", said.anchor.stated
    day = next_holiday(said.word("holiday", name) or "", year, said.anchor.date)
    shown = day.isoformat() if day is not None else None
    edtf = shown if year is not None else None
    return said.time(event=name, edtf=edtf, earliest=shown, latest=shown)


def _meeting(said: Said) -> Reading:
    """会后7日内: bounds from the day of the speech, which is the day of the meeting."""
    meeting, date = said.match.rule.attribute("event"), said.anchor.date
    if said["same"]:
        return said.time(kind="at", event=meeting)
    kind = _kind(said, "relation" if said["relation"] else "before")
    more: dict[str, Any] = {"event": meeting, "duration": said.length}
    if date is not None and kind == "after_event":
        last = moved(date, more["duration"])
        more["earliest"] = date.isoformat()
        more["latest"] = last.isoformat() if last is not None else None
        more["edtf"] = f"../{last.isoformat()}" if last is not None else None
    return said.time(kind=kind, **more)


def _ahead(said: Said) -> Reading:
    """提前 with an event verb behind it, or before it in the clause (计划开工项目要提前…)."""
    event, at = said["verb"], said.match.start
    if event is None:
        clause = start_before(NAME, said.text, at, max(0, at - _LONGEST_CLAUSE))
        verbs = said.lexicon.parts["event.verb"].findall(said.text, clause, at)
        event = verbs[-1] if verbs else None
    return Reading(None) if event is None else said.time(event=event)


#: How an event is read, by the ``value`` of its entry in ``times``.
EVENTS: Mapping[str, Callable[[Said], Reading]] = {
    "event": _event,
    "holiday": _holiday,
    "holiday_day": _holiday_day,
    "meeting": _meeting,
    "ahead": _ahead,
}
