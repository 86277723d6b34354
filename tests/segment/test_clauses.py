"""Predicates of clauses: subject, verb, object."""

from __future__ import annotations

import pytest

from speechmine.rules.loader import default_rules
from speechmine.segment.clauses import parse_clauses

RULES = default_rules()

# text, class, action, object, subject of its last clause
CASES = [
    ("要尽快成立工作专班", "deliver", "成立", "工作专班", None),
    ("加快推进南环路建设", "host", "推进", "南环路建设", None),
    ("加快南环路建设", "host", "加快", "南环路建设", None),
    ("各镇要建立问题台账", "deliver", "建立", "问题台账", "各镇"),
    ("对每一个项目都要建立台账", "deliver", "建立", "台账", "对每一个项目"),
    ("对重点企业实行专人包保", "host", "实行", "专人包保", None),
    ("把隐患排查纳入年度考核", "deliver", "纳入", "年度考核", None),
    ("滨河路年内建成通车", "event", "建成通车", "滨河路年内", None),
    ("建立健全会商机制", "deliver", "建立健全", "会商机制", None),
    ("落实好惠企政策", "host", "落实好", "惠企政策", None),
    ("确保群众安全过冬", "result", "确保", "群众安全过冬", None),
    ("严禁擅自离岗", "prohibit", "严禁", "擅自离岗", None),
    ("坚持问题导向", "attitude", "坚持", "问题导向", None),
    ("针对征迁难题", "attitude", "针对", "征迁难题", None),
    ("县里将制定奖补办法", "deliver", "制定", "奖补办法", "县里"),
    ("针对征迁难题成立工作专班", "deliver", "成立", "工作专班", None),
    ("区财政局编制预算表", "deliver", "编制", "预算表", "区财政局"),
    ("在全县推广先进经验", "none", "", "在全县推广先进经验", None),
    ("同时，新增学位1200个", "deliver", "新增", "学位1200个", None),
    ("加强应急值守", "general", "加强", "应急值守", None),
    ("健全要素市场", "deliver", "健全", "要素市场", None),
    ("北岸泵站要尽快竣工投用", "event", "竣工投用", "北岸泵站", None),
    ("三号桥还须如期贯通", "event", "贯通", "三号桥", None),
    ("为安置户办出不动产权证", "deliver", "办出", "不动产权证", None),
    ("县委提出的思路", "none", "", "县委提出的思路", None),
]


@pytest.mark.parametrize(("text", "verb", "action", "target", "subject"), CASES)
def test_predicate(text: str, verb: str, action: str, target: str, subject: str | None) -> None:
    clause = parse_clauses(text, 0, len(text), RULES)[-1]
    found = clause.subject and text[slice(*clause.subject)]
    assert (clause.verb, text[slice(*clause.action)], text[slice(*clause.object)], found) == (
        verb,
        action,
        target,
        subject,
    )


def test_parties_and_times_may_stand_before_the_verb() -> None:
    text = "区财政局6月底前制定办法"
    (clause,) = parse_clauses(text, 0, len(text), RULES, {0: (4, True), 4: (8, False)})
    assert text[slice(*clause.action)] == "制定"
    assert clause.subject == (0, 4)


def test_items_and_colons() -> None:
    text = "抓好两件事：一是河道清淤工程；"
    first, second = parse_clauses(text, 0, len(text), RULES)
    assert first.leads
    assert (second.item, text[slice(*second.object)]) == ("一是", "河道清淤工程")


def test_a_case_that_is_named_leads_nobody() -> None:
    text = "发现弄虚作假的，要严肃问责。"
    case, *_ = parse_clauses(text, 0, len(text), RULES)
    assert (case.verb, case.leads) == ("none", False)
