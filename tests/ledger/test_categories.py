"""The category that a row stands under, and its cycle."""

from __future__ import annotations

import pytest

import speechmine
from speechmine.ledger import make_ledger
from speechmine.ledger.drafting.categories import category_of
from speechmine.model import Document, Section

DAY = "2024-05-10"


def rows(text: str) -> list[dict[str, str]]:
    return [row.cells for row in make_ledger([speechmine.extract(text, date=DAY)]).rows]


SECTIONS = {
    "s1": Section("s1", None, 1, "再次", "食堂和宿舍", 0, 40),
    "s2": Section("s2", "s1", 2, None, "还有校门口", 20, 40),
    "s3": Section("s3", None, 1, "（二）", "管护", 40, 80),
    "s4": Section("s4", "s3", 2, "1.", "桥梁", 50, 80),
}


@pytest.mark.parametrize(
    ("section", "category"), [("s1", "再次食堂和宿舍"), ("s2", "校门口"), ("s4", "（二）1.桥梁")]
)
def test_words_of_order_number_no_category(section: str, category: str) -> None:
    assert category_of(section, SECTIONS, 2, Document("")) == category


NAMES = [
    # heading, title of its text, its category
    ("罗县长在抗旱会上的讲话", "抓紧抗旱 罗县长在抗旱会上的讲话", ""),
    ("加强抗旱工作意见的通知", "县政府办公室印发", ""),
    ("抗旱用水", "抓紧抗旱", "抗旱用水"),
    ("罗院长：", "抓紧抗旱", ""),
    ("（北坡书记：我们缺泵）", "抓紧抗旱", ""),
    ("示例县抗旱工作会议召开", "抓紧抗旱", ""),
]


@pytest.mark.parametrize(("heading", "title", "category"), NAMES)
def test_the_name_of_a_text_is_no_category(heading: str, title: str, category: str) -> None:
    sections = {"s": Section("s", None, 1, None, heading, 0, 90)}
    assert category_of("s", sections, 2, Document(heading, title=title)) == category


CYCLES = [
    ("网格员要一天一趟给老人送餐。", "一天一趟"),
    ("县卫健局要组织回访，一周一次。", "一周一次"),
    ("县督查室要建立台账，一月一调度。", "一月一调度"),
    ("县督查室要建立台账，半月一通报。", "半月一通报"),
]


@pytest.mark.parametrize(("text", "deadline"), CYCLES)
def test_a_cycle_is_shown_whole(text: str, deadline: str) -> None:
    assert rows(text)[-1]["deadline"] == deadline


CLOSING = [
    "各镇、各部门要加强组织领导，县督查室要于12月底前汇总情况。",
    "各有关单位要落实责任，县督查室要每月通报进展情况。",
    "全县各级各部门要主动作为，重要情况及时报告县政府。",
]


@pytest.mark.parametrize("closing", CLOSING)
def test_what_all_are_asked_behind_the_last_note_stands_under_no_part(closing: str) -> None:
    text = (
        "县供水工作方案\n一、主要任务\n（一）改造管网。改造城区管网8公里。（县水利局负责）\n"
        f"（二）建设水厂。新建示例水厂1座。（县住建局负责）\n{closing}\n"
    )
    found = rows(text)
    assert found[1]["section"] == "一、（二）建设水厂"
    assert found[-1]["section"] == ""


BETWEEN = ["客流多少是一面镜子", "为实现上述目标，要突出重点", "做好今年工作"]


@pytest.mark.parametrize("line", BETWEEN)
def test_a_line_between_two_numbers_is_no_category(line: str) -> None:
    sections = {
        "p": Section("p", None, 1, "三、", "今年任务", 0, 90),
        "l": Section("l", "p", 2, None, line, 20, 90),
        "h": Section("h", "l", 3, "（二）", "修好水渠", 40, 90),
        "t": Section("t", "h", 4, None, "先修南渠", 60, 90),
    }
    assert category_of("t", sections, 2, Document("")) == "三、（二）修好水渠"


def test_who_answers_for_a_part_is_none_of_its_name() -> None:
    text = (
        "县重点任务分工方案\n一、完善路网（牵头单位：县交通局）\n1.修建农村道路5公里。\n"
        "二、改善供水（县水利局负责）\n1.新建示例水厂1座。\n"
    )
    assert [row["section"] for row in rows(text)] == ["一、完善路网", "二、改善供水"]


def test_a_line_that_announces_headings_is_none_above_them() -> None:
    announced = Section("a", "p", 2, None, "重点做好以下九项工作", 20, 90)
    sections = {
        "p": Section("p", None, 1, "三、", "今年任务", 0, 90),
        "a": announced,
        "h": Section("h", "a", 3, "（一）", "修好水渠", 40, 90),
    }
    assert category_of("h", sections, 2, Document("")) == "三、（一）修好水渠"
    assert category_of("a", sections, 2, Document("")) == "三、今年任务"


BODY = "各村要逐户摸排，把缺口报到镇里，镇里统一调度车辆和物资，月底前送到户，" * 2

HEADS = [
    # sentences that open paragraphs, those of them that are headings, the category of the second
    (("甲村修渠", "推进新区改革试点", "乙村修路"), ("推进新区改革试点",), ""),
    (
        ("甲村修渠", "推进新区改革试点", "乙村修路"),
        ("推进新区改革试点", "乙村修路"),
        "推进新区改革试点",
    ),
    (("甲村修渠", "再说用水", "乙村修路"), ("再说用水",), "再说用水"),
    (("甲村修渠", "门前的路", "乙村修路"), ("门前的路",), "门前的路"),
]


@pytest.mark.parametrize(("openings", "headings", "category"), HEADS)
def test_an_order_among_others_is_no_category(
    openings: tuple[str, ...], headings: tuple[str, ...], category: str
) -> None:
    text = "\n".join(f"{opening}。{BODY}" for opening in openings)
    sections = {
        name: Section(name, None, 1, None, name, text.find(name), len(text)) for name in headings
    }
    assert category_of(openings[1], sections, 2, Document(text)) == category


def test_a_sentence_inside_its_paragraph_heads_nothing() -> None:
    text = "一、教育\n加强巡查。推动校舍加固。县教育局要修好示例中学。\n"
    start = text.index("推动")
    sections = {
        "p": Section("p", None, 1, "一、", "教育", 0, 30),
        "t": Section("t", "p", 2, None, "推动校舍加固", start, 30),
    }
    assert category_of("t", sections, 2, Document(text)) == "一、教育"


@pytest.mark.parametrize(
    ("first", "category"),
    [("一是查找隐患。", "（一）压实责任"), ("查找隐患。", "（一）二是建立台账")],
)
def test_a_point_heads_nothing_where_the_first_one_does_not(first: str, category: str) -> None:
    text = f"（一）压实责任\n{first}\n二是建立台账\n县水利局要修好水渠。\n"
    start = text.index("二是")
    sections = {
        "p": Section("p", None, 1, "（一）", "压实责任", 0, len(text)),
        "t": Section("t", "p", 2, "二是", "建立台账", start, len(text)),
    }
    assert category_of("t", sections, 2, Document(text)) == category
