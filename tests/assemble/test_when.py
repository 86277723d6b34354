"""By when (GUIDELINE L3): which of the times around a task is its deadline."""

from __future__ import annotations

import pytest

import speechmine

DATE = "2026-01-20"
OPENING = "在全区防汛工作会议上的讲话\n同志们：\n今天开这个会，是为了部署今年的防汛工作。\n"


def deadlines(text: str) -> list[tuple[str, str, str | None]]:
    """Object, kind and wording of every task."""
    tasks = speechmine.extract(text, date=DATE, mode="full").tasks
    return [(task.object, task.deadline.kind, task.deadline.text) for task in tasks]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # clause-internal, sentence-initial
        ("各镇要在6月底前建立防汛台账。", [("防汛台账", "by", "6月底前")]),
        ("6月底前，各镇要建立防汛台账。", [("防汛台账", "by", "6月底前")]),
        (
            "6月底前，各镇要建立防汛台账，编制转移预案。",
            [("防汛台账", "by", "6月底前"), ("转移预案", "by", "6月底前")],
        ),
        (
            "6月底前，各镇要建立防汛台账，区水务局编制转移预案。",
            [("防汛台账", "by", "6月底前"), ("转移预案", "open", None)],
        ),
        ("各镇要于6月12日前建立防汛台账。", [("防汛台账", "by", "6月12日前")]),
        ("会后7日内，各镇要上报落实方案。", [("落实方案", "after_event", "会后7日内")]),
        # stages of one matter
        (
            "各镇要3月底前完成摸底、6月底前完成整改、年底前组织验收。",
            [
                ("摸底", "by", "3月底前"),
                ("整改", "by", "6月底前"),
                ("验收", "by", "年底前"),
            ],
        ),
        (
            "区水务局要在4月底前编制清淤方案，6月底前完成清淤，汛期前完成验收。",
            [
                ("清淤方案", "by", "4月底前"),
                ("清淤", "by", "6月底前"),
                ("验收", "before_event", "汛期前"),
            ],
        ),
        # a clause behind that only says when, a result that says when
        ("编制转移预案，6月底前完成。", [("转移预案，6月底前完成", "by", "6月底前")]),
        (
            "编制转移预案，确保6月底前完成。",
            [("转移预案，确保6月底前完成", "by", "6月底前")],
        ),
        ("建立转移台账，确保如期完成。", [("转移台账", "per_plan", "如期")]),
        ("编制转移预案，确保年内产值增长5%。", [("转移预案", "open", None)]),
        # bracket
        (
            "各单位要制定整改方案（6月底前完成，牵头单位：区住建局）。",
            [("整改方案", "by", "6月底前")],
        ),
        # what belongs to the object, what is past
        ("对去年以来开工的项目，要在6月底前建立台账。", [("台账", "by", "6月底前")]),
        # enumerators
        (
            "今年要抓好两件事：一是3月底前建立防汛台账；二是编制转移预案。",
            [("防汛台账", "by", "3月底前"), ("转移预案", "within", "今年")],
        ),
    ],
)
def test_a_time_belongs_to_the_verb_it_stands_by(
    sentence: str, expected: list[tuple[str, str, str | None]]
) -> None:
    assert deadlines(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # behind a noun that looks like the verb, behind the object
        ("各镇整改方案于3月5日下班前报送区应急局。", ("by", "../2026-03-05")),
        ("各镇要将巡查记录及时报送区水务局。", ("ongoing", None)),
        ("区水务局将于3月上旬组织一次防汛演练。", ("within", "2026-03-01/2026-03-10")),
        ("区水务局将继续开展河道清淤行动。", ("ongoing", None)),
        ("完成2026年底前竣工项目的资产移交。", ("open", None)),
        ("健全每周调度机制，编制转移预案。", ("open", None)),
        ("区水务局要对防汛工作实行周调度。", ("recurring", None)),
        # clauses behind that go on with the matter
        ("对辖区桥梁逐座检测，3月底前检测完毕。", ("by", "../2026-03-31")),
        ("北堤加固工程要由区水务局负责施工，汛期前完成主体。", ("before_event", None)),
        ("开展夜间巡查行动，每周不少于两次。", ("recurring", None)),
        ("对辖区桥梁逐座检测，3月底前建立病害台账。", ("by", "../2026-03-31")),
        ("加固北堤，3月底前建立病害台账。", ("by", "../2026-03-31")),
        ("要设立总规模2亿元的基金，首期年内到位5000万元。", ("open", None)),
        ("区水务局编制转移预案，6月底前报区政府常务会议审议。", ("by", "../2026-06-30")),
        # another party, another matter, a mere ban end what belongs to the task
        ("编制转移预案，各镇6月底前抽调60名队员。", ("open", None)),
        (
            "区水务局要编制转移预案，健全预警网络，到2030年，使水患成为历史。",
            ("open", None),
        ),
        # an urgent word beside its setting, a beginning that is owed
        ("会后要抓紧编制转移预案。", ("immediate", None)),
        ("区水务局汛期每天报送水情信息。", ("recurring", None)),
        ("区水务局从今天起启动巡堤查险。", ("at", "2026-01-20")),
        ("各闸站即日起停止灌溉放水。", ("immediate", None)),
        ("区水务局要从3月1日起开展巡堤查险行动。", ("within", "2026-03-01/..")),
        # long before the day of the speech, or just before it
        ("区水务局要对2025年10月底前建成的水闸逐座编制病害台账。", ("open", None)),
        ("区水务局要在1月15日前编制转移预案。", ("by", "../2026-01-15")),
        # no day is named
        ("区水务局要在15个工作日内编制转移预案。", ("within", None)),
        ("各镇要在接到预警后2日内报送灾情报告。", ("after_event", None)),
        ("各镇要在10日内编制转移预案。", ("within", "2026-01-20/2026-01-30")),
        ("各镇要在会后10日内编制转移预案。", ("after_event", "../2026-01-30")),
    ],
)
def test_kind_and_date_of_the_first_task(sentence: str, expected: tuple[str, str | None]) -> None:
    task = speechmine.extract(sentence, date=DATE, mode="full").tasks[0]
    assert (task.deadline.kind, task.deadline.edtf) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # every clause of a row
        ("区水务局牵头，对北堤逐段排查，力争4月底前修完。", ("by", "../2026-04-30")),
        ("区水务局要编制调度办法，二季度报区政府常务会议审定。", ("within", "2026-04/2026-06")),
        ("区水务局研究提出清淤方案，提交3月份区政府常务会议审议。", ("within", "2026-03")),
        # the first day that a row goes through, and what yields to it
        ("北堤加固工程争取4月开工、年底前完工。", ("within", "2026-04")),
        ("各镇这周挨村走一遍，28号前把名册收齐。", ("by", "../2026-01-28")),
        ("散会以后，各镇明天上午就召开村干部会议。", ("at", "2026-01-21")),
        ("区水务局从1月26日起每天通报水情。", ("recurring", None)),
        # what is only part of a name, or a failure
        ("区财政局要把北堤加固列入今年城建计划。", ("open", None)),
        ("3月20日前修不完的，区水务局要向区政府说明原因。", ("open", None)),
        ("区水务局要把一季度查出的37处隐患逐一整改。", ("open", None)),
        # settings, hours before, cycles in each
        ("封堤后由区水务局落实专人管护。", ("after_event", None)),
        ("雨后，区水务局要抓紧组织各镇引水入塘。", ("after_event", None)),
        ("各镇要赶在梅雨季节前把缺口堵上。", ("before_event", None)),
        ("供水公司停水要提前24小时通知用户。", ("before_event", None)),
        ("区水务局对32座泵站逐一巡检，每个季度查一遍。", ("recurring", None)),
        # bare days
        ("区财政局26日拨到村账。", ("at", "2026-01-26")),
        ("区公安局从25日起开展夜查行动。", ("within", "2026-01-25/..")),
        # closing brackets and labels
        ("新建泵站5座、改造水闸8座。（区水务局，11月底前）", ("by", "../2026-11-30")),
    ],
)
def test_a_time_is_read_in_every_clause_of_its_row(
    sentence: str, expected: tuple[str, str | None]
) -> None:
    task = speechmine.extract(sentence, date=DATE, mode="full").tasks[0]
    assert (task.deadline.kind, task.deadline.edtf) == expected


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("各镇干部下村一律不准摆酒席。", {"ongoing"}),
        ("各镇绝不能安排群众住进北堤工棚。", {"ongoing"}),
        ("各镇主要负责同志要亲自抓，不要当二传手。", {"open"}),
        ("粮站收完十天内把货款付讫，莫打白条。", {"after_event"}),
        # the time of another row
        ("区水务局要抓紧催缴水费；各镇要在3月底前上报欠费名册。", {"immediate", "by"}),
    ],
)
def test_bans_and_neighbours(sentence: str, kinds: set[str]) -> None:
    tasks = speechmine.extract(sentence, date=DATE, mode="full").tasks
    assert {task.deadline.kind for task in tasks} == kinds


def test_a_half_year_in_a_heading_frames_and_a_lead_dates_its_sentence() -> None:
    text = (
        "二、下半年怎么干\n"
        "1.各镇要建立防汛台账。\n"
        "三、怎么排时间\n"
        "二季度抓排查：各镇要编制隐患清单；6月底前完成清淤工程。区水务局要编制调度方案。"
    )
    found = {thing: time for thing, _, time in deadlines(text)}
    assert (found["防汛台账"], found["隐患清单"]) == (None, "二季度")


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("水闸验收完成以前，任何单位不得开闸放水。", "before_event"),
        ("任何人不得擅自开闸放水。", "ongoing"),
    ],
)
def test_a_ban_lasts_until_the_time_it_names(sentence: str, kind: str) -> None:
    task = speechmine.extract(sentence, date=DATE, mode="full").tasks[0]
    assert task.deadline.kind == kind


def test_a_numbered_sentence_gives_its_time_to_itself_alone() -> None:
    text = (
        "一、重点工作\n"
        "1．其余堤段，原则上两个月内完成加固。\n"
        "2．区水务局编制转移预案。\n"
        "3．区应急局建立物资台账。"
    )
    found = {thing: kind for thing, kind, _ in deadlines(text)}
    assert (found["转移预案"], found["物资台账"]) == ("open", "open")


def test_two_times_of_one_verb_are_one_task() -> None:
    ((thing, kind, _),) = deadlines("区住建局要在3月底前、9月底前分别组织一次安全检查。")
    assert (thing, kind) == ("一次安全检查", "by")


def test_a_heading_gives_its_time_to_its_items_and_no_further() -> None:
    text = (
        f"{OPENING}"
        "一、6月底前完成的工作\n"
        "1.各镇要建立防汛台账。\n"
        "2.区水务局要在4月底前编制调度方案。\n"
        "二、长期坚持的工作\n"
        "1.各村要编制转移预案。"
    )
    assert deadlines(text) == [
        ("防汛台账", "by", "6月底前"),
        ("调度方案", "by", "4月底前"),
        ("转移预案", "open", None),
    ]


def test_a_stage_named_in_a_heading_gives_its_time_to_its_section() -> None:
    text = (
        "一、时间安排\n"
        "（一）自查阶段（2月20日至3月10日）。各镇建立隐患台账。\n"
        "（二）检查阶段（3月11日至31日）。各镇组织一次专项检查。"
    )
    assert ("隐患台账", "within", "2月20日至3月10日") in deadlines(text)


def test_the_year_in_a_heading_is_no_deadline() -> None:
    text = "一、2026年重点工作\n1.各镇要建立防汛台账。"
    assert deadlines(text) == [("防汛台账", "open", None)]


def test_a_time_from_above_does_not_make_a_task_firm() -> None:
    text = "一、6月底前要办的事\n1.建立防汛台账。"
    (above,) = speechmine.extract(f"{OPENING}{text}", date=DATE).tasks
    (own,) = speechmine.extract("6月底前建立防汛台账。", date=DATE).tasks
    assert (above.deadline.edtf, above.level, own.level) == ("../2026-06-30", 2, 3)


def test_a_stage_gives_its_time_to_its_line() -> None:
    text = (
        "第一阶段（3月1日至3月31日）：动员部署。各镇要制定摸底方案。\n"
        "第二阶段（4月至9月）：集中整治。各镇要建立问题台账。"
    )
    found = {thing: time for thing, _, time in deadlines(text)}
    assert (found["摸底方案"], found["问题台账"]) == ("3月1日至3月31日", "4月至9月")


def test_a_line_break_ends_what_a_stage_says() -> None:
    text = "第一阶段（3月底前）：动员部署。各镇要制定摸底方案。\n各镇要建立问题台账。"
    found = {thing: time for thing, _, time in deadlines(text)}
    assert (found["摸底方案"], found["问题台账"]) == ("3月底前", None)
