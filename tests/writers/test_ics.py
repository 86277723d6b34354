"""The calendar, read back by the library that wrote it and by one that did not."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from typing import Any

import icalendar
import pytest
from dateutil.rrule import rrulestr

import speechmine
from speechmine.model import Deadline
from speechmine.writers.todos.ics import write_ics

DATE = "2024-05-10"


def todos(text: str, date: str | None = DATE) -> list[Any]:
    data = speechmine.extract(text, date=date).to_ics()
    return list(icalendar.Calendar.from_ical(data).walk("VTODO"))


@pytest.mark.parametrize(
    ("sentence", "start", "due"),
    [
        ("各镇要在6月底前建立防汛台账。", None, dt.date(2024, 6, 30)),
        ("各镇要在三季度建立防汛台账。", dt.date(2024, 7, 1), dt.date(2024, 9, 30)),
        ("各镇要于6月12日建立防汛台账。", None, dt.date(2024, 6, 12)),
        ("各镇要立即建立防汛值守台账。", None, None),
        ("各镇要建立防汛值守台账。", None, None),
        ("各镇要在X月底前建立防汛值守台账。", None, None),
        ("各镇要在汛期前建立防汛值守台账。", None, None),
    ],
)
def test_due_is_the_last_day_where_the_text_gives_one(
    sentence: str, start: dt.date | None, due: dt.date | None
) -> None:
    (todo,) = todos(sentence)
    assert todo.get("due", None) == (due and icalendar.vDDDTypes(due))
    assert todo.get("dtstart", None) == (start and icalendar.vDDDTypes(start))


@pytest.mark.parametrize(
    ("phrase", "rule", "first"),
    [
        ("每月5日前", "FREQ=MONTHLY;BYMONTHDAY=5", dt.date(2024, 6, 5)),
        ("每周一", "FREQ=WEEKLY;BYDAY=MO", dt.date(2024, 5, 13)),
        ("每季度末", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", dt.date(2024, 6, 30)),
        ("每年6月底前", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1", dt.date(2024, 6, 30)),
        ("每两年", "FREQ=YEARLY;INTERVAL=2", dt.date(2024, 5, 10)),
    ],
)
def test_a_cycle_has_its_rule_and_its_first_day(phrase: str, rule: str, first: dt.date) -> None:
    (todo,) = todos(f"区财政局要{phrase}编制资金使用报告。")
    assert todo["rrule"] == icalendar.vRecur.from_ical(rule)
    assert todo["dtstart"].dt == first
    assert "due" not in todo


def test_a_cycle_without_a_known_day_has_no_date() -> None:
    (todo,) = todos("区财政局要每月5日前编制资金使用报告。", date=None)
    assert not {"rrule", "dtstart", "due"} & set(todo)


def test_no_clock_stands_in_the_bytes() -> None:
    text = "各镇要在6月底前建立防汛台账。区水务局要在7月底前编制调度方案。"
    result = speechmine.extract(text, date=DATE)
    assert result.to_ics() == speechmine.extract(text, date=DATE).to_ics()
    assert {todo["dtstamp"].dt.date().isoformat() for todo in todos(text)} == {DATE}
    (undated, _) = todos(text, date=None)
    assert undated["dtstamp"].dt.year == 1970
    assert [todo["uid"] for todo in todos(text)] == [f"{t.id}@speechmine" for t in result.tasks]


def test_parties_themes_and_duplicates_are_told() -> None:
    result = speechmine.extract("区财政局要在6月底前制定奖补方案。", date=DATE)
    (task,) = result.tasks
    copy = dataclasses.replace(task, id="t-2", duplicate_of=task.id, themes=("财政",))
    data = dataclasses.replace(result, tasks=(task, copy)).to_ics()
    first, second = icalendar.Calendar.from_ical(data).walk("VTODO")
    assert first["contact"] == "区财政局（责任）"
    assert second["related-to"] == f"{task.id}@speechmine"
    assert list(second["categories"].cats) == ["财政"]


@pytest.mark.parametrize(
    "title", ["甲，乙；丙\\丁", "两\n行", "控制\x07符", "残\ud800缺", "长" * 200]
)
def test_any_text_gives_a_calendar_that_can_be_read(title: str) -> None:
    result = speechmine.extract("各镇要建立防汛值守台账。", date=DATE)
    task = dataclasses.replace(result.tasks[0], title=title, deadline=Deadline())
    data = dataclasses.replace(result, tasks=(task,)).to_ics()
    (todo,) = icalendar.Calendar.from_ical(data).walk("VTODO")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert str(todo["summary"])[:1] == title[:1]


def test_another_parser_reads_the_same() -> None:
    vobject = pytest.importorskip("vobject")
    text = "各镇要在6月底前建立防汛台账。\n区财政局要每月5日前编制资金使用报告。"
    data = speechmine.extract(text, date=DATE).to_ics()
    dated, cycle = vobject.readOne(data.decode("utf-8")).vtodo_list
    assert dated.due.value == dt.date(2024, 6, 30)
    assert dated.summary.value == "建立防汛台账"
    rule = rrulestr(cycle.rrule.value, dtstart=dt.datetime(2024, 6, 5))  # noqa: DTZ001 - dates float
    assert [day.date().isoformat() for day in rule[:2]] == ["2024-06-05", "2024-07-05"]


def test_several_documents_make_one_calendar() -> None:
    results = [
        speechmine.extract(f"{name}要在6月底前建立防汛台账。") for name in ("东乡镇", "西乡镇")
    ]
    out = io.BytesIO()
    write_ics(results, out)
    assert out.getvalue().count(b"BEGIN:VCALENDAR") == 1
    assert out.getvalue().count(b"BEGIN:VTODO") == 2
