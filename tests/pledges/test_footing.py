"""Like is held against like: base year, one year or all so far, one thing in other words."""

from __future__ import annotations

import pandas as pd
import pytest

from speechmine.model import Document
from speechmine.pledges import promises

GOALS = "一、2022年工作回顾\n全区平稳发展。\n二、2023年工作安排\n今年的主要预期目标是：{}。\n"
REVIEW = (
    "一、2023年工作回顾\n过去一年，全区上下克难奋进，各项事业有了新的进展。{}\n"
    "二、2024年工作安排\n要抓好落实。\n"
)


def answered(goal: str, review: str, **options: object) -> dict[str, object]:
    table = promises(
        {2023: GOALS.format(goal)}, {2024: REVIEW.format(review)}, unpromised=False, **options
    )
    return {k: None if pd.isna(v) else v for k, v in table.to_dict("records")[0].items()}


@pytest.mark.parametrize(
    ("goal", "review", "reason"),
    [
        ("地区生产总值增长8%左右", "地区生产总值比2018年增长65.5%。", "against 2018"),
        ("单位地区生产总值能耗下降3%", "单位地区生产总值能耗较2020年下降11.7%。", "against 2020"),
        (
            "单位地区生产总值能耗下降3%",
            "单位地区生产总值能耗比“十三五”末下降14%。",
            "against 2020",
        ),
        ("高标准农田建设200万亩", "高标准农田累计达到1105万亩。", "added up over years"),
        ("改造老旧小区30个", "老旧小区改造累计完成420个。", "added up over years"),
        (
            "单位地区生产总值能耗比2020年下降13%",
            "单位地区生产总值能耗下降3%。",
            "one is against 2020, the other against the year before",
        ),
    ],
)
def test_what_counts_from_elsewhere_decides_nothing(goal: str, review: str, reason: str) -> None:
    row = answered(goal, review)
    assert row["met"] is None
    assert row["reporting"] == "indirect"
    assert reason in str(row["met_reason"])


@pytest.mark.parametrize(
    ("goal", "review", "achieved", "met"),
    [
        # Of two figures the one that counts alike.
        (
            "地区生产总值增长8%左右",
            "地区生产总值增长8.2%，比2018年增长65.5%。",
            8.2,
            True,
        ),
        ("单位地区生产总值能耗下降3%", "单位地区生产总值能耗比2022年下降3.1%。", 3.1, True),
        (
            "单位地区生产总值能耗比2020年下降13%",
            "单位地区生产总值能耗比2020年下降12%。",
            12,
            False,
        ),
        ("保障性住房总量达到60万套", "保障性住房累计达到61万套。", 61, True),
        ("新建公园12座", "新增公园13座，累计达到110座。", 13, True),
        ("城镇新增就业2万人", "全年累计实现城镇新增就业2.3万人。", 2.3, True),
    ],
)
def test_like_is_held_against_like(goal: str, review: str, achieved: float, met: bool) -> None:
    row = answered(goal, review)
    assert (row["reporting"], row["achieved_low"], row["met"]) == ("open", achieved, met)


@pytest.mark.parametrize(
    ("goal", "review", "achieved"),
    [
        ("新建30个邻里食堂", "新建邻里食堂57家、便民驿站336个。", 57),
        ("启动25个旧村改造项目", "旧村改造提速，启动26个改造项目。", 26),
        ("新改建乡村道路800公里", "新（改）建乡村道路1200公里。", 1200),
        ("先行建设50个智能康复站", "建成50个基层智能康复站。", 50),
        ("养老家庭照护床位200张", "新增260张家庭养老床位。", 260),
        ("推进12万亩高标准农田建设", "建成高标准农田13.5万亩。", 13.5),
        (
            "完成31万平方米薄板房屋等不成套旧住房改造",
            "完成43.6万平方米薄板房屋等旧住房成套改造。",
            43.6,
        ),
    ],
)
def test_one_thing_in_other_words(goal: str, review: str, achieved: float) -> None:
    row = answered(goal, review)
    assert (row["reporting"], row["achieved_low"], row["met"]) == ("open", achieved, True)


@pytest.mark.parametrize(
    ("goal", "review"),
    [
        ("新建邻里食堂30个", "新建便民驿站336个。"),
        ("新增绿地100公顷", "新建绿道137公里。"),
        ("治理水土流失90平方公里", "盘活闲置厂房70平方公里。"),
        ("新建学校6所", "去年各项事业全面进步。"),
        ("完成投资65亿元", "投资3700万元改造背街小巷。"),
    ],
)
def test_what_is_not_the_same_answers_nothing(goal: str, review: str) -> None:
    assert answered(goal, review)["reporting"] != "open"


def test_likeness_is_told_and_can_be_left_out() -> None:
    goal, review = "养老家庭照护床位200张", "新增260张家庭养老床位。"
    row = answered(goal, review)
    assert row["match"] == "words"
    assert 0.42 <= float(str(row["likeness"])) <= 1
    assert answered(goal, review, likeness=None)["reporting"] == "none"
    assert answered(goal, review, likeness=1.1)["reporting"] == "none"


def test_one_figure_answers_one_target() -> None:
    goals = "新增养老床位300张，改建认知障碍照护床位200张"
    review = "新增养老床位385张、认知障碍照护床位232张。"
    table = promises({2023: GOALS.format(goals)}, {2024: REVIEW.format(review)}, unpromised=False)
    assert table["achieved_low"].tolist() == [385, 232]


@pytest.mark.parametrize(
    ("goal", "told", "side", "near", "open_"),
    [
        ("居民消费价格涨幅2%左右", "居民消费价格上涨0.1%", True, False, None),
        ("居民消费价格涨幅2%左右", "居民消费价格上涨2.1%", False, True, None),
        ("居民消费价格涨幅2%", "居民消费价格上涨0.1%", True, False, None),
        ("居民消费价格涨幅控制在2%以内", "居民消费价格上涨0.1%", True, True, True),
        ("城镇调查失业率控制在5.5%", "城镇调查失业率为5.1%", True, True, True),
        ("地区生产总值增长5%左右", "地区生产总值增长5.4%", True, True, None),
        ("地区生产总值增长5%左右", "地区生产总值增长4.2%", False, False, None),
        ("地区生产总值增长5%", "地区生产总值增长4.2%", False, False, False),
    ],
)
def test_how_a_mark_counts_is_the_readers_choice(
    goal: str, told: str, side: bool, near: bool, open_: object
) -> None:
    rows = [
        answered(goal, f"去年{told}。", about=about, tolerance=0.1) for about in ("near", "open")
    ]
    assert answered(goal, f"去年{told}。")["met"] is side
    assert [row["met"] for row in rows] == [near, open_]
    assert open_ is not None or "names no side" in str(rows[1]["met_reason"])


def test_the_same_pair_gives_the_same_rows() -> None:
    goals = "新建公园12座，新建绿道20公里，改造厂房9处，新增床位90张"
    review = "新增公园13座、绿道24公里。71处厂房更新改造，新增养老床位95张。"
    first = Document(GOALS.format(goals), id="a", date="2023-01-10", place="东河县")
    second = Document(REVIEW.format(review), id="b", date="2024-01-10", place="东河县")
    tables = [promises(first, second) for _ in range(2)]
    pd.testing.assert_frame_equal(*tables)
