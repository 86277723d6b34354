"""Classes of the language of deadlines: what is a time to be done by, and whose it is."""

from __future__ import annotations

import pytest

import speechmine

DAY = "2025-03-10"


def times(text: str, day: str | None = DAY) -> list[tuple[str, str | None]]:
    """Kind and value of the time of each task; the words where there is no value."""
    found = speechmine.extract(text, date=day, mode="full").tasks
    return [(t.deadline.kind, t.deadline.edtf or t.deadline.text) for t in found]


ASKED_AND_BANNED = [
    # A deed with a ban behind it is asked for; a ban alone has no end.
    ("县审计局直接核查账目，不得委托他人。", [("open", None)]),
    ("优先保障教师工资，严禁挪作他用。", [("open", None)]),
    ("严禁在库区炸鱼、电鱼。", [("ongoing", None)]),
    ("各乡镇转移出来的住户，一律不得擅自返回。", [("ongoing", None)]),
    ("各值守点人员不得少于两人。", [("open", None)]),
    # What is asked has its own time, whatever the ban behind it says.
    ("交警大队马上派人把路口守住，桥修好之前货车一律不准上桥。", [("immediate", "马上")]),
]


@pytest.mark.parametrize(("text", "expected"), ASKED_AND_BANNED)
def test_a_ban_behind_a_deed_does_not_make_it_one(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert times(text)[:1] == expected


NO_TIMES = [
    # a rate, a case, what is over, a footing, a mechanism
    "对高龄老人给予每餐4元补贴。",
    "县水利局要把管护经费每座每年提高到2万元。",
    "对开通的航线给予奖补，每条每年最高20万元。",
    "一年内被查处两次以上的，取消申报资格。",
    "各县要结合2025年全国花卉博览会，举办产销对接会。",
    "各县要根据今年春耕形势，修订农机调度预案。",
    "建立会商、定期调度、通报等机制。",
    "健全每周会商机制。",
]


@pytest.mark.parametrize("text", NO_TIMES)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    found = speechmine.extract(text, date=DAY, mode="full").tasks
    assert found
    assert all(not task.deadline.edtf for task in found)
    assert all(task.deadline.kind in ("open", "ongoing") for task in found)


FOLLOWING = [
    # Words that only say by when are those of the deed before them.
    ("各县水务局要建立缺水村台账，5月底前报市水务局备案。", ["../2025-05-31"]),
    ("县政府办要编印办事指南，6月底前上线。", ["../2025-06-30"]),
    ("县财政局拿出补缴测算，4月5日前提交县政府常务会审议。", ["../2025-04-05"]),
    # Two days are two deeds, and so is a thing with its own day.
    ("滨河路5月底前开工，年底前通车。", ["../2025-05-31"]),
    (
        "县农业农村局要抓紧扫尾高标准农田项目，机井、桥涵6月10日前必须通电通水。",
        ["抓紧", "../2025-06-10"],
    ),
]


@pytest.mark.parametrize(("text", "values"), FOLLOWING)
def test_a_time_behind_a_deed_is_its_own_or_another_row(text: str, values: list[str]) -> None:
    assert [value for _, value in times(text)][: len(values)] == values


ABOVE = [
    # the year of a goal, a last day over a part, labels before the deed, a period over a sentence
    ("全年目标再明确一遍：新建泵站30座；改造渠道50公里。", "2025", 2),
    ("方案\n一、发展目标\n到2027年，建成示范区。\n（一）企业：培育龙头企业5家。", "../2027", 1),
    ("2.南桥积水案。包案领导：县长王海，化解时限6月15日。县水务局直接查办。", "../2025-06-15", 1),
    ("2025年，我局要抓好三件事：一是编制排涝规划；二是建立隐患台账。", "2025", 2),
]


@pytest.mark.parametrize(("text", "value", "least"), ABOVE)
def test_a_time_above_holds_for_what_follows(text: str, value: str, least: int) -> None:
    assert [found for _, found in times(text)].count(value) >= least


def test_a_point_without_a_figure_may_go_on_for_good() -> None:
    text = "方案\n一、发展目标\n到2027年，建成示范区。\n（一）队伍：组建宣讲队伍，培育工匠50名。"
    found = speechmine.extract(text, date=DAY, mode="full").tasks
    by = {task.text: task.deadline.kind for task in found}
    assert by["培育工匠50名"] == "by"
    assert by["组建宣讲队伍"] == "open"


BRACKETS = [
    "1．开通网上办事大厅。（5月底初见成效并不断深化，责任单位：县数据局）",
    "1．开通网上办事大厅。（责任单位：县数据局；5月底见到成效）",
    "1．开通网上办事大厅。（县数据局牵头，5月底启动）",
]


@pytest.mark.parametrize("text", BRACKETS)
def test_a_bracket_says_who_and_how_far_by_when(text: str) -> None:
    (task,) = speechmine.extract(text, date=DAY, mode="full").tasks
    assert [party.text for party in task.parties] == ["县数据局"]
    assert task.deadline.text == "5月底"


PLANNED = [
    ("家电换新补贴今年拟安排2000万元，抓紧兑现到位。", ("immediate", "抓紧")),
    ("从下个月起，县领导每月到项目现场办公一次。", ("recurring", "每月")),
    ("各乡镇应于本通知印发之日起10日内成立专班。", ("after_event", "../2025-03-20")),
    ("县司法局在开庭前5个工作日送达文书。", ("before_event", "开庭前5个工作日")),
    ("督查组今夜就分赴三个乡镇。", ("at", "2025-03-10")),
]


@pytest.mark.parametrize(("text", "expected"), PLANNED)
def test_the_time_that_is_owed(text: str, expected: tuple[str, str]) -> None:
    assert times(text)[0] == expected


OTHERS = [
    # what somebody else does, has promised, or how things stand
    ("省厅4月中旬来验收，县林业局要在3月底前把图斑核完。", ("by", "../2025-03-31")),
    # a cycle goes before the while in which it runs
    ("桥修好之前，由县交警大队每天疏导两次。", ("recurring", "每天")),
    ("高温时段（7月1日—8月31日）各站每周检修一次。", ("recurring", "每周")),
    # what begins on a day goes on; what turns on it does not
    ("从4月1日起，县政务大厅免费开放。", ("within", "2025-04-01/..")),
    ("督导组从4月1日起下沉各镇。", ("at", "2025-04-01")),
    # a ban in a case has no end; a counted deed is timed by what stands before it
    ("方案未经批准前，不得申请进度款。", ("ongoing", None)),
    ("收储点今年再建12个。", ("within", "2025")),
    # what is not granted in a case forbids nothing; not one of a thing may
    ("县财政局对未附公函的接待费不予报销。", ("open", None)),
    # a day of each week, a month of each year
    ("县招商局每周走访企业8家，情况周五下班前录入平台。", ("recurring", "每周")),
    # for how long it is looked at whether a case comes up; a plan of work
    ("一周内出现两起投诉的窗口，由县政务局约谈负责人。", ("open", None)),
    ("对三年内发生过事故的企业，县应急局每季度检查一次。", ("recurring", "每季度")),
    ("县委组织部把年底考核结果作为评优依据。", ("open", None)),
]


@pytest.mark.parametrize(("text", "expected"), OTHERS)
def test_whose_time_it_is(text: str, expected: tuple[str, str | None]) -> None:
    assert times(text)[0] == expected


def test_what_follows_in_a_case_has_no_time_from_the_deed_before_it() -> None:
    found = speechmine.extract(
        "县住建局四季度组织一轮回头看，发现反弹的重新纳入整改清单。", date=DAY, mode="full"
    ).tasks
    assert [t.deadline.kind for t in found if t.text.startswith("发现反弹")] == ["open"]
