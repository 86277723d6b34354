"""Two speeches and a table go out as one ledger; eight departments return copies of it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

import speechmine
from speechmine.cli import _cli
from speechmine.ledger import (
    Copy,
    Ledger,
    collect_copies,
    make_ledger,
    parties_of,
    read_ledger,
    returns_of,
    update_ledger,
    write_ledger,
)
from speechmine.ledger.merging import merge_ledgers
from speechmine.ledger.sheets.inserting import insert_rows

WATER = """在全县水利工作会议上的讲话
（2024年3月1日）
同志们：
县水利局要在6月底前完成东风水库除险加固，县财政局、县住建局等部门配合。
县财政局要在4月底前拨付补助资金300万元。
县应急局要在8月底前编制避险预案。
"""
WOODS = """在全县林业工作会议上的讲话
（2024年3月5日）
同志们：
县林业局要在6月底前栽植红松2万株。
县教育局要在9月底前编制校园绿化方案。
县气象局要在5月底前新建观测点3处。
"""
ROADS = (
    "序号\t工作任务\t责任单位\t完成时限\t资金来源\n"
    "1\t改造县道20公里，完成招标。\t县交通局\t2024年9月底\t专项债\n"
    "2\t新建客运站1处\t县文旅局\t2024年12月底\t县财政\n"
)


class Sheet:
    """Somebody with a copy open."""

    def __init__(self, path: Path) -> None:
        self.book = openpyxl.load_workbook(path)
        self.sheet = self.book["台账"]
        self.headings = {str(c.value): c.column for c in self.sheet[3] if c.value}

    def row(self, task: str) -> int:
        column = self.headings["工作任务"]
        rows = range(4, self.sheet.max_row + 1)
        return next(r for r in rows if task in str(self.sheet.cell(r, column).value))

    def fill(self, task: str, heading: str, text: object) -> None:
        self.sheet.cell(self.row(task), self.headings[heading], text)

    def add(self, below: str, **cells: str) -> None:
        at = self.row(below) + 1
        insert_rows(self.sheet, at, 1)
        for heading, text in cells.items():
            self.sheet.cell(at, self.headings[heading], text)

    def delete(self, heading: str) -> None:
        self.sheet.delete_cols(self.headings[heading])

    def sign(self, unit: str) -> None:
        self.sheet["A2"] = f"填报单位：{unit}　　填报时间：2024年6月"

    def said(self, task: str, heading: str) -> object:
        return self.sheet.cell(self.row(task), self.headings[heading]).value


Work = Callable[[Sheet], object]
RETURNED: dict[str, Work] = {
    "县水利局.xlsx": lambda s: s.fill("东风水库", "进展情况", "灌浆完成六成"),
    "县水利局（补报）.xlsx": lambda s: s.fill("东风水库", "进展情况", "灌浆完成七成"),
    "a1.xlsx": lambda s: (s.fill("补助资金", "状态", "已完成"), s.sign("县财政局")),
    "应急.xlsx": lambda s: (s.fill("避险预案", "进展情况", "初稿已成"), s.delete("量化指标")),
    "县林业局.xlsx": lambda s: s.fill("红松", "状态", "推进中"),
    "教育局报.xlsx": lambda s: s.fill("绿化方案", "备注", "拟延期"),
    "县气象局.xlsx": lambda s: s.add(
        "观测点", 工作任务="县委交办：校准雨量计", **{"责任单位（牵头）": "县气象局"}
    ),
    "第八份.xlsx": lambda s: s.fill("改造县道", "完成时限", "2024年10月底"),
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the ledger that goes out (sent.xlsx) and what came back (returned)."""
    folder = tmp_path_factory.mktemp("office")
    for name, text in (("a.txt", WATER), ("b.txt", WOODS), ("c.tsv", ROADS)):
        (folder / name).write_text(text, encoding="utf-8")
    paths = [str(folder / name) for name in ("a.txt", "b.txt", "c.tsv")]
    run("ledger", *paths, "-o", str(folder / "sent.xlsx"))
    (folder / "returned").mkdir()
    for name, work in RETURNED.items():
        copy = Sheet(folder / "sent.xlsx")
        work(copy)
        copy.book.save(folder / "returned" / name)
    return folder


def run(*arguments: str, status: int = 0) -> str:
    result = CliRunner().invoke(_cli, arguments)
    assert result.exit_code == status, result.output
    return result.output


@pytest.fixture(scope="module")
def merged(office: Path) -> tuple[Path, str]:
    out = office / "merged.xlsx"
    told = run(
        "ledger", str(office / "sent.xlsx"), "--merge", str(office / "returned"), "-o", str(out)
    )
    return out, told


def test_every_entry_is_in_the_ledger_and_no_row_is_lost_or_doubled(
    merged: tuple[Path, str],
) -> None:
    now = Sheet(merged[0])
    assert now.said("东风水库", "进展情况") == "灌浆完成六成"
    assert now.said("补助资金", "状态") == "已完成"
    assert now.said("避险预案", "进展情况") == "初稿已成"
    assert now.said("红松", "状态") == "推进中"
    assert now.said("绿化方案", "备注") == "拟延期"
    assert now.said("改造县道", "完成时限") == "2024年10月底"
    assert now.said("改造县道", "资金来源") == "专项债"
    assert now.said("红松", "量化指标") == "栽植红松2万株"
    assert now.row("校准雨量计") == now.row("观测点") + 1
    assert len(read_ledger(merged[0]).rows) == 9


def test_two_entries_for_one_cell_are_listed_and_neither_is_lost(
    merged: tuple[Path, str],
) -> None:
    listed = list(openpyxl.load_workbook(merged[0])["冲突清单"].values)[1:]
    assert [(line[2], line[4]) for line in listed] == [
        ("进展情况", "灌浆完成六成"),
        ("进展情况", "灌浆完成七成"),
    ]
    now = Sheet(merged[0])
    remark = now.sheet.cell(now.row("东风水库"), now.headings["进展情况"]).comment.text
    assert "县水利局（补报）.xlsx：灌浆完成七成" in remark
    assert "1 cells in conflict" in merged[1]


def test_who_has_returned_and_who_has_not_is_told(merged: tuple[Path, str]) -> None:
    lines = list(openpyxl.load_workbook(merged[0])["回收情况"].values)[1:]
    told = {line[0]: (line[1], line[2], line[3], line[4]) for line in lines}
    assert told == {
        "县水利局": (1, 0, 1, "已交回"),
        "县财政局": (1, 1, 1, "已交回"),
        "县住建局": (0, 1, 0, "未交回"),
        "县应急局": (1, 0, 1, "已交回"),
        "县林业局": (1, 0, 1, "已交回"),
        "县教育局": (1, 0, 0, "已交回"),
        "县气象局": (2, 0, 0, "已交回"),
        "县交通局": (1, 0, 0, "已交回（由所填的行推定）"),
        "县文旅局": (1, 0, 0, "未交回"),
    }
    assert "未交回) 2: 县住建局、县文旅局" in merged[1]


def test_the_same_copies_again_change_nothing(office: Path, merged: tuple[Path, str]) -> None:
    out = office / "again.xlsx"
    run("ledger", str(merged[0]), "--merge", str(office / "returned" / "*.xlsx"), "-o", str(out))
    assert cells(out) == cells(merged[0])


def cells(path: Path) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(path)
    visible = (sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
    return {sheet.title: list(sheet.values) for sheet in visible}


def test_a_pattern_that_the_shell_has_spread_is_the_same(
    office: Path, merged: tuple[Path, str]
) -> None:
    out = office / "spread.xlsx"
    first, *others = sorted(str(path) for path in (office / "returned").iterdir())
    run("ledger", str(office / "sent.xlsx"), "--merge", first, *others, "-o", str(out))
    assert [row[:14] for row in cells(out)["台账"]] == [
        row[:14] for row in cells(merged[0])["台账"]
    ]


def test_several_merges_each_count(office: Path) -> None:
    out, back = office / "two.xlsx", office / "returned"
    files = (str(back / "县林业局.xlsx"), str(back / "应急.xlsx"))
    run("ledger", "--merge", files[0], "--merge", files[1], "-o", str(out))
    now = Sheet(out)
    assert now.said("红松", "状态") == "推进中"
    assert now.said("避险预案", "进展情况") == "初稿已成"
    assert now.said("红松", "量化指标") == "栽植红松2万株", "one copy has lost the column"


def test_one_broken_copy_is_one_line(office: Path, tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK")
    told = run(
        "ledger",
        str(office / "sent.xlsx"),
        *("--merge", str(tmp_path), "--merge", str(office / "returned" / "县林业局.xlsx")),
        *("-o", str(tmp_path / "o.xlsx")),
        status=1,
    )
    assert sum("坏.xlsx" in line for line in told.splitlines()) == 1
    assert Sheet(tmp_path / "o.xlsx").said("红松", "状态") == "推进中"


def test_copies_in_folders_count_and_those_of_other_programs_are_named(
    office: Path, tmp_path: Path
) -> None:
    inner = tmp_path / "第一批" / "林业"
    inner.mkdir(parents=True)
    (inner / "县林业局.xlsx").write_bytes((office / "returned" / "县林业局.xlsx").read_bytes())
    (tmp_path / "县住建局.et").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "~$县林业局.xlsx").write_bytes(b"")
    out = tmp_path / "o.xlsx"
    told = run(
        "ledger", str(office / "sent.xlsx"), "--merge", str(tmp_path), "-o", str(out), status=1
    )
    assert "县住建局.et" in told
    assert "save it as .xlsx" in told
    assert Sheet(out).said("红松", "状态") == "推进中"


def test_copies_and_a_revised_speech_in_one_go(office: Path, tmp_path: Path) -> None:
    revised = tmp_path / "a.txt"
    revised.write_text(WATER.replace("4月底前", "5月底前"), encoding="utf-8")
    out = tmp_path / "o.xlsx"
    told = run(
        "ledger", str(revised), str(office / "sent.xlsx"), "--merge", str(office / "returned"),
        *("-o", str(out)),
    )  # fmt: skip
    now = Sheet(out)
    assert now.said("补助资金", "完成时限") == "5月底前"
    assert now.said("补助资金", "状态") == "已完成"
    assert "1 changed" in told
    numbers = [now.sheet.cell(r, now.headings["序号"]).value for r in range(4, 13)]
    assert [n for n in numbers if n] == [1, 2, 3, 4, 5, 6, 7, 8], "numbers and order stay"


FAULTS = [
    ((), "name a speech"),
    (("--merge", "nowhere"), "no such file"),
]


@pytest.mark.parametrize(("arguments", "message"), FAULTS)
def test_what_cannot_be_merged_is_named(arguments: tuple[str, ...], message: str) -> None:
    assert message in run("ledger", *arguments, "-o", "o.xlsx", status=2)


def test_the_ledger_is_read_back_as_what_it_is(merged: tuple[Path, str]) -> None:
    ledger = read_ledger(merged[0])
    tasks = {task.id: task for task in speechmine.extract(speechmine.read(merged[0])).tasks}
    assert list(tasks) == [row.id for row in ledger.rows]
    for row in ledger.rows:
        task = tasks[row.id or ""]
        assert (task.deadline.latest or "") == row.cells["latest"] or "10月底" in row.cells[
            "deadline"
        ]
        said = {cell.column: cell.text for cell in task.other}
        assert (said.get("状态", ""), said.get("进展情况", "")) == (
            row.cells["state"],
            row.cells["progress"],
        )
    again = make_ledger([speechmine.extract(speechmine.read(merged[0]))])
    kept = ("task", "deadline", "state", "progress", "remark", "section")
    assert [[row.id, *(row.cells.get(n, "") for n in kept)] for row in again.rows] == [
        [row.id, *(row.cells.get(n, "") for n in kept)] for row in ledger.rows
    ]


def test_the_lead_stays_the_lead() -> None:
    speech = speechmine.extract(
        "由县水利局牵头，县财政局配合，在6月底前编制《供水规划》。", date="2024-01-05"
    )
    out = io.BytesIO()
    write_ledger(make_ledger([speech]), out)
    (task,) = speechmine.extract(speechmine.read(out.getvalue())).tasks
    assert [(p.text, p.role) for p in task.parties] == [
        ("县水利局", "lead"),
        ("县财政局", "cooperate"),
    ]
    assert task.deadline.latest == "2024-06-30"


def copy(name: str, progress: str, *, issued: str = "") -> Copy:
    ledger = make_ledger([speechmine.extract("请县水利局6月底前编制供水规划。")])
    (row,) = ledger.rows
    cells = {**row.cells, "progress": progress}
    changed = speechmine.ledger.LedgerRow(
        row.id, row.document, cells, row.written, issued={"progress": issued}
    )
    return Copy(name, Ledger((changed,), ledger.documents, ledger.fields))


ENTRIES = [
    # The ledger, a copy with what it was sent, what the cell says, whether that is a conflict.
    ("", "", "已开工", "已开工", False),
    ("已招标", "已招标", "已开工", "已开工", False),
    ("已招标", "", "已开工", "已招标", True),
    ("已招标", "已招标", "", "已招标", False),
    ("已招标", "", "已招标", "已招标", False),
    ("已招标", "", "", "已招标", False),
]


@pytest.mark.parametrize(("held", "sent", "entry", "kept", "conflict"), ENTRIES)
def test_an_entry_is_what_differs_from_what_went_out(
    held: str, sent: str, entry: str, kept: str, conflict: bool
) -> None:
    found = collect_copies([copy("台账", held, issued=held), copy("甲", entry, issued=sent)])
    assert found.ledger.rows[0].cells["progress"] == kept
    assert bool(found.conflicts) == conflict


def test_rows_that_one_copy_lacks_stay() -> None:
    whole = make_ledger([speechmine.extract(WATER)])
    some = Ledger(whole.rows[1:], whole.documents, whole.fields)
    found = collect_copies([Copy("少", some), Copy("全", whole)])
    assert [row.id for row in found.ledger.rows] == [row.id for row in whole.rows]


def test_rows_of_people_keep_their_name_once_they_went_out() -> None:
    sent = make_ledger([speechmine.extract(WATER)])
    own = speechmine.ledger.LedgerRow(None, cells={"task": "清理河道", "who": "县水利局"})
    out = io.BytesIO()
    write_ledger(Ledger((*sent.rows, own), sent.documents, sent.fields), out)
    back = read_ledger(out.getvalue())
    assert back.rows[-1].by_people
    assert (back.rows[-1].id or "").startswith("o-")
    again = merge_ledgers(back, sent)
    assert (again.counts["own"], again.counts["dropped"]) == (1, 0)
    twice = io.BytesIO()
    update_ledger(out.getvalue(), again, twice)
    assert [row.id for row in read_ledger(twice.getvalue()).rows] == [r.id for r in back.rows]


OWNERS = [
    ("县水利局.xlsx", "", "县水利局"),
    ("台账-水利局-终稿.xlsx", "", "县水利局"),
    ("财政.xlsx", "", "县财政局"),
    ("1.xlsx", "县财政局", "县财政局"),
    ("1.xlsx", "别处", ""),
    ("县局.xlsx", "", ""),
]


@pytest.mark.parametrize(("file", "unit", "owner"), OWNERS)
def test_whose_copy_a_file_is(file: str, unit: str, owner: str) -> None:
    sent = make_ledger([speechmine.extract(WATER)])
    back = Copy(file, sent, unit)
    found = returns_of(collect_copies([Copy("台账.xlsx", sent), back]), [back])
    assert [r.party for r in found if r.files] == [owner]


NAMES = [
    ({"who": "甲局（牵头）、乙局等"}, [("甲局", "lead"), ("乙局", "responsible")]),
    ({"lead": "甲局", "responsible": "/", "who": "甲局"}, [("甲局", "lead")]),
    ({"who": "市数据局（市人工智能局）、相关县（市、区）政府"},
     [("市数据局（市人工智能局）", "responsible"), ("相关县（市、区）政府", "responsible")]),
    ({"who": "甲局\n乙局；丙局（建议）"}, [("甲局", "responsible"), ("乙局", "responsible")]),
    ({"who": "甲局", "cooperate": "甲局、丁局"}, [("甲局", "responsible"), ("丁局", "cooperate")]),
]  # fmt: skip


@pytest.mark.parametrize(("said", "parties"), NAMES)
def test_names_in_a_cell(said: dict[str, str], parties: list[tuple[str, str]]) -> None:
    row = speechmine.ledger.LedgerRow("t-1", cells=said)
    assert [(party.name, party.role) for party in parties_of(row)] == parties
