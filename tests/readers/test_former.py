"""Extractions of an earlier run, read again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import speechmine
from speechmine.errors import ReadError
from speechmine.readers import read_former

SAID = "区财政局要在3月底前制定奖补方案。"


def written(result: speechmine.Extraction) -> str:
    return json.dumps(result.to_dict(), ensure_ascii=False)


@pytest.fixture
def result() -> speechmine.Extraction:
    return speechmine.extract(SAID, date="2024-01-08")


def test_one_several_and_lines_are_the_same_records(
    result: speechmine.Extraction, tmp_path: Path
) -> None:
    one, many, lines = tmp_path / "a.json", tmp_path / "b.json", tmp_path / "c.jsonl"
    one.write_text(written(result), encoding="utf-8")
    many.write_text(f"[{written(result)},{written(result)}]", encoding="utf-8-sig")
    lines.write_text(f"{written(result)}\n\n{written(result)}\n", encoding="utf-8")
    for path, count in ((one, 1), (many, 2), (lines, 2)):
        found = list(read_former(path))
        assert [f.tasks for f in found] == [result.tasks] * count
        assert all(not f.document.text for f in found)


BROKEN = [
    ("not UTF-8", "督查".encode("gbk"), "not UTF-8"),
    ("a line that is none", b'{"a": 1}\n{"a": \n', "this is no extraction"),
    ("cut off", b'{"a": 1, \n', "line 1 is no JSON"),
    ("something else", b'{"tasks": []}', "this is no extraction"),
    ("a list of numbers", b"[1, 2]", "record 1"),
    ("another form", b'{"schema_version": "99.0"}', "its form is 99.0"),
    (
        "a record without its fields",
        b'{"schema_version": "%s", "document": {}}',
        "a damaged record",
    ),
    ("without a document", b'{"schema_version": "%s"}', "a damaged record"),
]


@pytest.mark.parametrize(("name", "content", "message"), BROKEN, ids=[n for n, _, _ in BROKEN])
def test_what_is_wrong_is_said(name: str, content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "旧.json"
    version = speechmine.extract(SAID).to_dict()["schema_version"]
    path.write_bytes(content.replace(b"%s", version.encode()))
    with pytest.raises(ReadError, match=message):
        list(read_former(path))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot be read"):
        list(read_former(tmp_path / "none.json"))
