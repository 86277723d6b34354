"""Where sentences, clauses and phrases end: GUIDELINE U1 to U3."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechmine import borders
from speechmine.borders import split_blocks, split_clauses, split_segments

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


SEGMENTS = [
    ("要抓紧。要抓实；要抓好！", ["要抓紧。", "要抓实；", "要抓好！"]),
    ("全部完成;不留尾巴", ["全部完成;", "不留尾巴"]),
    ("开展“早谋划；早动手”活动。好", ["开展“早谋划；早动手”活动。", "好"]),
    ("落实《办法（试行）；细则》。", ["落实《办法（试行）；细则》。"]),
    ("他说：“要快。”大家鼓掌。", ["他说：“要快。”", "大家鼓掌。"]),
    ("他说“要快。”的时候很急。", ["他说“要快。”的时候很急。"]),
    ("大家鼓劲！！再出发。", ["大家鼓劲！！", "再出发。"]),
    ("左引号“没有关上。下一句。", ["左引号“没有关上。", "下一句。"]),
    ("（一）要快。（二）要实。", ["（一）要快。", "（二）要实。"]),
    ("一、要点，二、做法", ["一、要点，二、做法"]),
]

CLAUSES = [
    ("一是强化领导，抓实责任。", ["一是强化领导", "抓实责任"]),
    ("抓好三件事：一是清淤，二是护堤", ["抓好三件事", "一是清淤", "二是护堤"]),
    ("收储,尽快回笼资金", ["收储", "尽快回笼资金"]),
    ("完成投资1,200万元，超计划", ["完成投资1,200万元", "超计划"]),
    ("开展“查隐患，保平安”行动，见到实效", ["开展“查隐患，保平安”行动", "见到实效"]),
    ("（财政局牵头，住建局配合）落实", ["（财政局牵头，住建局配合）落实"]),
]


@pytest.mark.parametrize(("text", "expected"), SEGMENTS)
def test_segments(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in split_segments(text)] == expected


@pytest.mark.parametrize(("text", "expected"), CLAUSES)
def test_clauses(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in split_clauses(text, 0, len(text))] == expected


MESSY = st.text(alphabet="要抓。；，：“”《》（）\n 1,", max_size=60)


@given(MESSY)
def test_segments_cover_all_but_white_space(text: str) -> None:
    covered = set()
    for start, end in split_blocks(text):
        for a, b in split_segments(text, start, end):
            assert start <= a < b <= end
            assert covered.isdisjoint(range(a, b))
            covered.update(range(a, b))
    assert all(text[i].isspace() for i in set(range(len(text))) - covered)


@given(MESSY)
def test_clauses_lie_inside_in_order(text: str) -> None:
    spans = list(split_clauses(text, 0, len(text)))
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(x[1] <= y[0] for x, y in itertools.pairwise(spans))
