"""Times tied to an event: 汛期前, 项目竣工前, 会后7日内, 春节前, 合同签订后10日内.

The lunar holidays need the optional library ``borax``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from speechmine.borders import NAME, STATEMENT, start_before
from speechmine.grammar.lengths import moved
from speechmine.grammar.periods import day_period, days_after, years
from speechmine.grammar.ranges import TimeReading

if TYPE_CHECKING:
    from speechmine.grammar.lexicon import TimeLexicon
    from speechmine.grammar.said import Said
    from speechmine.model import DeadlineKind

__all__ = [
    "EVENTS",
    "Condition",
    "condition_before",
    "holiday_date",
    "is_conditional",
    "next_holiday",
]

# How far an event's name may reach back before its verb (新校区投用).
_LONGEST_NAME = 12
_LONGEST_CLAUSE = 40
_RELATIONS: tuple[DeadlineKind, ...] = ("before_event", "within", "at")


def _event(said: Said) -> TimeReading:
    """An event gives no date; its name is kept."""
    start = said.match.start
    if said["verb"] or said.match.rule.flag("named_before"):
        start = _name_start(said, start)
    elif said["led"]:  # 在雨前转移: the preposition is no part of it
        start = _group_start(said, "noun")
    form = "after" if said["after"] else "relation"
    end = _group_start(said, form) if said[form] is not None else said.match.end
    name = said.text[start:end]
    kind = _kind(said, form)
    if kind == "after_event" and said.lexicon.parts["event.own_paper"].search(name):
        return said.time(kind=kind, start=start, event=name, **_since_today(said))
    return said.time(kind=kind, start=start, event=name, duration=said.length)


def _since_today(said: Said) -> dict[str, Any]:
    """本通知印发之日起10日内, 会后7日内: bounds from the day of the text itself."""
    found: dict[str, Any] = {"duration": said.length}
    date = said.anchor.date
    last = moved(date, said.length) if date is not None else None
    if date is not None:
        found["earliest"] = date.isoformat()
        found["latest"] = last.isoformat() if last is not None else None
        found["edtf"] = f"../{last.isoformat()}" if last is not None else None
    return found


def _group_start(said: Said, name: str) -> int:
    return next(start for group, start, _ in said.match.groups if group == name)


def _kind(said: Said, form: str) -> DeadlineKind:
    """What the words behind an event say; 后 where they say nothing else."""
    words, parts = said[form] or "", said.lexicon.parts
    return next((k for k in _RELATIONS if parts[f"relation.{k}"].search(words)), "after_event")


def _name_start(said: Said, verb: int) -> int:
    """Where the name of an event begins: behind the clause's edge or the last function word."""
    floor = max(0, verb - _LONGEST_NAME)
    end = verb + len(said["verb"] or "")
    term = said.lexicon.parts["event.term"].search(said.text[floor:end])
    if term is not None:
        return floor + term.start()
    edge = start_before(NAME, said.text, verb, floor)
    word = start_before(said.lexicon.parts["event.boundary"], said.text, verb, floor)
    bounded = max(edge, word) > floor or floor == 0
    return max(edge, word) if bounded else verb


def _holiday(said: Said) -> TimeReading:
    """A holiday as event; a date only for the day itself, in a year that is written.

    五一期间 stands for that day too, as the holiday is the same in every year.
    """
    name, relation = said["number"] or said["holiday"] or "", said["relation"] or ""
    kind, parts = _kind(said, "relation"), said.lexicon.parts
    around = parts["relation.around"].search(relation) is not None
    event = f"{said['pair'] or ''}{name}"
    more: dict[str, Any] = {"event": event, "modifier": relation if around else None}
    value, year = said.word("holiday", name) or "", said.anchor.stated
    day = next_holiday(value, year, said.anchor.date)
    during = parts["relation.during"].search(relation) is not None
    fixed = " " not in value and during and said["pair"] is None
    if day is not None and (fixed or (kind == "at" and year is not None)):
        return said.time(day_period(day), kind=kind, **more)
    eve = days_after(day, -1) if day is not None else None
    if eve is not None and kind == "before_event":
        more["latest"] = eve.isoformat()
    if day is not None and kind == "after_event":
        more["earliest"] = day.isoformat()
    return said.time(kind=kind, **more)


def _holiday_day(said: Said) -> TimeReading:
    """A holiday as such: a date in a year that is written, else the next one to sort by."""
    name, year = said["number"] or said["holiday"] or "", said.anchor.stated
    day = next_holiday(said.word("holiday", name) or "", year, said.anchor.date)
    shown = day.isoformat() if day is not None else None
    edtf = shown if year is not None else None
    return said.time(event=name, edtf=edtf, earliest=shown, latest=shown)


def _lunar_day(said: Said) -> TimeReading:
    """腊月二十三之前 is by that day of the moon; 正月十六以后 only begins then."""
    kind = _kind(said, "relation")
    if said["relation"] and kind == "after_event":
        name = said.text[said.match.start : _group_start(said, "relation")]
        return said.time(kind=kind, event=name)
    return said.time(day_period(_next_lunar(said)), kind="by" if said["relation"] else "at")


def _next_lunar(said: Said) -> dt.date | None:
    """The first such day from that of the speech on; its lunar year may be the one before."""
    date, month = said.anchor.date, said.offset("moon", said["lunar"])
    day = said.number("moon")
    if date is None or month is None or day is None:
        return None
    days = (_lunar(year, month, day) for year in (date.year - 1, date.year, date.year + 1))
    return next((found for found in days if found is not None and found >= date), None)


def _meeting(said: Said) -> TimeReading:
    """会后7日内: bounds from the day of the speech, which is the day of the meeting."""
    meeting = said.match.rule.attribute("event")
    if said["same"]:
        return said.time(kind="at", event=meeting)
    kind = _kind(said, "relation" if said["relation"] else "before")
    more = _since_today(said) if kind == "after_event" else {"duration": said.length}
    return said.time(kind=kind, event=meeting, **more)


def _ahead(said: Said) -> TimeReading:
    """提前 with an event verb behind it, or before it in the clause (计划开工项目要提前…)."""
    at = said.match.start
    event = said["verb"]
    if event is None:
        clause = start_before(NAME, said.text, at, max(0, at - _LONGEST_CLAUSE))
        verbs = said.lexicon.parts["event.verb"].findall(said.text, clause, at)
        event = verbs[-1] if verbs else None
    bare = said.match.rule.flag("bare")
    return said.time(event=event) if bare or event is not None else TimeReading(None)


# How far before a length its condition may begin, and how long its own clause may be before it.
_CONDITION_REACH = 48
_COMMA = "，"


@dataclass(frozen=True, slots=True)
class Condition:
    """The event that a length is counted from; ``adjoins``: it stands right before the length."""

    start: int
    end: int
    adjoins: bool


def condition_before(text: str, at: int, lexicon: TimeLexicon) -> Condition | None:
    """The event that the length at ``at`` is counted from.

    Example:
        >>> from speechmine.grammar.lexicon import time_lexicon_of
        >>> from speechmine.rules.loader import default_rules
        >>> said = "资金在合同签订后10日内到位"
        >>> found = condition_before(said, said.index("10"), time_lexicon_of(default_rules()))
        >>> said[found.start : found.end]
        '合同签订'
    """
    floor = _sentence_start(text, at)
    said = text[floor:at]
    for name in ("condition.after", "condition.done", "condition.met"):
        match = lexicon.parts[name].search(said, said.rfind(_COMMA) + 1)
        if match is not None and not lexicon.parts["meeting.held"].search(match["name"]):
            start = match.start("name") + _name_offset(match["name"], lexicon)
            return Condition(floor + start, floor + match.end("name"), adjoins=True)
    for name in ("condition.met_before", "condition.after_before", "condition.case_before"):
        match = lexicon.parts[name].search(said)
        if match is not None:
            return Condition(floor + match.start("name"), floor + match.end("name"), adjoins=False)
    return None


def is_conditional(text: str, at: int, lexicon: TimeLexicon) -> bool:
    """Whether the sentence before ``at`` speaks of any case that may come."""
    said = text[_sentence_start(text, at) : at]
    return lexicon.parts["condition.any_case"].search(said) is not None


def _sentence_start(text: str, at: int) -> int:
    return start_before(STATEMENT, text, at, max(0, at - _CONDITION_REACH))


def _name_offset(name: str, lexicon: TimeLexicon) -> int:
    words = lexicon.parts["condition.left"].finditer(name)
    return max((word.end() for word in words if word.end() < len(name)), default=0)


def holiday_date(value: str, year: int) -> dt.date | None:
    """The Gregorian day of a holiday.

    Args:
        value: ``10-1`` (month and day), ``lunar 1-1`` (of the lunar year) or ``term 清明``.
        year: the year; the lunar year that begins in it.

    Returns:
        The day, or None where the calendar (library) is missing or does not reach that year.

    Example:
        >>> holiday_date("10-1", 2026)
        datetime.date(2026, 10, 1)
    """
    if years(year, year) is None:
        return None
    system, _, rest = value.rpartition(" ")
    if system == "term":
        return _term(rest, year)
    month, day = (int(part) for part in rest.split("-"))
    return _lunar(year, month, day) if system == "lunar" else dt.date(year, month, day)


def next_holiday(value: str, year: int | None, date: dt.date | None) -> dt.date | None:
    """The holiday of a named year, else the next one after the speech.

    Example:
        >>> next_holiday("10-1", None, dt.date(2026, 11, 3))
        datetime.date(2027, 10, 1)
    """
    if year is not None:
        return holiday_date(value, year)
    if date is None:
        return None
    this = holiday_date(value, date.year)
    return this if this is not None and this >= date else holiday_date(value, date.year + 1)


def _lunar(year: int, month: int, day: int) -> dt.date | None:
    try:
        from borax.calendars.lunardate import LunarDate
    except ImportError:
        return None
    try:
        if (month, day) == (12, 30):  # 除夕 is the eve of the next lunar year
            eve: dt.date = LunarDate(year, 1, 1).to_solar_date()
            return eve - dt.timedelta(days=1)
        found: dt.date = LunarDate(year, month, day).to_solar_date()
    except ValueError:
        return None
    return found


def _term(name: str, year: int) -> dt.date | None:
    try:
        from borax.calendars.lunardate import TERMS_CN, TermUtils
    except ImportError:
        return None
    try:
        found: dt.date = TermUtils.nth_term_day(year, TERMS_CN.index(name))
    except (ValueError, IndexError, KeyError):
        return None
    return found


#: How an event is read, by the ``value`` of its entry in ``times``.
EVENTS: Mapping[str, Callable[[Said], TimeReading]] = {
    "event": _event,
    "holiday": _holiday,
    "holiday_day": _holiday_day,
    "lunar_day": _lunar_day,
    "meeting": _meeting,
    "ahead": _ahead,
}
