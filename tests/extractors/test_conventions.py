"""Whether the first body listed has the lead: only where the document says so, and only there."""

from __future__ import annotations

import pytest

import speechmine
from speechmine.extractors.conventions import lead_convention
from speechmine.rules.loader import default_rules

FIRST = [
    "（区教育局、区财政局按职责分工负责，列第一位者为牵头单位，下同）",
    "责任单位中排在第一位的为牵头单位。",
    "排在第一位的部门为牵头部门，下同。",
    "注：列首位的责任部门为牵头部门或汇总部门。",
    "各项任务列在首位的单位是牵头单位。",
    "有多个责任单位的，第一个单位为牵头单位。",
    "以列在首位的承办单位为牵头单位。",
    "首位单位为牵头单位，其余为配合单位。",
    "责任单位排名第一的牵头负责，其他单位配合。",
    "由排第一的责任单位牵头，抓好组织实施。",
    "第一责任单位为牵头单位。",
    "责任单位中列第一位的单位负责牵头。",
    "序列第一的为总牵头单位。",
    "责任单位栏中，居首位的为牵头单位。",
]
ALL = [
    "无牵头单位的，责任单位即为牵头单位。",
    "未列牵头单位的，责任单位为牵头单位。",
    "没有明确牵头单位的任务，责任单位视为牵头单位。",
]
NEITHER = [
    "列第一位的任务是稳增长。",
    "我区经济总量排在第一位，牵头单位要再接再厉。",
    "排在第一位的不一定是牵头单位。",
    "列第一位的单位并不是牵头单位。",
    "排名第一位的单位不作为牵头单位。",
    "把安全放在第一位，由牵头单位负总责。",
    "考核排在第一位的镇为先进单位。",
    "主要领导是第一责任人，牵头单位要抓总。",
    "责任单位要主动对接牵头单位。",
    "没有牵头单位的，由区政府办商有关单位确定责任单位。",
    "牵头单位排在第一位的是区教育局。",
    "第一个牵头单位是区住建局。",
    "考核排名第一的牵头单位受到表扬。",
    "位列第一的企业是本区的龙头。",
]


@pytest.mark.parametrize("text", FIRST)
def test_the_first_leads(text: str) -> None:
    assert lead_convention(text, default_rules()) == "first"


@pytest.mark.parametrize("text", ALL)
def test_responsible_bodies_lead_where_none_is_named(text: str) -> None:
    assert lead_convention(text, default_rules()) == "all"


@pytest.mark.parametrize("text", NEITHER)
def test_sentences_that_only_look_like_it(text: str) -> None:
    assert lead_convention(text, default_rules()) is None


def test_a_document_may_say_that_nobody_leads() -> None:
    text = "所列责任单位均为同责单位，排名不分先后。"
    assert lead_convention(text, default_rules()) == "equal"
    assert roles(f"一、重点任务\n{BODY}二、有关要求\n{text}\n")[0] == ["responsible"] * 2


BODY = (
    "（一）要修订防汛预案。（区水利局、区应急局负责）\n"
    "（二）要扩建粮库2座。（区发改委、各镇负责）\n"
)


def roles(text: str) -> list[list[str]]:
    return [[p.role for p in task.parties] for task in speechmine.extract(text).tasks]


@pytest.mark.parametrize("statement", FIRST)
def test_a_statement_switches_its_own_document(statement: str) -> None:
    text = f"一、重点任务\n{BODY}二、有关要求\n{statement.strip('（）')}\n"
    other = "cooperate" if "配合" in statement else "responsible"
    assert roles(text)[:2] == 2 * [["lead", other]]


@pytest.mark.parametrize("statement", NEITHER)
def test_other_statements_leave_all_side_by_side(statement: str) -> None:
    text = f"一、重点任务\n{BODY}二、有关要求\n{statement}\n"
    assert roles(text)[:2] == 2 * [["responsible", "responsible"]]


def test_a_document_does_not_switch_the_next_one() -> None:
    speechmine.extract(f"一、重点任务\n{BODY}注：{FIRST[1]}\n")
    assert roles(f"一、重点任务\n{BODY}") == 2 * [["responsible", "responsible"]]


def test_a_named_lead_stays_the_only_one() -> None:
    text = (
        "要扩建粮库2座。（区发改委牵头，区财政局、各镇负责）\n责任单位中排在第一位的为牵头单位。\n"
    )
    assert roles(text)[0] == ["lead", "responsible", "responsible"]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("各项任务排在第一位的为牵头单位，其他单位按职责分工配合。", ["lead", "cooperate"]),
        ("列第一位的为牵头单位，其余为配合单位。", ["lead", "cooperate"]),
        ("列第一位的为牵头单位，其他单位按职责分工负责。", ["lead", "responsible"]),
        ("列第一位的为牵头单位，其他工作有序推进。", ["lead", "responsible"]),
    ],
)
def test_the_others_help_where_the_document_says_so(statement: str, expected: list[str]) -> None:
    assert roles(f"一、重点任务\n{BODY}二、有关要求\n{statement}\n")[:2] == 2 * [expected]
