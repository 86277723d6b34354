"""Every word that a page asks for is there, in both languages."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from speechmine.workbench.commands import ACTIONS
from speechmine.workbench.words import page_words

FOLDER = files("speechmine.workbench")
SAID = re.compile(r"t\('([\w.]+)'(?:, ([^)]*))?\)")
SCRIPT = re.compile(r"\bwords\.(\w+)\b")


def asked():
    for file in (FOLDER / "templates").iterdir():
        for name, values in SAID.findall(file.read_text(encoding="utf-8")):
            yield name, tuple(re.findall(r"(\w+)=", values))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_have_their_words(language):
    words = page_words(language)
    found = list(asked())
    assert len(found) > 100
    for name, values in found:
        if values:
            assert "{" not in words(name, **dict.fromkeys(values, "x")), name
        else:
            assert words(name), name
    for action in (*ACTIONS, "renew"):
        assert words(f"act_{action}")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_scripts_have_their_words(language):
    asked_for = {
        name
        for file in (FOLDER / "static").iterdir()
        if file.name.endswith(".js")
        for name in SCRIPT.findall(file.read_text(encoding="utf-8"))
    }
    assert asked_for - {"lang"} <= set(page_words(language).script)


def test_scripts_are_whole_without_the_inline_kind():
    for file in (FOLDER / "templates").iterdir():
        page = file.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]* src=)|\bon\w+=|style=", page), file.name
