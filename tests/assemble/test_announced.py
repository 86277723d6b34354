"""Whoever announces a list has its items, but those with a subject of their own."""

from __future__ import annotations

import pytest

import speechmine

# A passage; the bodies of each row in turn.
LISTS = [
    (
        (
            "下一步，区民政局将围绕为老服务，做好以下工作。一是2025年6月底前新建食堂10个。"
            "二是编制服务清单。三是区残联要免费发放轮椅50辆。四是修建扶手300处。"
        ),
        ["区民政局", "区民政局", "区残联", "区民政局"],
    ),
    (
        "区水利局具体负责：一是6月底前新建泵站3座；二是9月底前疏浚河道5公里；三是每月巡查一次。",
        ["区水利局", "区水利局", "区水利局"],
    ),
    (
        "区卫健委要重点抓好以下工作。\n1.新建卫生室6个。\n2.培训村医120名。\n新建球场2个。",
        ["区卫健委", "区卫健委", ""],
    ),
    # Two are asked before the list, or nobody who could be.
    (
        "区教育局要新建学校2所，区财政局要拨付资金300万元。一是6月底前改造食堂10个。",
        ["区教育局", "区财政局", ""],
    ),
    ("我们要抓好秋收。一是6月底前新建粮仓3座。", [""]),
    # What was done before a list is no announcement; a sentence without a list holds by itself.
    ("去年区民政局建成食堂3个。一是今年6月底前要新建书屋6座。", ["", ""]),
    ("区民政局要新建食堂10个。村级书屋今年新建6座。", ["区民政局", ""]),
]


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_the_announcer_has_the_items(text: str, expected: list[str]) -> None:
    tasks = speechmine.extract(f"在全区工作会议上的讲话\n同志们：\n{text}\n").tasks
    assert [" ".join(p.text for p in task.parties) for task in tasks] == expected
