"""A ledger goes out, people fill it in, the speech is revised, the ledger comes back."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.styles import PatternFill

import speechmine
from speechmine.errors import ReadError, UsageError
from speechmine.ledger import (
    Ledger,
    Merged,
    default_layout,
    fill_template,
    load_layout,
    make_ledger,
    merge_ledgers,
    read_ledger,
    update_ledger,
    write_division_table,
    write_ledger,
)

HEAD = "在全县水利工作会议上的讲话\n（2024年3月1日）\n同志们：\n一、抓工程\n"
TASKS = [
    "县水利局要在6月底前完成东风水库除险加固。",
    "县财政局要在4月底前拨付补助资金300万元。",
    "各乡镇要在5月底前建立防汛值班台账。",
    "县应急局要在8月底前编制避险预案。",
]


def speech(*tasks: str, head: str = HEAD) -> Ledger:
    return make_ledger([speechmine.extract(head + "\n".join(tasks))])


def saved(ledger: Ledger, **options: object) -> bytes:
    out = io.BytesIO()
    write_ledger(ledger, out, **options)  # type: ignore[arg-type]
    return out.getvalue()


def merged_file(content: bytes, merged: Merged) -> bytes:
    out = io.BytesIO()
    update_ledger(content, merged, out)
    return out.getvalue()


class Office:
    """An official with the workbook open."""

    def __init__(self, content: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(content))
        self.sheet = self.book["台账"]
        self.headings = {cell.value: cell.column for cell in self.sheet[3] if cell.value}

    def fill(self, row: int, heading: str, text: object) -> None:
        if heading not in self.headings:
            self.headings[heading] = self.sheet.max_column + 1
            self.sheet.cell(3, self.headings[heading], heading)
        self.sheet.cell(3 + row, self.headings[heading]).value = text  # type: ignore[union-attr]

    def said(self, heading: str) -> list[object]:
        last = self.sheet.max_row
        return [self.sheet.cell(at, self.headings[heading]).value for at in range(4, last + 1)]

    def saved(self) -> bytes:
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


def test_an_office_fills_in_the_speech_is_revised_nothing_is_lost_or_doubled() -> None:
    office = Office(saved(speech(*TASKS)))
    office.fill(1, "状态", "进行中")
    office.fill(1, "进展情况", "坝体灌浆完成六成")
    office.fill(2, "状态", "已完成")
    office.fill(3, "包联领导", "王某")
    office.fill(4, "备注", "=1+1")
    filled = office.saved()
    revised = [
        TASKS[0].replace("6月底前", "7月底前"),
        TASKS[1],
        "县教育局要在8月底前编制校舍台账。",
        TASKS[3],
    ]
    merged = merge_ledgers(read_ledger(filled), speech(*revised))
    wanted = {"kept": 2, "changed": 1, "added": 1, "dropped": 1}
    assert {name: n for name, n in merged.counts.items() if n} == wanted
    now = Office(merged_file(filled, merged))
    assert now.said("序号") == [1, 2, 5, 3, 4]
    assert now.said("状态") == ["进行中", "已完成", None, "文中已删", None]
    assert now.said("进展情况")[0] == "坝体灌浆完成六成"
    assert now.said("包联领导") == [None, None, None, "王某", None]
    assert now.said("备注")[4] == "=1+1"
    assert now.said("完成时限")[0] == "7月底前"
    assert now.sheet.cell(4, now.headings["完成时限"]).comment.text == "原为：6月底前"
    assert [
        bool(now.sheet.cell(at, now.headings["工作任务"]).font.strike) for at in range(4, 9)
    ] == [
        False,
        False,
        False,
        True,
        False,
    ]
    again = merge_ledgers(read_ledger(merged_file(filled, merged)), speech(*revised))
    assert again.unchanged
    assert again.counts["kept"] == 5


def test_what_people_wrote_into_our_cells_stays_and_is_told_of() -> None:
    office = Office(saved(speech(*TASKS)))
    office.fill(1, "责任单位（牵头）", "县水利局、县住建局")
    office.fill(2, "完成时限", "5月10日前")
    filled = office.saved()
    same = merge_ledgers(read_ledger(filled), speech(*TASKS))
    assert same.counts["kept"] == 4
    assert same.rows[0].row.cells["who"] == "县水利局、县住建局"
    revised = [TASKS[0], TASKS[1].replace("4月底前", "5月底前"), *TASKS[2:]]
    merged = merge_ledgers(read_ledger(filled), speech(*revised))
    assert merged.counts["conflicts"] == 1
    assert merged.rows[1].row.cells["deadline"] == "5月10日前"
    once_more = merge_ledgers(read_ledger(merged_file(filled, merged)), speech(*revised))
    assert once_more.counts["conflicts"] == 0, "told once, not every time"
    assert once_more.rows[1].row.cells["deadline"] == "5月10日前"


def test_rows_of_their_own_stay_and_deleted_ones_do_not_come_back() -> None:
    office = Office(saved(speech(*TASKS)))
    office.sheet.delete_rows(5)  # the second task
    office.fill(4, "工作任务", "县委临时交办：清理河道")
    filled = office.saved()
    old = read_ledger(filled)
    assert [row.id is None for row in old.rows] == [False, False, False, True]
    merged = merge_ledgers(old, speech(*TASKS, "县住建局要在9月底前修复两座桥梁。"))
    assert (merged.counts["removed"], merged.counts["own"], merged.counts["added"]) == (1, 1, 1)
    now = Office(merged_file(filled, merged))
    assert "县委临时交办：清理河道" in now.said("工作任务")
    back = read_ledger(merged_file(filled, merged))
    assert len(back.removed) == 1, "it is still remembered that it was taken out"


def test_sorted_and_filtered_rows_are_known_by_their_hidden_column() -> None:
    office = Office(saved(speech(*TASKS)))
    rows = [[cell.value for cell in office.sheet[at]] for at in (7, 5, 4, 6)]
    for merged in list(office.sheet.merged_cells.ranges):
        if merged.min_row > 3:
            office.sheet.unmerge_cells(str(merged))
    for at, values in enumerate(rows, start=4):
        for column, value in enumerate(values, start=1):
            office.sheet.cell(at, column).value = value
    merged = merge_ledgers(read_ledger(office.saved()), speech(*TASKS))
    assert merged.counts["kept"] == 4


def test_a_dropped_task_that_comes_back_is_restored() -> None:
    first = saved(speech(*TASKS))
    without = merged_file(first, merge_ledgers(read_ledger(first), speech(*TASKS[:3])))
    merged = merge_ledgers(read_ledger(without), speech(*TASKS))
    assert merged.counts["restored"] == 1
    now = Office(merged_file(without, merged))
    assert now.said("状态") == [None] * 4


def test_the_same_speech_under_another_title_is_the_same_speech() -> None:
    content = saved(speech(*TASKS))
    renamed = HEAD.replace("会议上的讲话", "会议上的讲话（定稿）")
    merged = merge_ledgers(read_ledger(content), speech(*TASKS, head=renamed))
    assert merged.counts["kept"] == 4


def test_a_second_speech_is_added_and_the_first_stays() -> None:
    content = saved(speech(*TASKS))
    other = speech("县林业局要在6月底前栽植红松2万株。", head=HEAD.replace("水利", "林业"))
    merged = merge_ledgers(read_ledger(content), other)
    assert (merged.counts["kept"], merged.counts["added"], merged.counts["dropped"]) == (4, 1, 0)


def test_the_same_wording_twice_is_two_rows() -> None:
    twice = speech(
        "各乡镇要建立防汛值班台账，报县水利局。",
        "二、再抓",
        "各乡镇要建立防汛值班台账，报县水利局。",
    )
    names = [row.id for row in twice.rows]
    assert len(set(names)) == len(names)
    assert merge_ledgers(read_ledger(saved(twice)), twice).unchanged


def test_a_ledger_without_our_hidden_columns_is_matched_by_wording() -> None:
    """As when it was copied into another program."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["序号", "工作内容", "责任单位", "进度"])
    plain = [row.cells["text"] for row in speech(*TASKS).rows]
    for number, text in enumerate(plain, start=1):
        sheet.append([number, text, "", "已办"])
    out = io.BytesIO()
    book.save(out)
    merged = merge_ledgers(read_ledger(out.getvalue()), speech(*TASKS))
    assert merged.counts["added"] == 0
    now = openpyxl.load_workbook(io.BytesIO(merged_file(out.getvalue(), merged))).active
    assert now is not None
    assert [now.cell(at, 4).value for at in range(2, 6)] == ["已办"] * 4


def test_looks_formulas_and_other_sheets_stay() -> None:
    office = Office(saved(speech(*TASKS)))
    office.fill(2, "用时", "=F5&G5")
    office.sheet.cell(5, 3).fill = PatternFill("solid", start_color="FFFF00")
    office.book.create_sheet("备忘")["A1"] = "勿删"
    filled = office.saved()
    merged = merge_ledgers(
        read_ledger(filled), speech("县城投公司要在3月底前编制施工方案。", *TASKS)
    )
    now = Office(merged_file(filled, merged))
    assert now.said("用时")[2] == "=F6&G6", "a formula follows its row"
    assert now.sheet.cell(6, 3).fill.start_color.rgb == "00FFFF00"
    assert now.book["备忘"]["A1"].value == "勿删"


def test_a_template_is_filled_below_its_headings(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "云岭县督查事项"
    for at, heading in enumerate(("序号", "督办事项", "完成时限", "主办单位", "批示"), start=1):
        sheet.cell(2, at, heading)
        sheet.cell(3, at).font = openpyxl.styles.Font(name="楷体", size=14)
    path = tmp_path / "模板.xlsx"
    book.save(path)
    out = io.BytesIO()
    missing = fill_template(path, speech(*TASKS), out)
    assert missing == ("类别", "量化指标")
    filled = openpyxl.load_workbook(io.BytesIO(out.getvalue())).active
    assert filled is not None
    assert filled["A1"].value == "云岭县督查事项"
    assert [filled.cell(at, 3).value for at in range(3, 7)][:3] == ["6月底前", "4月底前", "5月底前"]
    assert filled["D3"].value == "县水利局"
    assert filled["B6"].font.name == "楷体"
    assert merge_ledgers(read_ledger(out.getvalue()), speech(*TASKS)).unchanged


def test_an_office_names_its_own_columns(tmp_path: Path) -> None:
    profile = tmp_path / "profile.toml"
    profile.write_text(
        'name = "县督查室"\n[ledger]\ntitle = "重点工作督办台账"\nstates = ["红", "黄", "绿"]\n'
        '[[ledger.column]]\nfield = "no"\n[[ledger.column]]\nfield = "task"\nlabel = "督办内容"\n'
        '[[ledger.column]]\nlabel = "批示领导"\n'
        '[[ledger.column]]\nfield = "state"\nlabel = "红黄绿灯"\n',
        encoding="utf-8",
    )
    layout = load_layout(profile)
    ledger = make_ledger([speechmine.extract(HEAD + TASKS[0])], layout=layout)
    office = Office(saved(ledger, layout=layout))
    assert list(office.headings)[:4] == ["序号", "督办内容", "批示领导", "红黄绿灯"]
    assert office.sheet["A1"].value == "重点工作督办台账"
    assert "县督查室" in str(office.sheet["A2"].value)
    validation = office.sheet.data_validations.dataValidation[0]
    assert validation.formula1 == '"红,黄,绿"'
    office.fill(1, "红黄绿灯", "黄")
    assert merge_ledgers(read_ledger(office.saved()), ledger, layout=layout).counts["kept"] == 1


PROFILE_FAULTS = [
    ("[ledger]\ntitel = 'x'", "there is no such field"),
    ("[ledger]\nstates = 'x'", "a list of texts"),
    ("[[ledger.column]]\nfield = 'tsak'", "is unknown"),
    ("[[ledger.column]]\nfield = 'no'", 'field = "task" is expected'),
    ("[ledger]\ndue_soon = 0", "a number from 1"),
    ("ledger = 1", "a table is expected"),
]


@pytest.mark.parametrize(("text", "message"), PROFILE_FAULTS)
def test_faults_of_a_profile_are_named(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        load_layout(path)


def test_page_list_of_states_and_colours() -> None:
    office = Office(saved(speech(*TASKS), as_of="2024-05-01"))
    sheet = office.sheet
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes is not None
    assert sheet.auto_filter.ref.startswith("A3:")
    assert sheet.column_dimensions[sheet.cell(3, office.headings["任务编号"]).column_letter].hidden
    formulas = [f for entry in sheet.conditional_formatting for r in entry.rules for f in r.formula]
    assert all("DATE(2024,5,1)" in formula for formula in formulas)
    assert not any("TODAY" in formula for formula in formulas)
    assert [str(day)[:10] for day in office.said("最迟日期")[:3]] == [
        "2024-06-30",
        "2024-04-30",
        "2024-05-31",
    ]


def test_no_cell_is_a_formula_whatever_the_speech_says() -> None:
    ledger = speech('各乡镇要在5月底前建立=HYPERLINK("http://x","y")台账。')
    cells = [c for row in Office(saved(ledger)).sheet.iter_rows() for c in row]
    assert all(cell.data_type != "f" for cell in cells)


def test_the_same_ledger_gives_the_same_bytes() -> None:
    assert saved(speech(*TASKS)) == saved(speech(*TASKS))
    first, second = io.BytesIO(), io.BytesIO()
    write_division_table(speech(*TASKS), first)
    write_division_table(speech(*TASKS), second)
    assert first.getvalue() == second.getvalue()


def test_the_word_table_says_what_the_ledger_says() -> None:
    out = io.BytesIO()
    write_division_table(speech(*TASKS), out)
    document = speechmine.read(out.getvalue())
    assert [document.text[c.start : c.end] for c in document.tables[0].cells][:6] == [
        "序号",
        "工作任务",
        "责任单位（牵头）",
        "配合单位",
        "完成时限",
        "量化指标",
    ]
    tasks = speechmine.extract(document, date="2024-03-01").tasks
    assert [task.deadline.latest for task in tasks[:3]] == [
        "2024-06-30",
        "2024-04-30",
        "2024-05-31",
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not a readable Excel workbook"),
        (b"PK\x03\x04 cut off", "not a readable Excel workbook"),
        (b"\xd0\xcf\x11\xe0 locked", "without a password"),
    ],
)
def test_what_is_no_workbook_is_named(content: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read_ledger(content)


def test_a_workbook_without_headings_is_named() -> None:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    with pytest.raises(ReadError, match="no row of headings"):
        read_ledger(out.getvalue())


def test_a_damaged_memory_is_no_harm() -> None:
    office = Office(saved(speech(*TASKS)))
    office.book["speechmine"]["B1"] = "{"
    merged = merge_ledgers(read_ledger(office.saved()), speech(*TASKS))
    assert (merged.counts["added"], len(merged.rows)) == (0, 4)


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="a date is expected"):
        saved(speech(*TASKS), as_of="2024-13-01")


WORDS = st.sampled_from(["进行中", "已完成", "", "暂缓", "见附件"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    states=st.lists(WORDS, min_size=4, max_size=4),
    kept=st.sets(st.integers(0, 3)),
    edited=st.sets(st.integers(0, 3)),
    added=st.integers(0, 2),
)
def test_law_nothing_is_lost_and_nothing_doubled(
    states: list[str], kept: set[int], edited: set[int], added: int
) -> None:
    office = Office(saved(speech(*TASKS)))
    for row, state in enumerate(states, start=1):
        office.fill(row, "状态", state)
    filled = office.saved()
    revised = [
        TASKS[at].replace("底前", "中旬前") if at in edited else TASKS[at] for at in sorted(kept)
    ]
    more = [
        f"县{name}要在9月底前报送专项报告{n}份。" for n, name in enumerate(["文旅局", "统计局"], 1)
    ]
    new = speech(*revised, *more[:added])
    content = merged_file(filled, merge_ledgers(read_ledger(filled), new))
    back = read_ledger(content)
    names = Counter(row.id for row in back.rows)
    assert max(names.values()) == 1
    old = {row.id for row in read_ledger(filled).rows}
    assert old <= set(names)
    said = [row.cells["state"] for row in back.rows if row.id in old]
    assert all(
        now == before or (not before and now == "文中已删")
        for now, before in zip(said, states, strict=True)
    )
    assert len(back.rows) == 4 + added
    assert merge_ledgers(back, new).unchanged


def test_default_states_hold_the_customary_words() -> None:
    assert {"未启动", "推进中", "已完成", "逾期"} <= set(default_layout().states)


def test_sheets_are_plain_workbooks() -> None:
    with zipfile.ZipFile(io.BytesIO(saved(speech(*TASKS)))) as archive:
        assert not any("vba" in name.lower() for name in archive.namelist())
