"""Times tied to an event: 汛期前, 项目竣工前, 会后7日内, 与大桥同步通车."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from speechmine.extractors.time_calendar import Reading, deadline_of
from speechmine.extractors.time_holidays import next_holiday
from speechmine.extractors.time_lengths import counted_length, moved
from speechmine.extractors.time_period import day_period, days_after
from speechmine.patterns import compiled

if TYPE_CHECKING:
    from speechmine.extractors.time_lexicon import TimeLexicon
    from speechmine.extractors.time_points import Anchor
    from speechmine.model import DeadlineKind
    from speechmine.rules.matcher import Match

__all__ = ["EVENT_READERS"]

# How far an event's name may reach back before its verb (新校区投用).
_LONGEST_NAME = 12
_LONGEST_CLAUSE = 40
_CLAUSE_EDGE = compiled(r"[，。；：、！？\s“”（）()《》\ufffc]")
_MEETING = "会议"


def _event(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    """L8: an event gives no date; its name is kept."""
    start = match.start
    if match.group("verb"):
        start = _name_start(text, start, lexicon)
    elif match.group("led"):  # 在雨前转移: the preposition is no part of it
        start = _group_start(match, "noun")
    form = "after" if match.group("after") else "relation"
    relation = match.group(form) or ""
    name = text[start : _group_start(match, form)]
    length = counted_length(match, lexicon)
    span = (start, match.end)
    return Reading(deadline_of(_kind(relation), text, span, event=name, duration=length))


def _group_start(match: Match, name: str) -> int:
    return next(start for group, start, _ in match.groups if group == name)


def _kind(relation: str) -> DeadlineKind:
    if "前" in relation and relation != "前后":
        return "before_event"
    if relation in ("期间", "内", "前后") or relation.endswith(("假", "假期", "周")):
        return "within"
    return "at" if relation.startswith("当") and not relation.endswith("起") else "after_event"


def _name_start(text: str, verb: int, lexicon: TimeLexicon) -> int:
    """Where the name of an event begins: behind the clause's edge or the last function word."""
    floor = max(0, verb - _LONGEST_NAME)
    edges = [m.end() for m in _CLAUSE_EDGE.finditer(text, floor, verb)]
    words = [m.end() for m in lexicon.parts["event.boundary"].finditer(text, floor, verb)]
    if not edges and not words and floor > 0:
        return verb
    return max([*edges, *words], default=floor)


def _holiday(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:
    """A holiday as event; a date only for the day itself, in a year that is written.

    五一期间 stands for that day too, as the holiday is the same in every year.
    """
    name = match.group("number") or match.group("holiday") or ""
    relation = match.group("relation") or ""
    kind = _kind(relation)
    span = (match.start, match.end)
    more: dict[str, Any] = {"event": name, "modifier": "前后" if relation == "前后" else None}
    year = anchor.stated
    day = next_holiday(lexicon.words["holiday"][name], year, anchor.date)
    fixed = relation == "期间" and " " not in lexicon.words["holiday"][name]
    if day is not None and (fixed or (kind == "at" and year is not None)):
        return Reading(deadline_of(kind, text, span, day_period(day), **more))
    eve = days_after(day, -1) if day is not None else None
    if eve is not None and kind == "before_event":
        more["latest"] = eve.isoformat()
    if day is not None and kind == "after_event":
        more["earliest"] = day.isoformat()
    return Reading(deadline_of(kind, text, span, **more))


def _meeting(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:
    """会后7日内: bounds from the day of the speech, which is the day of the meeting."""
    span = (match.start, match.end)
    if match.group("same"):
        return Reading(deadline_of("at", text, span, event=_MEETING))
    kind = _kind(match.group("relation") or match.group("before") or "")
    more: dict[str, Any] = {"event": _MEETING}
    more["duration"] = length = counted_length(match, lexicon)
    if anchor.date is not None and kind == "after_event":
        more["earliest"] = anchor.date.isoformat()
        last = moved(anchor.date, length)
        more["latest"] = last.isoformat() if last is not None else None
        more["edtf"] = f"../{last.isoformat()}" if last is not None else None
    return Reading(deadline_of(kind, text, span, **more))


def _next_meeting(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    kind = "before_event" if "前" in (match.group("relation") or "") else "at"
    span = (match.start, match.end)
    return Reading(deadline_of(kind, text, span, event=match.group("event")))  # type: ignore[arg-type]


def _same_day(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    return Reading(deadline_of("at", text, (match.start, match.end)))


def _sync(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    event = match.group("event")
    return Reading(deadline_of("at", text, (match.start, match.end), event=event))


def _ahead(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading | None:  # noqa: ARG001
    """L5: 提前 with an event verb behind it, or before it in the clause (计划开工项目要提前…)."""
    event = match.group("verb")
    if event is None:
        floor = max(0, match.start - _LONGEST_CLAUSE)
        edges = [m.end() for m in _CLAUSE_EDGE.finditer(text, floor, match.start)]
        verbs = lexicon.parts["event.verb"].findall(text, max(edges, default=floor), match.start)
        event = verbs[-1] if verbs else None
    if event is None:
        return Reading(None)
    return Reading(deadline_of("before_event", text, (match.start, match.end), event=event))


def _ahead_by(text: str, match: Match, anchor: Anchor, lexicon: TimeLexicon) -> Reading:  # noqa: ARG001
    """提前24小时通知: so long before what is announced."""
    return Reading(deadline_of("before_event", text, (match.start, match.end)))


Reader = Callable[["str", "Match", "Anchor", "TimeLexicon"], "Reading | None"]

#: Reader of a rule by its ``value``.
EVENT_READERS: Mapping[str, Reader] = {
    "event": _event,
    "holiday": _holiday,
    "meeting": _meeting,
    "next_meeting": _next_meeting,
    "same_day": _same_day,
    "sync": _sync,
    "ahead": _ahead,
    "ahead_by": _ahead_by,
}
