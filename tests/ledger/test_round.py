"""A ledger is taken apart, counted and pressed: no row is lost, no figure is guessed."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from ledger_files import LedgerFile, rows_by_task, speech
from speechmine.cli import _cli
from speechmine.errors import ReadError, UsageError
from speechmine.ledger import (
    Ledger,
    LedgerRow,
    default_layout,
    due_reminders,
    messages,
    read_ledger,
    reminder_calendar,
    shipped_template,
    split_ledger,
    standing_of,
    summarize_ledger,
    write_bulletin,
    write_notices,
    write_part,
    write_parts,
)
from speechmine.ledger.rounds.reminders import span_of_days

DAY = dt.date(2024, 6, 20)

STANDINGS = [
    # state, time as written, last day, own column; what it is, late or not
    ("", "6月底前", "2024-06-30", "", "open", False),
    ("推进中", "5月底前", "2024-05-31", "", "overdue", True),
    ("逾期", "", "", "", "overdue", True),
    ("已完成", "5月底前", "2024-05-31", "", "done", False),
    ("已完成", "5月底前", "2024-05-31", "2024-06-02", "done", True),
    ("已完成", "5月底前", "2024-05-31", "2024-05-30", "done", False),
    ("已调整", "5月底前", "2024-05-31", "", "apart", False),
    ("文中已删", "5月底前", "2024-05-31", "", "apart", False),
    ("暂缓", "6月20日前", "2024-06-20", "", "open", False),
    ("", "", "", "", "open", False),
]


def row(state: str = "", said: str = "", latest: str = "", **more: object) -> LedgerRow:
    cells = {"task": "修渠", "who": "县水利局", "state": state, "deadline": said, "latest": latest}
    return LedgerRow("t-1", "讲话 2024-03-01", cells, dict(cells), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("state", "said", "latest", "done", "kind", "late"), STANDINGS)
def test_how_a_row_stands(
    state: str, said: str, latest: str, done: str, kind: str, late: object
) -> None:
    found = standing_of(row(state, said, latest, own={"办结日期": done}), DAY, default_layout())
    assert (found.kind, found.late) == (kind, late)


WRITTEN_TIMES = [
    ("7月15日前", dt.date(2024, 7, 15)),
    ("2024-07-15", dt.date(2024, 7, 15)),
    ("7月底前", dt.date(2024, 7, 31)),
    ("待定", None),
    ("3月底前、9月底前", None),
]


@pytest.mark.parametrize(("said", "day"), WRITTEN_TIMES)
def test_a_time_that_people_wrote_counts_where_it_names_one_day(
    said: str, day: dt.date | None
) -> None:
    cells = {"task": "修渠", "deadline": said, "latest": "2024-06-30"}
    ours = LedgerRow("t-1", "讲话 2024-03-01", cells, {**cells, "deadline": "6月底前"})
    theirs = LedgerRow(None, "讲话 2024-03-01", cells)
    for found in (ours, theirs):
        assert standing_of(found, DAY, default_layout()).due == day


NAMES = st.lists(st.sampled_from(["县水利局", "县住建局", "各乡镇", "县财政局"]), max_size=3)


@given(st.lists(st.tuples(NAMES, NAMES), max_size=6))
def test_law_every_row_stands_with_each_of_its_units_and_no_row_is_lost(
    given_names: list[tuple[list[str], list[str]]],
) -> None:
    rows = tuple(
        LedgerRow(f"t-{n}", cells={"task": "x", "who": "、".join(a), "cooperate": "、".join(b)})
        for n, (a, b) in enumerate(given_names)
    )
    found = Counter(
        (part.name, r.id) for part in split_ledger(Ledger(rows), "party") for r in part.rows
    )
    wanted = {
        (name, f"t-{n}")
        for n, (a, b) in enumerate(given_names)
        for name in ({*a, *b} or {"未明确单位"})
    }
    assert found == Counter(wanted)


@pytest.fixture
def file(tmp_path: Path) -> LedgerFile:
    found = LedgerFile(tmp_path / "台账.xlsx", speech())
    found.fill("拨付补助", 状态="已完成", 进展情况="已拨付")
    return found


def test_a_part_is_a_ledger_of_its_own(file: LedgerFile) -> None:
    file.add(工作任务="清理河道", 备注="自加")
    source = file.path.read_bytes()
    parts = {part.name: part for part in split_ledger(read_ledger(source), "party")}
    assert list(parts)[-1] == "未明确单位"
    out = io.BytesIO()
    write_part(source, parts["县财政局"], out, as_of="2024-05-01")
    back = read_ledger(out.getvalue())
    assert [r.cells["duty"] for r in back.rows] == ["责任", "责任", "配合"]
    assert back.rows[0].cells["progress"] == "已拨付"
    assert back.removed == ()
    sheet = openpyxl.load_workbook(io.BytesIO(out.getvalue())).worksheets[0]
    assert "填报单位：县财政局" in str(sheet["A2"].value)
    write_part(source, parts["未明确单位"], out := io.BytesIO())
    assert "自加" in {r.cells["remark"] for r in read_ledger(out.getvalue()).rows}


def test_one_workbook_has_a_sheet_each_and_one_to_filter(file: LedgerFile) -> None:
    source = file.path.read_bytes()
    out = io.BytesIO()
    write_parts(source, split_ledger(read_ledger(source), "party"), out)
    book = openpyxl.load_workbook(io.BytesIO(out.getvalue()))
    names = ["县水利局", "县财政局", "县住建局", "县城管局", "未明确单位"]
    assert [s.title for s in book.worksheets if s.sheet_state == "visible"] == [
        "台账",
        "按单位",
        *names,
    ]
    whole = book["按单位"]
    headings = {c.value: c.column for c in whole[3]}
    said = [whole.cell(r, headings["单位(拆分)"]).value for r in range(4, 11)]
    assert Counter(said) == {
        "县水利局": 1,
        "县财政局": 3,
        "县住建局": 1,
        "县城管局": 1,
        "未明确单位": 1,
    }
    assert str(whole.auto_filter.ref).startswith("A3:")
    assert read_ledger(out.getvalue()) == read_ledger(source), "the first sheet is the ledger"


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("month", ["2024年4月", "2024年5月", "2024年6月", "未定时限"]),
        ("leader", ["未明确领导"]),
    ],
)
def test_other_ways_to_take_it_apart(by: str, names: list[str], file: LedgerFile) -> None:
    assert [part.name for part in split_ledger(file.ledger, by)] == names  # type: ignore[arg-type]


def test_sheets_of_names_that_excel_does_not_take(tmp_path: Path, file: LedgerFile) -> None:
    long = "县" + "很长的名称" * 8
    file.fill("栽植红松", **{"责任单位（牵头）": f"{long}甲、{long}乙、甲/乙局"})
    for out in ("x.xlsx", "x/"):
        done = CliRunner().invoke(
            _cli, ["ledger", str(file.path), "--by", "party", "-o", f"{tmp_path}/{out}"]
        )
        assert done.exit_code == 0, done.output
    titles = openpyxl.load_workbook(tmp_path / "x.xlsx").sheetnames
    assert len({title.casefold() for title in titles}) == len(titles)
    assert len(list((tmp_path / "x").iterdir())) == 7


def test_the_figures_of_a_ledger() -> None:
    rows = (
        row("已完成", "5月底前", "2024-05-31"),
        row("推进中", "5月底前", "2024-05-31"),
        row("推进中", "6月底前", "2024-06-30"),
        row("文中已删", "5月底前", "2024-05-31"),
    )
    found = summarize_ledger(Ledger(rows), "2024-06-20")
    (unit,) = found.units
    assert (unit.total, unit.done, unit.overdue, unit.month, unit.share) == (3, 1, 1, 1, 0.5)
    assert found.states == ("推进中", "已完成")
    with pytest.raises(UsageError, match="a date is expected"):
        summarize_ledger(Ledger(rows), "2024-6-1")


def test_reminders_are_sorted_by_need_and_cycles_have_their_next_day(file: LedgerFile) -> None:
    found = due_reminders(file.ledger, "2024-06-20", 15)
    assert [(r.kind, r.days) for r in found] == [("overdue", -20), ("due", 10), ("cycle", 15)]
    texts = messages(found, "2024-06-20")
    assert list(texts) == ["县住建局", "县城管局", "县水利局", "县财政局"]
    assert "2024年7月5日到期，还有15天，责任" in texts["县财政局"]
    assert reminder_calendar(found, "2024-06-20") == reminder_calendar(found, "2024-06-20")
    assert b"DTSTART;VALUE=DATE:20240630" in reminder_calendar(found, "2024-06-20")
    assert due_reminders(file.ledger, "2024-01-01", 0) == ()


@pytest.mark.parametrize(
    ("said", "days"), [("7d", 7), ("2w", 14), ("10", 10), ("3天", 3), ("0", 0)]
)
def test_spans_of_days(said: str, days: int) -> None:
    assert span_of_days(said) == days


@pytest.mark.parametrize("said", ["", "d", "-1", "7m", "99999d"])
def test_what_is_no_span_is_refused(said: str) -> None:
    with pytest.raises(UsageError, match="days are expected"):
        span_of_days(said)


def template(tmp_path: Path, text: str) -> Path:
    file = docx.Document()
    file.add_paragraph(text)
    path = tmp_path / "模板.docx"
    file.save(str(path))
    return path


def test_an_office_puts_in_its_own_template(file: LedgerFile, tmp_path: Path) -> None:
    found = due_reminders(file.ledger, "2024-06-20", 15)
    own = template(
        tmp_path, "致{{ 单位 }}：{% for 项 in 事项 %}{{ 项.任务 }}{{ 项.提示 }}；{% endfor %}"
    )
    made = write_notices(found, "2024-06-20", template=own)
    text = docx.Document(io.BytesIO(made["县水利局"])).paragraphs[0].text
    assert text == "致县水利局：完成东风水库除险加固还有10天；"
    assert made == write_notices(found, "2024-06-20", template=own), "the same bytes"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ 单 位 }}", "a field is wrong"),
        ("{{ 单元 }}", "there are: 单位"),
        ("{% for 项 in 事项 %}", "a field is wrong"),
        ("{{ 单位.__class__.__mro__ }}", "a field is wrong"),
    ],
)
def test_faults_of_a_template_are_told(
    text: str, message: str, file: LedgerFile, tmp_path: Path
) -> None:
    found = due_reminders(file.ledger, "2024-06-20", 15)
    with pytest.raises(UsageError, match=message):
        write_notices(found, "2024-06-20", template=template(tmp_path, text))


def test_a_template_that_is_no_word_file_is_told(file: LedgerFile, tmp_path: Path) -> None:
    path = tmp_path / "模板.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0 an old Word file")
    summary = summarize_ledger(file.ledger, "2024-06-20")
    with pytest.raises(ReadError, match="no Word file"):
        write_bulletin(summary, (), io.BytesIO(), template=path)


def test_texts_of_the_ledger_are_no_commands_of_the_template(file: LedgerFile) -> None:
    file.fill("完成东风水库", 进展情况="<w:b/>{{ 单位 }} & {% raw %}")
    found = due_reminders(file.ledger, "2024-06-20", 15)
    words = docx.Document(io.BytesIO(write_notices(found, "2024-06-20")["县水利局"]))
    cells = [c.text for r in words.tables[0].rows for c in r.cells]
    assert any("<w:b/>{{ 单位 }} & {% raw %}" in cell for cell in cells)


def test_the_shipped_templates_can_be_had_and_used(file: LedgerFile, tmp_path: Path) -> None:
    done = CliRunner().invoke(_cli, ["notice", "--save-templates", str(tmp_path / "模板")])
    assert done.exit_code == 0, done.output
    path = tmp_path / "模板" / "督办通知单.docx"
    assert path.read_bytes() == shipped_template("notice")
    words = ["notice", str(file.path), "--as-of", "2024-06-20", "--template", str(path)]
    done = CliRunner().invoke(_cli, [*words, "--unit", "县住建局", "-o", str(tmp_path / "n")])
    assert done.exit_code == 0, done.output
    assert [p.name for p in (tmp_path / "n").iterdir()] == ["县住建局.docx"]


WRONG = [
    (["ledger", "L", "--by", "party", "-o", "x.docx"], "name it .xlsx"),
    (["ledger", "L", "--by", "party", "--merge", "L", "-o", "x.xlsx"], "--merge comes first"),
    (["ledger", "L", "--summary", "-o", "x.pdf"], "name it .xlsx / .docx"),
    (["ledger", "L", "L", "--summary", "-o", "x.xlsx"], "give it alone"),
    (["due", "L", "-o", "x.pdf"], "name it .ics"),
    (["due", "L", "--as-of", "2024-6-1"], "is no date"),
    (["notice", "L", "--unit", "县局", "--as-of", "2024-06-20", "-o", "n"], "nothing is overdue"),
]


@pytest.mark.parametrize(("words", "message"), WRONG)
def test_wrong_usage_says_what_to_do(words: list[str], message: str, file: LedgerFile) -> None:
    given_words = [str(file.path) if word == "L" else word for word in words]
    done = CliRunner().invoke(_cli, given_words)
    assert done.exit_code == 2
    assert message in " ".join(done.output.split())


def test_a_file_that_is_there_is_not_overwritten(file: LedgerFile, tmp_path: Path) -> None:
    words = ["ledger", str(file.path), "--by", "party", "-o", f"{tmp_path / 'out'}/"]
    assert CliRunner().invoke(_cli, words).exit_code == 0
    done = CliRunner().invoke(_cli, words)
    assert done.exit_code == 2
    assert "--force" in done.output
    assert CliRunner().invoke(_cli, [*words, "--force"]).exit_code == 0


def test_a_task_has_one_id_everywhere(tmp_path: Path) -> None:
    import speechmine

    found = speechmine.extract("请县财政局6月底前制定奖补方案。", date="2024-03-01")
    rows = rows_by_task(speechmine.ledger.make_ledger([found]))
    assert [row.id for row in rows.values()] == [task.id for task in found.tasks]
