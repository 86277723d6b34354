from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from speechmine.errors import ReadError
from speechmine.readers import find_inputs, read, read_bytes, read_text

SPEECH = "同志们：\r\n请区财政局制定方案，月底前报来。\n"


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_text_is_kept_as_it_stands(tmp_path: Path) -> None:
    document = read(write(tmp_path, "讲话.v2.txt", SPEECH.encode()))
    assert document.text == SPEECH
    assert document.id == "讲话.v2"
    assert document.source == str(tmp_path / "讲话.v2.txt")


def test_byte_order_mark_is_dropped_once(tmp_path: Path) -> None:
    assert (
        read(write(tmp_path, "a.txt", f"\ufeff\ufeff{SPEECH}".encode())).text == "\ufeff" + SPEECH
    )


BAD_CONTENT = [
    (b"", "is empty"),
    (b" \r\n\t\n", "is empty"),
    ("\u3000\u00a0\n".encode(), "only blanks"),
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "binary file"),
    (b"\x7fELF\x02\x01" + b"\x01\x02\x03" * 20, "binary file (control character 0x7f at byte 0)"),
    (SPEECH.encode() + b"\xe5\x8c", "damaged UTF-8"),
    (SPEECH.encode()[:29] + b"\xff" + SPEECH.encode()[29:], "damaged UTF-8 at byte 29 (line 2"),
    (SPEECH.encode("utf-16") + b"\x00", "damaged UTF-16-LE"),
    (b"caf\xe9 au lait", "encoding unknown"),
]


@pytest.mark.parametrize(("content", "reason"), BAD_CONTENT, ids=[r for _, r in BAD_CONTENT])
def test_bad_content_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    path = write(tmp_path, "a.txt", content)
    with pytest.raises(ReadError) as caught:
        read(path)
    assert reason in caught.value.reason
    assert caught.value.source == str(path)
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


def test_bad_places_are_named(tmp_path: Path) -> None:
    fifo = tmp_path / "pipe.txt"
    os.mkfifo(fifo)
    cases = [
        (tmp_path / "missing.txt", "no such file"),
        (tmp_path, "this is a folder"),
        (fifo, "not a regular file"),
        ("a\0b.txt", "cannot be read"),
        (tmp_path / ("长" * 200), "cannot be read"),
    ]
    for path, reason in cases:
        with pytest.raises(ReadError, match=reason):
            read(path)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "a.txt", b"x")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ReadError, match="no permission"):
        read(path)


def test_too_large_is_refused_by_file_and_bytes(tmp_path: Path) -> None:
    content = SPEECH.encode()
    path = write(tmp_path, "a.txt", content)
    assert read(path, max_bytes=len(content)).text == SPEECH
    with pytest.raises(ReadError, match="larger than"):
        read(path, max_bytes=len(content) - 1)
    with pytest.raises(ReadError, match="larger than"):
        read_bytes(content, max_bytes=1)


def test_metadata_beside_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", SPEECH.encode())
    facts = {"title": "讲话", "date": "2024-01-05", "level": "county", "place": None, "full": True}
    write(tmp_path, "a.meta.json", json.dumps(facts).encode())
    document = read(path)
    assert (document.title, document.date, document.level) == ("讲话", "2024-01-05", "county")
    assert document.place is None


BAD_METADATA = [
    (b"{", "not valid JSON"),
    (b"[" * 100_000, "not valid JSON"),
    (b"[]", "holds no JSON object"),
    (b"\xff", "cannot be read (not UTF-8)"),
    (b'{"date": "2024-02-30"}', "field date: a date YYYY-MM-DD is expected"),
    (b'{"date": "20240105"}', "field date"),
    (b'{"level": "parish"}', "field level: one of national"),
    (b'{"level": []}', "field level"),
    (b'{"title": 3}', "field title: a text is expected"),
]


@pytest.mark.parametrize(("content", "reason"), BAD_METADATA, ids=[r for _, r in BAD_METADATA])
def test_bad_metadata_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    path = write(tmp_path, "a.txt", SPEECH.encode())
    write(tmp_path, "a.meta.json", content)
    with pytest.raises(ReadError) as caught:
        read(path)
    assert reason in caught.value.reason
    assert "a.meta.json" in caught.value.reason


def test_strings() -> None:
    assert read_text("\ufeff方案").text == "方案"
    with pytest.raises(ReadError):
        read_text("\ufeff \u3000\n")


def test_folders_are_expanded_in_order(tmp_path: Path) -> None:
    skipped = [".c.txt", "README.md", "a.gold.txt", "x.gold.jsonl", "b.meta.json", "note.mp4"]
    for name in ["b.txt", "a.md", *skipped]:
        write(tmp_path, name, b"x")
    for folder in ("sub", ".git"):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder, "B.TXT", b"x")
    found = find_inputs([tmp_path, tmp_path / "b.txt", "-", "-"])
    places = [Path(i.source).relative_to(tmp_path) for i in found if i.source != "-"]
    assert places == [Path("a.md"), Path("b.txt"), Path("sub/B.TXT")]
    assert found[-1].id == "stdin"
    assert [i.source for i in found].count("-") == 1


def test_same_stems_are_told_apart_by_path(tmp_path: Path) -> None:
    for folder in ("2023", "2024"):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder, "报告.txt", b"x")
    write(tmp_path / "2024", "报告.md", b"x")
    write(tmp_path / "2024", "讲话.txt", b"x")
    ids = [item.id.removeprefix(f"{tmp_path.as_posix()}/") for item in find_inputs([tmp_path])]
    assert ids == ["2023/报告", "2024/报告.md", "2024/报告.txt", "讲话"]


def test_links_out_of_the_folder_are_left_out(tmp_path: Path) -> None:
    outside = write(tmp_path, "secret.txt", b"x")
    inside = tmp_path / "in"
    inside.mkdir()
    write(inside, "a.txt", b"x")
    (inside / "link.txt").symlink_to(outside)
    (inside / "same.txt").symlink_to(inside / "a.txt")
    (inside / "loop").symlink_to(inside)
    assert [Path(i.source).name for i in find_inputs([inside])] == ["a.txt"]


def test_empty_folder_and_missing_path_are_inputs_that_fail(tmp_path: Path) -> None:
    empty, missing = find_inputs([tmp_path, tmp_path / "none.txt"])
    assert empty.problem is not None
    assert "a folder without" in empty.problem.reason
    assert missing.problem is None
    with pytest.raises(ReadError, match="no such file"):
        read(missing.source)
