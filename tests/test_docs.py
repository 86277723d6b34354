"""The documentation runs, is current, names everything public, and its links lead somewhere."""

from __future__ import annotations

import importlib.util
import itertools
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
# A command of ours in an indented block, up to its comment.
COMMAND = re.compile(r"^    speechmine (\w+)", re.MULTILINE)

GUIDELINES = ("guideline.md", "en/guideline.md")
RULE_ID = r"[USDTPLMHAE]\d{1,2}"
# T17:00, not a rule: an hour in a file for MS Project.
NO_RULES = {"T17"}


def load(script: str):
    spec = importlib.util.spec_from_file_location(script, ROOT / "scripts" / f"{script}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BUILD = load("build_docs")
BLOCKS = [
    pytest.param(code, id=f"{page.relative_to(DOCS)}-{n}")
    for page in PAGES
    for n, code in enumerate(BLOCK.findall(page.read_text(encoding="utf-8")))
]


@pytest.mark.parametrize("code", BLOCKS)
def test_code_of_the_pages_runs(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(code, "docs", "exec"), {})  # noqa: S102


@pytest.mark.parametrize("name", BUILD.PAGES)
def test_pages_made_from_the_code_are_current(name: str) -> None:
    """``python scripts/build_docs.py`` makes them anew."""
    assert (DOCS / name).read_text(encoding="utf-8") == BUILD.PAGES[name]()


def test_every_public_name_is_documented() -> None:
    page = (DOCS / "api.md").read_text(encoding="utf-8")
    import speechmine
    from speechmine import explore, ledger, paper, plots, store, themes, trackers

    for module in (speechmine, themes, plots, explore, paper, ledger, trackers, store):
        for name in module.__all__:
            assert re.search(rf"^::: .*\.{name}$", page, re.MULTILINE), name
            assert getattr(module, name).__doc__, name


def test_every_command_is_documented() -> None:
    from speechmine.cli import _COMMANDS

    pages = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert set(COMMAND.findall(pages)) <= set(_COMMANDS)
    for name in _COMMANDS:
        assert f"\n## {name}\n" in pages


def rows_of(page: str) -> dict[str, list[str]]:
    """The rows of the guideline's tables by rule id."""
    lines = (DOCS / page).read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0]: row[1:] for row in cells if re.fullmatch(RULE_ID, row[0])}


def test_every_rule_that_the_code_names_is_in_the_guideline() -> None:
    named = {
        found
        for path in sorted((ROOT / "src").rglob("*"))
        if path.suffix in {".py", ".toml", ".csv"}
        for found in re.findall(rf"\b{RULE_ID}\b", path.read_text(encoding="utf-8"))
    }
    assert len(named - NO_RULES) > 30
    for page in GUIDELINES:
        assert named - NO_RULES <= set(rows_of(page)), page


def test_every_rule_has_a_meaning_and_an_example_in_both_languages() -> None:
    chinese, english = map(rows_of, GUIDELINES)
    assert list(chinese) == list(english)
    for rows in (chinese, english):
        assert all(len(row) >= 2 and all(row) for row in rows.values())
    for letter, ids in itertools.groupby(chinese, key=lambda rule: rule[0]):
        numbers = [int(rule[1:]) for rule in ids]
        first = 0 if letter == "T" else 1
        assert numbers == list(range(first, first + len(numbers))), letter


@pytest.mark.skipif(importlib.util.find_spec("mkdocs") is None, reason="mkdocs is not installed")
def test_the_site_builds_without_a_warning(tmp_path) -> None:
    """In strict mode a dead link or a name that cannot be found is an error."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", tmp_path / "site"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    api = (tmp_path / "site" / "api.html").read_text(encoding="utf-8")
    assert "speechmine.pipeline.extract" in api
    assert not re.search(r'<(?:script|link)[^>]+(?:src|href)="https?://', api), "needs a network"
    shutil.rmtree(tmp_path / "site")
