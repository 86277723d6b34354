"""Blanks between the characters of spread-out text go, all others stay."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechmine.spacing import spread_blanks

DRAWN_TOGETHER = [
    ("县 水 务 局 要 在 6 月 底 前 修 渠 。", "县水务局要在6月底前修渠。"),
    ("县　水　务　局　要　修　渠", "县水务局要修渠"),
    ("县\u00a0水\u00a0务\u00a0局\u00a0要\u00a0修\u00a0渠", "县水务局要修渠"),
    ("县  水  务  局  要  修  渠", "县水务局要修渠"),
    ("县 水 务 局 牵 头， 县 财 政 局 配 合。", "县水务局牵头，县财政局配合。"),
    ("修 渠，县 财 政 局 出 资", "修渠，县财政局出资"),
    ("在 12 月 底 前 修 渠 2.5 公 里", "在12月底前修渠2.5公里"),
    ("要 在 2027年 6月 底 前 修 渠", "要在2027年6月底前修渠"),
    ("投 资 增 长 5 %", "投资增长5%"),
    ("（ 一 ） 抓 好 防 汛", "（一）抓好防汛"),
    ("引 进 A I 企 业 ， P M 2 . 5 下 降", "引进AI企业，PM2.5下降"),
    ("由县水务局牵头， 年 底 前 修 渠", "由县水务局牵头， 年底前修渠"),
    # The whole text is spread out, so its short lines and its date are too.
    (
        "目 录\n（ 2 0 2 7 年 3 月 5 日 ）\n县 水 务 局 要 在 6 月 底 前 修 渠",
        "目录\n（2027年3月5日）\n县水务局要在6月底前修渠",
    ),
    # A wider gap parts a heading from its body, office from name.
    ("抓 好 供 水  县 水 务 局 要 修 渠", "抓好供水  县水务局要修渠"),
    ("县 水 务 局 要 修 渠\n县 长  林 远 山", "县水务局要修渠\n县长  林远山"),
]

AS_THEY_ARE = [
    "在 12 月 20 日前完成 5 公里，增长 3 %",
    "推广 GDP 核算、APP 办事、5G 基站",
    "序号 任务 单位 时限",
    "一、抓供水 县水务局要修渠",
    "县长　林远山",
    "王 明  李 强  张 华",
    "目 录",
    "     年 月 日",
    "同 志 们 ：",
    "是\t否\t是\t否\t是\t否",
    "学校 3 所 医院 2 家 公园 5 个",
    "A B C D E F",
    "1 2 3 4 5 6",
]


def drawn(text: str) -> str:
    gone = {at for start, end in spread_blanks(text) for at in range(start, end)}
    return "".join(char for at, char in enumerate(text) if at not in gone)


@pytest.mark.parametrize(("text", "read"), DRAWN_TOGETHER)
def test_spread_out(text: str, read: str) -> None:
    assert drawn(text) == read


@pytest.mark.parametrize("text", AS_THEY_ARE)
def test_ordinary_blanks(text: str) -> None:
    assert drawn(text) == text


@given(st.text(alphabet="县水5年， 　\t\n。（GDP", max_size=80))
def test_only_blanks_go_and_in_order(text: str) -> None:
    gaps = spread_blanks(text)
    assert all(text[start:end].strip() == "" and start < end for start, end in gaps)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(gaps))
    assert not any(mark in text[start:end] for start, end in gaps for mark in "\t\n")


@pytest.mark.parametrize("piece", ["县 ", "县  水 ", "，", "1", "A", " ", "县，", "县 水 利 局 "])
def test_time_grows_with_length_only(piece: str) -> None:
    """Sixteen times the text takes nowhere near the square of that."""
    text = " 县 水 利 " + piece * 4000
    began = time.perf_counter()
    spread_blanks(text)
    small = time.perf_counter() - began
    began = time.perf_counter()
    spread_blanks(text * 16)
    assert time.perf_counter() - began < 80 * small + 0.5
