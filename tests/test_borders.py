"""Where sentences, clauses and phrases end."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechmine import borders

SAID = "各镇要抓紧清淤、补种；月底前完成，（县水利局牵头）。散会！"


@pytest.mark.parametrize(
    ("border", "parts"),
    [
        (borders.FULL_STOP, ["各镇要抓紧清淤、补种；月底前完成，（县水利局牵头）", "散会！"]),
        (borders.SENTENCE, ["各镇要抓紧清淤、补种", "月底前完成，（县水利局牵头）", "散会", ""]),
        (borders.CLAUSE, ["各镇要抓紧清淤、补种", "月底前完成", "（县水利局牵头）", "散会", ""]),
        (
            borders.PHRASE,
            ["各镇要抓紧清淤", "补种", "月底前完成", "（县水利局牵头）", "散会", ""],
        ),
        (
            borders.STATEMENT,
            ["各镇要抓紧清淤、补种", "月底前完成，", "县水利局牵头", "", "散会", ""],
        ),
    ],
)
def test_what_a_border_parts(border: re.Pattern[str], parts: list[str]) -> None:
    assert border.split(SAID) == parts


@pytest.mark.parametrize("at", range(len(SAID) + 1))
def test_start_and_end_enclose_a_place(at: int) -> None:
    start = borders.start_before(borders.CLAUSE, SAID, at)
    end = borders.end_behind(borders.CLAUSE, SAID, at)
    assert start <= at <= end
    assert not borders.CLAUSE.search(SAID, start, end)


def test_no_further_back_than_the_floor() -> None:
    assert borders.start_before(borders.CLAUSE, SAID, 8, 5) == 5


@settings(deadline=None)
@given(st.text(alphabet="甲乙，。；：！？、“”（）《》 \n", max_size=40), st.data())
def test_a_stretch_begins_behind_the_last_mark(text, data):
    at = data.draw(st.integers(0, len(text)))
    floor = data.draw(st.integers(0, at))
    for border in (borders.CLAUSE, borders.SENTENCE, borders.NAME, re.compile("，|。乙")):
        ends = [mark.end() for mark in border.finditer(text, floor, at)]
        assert borders.start_before(border, text, at, floor) == (ends[-1] if ends else floor)
