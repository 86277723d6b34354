"""Classes of figures, each with sentences that hold one and neighbours that hold none."""

from __future__ import annotations

import pytest

from speechmine.extractors.metrics import find_metrics
from speechmine.extractors.quantities import find_quantities
from speechmine.model import Discourse, Metric, Segment, TimeFrame, Zone
from speechmine.rules.loader import default_rules


def metrics(text: str, discourse: Discourse) -> tuple[Metric, ...]:
    """The metrics of one segment."""
    zone: Zone = "review" if discourse == "review" else "plan"
    segment = Segment(0, len(text), text, None, None, discourse, zone)
    rules = default_rules()
    quantities = find_quantities(text, rules)
    return find_metrics(
        text, segment, frame=TimeFrame(year=2024), quantities=quantities, rules=rules
    )


def told(text: str, discourse: Discourse) -> list[str]:
    """Each metric as: kind comparator low..high unit."""
    return [
        f"{m.kind} {m.comparator} {'' if m.low is None else f'{m.low:g}'}"
        f"..{'' if m.high is None else f'{m.high:g}'}{m.unit or ''}"
        for m in metrics(text, discourse)
    ]


#: Sets that are there already, weights, habits, people who write: no metrics.
NOTHING = [
    # how often
    "网格员每周至少入户看望一次。",
    "各村组长每旬至少到渠上看一次。",
    # what weighs how much
    "平时考核占35%，年终测评占65%。",
    "笔试占40%，面试占60%。",
    # who speaks
    "柳林小区23名家长联名写信。",
    # handed over or there already
    "督导组反馈的19个问题逐条过堂。",
    "商户提出的20条意见由商务局答复。",
    "对全校110间教室进行安全排查。",
    "整合现有5个平台。",
    # what a task is about
    "镇里做好60户村民的沟通解释工作。",
    "水利站落实下游30户的转移路线。",
    # somebody
    "各科室确定1名信息员。",
    # to whom it goes
    "春节前向山区4个乡镇通气。",
    "院内4栋楼建于1990年。",
    # the law's classes, how far around, findings, who came
    "杜绝一次死亡3人以上事故。",
    "检查仓库周边200米内的堆场。",
    "督导组共指出4类22个问题。",
    "组织领导占20分。",
    "费用由双方按4∶6分担。",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_measures_nothing(text: str) -> None:
    assert told(text, "directive") == []


FIGURES: list[tuple[str, Discourse, list[str]]] = [
    # Beside those that measure nothing: the same words with a measure.
    ("入汛前每个村至少演练两次。", "target", ["target >= 2..次"]),
    ("每学期听课不少于8次。", "target", ["target >= 8..次"]),
    ("服务业占52%。", "review", ["achieved = 52..52%"]),
    ("新建3个平台。", "target", ["target = 3..3个"]),
    ("每村配备1名护林员。", "target", ["target = 1..1名"]),
    ("20个路口每岗不少于2名协管员。", "target", ["target >= 2..名"]),
    ("9个标段今年累计完成产值6亿元。", "review", ["achieved = 6..6亿元"]),
    # So many of one for each of the other; scores and times of day are none.
    ("生师比为17.5:1。", "review", ["achieved = 17.5..17.5:1"]),
    ("城乡居民收入比缩小到2.2∶1以内。", "target", ["target <= ..2.2∶1"]),
    (
        "收入比由2020年的2.5:1降至2023年的2.3:1。",
        "review",
        ["baseline = 2.5..2.5:1", "achieved = 2.3..2.3:1"],
    ),
    ("县队以2:1获胜。", "review", []),
    ("会议14:30开始。", "opening", []),
    # Bounds in negative words, and behind the number.
    ("每场开支不许超过3000块。", "target", ["target <= ..3000块"]),
    ("运距不能大于15公里。", "target", ["target <= ..15公里"]),
    ("亩均投入不能少于200元。", "target", ["target >= 200..元"]),
    ("空置房占23%还多。", "problem", ["achieved >= 23..%"]),
    ("入住率三成不到。", "problem", ["achieved < ..3成"]),
    ("任务过半。", "target", ["target > 0.5.."]),
    # Counted as a village counts.
    ("办席不超过12桌。", "target", ["target <= ..12桌"]),
    ("每户投工15个工日以上。", "target", ["target >= 15..个工日"]),
    ("沟口住着八百多口人。", "problem", ["achieved >= 800..口人"]),
    # Small counts that a deed comes to; those that only make a phrase.
    ("下半年组织三轮公开选聘。", "target", ["target = 3..3轮"]),
    ("县医院选派四名医生驻点。", "target", ["target = 4..4名"]),
    ("夜里淹了两台水泵。", "problem", ["achieved = 2..2台"]),
    ("还有三处缺口没堵。", "problem", ["achieved = 3..3处"]),
    ("组织六七个部门会商。", "directive", []),
    ("完成二期工程。", "directive", []),
    ("他指出了十个好处。", "review", []),
    ("聚焦两个区域。", "directive", []),
    # How long it lasted; how long it takes is the plan's, when it is the calendar's.
    ("渗水断流已有十几天。", "problem", ["achieved >= 10..天"]),
    ("工程比计划晚了近两个月。", "problem", ["achieved ~ 2..2个月"]),
    ("项目立项三年未动。", "problem", ["achieved = 3..3年"]),
    ("总体进度落后计划约12天。", "problem", ["achieved ~ 12..12天"]),
    ("争取早一天见效。", "directive", []),
    ("历时三天的活动闭幕。", "review", []),
    # One figure for each of several names.
    ("普及率、达标率分别达到91%和64%。", "target", ["target = 91..91%", "target = 64..64%"]),
    # A lot of trouble is a fact, in whatever part; a bound or a deed makes it owed.
    ("噪音投诉7起，住建局要盯紧。", "target", ["achieved = 7..7起"]),
    ("河口镇信访积案9件，6月底前化解5件。", "target", ["achieved = 9..9件", "target = 5..5件"]),
    ("化解信访积案9件。", "target", ["target = 9..9件"]),
    ("事故死亡人数控制在5人以内。", "target", ["target <= ..5人"]),
    ("图斑整改剩6个。", "target", ["achieved = 6..6个"]),
    ("剩余6个图斑8月底前整改。", "target", ["target = 6..6个"]),
    ("站房资金缺口30万元正在争取。", "target", ["achieved = 30..30万元"]),
    # Known in the rough; counted is counted.
    ("据初步摸底，此类旧楼约有40栋。", "target", ["estimate ~ 40..40栋"]),
    ("据街道摸底，还有300多家。", "review", ["achieved >= 300..家"]),
    ("受寒潮影响，气温下降12℃左右。", "target", ["estimate ~ 12..12℃"]),
    # What was to be reached beside what was.
    (
        "完成年度计划40亿元的61%。",
        "review",
        ["target = 40..40亿元", "achieved = 61..61%"],
    ),
    ("今年计划招工200人。", "target", ["target = 200..200人"]),
    # Who pays how much of it; what it is put at; what one of them gets at most.
    ("市级财政承担六成。", "target", ["plan = 6..6成"]),
    ("镇里自筹12万元左右。", "target", ["plan ~ 12..12万元"]),
    ("概算控制在90万元以内。", "target", ["target <= ..90万元"]),
    ("修缮经费46万元，从预备费中列支。", "target", ["plan = 46..46万元"]),
    ("首期2000万元4月到位。", "target", ["plan = 2000..2000万元"]),
    ("设立总规模6亿元的育苗基金。", "target", ["plan = 6..6亿元"]),
    (
        "按租金的20%给予补贴，单个项目不超过40万元。",
        "target",
        ["plan = 20..20%", "plan <= ..40万元"],
    ),
    ("办席每桌不超过400元。", "target", ["target <= ..400元"]),
    ("争取专项债券，全年到位资金不少于6亿元。", "target", ["target >= 6..亿元"]),
    ("发行专项债券3亿元。", "target", ["plan = 3..3亿元"]),
    ("县财政出六成，镇里补四成。", "target", ["plan = 6..6成", "plan = 4..4成"]),
    ("明年改厕120户，每户补助900元。", "target", ["target = 120..120户", "plan = 900..900元"]),
    ("减轻企业负担3亿元。", "target", ["target = 3..3亿元"]),
    # A gap told by its goal.
    (
        "离70%的要求还差7个百分点。",
        "problem",
        ["target = 70..70%", "achieved = 7..7个百分点"],
    ),
    # Facts, even where the segment is taken for an order.
    ("持证教练仅18人。", "target", ["achieved = 18..18人"]),
    ("场地面积不足60平方米。", "target", ["achieved < ..60平方米"]),
    ("场地面积不少于60平方米。", "target", ["target >= 60..平方米"]),
    ("力争追回资金90万元。", "target", ["target = 90..90万元"]),
    # What was done to people is counted by them.
    ("对3名责任人进行了诫勉谈话。", "review", ["achieved = 3..3名"]),
    ("对60户困难家庭实施厨房改造。", "target", ["target = 60..60户"]),
    ("选派20名城区医生到村坐诊。", "target", ["target = 20..20名"]),
    ("新增充电桩6组。", "target", ["target = 6..6组"]),
    # How long the thing is, and how long it is to be.
    ("该路段长2公里。", "review", ["reference = 2..2公里"]),
    ("该桥全长186米。", "review", ["reference = 186..186米"]),
    ("新建绿道总长12公里。", "target", ["target = 12..12公里"]),
]


@pytest.mark.parametrize(("text", "discourse", "expected"), FIGURES)
def test_what_a_figure_is(text: str, discourse: Discourse, expected: list[str]) -> None:
    assert told(text, discourse) == expected


#: What belongs to the wording of a figure, and what does not.
WORDINGS = [
    ("河口镇政府负责于9月10日前完成12户村民签约。", ["12户村民签约"]),
    ("其余9栋11月底前全部移交。", ["9栋11月底前全部移交"]),
    ("城西300套于7月底前投入使用。", ["城西300套于7月底前投入使用"]),
    ("班组完成了6片箱梁架设。", ["6片箱梁架设"]),
    ("普及率、达标率分别达到91%和64%。", ["普及率、达标率分别达到91%", "达标率分别达到91%和64%"]),
    ("新建3个平台。", ["3个平台"]),
    ("新认定市级工艺实验室3个、市级研发平台4个。", ["市级工艺实验室3个", "市级研发平台4个"]),
]


@pytest.mark.parametrize(("text", "wordings"), WORDINGS)
def test_what_a_wording_holds(text: str, wordings: list[str]) -> None:
    assert [m.text for m in metrics(text, "target")] == wordings
