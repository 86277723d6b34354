"""What CONTRIBUTING.md says of files is true, and what it says to do works."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import speechmine
from speechmine import cli
from speechmine.rules.loader import load_rules

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PACKAGE = ROOT / "src/speechmine"


def named() -> list[str]:
    found = re.findall(r"`([a-z_./*]+(?:\.(?:py|toml|csv|md|txt)|/))`", PAGE)
    return sorted(set(found))


@pytest.mark.parametrize("name", named())
def test_every_file_that_is_named_is_there(name: str) -> None:
    places = [folder for folder in (ROOT, PACKAGE) if list(folder.glob(name.rstrip("/")))]
    assert places


#: To add what, an entry in which table, and a sentence that then reads differently.
ENTRIES = [
    (
        "deadline_cues.toml",
        "value = 'immediate'\npattern = '麻利地'\nexamples = ['麻利地修好']",
        "县水利局要麻利地修好水闸12座。",
        lambda found: found.tasks[0].deadline.kind,
        "immediate",
    ),
    (
        "generic_parties.toml",
        "value = 'generic'\nterms = ['微格驿']\nexamples = ['微格驿要建账']",
        "微格驿要建立隐患台账12本。",
        lambda found: [p.text for p in found.tasks[0].parties if p.generic],
        ["微格驿"],
    ),
    (
        "themes.toml",
        "value = '茶业'\nterms = ['茶园']\nexamples = ['改造茶园']",
        "县农业农村局要改造茶园1200亩。",
        lambda found: "茶业" in found.tasks[0].themes,
        True,
    ),
]


@pytest.mark.parametrize(("table", "fields", "text", "read", "expected"), ENTRIES)
def test_an_entry_in_the_table_is_enough(
    tmp_path: Path, table: str, fields: str, text: str, read: Any, expected: object
) -> None:
    (tmp_path / table).write_text(f"[[rule]]\nid = 'new'\n{fields}\n", encoding="utf-8")
    said = f"在全县工作会上的讲话\n同志们：\n{text}"
    rules = load_rules(tmp_path)
    assert read(speechmine.extract(said, date="2025-03-01", rules=rules)) == expected
    assert read(speechmine.extract(said, date="2025-03-01")) != expected


def test_commands_are_in_one_table() -> None:
    assert {"extract", "ledger", "compare"} <= set(cli._COMMANDS)
