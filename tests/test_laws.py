"""The laws of :mod:`speechmine.checks` over texts of many kinds, and that they see faults."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import speechmine
from generated import KINDS, TABLES, text_of
from speechmine.cli import _cli, run, working
from speechmine.model import Deadline, Extraction
from speechmine.readers import read_bytes

SEEDS = range(8)
SPEECH = (
    "一、抓防汛\n各镇要在6月底前建立防汛台账，备足沙袋500个。\n"
    "二、抓防火\n区林业局牵头，每月5日前报送进度，三年内完成造林5万亩以上。"
)


def read_of(kind: str, seed: int) -> Extraction:
    text, date = text_of(kind, seed)
    document = (
        read_bytes(text.encode("utf-8", "surrogatepass"), suffix=TABLES[kind][0])
        if kind in TABLES
        else text
    )
    return speechmine.extract(document, date=date, mode="full")


@pytest.mark.parametrize("kind", KINDS)
def test_records_of_generated_texts_are_well_formed(kind: str) -> None:
    faults = [(seed, notice.message) for seed in SEEDS for notice in read_of(kind, seed).check()]
    assert not faults


@pytest.mark.parametrize("kind", KINDS)
def test_times_and_numbers_by_themselves_are_well_formed(kind: str) -> None:
    for seed in SEEDS[:3]:
        text, date = text_of(kind, seed)
        for time in speechmine.find_times(text[:2000], date):
            assert time.earliest is None or time.latest is None or time.earliest <= time.latest
        for number in speechmine.find_quantities(text[:2000], bare=True):
            ends = [end for end in (number.low, number.high) if end is not None]
            assert ends == sorted(ends)
            assert all(map(math.isfinite, ends))


def test_there_are_as_many_kinds_as_promised() -> None:
    assert len(KINDS) == 61  # SECURITY.md says so


#: Texts that gave exceptions or values that no calendar has, with the day of the speech.
EDGES = [
    ("元旦前报送方案。", "9999-06-15"),
    ("这周到报送方案。", "9999-12-31"),
    ("上周八内报送方案。", "0001-01-01"),
    ("今后五年建成新区。", "9995-03-01"),
    ("过去五年，投资增长5%。", "1003-02-01"),
    ("即日起至上月29日报送方案。", "2024-03-05"),
    ("0天内报送方案。", "2024-03-05"),
    ("2024年前制定方案。", "2024-03-05"),
    ("0001年1月1日前制定方案。", "2024-03-05"),
    ("每月40日前报送进度。", "2024-03-05"),
    (f"投资增长{'9' * 400}%，新建{'9' * 400}个。", "2024-03-05"),
    (f"{'9' * 5000}年内建成。", "2024-03-05"),
    ("到2024年，增长5%-3%。", "2024-03-05"),
]


@pytest.mark.parametrize(("text", "date"), EDGES)
def test_ends_of_the_calendar_and_of_numbers(text: str, date: str) -> None:
    assert not speechmine.extract(text, date=date, mode="full").check()


#: A time, the day of the speech, and what is said of it: EDTF, earliest, latest.
VALUES = [
    ("2024年前", "2023-03-05", "../2024", None, "2024-12-31"),
    ("8月前", "2026-01-20", "../2026-07-31", None, "2026-07-31"),
    ("2024年及以前", "2023-03-05", "../2024", None, "2024-12-31"),
    ("9999年1月前", "2023-03-05", None, None, None),
    ("12024年3月", "2023-03-05", None, None, None),
    ("2024年3月", "2023-03-05", "2024-03", "2024-03-01", "2024-03-31"),
    ("2月前", "2026-12-08", "../2027-01-31", None, "2027-01-31"),
    ("2月底前", "2024-12-08", "../2025-02-28", None, "2025-02-28"),
    ("明天", "9998-12-31", None, None, None),
    ("明天", "9997-12-31", "9998-01-01", "9998-01-01", "9998-01-01"),
    ("今年", "9999-06-15", None, None, None),
    ("即日起至上月29日", "2024-03-05", None, None, None),
    ("即日起至本月29日", "2024-03-05", "2024-03-05/2024-03-29", "2024-03-05", "2024-03-29"),
]


@pytest.mark.parametrize(("text", "date", "edtf", "earliest", "latest"), VALUES)
def test_values_at_the_borders(
    text: str, date: str, edtf: str | None, earliest: str | None, latest: str | None
) -> None:
    (time,) = speechmine.find_times(text, date)
    assert (time.edtf, time.earliest, time.latest) == (edtf, earliest, latest)


def test_ends_written_the_other_way_round_are_put_in_order_and_said() -> None:
    result = speechmine.extract("全年要实现投资增长5%-3%。", date="2024-01-05", mode="full")
    assert [(metric.low, metric.high) for metric in result.metrics] == [(3.0, 5.0)]
    assert [notice.code for notice in result.notices].count("range_backwards") == 1


def test_a_stretch_that_ends_before_it_begins_is_said() -> None:
    result = speechmine.extract("即日起至上月29日，各镇要报送方案。", date="2024-03-05")
    assert "time_backwards" in [notice.code for notice in result.notices]


def test_nothing_is_owed_for_no_time() -> None:
    (time,) = speechmine.find_times("0天内", "2024-03-05")
    assert time.duration == "P0D"


@pytest.mark.parametrize(
    ("text", "duration"),
    [("三年以上", "P3Y/.."), ("三五周以上", "P3W/.."), ("三五周以下", "../P5W")],
)
def test_an_open_length_has_one_bound(text: str, duration: str) -> None:
    (time,) = speechmine.find_times(text)
    assert time.duration == duration


def test_a_task_without_a_known_verb_is_called_by_all_that_it_says() -> None:
    result = speechmine.extract("县政务局要下沉政务事项120项。", mode="full")
    assert [(task.action, task.object) for task in result.tasks] == [("下沉政务事项120项", "")]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("一、抓好１０项任务\n各镇要制定方案。\n二、抓好防火\n各村要巡查。", "抓好１０项任务"),
        ("一、抓好防\u200b汛\n各镇要制定方案。", "抓好防\u200b汛"),
        ("一、開展防汛\n各镇要制定方案。", "開展防汛"),
    ],
)
def test_a_section_is_called_what_the_text_calls_it(text: str, title: str) -> None:
    assert speechmine.extract(text).sections[0].title == title


Change = Callable[[Extraction], Extraction]


def of_task(**changes: object) -> Change:
    return lambda result: dataclasses.replace(
        result, tasks=(dataclasses.replace(result.tasks[0], **changes), *result.tasks[1:])
    )


def of_deadline(**changes: object) -> Change:
    return lambda result: of_task(
        deadline=dataclasses.replace(result.tasks[0].deadline, **changes)
    )(result)


def of_metric(**changes: object) -> Change:
    return lambda result: dataclasses.replace(
        result, metrics=(dataclasses.replace(result.metrics[0], **changes), *result.metrics[1:])
    )


def of_section(**changes: object) -> Change:
    return lambda result: dataclasses.replace(
        result, sections=(dataclasses.replace(result.sections[0], **changes), *result.sections[1:])
    )


#: A change that breaks a law, and a word of what is said.
BROKEN: list[tuple[Change, str]] = [
    (of_task(start=0), "its place"),
    (of_task(end=10_000), "no place"),
    (of_task(title=" "), "title"),
    (of_task(title="长" * 61), "title"),
    (of_task(action=""), "no action"),
    (of_task(section="s9"), "section s9"),
    (of_task(metrics=("m-0",)), "metrics m-0"),
    (of_task(duplicate_of="t-0"), "duplicate_of"),
    (of_task(follows="t-0"), "follows"),
    (of_task(confidence=1.5), "confidence"),
    (of_deadline(latest="2024-02-30"), "no day"),
    (of_deadline(latest="999-01-01"), "no day"),
    (of_deadline(latest="9999-01-01"), "no day"),
    (of_deadline(earliest="2024-12-31"), "backwards"),
    (of_deadline(edtf="../2024-05"), "does not agree"),
    (of_deadline(edtf=".."), "no EDTF"),
    (of_deadline(edtf="../3"), "no EDTF"),
    (of_deadline(edtf="2025/2024"), "no EDTF"),
    (of_deadline(edtf="2024-13"), "no EDTF"),
    (of_deadline(masked=True), "masked"),
    (of_deadline(duration="P"), "no duration"),
    (of_deadline(duration="PT"), "no duration"),
    (of_deadline(recurrence="INTERVAL=2"), "no rule"),
    (of_deadline(recurrence="FREQ=MONTHLY;BYMONTHDAY=40"), "no rule"),
    (of_deadline(recurrence="FREQ=MONTHLY;INTERVAL=0"), "no rule"),
    (of_metric(low=math.nan), "no range"),
    (of_metric(high=math.inf), "no range"),
    (of_metric(low=9.0, high=3.0), "no range"),
    (of_metric(norm_low=9.0, norm_high=3.0), "no range"),
    (of_metric(period="0/.."), "no EDTF"),
    (of_metric(task="t-0"), "task t-0"),
    (of_section(title="抓修路"), "does not stand in it"),
    (of_section(parent="s2"), "does not lie in its parent"),
    (lambda r: dataclasses.replace(r, tasks=r.tasks[::-1]), "before the one before it"),
    (lambda r: dataclasses.replace(r, tasks=r.tasks[:1] * 2), "1 ids"),
    (lambda r: dataclasses.replace(r, segments=r.segments[:1] * 2), "inside the one before it"),
]


@pytest.mark.parametrize(("change", "said"), BROKEN)
def test_each_broken_law_is_seen(change: Change, said: str) -> None:
    result = speechmine.extract(SPEECH, date="2024-01-05")
    assert not result.check()
    assert any(said in notice.message for notice in change(result).check())


def test_a_command_that_checks_fails_an_input_with_a_broken_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(SPEECH, encoding="utf-8")
    command = ["extract", str(tmp_path / "a.txt"), "--check", "--workers", "1"]
    assert CliRunner().invoke(_cli, command).exit_code == 0

    def broken(self: Extraction) -> tuple[speechmine.Notice, ...]:
        return (speechmine.Notice("broken_law", "task t-1: no action"),)

    monkeypatch.setattr(Extraction, "check", broken)
    failed = CliRunner().invoke(_cli, command)
    assert failed.exit_code == 1
    assert "1 of its records are not well formed: task t-1: no action" in failed.stderr
    assert CliRunner().invoke(_cli, command[:2]).exit_code == 0


def test_what_was_checked_is_not_taken_for_what_was_not() -> None:
    plain, checked = run.Request(("a",)), run.Request(("a",), check=True)
    assert working._options(plain) != working._options(checked)


def test_a_deadline_without_a_place_is_none_to_check() -> None:
    result = speechmine.extract(SPEECH, date="2024-01-05")
    assert not of_task(deadline=Deadline())(result).check()
