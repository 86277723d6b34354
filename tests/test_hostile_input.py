"""Hostile input: whatever comes in, records that point to their text or a clear error go out."""

from __future__ import annotations

import importlib.util
import random
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import speechmine
from speechmine.errors import ReadError
from speechmine.model import Extraction

_SPEC = importlib.util.spec_from_file_location(
    "traps", Path(__file__).parent.parent / "benchmarks" / "traps.py"
)
assert _SPEC is not None
assert _SPEC.loader is not None
BENCHMARK = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(BENCHMARK)
CORPUS = sorted((Path(__file__).parent.parent / "corpus").glob("*.txt"))
PATIENT = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def holds(result: Extraction) -> None:
    """The law of every record: it says what its place in the text says."""
    text = result.document.text
    for group in (result.tasks, result.metrics, result.segments):
        for record in group:
            assert text[record.start : record.end] == record.text
    for task in result.tasks:
        for party in task.parties:
            assert party.start is None or text[party.start : party.end] == party.text
        if task.deadline.text is not None and task.deadline.start is not None:
            assert text[task.deadline.start : task.deadline.end] == task.deadline.text


@PATIENT
@given(st.lists(st.sampled_from(BENCHMARK.PIECES), max_size=80).map("".join))
@example("（" * 200 + "区财政局要在6月底前制定方案" + "）" * 200)
@example("\ud800区财政局要在6月底前制定方案。\udfff")
@example("在全縣防汛&amp;抗旱&nbsp;工作会议上的讲话\n縣長　林遠&amp;山\n縣水利局要修好水閘。")
def test_random_words_of_the_genre(text: str) -> None:
    result = speechmine.extract(text, mode="full")
    holds(result)
    assert speechmine.extract(text, mode="full") == result


@PATIENT
@given(st.text(max_size=300))
def test_random_text(text: str) -> None:
    holds(speechmine.extract(text, mode="full"))


@PATIENT
@given(
    st.binary(max_size=400),
    st.sampled_from([".txt", ".docx", ".pdf", ".ofd", ".html", ".xlsx", ".zip", ".rtf", ".md"]),
)
@example(b"PK\x03\x04", ".docx")
@example(b"%PDF-1.7", ".pdf")
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc")
@example(b"{\\rtf1\\bin99999999999 ", ".rtf")
def test_random_bytes(content: bytes, suffix: str) -> None:
    from speechmine.readers import read_bytes

    try:
        document = read_bytes(content, suffix=suffix)
    except ReadError:
        return  # anything else is a fault of ours
    holds(speechmine.extract(document))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(CORPUS))
def test_real_speeches_with_pieces_cut_doubled_and_swapped(seed: int, path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311  # to make faults, not secrets
    text = path.read_text(encoding="utf-8")[:3000]
    for _ in range(chance.randrange(1, 12)):
        at, until = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        until = min(until, at + 200)
        piece = chance.choice(BENCHMARK.PIECES)
        text = chance.choice(
            (text[:at] + text[until:], text[:until] + text[at:], text[:at] + piece + text[at:])
        )
    holds(speechmine.extract(text, mode="full"))


@pytest.mark.parametrize("name", BENCHMARK.TRAPS)
def test_traps_give_records_that_hold(name: str) -> None:
    holds(speechmine.extract(BENCHMARK.TRAPS[name](20_000)))


def test_places_survive_marks_that_are_not_seen() -> None:
    text = "区财\u200b政局要在\u202e6月底前\u202c制定\ufeff奖补方案。"
    result = speechmine.extract(text)
    holds(result)
    assert all(unicodedata.category(c) != "Cs" for task in result.tasks for c in task.title)


def looks(text: str) -> int:
    """How often functions are called for a text: no clock, so a busy machine changes nothing."""
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        speechmine.extract(text, mode="full")
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.slow
@pytest.mark.parametrize("place", ["one line", "lines"])
@pytest.mark.parametrize(
    "unit", ["（责任单位：市发改委）", "5% 市必须每月5日前，", "完成", "其中，"]
)
def test_the_work_grows_with_the_text(unit: str, place: str) -> None:
    make = BENCHMARK.PLACES[place]
    speechmine.extract(make(unit, 100), mode="full")
    assert looks(make(unit, 5_200)) <= 4.6 * looks(make(unit, 1_300))


def test_random_units_are_the_same_for_a_seed() -> None:
    assert list(BENCHMARK.random_units(5, 3)) == list(BENCHMARK.random_units(5, 3))


@pytest.mark.parametrize("mark", ["。", "；", "、", "，", ""])
def test_a_text_without_an_end_is_cut(mark: str) -> None:
    text = f"区财政局要在6月底前制定奖补方案{mark}" * 300
    result = speechmine.extract(text, mode="full")
    holds(result)
    assert max(segment.end - segment.start for segment in result.segments) <= 1000
    assert "".join(segment.text for segment in result.segments) == text
