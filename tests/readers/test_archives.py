from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from speechmine.errors import ReadError
from speechmine.readers import find_inputs, read_bytes, read_input

SPEECH = "请区财政局在6月底前制定奖补方案。"


def zip_of(*entries: tuple[str, bytes], encoding: str | None = None) -> bytes:
    """An archive; with an encoding its names are written without saying which it is."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    if encoding is None:
        return packed.getvalue()
    content = packed.getvalue()
    for name, _ in entries:
        # The same number of bytes: a name of as many letters, put there afterwards.
        content = content.replace(name.encode(), name_bytes(name, encoding))
    return content


def name_bytes(name: str, encoding: str) -> bytes:
    meant = {"00000000.txt": "防汛讲话.txt", "000000000000.txt": "防汛讲话.txt"}[name]
    return meant.encode(encoding)


def read_all(path: Path) -> dict[str, str]:
    return {item.source: read_input(item).text for item in find_inputs([path])}


@pytest.mark.parametrize(
    ("name", "encoding"), [("00000000.txt", "gbk"), ("000000000000.txt", "utf-8")]
)
def test_names_are_read_as_they_were_meant(tmp_path: Path, name: str, encoding: str) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zip_of((name, SPEECH.encode()), encoding=encoding))
    assert read_all(path) == {f"{path}/防汛讲话.txt": SPEECH}


def test_folders_hidden_files_and_other_kinds(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    entries = [
        ("区/乙.txt", SPEECH.encode()),
        ("区/甲.txt", SPEECH.encode("gbk")),
        ("__MACOSX/甲.txt", b"x"),
        (".hidden/甲.txt", b"x"),
        ("录像.mp4", b"x"),
        ("README.txt", b"x"),
    ]
    path.write_bytes(zip_of(*entries))
    assert list(read_all(path)) == [f"{path}/区/乙.txt", f"{path}/区/甲.txt"]


def test_paths_out_of_the_archive_are_only_names(tmp_path: Path) -> None:
    path = tmp_path / "in" / "a.zip"
    path.parent.mkdir()
    path.write_bytes(zip_of(("../../../evil.txt", SPEECH.encode()), ("/etc/x.txt", b"x")))
    before = sorted(tmp_path.rglob("*"))
    read_all(path)
    assert sorted(tmp_path.rglob("*")) == before


def test_two_files_of_one_name_are_both_there(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    content = zip_of(("a.txt", "甲。".encode()), ("b.txt", "乙。".encode()))
    path.write_bytes(content.replace(b"b.txt", b"a.txt"))
    assert list(read_all(path).values()) == ["乙。", "甲。"]


def test_bytes_of_an_archive_with_one_speech() -> None:
    assert read_bytes(zip_of(("a.txt", SPEECH.encode())), suffix=".zip").text == SPEECH
    with pytest.raises(ReadError, match="of 2 files that can be read"):
        read_bytes(zip_of(("a.txt", b"x"), ("b.txt", b"x")), suffix=".zip")


def locked() -> bytes:
    content = bytearray(zip_of(("a.txt", SPEECH.encode())))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark) + at] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (locked(), "locked with a password"),
        (zip_of(("a.txt", bytes(30_000_000))), "times its size"),
        (zip_of(("b.zip", zip_of(("a.txt", b"x")))), "an archive within an archive"),
        (zip_of(("a.mp4", b"x")), "an archive without"),
        (b"PK\x03\x04" + bytes(40), "a damaged archive"),
        (b"", "a damaged archive"),
    ],
)
def test_hostile_and_broken_archives_are_named(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=message):
        read_all(path)


def test_a_great_many_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(20_001):
            archive.writestr(f"{number}.txt", "x")
    with pytest.raises(ReadError, match="more than 20,000 files"):
        read_all(path)


def test_archives_cut_off_or_with_flipped_bytes_are_read_or_refused(tmp_path: Path) -> None:
    whole = zip_of(("区/甲.txt", SPEECH.encode() * 20), ("乙.txt", SPEECH.encode()))
    chance = random.Random(1)  # noqa: S311  # bytes, no secrets
    path = tmp_path / "a.zip"
    for number in range(60):
        broken = bytearray(whole)
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        for content in (bytes(broken), whole[: len(whole) * number // 60]):
            path.write_bytes(content)
            try:
                read_all(path)
            except ReadError:
                continue
