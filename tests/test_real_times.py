"""Dates over real texts: none made of a masked expression, none that the text gives no reason for.

Every seventh text; ``SPEECHMINE_ALL_TEXTS=1`` takes all of them.
"""

from __future__ import annotations

import functools
import os
import re
from pathlib import Path

import pytest

import speechmine
from speechmine.grammar.times import find_times
from speechmine.model import Deadline, TimeFrame
from speechmine.numerals import parse_number
from speechmine.rules.loader import default_rules
from speechmine.segment.head import time_frame
from speechmine.text import TextView, view_of

from shared import SHARED, extracted, needs_shared

RULES = default_rules()

pytestmark = needs_shared

STEP = 1 if os.environ.get("SPEECHMINE_ALL_TEXTS") else 7
TEXTS = sorted((SHARED / "corpus").rglob("*.txt"))[::STEP]
ARABIC = re.compile(r"(?<!\d)((?:1[89]|20)\d\d)(?!\d)")
CHINESE = re.compile("[一二][一二三四五六七八九〇零○]{3}")
YEAR = re.compile(r"(?<![\d-])\d{4}(?=-|/|$)")
#: 今年, 明年, 去年, 前年 and ranges into the next years reach this far from the speech.
NEAR = range(-2, 4)


@functools.cache
def read(path: Path) -> tuple[speechmine.Extraction, TextView, TimeFrame]:
    """A text, what is extracted of it in full, its view, and what 今年 means in it."""
    result = extracted(path)
    view = view_of(result.document.text)
    return result, view, time_frame(result.document, default_rules())


def written_years(text: str) -> set[int]:
    chinese = (parse_number(re.sub("[○零]", "〇", year)) for year in CHINESE.findall(text))
    return {int(y) for y in ARABIC.findall(text)} | {int(y) for y in chinese if y is not None}


def is_named(time: Deadline) -> bool:
    """A plan, a congress or a counted run of years says which years it is about."""
    return "五" in (time.text or "") or "大以来" in (time.text or "") or time.duration is not None


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_dates_have_a_reason_in_the_text(path: Path) -> None:
    result, view, frame = read(path)
    near = {frame.year + step for step in NEAR} if frame.year is not None else set()
    plausible = written_years(view.text) | near
    for time in (*find_times(view.text, frame, RULES), *(task.deadline for task in result.tasks)):
        assert not (time.masked and (time.edtf or time.earliest or time.latest)), time
        years = {int(year) for year in YEAR.findall(time.edtf or "")}
        assert years <= plausible or is_named(time) or time.note is not None, time


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_what_is_masked_or_doubtful_is_told(path: Path) -> None:
    result, view, frame = read(path)
    told = {(notice.code, notice.start) for notice in result.notices}
    for time in (view.restore(time) for time in find_times(view.text, frame, RULES)):
        assert not time.masked or ("masked_value", time.start) in told
        assert time.note is None or (time.note, time.start) in told


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_calendar_of_a_real_text_can_be_read(path: Path) -> None:
    icalendar = pytest.importorskip("icalendar")
    result, _, _ = read(path)
    todos = icalendar.Calendar.from_ical(result.to_ics()).walk("VTODO")
    assert len(todos) == len(result.tasks)
    for todo, task in zip(todos, result.tasks, strict=True):
        assert "due" not in todo or todo["due"].dt.isoformat() == task.deadline.latest
