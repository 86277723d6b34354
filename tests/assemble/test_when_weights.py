"""Which times may be a row's is grammar; weights say which of them is."""

from __future__ import annotations

import pytest

import speechmine
from speechmine.assemble import rows as assembled
from speechmine.assemble import when
from speechmine.assemble.when_places import RowTime, TimedRow, candidates_of
from speechmine.learned.weights import read_weights, shipped_weights, weights_bytes

DAY = "2025-03-10"
SAID = "县水利局今年要编制度汛方案，6月底前报县政府审定。"


def _found(text: str, monkeypatch: pytest.MonkeyPatch) -> list[list[RowTime]]:
    """The times that may be those of each row."""
    rows: list[TimedRow] = []

    def watched(row: TimedRow) -> RowTime:
        rows.append(row)
        return when.time_of(row)

    monkeypatch.setattr(assembled, "time_of", watched)
    speechmine.extract(text, date=DAY, mode="full")
    return [candidates_of(row) for row in rows]


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ({"Qv": 1.0}, "今年"),
        ({"Qa": 1.0}, "6月底前"),
        ({"Kbyu000": 1.0}, "6月底前"),
        ({"N": 1.0}, None),
    ],
)
def test_weights_say_which_time_is_meant(
    weights: dict[str, float], expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = read_weights(weights_bytes(weights))
    monkeypatch.setattr(when, "shipped_weights", lambda _: known)
    (task,) = speechmine.extract(SAID, date=DAY, mode="full").tasks
    assert task.deadline.text == expected


PLACES = [
    # before the verb and behind it, in the next clause, before the row, behind another row
    (SAID, [("今年", "v", "m0"), ("6月底前", "a", "m0")]),
    ("完成2026年底前竣工项目的移交。", [("2026年底前", "V", "m0")]),
    ("4月，县水利局要编制度汛方案。", [("4月", "b", "m0")]),
    # nothing is said: there is nothing to choose from
    ("县水利局要编制度汛方案。", []),
]


@pytest.mark.parametrize(("text", "expected"), PLACES)
def test_where_a_time_stands_to_its_row(
    text: str, expected: list[tuple[str, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = _found(text, monkeypatch)[0]
    said = [(c.time.text, c.place, c.whose) for c in found if not (c.reading or c.hint)]
    assert said == [*expected, (None, "none", "")]


def test_the_time_of_another_row_is_known_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "县水利局要在5月底前编制方案，县财政局要在8月底前拨付资金。"
    first, second = _found(text, monkeypatch)
    assert [(c.place, c.whose) for c in first if c.time.text == "8月底前"] == [("f1", "f1")]
    assert [(c.place, c.whose) for c in second if c.time.text == "5月底前"] == [("p1", "b0")]


READINGS = [
    ("县水利局从今天起启动防汛响应。", {"within", "at", "open"}),
    ("各闸站即日起停止放水。", {"within", "immediate", "open", "ongoing"}),
    ("值班室要在2小时内答复。", {"after_event", "within", "open"}),
    ("任何人不得开闸放水。", {"open", "ongoing"}),
]


@pytest.mark.parametrize(("text", "kinds"), READINGS)
def test_how_a_time_may_be_owed(
    text: str, kinds: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {c.time.kind for c in _found(text, monkeypatch)[0]} == kinds


def test_what_is_over_is_no_time_to_choose(monkeypatch: pytest.MonkeyPatch) -> None:
    found = _found("县水利局要在5月底前对2024年10月底前开工的项目建立台账。", monkeypatch)[0]
    assert [c.time.text for c in found] == ["5月底前", None]


def test_no_date_comes_from_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for found in _found("县水利局要在6月底前编制方案，不得延误。", monkeypatch):
        for candidate in found:
            assert candidate.time.text is not None or candidate.time.edtf is None


def test_the_shipped_weights_know_where_times_stand() -> None:
    assert {"N", "B", "Qv", "Qa"} <= set(shipped_weights("when"))
