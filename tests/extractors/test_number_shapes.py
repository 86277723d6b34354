"""What tables say of numbers and names: the shipped shapes, and a user's own beside them."""

from __future__ import annotations

import pytest

from speechmine import extract
from speechmine.extractors.bare_numbers import find_numbers
from speechmine.extractors.quantities import find_quantities
from speechmine.rules.loader import default_rules, load_rules

RULES = default_rules()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("候检满20分钟", [(20, None, "分钟", ">=")]),
        ("任职满3年", []),
        ("工期到2024年", []),
        ("比去年前移5位", []),
        ("冲毁涵闸三座，", [(3, 3, "座", "=")]),
        ("看了这三座，", []),
        ("每处扣5分", []),
        ("覆盖率达到百分之百", [(100, 100, "%", "=")]),
        ("百分之五至百分之八", [(5, 8, "%", "range")]),
        ("下降千分之三", [(3, 3, "‰", "=")]),
        ("任务过半", [(0.5, None, None, ">")]),
        ("近半企业停产", [(0.5, 0.5, None, "~")]),
        ("过半年", []),
        ("八成多", [(8, None, "成", ">=")]),
        ("来了14个人", [(14, 14, "人", "=")]),
        ("流量20立方米每秒", [(20, 20, "立方米每秒", "=")]),
        ("处理能力300吨/日", [(300, 300, "吨/日", "=")]),
        ("突破万亿元", [(1, None, "万亿元", ">")]),
        ("40件事项已办结30件", [(30, 30, "件", "=")]),
        ("\n8.6个重大专项", []),
        ("零事故", [(0, 0, None, "=")]),
        ("视为零。", []),
    ],
)
def test_numbers_that_measure_are_told_from_those_that_do_not(text, expected) -> None:
    found = [(q.low, q.high, q.unit, q.comparator) for q in find_quantities(text, RULES)]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一块二", [(1.2, 1.2, "元")]),
        ("一块二十", [(1, 1, "元"), (20, 20, None)]),
        ("九角九分", [(0.99, 0.99, "元")]),
        ("两美元又三美分", [(2.03, 2.03, "美元")]),
        ("1点5", [(1.5, 1.5, None)]),
        ("三年半", [(3.5, 3.5, "年")]),
        ("千分之三", [(3, 3, "‰")]),
        ("十和十五之间", [(10, 15, None)]),
        ("队伍", []),
        ("美味十足", []),
    ],
)
def test_any_number_of_a_text(text, expected) -> None:
    assert [(q.low, q.high, q.unit) for q in find_numbers(text, RULES)] == expected


def rules_with(folder, table: str, entry: str):
    """The shipped rules and one entry of a user's own."""
    (folder / f"{table}.toml").write_text(f"[[rule]]\n{entry}\n", encoding="utf-8")
    return load_rules(folder)


def test_a_fact_of_a_number_can_be_widened(tmp_path) -> None:
    entry = 'id = "my.short"\nextends = "fact.short"\npattern = "天"'
    rules = rules_with(tmp_path, "number_shapes", entry)
    assert find_quantities("候检满20天", RULES) == ()
    assert [q.low for q in find_quantities("候检满20天", rules)] == [20]


def test_a_shape_of_a_line_can_be_widened(tmp_path) -> None:
    text = "二、今年工作安排\n双园工程即新建20个园区。"
    entry = 'id = "my.line"\nextends = "line.explained"\npattern = "[^，。]{1,30}即"'
    rules = rules_with(tmp_path, "metric_shapes", entry)
    assert [m.low for m in extract(text).metrics] == [20]
    assert extract(text, rules=rules).metrics == ()


def test_words_about_names_are_added_to_and_replace_none(tmp_path) -> None:
    entry = (
        'id = "my.generic"\nvalue = "generic"\nposition = "name"\nterms = ["盘子"]\n'
        'examples = ["盘子达到30亿元"]'
    )
    rules = rules_with(tmp_path, "metric_phrases", entry)
    told = "服务业产值增长6%，{}达到30亿元。"
    text = "\n".join(["二、今年工作安排", told.format("总量"), told.format("盘子")])
    assert [m.indicator for m in extract(text).metrics][-1] == "盘子"
    assert {m.indicator for m in extract(text, rules=rules).metrics} == {"服务业产值"}
