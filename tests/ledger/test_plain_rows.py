"""A row by itself: what only carries the speech on is left out, who 我 is is said."""

from __future__ import annotations

import pytest

import speechmine
from speechmine.ledger import make_ledger
from speechmine.ledger.drafting.plain import plain_words, says_speaker

PLAIN = [
    # words of a task, who answers for it, what its cell says
    ("然后正式公布用水定额", (), "正式公布用水定额"),
    ("接下来，逐村核对灌溉面积", (), "逐村核对灌溉面积"),
    ("也表示将积极配合县水利局修渠", (), "积极配合县水利局修渠"),
    ("要加强水源地巡查", (), "加强水源地巡查"),
    ("也要加强水源地巡查", (), "加强水源地巡查"),
    ("将继续修缮南渠", (), "继续修缮南渠"),
    ("将在2026年建成北渠", (), "在2026年建成北渠"),
    ("将在册农户纳入补贴", (), "将在册农户纳入补贴"),
    ("你今晚把二号泵给我修好", ("县水利局",), "今晚把二号泵修好"),
    ("县水利局：5月底前完工率达到七成", ("县水利局",), "5月底前完工率达到七成"),
    # What carries something stays.
    ("县水利局：5月底前完工率达到七成", (), "县水利局：5月底前完工率达到七成"),
    ("要求不降、标准不减", (), "要求不降、标准不减"),
    ("将巡查情况报县水利局", (), "将巡查情况报县水利局"),
    ("将修缮情况纳入考核", (), "将修缮情况纳入考核"),
    ("先把漏水的旧管换掉", (), "先把漏水的旧管换掉"),
    ("还有一个村没通水", (), "还有一个村没通水"),
    ("你今晚把二号泵修好", (), "你今晚把二号泵修好"),
    ("把回执给我送来", ("县水利局",), "把回执给我送来"),
]


@pytest.mark.parametrize(("said", "bodies", "cell"), PLAIN)
def test_what_carries_nothing_is_left_out(said: str, bodies: tuple[str, ...], cell: str) -> None:
    assert plain_words(said, bodies) == cell


SPEAKERS = [
    ("闸门开不了，先打我的电话", True),
    ("后天给我回话", True),
    ("把渠道给我清干净", False),
    ("推进我县灌区改造", False),
    ("开展“我为渠道出份力”活动", False),
    ("增强自我管理能力", False),
]


@pytest.mark.parametrize(("said", "speaks"), SPEAKERS)
def test_words_of_the_speaker(said: str, speaks: bool) -> None:
    assert says_speaker(said) is speaks


def test_a_row_says_who_speaks() -> None:
    text = (
        "罗县长在抗旱会上的讲话\n各乡镇要守好泵站。县水利局每天报水位，闸门开不了，先打我的电话。"
    )
    document = speechmine.Document(text, title="罗县长在抗旱会上的讲话", date="2025-03-10")
    remarks = [row.cells["remark"] for row in make_ledger([speechmine.extract(document)]).rows]
    assert any("文中“我”为罗县长" in remark for remark in remarks)


def test_the_source_of_a_row_keeps_every_word() -> None:
    text = "县水利局要修好南渠。然后正式公布县里的用水定额。"
    row = make_ledger([speechmine.extract(text, date="2025-03-10")]).rows[-1].cells
    assert (row["task"], row["text"]) == ("正式公布县里的用水定额", "然后正式公布县里的用水定额")


def test_a_label_that_is_left_out_takes_nothing_with_it() -> None:
    said = "11月底前老旧小区完工率达到70%以上，12月25日前全部完工"
    document = speechmine.Document(f"2．县住建局：{said}；管网三日内进场。", date="2020-10-09")
    row = make_ledger([speechmine.extract(document)]).rows[0].cells
    assert (row["task"], row["metrics"], row["remark"]) == (said, "老旧小区完工率达到70%以上", "")


def test_a_thing_does_not_do_the_deed_itself() -> None:
    text = "（三）将县域小水电的备案管理权限下放至乡镇水利站。（负责部门：县水利局）"
    row = make_ledger([speechmine.extract(text, date="2025-10-09")]).rows[0].cells
    assert row["task"] == "将县域小水电的备案管理权限下放至乡镇水利站"
