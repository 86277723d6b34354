"""Times in lines of their own: labels that close a block, months that head a part."""

from __future__ import annotations

import pytest

import speechmine

DAY = "2026-01-12"

CLOSED = """清河县专项督查反馈问题整改清单
问题一：雨污分流改造滞后。
整改目标：完成剩余24公里管网改造。
整改措施：
1．县住建局编制管网改造方案。
2．县城管局11月15日前完成排口溯源。
责任单位：县住建局、县城管局
整改时限：2026年12月底前
问题二：养殖污染防治不力。
整改措施：
1．县农业农村局编制粪污处理台账。
责任单位：县农业农村局
整改时限：2027年3月底前
"""

ITEMS = """食堂整治任务分工
1. 编制食材采购目录。
牵头单位：县教育局
完成时限：2026年9月30日前
2. 建立举报台账。
牵头单位：县市场监管局
完成时限：2026年10月底前
"""

DASHED = """示例市人工智能行动计划
一、总体要求
以产业升级为主线，提升能级。到2028年，全市产业水平处于前列，生态更加完善。
——创新能力。打造开放创新平台3个。
——集群发展。打造特色园区10个，培育示例企业20家。
二、重点任务
（一）建设算力中心。建成智算中心2个，改造机房5处。
"""


def test_a_last_day_holds_for_the_dashed_lines_below() -> None:
    tasks = speechmine.extract(DASHED, date=DAY).tasks
    times = {t.text: t.deadline.text for t in tasks}
    assert {times[t] for t in times if "平台" in t or "园区" in t or "企业" in t} == {"到2028年"}
    assert not any(times[t] for t in times if "智算" in t or "机房" in t)


CALENDAR = """果业中心2026年工作月历
一月  清园。
技术股编印手册800册。
三月  备防。
县果业中心新建防霜机12台，3月20日前安装到位。
五月  疏果。
植保股举办培训班3期。
月底前报送小结。
九月  采收。
以上各月工作，中心要逐项建立台账。
"""


LEADS = """（一）5月底前完成以下工作：
1.县水利局编制排涝规划。
2.县住建局建成泵站3座。
二、近期重点工作（6月底前完成）
1.县农业农村局建立台账。
"""

SUMMED = """1.县水利局编制排涝规划。
2.县住建局建成泵站3座。
上述两项工作，务必于9月底前完成。
县城管局清理雨水口200处。以上事项8月底前办结。
"""


def limits(text: str, date: str | None = DAY) -> dict[str, str | None]:
    """The value of the deadline of each task, by its words."""
    found = speechmine.extract(text, date=date, mode="full").tasks
    return {task.text: task.deadline.edtf for task in found}


def of(limits: dict[str, str | None], words: str) -> str | None:
    return next(value for text, value in limits.items() if words in text)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        (CLOSED, "24公里管网改造", "../2026-12-31"),
        (CLOSED, "排口溯源", "../2026-11-15"),
        (CLOSED, "粪污处理台账", "../2027-03-31"),
        (ITEMS, "采购目录", "../2026-09-30"),
        (ITEMS, "举报台账", "../2026-10-31"),
        (CALENDAR, "手册800册", "2026-01"),
        (CALENDAR, "防霜机12台", "../2026-03-20"),
        (CALENDAR, "培训班3期", "2026-05"),
        (CALENDAR, "报送小结", "../2026-05-31"),
        (CALENDAR, "建立台账", None),
        (LEADS, "排涝规划", "../2026-05-31"),
        (LEADS, "泵站3座", "../2026-05-31"),
        (LEADS, "建立台账", "../2026-06-30"),
        (SUMMED, "排涝规划", "../2026-09-30"),
        (SUMMED, "雨水口200处", "../2026-08-31"),
    ],
)
def test_a_line_gives_its_time_to_its_block(text: str, words: str, value: str | None) -> None:
    assert of(limits(text), words) == value


def test_two_months_are_no_calendar() -> None:
    text = "工作安排\n一月  清园。\n技术股编印手册800册。\n三月  备防。\n果业中心新建防霜机12台。\n"
    assert of(limits(text), "手册800册") is None


def test_the_first_line_of_a_paper_says_its_year() -> None:
    """2025年工作总结和2026年工作思路: months without a year are those of the plan."""
    text = (
        "清河区残联2025年工作总结和2026年工作思路\n"
        "一、2025年工作情况\n去年建成康复站4个。\n"
        "二、2026年工作思路\n区残联6月底前建立康复台账。\n"
    )
    assert of(limits(text, None), "康复台账") == "../2026-06-30"


def test_what_a_document_says_of_all_that_has_no_time() -> None:
    text = (
        "任务分工\n未注明时限的，均须于2025年11月底前完成。\n"
        "1.区人社局要建成零工市场2处。\n2.区卫健局要在3月底前建成托育园。\n3.优化营商环境。\n"
    )
    tasks = speechmine.extract(text, date="2025-02-17", mode="full").tasks
    works = [t for t in tasks if "均须" not in t.text]
    assert [(t.text[-5:], t.deadline.edtf) for t in works] == [
        ("工市场2处", "../2025-11-30"),
        ("建成托育园", "../2025-03-31"),
        ("化营商环境", None),
    ]
