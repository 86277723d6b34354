"""A name says one thing: where records, files, ledgers and trackers are made, no two share one."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "src/speechmine"
FOLDERS = (
    "batch", "integrations", "ledger", "model", "readers", "report", "tables", "trackers",
    "writers",
)  # fmt: skip
FILES = ("checks.py", "conversions.py", "frame.py", "frame_extraction.py")
#: The same of each tracker: what it answers, as a task of ours.
SAME = {"_remote"}


def modules() -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted((PACKAGE / folder).rglob("*.py"))
    yield from (PACKAGE / name for name in FILES)


def homes() -> dict[str, list[str]]:
    """Every function and class at the top of a module, with the modules that define it."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in modules():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                found[node.name].append(str(path.relative_to(PACKAGE)))
    return found


def test_public_names_and_classes_are_defined_once() -> None:
    shared = {
        name: places
        for name, places in homes().items()
        if len(places) > 1 and (not name.startswith("_") or name.lstrip("_")[0].isupper())
    }
    assert shared == {}


def test_private_names_are_not_worn_out() -> None:
    worn = {name: places for name, places in homes().items() if len(places) > 2}
    assert set(worn) <= SAME, worn


def test_there_is_something_to_look_at() -> None:
    assert len(homes()) > 900
