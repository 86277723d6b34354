"""Deadlines of the genre, sentence by sentence; the table stands in ``deadlines.txt``."""

from __future__ import annotations

from pathlib import Path

import pytest

import speechmine
from speechmine.model import Deadline

LINES = Path(__file__).with_name("deadlines.txt").read_text(encoding="utf-8").splitlines()
ROWS = [line.replace("\\n", "\n") for line in LINES if line and line[0] != "#"]

#: Words that look like times and are none.
TRAPS = [
    "完成三分之一的任务。",
    "一分为二看待问题。",
    "实施三年行动方案。",
    "编制五年规划纲要。",
    "打赢百日攻坚战。",
    "一时一刻不能放松。",
    "储备2023个项目。",
    "问题表现在三个方面。",
    "成效体现在百姓口碑里。",
    "抓好前期工作。",
    "坚持2022T、打捆等模式。",
    "产值增长268.5%。",
    "建成5G基站300座。",
    "学习十一届全会精神。",
    "推出十一项便民举措。",
    "派员赴日内瓦参会。",
    "不定期开展抽查。",
    "编制“十五五”规划。",
    "恢复至2019年同期水平。",
    "推动监管环节前移。",
    "打造十五分钟生活圈。",
    "落实《2024—2026年提升方案》。",
    "十年磨一剑，久久为功。",
    "十一、加强组织领导",
    "确保全年目标任务圆满完成。",
]


def rest_of(time: Deadline) -> list[str]:
    told = {
        "event": time.event,
        "modifier": time.modifier,
        "duration": time.duration,
        "rule": time.recurrence,
        "note": time.note,
    }
    words = [f"{name}={value}" for name, value in told.items() if value is not None]
    return [*words, "masked"] if time.masked else words


@pytest.mark.parametrize("row", ROWS)
def test_deadline_is_read(row: str) -> None:
    cells = [cell.strip(" ") for cell in row.split("|")]
    date, sentence, text, kind, *values = cells[:7]
    if any(name in text for name in ("春节", "元宵", "中秋", "清明")):
        pytest.importorskip("borax")
    seen_from = None if date == "-" else date
    found = {time.text: time for time in speechmine.find_times(sentence, date=seen_from)}
    assert text in found
    read = found[text]
    expected = [None if value == "-" else value for value in values]
    assert (read.kind, read.edtf, read.earliest, read.latest) == (kind, *expected)
    assert rest_of(read) == [word for word in "".join(cells[7:]).split("; ") if word]


def test_enough_sentences_are_written() -> None:
    assert len({row.split("|")[1] for row in ROWS}) >= 150


@pytest.mark.parametrize("sentence", TRAPS)
def test_no_time_is_read(sentence: str) -> None:
    assert speechmine.find_times(sentence, date="2026-01-20") == ()


@pytest.mark.parametrize("row", ROWS)
def test_without_a_day_only_written_years_give_dates(row: str) -> None:
    """今年, 本月 and months without a year are not guessed."""
    sentence = row.split("|")[1].strip(" ")
    for time in speechmine.find_times(sentence):
        assert time.edtf is None or any(mark in sentence for mark in ("年", "五", "大", "20"))
