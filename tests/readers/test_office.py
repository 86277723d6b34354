"""Old Word files, RTF, OpenDocument: with LibreOffice and without; what is refused, in words."""

from __future__ import annotations

import contextlib
import io
import random
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import docx
import pytest

from speechmine.errors import ReadError
from speechmine.readers import read_bytes
from speechmine.readers.word.libreoffice import ConversionError, to_docx
from speechmine.readers.word.rtf import BREAK, CELL, ROW, rtf_text

from word_files import needs_office, numbered_docx, office_forms, saved

TEXT = """在全区防汛会上的讲话
同志们：
一、抓排查
（一）查水库。区水利局要在5月20日前排查水库23座。
（二）查河道。各镇街要在5月底前清理河道。
二、抓准备
1.备队伍。区应急局牵头组建抢险队6支。
2.备物资。各镇街要储备沙袋。
"""
TABLE = [("任务", "责任单位", "时限"), ("加固大坝", "区水利局", "6月15日前")]
FORMS = ("doc", "rtf", "odt")


def made() -> bytes:
    file = docx.Document(io.BytesIO(numbered_docx(TEXT)))
    table = file.add_table(rows=0, cols=3)
    for row in TABLE:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    file.add_paragraph("散会。")
    return saved(file)


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return office_forms(made(), tmp_path_factory.mktemp("office"), *FORMS)


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")


@needs_office
@pytest.mark.parametrize("form", FORMS)
def test_with_libreoffice_nothing_is_lost(form: str, forms: dict[str, bytes]) -> None:
    document = read_bytes(forms[form], id="a", source=f"a.{form}", suffix=f".{form}")
    text = document.text.replace("(", "（").replace(")", "）")
    rows = "\n".join("\t".join(row) for row in TABLE)
    assert text == f"{TEXT}{rows}\n散会。\n"
    assert [len(table.cells) for table in document.tables] == [6]
    assert (document.id, document.source, document.notices) == ("a", f"a.{form}", ())
    at = document.text.index("散会")
    assert document.text[document.place_of(at).start :] == "散会。\n"


@needs_office
def test_wps_is_told_by_its_content(forms: dict[str, bytes]) -> None:
    assert "（一）查水库" in read_bytes(forms["doc"], suffix=".wps").text


@needs_office
@pytest.mark.usefixtures("no_office")
@pytest.mark.parametrize("form", FORMS)
def test_without_libreoffice_the_words_are_read_and_the_loss_is_told(
    form: str, forms: dict[str, bytes]
) -> None:
    document = read_bytes(forms[form], suffix=f".{form}")
    (notice,) = document.notices
    assert notice.code == "plain_reading"
    assert "install LibreOffice" in notice.message
    lines = document.text.splitlines()
    assert lines[0] == TEXT.splitlines()[0]
    assert "\t".join(TABLE[1]) in lines
    assert lines[-1] == "散会。"
    if form != "doc":  # whose numbers stand in tables that are not read
        assert lines[:8] == TEXT.splitlines()
        assert [len(table.cells) for table in document.tables] == [6]
    assert all(document.text[p.start : p.end].strip() for p in document.places)


@needs_office
@pytest.mark.usefixtures("no_office")
def test_a_locked_doc_is_told(forms: dict[str, bytes]) -> None:
    at = forms["doc"].index(b"\xec\xa5") + 0x0B
    locked = bytearray(forms["doc"])
    locked[at] |= 0x01
    with pytest.raises(ReadError, match="locked with a password"):
        read_bytes(bytes(locked), suffix=".doc")


@needs_office
@pytest.mark.usefixtures("no_office")
@pytest.mark.parametrize("form", FORMS)
def test_files_cut_off_or_with_flipped_bytes_are_read_or_refused(
    form: str, forms: dict[str, bytes]
) -> None:
    whole, chance = forms[form], random.Random(1)  # noqa: S311  # bytes, no secrets
    for cut in range(600, len(whole), len(whole) // 20):
        broken = bytearray(whole)
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        for content in (whole[:cut], bytes(broken)):
            with contextlib.suppress(ReadError):
                assert read_bytes(content, suffix=f".{form}").text.strip()


def program(folder: Path, script: str) -> None:
    file = folder / "soffice"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o700)


@pytest.mark.parametrize(
    ("script", "reason"),
    [("exec /bin/sleep 1000", "more than 0.2 seconds"), ("exit 1", "cannot open the file")],
)
def test_a_conversion_that_fails_is_given_up(
    script: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, script)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ConversionError, match=reason):
        to_docx(b"x", "doc", seconds=0.2)


def test_a_failed_conversion_falls_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "exit 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    document = read_bytes(b"{\\rtf1 \\u22791?\\u27801?\\u34955?\\par}", suffix=".rtf")
    assert document.text == "备沙袋\n"
    assert "LibreOffice cannot open the file" in document.notices[0].message


class _Counts(BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012  # one server, one test

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Counts) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}/seen.png"
        running.shutdown()
        thread.join()


@needs_office
def test_links_in_a_file_are_not_followed(server: str) -> None:
    picture = f'{{\\field{{\\*\\fldinst INCLUDEPICTURE "{server}" \\\\d}}{{\\fldrslt }}}}'
    rtf = f"{{\\rtf1\\ansi {picture}\\u22791?\\u27801?\\u34955?\\par}}".encode()
    frame = f'<draw:frame><draw:image xlink:href="{server}"/></draw:frame>'
    for content, suffix in ((rtf, ".rtf"), (odt(f"<text:p>{frame}备沙袋</text:p>"), ".odt")):
        document = read_bytes(content, suffix=suffix)
        assert document.text.strip() == "备沙袋"
        assert "plain_reading" not in [notice.code for notice in document.notices]
    assert _Counts.asked == []


RTF = [
    ("bytes of the code page", r"{\rtf1\ansicpg936 \'b1\'b8\'d7\'e3}", "备足"),
    ("bytes of the font", r"{\rtf1{\fonttbl{\f1\fcharset134 X;}}\f1\'b1\'b8\'d7\'e3}", "备足"),
    ("numbers of characters", r"{\rtf1\uc1\u22791?\u-28668 ?}", "备逄"),
    ("as many to pass as it says", r"{\rtf1\uc2\u22791\'b1\'b8{\uc0\u36275}\uc0 !}", "备足!"),
    ("pairs", r"{\rtf1\uc0\u-10187\u-9216 }", "\U0001d400"),
    ("asides", r"{\rtf1{\header a}{\info{\title b}}{\*\new c}d{\footnote e}}", "d"),
    ("hidden and deleted", r"{\rtf1 a{\v b}{\deleted c}\v d\v0 e}", "ae"),
    ("fields", r"{\rtf1{\field{\*\fldinst DATE}{\fldrslt 6}}x}", "6x"),
    ("a number before text", r"{\rtf1{\listtext\pard 1.\tab}a\par{\listtext I\tab}b}", "1.a\nI b"),
    ("literals", r"{\rtf1 \{a\}\\\~\_}", "{a}\\\u00a0-"),
    ("a table", r"{\rtf1\trowd\intbl a\par b\cell c\cell\row}", f"a{BREAK}b{CELL}c{CELL}{ROW}"),
]


@pytest.mark.parametrize(("name", "given", "text"), RTF, ids=[name for name, _, _ in RTF])
def test_rtf_plainly(name: str, given: str, text: str) -> None:
    assert rtf_text(given.encode(), "a.rtf") == text


@pytest.mark.parametrize(
    ("given", "reason"),
    [("{\\rtf1 a", "cut off"), ("{\\rtf1" + "{" * 5000, "too deep"), ("{\\rtf1 }", "no text")],
)
@pytest.mark.usefixtures("no_office")
def test_broken_rtf_is_refused(given: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read_bytes(given.encode(), suffix=".rtf")


NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (
        *(("office", "office"), ("text", "text"), ("table", "table"), ("style", "style")),
        *(("draw", "drawing"), ("manifest", "manifest")),
    )
)
STYLES = (
    '<office:automatic-styles><text:list-style style:name="L"><text:list-level-style-number '
    'text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>'
    '<text:list-level-style-number text:level="2" style:num-format="1" style:num-prefix="（" '
    'style:num-suffix="）"/></text:list-style></office:automatic-styles>'
)


def odt(body: str, manifest: str = "", declared: str = "") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "META-INF/manifest.xml",
            f"<manifest:manifest {NAMES}>"
            '<manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.text"/>'
            '<manifest:file-entry manifest:full-path="content.xml" '
            f'manifest:media-type="text/xml"/>{manifest}</manifest:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'{declared}<office:document-content {NAMES} office:version="1.2" '
            f'xmlns:xlink="http://www.w3.org/1999/xlink">{STYLES}'
            f"<office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
    return packed.getvalue()


def items(*texts: str, more: str = "") -> str:
    listed = "".join(f"<text:list-item><text:p>{t}</text:p></text:list-item>" for t in texts)
    return f'<text:list text:style-name="L" {more}>{listed}</text:list>'


INNER = "<text:list><text:list-item><text:p>丙</text:p></text:list-item></text:list>"
CELL_OF = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
ROWS = ("".join(map(CELL_OF.format, row)) for row in TABLE)
CELLS = "".join(f"<table:table-row>{row}</table:table-row>" for row in ROWS)
ODT = [
    ("lists", items("甲", "乙"), "一、甲\n二、乙\n"),
    (
        "a list goes on",
        items("甲") + items("乙", more='text:continue-numbering="true"'),
        "一、甲\n二、乙\n",
    ),
    ("a list begins anew", items("甲") + items("乙"), "一、甲\n一、乙\n"),
    ("lists inside", items(f"甲</text:p>{INNER}<text:p>丁"), "一、甲\n（1）丙\n丁\n"),
    (
        "changes",
        "<text:tracked-changes><text:p>旧</text:p></text:tracked-changes><text:p>新</text:p>",
        "新\n",
    ),
    ("signs", '<text:p>甲<text:s text:c="2"/>乙<text:line-break/>丙</text:p>', "甲  乙\n丙\n"),
    (
        "a table",
        f"<table:table>{CELLS}</table:table>",
        "任务\t责任单位\t时限\n加固大坝\t区水利局\t6月15日前\n",
    ),
]


@pytest.mark.parametrize(("name", "body", "text"), ODT, ids=[name for name, _, _ in ODT])
@pytest.mark.usefixtures("no_office")
def test_opendocument_plainly(name: str, body: str, text: str) -> None:
    assert read_bytes(odt(body), suffix=".odt").text == text


@pytest.mark.usefixtures("no_office")
def test_opendocument_sets_notes_apart_and_knows_headings() -> None:
    note = "<text:note-body><text:p>见附件</text:p></text:note-body>"
    note = f'<text:note text:note-class="footnote">{note}</text:note>'
    document = read_bytes(
        odt(f'<text:h text:outline-level="2">抓项目{note}</text:h>'), suffix=".odt"
    )
    assert document.text == "抓项目\n"
    assert [(a.kind, a.text) for a in document.asides] == [("footnote", "见附件")]
    assert [(h.start, h.end, h.depth) for h in document.headings] == [(0, 3, 2)]


LOCKED = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (odt("<text:p>甲</text:p>", manifest=LOCKED), "locked with a password"),
        (odt("<text:p>&a;</text:p>", declared=BOMB), "document type"),
        (odt(" " * 70_000_000), "[Tt]ext node"),
        (odt("<text:p/>"), "holds no text"),
        (odt("<text:p>甲</text:p>")[:-200], "damaged OpenDocument"),
    ],
)
@pytest.mark.usefixtures("no_office")
def test_hostile_opendocument_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read_bytes(content, suffix=".odt")


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le")


def slides() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("ppt/presentation.xml", "x")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "reason", "remedy"),
    [
        (ole("EncryptedPackage"), "locked with a password", "take the password away"),
        (ole("Workbook"), "old Excel workbook", "save it as .xlsx"),
        (ole("WordDocument"), "damaged Word file", "save it as .docx"),
        (ole("x"), "damaged Office file", "save it again"),
        (slides(), "slides", ".docx or .txt"),
    ],
)
def test_other_office_files_are_refused_with_a_remedy(
    content: bytes, reason: str, remedy: str
) -> None:
    with pytest.raises(ReadError, match=reason) as caught:
        read_bytes(content)
    assert remedy in caught.value.remedy
