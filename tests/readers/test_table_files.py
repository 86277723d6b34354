"""Tables as files: cells are spans of the text, merged ones keep their extent, faults are named."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

import speechmine
from speechmine.errors import ReadError
from speechmine.model import Document
from speechmine.readers import find_inputs, read, read_bytes


def cells(document: Document) -> list[tuple[int, int, str]]:
    return [
        (cell.row, cell.column, document.text[cell.start : cell.end])
        for table in document.tables
        for cell in table.cells
    ]


def workbook(*rows: list[object], merged: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_the_text_of_a_delimited_file_is_kept_as_it_stands() -> None:
    content = "任务\t时限\r\n 修路 \t9月\r\n"
    document = read_bytes(content.encode(), suffix=".tsv")
    assert document.text == content
    assert cells(document) == [(0, 0, "任务"), (0, 1, "时限"), (1, 0, "修路"), (1, 1, "9月")]


DELIMITED = [
    (".csv", 'a,"b,c",d\n', ["a", "b,c", "d"]),
    (".csv", 'a,"他说""好""",d\n', ["a", '他说""好""', "d"]),
    (".csv", 'a,"甲\n乙",d\n', ["a", "甲\n乙", "d"]),
    (".csv", "a;b；c;d\n", ["a", "b；c", "d"]),
    (".csv", "a\tb,c\td\te\n", ["a", "b,c", "d", "e"]),
    (".tsv", 'a\t"一河一策"编制\td\n', ["a", '"一河一策"编制', "d"]),
    (".tsv", '"a"\tb', ["a", "b"]),
    (".tsv", "a\t\tc\n", ["a", "", "c"]),
]


@pytest.mark.parametrize(("suffix", "content", "expected"), DELIMITED)
def test_marks_inside_cells(suffix: str, content: str, expected: list[str]) -> None:
    document = read_bytes(content.encode(), suffix=suffix)
    assert [said for _, _, said in cells(document)] == expected


def test_a_quote_that_never_ends_is_named() -> None:
    with pytest.raises(ReadError, match='line 2: a cell begins with " that nothing closes'):
        read_bytes('任务,时限\n"修路,9月\n'.encode(), suffix=".csv")


def test_a_workbook_of_merged_cells() -> None:
    content = workbook(
        ["云岭区重点任务分解表", None, None, None],
        ["类别", "工作任务", "责任分工", None],
        [None, None, "牵头单位", "完成时限"],
        ["交通", "新建农村公路60公里", "区交通局", dt.datetime(2026, 9, 30)],  # noqa: DTZ001
        [None, "修缮桥梁3座", "区住建局", "6月底前"],
        [None, None, "各镇", None],
        merged=("A1:D1", "C2:D2", "A2:A3", "B2:B3", "A4:A6", "B5:B6"),
    )
    document = read_bytes(content, suffix=".xlsx")
    result = speechmine.extract(document, date="2026-03-01")
    assert document.text.startswith("云岭区重点任务分解表\n")
    assert result.document.title == "云岭区重点任务分解表"
    assert [
        (t.text, [(p.text, p.role) for p in t.parties], t.deadline.text, t.group)
        for t in result.tasks
    ] == [
        ("新建农村公路60公里", [("区交通局", "lead")], "2026-09-30", "交通"),
        ("修缮桥梁3座", [("区住建局", "lead"), ("各镇", "lead")], "6月底前", "交通"),
    ]


def test_sheets_are_tables_behind_their_names_and_hidden_ones_are_not_read() -> None:
    book = openpyxl.Workbook()
    for name in ("城建", "水利", "草稿"):
        sheet = book.create_sheet(name)
        sheet.append(["工作任务", "责任单位"])
        sheet.append([f"{name}任务清单", "区政府办"])
    book.remove(book.worksheets[0])
    book["草稿"].sheet_state = "hidden"
    document = read_bytes(saved(book), suffix=".xlsx")
    assert len(document.tables) == 2
    assert "水利\n工作任务\t责任单位\n" in document.text
    assert "草稿" not in document.text
    assert len(speechmine.extract(document, mode="full").tasks) == 2


def test_numbers_show_as_they_do_in_the_sheet() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append([5, 0.065, 1.5, True])
    sheet["B1"].number_format = "0.0%"
    document = read_bytes(saved(book), suffix=".xlsx")
    assert [said for _, _, said in cells(document)] == ["5", "6.5%", "1.5", "TRUE"]


BROKEN = [
    (".xlsx", "任务\t时限\n".encode(), "no Excel workbook, whatever its name says"),
    (".xlsx", b"\xd0\xcf\x11\xe0....", "an old or a locked Excel workbook"),
    (".xlsx", b"PK\x05\x06" + 18 * b"\x00", "not a readable Excel workbook"),
    (".xlsx", saved(openpyxl.Workbook()), "no visible cells"),
    (".csv", "任务,时限\n".encode() + b"\xff", "damaged UTF-8"),
    (".tsv", b"", "is empty"),
]


@pytest.mark.parametrize(("suffix", "content", "message"), BROKEN)
def test_files_that_are_no_tables_are_named(suffix: str, content: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message) as caught:
        read_bytes(content, suffix=suffix, source="甲")
    assert str(caught.value).startswith("甲: ")
    assert ";" in str(caught.value)


def test_tables_of_a_folder_are_found(tmp_path: Path) -> None:
    for name in ("a.tsv", "b.csv", "c.xlsx", "d.txt", "e.png"):
        (tmp_path / name).write_bytes("工作任务\n".encode())
    assert [Path(i.source).name for i in find_inputs([tmp_path])] == [
        "a.tsv",
        "b.csv",
        "c.xlsx",
        "d.txt",
    ]
    assert read(tmp_path / "a.tsv").tables
    assert not read(tmp_path / "d.txt").tables


def with_format_id(content: bytes, number: int) -> bytes:
    """The workbook with its own format replaced by one that stands in no file, as Excel does."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/styles.xml":
                part = re.sub(rb'<xf numFmtId="164"', b'<xf numFmtId="%d"' % number, part)
            new.writestr(name, part)
    return packed.getvalue()


def test_a_day_shown_as_a_month_is_a_month() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["工作任务", "责任单位", "完成时限"])
    sheet.append(["编制清淤方案", "县水利局", 45627])
    sheet["C2"].number_format = "0.000"
    content = with_format_id(saved(book), 57)
    (task,) = speechmine.extract(read_bytes(content, suffix=".xlsx"), date="2024-03-01").tasks
    assert (task.deadline.text, task.deadline.edtf) == ("2024年12月", "2024-12")
