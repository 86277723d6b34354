"""Times and their words: every rule file carries the sentences and what is read from them."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import re
import sys
import time
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechmine.grammar.times import find_deadline_cues, find_hints, find_times
from speechmine.model import TimeFrame
from speechmine.rules.loader import default_rules
from speechmine.rules.schema import Rule

RULES = default_rules()

TIMES = default_rules().table("times")
PLAIN = default_rules().table("times_plain")
CUES = default_rules().table("deadline_cues")


def listed(rule: Rule, name: str) -> tuple[str, ...]:
    value = rule.attributes.get(name, ())
    return value if isinstance(value, tuple) else (str(value),)


CASES = [(r.id, case) for r in TIMES for case in listed(r, "cases")]
NONE = [(r.id, case) for r in TIMES for case in listed(r, "none")]
HINTS = default_rules().table("time_hints")
HINT_CASES = [(r.id, case) for r in HINTS for case in listed(r, "cases")]
PLAIN_CASES = [(r.id, case) for r in PLAIN for case in listed(r, "cases")]
PLAIN_NONE = [(r.id, case) for r in PLAIN for case in listed(r, "none")]


def frame_of(anchor: str) -> TimeFrame:
    if not anchor:
        return TimeFrame()
    if len(anchor) == 4:
        return TimeFrame(year=int(anchor))
    date = dt.date.fromisoformat(anchor)
    return TimeFrame(date, date.year)


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_time_is_read_as_the_rule_file_says(rule: str, case: str) -> None:
    check_case(case)


@pytest.mark.parametrize(("rule", "case"), PLAIN_CASES)
def test_plain_time_is_read_only_where_every_time_is_wanted(rule: str, case: str) -> None:
    check_case(case, every=True)
    anchor, sentence, text, *_ = (part.strip() for part in case.split("|"))
    assert text not in {t.text for t in find_times(sentence, frame_of(anchor), RULES)}


@pytest.mark.parametrize(("rule", "case"), HINT_CASES)
def test_a_hint_reads_what_its_rule_says(rule: str, case: str) -> None:
    anchor, sentence, text, kind, value = (part.strip() for part in case.split("|"))
    (read,) = [time for name, time in find_hints(sentence, frame_of(anchor), RULES) if name == rule]
    assert (read.text, read.kind) == (text, kind)
    expected = None if value == "-" or value.startswith("event=") else value
    assert read.edtf == expected
    if value.startswith("event="):
        assert read.event == value.removeprefix("event=")


@pytest.mark.parametrize("rule", HINTS, ids=lambda rule: rule.id)
def test_each_hint_shows_what_it_reads(rule: Rule) -> None:
    assert listed(rule, "cases")


def check_case(case: str, *, every: bool = False) -> None:
    anchor, sentence, text, kind, value = (part.strip() for part in case.split("|"))
    if value[:1].isdecimal() and re.search("元宵|清明", text):
        pytest.importorskip("borax")
    found = {t.text: t for t in find_times(sentence, frame_of(anchor), RULES, every=every)}
    assert text in found
    read = found[text]
    assert read.kind == kind
    if value.startswith("duration="):
        assert read.duration == value.removeprefix("duration=")
    elif value.startswith("event="):
        assert (read.event, read.edtf) == (value.removeprefix("event="), None)
    else:
        expected = None if value in ("-", "masked") else value
        assert (read.edtf, read.masked) == (expected, value == "masked")


@pytest.mark.parametrize(("rule", "case"), NONE)
def test_no_time_is_read(rule: str, case: str) -> None:
    anchor, sentence = (part.strip() for part in case.split("|"))
    assert find_times(sentence, frame_of(anchor), RULES) == ()


@pytest.mark.parametrize(("rule", "case"), PLAIN_NONE)
def test_no_time_is_read_even_where_every_time_is_wanted(rule: str, case: str) -> None:
    anchor, sentence = (part.strip() for part in case.split("|"))
    assert find_times(sentence, frame_of(anchor), RULES, every=True) == ()


def test_enough_cases_are_written() -> None:
    assert len(CASES) >= 120
    assert len(NONE) + sum(len(r.counterexamples) for r in (*TIMES, *CUES)) >= 40


@pytest.mark.parametrize(
    ("anchor", "sentence", "bounds"),
    [
        ("2026-05-08", "会后7日内上报方案", ("2026-05-08", "2026-05-15")),
        ("2026-03-08", "五一前开园", (None, "2026-04-30")),
        ("2026-05-08", "五一前开园", (None, "2027-04-30")),
        ("2026", "6月底前完成", (None, "2026-06-30")),
        ("2026", "二季度完成", ("2026-04-01", "2026-06-30")),
        ("", "X月底前完成", (None, None)),
    ],
)
def test_sorting_bounds(anchor: str, sentence: str, bounds: tuple[str | None, str | None]) -> None:
    read = find_times(sentence, frame_of(anchor), RULES)[0]
    assert (read.earliest, read.latest) == bounds


@pytest.mark.parametrize(
    ("anchor", "sentence", "bounds"),
    [
        ("2026-01-08", "春节前足额发放补贴", (None, "2026-02-16")),
        ("2026-03-08", "春节前足额发放补贴", (None, "2027-02-05")),
        ("2026-03-08", "今年中秋节后集中验收", ("2026-09-25", None)),
        ("2026-03-08", "2025年除夕前送达", (None, "2025-01-27")),
    ],
)
def test_sorting_bounds_of_lunar_holidays(
    anchor: str, sentence: str, bounds: tuple[str | None, str | None]
) -> None:
    pytest.importorskip("borax")
    read = find_times(sentence, frame_of(anchor), RULES)[0]
    assert (read.earliest, read.latest) == bounds


@pytest.mark.parametrize(
    ("sentence", "modifier"),
    [
        ("力争在6月底前完成", "力争"),
        ("原则上于2026年底前完成", "原则上"),
        ("争取2028年左右建成", "争取、左右"),
        ("3月初启动", "初"),
        ("6月底前完成", None),
        ("力争上游，6月底前完成", None),
    ],
)
def test_hedges_are_kept(sentence: str, modifier: str | None) -> None:
    assert find_times(sentence, TimeFrame(), RULES)[0].modifier == modifier


def test_a_length_behind_another_time_is_not_counted_from_the_speech() -> None:
    frame = frame_of("2026-03-20")
    assert find_times("结果三日内通报", frame, RULES)[0].edtf == "2026-03-20/2026-03-23"
    assert find_times("6月中旬检查一次，结果三日内通报", frame, RULES)[1].edtf is None
    assert find_times("6月中旬检查一次。结果三日内通报", frame, RULES)[1].edtf is not None


def test_two_years_for_one_word_are_noted() -> None:
    assert find_times("今年2021年的任务", TimeFrame(), RULES)[0].note == "time_conflict"
    assert find_times("今年2021年的任务", TimeFrame(year=2021), RULES)[0].note is None
    assert find_times("今年（2021年）的任务", TimeFrame(year=2021), RULES)[0].note is None
    assert find_times("2月30日前报送", TimeFrame(year=2026), RULES)[0].note == "impossible_date"


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("落实“6月底前清零”行动", 0),
        ("修订《2026年6月工作方案》", 0),
        ("会议强调：“6月底前必须清零。”", 1),
        ("“十五五”期间", 1),
        ("编制“十五五”规划", 0),
        ("“6月底前完成，引号没有闭合", 1),
    ],
)
def test_quotes_are_names_unless_they_instruct(sentence: str, count: int) -> None:
    assert len(find_times(sentence, TimeFrame(), RULES)) == count


@pytest.mark.parametrize("sentence", ["上旬完成自查", "闰月5日前报送", "于2026年上旬召开"])
def test_a_part_of_no_month_has_no_value(sentence: str) -> None:
    assert all(
        t.edtf in (None, "2026") for t in find_times(sentence, frame_of("2026-05-08"), RULES)
    )


@pytest.mark.parametrize("year", [1800, 2500])
def test_a_year_beyond_the_lunar_tables_has_no_day(year: int) -> None:
    frame = TimeFrame(year=year)
    assert find_times("今年元宵节当天举办灯会", frame, RULES)[0].edtf is None


def test_without_the_calendar_library_lunar_days_stay_open(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "borax.calendars.lunardate", None)
    for holiday, edtf in (("元宵节", None), ("清明节", None), ("国庆节", "2026-10-01")):
        assert find_times(f"2026年{holiday}当天值守", TimeFrame(), RULES)[0].edtf == edtf


FRAGMENTS = {
    name: pattern
    for table in ("fragments", "times")
    for name, pattern in tomllib.loads(
        (files("speechmine.rules") / "data" / f"{table}.toml").read_text(encoding="utf-8")
    )["fragments"].items()
}
SPELLINGS = [
    spelling
    for name in ("holiday_name", "holiday_number")
    for term in FRAGMENTS[name].split("|")
    for spelling in {term.replace("?", ""), term.replace("节?", "")}
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_holiday_of_the_patterns_has_a_day(spelling: str) -> None:
    pytest.importorskip("borax")
    assert find_times(f"2026年{spelling}当天值守", TimeFrame(), RULES)[0].edtf is not None


ALPHABET = (
    "今明去年月日季度上下中旬底末初前后内期间起至到X×一二三十五〇0126-—，。“”春节每会议汛竣工提"
)


@given(st.text(ALPHABET, max_size=40))
def test_laws_of_any_text(text: str) -> None:
    """Spans quote the text, do not overlap, are the same each run; masks never give a date."""
    for find in (functools.partial(find_times, frame=TimeFrame()), find_deadline_cues):
        found = find(text, rules=RULES)
        assert found == find(text, rules=RULES)
        assert all(text[t.start : t.end] == t.text for t in found)
        assert all(a.end <= b.start for a, b in itertools.pairwise(found))
        assert all(t.edtf is None for t in found if t.masked)


@given(st.text(ALPHABET.replace("0126", ""), max_size=40))
def test_no_date_without_a_frame_or_a_written_year(text: str) -> None:
    """Relative and year-less times stay open where nothing says what they mean."""
    named = re.search(r"[一二][一二三四五六七八九〇零○]{3}|五", text)
    assert named or all(t.edtf is None for t in find_times(text, TimeFrame(), RULES))


@pytest.mark.parametrize(
    "piece",
    ["6月", "今年", "一二三四", "竣工", "“", "每年", "X月X日-", "2026年6月开工、", "提前", "自"],
)
def test_long_text_takes_linear_time(piece: str) -> None:
    """Ten times the text is about ten times the work (a quadratic rule would be a hundred)."""
    frame = TimeFrame(year=2026)

    def seconds(count: int) -> float:
        """Processor time, the least of three: other programs do not count."""
        taken = []
        for _ in range(3):
            begin = time.process_time()
            find_times(piece * count, frame, RULES)
            find_deadline_cues(piece * count, RULES)
            taken.append(time.process_time() - begin)
        return min(taken)

    assert seconds(10000) < 30 * seconds(1000) + 0.1
