"""The content of a file goes before its name."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest

from speechmine.errors import ReadError
from speechmine.readers.kinds import KINDS, FileKind, sniff
from speechmine.readers.registry import reader_of


def package(*names: str, mimetype: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le")


CASES = [
    ("各镇要备足沙袋。".encode(), ".txt", "text"),
    ("各镇要备足沙袋。".encode(), ".doc", "text"),
    ("各镇要备足沙袋。".encode(), "", "text"),
    (b"# \xe9\x98\xb2\xe6\xb1\x9b", ".MD", "markdown"),
    (b"a,b", ".csv", "csv"),
    (b"a\tb", ".tsv", "tsv"),
    (b"<!DOCTYPE html><html>", ".txt", "html"),
    (b'\xef\xbb\xbf <?xml version="1.0"?>\n<html>', ".doc", "html"),
    (b"<p>x</p>", ".htm", "html"),
    (b"\x00\x01%PDF-1.4", ".docx", "pdf"),
    (b"{\\rtf1\\ansi", ".doc", "rtf"),
    (package("word/document.xml"), ".doc", "docx"),
    (package("xl/workbook.xml"), ".txt", "xlsx"),
    (package("ppt/presentation.xml"), ".docx", "pptx"),
    (package("OFD.xml"), ".zip", "ofd"),
    (package("content.xml", mimetype="application/vnd.oasis.opendocument.text"), ".txt", "odt"),
    (package("a.txt"), ".txt", "zip"),
    (b"PK\x03\x04 cut off", ".docx", "docx"),
    (b"PK\x03\x04 cut off", ".txt", "zip"),
    (ole("WordDocument"), ".wps", "doc"),
    (ole("WordDocument"), ".txt", "doc"),
    (ole("Workbook"), ".doc", "xls"),
    (ole("EncryptedPackage"), ".docx", "locked"),
    (ole("Contents"), ".txt", "ole"),
    (ole("Contents"), ".doc", "doc"),
]


@pytest.mark.parametrize(("content", "suffix", "kind"), CASES)
def test_content_tells_the_kind(content: bytes, suffix: str, kind: str) -> None:
    assert sniff(content, suffix) == kind


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.reader], ids=lambda k: k.name)
def test_every_kind_has_a_reader_or_a_word_on_why_not(kind: FileKind) -> None:
    with contextlib.suppress(ReadError):
        assert callable(reader_of(kind, "甲"))


def test_only_what_is_unpacked_has_no_reader() -> None:
    assert [kind.name for kind in KINDS if not kind.reader] == ["zip"]
