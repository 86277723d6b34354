"""Times and their words: every rule file carries the sentences and what is read from them."""

from __future__ import annotations

import dataclasses
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechmine.extract.times import find_deadline_cues, find_times
from speechmine.model import TimeFrame
from speechmine.rules.loader import default_rules
from speechmine.rules.schema import Rule

TIMES = default_rules().table("times")
CUES = default_rules().table("deadline_cues")


def listed(rule: Rule, name: str) -> tuple[str, ...]:
    value = rule.attributes.get(name, ())
    return value if isinstance(value, tuple) else (str(value),)


CASES = [(r.id, case) for r in TIMES for case in listed(r, "cases")]
NONE = [(r.id, case) for r in TIMES for case in listed(r, "none")]


def frame_of(anchor: str) -> TimeFrame:
    if not anchor:
        return TimeFrame()
    if len(anchor) == 4:
        return TimeFrame(year=int(anchor))
    date = datetime.date.fromisoformat(anchor)
    return TimeFrame(date, date.year)


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_time_is_read_as_the_rule_file_says(rule: str, case: str) -> None:
    anchor, sentence, text, kind, value = (part.strip() for part in case.split("|"))
    found = {t.text: t for t in find_times(sentence, frame_of(anchor))}
    assert text in found
    time = found[text]
    assert time.kind == kind
    if value.startswith("event="):
        assert (time.event, time.edtf) == (value.removeprefix("event="), None)
    else:
        expected = None if value in ("-", "masked") else value
        assert (time.edtf, time.masked) == (expected, value == "masked")


@pytest.mark.parametrize(("rule", "case"), NONE)
def test_no_time_is_read(rule: str, case: str) -> None:
    anchor, sentence = (part.strip() for part in case.split("|"))
    assert find_times(sentence, frame_of(anchor)) == ()


def test_enough_cases_are_written() -> None:
    assert len(CASES) >= 120
    assert len(NONE) + sum(len(r.counterexamples) for r in (*TIMES, *CUES)) >= 40
