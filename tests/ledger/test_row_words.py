"""The words of a row: its part of the sentence as it stands, with what stands before if needed."""

from __future__ import annotations

import dataclasses
import itertools
import re
from pathlib import Path

import pytest

import speechmine
from speechmine.ledger import make_ledger
from speechmine.ledger.drafting.figures import figure_items
from speechmine.ledger.drafting.phrases import without_opening
from speechmine.ledger.drafting.words import RowWords, row_words

DAY = "2024-05-10"
CORPUS = Path(__file__).resolve().parent.parent.parent / "corpus"
TEXTS = [*sorted(CORPUS.glob("*.txt"))[::2], *sorted((CORPUS / "papers").glob("*.txt"))[::12]]
# What may stand between two rows of a sentence, and is part of neither.
_JOINT = re.compile(r"[，,；;、。：:\s]*(?:并且?|而且|同时|以及|且|还|也|要)?[，,；;、。：:\s]*")
_FEWEST = 300


def rows(text: str) -> list[dict[str, str]]:
    return [row.cells for row in make_ledger([speechmine.extract(text, date=DAY)]).rows]


def row_with(text: str, words: str) -> dict[str, str]:
    return next(row for row in rows(text) if words in row["task"])


def above(row: dict[str, str]) -> str:
    return row["remark"].partition("上文：")[2]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_sentence_is_parted_among_its_rows(path: Path) -> None:
    found = speechmine.extract(speechmine.read(path))
    text, words = found.document.text, row_words(found)
    tasks = sorted((t for t in found.tasks if not t.cells), key=lambda t: t.start)
    assert [t.id for t in tasks] == list(words)
    for task in tasks:
        own = words[task.id]
        assert own.start <= task.start < own.end
    for one, two in itertools.pairwise(tasks):
        gap = text[words[one.id].end : words[two.id].start]
        assert words[one.id].end <= words[two.id].start
        same = not re.search(r"[。！？；;\n]", text[one.end : two.start])
        named = {p.text for p in one.parties} | {one.deadline.text or ""}
        said_elsewhere = any(name and name in gap for name in named)
        assert not same or _JOINT.fullmatch(gap) or said_elsewhere, gap


def test_there_are_enough_rows_to_say_so() -> None:
    assert sum(len(row_words(speechmine.extract(speechmine.read(p)))) for p in TEXTS) > _FEWEST


WHOLE = [
    # sentence, tasks of its rows
    ("围绕节水集思广益，编制用水规划。", ["围绕节水集思广益，编制用水规划"]),
    ("除水源地外，各村要建立巡河台账。", ["除水源地外，各村要建立巡河台账"]),
    ("实施水厂改造工程12个，计划投资3.4亿元。", ["实施水厂改造工程12个，计划投资3.4亿元"]),
    ("加强堤防巡查，建立险工台账，确保安全。", ["加强堤防巡查，建立险工台账，确保安全"]),
    ("县林业局6月底前公布采伐清单，清单之外无采伐。", ["公布采伐清单，清单之外无采伐"]),
    ("（三）将小水电的备案权限下放至水利站。", ["将小水电的备案权限下放至水利站"]),
    # What opens the next row and does not end the one before.
    (
        "县水利局6月底前对用水户评星，对连续两年缺报的企业，县科技局取消其补助资格。",
        ["对用水户评星", "对连续两年缺报的企业，县科技局取消其补助资格"],
    ),
    # A row behind another one begins where its own task does.
    ("加快会展中心建设，并办好第四届茶业博览会。", ["加快会展中心建设", "办好第四届茶业博览会"]),
    # A point of a list begins with itself; a bracket or clause that other columns say is left out.
    ("会议要求抓好几项工作：一是6月底前修复水闸2座；二是编制规划。", ["修复水闸2座", "编制规划"]),
    ("县水利局编制规划，县财政局配合。", ["编制规划"]),
    ("编制规划（责任单位：县水利局，6月底前完成）。", ["编制规划"]),
    ("新建水厂2座（县水利局牵头），确保年内投用。", ["新建水厂2座（县水利局牵头），确保年内投用"]),
    ("完成12眼机井维修，责任人副镇长石磊，7月20日前；", ["完成12眼机井维修"]),
    # Not what is owed in another sentence of the line.
    ("破桶三天之内全给我换了；垃圾不准往桶边上扔。", ["破桶三天之内全给我换了"]),
]


@pytest.mark.parametrize(("text", "tasks"), WHOLE)
def test_a_row_says_its_part_of_the_sentence(text: str, tasks: list[str]) -> None:
    assert [row["task"] for row in rows(text)] == tasks


OPENINGS = [
    # words, where names and times stand, what is left
    ("由县水利局牵头，县财政局配合，编制规划", ["县水利局", "县财政局"], "编制规划"),
    (
        "县水利局、县财政局等部门要在6月底前完成加固",
        ["县水利局", "县财政局", "6月底前"],
        "完成加固",
    ),
    ("县水利局：5月底前完成加固", ["县水利局"], "5月底前完成加固"),
    ("同时，县水利局也要抓紧补种", ["县水利局"], "抓紧补种"),
    ("会议强调，县水利局要抓紧补种", ["县水利局"], "抓紧补种"),
    ("县水利局将适时组织评估", ["县水利局"], "适时组织评估"),
    # A name without which the rest does not stand.
    ("物业公司也别躲着不修", ["物业公司"], "物业公司也别躲着不修"),
    ("县水利局的同志要逐村排查", ["县水利局"], "县水利局的同志要逐村排查"),
    ("县水利局就漏水问题开展排查", ["县水利局"], "县水利局就漏水问题开展排查"),
    # Who stands further on stays.
    ("水闸的事，请县水利局拿出方案", ["县水利局"], "水闸的事，请县水利局拿出方案"),
    ("第五条 县水利局应当编制规划", ["县水利局"], "编制规划"),
]


@pytest.mark.parametrize(("said", "names", "left"), OPENINGS)
def test_who_and_when_that_open_a_row_stand_in_their_columns(
    said: str, names: list[str], left: str
) -> None:
    spans = [(said.index(name), said.index(name) + len(name)) for name in names]
    assert without_opening(said, spans) == left


@pytest.mark.parametrize(
    ("first", "kept", "rest"),
    [
        ("要深化库长制", "确保", "一库清水长流"),
        ("要扩大接种范围", "将", "水痘疫苗纳入目录"),
        ("要修订办法", "并保证", "药品供应充足"),
        ("要排查管网", "要把", "漏点逐个补上"),
    ],
)
def test_a_row_begins_with_the_word_that_its_task_cannot_do_without(
    first: str, kept: str, rest: str
) -> None:
    text = f"{first}，{kept}{rest}。"
    found = speechmine.extract(text, date=DAY, mode="full")
    parted = (
        dataclasses.replace(found.tasks[0], id="t1", start=0, end=len(first)),
        dataclasses.replace(
            found.tasks[0], id="t2", start=len(text) - len(rest) - 1, end=len(text) - 1
        ),
    )
    said = row_words(dataclasses.replace(found, tasks=parted)).values()
    assert [text[row.start : row.end] for row in said] == [first, f"{kept}{rest}"]


ABOVE = [
    # text, words of a row, words of its 上文
    ("县督查室把今天定的事列出清单，每半月调度一次。", "每半月调度", "列出清单"),
    ("县委农办要排查撂荒地。每月通报一次。", "每月通报", "排查撂荒地"),
    ("危桥改造今年完成9座，其余四座明年6月底前完工。", "其余四座", "危桥改造"),
    ("目前移民安置规划尚未批复。待上述文件齐备后，县发改局组织评估。", "上述文件", "移民安置规划"),
    ("对入选的企业给予扶持。按其年度缴税额给予补助。", "按其年度", "入选的企业"),
    ("建成云溪物流园首期仓库，谋划二期建设。", "二期建设", "云溪物流园首期"),
    ("青石桥改建工程8月底前开工，12月底前完成主桥六成。", "主桥六成", "青石桥改建工程"),
    # What the sentence begins with is what its deeds are of.
    ("交通工作重点要推进南环路建设，年内建成省级示例特大桥梁3座。", "桥梁", "交通工作重点"),
    ("粮库搬迁要在春节前动工，年底以前建成省级示例主库3座。", "主库", "粮库搬迁"),
    # What opens the sentence says as little, or is one of several cases.
    (
        "东街的下水道要修好，一户不能漏。八月以前完成一半，九月底以前全部完工。",
        "完工",
        "东街的下水道",
    ),
    (
        "征兵体检必须做完，一人不能少。八月以前完成百分之六十，九月以前全部完成。",
        "全部",
        "征兵体检",
    ),
    (
        (
            "若承包户有变动，属于本村的，由村委会重新签约；属于外村的，尽快改签合同；"
            "属于企业的，尽快把合同报给镇经管站。"
        ),
        "镇经管站",
        "若承包户有变动",
    ),
    (
        "种草要先选好坡地，县林草站雨季前派出三个技术组。没有出苗的要写明原因。",
        "原因",
        "技术组",
    ),
    # What is to come of a deed, without the deed.
    ("排出危桥改建项目60座，争取批下来30座、补助8亿元以上。", "争取批下来", "危桥改建项目"),
    # A sentence that says as little is read on from the one before it.
    ("全县76个泵房，备用机组到位几台？三成不到。请县水务局牵头，本月底配齐。", "配齐", "76个泵房"),
    ("东渠的闸门年年漏水，群众意见很大。还在漏。这周修好。", "这周修好", "东渠的闸门"),
    ("先看南坝的裂缝，最长的有四米多。怎么还没补？五月初补完。", "补完", "南坝的裂缝"),
    # Of parts (其中) the whole is the matter.
    (
        "今冬要修渠90公里，土方翻一番。其中主渠由水电站设计；支渠归各村。下旬前全面上工。",
        "上工",
        "修渠90公里",
    ),
    (
        "全年植树40万株，比去年多一半。其中坡地归林场；路边归养路段。月底前验收。",
        "验收",
        "植树40万株",
    ),
    (
        "县里要改厕1.2万户，分两年做完。其中今年七成；明年三成。每季通报。",
        "每季通报",
        "改厕1.2万户",
    ),
    # On what somebody reports while others speak.
    (
        "（城管局汇报井盖排查时）响了三年了，还是响。月底前换井盖。",
        "换井盖",
        "城管局汇报井盖排查时",
    ),
    ("（石桥镇汇报塌方点时）这条路是娃娃上学走的。周五前清完。", "清完", "石桥镇汇报塌方点时"),
    ("（水利局介绍水库时）坝脚渗水。月底前补好。", "补好", "水利局介绍水库时"),
    # The heading of its paragraph, where no column says it.
    (
        (
            "二、改革\n（一）重点领域\n深入推进供销社改革。要形成有效制衡的治理结构和灵活的经营机制。"
            "今年要完成清产核资。\n加快推进水价改革。要健全成本监审制度。\n"
        ),
        "清产核资",
        "供销社改革",
    ),
    # What an earlier paragraph says of the body that is called upon.
    (
        (
            "一、存在问题\n（一）县教育局：东关小学扩建应于8月交付，至今只到二层。\n"
            "二、整改要求\n1.县教育局：倒排工期，确保开学前投用。\n"
        ),
        "倒排工期",
        "东关小学扩建",
    ),
    (
        (
            "（一）县水利局：北渠漏损率高，12处漏点未修。\n（二）县财政局：账目不清。\n"
            "整改要求\n1.县水利局：逐处修好，4月底前完成北渠改造。\n"
        ),
        "逐处修好",
        "12处漏点",
    ),
    # A long beginning that no row holds.
    (
        f"支持各镇立足区位优势，{'沿河几个村要连成一片来看，' * 4}争创省级示范园区。",
        "示范园区",
        "支持各镇立足区位优势",
    ),
    # Long ones by their first clause and the last.
    (
        f"石门水库移民补助差额312.5万元，{'县财政局要抓紧核对账目，' * 4}移民局5月10日前打到卡上。",
        "打到卡上",
        "石门水库移民补助差额312.5万元……",
    ),
    # A row that says itself what is done to what, and one whose line begins with it.
    ("要深化国企改革，年内建成国有资本运营中心。", "国有资本运营中心", ""),
    ("加快会展中心建设，办好第四届全国茶业产品博览会。", "产品博览会", ""),
    ("启动高铁新城二期项目。", "二期项目", ""),
    # One that names first what it speaks of.
    ("网吧由文化站去看。菜场这块，请工商所搞一次演练。", "演练", ""),
    ("西部油井要多出油。电力，要建成调度中心。", "调度中心", ""),
    ("表册交到镇里有深意。再一个，要建立问题台账。", "问题台账", ""),
    ("县商务局要办好消费节。\n要在8月底前制定补贴细则。", "补贴细则", ""),
    ("县商务局要办好消费节。县财政局要在8月底前制定补贴细则。", "补贴细则", ""),
]


@pytest.mark.parametrize(("text", "words", "said"), ABOVE)
def test_a_row_that_says_too_little_has_the_words_before_it(
    text: str, words: str, said: str
) -> None:
    found = above(row_with(text, words))
    assert said in found if said else not found


FIGURES = [
    # words of a row, the items with its figures
    ("围绕12条产业链，建成实验室3个", ["建成实验室3个"]),
    ("培育3家龙头企业、发展10个合作社", ["培育3家龙头企业", "发展10个合作社"]),
    ("推进28座旱厕、老厕所改造", ["推进28座旱厕、老厕所改造"]),
    ("培育合作社9家以上（累计达70家）", ["培育合作社9家以上（累计达70家）"]),
    ("滞留车辆超过40台的，启动联动机制", []),
    ("年纳税超过30万元的企业，给予10万元奖励", ["给予10万元奖励"]),
    ("落实“12条渠”办法", []),
    ("三个月内修好3号泵站", []),
    ("派了3个工作组下去，月底前摸清底数", []),
    ("每年举办1—2场交流活动", ["每年举办1—2场交流活动"]),
    (f"对{'在建和停工' * 8}项目的5个标段复查", ["5个"]),
]


@pytest.mark.parametrize(("said", "items"), FIGURES)
def test_a_figure_is_said_with_the_words_of_its_item(said: str, items: list[str]) -> None:
    assert list(figure_items(said, (), 0)) == items


OWED = [
    ("减少农村贫困人口65万人。", "减少农村贫困人口65万人"),
    ("水温从现在起给我提到六十五，回水别低于四十。", "水温从现在起给我提到六十五；回水别低于四十"),
    ("区金融办组织一次对接会，新增授信争取达到4亿元。", "新增授信争取达到4亿元"),
    ("县林业局每年造林2万亩，县财政局安排资金300万元。", "每年造林2万亩"),
    ("路灯坏了12盏，县城管局周五前必须修好。", ""),
    ("县粮食局要收购玉米八百吨、大豆九十吨左右。", "收购玉米八百吨；大豆九十吨左右"),
    ("县物资局负责备足水泥六百吨、沙子两百吨。", "备足水泥六百吨；沙子两百吨"),
    (
        "前四年给予70%的补贴，后两年给予40%的补贴，每年最高补贴不超过6万元。",
        "前四年给予70%的补贴；后两年给予40%的补贴；每年最高补贴不超过6万元",
    ),
    ("县档案局建设图片库，目前累计收集图片20万张。", ""),
    ("县农业农村局要对全县测产，测产结果全县通报。", ""),
]


@pytest.mark.parametrize(("text", "figures"), OWED)
def test_what_has_been_reached_is_no_figure_that_is_owed(text: str, figures: str) -> None:
    assert rows(text)[0]["metrics"] == figures


def test_the_source_of_a_row_is_its_task_word_for_word() -> None:
    row = rows("县发改局要做实“三张清单”［18］，县财政局配合。")[0]
    assert row["task"] == "做实“三张清单”"
    assert row["text"] == "县发改局要做实“三张清单”［18］，县财政局配合"


def test_what_heads_one_bullet_does_not_head_the_next() -> None:
    text = (
        "四、校园安全\n●食堂安全。126所学校食堂全部接入监管平台，营养办每学期抽检两轮。\n"
        "●汛期前对全部校舍排查一遍。\n五、队伍建设\n●选树10所示范校。\n"
    )
    assert rows(text)[0]["section"] == "四、食堂安全"
    assert row_with(text, "校舍")["section"] == "四、校园安全"


def with_tasks(text: str, *said: str) -> dict[str, RowWords]:
    """The words of the rows that those words are tasks of, whatever the judge makes of the text."""
    found = speechmine.extract(text, date=DAY, mode="full")
    like = speechmine.extract("县水利局要在6月底前修好水渠。").tasks[0]
    spans = ((text.index(words), text.index(words) + len(words)) for words in said)
    tasks = tuple(
        dataclasses.replace(
            like, id=words, text=words, start=a, end=b, parties=(), object="", section=None
        )
        for words, (a, b) in zip(said, spans, strict=True)
    )
    return row_words(dataclasses.replace(found, tasks=tasks))


NEEDS_WORDS_BEFORE = [
    # text, the row's words, what its remark gives
    (
        "实施十大水利项目，总投资9亿元。南渠管网改造工程。北坝加固工程。西湾泵站工程。",
        "北坝加固工程",
        "实施十大水利项目，总投资9亿元",
    ),
    (
        "在库区沿线要加强巡查；布设雨量站12座。",
        "布设雨量站12座",
        "在库区沿线要加强巡查",
    ),
    (
        "用工形式越来越多样。适应这种变化，修订用工管理办法。",
        "适应这种变化，修订用工管理办法",
        "用工形式越来越多样",
    ),
    # A deed that says what it is of needs none.
    ("实施水利项目。加固北坝迎水坡。", "加固北坝迎水坡", ""),
    ("在库区沿线要加强巡查。布设示例雨量站12座。", "布设示例雨量站12座", ""),
]


@pytest.mark.parametrize(("text", "said", "before"), NEEDS_WORDS_BEFORE)
def test_a_row_that_needs_the_words_before_it_gets_them(text: str, said: str, before: str) -> None:
    assert with_tasks(text, said)[said].above == before


def test_so_many_of_a_thing_need_the_verb_before_them() -> None:
    found = with_tasks("新修防火道40公里，防火蓄水池60座。", "新修防火道40公里", "防火蓄水池60座")
    assert found["防火蓄水池60座"].above == "新修防火道40公里"


def test_numbers_of_several_names_are_one_figure() -> None:
    said = "细颗粒物、臭氧浓度分别降到30微克、60微克，植树3万株、种草2万亩"
    metrics = speechmine.extract(f"力争{said}。", date=DAY).metrics
    shifted = [dataclasses.replace(m, start=m.start - 2, end=m.end - 2) for m in metrics]
    assert "细颗粒物、臭氧浓度分别降到30微克、60微克" in list(figure_items(said, shifted, 0))


def test_the_number_of_a_page_is_no_part_of_a_cell() -> None:
    row = row_with("县水利局要在6月底前改造全县 — 15 — 供水管网30公里。", "管网")
    assert row["task"] == "改造全县供水管网30公里"


def test_to_answer_for_a_thing_keeps_its_verb() -> None:
    said = "县种子公司负责救灾种子调运方案的落实"
    assert without_opening(said, [(0, 5)]) == "负责救灾种子调运方案的落实"
    assert without_opening("县种子公司负责修好种子库", [(0, 5)]) == "修好种子库"
