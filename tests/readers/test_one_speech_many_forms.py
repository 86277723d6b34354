"""One speech in every form that offices send it in gives the same tasks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import speechmine
from produced import SUITE, every
from speechmine.model import Extraction
from speechmine.readers import read_bytes

from word_files import needs_office, numbered_docx, office_forms

SPEECH = Path(__file__).parent.parent.parent / "corpus" / "yanhu-2024-dubanhui.txt"
TEXT = SPEECH.read_text(encoding="utf-8")
CONVERTED = [str(form) for form in SUITE["saved by LibreOffice"]]


def found(result: Extraction) -> list[tuple[object, ...]]:
    """What a user takes from it: task, who, by when, how much."""
    return [
        (
            _words(task.text),
            [(party.text, party.role) for party in task.parties],
            (task.deadline.text, task.deadline.edtf, task.deadline.kind),
            [(_words(m.text), m.low, m.high, m.unit) for m in result.metrics if m.task == task.id],
        )
        for task in result.tasks
    ]


def _words(text: str) -> str:
    return re.sub(r"\s", "", text)


def tasks_of(content: bytes, suffix: str) -> list[tuple[object, ...]]:
    document = read_bytes(content, suffix=suffix)
    result = speechmine.extract(document)
    assert all(document.text[t.start : t.end] == t.text for t in result.tasks)
    return found(result)


@pytest.fixture(scope="module")
def expected() -> list[tuple[object, ...]]:
    tasks = found(speechmine.extract(TEXT))
    assert len(tasks) > 20
    return tasks


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return office_forms(numbered_docx(TEXT), tmp_path_factory.mktemp("forms"), *CONVERTED)


@every("plain text")
def test_plain_text(case: str, expected: list[tuple[object, ...]]) -> None:
    windows = case == "windows lines"
    text = TEXT.replace("\n", "\r\n") if windows else TEXT
    assert tasks_of(text.encode("gb18030" if windows else case), ".txt") == expected


def test_markdown(expected: list[tuple[object, ...]]) -> None:
    lines = TEXT.splitlines()
    headings = [f"## {x}" if re.match("[一二三]、", x) else x for x in lines[1:]]
    text = "\n\n".join([f"# {lines[0]}", *headings])
    assert tasks_of(text.encode(), ".md") == expected


def test_word_with_automatic_numbers(expected: list[tuple[object, ...]]) -> None:
    document = read_bytes(numbered_docx(TEXT), suffix=".docx")
    assert document.text.splitlines() == TEXT.splitlines()
    assert document.title == TEXT.splitlines()[0]
    assert found(speechmine.extract(document)) == expected


@needs_office
@every("saved by LibreOffice")
def test_forms_that_libreoffice_writes(
    case: str, forms: dict[str, bytes], expected: list[tuple[object, ...]]
) -> None:
    assert tasks_of(forms[case], f".{case}") == expected


@needs_office
def test_print_in_one_font(tmp_path: Path, expected: list[tuple[object, ...]]) -> None:
    """Of 仿宋 quotation marks have the same font as the words; else they may come behind them."""
    pytest.importorskip("speechmine.readers.paged.pdf")
    one_font = numbered_docx(TEXT, font="Noto Serif CJK SC")
    assert tasks_of(office_forms(one_font, tmp_path, "pdf")["pdf"], ".pdf") == expected


@needs_office
@pytest.mark.parametrize("form", ["doc", "rtf", "odt"])
def test_plain_readings_lose_no_task(
    form: str,
    forms: dict[str, bytes],
    expected: list[tuple[object, ...]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    found_tasks = tasks_of(forms[form], f".{form}")
    # .doc keeps its numbers in tables that only LibreOffice reads: 1. is missing, no task is.
    read = [task[1:] for task in found_tasks]
    assert all(task[1:] in read for task in expected)
    assert len(read) <= len(expected) + 1
