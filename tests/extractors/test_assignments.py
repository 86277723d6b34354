"""Responsibility brackets and lines."""

from __future__ import annotations

import pytest

from speechmine.extractors.assignments import find_assignments
from speechmine.extractors.parties import find_party_groups
from speechmine.rules.loader import default_rules

RULES = default_rules()

# Text; text/role of each party, assignments parted by " | ".
CASES = [
    ("（区教育局负责）", "区教育局/responsible"),
    ("（区教育局牵头，区财政局、各镇配合）", "区教育局/lead 区财政局/cooperate 各镇/cooperate"),
    ("（市住建局牵头，相关部门按职责分工负责）", "市住建局/lead 相关部门/responsible"),
    ("（市交通局、市公安局牵头负责）", "市交通局/lead 市公安局/lead"),
    ("（商务局指导，供销社参与）", "商务局/supervise 供销社/cooperate"),
    ("（民政局会同残联负责）", "民政局/responsible 残联/cooperate"),
    ("（各镇分头落实）", "各镇/responsible"),
    # Posts before or behind a name are those of one person.
    ("责任领导：区卫健局局长（区卫健局党组书记）", "区卫健局局长/leader"),
    ("分管领导：彭义（县委常委、宣传部部长）、申屠静（副县长）", "彭义/leader 申屠静/leader"),
    ("责任领导：县委常委、宣传部部长彭义，王局长", "县委常委、宣传部部长彭义/leader 王局长/leader"),
    ("责任领导：副市长、市公安局局长  铁军", "铁军/leader"),
    ("责任领导：县委书记、县长", "县委书记/leader 县长/leader"),
    ("责任领导：副县长，铁军", "副县长/leader 铁军/leader"),
    ("责任领导：王县长、李副县长", "王县长/leader 李副县长/leader"),
    ("分管领导：副县长", "副县长/leader"),
    # Parts behind any mark: a share, names alone, times; names alone answer for the work.
    (
        "（区工信局牵头；区财政局、区审计局；各镇街）",
        "区工信局/lead 区财政局/responsible 区审计局/responsible 各镇街/responsible",
    ),
    ("清理货场。（区城管局、区住建局。3—9月）", "区城管局/responsible 区住建局/responsible"),
    ("整治扰民噪声。（区公安分局，长期）", "区公安分局/responsible"),
    ("建成示范站。（区农业农村局牵头，区供销社，8月底）", "区农业农村局/lead 区供销社/responsible"),
    (
        "联合报装。（区住建局会同区供电公司；完成时限：5月底）",
        "区住建局/responsible 区供电公司/cooperate",
    ),
    (
        "编印手册。（区工信局汇总，各部门提供；第一季度印发）",
        "区工信局/responsible 各部门/responsible",
    ),
    ("去年投入2亿元（省财政厅下达，县财政局配套）。", ""),
    ("加强巡查（市委、市政府高度重视，多次部署）。", ""),
    ("推进改革。（区委办公室）", ""),
    ("（由区城管局负责）", "区城管局/responsible"),
    ("（责任单位：区工信局，某某实验室）", "区工信局/responsible 某某实验室/responsible"),
    (
        "（牵头单位：区工信局；配合单位：区科技局、各园区）",
        "区工信局/lead 区科技局/cooperate 各园区/cooperate",
    ),
    # 是 and 为 open a list as a colon does; behind a comma it may follow the next label at once.
    (
        "牵头单位是区住建局，责任单位东关镇、区城投公司。",
        "区住建局/lead 东关镇/responsible 区城投公司/responsible",
    ),
    ("责任单位为区交通局。", "区交通局/responsible"),
    ("牵头单位要定期通报。", ""),
    ("〔第7至9条责任单位：区商务局、区工信局〕", "区商务局/responsible 区工信局/responsible"),
    ("[主办单位：区文旅局;协办单位：区体育局]", "区文旅局/lead 区体育局/cooperate"),
    ("【责任单位：区水利局。】", "区水利局/responsible"),
    ("(责任领导：某某；责任人：某甲、某乙)", "某某/leader 某甲/person 某乙/person"),
    (
        "（责任单位：区文化和旅游局、区发展和改革局）",
        "区文化和旅游局/responsible 区发展和改革局/responsible",
    ),
    ("（区文化和旅游局及各镇负责）", "区文化和旅游局/responsible 各镇/responsible"),
    (
        "（财政部、税务总局等相关部门按职责分工负责）",
        "财政部/responsible 税务总局等相关部门/responsible",
    ),
    (
        "（责任单位：各市、县（市、区）人民政府，省水利厅）",
        "各市、县（市、区）人民政府/responsible 省水利厅/responsible",
    ),
    ("（责任单位：区委、区政府，区公安局）", "区委、区政府/responsible 区公安局/responsible"),
    ("（责任单位：市市场监管局（市知识产权局））", "市市场监管局（市知识产权局）/responsible"),
    # 和各镇 behind 等 is a member of its own; the list before it stays open.
    ("（区妇联、团区委等和各镇负责）", "区妇联/responsible 团区委/responsible 各镇/responsible"),
    ("（区科协等及各学校按职责分工负责）", "区科协/responsible 各学校/responsible"),
    ("（区残联等以及各街道分头落实）", "区残联/responsible 各街道/responsible"),
    # A firm and a kind of places are two.
    ("（区水务公司及各地区负责）", "区水务公司/responsible 各地区/responsible"),
    ("（区供电公司和各镇负责）", "区供电公司/responsible 各镇/responsible"),
    ("（区公交集团及各街道配合）", "区公交集团/cooperate 各街道/cooperate"),
    # A role word inside a name is part of the name, not the end of a list.
    ("（区发改局、产业链牵头单位负责）", "区发改局/responsible 产业链牵头单位/responsible"),
    (
        "（区发改局、区“两链”协调机制牵头部门负责）",
        "区发改局/responsible 区“两链”协调机制牵头部门/responsible",
    ),
    ("（区安委办、专委会牵头部门负责）", "区安委办/responsible 专委会牵头部门/responsible"),
    # Brackets inside a name part no list, whatever their shape.
    ("（责任单位：各市、县〔市、区〕政府）", "各市、县〔市、区〕政府/responsible"),
    (
        "（责任单位：区财政局，各镇〔街道、园区〕）",
        "区财政局/responsible 各镇〔街道、园区〕/responsible",
    ),
    ("（各县(市、区)政府负责）", "各县(市、区)政府/responsible"),
    # A stroke parts labels as a semicolon does.
    (
        "牵头单位：区商务局／责任单位：各镇，区税务局",
        "区商务局/lead 各镇/responsible 区税务局/responsible",
    ),
    ("牵头单位:区民政局/配合单位:区残联", "区民政局/lead 区残联/cooperate"),
    ("（牵头单位：区水利局／责任单位：各镇）", "区水利局/lead 各镇/responsible"),
    # A time among the parts is no party and hides none.
    ("（区水利局牵头，各镇负责，9月底前完成）", "区水利局/lead 各镇/responsible"),
    ("（10月底完成，牵头考核单位：区督查室）", "区督查室/supervise"),
    (
        "（2025年6月底前完成；责任单位：区民政局、各街道）",
        "区民政局/responsible 各街道/responsible",
    ),
    ("（区文旅局牵头，长期坚持）", "区文旅局/lead"),
    ("（办结时限：三季度末；责任单位：区残联）", "区残联/responsible"),
    ("（责任单位：区教育局、各镇，12月10日前完成）", "区教育局/responsible 各镇/responsible"),
    ("（年底前，区商务局负责）", "区商务局/responsible"),
    ("（区卫健委牵头；配合单位：区医保局；时限：年内）", "区卫健委/lead 区医保局/cooperate"),
    ("（各街道8月15日前完成）", "各街道/responsible"),
    ("（全年持续推进）", ""),
    ("（力争三季度完成）", ""),
    # Parts inside a labelled list say more than its label.
    (
        "（责任单位：区民政局牵头，区财政局、各镇配合）",
        "区民政局/lead 区财政局/cooperate 各镇/cooperate",
    ),
    ("〔责任单位：区文旅局牵头、区残联参与〕", "区文旅局/lead 区残联/cooperate"),
    (
        "责任单位：区住建局，区水务局、区电力公司配合。",
        "区住建局/responsible 区水务局/cooperate 区电力公司/cooperate",
    ),
    # Lines
    (
        "1.修路。\n牵头单位：区交通局\n责任单位：区财政局、各镇\n完成时限：6月底",
        "区交通局/lead 区财政局/responsible 各镇/responsible",
    ),
    ("修路。责任单位：区交通局。", "区交通局/responsible"),
    ("牵头单位：区交通局  配合单位：区财政局", "区交通局/lead 区财政局/cooperate"),
    ("责 任 单 位：区交通局", "区交通局/responsible"),
    # The first one listed has the lead, from where the document says so.
    (
        "（区一局、区二局负责）（区三局、区四局负责，列第一位者为牵头单位，下同）（区五局负责）",
        "区一局/responsible 区二局/responsible | 区三局/lead 区四局/responsible | 区五局/lead",
    ),
    (
        "排在第一位的部门为牵头部门。（区一局、区二局负责）（区三局牵头，区四局配合）",
        "区一局/lead 区二局/responsible | 区三局/lead 区四局/cooperate",
    ),
    (
        "（区一局负责〔列首位的为牵头单位，下同〕，以下各项均需各镇推进，不再列出）",
        "区一局/lead",
    ),
    (
        "无牵头单位的，责任单位即为牵头单位。（责任单位：区一局、区二局）",
        "区一局/lead 区二局/lead",
    ),
    # Other remarks
    ("（含市本级）", ""),
    ("（以下简称领导小组）", ""),
    ("（2024年6月底前完成）", ""),
    ("（谁主管谁负责）", ""),
    ("明确各责任单位：分工到人", ""),
    ("压实牵头单位责任", ""),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_assignments(text: str, expected: str) -> None:
    found = [
        " ".join(f"{party.text}/{party.role}" for party in assignment.parties)
        for assignment in find_assignments(text, RULES)
    ]
    assert " | ".join(found) == expected


def test_the_last_of_an_open_list_is_named_whole() -> None:
    text = "完善对接机制。（省教育厅、省国资委等）\n建设基地。（省教育厅牵头，省财政厅配合）"
    first = find_assignments(text, RULES)[0]
    assert [party.text for party in first.parties] == ["省教育厅", "省国资委"]


def test_spans_hold_their_text() -> None:
    text = "\n".join(text for text, _ in CASES)
    for assignment in find_assignments(text, RULES):
        for party in assignment.parties:
            assert assignment.start <= party.start < party.end <= assignment.end
            assert text[party.start : party.end] == party.text


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("修好道路。（区交通局负责）", False),
        ("修好道路。\n（区交通局负责）\n", True),
        ("修好道路。\n责任单位：区交通局\n", True),
    ],
)
def test_block(text: str, *, block: bool) -> None:
    """A line of its own covers the block before it."""
    (found,) = find_assignments(text, RULES)
    assert found.block is block


def test_names_are_those_of_the_time() -> None:
    """What the mentions of the text were identified as holds in its brackets too."""
    text = "（区环保局牵头，各有关部门配合）"
    groups = find_party_groups(text, RULES, level="county", date="2022-01-05")
    (found,) = find_assignments(text, RULES, groups=groups)
    assert [(p.body, p.name, p.generic) for p in found.parties] == [
        ("ecology_environment", "生态环境局", False),
        (None, None, True),
    ]


def test_bodies_without_mentions() -> None:
    (found,) = find_assignments("（责任单位：区财政局、某某实验室）", RULES)
    assert [party.body for party in found.parties] == ["finance", None]


@pytest.mark.parametrize(
    ("noted", "expected"),
    [
        ("（牵头单位：县水利局）（配合单位：县财政局）", "县水利局/lead 县财政局/cooperate"),
        ("（牵头单位：县水利局）\n（责任单位：各镇）", "县水利局/lead 各镇/responsible"),
        ("（责任领导：祁明）（牵头单位：县水利局）", "祁明/leader 县水利局/lead"),
    ],
)
def test_brackets_side_by_side_are_one(noted: str, expected: str) -> None:
    (found,) = find_assignments(f"完善路网。{noted}", RULES)
    assert " ".join(f"{p.text}/{p.role}" for p in found.parties) == expected


def test_where_all_are_asked_nobody_stands_first() -> None:
    first = "修渠。（县水利局、县财政局负责，列第一位者为牵头单位，下同）"
    _, last = find_assignments(f"{first}\n巡渠。（各有关部门、各镇负责）", RULES)
    assert {p.role for p in last.parties} == {"responsible"}


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (
            "责任单位：人事处（牵头）、护理学院、财务处（配合）",
            "人事处/lead 护理学院/responsible 财务处/cooperate",
        ),
        ("责任单位：县水利局（主办单位）、县财政局", "县水利局/lead 县财政局/responsible"),
        (
            "责任单位：县城管局（执法局）、县财政局",
            "县城管局（执法局）/responsible 县财政局/responsible",
        ),
        ("牵头单位：县水利局；配合单位：县财政局等部门", "县水利局/lead 县财政局/cooperate"),
    ],
)
def test_what_a_bracket_says_of_one_member(listed: str, expected: str) -> None:
    (found,) = find_assignments(f"完善路网。\n{listed}\n", RULES)
    assert " ".join(f"{p.text}/{p.role}" for p in found.parties) == expected
