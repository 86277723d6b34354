"""Figures of tables: the name in one cell, the value in another, the unit where it stands."""

from __future__ import annotations

import dataclasses
import io

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

import speechmine
from speechmine.assemble.table_contents import (
    is_unit,
    unit_in_brackets,
    unit_of_table,
    without_unit,
)
from speechmine.model import Extraction
from speechmine.readers import read_bytes
from speechmine.rules.loader import default_rules

RULES = default_rules()


def table(*rows: str, merged: tuple[str, ...] = ()) -> Extraction:
    """Rows with their cells parted by ``|``, as a workbook."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append([cell or None for cell in row.split("|")])
    for area in merged:
        sheet.merge_cells(area)
    packed = io.BytesIO()
    book.save(packed)
    document = read_bytes(packed.getvalue(), suffix=".xlsx")
    result = speechmine.extract(document, date="2024-03-01", mode="full")
    for metric in result.metrics:
        assert document.text[metric.start : metric.end] == metric.text
    return result


def figures(result: Extraction) -> list[tuple[object, ...]]:
    return [(m.indicator, m.low, m.high, m.unit, m.kind) for m in result.metrics]


VALUES: list[tuple[str, str, str, tuple[object, ...]]] = [
    ("地区生产总值增速", "%", "6.5左右", ("地区生产总值", 6.5, 6.5, "%")),
    ("固定资产投资", "亿元", "120", ("固定资产投资", 120.0, 120.0, "亿元")),
    ("空气优良天数比率", "%", "≥90", ("空气优良天数比率", 90.0, None, "%")),
    ("城镇调查失业率", "%", "不高于5.5", ("城镇调查失业率", None, 5.5, "%")),
    ("森林覆盖率", "%", "62.5-63", ("森林覆盖率", 62.5, 63.0, "%")),
    ("粮食产量", "万吨", "不低于1,200", ("粮食产量", 1200.0, None, "万吨")),
    ("PM2.5浓度", "微克/立方米", "≤35", ("PM2.5浓度", None, 35.0, "微克/立方米")),
    # A unit of the cell's own goes first.
    ("规上工业增加值", "亿元", "增长8%", ("规上工业增加值", 8.0, 8.0, "%")),
    ("城镇化率", "个", "65%", ("城镇化率", 65.0, 65.0, "%")),
    # A unit that the rules do not know is kept as it is written.
    ("蒸汽能力", "蒸吨", "20", ("蒸汽能力", 20.0, 20.0, "蒸吨")),
]


@pytest.mark.parametrize(("name", "unit", "value", "metric"), VALUES)
def test_a_value_takes_its_name_and_its_unit_from_its_row(
    name: str, unit: str, value: str, metric: tuple[object, ...]
) -> None:
    result = table("指标名称|单位|2024年目标值", f"{name}|{unit}|{value}")
    assert figures(result) == [(*metric, "target")]
    assert result.metrics[0].period == "2024"
    assert result.metrics[0].text == value
    assert not any(task.parties for task in result.tasks)


@pytest.mark.parametrize("value", ["与经济增长同步", "/", "分类推进"])
def test_words_are_no_figure(value: str) -> None:
    assert figures(table("指标名称|单位|目标值", f"居民收入|元|{value}")) == []


def test_a_unit_is_no_party() -> None:
    result = table(
        "序号|工作任务|单位|目标|责任单位",
        "1|扩大有效投资|亿元|120|区发展改革局",
        "2|稳定粮食生产|万吨|30|区农业农村局",
    )
    said = [[party.text for party in task.parties] for task in result.tasks]
    assert said == [["区发展改革局"], ["区农业农村局"]]
    assert [(m.low, m.unit) for m in result.metrics] == [(120, "亿元"), (30, "万吨")]


def test_a_column_of_bodies_stays_one() -> None:
    result = table("工作任务|单位|完成时限", "修缮桥梁3座|区交通局|6月底前")
    assert [[p.text for p in task.parties] for task in result.tasks] == [["区交通局"]]


def test_what_was_reached_is_no_goal() -> None:
    result = table("指标|计量单位|2023年完成|2024年目标", "粮食产量|万吨|30.1|31")
    assert figures(result) == [
        ("粮食产量", 30.1, 30.1, "万吨", "achieved"),
        ("粮食产量", 31.0, 31.0, "万吨", "target"),
    ]
    assert [m.period for m in result.metrics] == ["2023", "2024"]


UNITS = [
    ("项目名称|年度投资（万元）|责任单位", "西河大桥|12000|区交通局"),
    ("项目名称|年度投资(单位：万元)|责任单位", "西河大桥|12,000|区交通局"),
    ("项目名称|年度投资/万元|责任单位", "西河大桥|12000|区交通局"),
    ("项目名称|年度投资|责任单位", "西河大桥|12000万元|区交通局"),
]


@pytest.mark.parametrize(("header", "row"), UNITS)
def test_units_in_the_head(header: str, row: str) -> None:
    (metric,) = table(header, row).metrics
    assert (metric.indicator, metric.low, metric.unit) == ("年度投资", 12000, "万元")
    assert (metric.norm_low, metric.norm_unit) == (1.2, "亿元")


def test_a_unit_above_the_table_holds_for_its_money() -> None:
    result = table(
        "重点项目表|||",
        "单位：万元|||",
        "项目名称|总投资|电话|建设单位",
        "西河大桥|25000|5550101|区交通局",
    )
    assert [(m.indicator, m.low, m.unit) for m in result.metrics] == [("总投资", 25000, "万元")]


def test_a_unit_beside_the_name() -> None:
    result = table("主要指标|目标值", "粮食产量（万吨）|31", "道路里程/公里|60以上")
    assert [(m.indicator, m.low, m.unit) for m in result.metrics] == [
        ("粮食产量", 31, "万吨"),
        ("道路里程", 60, "公里"),
    ]


def test_two_rows_of_headings_over_figures() -> None:
    result = table(
        "序号|指标|2023年完成||2024年目标||责任单位",
        "||总量|增速（%）|总量|增速|",
        "1|地区生产总值（亿元）|520|6.1|555|6.5左右|区发展改革局",
        merged=("A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:G2"),
    )
    said = [(m.indicator, m.low, m.unit, m.kind, m.period) for m in result.metrics]
    assert said == [
        ("地区生产总值", 520, "亿元", "achieved", "2023"),
        ("地区生产总值", 6.1, "%", "achieved", "2023"),
        ("地区生产总值", 555, "亿元", "target", "2024"),
        ("地区生产总值", 6.5, "%", "target", "2024"),
    ]


def test_a_year_alone_is_owed_or_reached_by_the_year_of_the_text() -> None:
    result = table("类别|指标|2023年|2030年", "发展|粮食产量（万吨）|30|31以上")
    said = [(m.indicator, m.low, m.unit, m.kind, m.period) for m in result.metrics]
    assert said == [
        ("粮食产量", 30, "万吨", "achieved", "2023"),
        ("粮食产量", 31, "万吨", "target", "2030"),
    ]
    undated = speechmine.extract(dataclasses.replace(result.document, date=None))
    assert undated.metrics == ()


def test_years_below_a_heading() -> None:
    result = table(
        "指标|目标值||责任单位",
        "|2024年|2025年|",
        "粮食产量（万吨）|30|31|区农业农村局",
        merged=("A1:A2", "B1:C1", "D1:D2"),
    )
    assert [(m.low, m.kind, m.period) for m in result.metrics] == [
        (30, "target", "2024"),
        (31, "target", "2025"),
    ]


def test_years_of_a_work_plan_are_no_figures() -> None:
    result = table("工作任务|2024年|2025年|责任单位", "改造管网|完成12公里|全部完工|区住建局")
    assert [m.kind for m in result.metrics] == []
    assert [cell.text for cell in result.tasks[0].other] == ["完成12公里", "全部完工"]


def test_three_rows_of_headings() -> None:
    result = table(
        "序号|工作任务|责任分工|||时限要求",
        "||责任单位||责任人|",
        "||牵头单位|配合单位||",
        "1|编制清淤方案|区水利局|区财政局|张三|6月底前",
        merged=("A1:A3", "B1:B3", "C1:E1", "F1:F3", "C2:D2", "E2:E3"),
    )
    (task,) = result.tasks
    assert [(p.text, p.role) for p in task.parties] == [
        ("区水利局", "lead"),
        ("区财政局", "cooperate"),
        ("张三", "person"),
    ]
    assert task.deadline.edtf == "../2024-06-30"
    assert result.notices == ()


def test_values_of_merged_rows_have_units_of_their_own() -> None:
    result = table(
        "工作任务|指标名称|单位|目标值",
        "改善人居环境|新建公厕|座|12",
        "|垃圾分类覆盖率|%|95以上",
        merged=("A2:A3",),
    )
    assert [(m.indicator, m.low, m.unit) for m in result.metrics] == [
        ("公厕", 12, "座"),
        ("垃圾分类覆盖率", 95, "%"),
    ]


def test_units_are_told_from_words() -> None:
    said = ["亿元", "%", "％", "万人次", "个", "财政局", "各镇", "2个", "", "元以上"]
    assert [is_unit(words, RULES) for words in said] == [True] * 5 + [False] * 5
    assert unit_in_brackets("目标（争取）", RULES) is None
    assert without_unit("县（市、区）粮食产量（万吨）", RULES) == "县（市、区）粮食产量"
    assert unit_of_table("填报单位：财政局　金额单位：亿元", RULES) == "亿元"
