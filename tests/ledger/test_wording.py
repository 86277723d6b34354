"""What the cells of a row say, in the words of the text."""

from __future__ import annotations

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
    ("由王副县长牵头，8月底前组织一次综合演练。", "责任领导", "王副县长"),
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
