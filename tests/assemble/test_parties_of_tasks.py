"""Whom a task is given to: words that point back, heads of lines, what carries on."""

from __future__ import annotations

import pytest

import speechmine

# A passage; the parties of its last row as text/role/source.
CARRIED = [
    # whoever stands before a colon, or alone as a heading, has what stands behind
    ("县指挥部职责：审定信息发布内容；组织应急演练。", "县指挥部/responsible/item"),
    (
        "（2）事发地乡（镇）人民政府：组织群众转移，开设安置点，做好善后工作。",
        "事发地乡（镇）人民政府/responsible/sentence",
    ),
    (
        "2.2 县森林防火指挥部办公室\n承担24小时值守，每年修订一次预案。",
        "县森林防火指挥部办公室/responsible/heading",
    ),
    # persons by office
    ("抢险调度由总指挥负责，6月底前组建抢险队伍3支。", "总指挥/responsible/explicit"),
    (
        "企业负责人接报后，应当于2小时内向县应急局报告。",
        "企业负责人/responsible/explicit 县应急局/report_to/explicit",
    ),
    # brackets right behind sentences that hold nothing but an office
    ("清理河道12公里。（水利站）\n修缮校舍3栋。（基教股）", "基教股/responsible/explicit"),
    # those who are meant most, and what a body is
    ("有关的大中城市应编制防震预案。", "有关的大中城市/responsible/explicit"),
    # what is built answers for nothing
    ("第二实验中学8月底竣工，新增学位900个。", ""),
    # whom a paper goes to stays beside those whom the bracket names
    (
        "编制清淤方案，6月底前报区政府审议。（区水务局负责）",
        "区水务局/responsible/explicit 区政府/report_to/explicit",
    ),
    (
        "编制清淤方案，6月底前报区政府审议（责任单位：区水务局）。",
        "区水务局/responsible/explicit 区政府/report_to/explicit",
    ),
    # Whom a condition names before the duty has the duty.
    (
        "行政执法人员在开展监督检查时，必须主动出示证件。",
        "行政执法人员/responsible/explicit",
    ),
    # Whoever fails is no owner of what others then do, and lends nobody to the task before it.
    ("光明物业整改不到位的，由区住建局约谈。", "区住建局/responsible/explicit"),
    (
        "区农业农村局负责产地管理，配合区市场监管局建立对接台账。",
        "区农业农村局/responsible/sentence 区市场监管局/cooperate/explicit",
    ),
    # Whoever helps in a matter helps in what follows of it.
    (
        "由区教育局牵头，区住建局配合，3月底前完成选址，6月底前开工建设示例小学。",
        "区教育局/lead/sentence 区住建局/cooperate/sentence",
    ),
    (
        "区林业局要会同区公安局清查木材市场，5月底前提出处置意见。",
        "区林业局/responsible/explicit 区公安局/cooperate/explicit",
    ),
    # Who is told of a result is told of that result.
    (
        "区发改委要编制项目清单，同时抄送区委督查室。",
        "区发改委/responsible/explicit 区委督查室/report_to/explicit",
    ),
    (
        "区发改委要编制项目清单，报区政府备案，区财政局要拨付专项资金300万元。",
        "区财政局/responsible/explicit",
    ),
    # What another decides is another matter.
    ("调水一律由区防汛办决定，任何单位不得擅自开闸。", "任何单位/responsible/explicit"),
    (
        "经区政府研究，决定由区商务局举办年货大集。",
        "区政府/decider/explicit 区商务局/responsible/explicit",
    ),
    # Heads of lines and headings that name a body.
    ("区财政局：一要编制预算草案；二要在7月底前公开决算报告。", "区财政局/responsible/item"),
    ("区财政局：编制预算草案。", "区财政局/responsible/explicit"),
    ("（一）区公安局\n要建立巡逻台账，增设执勤点6个。", "区公安局/responsible/heading"),
    ("（一）公安部门要从严执法。\n建立巡逻台账。", "公安部门/responsible/heading"),
    ("（一）我们要雷厉风行。\n建立巡逻台账。", ""),
    ("（一）公安工作。\n建立巡逻台账。", ""),
    # A part in what stands before, and a deed of its own.
    (
        "区政府要每月召开一次调度会，由区政府办负责筹备。",
        "区政府/responsible/explicit 区政府办/responsible/explicit",
    ),
    ("要建立项目清单，加强统筹；所需经费由财政部门提供。", "财政部门/responsible/explicit"),
    # What is only told gives nobody a task.
    ("商务工作处在转型期；要编制促销方案。", ""),
    ("区商务局要高度重视；编制促销方案。", "区商务局/responsible/item"),
    # Urged and supported ones act in their own clause only.
    ("推动青溪镇创建省级园区，完善路网3公里。", ""),
    ("青溪镇要建设转运站5座；翠屏山扎实推进步道建设，构建游览体系。", ""),
    ("青溪镇要建设转运站5座；扎实推进步道建设。", "青溪镇/responsible/item"),
    ("青溪镇要建设转运站5座；对步道要增设护栏2公里。", "青溪镇/responsible/item"),
    # A row of several clauses has whom any of them names.
    ("配合市税务局摸清底数，建立退税台账。", "市税务局/cooperate/explicit"),
    ("支持名医下沉，每个乡镇要建设村卫生室3所。", "每个乡镇/responsible/explicit"),
    ("支持名医下沉，每个乡镇打造名医工作室3所。", "每个乡镇/responsible/explicit"),
    ("首次由区人大测评候选项目，编制实事清单。", "区人大/responsible/explicit"),
    ("由区民政局牵头，编制实事清单。", "区民政局/lead/explicit"),
    # Nothing carries over what ends it.
    ("区水利局要编制度汛方案；二期工程要完成验收。", ""),
    # A bracket, and a body beside it that the sentence itself asks.
    (
        "区农技站要抽调30名农技员包村。（区农业农村局牵头，各镇配合）",
        "区农业农村局/lead/explicit 各镇/cooperate/explicit 区农技站/responsible/explicit",
    ),
    (
        "要整治路口9处。（区公安局牵头）区城管局要逐个摸底，编制清单。",
        "区城管局/responsible/explicit",
    ),
]


def test_a_line_on_its_own_speaks_of_its_section_only() -> None:
    text = (
        "一、抓好工业\n要建成标准厂房5栋。\n"
        "二、办好实事\n要在年内改造老旧小区9个。\n主办单位：区住建局、各街道\n"
    )
    tasks = speechmine.extract(text, mode="full").tasks
    found = [(t.title, [p.text for p in t.parties]) for t in tasks]
    assert found == [("建成标准厂房5栋", []), ("改造老旧小区9个", ["区住建局", "各街道"])]


def test_what_a_higher_level_does_is_told_not_owed() -> None:
    """省政府支持… in a district's speech is news; 由 or 要 would ask it."""
    document = speechmine.Document(
        "省政府组织编制总体规划。区政府组织编制实施方案。", level="county"
    )
    tasks = speechmine.extract(document, mode="full").tasks
    assert [p.text for task in tasks for p in task.parties] == ["区政府"]


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("省水利厅编制总体规划。", []),
        ("由省水利厅编制总体规划。", ["省水利厅"]),
        ("请省水利厅编制总体规划。", ["省水利厅"]),
    ],
)
def test_a_higher_level_owes_what_it_is_asked_for(sentence: str, named: list[str]) -> None:
    tasks = speechmine.extract(speechmine.Document(sentence, level="county"), mode="full").tasks
    assert [p.text for task in tasks for p in task.parties] == named


def last(text: str) -> str:
    task = speechmine.extract(text, date="2024-02-01", mode="full").tasks[-1]
    return " ".join(f"{p.text}/{p.role}/{p.source}" for p in task.parties)


HELPED = "县水利局/responsible/explicit 县发改局/cooperate/explicit"
# A passage; the parties of the row that holds the words before it.
CALLED = [
    # Below a title by itself each point has whom it names.
    ("修好", "院长：\n①总务科周三前修好三楼水管。", "总务科/responsible/explicit"),
    # Whoever a condition before the modal begins with.
    (
        "转移",
        "各县区接到险情报告后，要立即转移群众120人。",
        "各县区/responsible/explicit",
    ),
    # What befalls those who fail is the deed of those who watch over them, and of nobody else.
    (
        "启动问责",
        "区纪委监委要把推进中的拖拉作为监督重点，对连续两个月没有进展的，启动问责。",
        "区纪委监委/responsible/sentence",
    ),
    (
        "严肃问责",
        "区水利局要盯紧在建工程，弄虚作假的，严肃问责。",
        "",
    ),
    # Whoever is called upon at the head of a paragraph has what it asks.
    (
        "水泵",
        "住建局，供暖投诉还是多。城南站的旧水泵要更换3台。",
        "住建局/responsible/item",
    ),
    (
        "普查",
        "应急局、消防大队，隐患排查还有死角，本月底前必须完成商场普查。",
        "应急局/responsible/explicit 消防大队/responsible/explicit",
    ),
    ("制度", "财务部——牵头清收欠款；6月底前制定资金审批制度。", "财务部/lead/item"),
    # A sentence that only says who and when speaks of the one before it,
    ("水厂", "还要新建水厂2座。由县水利局负责，县发改局配合，10月底前完成。", HELPED),
    ("水厂", "还要扩建水厂4座。这项工作由县水利局负责，县发改局配合。", HELPED),
    # 以上 of all that its paragraph has;
    (
        "管网",
        "要新建水厂2座；还要改造管网30公里。以上由县水利局、县住建局按职责分工负责。",
        "县水利局/responsible/explicit 县住建局/responsible/explicit",
    ),
    # a deed of its own is another row.
    ("水厂", "还要新建水厂2座。由县财政局牵头，9月底前制定资金管理办法。", ""),
    # Labels at the head of a paragraph hold for the rest of it.
    (
        "方案",
        "1.片区安置逾期案。包案领导：副县长李全；责任单位：住建局。9月10日前公布分房方案。",
        "副县长李全/leader/explicit 住建局/responsible/explicit",
    ),
    # A bracket of names alone, where another one of the text says parts.
    (
        "食堂",
        "1.新建学校2所。（区教育局牵头）\n2.新建社区食堂5家。（区民政局，12月20日前）",
        "区民政局/responsible/explicit",
    ),
    # In a list of works a wide blank parts the work from who has it.
    (
        "公厕",
        "1　新建公厕9座　责任单位：区城管局、各街道　完成时限：9月底前",
        "区城管局/responsible/explicit 各街道/responsible/explicit",
    ),
    # Whom to ask takes nobody's part, and is meant for its own sentence.
    ("公厕", "要新建公厕9座。各镇每月报送进度（联系人：吴全）。", ""),
    (
        "台账",
        "各镇要在月底前建立隐患台账（联系人：吴全）。",
        "各镇/responsible/explicit 吴全/person/explicit",
    ),
]


@pytest.mark.parametrize(("text", "expected"), CARRIED, ids=[t for t, _ in CARRIED])
def test_what_carries_on(text: str, expected: str) -> None:
    assert last(text) == expected


@pytest.mark.parametrize(("words", "text", "expected"), CALLED, ids=[t for _, t, _ in CALLED])
def test_who_is_called_upon(words: str, text: str, expected: str) -> None:
    """Heads of paragraphs, sentences and labels give parties to the rows that they are about."""
    tasks = speechmine.extract(text, date="2024-02-01", mode="full").tasks
    task = next(t for t in tasks if words in t.text)
    assert " ".join(f"{p.text}/{p.role}/{p.source}" for p in task.parties) == expected


SCORED = [
    "1.完善值班制度，编制排班表。（2分）（5月底完成，考核单位：区应急局）",
    "2.建成冷库，接通电源。（0.5分）（5月底前，区应急局负责）",
    "3.编制渔港名录，公布办事指南。（分值3分）（5月底完成，责任单位：区应急局）",
]


@pytest.mark.parametrize("text", SCORED)
def test_a_score_before_the_bracket_is_part_of_it(text: str) -> None:
    tasks = speechmine.extract(text, date="2025-03-01", mode="full").tasks
    assert tasks
    for task in tasks:
        assert "分）" not in task.text
        assert [party.text for party in task.parties] == ["区应急局"]
        assert task.deadline.kind == "by"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Done by the leader alone; 任组长 says who heads the work of all.
        (
            "县住建局要改造管网；由副县长任组长，每周调度一次。",
            "县住建局/responsible 副县长/leader",
        ),
        # Who takes what part, and the deed behind it, are one row.
        (
            "市住建局牵头，供电公司配合，年底前新增充电桩800个。",
            "市住建局/lead 供电公司/cooperate",
        ),
        ("县水利局负责，9月底前修好水闸12座。", "县水利局/responsible"),
    ],
)
def test_who_takes_part_in_the_last_row(text: str, expected: str) -> None:
    task = speechmine.extract(text, date="2024-03-01").tasks[-1]
    assert " ".join(f"{p.text}/{p.role}" for p in task.parties) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("各专营单位要统筹施工，市城管局要推行容缺审批改革。", ()),
        ("市城管局要修订挖掘办法，加强日常巡查。", ("加强日常巡查",)),
    ],
)
def test_what_somebody_else_is_told_is_no_measure(text: str, expected: tuple[str, ...]) -> None:
    (task,) = speechmine.extract(f"同志们：\n{text}").tasks
    assert task.measures == expected


def test_no_title_begins_within_a_phrase() -> None:
    text = "同志们：\n发改局的可研，月底前给我。"
    assert [task.title for task in speechmine.extract(text, date="2024-03-01").tasks] == [
        "发改局的可研，月底前给我"
    ]


ITEM = "一、关于管网问题\n整改措施：\n{}\n责任单位：县住建局、县城管局\n责任领导：副县长何明\n"


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        # Of all who answer for an item, whoever is told by name does his part alone.
        ("1.县城管局于10月底前逐一排查排口40个。", "县城管局/responsible 副县长何明/leader"),
        ("1.由县水利局在11月底前修好水闸3座。", "县水利局/responsible 副县长何明/leader"),
        (
            "1.10月底前建成管网24公里。",
            "副县长何明/leader 县住建局/responsible 县城管局/responsible",
        ),
    ],
)
def test_who_does_his_part_of_an_item(measure: str, expected: str) -> None:
    (task,) = speechmine.extract(ITEM.format(measure), date="2024-03-01").tasks
    found = sorted(f"{p.text}/{p.role}" for p in task.parties)
    assert found == sorted(expected.split())


def test_who_leads_an_item_does_his_part_with_those_who_help() -> None:
    measure = "一、关于管网问题\n1.县住建局于10月底前建成管网24公里。\n"
    text = f"{measure}牵头单位：县住建局\n配合单位：县财政局\n"
    (task,) = speechmine.extract(text, date="2024-03-01").tasks
    assert {(p.text, p.role) for p in task.parties} == {
        ("县住建局", "lead"),
        ("县财政局", "cooperate"),
    }


BELOW_ITEMS = (
    "1.由县消防大队牵头，7月底前完成清查，住人的阁楼一律清空。\n"
    "2.县交通局8月15日前封闭道口2处。\n"
    "3.年内新增充电端口3500个。\n"
    "（责任单位：县住建局、县供电公司）"
)


def test_a_line_below_items_gives_nobody_to_those_with_a_doer() -> None:
    found = speechmine.extract(BELOW_ITEMS, date="2024-07-01").tasks
    given = {t.text: {p.text for p in t.parties} for t in found}
    assert given["年内新增充电端口3500个"] == {"县住建局", "县供电公司"}
    others = [names for text, names in given.items() if "充电" not in text]
    assert others
    assert not any("县住建局" in names for names in others)


def test_a_label_begins_a_line_of_its_own() -> None:
    text = (
        "二、元和园区污水管网渗漏\n"
        "牵头单位：县开发区管委会；配合单位：县水务公司、市生态环境局北川分局\n"
        "办理要求：对全部管网检测一遍，4月20日前形成检测报告；汛期前全部修复。"
    )
    parties = {p.text for t in speechmine.extract(text, date="2024-03-01").tasks for p in t.parties}
    assert parties == {"县开发区管委会", "县水务公司", "市生态环境局北川分局"}
