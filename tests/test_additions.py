"""A writer, a tracker, a kind of file, an analysis, a plot: a module and an entry each.

Everything that lists them follows: the package is copied, and the recipe of CONTRIBUTING.md is
followed in the copy.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # each starts the program

ROOT = Path(__file__).parent.parent

WRITER = """
def write_titles(extractions, out, *, failures):
    for extraction in extractions:
        out.writelines(f"{task.title}\\n".encode() for task in extraction.tasks)
"""
FORMAT = """    Format(
        "titles", "lists", "todos.titles:write_titles", "题目", "titles", suffixes=("titles",)
    ),
"""

TRACKER = """
import json, pathlib
from speechmine.trackers.sink import Remote


def open_notebook(where, options):
    return Notebook(pathlib.Path(where))


class Notebook:
    def __init__(self, path):
        self.path = path

    def list(self):
        text = self.path.read_text("utf-8") if self.path.exists() else "{}"
        return [Remote(i, i, h, h) for i, (title, h) in json.loads(text).items()]

    def find(self, item_id):
        return next((r for r in self.list() if r.id == item_id), None)

    def create(self, item):
        text = self.path.read_text("utf-8") if self.path.exists() else "{}"
        kept = json.loads(text) | {item.id: [item.title, item.hash]}
        self.path.write_text(json.dumps(kept, ensure_ascii=False), "utf-8")
        return True

    def update(self, item, remote):
        self.create(item)
"""
KIND = """    TrackerKind(
        "notebook",
        "services.notebook:open_notebook",
        "notebook:FILE",
        "文件",
        "FILE",
        ("题目", "titles"),
    ),
"""

READER = """
from speechmine.model import Document


def read_subtitles(data, *, id, source):
    lines = data.decode("utf-8").splitlines()[1:]
    return Document("\\n".join(lines), id=id, source=source)
"""
FILE_KIND = """    FileKind(
        "subtitles", "web.subtitles:read_subtitles", (".vtt",), "字幕", "subtitles", mark=b"WEBVTT"
    ),
"""

ANALYSIS = """
from speechmine.themes.declaring.analysis import Analysis, Chart

ANALYSES = (
    Analysis(
        "lengths",
        lambda run: run.corpus.metadata[["year", "n_chars"]],
        charts=(Chart("steps_of"),),
        terminal=True,
    ),
)
"""

PLOT = """
from speechmine.plots.style import drawing, new_figure


def steps_of(table, *, title=None, lang="zh"):
    with drawing(lang):
        figure = new_figure(4, 3, title)
        figure.add_subplot().step(table["year"], table["n_chars"])
        return figure
"""

SPEECH = "speeches/讲话.vtt"
ADDED = (
    ("writers/todos/titles.py", WRITER, "writers/formats.py", "FORMATS: tuple", FORMAT),
    ("trackers/services/notebook.py", TRACKER, "trackers/kinds.py", "TRACKERS: tuple", KIND),
    ("readers/web/subtitles.py", READER, "readers/kinds.py", "KINDS: tuple", FILE_KIND),
    (
        "themes/analyses/lengths.py",
        ANALYSIS,
        "themes/analyses/__init__.py",
        "TABLES = {",
        '    "lengths": "lengths",\n',
    ),
    ("plots/steps.py", PLOT, "plots/__init__.py", "_HOME = {", '    "steps": ("steps_of",),\n'),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package to which a writer, a tracker and a reader were added."""
    folder = tmp_path_factory.mktemp("added")
    package = folder / "speechmine"
    shutil.copytree(ROOT / "src/speechmine", package, ignore=shutil.ignore_patterns("__pycache__"))
    for module, text, table, start, entry in ADDED:
        (package / module).write_text(text, encoding="utf-8")
        lines = (package / table).read_text(encoding="utf-8").splitlines(keepends=True)
        at = next(n for n, line in enumerate(lines) if line.startswith(start))
        lines.insert(at + 1, entry)
        (package / table).write_text("".join(lines), encoding="utf-8")
    with (package / "themes/data/labels.csv").open("a", encoding="utf-8") as labels:
        labels.write("table.lengths,篇幅\nquestion.lengths,每年写了多长\n")
    speech = "WEBVTT\n在全县工作会上的讲话\n同志们：\n县水利局要在5月底前制定度汛方案。\n"
    (folder / "speeches").mkdir()
    (folder / "speeches/讲话.vtt").write_text(speech, encoding="utf-8")
    return folder


def run(home: Path, *words: str, language: str = "en") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(home), "SPEECHMINE_LANG": language}
    command = [sys.executable, "-P", "-m", "speechmine", *words]
    return subprocess.run(
        command,
        check=False,
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_a_kind_of_file_and_a_format_are_there_at_once(home: Path) -> None:
    told = run(home, "extract", "speeches", "-o", "out.titles")
    assert told.returncode == 0, told.stderr
    assert (home / "out.titles").read_text(encoding="utf-8") == "制定度汛方案\n"


@pytest.mark.parametrize(
    ("language", "group"), [("en", "Lists: titles,"), ("zh", "清单：titles、")]
)
def test_help_lists_the_format(home: Path, language: str, group: str) -> None:
    said = run(home, "extract", "--help", language=language).stdout
    assert group in "".join(said.split("\n                        ")).replace("\n", "")


def test_messages_list_the_format(home: Path) -> None:
    wrong = run(home, "extract", SPEECH, "--format", "no")
    assert "'titles'" in wrong.stderr


def test_tasks_go_to_the_tracker(home: Path) -> None:
    run(home, "extract", SPEECH, "-o", "a.json")
    first, second = (run(home, "push", "a.json", "--to", "notebook:n.json") for _ in range(2))
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "1 created" in first.stderr
    assert "1 unchanged" in second.stderr
    kept = json.loads((home / "n.json").read_text(encoding="utf-8"))
    assert [title for title, _ in kept.values()] == ["制定度汛方案"]


def test_help_and_messages_list_the_tracker(home: Path) -> None:
    assert "notebook:FILE" in run(home, "push", "--help").stdout
    assert "notebook:文件" in run(home, "push", "--help", language="zh").stdout
    assert "notebook:FILE" not in run(home, "pull", "--help").stdout  # nothing comes back from it
    (home / "none.json").write_text("[]", encoding="utf-8")
    assert "notebook:FILE" in run(home, "push", "none.json", "--to", "x:y").stderr


def test_the_pages_of_the_documentation_list_them(home: Path) -> None:
    code = "import runpy; print(runpy.run_path('build_docs.py')['formats']())"
    shutil.copy(ROOT / "scripts/build_docs.py", home / "build_docs.py")
    environment = {**os.environ, "PYTHONPATH": str(home), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-P", "-c", code]
    page = subprocess.run(
        command,
        check=False,
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    ).stdout
    for row in ("| `titles` |", "| `notebook` |", "| `subtitles` |"):
        assert row in page


def test_an_analysis_is_in_the_comparison_its_files_page_and_help(home: Path) -> None:
    reports = home / "reports"
    reports.mkdir()
    for year, text in ((2023, "要抓好老旧小区改造工作。"), (2024, "要发展数字经济。")):
        (reports / f"{year}.txt").write_text(text, encoding="utf-8")
    told = run(home, "compare", "reports", "-o", "compared")
    assert told.returncode == 0, told.stderr
    assert "每年写了多长" in told.stdout
    table = (home / "compared/tables/lengths.csv").read_text(encoding="utf-8-sig")
    assert table.split() == ["year,n_chars", "2023,11", "2024,7"]
    assert (home / "compared/plots/lengths.png").exists()
    page = (home / "compared/index.html").read_text(encoding="utf-8")
    assert '<section id="lengths"' in page
    assert re.search(r"lengths +篇幅: 每年写了多长", run(home, "compare", "--help").stdout)
