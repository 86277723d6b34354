"""Orders in ordinary speech, under the head of a speech, of a notice, and alone."""

from __future__ import annotations

import pytest

import speechmine

HEADS = {
    "speech": "在全市重点项目推进会上的讲话\n（2025年3月5日）\n同志们：\n",
    "notice": "关于做好春耕备耕工作的通知\n各乡镇人民政府：\n",
    "called": "同志们：",
    "alone": "",
}
#: Written and spoken, with and without subject, modal, day and number.
ORDERS = [
    "县水利局要修好水闸12座。",
    "市交通局把断头路尽快打通。",
    "请各乡镇于3月20日前报送名单。",
    "由区发改局牵头，4月底前拿出方案。",
    "老张，你们所三天内把罚单清完。",
    "城管局每周开展一次夜查。",
    "县医院腾出床位50张备用。",
    "各村要把低保户走访一遍。",
    "财政局本周内拨付资金200万元。",
    "住建局抓紧排查危房。",
    "区教体局负责校舍加固，暑假前完工。",
    "河道清淤6月底前必须完成。",
    "务必在汛期前完成除险加固。",
    "对闲置土地逐宗清理，能收回的收回。",
    "建立台账，逐项销号。",
    "年内新建学校3所。",
    "组织一次应急演练。",
    "公安交管部门要加强夜间巡查，发现一起查处一起。",
    "两天之内，把积水点全部排干。",
    "这件事由李副市长负责，月底前给我报结果。",
    "各单位主要负责人要亲自抓。",
    "尽快启动二期工程招标。",
    "把办事指南贴到村口去。",
]
TOLD = [
    "去年，全市新建学校12所。",
    "发展是硬道理。",
    "成绩来之不易。",
    "谢谢大家！",
    "这几年，大家都很辛苦。",
    "目前还有12座水库带病运行。",
    "下面，我讲三点意见。",
]


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("order", ORDERS)
def test_an_order_is_listed_or_shown_as_doubtful(order: str, head: str) -> None:
    result = speechmine.extract(head + order, date="2025-03-05", mode="full")
    listed = any(task.start >= len(head) for task in result.tasks)
    assert listed or "doubtful_task" in {notice.code for notice in result.notices}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_nearly_all_are_listed(head: str) -> None:
    found = [speechmine.extract(head + order, date="2025-03-05", mode="full") for order in ORDERS]
    listed = [any(task.start >= len(head) for task in result.tasks) for result in found]
    assert sum(listed) >= 0.9 * len(ORDERS) - 1


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("told", TOLD)
def test_what_is_told_is_no_order(told: str, head: str) -> None:
    result = speechmine.extract(head + told, date="2025-03-05", mode="full")
    assert [task.text for task in result.tasks if task.start >= len(head)] == []


FOOTINGS = [
    "各县区要依据有关规定和本地实际，建立矿山巡查台账。",
    "县直各部门要对照反馈意见，逐条建立整改台账。",
    "各镇要结合本地实际，在8月底前制定排涝方案。",
    "各县人民政府要在本办法施行之日起20日内，制定实施细则。",
    "县水利局要针对薄弱环节，6月底前编制水闸加固方案。",
]


@pytest.mark.parametrize("text", FOOTINGS)
def test_what_is_kept_to_is_no_row_of_its_own(text: str) -> None:
    (task,) = speechmine.extract(text, date="2025-03-05").tasks
    assert task.text == text.rstrip("。")


@pytest.mark.parametrize(
    "text",
    [
        "县供销社要加大调度力度，5月底前形成冷库清单。",
        "区档案馆要强化服务意识，4月20日前报送移交目录。",
        "镇综治中心要提高认识，6月15日前交出走访记录。",
    ],
)
def test_what_is_to_be_there_by_a_day_can_be_checked(text: str) -> None:
    assert speechmine.extract(text, date="2025-03-05").tasks


CASES = """第五条 有下列情形之一的，由县水利局给予通报：
（一）不听调度，擅自开闸的；
（二）瞒报水位，延误处置的；
（三）未按规定报送值班记录的。
"""


def test_cases_of_a_rule_are_no_tasks() -> None:
    tasks = speechmine.extract(CASES, date="2025-03-05", mode="full").tasks
    assert not [task.text for task in tasks if task.text.endswith("的")]


LINES = [
    # no number heads a line that has no body, or says who, how much and by when
    "1.新建排涝泵站2座\n2.疏浚东沟8公里\n3.编制调度预案",
    "（一）县水利局负责新建泵站2座。选址要公开。\n（二）县住建局负责改造管网9公里。施工要有序。",
    "会议议定：一是新建泵站2座；二是编制调度预案。",
]


@pytest.mark.parametrize("text", LINES)
def test_a_numbered_order_is_no_heading(text: str) -> None:
    found = speechmine.extract(f"全县水利工作会议纪要\n{text}", date="2025-03-05", mode="full")
    assert "heading" not in [s.discourse for s in found.segments[1:]]


def test_so_many_things_to_be_made_by_a_day_are_owed() -> None:
    for said in (
        "6月底前新建零工市场2处。",
        "8月底前建成口袋公园5个。",
        "年底前改造老旧泵房12座。",
    ):
        assert speechmine.extract(said, date="2025-03-05").tasks, said


JOINED = "同志们：\n全年要新建学校4所；改造老旧小区30个；细颗粒物浓度继续下降。县教育局要抓紧。"


def test_what_a_semicolon_joins_heads_nothing() -> None:
    found = speechmine.extract(JOINED, date="2025-03-05").segments
    assert [s.discourse for s in found if s.text.startswith(("改造", "细颗粒物"))].count(
        "heading"
    ) == 0


ASSIGNED = ["县林草局：组织巡护。", "县水利局：检查堤防。县交通局：修复道路。"]


@pytest.mark.parametrize("text", ASSIGNED)
def test_a_deed_behind_a_body_is_shown(text: str) -> None:
    found = speechmine.extract(text, date="2025-03-10", mode="full")
    shown = len(found.tasks) + sum(n.code == "doubtful_task" for n in found.notices)
    assert shown >= text.count("：")


def test_what_a_past_year_opens_is_told() -> None:
    told = "2024年，县交通运输局新改建农村公路120公里，建成客运站3座。"
    text = f"同志们：\n县水利局要在4月底前清淤9公里。{told}县住建局要抓紧。"
    tasks = speechmine.extract(text, date="2025-03-10", mode="full").tasks
    assert not [task.text for task in tasks if "客运站" in task.text or "农村公路" in task.text]
