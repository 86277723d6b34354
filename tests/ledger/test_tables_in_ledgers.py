"""Tables to ledgers: row for row, word for word, every cell somewhere."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

import speechmine
from speechmine.ledger import (
    Ledger,
    LedgerRow,
    make_ledger,
    read_ledger,
    write_division_table,
    write_ledger,
)
from speechmine.model import Document, Extraction
from speechmine.readers import read_bytes

from shared import SHARED

TABLES = sorted((SHARED / "assignments" / "tables").glob("*.tsv"))


def table(*rows: str, **options: object) -> Extraction:
    """Rows with their cells parted by ``|``."""
    content = "\n".join(row.replace("|", "\t") for row in rows)
    document = read_bytes(content.encode(), suffix=".tsv")
    return speechmine.extract(document, **options)  # type: ignore[arg-type]


def back(ledger: Ledger) -> Ledger:
    """As Excel gives it back."""
    out = io.BytesIO()
    write_ledger(ledger, out)
    return read_ledger(out.getvalue())


def shown(row: LedgerRow, *fields: str) -> list[str]:
    return [row.cells.get(name, row.own.get(name, "?")) for name in fields]


def test_a_row_is_a_row_word_for_word_with_its_group_and_every_column() -> None:
    result = table(
        "序号|重点举措|实施路径|完成时限|责任单位|配合单位|资金来源",
        "1|建路网（2项）|新建县道12公里，同步绿化，年内力争完成八成。|10月|县交通局、县林业局|/|专项债",
        "2|建路网（2项）|改造危桥3座|持续推进|云岭镇政府|县财政局|",
    )
    ledger = back(make_ledger([result]))
    fields = ("section", "task", "deadline", "who", "cooperate", "资金来源")
    assert [shown(row, *fields) for row in ledger.rows] == [
        [
            "建路网（2项）",
            "新建县道12公里，同步绿化，年内力争完成八成。",
            "10月",
            "县交通局、县林业局",
            "/",
            "专项债",
        ],
        ["建路网（2项）", "改造危桥3座", "持续推进", "云岭镇政府", "县财政局", ""],
    ]


def test_lead_and_others_have_their_own_columns_where_the_table_parts_them() -> None:
    result = table("事项|牵头单位|责任单位|说明", "建粮库|县发改局|各镇|两年内")
    (row,) = back(make_ledger([result])).rows
    assert shown(row, "lead", "responsible", "remark") == ["县发改局", "各镇", "两年内"]
    assert "who" not in row.cells


ANSWERING = [
    ("县发改局、县粮食局", "县粮食局、各镇", "县发改局、县粮食局（牵头）\n各镇"),
    ("县发改局、县粮食局", "县粮食局", "县发改局、县粮食局（牵头）"),
    ("县发改局", "县发改局", "县发改局（牵头）"),
    ("县发改局", "县发改局下属单位，各镇", "县发改局（牵头）\n县发改局下属单位，各镇"),
    ("", "县粮食局、各镇", "县粮食局、各镇"),
    ("县发改局", "", "县发改局"),
]


@pytest.mark.parametrize(("lead", "others", "who"), ANSWERING)
def test_whoever_leads_is_named_once(lead: str, others: str, who: str) -> None:
    result = table("事项|牵头单位|责任单位|说明", f"建粮库|{lead}|{others}|两年内")
    (row,) = make_ledger([result]).rows
    assert row.cells["who"] == who


COLUMNS = [
    (
        "工作任务|2026年目标|2027年目标|责任单位",
        "招商|签约5家|签约8家|县商务局",
        ("2026年目标", "2027年目标"),
    ),
    (
        "数据集名称|简要描述|建设主体|责任单位",
        "气象库|归集观测数据|县气象台|县气象局",
        ("建设主体",),
    ),
    ("任务名称|任务内容|责任单位", "算力建设|建成机房1处|县数据局", ("任务名称",)),
    ("序号|工作任务|责任单位", "三-1|修好水渠|县水利局", ("原序号",)),
]


@pytest.mark.parametrize(("header", "line", "own"), COLUMNS)
def test_columns_that_no_field_holds_keep_their_heading(
    header: str, line: str, own: tuple[str, ...]
) -> None:
    ledger = back(make_ledger([table(header, line)]))
    assert set(own) <= set(ledger.own)
    assert set(line.split("|")) <= {*ledger.rows[0].cells.values(), *ledger.rows[0].own.values()}


def test_columns_left_of_the_task_stay_left_of_it() -> None:
    ledger = make_ledger(
        [table("任务名称|任务内容|责任单位|资金", "建渠|修好水渠|县水利局|专项债")]
    )
    assert (ledger.own, ledger.leading) == (("任务名称", "资金"), ("任务名称",))


def test_rows_that_are_no_task_stand_below_the_table_and_are_no_rows_when_read_back() -> None:
    ledger = make_ledger([table("序号|工作任务|责任单位|投资", "1|修路|县交通局|8", "合计|||8")])
    assert ledger.foot == ("合计　8",)
    out = io.BytesIO()
    write_ledger(ledger, out)
    assert [row.cells["task"] for row in read_ledger(out.getvalue()).rows] == ["修路"]
    assert len(speechmine.extract(speechmine.read(out.getvalue())).tasks) == 1


def test_a_row_without_party_and_time_is_a_row_in_strict_mode_too() -> None:
    assert len(make_ledger([table("序号|工作任务", "1|提升工作水平")]).rows) == 1


def test_rows_are_split_on_request_and_lose_no_word() -> None:
    lines = ("工作任务|责任单位|完成时限", "新建公园2个。编制养护办法，报县政府。|县住建局|9月底")
    ledger = make_ledger([table(*lines, split=True)])
    assert [row.cells["task"] for row in ledger.rows] == ["新建公园2个", "编制养护办法，报县政府"]
    assert {row.cells["who"] for row in ledger.rows} == {"县住建局"}
    assert {row.cells["deadline"] for row in ledger.rows} == {"9月底"}


def test_two_tables_of_one_file_fill_the_same_fields() -> None:
    book = openpyxl.Workbook()
    lines = [
        (("工作任务", "牵头单位", "完成时限"), ("修路", "县交通局", "9月底")),
        (("事项", "承办单位", "办结期限"), ("拆违3处", "县城管局", "立即")),
    ]
    for name, rows in zip("甲乙", lines, strict=True):
        sheet = book.create_sheet(name)
        for line in rows:
            sheet.append(line)
    del book["Sheet"]
    out = io.BytesIO()
    book.save(out)
    ledger = make_ledger([speechmine.extract(speechmine.read(out.getvalue()))])
    assert [shown(r, "deadline", "who") for r in ledger.rows] == [
        ["9月底", "县交通局"],
        ["立即", "县城管局"],
    ]
    assert ledger.own == ()


def test_a_category_across_a_word_table_is_said_once() -> None:
    source = make_ledger([table("类别|工作任务|责任单位", "民生|建成托育中心1所|县卫健局")])
    out = io.BytesIO()
    write_division_table(source, out)
    result = speechmine.extract(speechmine.read(out.getvalue()))
    assert [row.cells["section"] for row in make_ledger([result]).rows] == ["民生"]


def characters(texts: object) -> Counter[str]:
    return Counter(mark for text in texts for mark in text if not mark.isspace())  # type: ignore[attr-defined]


def lines_of(document: Document) -> list[list[str]]:
    (grid,) = document.tables
    rows: dict[int, list[str]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(document.text[cell.start : cell.end])
    return [cells for cells in rows.values() if any(cells)]


@pytest.mark.slow
@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_official_tables_come_out_whole_and_in_order(path: Path) -> None:
    result = speechmine.extract(speechmine.read(path))
    ledger = make_ledger([result])
    held = [[*row.cells.values(), *row.own.values()] for row in back(ledger).rows]
    place = 0
    for cells in lines_of(result.document):
        found = (i for i in range(place, len(held)) if _holds(held[i], cells))
        place = next(found, place)
    source = characters(cell for cells in lines_of(result.document)[1:] for cell in cells)
    titles = [*ledger.documents.values(), *(cell for cells in _headers(result) for cell in cells)]
    given = characters([*(text for row in held for text in row), *ledger.foot, *titles])
    assert not source - given, "a character of the table is nowhere"
    tasks = [cell.text for task in result.tasks for cell in task.cells if cell.use == "task"]
    assert [row.cells["task"] for row in ledger.rows] == tasks
    assert tasks == sorted(tasks, key=result.document.text.index) or len(set(tasks)) < len(tasks)
    assert place >= len(held) - 1, "rows are in order"


def _holds(row: list[str], cells: list[str]) -> bool:
    said = "\n".join("".join(text.split()) for text in row)
    return all("".join(cell.split()) in said for cell in cells)


def _headers(result: Extraction) -> list[list[str]]:
    """Rows of headings; a title above them makes the table's second row its header."""
    headings = {cell.column for task in result.tasks for cell in task.cells}
    return [cells for cells in lines_of(result.document) if len(headings & set(cells)) > 1]
