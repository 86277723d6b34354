"""What is overdue or soon due: a list, a calendar with alarms, messages by unit."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal

from speechmine.errors import UsageError
from speechmine.ledger.layout import LedgerLayout, default_layout
from speechmine.ledger.parties import RowParty, acting_parties
from speechmine.ledger.records import Ledger, LedgerRow
from speechmine.ledger.round_words import round_words
from speechmine.ledger.rounds.standing import day_of, standing_of
from speechmine.ledger.rounds.summary import is_task

__all__ = ["Reminder", "due_reminders", "messages", "reminder_calendar", "span_of_days"]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SPAN = re.compile(r"(?P<number>\d{1,4})\s*(?P<unit>[dwD天日周]?)")
_WEEKS = "w周"
_MOST_DAYS = 3660
# Nine in the morning: on the day itself, and so many days before.
_ALARM_HOUR = 9
_ALARM_DAYS = (0, 1, 3)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A task that somebody should be reminded of.

    Attributes:
        row: of the ledger. parties: the units, each with its part.
        due: the last day; of a cycle, the next of its days. days: from the day on; below zero:
            overdue. None: the state says overdue, and no day is stated.
        kind: overdue; due: within the days; cycle: a day of a cycle within the days.
    """

    row: LedgerRow
    parties: tuple[RowParty, ...]
    due: dt.date | None
    days: int | None
    kind: Literal["overdue", "due", "cycle"]


def span_of_days(text: str) -> int:
    """Days of a span: ``7d``, ``2w``, ``10``, ``7天``.

    Raises:
        UsageError: it is none.

    Example:
        >>> span_of_days("7d"), span_of_days("2周")
        (7, 14)
    """
    found = _SPAN.fullmatch(text.strip())
    days = (
        int(found["number"]) * (7 if found["unit"] and found["unit"] in _WEEKS else 1)
        if found
        else -1
    )
    if not 0 <= days <= _MOST_DAYS:
        raise UsageError(f"{text!r}: days are expected, such as 7d or 2w")
    return days


def due_reminders(
    ledger: Ledger, as_of: str, within: int, *, layout: LedgerLayout | None = None
) -> tuple[Reminder, ...]:
    """Open tasks that are overdue on a day or due within some days, the most urgent first.

    Of a cycle (每月5日前) its next day counts, where it lies within the days.

    Args:
        ledger: as people filled it in.
        as_of: the day, ISO 8601.
        within: so many days from the day on, the last one included.
        layout: states; the customary ones by default.

    Raises:
        UsageError: ``as_of`` is no date.

    Example:
        >>> row = LedgerRow("t-1", cells={"task": "修渠", "latest": "2024-06-30"})
        >>> [(r.kind, r.days) for r in due_reminders(Ledger((row,)), "2024-06-25", 7)]
        [('due', 5)]
    """
    day, wanted = day_of(as_of), layout or default_layout()
    rows = (row for row in ledger.rows if is_task(row))
    found = [r for row in rows if (r := _reminder(row, day, within, wanted)) is not None]
    return tuple(sorted(found, key=lambda r: (r.due or dt.date.min, r.days or 0)))


def _reminder(row: LedgerRow, day: dt.date, within: int, layout: LedgerLayout) -> Reminder | None:
    standing = standing_of(row, day, layout)
    if standing.kind == "overdue":
        return Reminder(row, acting_parties(row), standing.due, standing.days, "overdue")
    if standing.kind != "open":
        return None
    if standing.days is not None:
        if standing.days > within:
            return None
        return Reminder(row, acting_parties(row), standing.due, standing.days, "due")
    due = _next_of_cycle(row, day)
    if due is None or (due - day).days > within:
        return None
    return Reminder(row, acting_parties(row), due, (due - day).days, "cycle")


def _next_of_cycle(row: LedgerRow, day: dt.date) -> dt.date | None:
    """The first day of a cycle from the day on; it begins with the speech."""
    begun = _DAY.search(row.document)
    rule = row.known("cycle")
    if not rule or begun is None:
        return None
    from dateutil.rrule import rrulestr

    begin = dt.datetime.combine(dt.date.fromisoformat(begun[0]), dt.time())
    found = rrulestr(rule, dtstart=begin).after(dt.datetime.combine(day, dt.time()), inc=True)
    return found.date() if found is not None else None


def reminder_calendar(reminders: Iterable[Reminder], as_of: str) -> bytes:
    """All-day events with alarms at nine in the morning: on the day, one and three days before.

    Events, because phones show them where they show no to-dos. What is overdue stands on the
    day from which it was looked at. A second file of the same day changes the events and adds
    none.

    Args:
        reminders: as :func:`due_reminders` gives them.
        as_of: the day, ISO 8601.

    Returns:
        An iCalendar (RFC 5545) in UTF-8.

    Example:
        >>> reminder_calendar((), "2024-06-25").decode().splitlines()[0]
        'BEGIN:VCALENDAR'
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//speechmine//due//ZH")
    calendar.add("version", "2.0")
    day = day_of(as_of)
    for number, reminder in enumerate(reminders, start=1):
        calendar.add_component(_calendar_event(reminder, day, number))
    return bytes(calendar.to_ical(sorted=False))


def _calendar_event(reminder: Reminder, day: dt.date, number: int) -> Any:
    from icalendar import Event

    late = reminder.kind == "overdue"
    due = day if late or reminder.due is None else reminder.due
    event = Event()
    name = reminder.row.id or f"row-{reminder.row.at or number}"
    event.add("uid", f"{name}-{'overdue' if late else due.isoformat()}@speechmine")
    event.add("dtstamp", dt.datetime.combine(day, dt.time(), dt.UTC))
    event.add("dtstart", due)
    event.add("dtend", due + dt.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", f"{'【逾期】' if late else ''}{_task_said(reminder.row)}")
    event.add("description", "\n".join(_about(reminder)))
    if reminder.row.id:
        event.add("related-to", f"{reminder.row.id}@speechmine")
    for before in (0,) if late else _ALARM_DAYS:
        if (due - day).days >= before:
            event.add_component(_alarm(before, _task_said(reminder.row)))
    return event


def _alarm(before: int, text: str) -> Any:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", dt.timedelta(hours=_ALARM_HOUR) - dt.timedelta(days=before))
    return alarm


def _about(reminder: Reminder) -> Iterator[str]:
    units = "、".join(f"{party.name}（{party.label}）" for party in reminder.parties)
    named = (
        ("责任单位", units),
        ("完成时限", reminder.row.cells.get("deadline", "")),
        ("状态", reminder.row.cells.get("state", "")),
        ("进展情况", reminder.row.cells.get("progress", "")),
    )
    yield from (f"{name}：{said}" for name, said in named if said)


def _task_said(row: LedgerRow) -> str:
    return row.cells.get("task") or row.cells.get("title") or row.cells.get("text", "")


def messages(
    reminders: Sequence[Reminder], as_of: str, *, template: str | None = None
) -> Mapping[str, str]:
    """A text for each unit that can be sent as it is: what is overdue, what is soon due.

    Args:
        reminders: as :func:`due_reminders` gives them.
        as_of: the day, ISO 8601.
        template: a Jinja template of your own; the shipped one by default. It has 单位, 日期,
            事项 (序号, 任务, 时限, 到期日, 天数, 逾期, 角色, 状态, 进展), 逾期数, 临期数.

    Returns:
        Texts by unit, in the order of the reminders; tasks of no unit under 未明确单位.

    Raises:
        UsageError: the template has a fault.

    Example:
        >>> cells = {"task": "修渠", "who": "县水利局", "latest": "2024-06-30"}
        >>> row = LedgerRow("t-1", cells=cells)
        >>> found = messages(due_reminders(Ledger((row,)), "2024-06-25", 7), "2024-06-25")
        >>> found["县水利局"].splitlines()[0]
        '【督办提醒】县水利局：截至2024年6月25日，贵单位有1项任务将在近期到期。'
    """
    from jinja2 import TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    text = template if template is not None else _shipped("message.txt")
    environment = SandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
    try:
        made = environment.from_string(text)
        return {
            unit: made.render(template_values(unit, listed, as_of)).strip()
            for unit, listed in by_unit(reminders).items()
        }
    except TemplateError as error:
        raise UsageError(f"the template of messages has a fault: {error}") from error


def _shipped(name: str) -> str:
    return (files("speechmine") / "ledger" / "templates" / name).read_text(encoding="utf-8")


def by_unit(reminders: Iterable[Reminder]) -> Mapping[str, list[tuple[Reminder, str]]]:
    """Reminders by unit, each with the unit's part; what names no unit under 未明确单位."""
    found: dict[str, list[tuple[Reminder, str]]] = defaultdict(list)
    for reminder in reminders:
        for party in reminder.parties:
            found[party.name].append((reminder, party.label))
        if not reminder.parties:
            found[str(round_words()["nobody"])].append((reminder, ""))
    return found


def template_values(
    unit: str, listed: Sequence[tuple[Reminder, str]], as_of: str
) -> dict[str, Any]:
    """What a template is told of a unit."""
    kinds = [reminder.kind for reminder, _ in listed]
    day = day_of(as_of)
    return {
        "单位": unit,
        "日期": chinese_day(day),
        "事项": [_reminded_row(n, *pair) for n, pair in enumerate(listed, start=1)],
        "逾期数": kinds.count("overdue"),
        "临期数": len(kinds) - kinds.count("overdue"),
    }


def _reminded_row(number: int, reminder: Reminder, duty: str) -> dict[str, Any]:
    cells = reminder.row.cells
    return {
        "序号": number,
        "任务": _task_said(reminder.row),
        "原文": reminder.row.known("text"),
        "时限": cells.get("deadline", ""),
        "到期日": chinese_day(reminder.due) if reminder.due else "",
        "天数": abs(reminder.days) if reminder.days is not None else None,
        "逾期": reminder.kind == "overdue",
        "角色": duty,
        "状态": cells.get("state", ""),
        "进展": cells.get("progress", ""),
        "指标": cells.get("metrics", ""),
    }


def chinese_day(day: dt.date) -> str:
    """A day as an official paper writes it.

    Example:
        >>> chinese_day(dt.date(2024, 6, 5))
        '2024年6月5日'
    """
    return f"{day.year}年{day.month}月{day.day}日"
