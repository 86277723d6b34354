"""Words of the language are rules, and rules are data: the core's code says next to none."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src/speechmine"
CORE = (
    "assemble", "extractors", "grammar", "judge", "learned", "rules", "segment",
    "borders.py", "characters.py", "find.py", "mentions.py", "numerals.py", "packed.py",
    "pipeline.py", "reading.py", "scopes.py", "spacing.py", "text.py", "typed_marks.py",
)  # fmt: skip
HAN = re.compile(r"[\u3400-\u9fff]")
#: What a string is part of that people read: a notice, an error.
TOLD = {"Notice", "ProfileError", "UsageError", "_say", "message", "_DOUBT"}
#: The numerals of the script are a system, closed and the same in every text: one file has them.
NUMERALS = "numerals.py"
MOST = 15


def modules() -> Iterator[Path]:
    for name in CORE:
        path = PACKAGE / name
        yield from sorted(path.rglob("*.py")) if path.is_dir() else (path,)


def docstrings(tree: ast.Module) -> set[int]:
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def said_to_people(tree: ast.Module) -> set[int]:
    """Strings inside of messages."""
    told: set[int] = set()
    for node in ast.walk(tree):
        name = ""
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
        elif isinstance(node, ast.Raise):
            name = "UsageError"
        if name in TOLD:
            told |= {id(inner) for inner in ast.walk(node)}
    return told


def chinese_statements(path: Path) -> Iterator[tuple[int, str]]:
    """Statements that have words of the language in a string: line, source of the first line."""
    content = path.read_text(encoding="utf-8")
    tree, lines = ast.parse(content), content.splitlines()
    apart = docstrings(tree) | said_to_people(tree)
    found: dict[int, str] = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        source = ast.get_source_segment(content, node) or ""
        if id(node) not in apart and HAN.search(source):
            first = statement_of(tree, node.lineno)
            found[first] = lines[first - 1].strip()
    yield from sorted(found.items())


def statement_of(tree: ast.Module, line: int) -> int:
    """First line of the innermost statement around a line."""
    around = (
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or 0)
    )
    return max(around)


def has_reason(path: Path, line: int) -> bool:
    """Whether a comment stands right above a statement, or above the group that it is in."""
    lines = path.read_text(encoding="utf-8").splitlines()
    at = line - 2
    while at >= 0 and lines[at].strip() and not lines[at].lstrip().startswith("#"):
        at -= 1
    return at >= 0 and lines[at].lstrip().startswith("#")


WORDS = [
    (path.relative_to(PACKAGE).as_posix(), line, said)
    for path in modules()
    if path.name != NUMERALS
    for line, said in chinese_statements(path)
]


def test_the_core_has_few_words_of_the_language() -> None:
    assert len(WORDS) <= MOST, "\n".join(f"{file}:{line} {said}" for file, line, said in WORDS)


@pytest.mark.parametrize(("file", "line", "said"), WORDS, ids=str)
def test_each_has_its_reason(file: str, line: int, said: str) -> None:
    assert has_reason(PACKAGE / file, line), f"{file}:{line} {said}"


def test_the_count_sees_words() -> None:
    assert any(chinese_statements(PACKAGE / NUMERALS))
