"""Templates with text below their table: rows go above it, and all of it moves."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

import speechmine
from speechmine.ledger import Ledger, fill_template, make_ledger, merge_ledgers, read_ledger
from speechmine.ledger.sheets.inserting import insert_rows

TASKS = [f"县水利局要在{month}月底前修复{month}座水闸。" for month in range(2, 10)]


def ledger(count: int) -> Ledger:
    text = "在全县水利工作会议上的讲话\n（2024年1月5日）\n同志们：\n" + "\n".join(TASKS[:count])
    return make_ledger([speechmine.extract(text)])


def template() -> bytes:
    """Four framed rows; an empty one; who signs, two notes; formulas, a list, a colour."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "督办"
    sheet["A1"] = "云岭县督查事项"
    sheet.merge_cells("A1:F1")
    side = Side(style="thin")
    headings = ("序号", "督办事项", "主办单位", "完成时限", "办理状态", "备注")
    for at, heading in enumerate(headings, start=1):
        sheet.cell(2, at, heading)
        for row in range(2, 7):
            sheet.cell(row, at).border = Border(left=side, right=side, top=side, bottom=side)
    sheet["A8"], sheet["D8"], sheet["F8"] = "填表人：", "审核人：", "=COUNTA(B3:B6)"
    sheet["A9"], sheet["A10"] = "注：1.一式两份。", "2.按实填写。"
    for area in ("A8:B8", "A9:F9", "A10:F10"):
        sheet.merge_cells(area)
    sheet["A10"].font = Font(bold=True)
    sheet["A10"].hyperlink = "https://example.org/"
    sheet.row_dimensions[9].height = 40
    sheet.print_area = "A1:F10"
    choice = DataValidation(type="list", formula1='"是,否"')
    choice.add("E3:E6")
    sheet.add_data_validation(choice)
    red = PatternFill("solid", start_color="FF0000")
    sheet.conditional_formatting.add("E3:E6", CellIsRule("equal", ['"否"'], fill=red))
    book.defined_names["事项数"] = DefinedName("事项数", attr_text="督办!$F$8")
    other = book.create_sheet("汇总")
    other["A1"], other["A2"] = "=督办!F8*2", "=SUM(督办!A3:A6)"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def filled() -> bytes:
    out = io.BytesIO()
    fill_template(template(), ledger(8), out)
    return out.getvalue()


def test_rows_stand_above_the_text_below_the_table(filled: bytes) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(filled))["督办"]
    assert [sheet.cell(at, 1).value for at in range(3, 15)] == [
        *range(1, 9), None, "填表人：", "注：1.一式两份。", "2.按实填写。",
    ]  # fmt: skip
    assert sheet["D12"].value == "审核人："


def test_what_stood_below_has_moved_with_all_that_belongs_to_it(filled: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled))
    sheet = book["督办"]
    assert {str(area) for area in sheet.merged_cells.ranges} == {
        "A1:F1", "A12:B12", "A13:F13", "A14:F14",
    }  # fmt: skip
    assert sheet["F12"].value == "=COUNTA(B3:B10)"
    assert [book["汇总"][name].value for name in ("A1", "A2")] == [
        "=督办!F12*2",
        "=SUM(督办!A3:A10)",
    ]
    assert book.defined_names["事项数"].attr_text == "督办!$F$12"
    assert sheet.print_area == "'督办'!$A$1:$F$14"
    assert (sheet.row_dimensions[13].height, sheet["A14"].font.b) == (40, True)
    assert sheet["A14"].hyperlink.ref == "A14"
    assert str(sheet.data_validations.dataValidation[0].sqref) == "E3:E10"
    assert [str(entry.sqref) for entry in sheet.conditional_formatting] == ["E3:E10"]
    assert sheet["C10"].border.top.style == "thin"


def test_the_text_below_is_no_row_and_a_second_merge_leaves_it(filled: bytes) -> None:
    back = read_ledger(filled)
    assert len(back.rows) == 8
    assert merge_ledgers(back, ledger(8)).unchanged


def test_few_rows_leave_the_form_as_it_is() -> None:
    out = io.BytesIO()
    fill_template(template(), ledger(2), out)
    sheet = openpyxl.load_workbook(io.BytesIO(out.getvalue()))["督办"]
    assert (sheet["A8"].value, sheet["A5"].value) == ("填表人：", None)
    assert sheet["F8"].value == "=COUNTA(B3:B6)"


def test_a_leader_who_alone_answers_stands_in_the_column_for_bodies() -> None:
    speech = speechmine.extract("由王副县长亲自调度，8月底前组织一次综合演练。", date="2024-01-05")
    out = io.BytesIO()
    fill_template(template(), make_ledger([speech]), out)
    assert openpyxl.load_workbook(io.BytesIO(out.getvalue()))["督办"]["C3"].value == "王副县长"
    assert merge_ledgers(read_ledger(out.getvalue()), make_ledger([speech])).unchanged


def test_a_header_of_two_rows_stays_and_parts_those_who_answer() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["重点工作责任分解表"])
    sheet.append(["序号", "工作任务", "责任分工", None, "完成时限", "资金"])
    sheet.append([None, None, "牵头单位", "配合单位", None, None])
    for area in ("A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:F3"):
        sheet.merge_cells(area)
    sheet["A5"] = "审核人："
    blank, out = io.BytesIO(), io.BytesIO()
    book.save(blank)
    text = "由县水利局牵头，县财政局配合，在6月底前编制供水规划。县应急局要在8月底前编制避险预案。"
    source = make_ledger([speechmine.extract(text, date="2024-01-05")])
    fill_template(blank.getvalue(), source, out)
    filled = openpyxl.load_workbook(io.BytesIO(out.getvalue())).active
    assert filled is not None
    assert [[c.value for c in row[:5]] for row in filled.iter_rows(min_row=3, max_row=6)] == [
        [None, None, "牵头单位", "配合单位", None],
        [1, "编制供水规划", "县水利局（牵头）", "县财政局", "6月底前"],
        [2, "编制避险预案", "县应急局", None, "8月底前"],
        ["审核人：", None, None, None, None],
    ]
    assert "E2:E3" in {str(area) for area in filled.merged_cells.ranges}
    back = read_ledger(out.getvalue())
    assert merge_ledgers(back, source).unchanged
    assert merge_ledgers(back, source).ledger.own == ("资金",)


FORMULAS = [
    ("=SUM(A1:A4)", "=SUM(A1:A6)"),
    ("=SUM(A1:A3)", "=SUM(A1:A3)"),
    ("=A4+A5", "=A4+A7"),
    ("=SUM(A5:A9)", "=SUM(A7:A11)"),
    ("=SUM($A$1:$A$8)", "=SUM($A$1:$A$10)"),
    ("=SUM(A:A)", "=SUM(A:A)"),
    ('=IF(B5="A5","是",另表!A5)', '=IF(B7="A5","是",另表!A5)'),
    ("='台 账'!A5", "='台 账'!A7"),
]


@pytest.mark.parametrize(("before", "after"), FORMULAS)
def test_formulas_follow_rows_that_are_inserted(before: str, after: str) -> None:
    """Two rows above row 5; a table that ends right above them grows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "台 账"
    book.create_sheet("另表")
    sheet["H1"] = before
    insert_rows(sheet, 5, 2)
    assert sheet["H1"].value == after
