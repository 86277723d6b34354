"""Numbers with their meaning: the indicator, and whether it is owed or achieved."""

from __future__ import annotations

import datetime as dt

import pytest

from speechmine.extractors.metrics import find_metrics
from speechmine.extractors.quantities import find_quantities
from speechmine.model import Discourse, Metric, Segment, TimeFrame, Zone
from speechmine.rules.loader import default_rules

RULES = default_rules()

FRAME = TimeFrame(year=2024)


def metrics(
    text: str, discourse: Discourse = "target", zone: Zone | None = None, before: str = ""
) -> tuple[Metric, ...]:
    """The metrics of one segment; what stands before it is no part of it."""
    zone = zone or ("review" if discourse in ("review", "problem") else "plan")
    whole = before + text
    segment = Segment(len(before), len(whole), text, None, None, discourse, zone)
    return find_metrics(
        whole, segment, frame=FRAME, quantities=find_quantities(whole, RULES), rules=RULES
    )


WORDINGS = [
    # The wording has the whole list that a number is of, back to another number.
    ("新建中小学、幼儿园37所。", ["中小学、幼儿园37所"]),
    ("新增省级绿色工厂、智慧车间12个以上。", ["省级绿色工厂、智慧车间12个以上"]),
    ("举办花匠、厨师培训班不少于4期。", ["花匠、厨师培训班不少于4期"]),
    ("新改建道路20公里、桥梁、涵洞6座。", ["道路20公里", "桥梁、涵洞6座"]),
    # Each with a deed of its own is counted by itself.
    ("推进老旧小区改造、加装电梯300部。", ["加装电梯300部"]),
    # Nor is a body, or what the number depends on, part of it.
    ("县应急局会同县人武部、县消防大队预置抢险队伍12支。", ["预置抢险队伍12支"]),
    ("视带动作用和市场前景给予企业10万元资金支持。", ["给予企业10万元"]),
    ("建设小水电示范项目、平台40个以上。", ["小水电示范项目、平台40个以上"]),
    # A set that the deed finishes is what is owed; one that is gone through is there already.
    ("把14处渠道缺口堵上。", ["14处渠道缺口堵上"]),
    ("把12家企业过一遍。", []),
    # What things are like stands before their noun; of each, it is the thing that is counted.
    ("建设30个功能齐全、管理规范的养老院。", ["30个功能齐全、管理规范的养老院"]),
    ("每个试点社区至少建成1个托育点。", ["每个试点社区至少建成1个托育点"]),
    ("推动16个县（市、区）建成示范区。", ["16个县（市、区）"]),
    ("请省引江公司6月上旬增加供水2亿立方米。", ["供水2亿立方米"]),
    ("清理132亩批而未供土地。", ["132亩批而未供土地"]),
    # A bound that stands before the deed.
    ("至少与户主见面两次。", ["至少与户主见面两次"]),
    ("每月至少与户主见面两次。", ["每月至少与户主见面两次"]),
    # The bracket of a class goes with its noun.
    ("在2个4A级（含创建）景区开展试点。", ["2个4A级（含创建）景区"]),
    # A verb that is half of a noun cuts no name.
    (
        "高标准农田建设任务完成率、补贴兑付率均达到95%以上。",
        ["高标准农田建设任务完成率、补贴兑付率均达到95%以上", "补贴兑付率均达到95%以上"],
    ),
    ("给予引进成本不低于10%的补助。", ["给予引进成本不低于10%"]),
]


@pytest.mark.parametrize(("text", "wordings"), WORDINGS)
def test_wordings(text: str, wordings: list[str]) -> None:
    assert [metric.text for metric in metrics(text)] == wordings


def shown(metric: Metric) -> str:
    """indicator comparator low..high unit."""
    low = "" if metric.low is None else f"{metric.low:g}"
    high = "" if metric.high is None else f"{metric.high:g}"
    return f"{metric.indicator} {metric.comparator} {low}..{high}{metric.unit or ''}"


NAMES = [
    ("培育镇街养老服务中心3个。", ["镇街养老服务中心 = 3..3个"]),
    ("新认定省级概念验证中心20家。", ["省级概念验证中心 = 20..20家"]),
    ("县农机中心检修农机具120台。", ["农机具 = 120..120台"]),
    ("整体提升10所学校、5家医院的环境。", ["学校 = 10..10所", "医院的环境 = 5..5家"]),
    ("改造提升24个公路服务区。", ["公路服务区 = 24..24个"]),
    ("建成25个健身路径或3人制篮球场。", ["健身路径或3人制篮球场 = 25..25个"]),
    ("实施50处城乡供水提升工程。", ["城乡供水提升工程 = 50..50处"]),
    ("实施6个福利机构优化提质项目。", ["福利机构优化提质项目 = 6..6个"]),
    ("有12个项目提前投产。", ["项目 = 12..12个"]),
    ("办好3个国家级和8个省级训练基地。", ["国家级训练基地 = 3..3个", "省级训练基地 = 8..8个"]),
    ("培育1个40亿级、3个10亿级名镇。", ["40亿级名镇 = 1..1个", "10亿级名镇 = 3..3个"]),
    ("优化安排12类45件民生实事。", ["民生实事 = 12..12类", "民生实事 = 45..45件"]),
    ("筹措7万套（间）保障性租赁住房。", ["保障性租赁住房 = 7..7万套"]),
    ("免费送戏下乡200场。", ["免费送戏下乡 = 200..200场"]),
    ("加强6个脱贫县医院建设。", ["脱贫县医院建设 = 6..6个"]),
    ("在农业、医疗等方面突破关键技术12项以上。", ["关键技术 >= 12..项"]),
    ("接续办好25件民生实事。", ["民生实事 = 25..25件"]),
    ("每个市州办好1所特殊教育学校。", ["特殊教育学校 = 1..1所"]),
    ("改造任务是启动城中村2万套改造任务。", ["改造 = 2..2万套"]),
    ("城镇化质量和水平稳步提升。", ["城镇化质量 none ..", "城镇化水平 none .."]),
    ("空气质量稳定达标、水环境质量持续改善。", ["空气质量 none ..", "水环境质量 none .."]),
    ("地区生产总值增长6%左右；", ["地区生产总值 ~ 6..6%"]),
    ("全省粮食产量稳定在200亿斤以上。", ["粮食产量 >= 200..亿斤"]),
    ("力争城镇新增就业5万人。", ["城镇新增就业 = 5..5万人"]),
    ("城镇登记失业率控制在3.9%以内。", ["城镇登记失业率 <= ..3.9%"]),
    ("引进亿元以上项目不少于50个。", ["亿元以上项目 >= 50..个"]),
    ("新建公园10座、绿道20公里。", ["公园 = 10..10座", "绿道 = 20..20公里"]),
    ("推动500家规上企业开展数字化改造。", ["规上企业 = 500..500家"]),
    ("85%的行政村实现集中供水。", ["行政村 = 85..85%"]),
    ("发行30亿元专项债券。", ["专项债券 = 30..30亿元"]),
    ("园区总产值突破3万亿元。", ["园区总产值 >= 3..万亿元"]),
    ("村集体收入翻一番。", ["村集体收入 = 1..1番"]),
    ("抓好总投资80亿元的35个重点项目。", ["总投资 = 80..80亿元", "重点项目 = 35..35个"]),
    ("新增“专精特新”企业30家。", ["“专精特新”企业 = 30..30家"]),
    ("经济增长预期目标为6%左右。", ["经济增长 ~ 6..6%"]),
    ("服务业增加值增长7.7%。", ["服务业增加值 = 7.7..7.7%"]),
    ("农村贫困人口减少20万以上。", ["农村贫困人口 >= 20..万人"]),
    ("加快推进甲公司15万吨新材料项目。", []),
]
SHARED = [
    (
        "城乡居民人均可支配收入分别增长5%、6%左右；",
        ["城乡居民人均可支配收入 ~ 5..5%", "城乡居民人均可支配收入 ~ 6..6%"],
    ),
    (
        "金融业、软件业增加值分别增长9%、12%；",
        ["金融业增加值 = 9..9%", "软件业增加值 = 12..12%"],
    ),
    (
        "二氧化硫、氮氧化物排放量分别减少4%左右和6%左右。",
        ["二氧化硫排放量 ~ 4..4%", "氮氧化物排放量 ~ 6..6%"],
    ),
    (
        "甲产业、乙产业增加值占地区生产总值比重分别超过2%、5%。",
        ["甲产业增加值占地区生产总值比重 >= 2..%", "乙产业增加值占地区生产总值比重 >= 5..%"],
    ),
    (
        "化学需氧量、氨氮排放量均下降2%。",
        ["化学需氧量 = 2..2%", "氨氮排放量 = 2..2%"],
    ),
    (
        "旅游人次、旅游收入均增长13%。",
        ["旅游人次 = 13..13%", "旅游收入 = 13..13%"],
    ),
    (
        "“新三样”和高技术产业投资分别增长8%、9%。",
        ["“新三样”投资 = 8..8%", "高技术产业投资 = 9..9%"],
    ),
    (
        "航空旅客和货物吞吐量分别达到20万人次、3万吨，分别增长8%、7%。",
        [
            "航空旅客吞吐量 = 20..20万人次",
            "航空旅客吞吐量 = 8..8%",
            "货物吞吐量 = 3..3万吨",
            "货物吞吐量 = 7..7%",
        ],
    ),
]
CARRIED = [
    ("生产总值达到500亿元、增长6%。", ["生产总值 = 500..500亿元", "生产总值 = 6..6%"]),
    ("新增公园12座，累计达到90座。", ["公园 = 12..12座", "公园 = 90..90座"]),
    (
        "国内生产总值增长5%，总量达到90万亿元。",
        ["国内生产总值 = 5..5%", "国内生产总值 = 90..90万亿元"],
    ),
    ("赤字规模3万亿元，比上年增加500亿元。", ["赤字规模 = 3..3万亿元", "赤字规模 = 500..500亿元"]),
]
#: Names in talk: verbs, times, bodies and neighbours are none of them.
SPOKEN = [
    ("档案室除湿机坏了3台，", ["档案室除湿机 = 3..3台"]),
    ("县农机中心检修农机具420台。", ["农机具 = 420..420台"]),
    ("临河街道各备编织袋2万条。", ["编织袋 = 2..2万条"]),
    ("县城管局要在明年使污水处理率达到93%。", ["污水处理率 = 93..93%"]),
    ("县蚕桑站今年9月底前蚕茧产量达到3万吨。", ["蚕茧产量 = 3..3万吨"]),
    ("大后年粮食产量要达到20万吨。", ["粮食产量 = 20..20万吨"]),
    ("按时完成2019年度7亿元隐性债务化解目标。", ["隐性债务化解 = 7..7亿元"]),
    ("贴息贷款投放率，8月末要达到65%。", ["贴息贷款投放率 = 65..65%"]),
    ("超期老旧渔船，今年淘汰60艘。", ["超期老旧渔船 = 60..60艘"]),
    ("挪用的300万元预售资金，", ["预售资金 = 300..300万元"]),
    ("完成河西片区85亩荒滩整理。", ["荒滩整理 = 85..85亩"]),
    ("年内完成主城区54公里沟渠疏浚。", ["沟渠疏浚 = 54..54公里"]),
    ("石灰每组先领3吨，", ["石灰 = 3..3吨"]),
    ("报修52件，比前一周多了两成，", ["报修 = 52..52件", "报修 = 2..2成"]),
    ("完成投资30亿元，占年度计划的78%。", ["投资 = 30..30亿元", "投资 = 78..78%"]),
    (
        "排查隐患30条，整改率95%，还有4条没有销号。",
        ["隐患 = 30..30条", "整改率 = 95..95%", "隐患 = 4..4条"],
    ),
    (
        "查处问题9起，处理12人，同比分别上升5%和8%。",
        ["问题 = 9..9起", "处理 = 12..12人", "问题 = 5..5%", "处理 = 8..8%"],
    ),
    ("新建学校5所，改造老旧小区28个。", ["学校 = 5..5所", "老旧小区 = 28..28个"]),
    ("新建公园5座，建设美丽乡村30个。", ["公园 = 5..5座", "美丽乡村 = 30..30个"]),
    (
        "参保率96%，石桥村、河湾村分别为91%和92%，",
        ["参保率 = 96..96%", "参保率 = 91..91%", "参保率 = 92..92%"],
    ),
    ("任务是6个院落、130多户，", ["院落 = 6..6个", "户数 >= 130..户"]),
    ("补发工人2个月工资。", ["工资 = 2..2个月"]),
    ("全年实现零事故、零伤亡。", ["事故 = 0..0", "伤亡 = 0..0"]),
    ("设摊位36个,商户820人,", ["摊位 = 36..36个", "商户 = 820..820人"]),
    ("新增就业1200个人，", ["新增就业 = 1200..1200人"]),
    ("县财政追加抗旱资金500万元，", ["抗旱资金 = 500..500万元"]),
    (
        "3个乡镇6400人、2100头牲畜饮水困难，",
        ["乡镇 = 3..3个", "人数 = 6400..6400人", "牲畜饮水困难 = 2100..2100头"],
    ),
    ("全县48辆旧校车今年更换20辆，", ["旧校车 = 20..20辆"]),
    ("蓄水4000万立方米，占总库容的38%。", ["蓄水 = 4000..4000万立方米", "蓄水 = 38..38%"]),
    ("教学点不足10人的有14个。", ["教学点 = 14..14个"]),
    ("水价由2元调整为3元。", ["水价 = 2..2元", "水价 = 3..3元"]),
    ("9.规上企业：指年收入2000万元的工业企业。", []),
]
ABSENT = [
    ("农民收入增长与经济增长同步；", ["农民收入 none .."]),
    ("工业用电量实现正增长；", ["工业用电量 none .."]),
    ("财政收支保持基本平衡；", ["财政收支 none .."]),
    ("村容环境质量持续改善。", ["村容环境质量 none .."]),
    ("甲浓度、乙比例完成国家下达控制目标。", ["甲浓度 none ..", "乙比例 none .."]),
    ("今年没有提出经济增速具体目标。", ["经济增速 none .."]),
    ("干部作风明显改善。", []),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_indicator_and_value(text: str, expected: list[str]) -> None:
    assert [shown(m) for m in metrics(text)] == expected


@pytest.mark.parametrize(("text", "expected"), SPOKEN)
def test_names_in_talk(text: str, expected: list[str]) -> None:
    found = metrics(text, "directive")
    assert sorted(shown(m) for m in found) == sorted(expected)


@pytest.mark.parametrize(
    ("before", "text", "name"),
    [
        ("全区应改造危桥25座。", "9月底前再完成10座。", "危桥"),
        ("2、水泵。", "县里给了12台，", "水泵"),
    ],
)
def test_a_name_from_earlier_in_the_line(before: str, text: str, name: str) -> None:
    assert metrics(text, "directive", before=before)[0].indicator == name


@pytest.mark.parametrize(("text", "expected"), SHARED)
def test_shared_values(text: str, expected: list[str]) -> None:
    assert sorted(shown(m) for m in metrics(text)) == sorted(expected)


@pytest.mark.parametrize(("text", "expected"), CARRIED)
def test_a_number_without_a_name_takes_the_one_before(text: str, expected: list[str]) -> None:
    assert [shown(m) for m in metrics(text, "review")] == expected


@pytest.mark.parametrize(("text", "expected"), ABSENT)
def test_stated_absence(text: str, expected: list[str]) -> None:
    assert [shown(m) for m in metrics(text)] == expected


def test_absence_is_read_where_goals_are_set_alone() -> None:
    assert metrics("农民收入增长与经济增长同步；", "review") == ()


KINDS = [
    ("新建公园10座。", "target", "target"),
    ("新建公园10座。", "review", "achieved"),
    ("力争新增就业3万人。", "review", "target"),
    ("确保抽检合格率达到97%。", "review", "target"),
    ("今年计划改造管网8公里。", "review", "target"),
    ("全年新增就业3万人。", "review", "achieved"),
    ("赤字率拟按2.5%安排。", "target", "plan"),
    ("拟安排专项债券30亿元。", "rationale", "plan"),
    ("抓好总投资80亿元的项目。", "directive", "plan"),
    ("预计全年财政收入增长5%。", "review", "estimate"),
    ("财政收入增长5%，高于全省1个百分点。", "review", "achieved comparison"),
    ("各街道和9家单位负责人作了汇报。", "opening", "count"),
    ("去年完成投资30亿元。", "directive", "achieved"),
    ("2022年完成投资30亿元。", "directive", "achieved"),
    ("投资比去年增加30亿元。", "directive", "target"),
]
#: The words of the clause say more than the label of its segment.
SAID = [
    ("到今天签了430户，", "directive", "achieved"),
    ("还有17户没搬，", "directive", "achieved"),
    ("围墙倒了三十多米，", "assurance", "achieved"),
    ("截至9月底，入库粮食26万吨，", "target", "achieved"),
    ("今年签约的32个项目，", "directive", "achieved"),
    ("挪用的260万元扶贫资金，", "target", "achieved"),
    ("去年欠下的200万元奖补资金，5月底前付清。", "target", "target"),
    ("年底出口增速要确保达到7%以上，", "review", "target"),
    ("4月底前建成检查站30个。", "problem", "target"),
    ("计划改造小区24个，已完工9个，", "problem", "target achieved"),
    ("今冬明春整修水渠90公里，比去年翻一番。", "rationale", "target target"),
    ("今后五年，产值年均增长6%。", "review", "target"),
    ("省里定的是8月底前80%的目标，", "review", "target"),
    ("县财政先拿出36万元，", "directive", "plan"),
    ("按每亩90块钱补，", "directive", "plan"),
    ("林业站答应给4万，", "problem", "plan"),
    ("新挖蓄水池70口，每口补2万元。", "directive", "target plan"),
    ("月底前拨付奖补资金600万元。", "directive", "target"),
    ("低于年初预期1.4个百分点，", "problem", "achieved"),
    ("比全省平均低1.4个百分点，", "problem", "comparison"),
    ("6个区直单位负责人汇报了工作，", "directive", "count"),
    ("听证代表不少于15人，", "directive", "target"),
    ("现有投放点126处，", "directive", "achieved"),
    ("全年重伤事故为零。", "directive", "target"),
]


@pytest.mark.parametrize(("text", "discourse", "kinds"), KINDS)
def test_kind(text: str, discourse: Discourse, kinds: str) -> None:
    assert " ".join(m.kind for m in metrics(text, discourse)) == kinds


@pytest.mark.parametrize(("text", "discourse", "kinds"), SAID)
def test_the_clause_speaks_before_the_label(text: str, discourse: Discourse, kinds: str) -> None:
    found = metrics(text, discourse, "plan" if discourse != "review" else "review")
    assert " ".join(m.kind for m in found) == kinds


#: Orders: what is to be paid, what they are about, and facts told beside them.
ORDERED: list[tuple[str, Discourse, str]] = [
    ("获评的车间每个奖励2万元。", "target", "plan"),
    ("举报属实的，最高奖5万元。", "target", "plan"),
    ("按设备款的15%给予补助。", "target", "plan"),
    ("发现一次扣站所绩效300元。", "target", "plan"),
    ("每户还是500块。", "target", "plan"),
    ("拖欠的奖补资金月底前兑现600万元。", "target", "target"),
    ("争取上级补助资金不少于8000万元。", "target", "target"),
    ("一餐收费最高不得突破18元。", "target", "target"),
    ("泵站扩建，总投资约1800万元，由水务公司实施。", "target", "plan"),
    ("该项目总投资3600万元，目前只完成基础。", "problem", "reference"),
    ("38家负债企业，由镇里包联。", "target", "count"),
    ("巩固提升的26处工程，11月底前必须通水。", "target", "count"),
    ("剩余28户9月底前全部签约。", "target", "target"),
    ("资金缺口30万元，请财政局研究。", "target", "achieved"),
    ("盗窃案件同比下降8%以上。", "target", "target"),
    ("县气象台预报，过程雨量60毫米。", "target", "estimate"),
]


@pytest.mark.parametrize(("text", "discourse", "kinds"), ORDERED)
def test_what_orders_say_of_their_numbers(text: str, discourse: Discourse, kinds: str) -> None:
    assert " ".join(m.kind for m in metrics(text, discourse)) == kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("一季度来访87批，", "achieved"),
        ("1至8月办结率98%，", "achieved"),
        ("三季度办结率达到98%，", "target"),
        ("9月底前办结率达到98%，", "target"),
        ("县水利局在6月20日前完成清淤12公里。", "achieved"),
        ("县水利局要在6月20日前完成清淤12公里。", "target"),
    ],
)
def test_months_that_are_over_make_a_fact(text: str, kind: str) -> None:
    segment = Segment(0, len(text), text, None, None, "directive", "plan")
    day = TimeFrame(date=dt.date(2024, 9, 3), year=2024)
    found = find_metrics(
        text, segment, frame=day, quantities=find_quantities(text, RULES), rules=RULES
    )
    assert [m.kind for m in found] == [kind]


def test_a_day_that_opens_a_line_holds_until_something_is_owed() -> None:
    opened = "截至8月14日，受旱面积30万亩。"
    assert metrics("水库蓄水4200万立方米。", before=opened)[0].kind == "achieved"
    opened += "各镇要抓紧抗旱。"
    assert metrics("新打机井40眼。", before=opened)[0].kind == "target"


def test_a_fact_exceeds_what_a_goal_reaches_at_least() -> None:
    text = "园区总产值突破3万亿元。"
    assert [m.comparator for m in (*metrics(text), *metrics(text, "review"))] == [">=", ">"]


MEANING = [
    ("财政收入增长5%。", "yoy up neutral None"),
    ("能耗下降3%左右。", "yoy down soft None"),
    ("“十四五”期间，财政收入年均增长5%以上。", "average up hard 2021/2025"),
    ("城镇化率提高0.9个百分点。", "ppt up neutral None"),
    ("数字经济占比达到10%。", "share None neutral None"),
    ("公园累计达到90座。", "cumulative None neutral None"),
    ("新增企业不少于30家。", "new None hard None"),
    ("力争新增企业30家以上。", "new None soft None"),
    ("努力把失业率控制在5%以内。", "None None mixed None"),
    ("到2027年，规模以上工业产值达到90亿元。", "None None neutral 2027"),
    ("投资X亿元。", "None None None None"),
]


@pytest.mark.parametrize(("text", "expected"), MEANING)
def test_change_direction_hardness_period(text: str, expected: str) -> None:
    (found,) = metrics(text)
    assert f"{found.change} {found.direction} {found.hardness} {found.period}" == expected


def test_goals_of_a_plan_hold_for_its_years() -> None:
    opened = "“十五五”时期，要实现以下目标任务：\n"
    (found,) = metrics("森林覆盖率达到20%。", before=opened)
    assert found.period == "2026/2030"


def test_a_review_looks_back_on_the_year_before() -> None:
    assert metrics("财政收入增长5%。", "review")[0].period == "2023"


def test_change_from_one_value_to_another() -> None:
    base, found = metrics("赤字率从去年的2.6%提高到2.8%。")
    assert (shown(base), base.text, base.kind) == ("赤字率 = 2.6..2.6%", "从去年的2.6%", "baseline")
    assert (shown(found), found.baseline, found.kind) == ("赤字率 = 2.8..2.8%", "2.6%", "target")


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("班列由每周7列加密到12列。", ["由每周7列", "加密到12列"]),
        ("价格从每公斤460元跌至目前的80元。", ["从每公斤460元", "跌至目前的80元"]),
        ("占比从28%提到了41.5%。", ["从28%", "提到了41.5%"]),
    ],
)
def test_whatever_verb_leads_from_one_value_to_the_other(text: str, quotes: list[str]) -> None:
    found = metrics(text)
    assert [m.text for m in found] == quotes
    assert [m.kind == "baseline" for m in found] == [True, False]


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("地区生产总值增长6%。", "gdp_growth"),
        ("国内生产总值达到90万亿元。", "gdp"),
        ("居民消费价格涨幅3%左右。", "cpi"),
        ("城镇调查失业率5%左右。", "urban_unemployment_rate"),
        ("人均某某产值增长6%。", None),
    ],
)
def test_family(text: str, family: str | None) -> None:
    assert metrics(text)[0].indicator_id == family


def test_span_runs_from_the_name_to_the_bound() -> None:
    (found,) = metrics("确保全省财政收入增长5%以上，努力更好。", before="前言。")
    assert (found.start, found.text, found.scope) == (7, "财政收入增长5%以上", "全省")


def test_another_place_is_a_scope_and_no_name() -> None:
    found = metrics("甲县新开工项目30个；", "problem")[0]
    assert (found.indicator, found.scope) == ("新开工项目", "甲县")


def test_ids_are_stable_and_differ() -> None:
    text = "新建公园10座、绿道20公里。"
    first, second = (m.id for m in metrics(text))
    assert first != second
    assert [first, second] == [m.id for m in metrics(text)]


MEANT = [
    ("今年没有提出经济增速具体目标。", "经济增速", "没有提出经济增速具体目标"),
    ("产值达到90亿元、稳居全省前十强、增长5%。", "产值", "稳居全省前十强、增长5%"),
    ("粮食总产量在上年增长的基础上，又增产2亿斤。", "粮食总产量", "又增产2亿斤"),
]


@pytest.mark.parametrize(("text", "indicator", "quote"), MEANT)
def test_the_quote_proves_the_record(text: str, indicator: str, quote: str) -> None:
    found = metrics(text)[-1]
    assert (found.indicator, found.text) == (indicator, quote)


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("城乡居民收入分别增长6%、8%。", ["urban_income_growth", "rural_income_growth"]),
        (
            "一二三产增加值分别增长3%、5%、6%。",
            ["primary_growth", "secondary_growth", "tertiary_growth"],
        ),
        ("人口自然增长率为5‰。", ["natural_growth"]),
        ("国民收入增长6%。", ["national_income_growth"]),
        ("农民人均纯收入增长6%。", ["rural_net_income_growth"]),
        ("拟发行超长期特别国债1万亿元。", ["ultra_long_bonds"]),
    ],
)
def test_series_that_differ_have_ids_that_differ(text: str, families: list[str]) -> None:
    assert [m.indicator_id for m in metrics(text)] == families


def test_indicators_point_to_known_families_and_say_what_is_better() -> None:
    table = default_rules().table("indicators")
    ids = {rule.id for rule in table}
    assert len(table) >= 120
    assert {rule.attribute("better") for rule in table} == {"more", "less", "neither"}
    assert {rule.attribute("family") for rule in table} - {""} <= ids
    terms = [term for rule in table for term in rule.terms]
    assert len(terms) == len(set(terms))


def test_a_review_of_five_years_is_no_review_of_one() -> None:
    opened = "一、过去五年工作回顾\n"
    (found,) = metrics("财政收入增长5%。", "review", before=opened)
    assert found.period == "2019/2023"


@pytest.mark.parametrize(
    ("before", "text", "kind"),
    [
        ("去年，投资增长6%。", "出口增长8%。", "achieved"),
        ("去年，投资增长6%。", "今年出口要增长8%。", "target"),
        ("", "绿道比2020年增加30公里。", "target"),
        ("", "2020年增加30亿元。", "achieved"),
        ("", "去年欠下的200万元奖补资金月底前付清。", "target"),
    ],
)
def test_a_time_that_is_over_makes_it_a_fact(before: str, text: str, kind: str) -> None:
    assert [m.kind for m in metrics(text, before=before)] == [kind]


NORMAL = [
    ("力争固定资产投资达到120亿元。", (120.0, 120.0, "亿元")),
    ("财政收入达到3亿元至5亿元。", (3.0, 5.0, "亿元")),
    ("财政收入达到8000万元以上。", (0.8, None, "亿元")),
    ("粮食产量不低于35万吨。", (35.0, None, "万吨")),
    ("城镇登记失业率控制在3.9%以内。", (None, 3.9, "%")),
]


@pytest.mark.parametrize(("text", "normal"), NORMAL)
def test_values_in_the_normal_unit_come_along(
    text: str, normal: tuple[float | None, float | None, str]
) -> None:
    (metric,) = metrics(text)
    assert (metric.norm_low, metric.norm_high, metric.norm_unit) == normal


def test_money_is_no_capacity_in_whatever_words() -> None:
    (metric,) = metrics("建成总投资3亿元人民币的产业园。")
    assert (metric.indicator, metric.unit, metric.norm_unit) == ("总投资", "亿元人民币", "亿元")
