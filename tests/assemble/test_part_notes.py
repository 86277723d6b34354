"""What a part's heading, or a line right below it, says of who answers for the part."""

from __future__ import annotations

import pytest

from speechmine import extract

PARTS = [
    pytest.param(
        "镇重点任务清单\n第一部分　牵头股室：农经股，责任人：祁明\n"
        "1.3月底前完成灌渠清淤12公里。\n2.4月底前建成粮食烘干点3个。\n"
        "第二部分　牵头股室：规划股，责任人：栾玉\n3.5月底前完成村庄规划编制8个。\n",
        {
            "灌渠": {("农经股", "lead"), ("祁明", "person")},
            "烘干点": {("农经股", "lead"), ("祁明", "person")},
            "村庄规划": {("规划股", "lead"), ("栾玉", "person")},
        },
        id="labels in the heading of each part",
    ),
    pytest.param(
        "赛事筹备分工\n一、医疗保障组\n牵头单位：县卫健局；参与单位：县红十字会。\n"
        "1.赛道每公里设医疗点1个，9月10日前到位。\n"
        "2.由县医院于9月5日前开辟绿色通道。\n"
        "二、综合组\n3.9月12日前印制秩序册2000册。\n",
        {
            "医疗点": {("县卫健局", "lead"), ("县红十字会", "cooperate")},
            "绿色通道": {("县卫健局", "lead"), ("县医院", "responsible")},
            "秩序册": set(),
        },
        id="a line below the heading; who acts takes the place of those who help",
    ),
    pytest.param(
        "县重点任务分工方案\n一、完善路网（牵头单位：县交通局；责任单位：县财政局）\n"
        "1.修建农村道路5公里。\n2.建成示例桥梁2座。\n"
        "二、改善供水（县水利局负责）\n1.新建示例水厂1座，6月底前完成。\n",
        {
            "农村道路": {("县交通局", "lead"), ("县财政局", "responsible")},
            "桥梁": {("县交通局", "lead"), ("县财政局", "responsible")},
            "水厂": {("县水利局", "responsible")},
        },
        id="a bracket that closes the line of a part's name",
    ),
    pytest.param(
        "县重点任务分工方案\n一、完善路网\n【牵头单位：县交通局】\n【责任单位：县财政局】\n"
        "1.修建农村道路5公里。\n二、改善供水\n【牵头单位：县水利局】\n"
        "1.新建示例水厂1座。\n",
        {
            "农村道路": {("县交通局", "lead"), ("县财政局", "responsible")},
            "水厂": {("县水利局", "lead")},
        },
        id="brackets on lines of their own, one after the other",
    ),
    pytest.param(
        "镇冬季工作提示\n1.取暖安全\n各村于11月15日前完成燃煤户排查。\n"
        "（牵头：民政办；配合：派出所、卫生院）\n2.道路除雪\n11月底前储备融雪剂20吨。\n",
        {
            "排查": {
                ("民政办", "lead"),
                ("派出所", "cooperate"),
                ("卫生院", "cooperate"),
            },
            "融雪剂": set(),
        },
        id="labels without a word for the unit",
    ),
]


@pytest.mark.parametrize(("text", "expected"), PARTS)
def test_part_gives_its_rows_their_parties(
    text: str, expected: dict[str, set[tuple[str, str]]]
) -> None:
    tasks = extract(text, date="2025-02-17", mode="full").tasks
    for word, parties in expected.items():
        (task,) = [task for task in tasks if word in task.text]
        named = {(p.text, p.role) for p in task.parties}
        assert parties <= named if word == "排查" else named == parties, (word, named)


WORKS = "6月底前新建零工市场2处。7月底前提供岗位3万个。区人社局、区教育局负责。"
ITEMS = [
    # A sentence that closes a numbered item has all of it, one within a paragraph the one before.
    (f"8.{WORKS}", ["区人社局", "区人社局"]),
    (WORKS, ["", "区人社局"]),
    ("9.建成货运枢纽。区交通局牵头，区财政局配合。\n10.新建厂房5万平方米。", ["区交通局", ""]),
]


@pytest.mark.parametrize(("text", "expected"), ITEMS, ids=[text for text, _ in ITEMS])
def test_sentence_that_closes_an_item(text: str, expected: list[str]) -> None:
    tasks = extract(text, date="2026-02-17", mode="full").tasks
    assert [next((p.text for p in task.parties), "") for task in tasks] == expected


GROUPS = [
    "一、综合组\n组长：县委办主任张强\n成员单位：县委办、县接待办\n1.6月5日前印发通知。\n",
    "一、综合组（组长：县委办主任张强；成员单位：县委办、县接待办）\n1.6月5日前印发通知。\n",
    "一、综合组。组长：县委办主任张强，成员：县委办、县接待办。\n6月5日前印发通知。\n",
]


@pytest.mark.parametrize("text", GROUPS, ids=["lines", "a bracket", "a sentence"])
def test_a_group_has_the_work_of_its_part(text: str) -> None:
    (task,) = [t for t in extract(f"筹备分工\n{text}", date="2025-02-17").tasks if "通知" in t.text]
    assert [(p.text, p.role) for p in task.parties] == [
        ("县委办主任张强", "leader"),
        ("县委办", "responsible"),
        ("县接待办", "responsible"),
    ]
    assert task.text == "6月5日前印发通知"


def test_a_group_that_is_set_up_has_no_work_before_it() -> None:
    text = "6月底前建成水厂。\n成立领导小组。\n组长：县长张强\n成员单位：县委办、县接待办\n"
    tasks = extract(text, date="2025-02-17", mode="full").tasks
    assert not [p for task in tasks if "水厂" in task.text for p in task.parties]
