"""What stands beside a task in its sentence: caps go with it, neighbours and marks do not."""

from __future__ import annotations

import pytest

import speechmine
from speechmine.ledger import make_ledger
from speechmine.ledger.drafting.categories import category_of
from speechmine.model import Document, Section

DAY = "2024-05-10"


def rows(text: str) -> list[dict[str, str]]:
    return [row.cells for row in make_ledger([speechmine.extract(text, date=DAY)]).rows]


CAPS = [
    # sentence, task, metrics
    (
        "县教育局8月底前新建幼儿园6所，其中乡镇园占一半以上。",
        "新建幼儿园6所，其中乡镇园占一半以上",
        "幼儿园6所；乡镇园占一半以上",
    ),
    (
        "县林业局每年造林2万亩，单个项目不超过500亩。",
        "每年造林2万亩，单个项目不超过500亩",
        "造林2万亩；单个项目不超过500亩",
    ),
    (
        "对新建标准化大棚，每亩补助3000元，最高30万元（责任单位：县农业农村局）。",
        "对新建标准化大棚，每亩补助3000元，最高30万元",
        "每亩补助3000元；最高30万元",
    ),
    ("县文旅局办好龙灯节，不动古树。", "办好龙灯节，不动古树", ""),
    # Another's order behind a comma is a row of its own.
    ("县林业局每年造林2万亩，县财政局安排资金300万元。", "每年造林2万亩", "造林2万亩"),
]


@pytest.mark.parametrize(("text", "task", "metrics"), CAPS)
def test_a_cap_goes_with_the_order_that_it_limits(text: str, task: str, metrics: str) -> None:
    row = rows(text)[0]
    assert (row["task"], row["metrics"]) == (task, metrics)


NEIGHBOURS = [
    # sentence, task of the last row, whether the remark says what stands before
    (
        "县督查室要把上面这些问题列入台账，每月3日前报送台账，一再拖延不办的，由县纪委约谈。",
        "一再拖延不办的，由县纪委约谈",
        True,
    ),
    (
        "码头这几天不接新货，不卸危险品，每船消毒两遍，每遍不少于30分钟，海事处每天早晨去抽查一次。",
        "每天早晨去抽查一次",
        True,
    ),
]


@pytest.mark.parametrize(("text", "task", "above"), NEIGHBOURS)
def test_a_row_does_not_repeat_the_rows_before_it(text: str, task: str, *, above: bool) -> None:
    row = rows(text)[-1]
    assert row["task"].rpartition("）")[2] == task
    assert ("上文：" in row["remark"] or "（" in row["task"]) is above


def test_a_cap_of_its_own_body_or_time_keeps_its_row() -> None:
    text = "县教育局要新建幼儿园6所，其中县城投公司8月底前必须建成幼儿园2所。"
    assert any("县城投公司" in row["who"] for row in rows(text))


VAGUE = [
    # text, task, what the row that names no matter has in brackets or in its remark
    (
        "客运公司：今年必须减亏。怎么减，管理团队国庆节后十天内拿方案，报局党委。",
        "国庆节后十天内拿方案，报局党委",
        "客运公司：今年必须减亏",
    ),
    (
        "再有，重阳前每个村办一场敬老饭，花钱不许超过1500块，烟酒不上桌。",
        "花钱不许超过1500块，烟酒不上桌",
        "重阳前每个村办一场敬老饭",
    ),
    (
        "孤寡老人家里的灯线，电管站先过一遍，老化的列个表，钱从慰问金里出，每户最多400块。",
        "钱从慰问金里出，每户最多400块",
        "孤寡老人家里的灯线",
    ),
    (
        "县民政局要办好老年食堂，协调卫健部门把体检次数列入公约，将有关指标纳入村级考核。",
        "将有关指标纳入村级考核",
        "协调卫健部门把体检次数列入公约",
    ),
]


@pytest.mark.parametrize(("text", "task", "remark"), VAGUE)
def test_money_and_plans_say_what_they_are_for(text: str, task: str, remark: str) -> None:
    row = next(row for row in rows(text) if row["task"].endswith(task))
    assert remark in f"{row['task']}{row['remark']}"


MARKS = [
    ("县发改局要做实“三张清单”［18］。", "做实“三张清单”"),
    ("县水利局要修好南渠[7]二期工程。", "修好南渠二期工程"),
    ("另一条是把南坡的旧渠改成暗管，6月底前改完。", "把南坡的旧渠改成暗管，6月底前改完"),
]


@pytest.mark.parametrize(("text", "task"), MARKS)
def test_marks_of_notes_and_lists_are_no_part_of_a_task(text: str, task: str) -> None:
    assert rows(text)[0]["task"] == task


def test_the_source_keeps_its_footnote() -> None:
    assert "［18］" in rows("县发改局要做实“三张清单”［18］。")[0]["text"]


def test_a_state_is_no_figure_that_is_owed() -> None:
    row = rows("路灯坏了12盏，县城管局周五前必须修好。")[0]
    assert (row["metrics"], row["deadline"]) == ("", "周五前")


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
    sections = {"s": Section("s", None, 1, None, heading, 10, 90)}
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
    (("甲村修渠", "好，说正事", "乙村修路"), ("好，说正事",), ""),
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
