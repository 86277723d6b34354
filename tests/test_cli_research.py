"""The commands for research: explore, kwic, codebook, cite, targets for statistics, the cache."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

import speechmine
from speechmine.cli import _cli

CORPUS = str(Path(__file__).parent.parent / "corpus" / "reports")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(_cli, [str(one) for one in arguments], prog_name="speechmine")


def test_explore_writes_one_page(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    years = ("--target", "2024-2025", "--reference", "2022-2023")
    done = run("explore", CORPUS, *years, "--lang", "en", "-o", page)
    assert done.exit_code == 0, done.output
    assert "Two groups" in page.read_text(encoding="utf-8")
    again = run("explore", CORPUS, "-o", page)
    assert again.exit_code == 2
    assert "exists" in again.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("explore", CORPUS, "--reference", "2022", "-o", "x.html"), "needs a --target"),
        (("explore", CORPUS, "--target", "1900", "-o", "x.html"), "has no text"),
        (("explore", "nowhere", "-o", "x.html"), "this is no folder"),
        (("kwic", CORPUS, "就业", "--years", "1900"), "no text fits"),
        (("kwic", CORPUS, "就业", "-o", "x.sav"), "the suffix names no format"),
        (("codebook", "nothing"), "no table named 'nothing'"),
        (("cite", "nothing.json"), "this is no record"),
    ],
)
def test_what_makes_no_sense_is_wrong_usage(arguments: tuple[str, ...], message: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert message in " ".join(done.output.split())
    assert "Traceback" not in done.output


def test_kwic_prints_and_writes(tmp_path: Path) -> None:
    assert "共16处" in run("kwic", CORPUS, "新增就业").output
    done = run("kwic", CORPUS, "新增就业", "-o", tmp_path / "kwic.csv")
    assert done.exit_code == 0, done.output
    assert len(pd.read_csv(tmp_path / "kwic.csv")) == 16
    assert run("kwic", CORPUS, "新增就业", "-o", tmp_path / "kwic.html").exit_code == 0


def test_codebook_and_cite(tmp_path: Path) -> None:
    assert "| `hardness` | text" in run("codebook", "targets").output
    assert run("codebook", "-o", tmp_path / "book.docx").exit_code == 0
    assert speechmine.__version__ in run("cite").output
    assert run("cite", "--style", "bibtex").output.startswith("@software{speechmine")


def test_targets_for_stata_have_a_record(tmp_path: Path) -> None:
    done = run("targets", CORPUS, "-o", tmp_path / "panel.dta")
    assert done.exit_code == 0, done.output
    assert len(pd.read_stata(tmp_path / "panel.dta")) == len(speechmine.targets(CORPUS))
    record = tmp_path / "panel.dta.record.json"
    made = json.loads(record.read_text("utf-8"))
    assert made["software"]["speechmine"]
    hashes = {hashlib.sha256(path.read_bytes()).hexdigest() for path in Path(CORPUS).glob("*.txt")}
    assert {one["sha256"] for one in made["inputs"]} == hashes
    assert made["tables"][0]["inputs"] == speechmine.targets(CORPUS).attrs["inputs"]
    assert "jieba" in run("cite", record).output


def test_progress_names_what_is_done() -> None:
    steps: list[tuple[str, int, int]] = []
    with speechmine.progress(lambda *step: steps.append(step)):
        speechmine.targets(CORPUS)
    assert [step for step in steps if step[0] == "extracting"] == [
        ("extracting", n, 8) for n in range(9)
    ]
    assert ("reading", 8, 8) in steps
    with speechmine.progress(lambda *step: steps.append(step)):
        speechmine.promises(f"{CORPUS}/meixi-2023.txt", f"{CORPUS}/meixi-2024.txt")
    assert ("promises", 2, 2) in steps


def test_a_bar_is_shown_in_a_terminal_only(capsys: pytest.CaptureFixture[str]) -> None:
    with speechmine.progress():
        speechmine.promises(f"{CORPUS}/meixi-2023.txt", f"{CORPUS}/meixi-2024.txt")
    assert capsys.readouterr().err == ""
