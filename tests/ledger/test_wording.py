"""What the cells of a row say, in the words of the text."""

from __future__ import annotations

import dataclasses
import io

import openpyxl
import pytest

import speechmine
from speechmine.ledger import LedgerRow, default_layout, make_ledger, write_ledger
from speechmine.ledger.columns import columns_of_ledger

DAY = "2024-01-05"


def row(text: str) -> LedgerRow:
    return make_ledger([speechmine.extract(text, date=DAY)]).rows[0]


TIMES = [
    ("县水利局要在6月底前修复水闸2座。", "6月底前", ""),
    ("县水利局要持续开展河道巡查，建立巡查台账。", "", "时限要求：持续"),
    ("县水利局要抓紧编制供水规划。", "", "时限要求：抓紧"),
    ("县水利局要每月报送一次巡查台账。", "每月", ""),
    ("县水利局要在汛期前备足编织袋2万条。", "汛期前", ""),
    ("县水利局要定期发布水情清单。", "", "时限要求：定期"),
    ("县水利局要即日起关闭示例水闸，建立巡查台账。", "即日起", ""),
]


@pytest.mark.parametrize(("text", "deadline", "remark"), TIMES)
def test_the_time_is_a_time_and_the_manner_a_remark(text: str, deadline: str, remark: str) -> None:
    cells = row(text).cells
    assert (cells["deadline"], cells["remark"]) == (deadline, remark)


LISTS = [
    ("县水利局要在6月底前修复水闸2座，县财政局、县住建局等部门配合。", "县财政局、县住建局等"),
    ("县水利局要在6月底前修复水闸2座，县财政局、县住建局配合。", "县财政局、县住建局"),
    (
        "在6月底前修复水闸2座。（县水利局牵头，县财政局、县住建局等有关部门按职责分工负责）",
        "",
    ),
]


@pytest.mark.parametrize(("text", "helping"), LISTS)
def test_an_open_list_says_so_once(text: str, helping: str) -> None:
    cells = row(text).cells
    assert cells["cooperate"] == helping
    assert all(cells[name].count("等") <= 1 for name in ("who", "cooperate"))


NAMED = [
    ("县应急局要在8月底前编制避险预案。（督办单位：县委督查室）", "督办单位", "县委督查室"),
    ("由王副县长亲自调度，8月底前组织一次综合演练。", "责任领导", "王副县长"),
]


@pytest.mark.parametrize(("text", "label", "name"), NAMED)
def test_those_who_supervise_and_lead_have_a_column_where_there_are_any(
    text: str, label: str, name: str
) -> None:
    ledger = make_ledger([speechmine.extract(text, date=DAY)])
    found = {c.label: c.field for c in columns_of_ledger(ledger, default_layout())}
    assert ledger.rows[0].cells[found[label]] == name
    plain = make_ledger([speechmine.extract("县水利局要在6月底前修复水闸2座。", date=DAY)])
    assert label not in {c.label for c in columns_of_ledger(plain, default_layout())}


OWED = [
    # Who and when that open the text stand in their columns; what stands further on stays.
    ("县水利局要在6月底前修复水闸2座。", "修复水闸2座"),
    ("由县水利局牵头，县财政局配合，编制供水规划。", "编制供水规划"),
    ("县水利局编制供水规划，5月底前报县政府审定。", "编制供水规划，5月底前报县政府审定"),
    ("县水利局每半月调度一次水库蓄水。", "每半月调度一次水库蓄水"),
    ("县水利局的同志要逐村排查水窖120处。", "县水利局的同志要逐村排查水窖120处"),
    ("水闸修复的事，请县水利局6月底前拿出方案。", "水闸修复的事，请县水利局6月底前拿出方案"),
    (
        "县水利局要编制供水规划，加强用水管理，做好宣传引导。",
        "编制供水规划，加强用水管理，做好宣传引导",
    ),
    # Words between two pieces of one sentence are not lost.
    (
        "县水利局要编制供水规划，持续放大示范效应，深入推进节水工作。",
        "编制供水规划，持续放大示范效应，深入推进节水工作",
    ),
    # Marks and numbers of a list are none of it, nor is what is left of a time that began before.
    ("• 改造水厂2座，建立管护台账。", "改造水厂2座，建立管护台账"),
    ("第五条 县水利局应当编制供水规划。", "编制供水规划"),
    ("5.1.2 县水利局必须编制供水规划。", "编制供水规划"),
    (
        "会议指出，要抓好以下工作：一是在6月底前建立巡查台账，做到一户一档；二是加强矿山治理。",
        "建立巡查台账，做到一户一档",
    ),
    ("会议要求抓好几项工作：一是6月底前修复水闸2座；二是编制供水规划。", "修复水闸2座"),
    ("17、18两天，请县督查室逐村核对台账。", "逐村核对台账"),
    # What is left hanging behind a name or a time is none of it; what belongs to the verb stays.
    ("县商务局将适时组织开展评估。", "适时组织开展评估"),
    ("还有个事，县住建局5月底前把西街路灯修好。", "还有个事，县住建局5月底前把西街路灯修好"),
    ("县住建局就老旧小区漏雨问题开展一次排查。", "县住建局就老旧小区漏雨问题开展一次排查"),
    ("县农机站将20台旧机具移交各村。", "将20台旧机具移交各村"),
    # Who is named behind 责任人 has a column.
    ("完成12眼机井维修，责任人副镇长石磊，7月20日前；", "完成12眼机井维修"),
]


@pytest.mark.parametrize(("text", "owed"), OWED)
def test_what_is_owed_is_said_in_the_words_and_order_of_the_text(text: str, owed: str) -> None:
    assert row(text).cells["task"] == owed


def test_records_without_their_text_name_measures_behind_the_task() -> None:
    result = speechmine.extract("县水利局要编制供水规划，加强用水管理，做好宣传引导。", date=DAY)
    bare = dataclasses.replace(result, document=dataclasses.replace(result.document, text=""))
    task = make_ledger([bare]).rows[0].cells["task"]
    assert task.startswith("编制供水规划；")


def test_a_category_does_not_end_inside_a_quotation() -> None:
    text = (
        "一、整改情况\n1．关于“台账不清。底数不明。”问题的整改。\n"
        "县水利局要在6月底前建立管护台账。\n"
    )
    category = row(text).cells["section"]
    assert category.count("“") == category.count("”")


CYCLES = [
    ("县信访局要实行周通报，每周一把进度报县委办。", "每周一", ""),
    ("县发改局要实行月调度，编制调度清单。", "", ""),
    ("县水文站要每日7时、15时、20时报送雨情清单。", "每日7时、15时、20时", ""),
    ("墒情表册实行专人填报，每天16时前报县值班室。", "每天16时前", ""),
    ("17、18两天，请县督查室逐村核对台账。", "17、18两天", ""),
    ("县人社局要取消示例公司2023年度先进集体称号，8月底前公布名单。", "8月底前", ""),
]


@pytest.mark.parametrize(("text", "deadline", "remark"), CYCLES)
def test_a_time_is_as_written_and_no_part_of_a_name(text: str, deadline: str, remark: str) -> None:
    cells = row(text).cells
    assert (cells["deadline"], cells["remark"]) == (deadline, remark)


def test_somebody_to_call_is_nobody_who_answers() -> None:
    cells = row("各牵头单位要在6月底前报送进展台账（联系人：吴某某，电话：0000）。").cells
    assert cells["person"] == ""


PRONOUNS = [
    ("对连续两次排名末位的镇，由我来约谈。", "约谈"),
    ("我们将建立示例河巡查台账，于11月底前向您反馈进展。", "台账"),
    ("我们要在6月底前修好示例水闸。", "水闸"),
]


@pytest.mark.parametrize(("text", "words"), PRONOUNS)
def test_a_pronoun_is_a_party_and_nobody_in_a_cell(text: str, words: str) -> None:
    found = speechmine.extract(text, date=DAY)
    assert any(party.text in ("我", "我们") for party in found.tasks[0].parties)
    rows_of = make_ledger([found]).rows
    assert all(r.cells["who"] == "" and "承前" not in r.cells["remark"] for r in rows_of)
    assert words in rows_of[0].cells["task"]


def speech(title: str, count: int) -> speechmine.Extraction:
    lines = "\n".join(f"县水利局要在6月底前修复{n}号水闸。" for n in range(1, count + 1))
    return speechmine.extract(f"{title}\n（2024年1月5日）\n同志们：\n一、抓水利\n{lines}")


TITLES = [
    (1, "《会议甲上的讲话》督查台账", None),
    (2, "《会议甲上的讲话》《会议乙上的讲话》督查台账", None),
    (4, "《会议甲上的讲话》等4份材料督查台账", "《会议丁上的讲话》"),
]


@pytest.mark.parametrize(("count", "title", "below"), TITLES)
def test_every_text_is_named_and_states_are_explained(
    count: int, title: str, below: str | None
) -> None:
    out = io.BytesIO()
    texts = [speech(f"会议{name}上的讲话", 1) for name in "甲乙丙丁"[:count]]
    write_ledger(make_ledger(texts), out, as_of="2024-06-01")
    sheet = openpyxl.load_workbook(out)["台账"]
    assert sheet["A1"].value == title
    assert (below or "") in sheet["A2"].value
    assert "未启动、推进中、已完成、逾期" in sheet["A2"].value
    assert "2024-06-01" in sheet["A2"].value
    headings = [cell.value for cell in sheet[3]]
    assert ("来源" in headings) == (count > 1)


def test_a_category_says_its_name_on_every_page() -> None:
    out = io.BytesIO()
    write_ledger(make_ledger([speech("会议甲上的讲话", 60)]), out)
    sheet = openpyxl.load_workbook(out)["台账"]
    starts = [mark.id + 1 for mark in sheet.row_breaks.brk]
    assert len(starts) >= 2
    assert all(sheet.cell(at, 1).value == "一、抓水利" for at in (4, *starts))
    tall = [area for area in sheet.merged_cells.ranges if area.min_row > 3]
    assert not any(area.min_row < at <= area.max_row for area in tall for at in starts)


@pytest.mark.parametrize(
    ("heading", "category"),
    [
        ("第一，要把责任扛在肩上。", "第一，要把责任扛在肩上"),
        ("二是：抓好春耕备耕。", "二是：抓好春耕备耕"),
        ("一、抓好春耕备耕", "一、抓好春耕备耕"),
        ("（二）抓好春耕备耕", "（二）抓好春耕备耕"),
    ],
)
def test_a_category_keeps_the_mark_behind_its_number(heading: str, category: str) -> None:
    text = f"{heading}\n县农业农村局要在3月20日前备足化肥800吨。"
    assert row(text).cells["section"] == category


def test_who_speaks_above_a_text_is_asked_nothing() -> None:
    text = "钱县长在汛前检查座谈会上的插话\n堤上的草要清掉。\n6月20日前清完。"
    assert not row(text).cells["who"]


CLOSING = [
    ("以上各项，请县直有关部门抓紧落实，各镇于6月底前报送进展。", ""),
    ("上述任务由县水利局每月调度一次。", ""),
    ("以上工作，县水利局要在6月底前完成。", ""),
    ("县水利局要在6月底前完成以上工作。", "二、修渠"),
    ("同志们！\n今年要编制好全县水利规划。", ""),
    ("同志们，今年要编制好全县水利规划。", "二、修渠"),
    ("最后强调，全县要在6月底前开展一次回头看。", ""),
    ("最后再强调，纪律要严明。\n县督查室每月通报一次进度。", ""),
    ("最后，县水利局要在6月底前修渠5公里。", "二、修渠"),
    ("以上各项，县水利局要在6月底前完成。\n三、种树\n县林业局要栽树2万株。", "二、修渠"),
]


@pytest.mark.parametrize(("text", "section"), CLOSING)
def test_what_closes_a_text_stands_under_none_of_its_parts(text: str, section: str) -> None:
    whole = f"一、修闸\n县水利局要修复示例水闸2座。\n二、修渠\n县水利局要修渠3公里。\n{text}"
    found = make_ledger([speechmine.extract(whole, date=DAY)]).rows
    assert [r.cells["section"] for r in found[:3]] == ["一、修闸", "二、修渠", section]


DEEPER = """一、水利
（一）水源
1.加固水库
县水利局要在6月底前编制库区安全鉴定计划。
2.打井
县水利局要在8月底前打井20眼。
（二）水质
县环保局要在9月底前新建监测点6个。"""


def test_a_heading_too_deep_for_the_category_is_remarked() -> None:
    rows = make_ledger([speechmine.extract(DEEPER, date=DAY)]).rows
    assert [r.cells["section"] for r in rows] == ["一、（一）水源"] * 2 + ["一、（二）水质"]
    assert [r.cells["remark"] for r in rows] == ["上文：加固水库", "上文：打井", ""]
