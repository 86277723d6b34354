"""What the READMEs show runs, and the two say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "README.en.md")
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(page: str) -> list[str]:
    return BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))


def without_comments(code: str) -> str:
    return re.sub(r" *#[^\n]*", "", code)


@pytest.mark.parametrize("code", blocks(PAGES[0]))
def test_python_of_the_readme_runs(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102


def test_both_languages_show_the_same_code() -> None:
    ours, theirs = (list(map(without_comments, blocks(page))) for page in PAGES)
    assert len(ours) >= 3
    assert ours == theirs


def test_both_languages_have_the_same_parts() -> None:
    pages = [(ROOT / page).read_text(encoding="utf-8") for page in PAGES]
    for mark in (r"^#+ ", r"^    speechmine ", r"^\| ", r"^- "):
        counts = [len(re.findall(mark, page, re.MULTILINE)) for page in pages]
        assert counts[0] == counts[1], mark


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / target).exists(), target
