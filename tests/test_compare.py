"""speechmine compare: the terminal, the files, the page, and what goes wrong."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner, Result

from speechmine.cli import _cli
from speechmine.errors import UsageError
from speechmine.themes import Plan, compare
from speechmine.themes.analyses import TABLES, all_analyses
from speechmine.themes.declaring.labels import cell_told, column_title

REPORTS = Path(__file__).resolve().parent.parent / "corpus" / "reports"
EVIL = '<script>alert("1")</script><img src=x onerror=alert(1)>'


def run(*arguments: object) -> Result:
    return CliRunner().invoke(_cli, ["compare", *map(str, arguments)])


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out") / "result"
    result = run(REPORTS, "-o", folder, "--records")
    assert result.exit_code == 0, result.output
    return folder


class Page(HTMLParser):
    """What a browser would load or run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.sources: list[str] = []
        self.handlers: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.sources += [v or "" for k, v in attrs if k in ("src", "href")]
        self.handlers += [k for k, _ in attrs if k.startswith("on")]


def write(folder: Path, texts: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_terminal_shows_the_main_tables() -> None:
    result = run(REPORTS, "--terms", "就业,停车位")
    assert (result.exit_code, result.stderr) == (0, "")
    for said in ("8篇，2022—2025年中的4年", "词频", "停车位", "提法变化", "照搬", "没有做的"):
        assert said in result.stdout


def test_the_files_are_there(out: Path) -> None:
    names = {path.name for path in out.iterdir()}
    assert names == {"index.html", "comparison.xlsx", "tables", "plots"}
    tables = {path.stem for path in (out / "tables").iterdir()}
    assert tables >= {"frequency", "keyness", "carry_over", "attention", "tasks", "targets"}
    for picture in (out / "plots").iterdir():
        assert picture.read_bytes().startswith(b"\x89PNG")
    assert {p.stem for p in (out / "plots").iterdir()} >= {"frequency", "keyness", "targets"}


def test_csv_is_the_table(out: Path) -> None:
    text = (out / "tables" / "frequency.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    table = compare(REPORTS).tables["frequency"]
    assert list(rows[0]) == list(table.columns)
    assert [int(row["n"]) for row in rows] == table["n"].tolist()


def test_the_workbook_has_every_table_and_its_method(out: Path) -> None:
    book = openpyxl.load_workbook(out / "comparison.xlsx")
    assert book.sheetnames[0] == "语料与缺年"
    assert book.sheetnames[-1] == "说明"
    assert next(book["词频"].iter_rows(values_only=True))[:2] == ("年份", "词")
    notes = [str(row) for row in book["说明"].iter_rows(values_only=True)]
    assert any("literal count" in row for row in notes)


def test_the_page_stands_alone(out: Path) -> None:
    page = Page((out / "index.html").read_text(encoding="utf-8"))
    assert "script" not in page.tags
    assert not page.handlers
    assert all(s.startswith(("#", "data:image/svg+xml;base64,")) for s in page.sources)
    assert sum(s.startswith("data:") for s in page.sources) >= 8


def test_the_same_folder_gives_the_same_files(out: Path, tmp_path: Path) -> None:
    assert run(REPORTS, "-o", tmp_path / "again", "--records").exit_code == 0
    for path in sorted(out.rglob("*")):
        if path.suffix in (".csv", ".html", ".xlsx"):
            twin = tmp_path / "again" / path.relative_to(out)
            assert twin.read_bytes() == path.read_bytes(), path.name


def test_hostile_text_is_inert(tmp_path: Path) -> None:
    text = f"要抓好老旧小区改造工作{EVIL}。=cmd|' /C calc'!A0要抓改革。"
    folder = write(tmp_path / EVIL.replace("/", ""), {f"{y}.txt": text for y in (2023, 2024)})
    result = run(folder, "-o", tmp_path / "out", "--terms", f"改革,{EVIL[:8]},=cmd")
    assert result.exit_code == 0, result.output
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "onerror=alert" not in re.sub(r"&lt;.*?&gt;", "", page)
    assert "script" not in Page(page).tags
    frequency = (tmp_path / "out" / "tables" / "frequency.csv").read_text(encoding="utf-8-sig")
    assert ",'=cmd," in frequency


@pytest.mark.parametrize(
    ("texts", "arguments", "said"),
    [
        ({}, (), "no text in this folder"),
        ({"2024.txt": "抓改革。"}, (), "all texts are of one year (2024)"),
        ({"a.txt": "抓改革。", "b.txt": "抓就业。"}, (), "manifest.csv"),
        (
            {"2023.txt": "抓改革。", "2024.txt": "抓就业。"},
            ("--by", "place"),
            "no text has a place",
        ),
        ({"2023.txt": "抓改革。", "2024.txt": "。"}, ("--years", "20x"), "--years '20x'"),
        ({"2023.txt": "抓改革。"}, ("--years", "2024-2023"), "later than the last"),
        ({"2023.txt": "抓改革。"}, ("--years", "1990"), "no text fits"),
        ({"2023.txt": "抓改革。"}, ("--dictionary", "nothing"), "nothing"),
        ({"2023.txt": "抓改革。"}, ("--by", "speaker"), "--by"),
    ],
)
def test_what_cannot_be_compared_is_said(
    tmp_path: Path, texts: dict[str, str], arguments: tuple[str, ...], said: str
) -> None:
    result = run(write(tmp_path / "in", texts), *arguments, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "out" / "index.html").exists()


def test_a_folder_that_is_none() -> None:
    assert "no folder" in run("/nowhere/at/all").stderr


def test_nothing_is_replaced_without_leave(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"2023.txt": "抓改革工作。", "2024.txt": "抓就业工作。"})
    mine = write(tmp_path / "out", {"mine.txt": "keep"})
    result = run(folder, "-o", mine)
    assert result.exit_code == 2
    assert "--force" in result.stderr
    assert [path.name for path in mine.iterdir()] == ["mine.txt"]
    assert run(folder, "-o", mine, "--force").exit_code == 0
    assert (mine / "mine.txt").read_text() == "keep"
    assert run(folder, "-o", mine, "--force").exit_code == 0


def test_nothing_is_written_elsewhere(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"2023.txt": "抓改革工作。", "2024.txt": "抓就业工作。"})
    inside = run(folder, "-o", folder / "out")
    assert "outside of the folder" in inside.stderr
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "tables").symlink_to(elsewhere)
    result = run(folder, "-o", tmp_path / "out", "--force")
    assert result.exit_code == 2
    assert "leads out" in result.stderr
    assert not list(elsewhere.iterdir())


def test_texts_without_a_year_are_named(tmp_path: Path) -> None:
    texts = {"2023.txt": "抓改革工作。", "2024.txt": "抓就业工作。", "older.txt": "抓生产。"}
    result = run(write(tmp_path / "in", texts))
    assert result.exit_code == 0
    assert "1 texts without a year are left out (older)" in result.stderr


def test_unreadable_texts_are_named_and_the_rest_compared(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"2023.txt": "抓改革工作。", "2024.txt": "抓就业工作。"})
    (folder / "2025.txt").write_bytes(b"")
    result = run(folder)
    assert result.exit_code == 1
    assert "2025.txt" in result.stderr
    assert "词频" in result.stdout


@pytest.mark.parametrize("by", ["place", "level", "section", "discourse"])
def test_other_groupings(by: str, tmp_path: Path) -> None:
    result = run(REPORTS, "--by", by, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    text = (tmp_path / "out" / "tables" / "keyness.csv").read_text(encoding="utf-8-sig")
    assert text.startswith(f"{by},term,")


def test_terms_come_from_a_file_too(tmp_path: Path) -> None:
    terms = tmp_path / "terms.txt"
    terms.write_text("就业\n改革、停车位\n", encoding="utf-8")
    result = run(REPORTS, "--terms", terms)
    header = next(line for line in result.stdout.splitlines() if "停车位" in line)
    assert header.split() == ["年份", "就业", "改革", "停车位"]


def test_without_matplotlib_there_are_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import builtins
    import sys

    for name in [m for m in sys.modules if m.startswith(("matplotlib", "speechmine.plots"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr("speechmine.plots", raising=False)
    real = builtins.__import__

    def refuse(name: str, *rest: object, **more: object) -> object:
        if name.partition(".")[0] == "matplotlib":
            raise ModuleNotFoundError(f"No module named {name!r}", name="matplotlib")
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    result = run(REPORTS, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "pip install 'speechmine[plots]'" in result.stderr
    assert (tmp_path / "out" / "index.html").exists()
    assert not (tmp_path / "out" / "plots").exists()


def test_every_shown_column_and_table_has_a_name() -> None:
    for plan in (Plan(records=True), Plan(by="place")):
        found = compare(REPORTS.parent if plan.by == "year" else REPORTS, plan)
        for name, table in found.tables.items():
            assert found.analyses[name].title != name
            for column in table.columns:
                assert column_title(column) != column or column in ("G2", "z", "p"), column
            assert isinstance(found.view(name, 5), pd.DataFrame)


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("share", 0.5, "50.0%"),
        ("rate", 12.345, "12.35"),
        ("n", 1234, "1,234"),
        ("year", 2024, "2024"),
        ("p_adj", 0.0, "<0.001"),
        ("status", "kept", "保留"),
        ("example", "kept", "kept"),
        ("n", pd.NA, "—"),
        ("ritual", True, "是"),
    ],
)
def test_cells_read_as_a_person_writes_them(column: str, value: object, expected: str) -> None:
    assert cell_told(column, value) == expected


def test_only_the_tables_named_are_made() -> None:
    texts = {2023: "要抓好老旧小区改造工作。", 2024: "要抓好老旧小区改造工作。要发展数字经济。"}
    found = compare(texts, Plan(tables=("tasks", "carry_summary")))
    assert [*found.tables, *found.left_out] == ["carry_summary", "tasks"]
    with pytest.raises(UsageError, match="no table 'all' by year; there are: audit, "):
        compare(texts, Plan(tables=("all",)))


def test_each_table_is_declared_where_it_is_said_to_be() -> None:
    for analysis in all_analyses():
        module = import_module(f"speechmine.themes.analyses.{TABLES[analysis.name]}")
        assert analysis in module.ANALYSES
        assert analysis.title != analysis.name
        assert analysis.question
