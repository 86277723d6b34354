"""Small files that would take hours or all memory: each is refused by a limit with a name, or read.

And figures beyond sense: whatever a file says, no error is "internal".
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from speechmine.cli import _cli
from speechmine.errors import ReadError, UsageError
from speechmine.ledger import read_ledger
from speechmine.limits import LIMITS, limits
from speechmine.readers import find_inputs, read, read_bytes, read_former

DIGITS = "9" * 5000
SPEECH = "县财政局要在6月底前制定奖补方案。"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
ODT = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style")
)


def packed(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def xlsx(rows: str, merged: str = "", **more: str) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    types = (
        f'<Types xmlns="{PACKAGE}content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/1.xml" ContentType="{kind}.worksheet+xml"/></Types>'
    )

    def related(what: str, target: str) -> str:
        return (
            f'<Relationships xmlns="{PACKAGE}relationships"><Relationship Id="r1" '
            f'Type="{RELATED}/{what}" Target="{target}"/></Relationships>'
        )

    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{merged}</worksheet>'
    book = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>'
        '<sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    parts = {
        "[Content_Types].xml": types,
        "_rels/.rels": related("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": related("worksheet", "worksheets/1.xml"),
        "xl/worksheets/1.xml": sheet,
    }
    return packed({**parts, **more})


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


HEAD = f'<row r="1">{cell("A1", "任务")}{cell("B1", "时限")}</row>'


def merged(*areas: str) -> str:
    return f"<mergeCells>{''.join(f'<mergeCell ref={a!r}/>' for a in areas)}</mergeCells>"


def docx(body: str, lists: str = "", styles: str = "") -> bytes:
    relations = "".join(
        f'<Relationship Id="{name}" Type="{RELATED}/{name}" Target="{name}.xml"/>'
        for name in ("numbering", "styles")
    )
    return packed(
        {
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": (
                f'<Relationships xmlns="{PACKAGE}relationships">{relations}</Relationships>'
            ),
            "word/numbering.xml": f"<w:numbering {W}>{lists}</w:numbering>",
            "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
        }
    )


def paragraph(text: str = SPEECH, settings: str = "") -> str:
    return f"<w:p><w:pPr>{settings}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def listed(level: str = "0") -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'


def lists(start: str = "1", pattern: str = "%1、", restart: str = "0") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="{start}"/>'
        f'<w:numFmt w:val="chineseCounting"/><w:lvlRestart w:val="{restart}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )


def table(rows: int, columns: int, settings: str = "") -> str:
    one = f"<w:tc><w:tcPr>{settings}</w:tcPr>{paragraph('a')}</w:tc>"
    return f"<w:tbl>{f'<w:tr>{one * columns}</w:tr>' * rows}</w:tbl>"


def field(*kinds: str) -> str:
    marks = "".join(f'<w:fldChar w:fldCharType="{kind}"/>' for kind in kinds)
    return f"<w:r>{marks}<w:t>a</w:t></w:r>"


def odt(body: str) -> bytes:
    content = (
        f"<office:document-content {ODT}><office:body><office:text>{body}</office:text>"
        "</office:body></office:document-content>"
    )
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def odt_list(start: str = "1", level: str = "1", shown: str = "1", prefix: str = "") -> bytes:
    return odt(
        '<text:list-style style:name="L"><text:list-level-style-number style:num-format="1" '
        f'text:level="{level}" text:display-levels="{shown}" style:num-prefix="{prefix}"/>'
        '</text:list-style><text:list text:style-name="L">'
        f'<text:list-item text:start-value="{start}"><text:p>{SPEECH}</text:p></text:list-item>'
        "</text:list>"
    )


def html(body: str) -> bytes:
    return f"<html><body>{body}</body></html>".encode()


def overlapping(name: Callable[[int], str], content: str, count: int) -> bytes:
    """So many entries that all have the same bytes."""
    out = io.BytesIO(packed({name(0): content}))
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(1, count):
            entry = copy.copy(archive.filelist[0])
            entry.filename = entry.orig_filename = name(number)
            archive.filelist.append(entry)
        archive._didModify = True  # type: ignore[attr-defined]
    return out.getvalue()


NODES, CELLS = LIMITS["NODES"].name, LIMITS["CELLS"].name
OVER = 2_100_000
#: File, kind, and the limit that it is refused by.
BOMBS: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "cells": (lambda: xlsx(f"<row>{'<c/>' * OVER}</row>"), ".xlsx", NODES),
    "rows": (lambda: xlsx(HEAD + "<row/>" * OVER), ".xlsx", NODES),
    "strings": (
        lambda: xlsx(HEAD, **{"xl/sharedStrings.xml": f"<sst>{'<si/>' * OVER}</sst>"}),
        ".xlsx",
        NODES,
    ),
    "whole sheet merged": (lambda: xlsx(HEAD, merged("A1:XFD1048576")), ".xlsx", CELLS),
    "columns merged": (lambda: xlsx(HEAD, merged("A:C")), ".xlsx", CELLS),
    "merged often": (lambda: xlsx(HEAD, merged(*["A1:Z99"] * 200)), ".xlsx", CELLS),
    "far cell": (
        lambda: xlsx(f'{HEAD}<row r="1048576">{cell("XFD1048576", "x")}</row>'),
        ".xlsx",
        CELLS,
    ),
    "unpacked": (
        lambda: xlsx(HEAD, **{"xl/media/a.bmp": "\0" * (300 << 20)}),
        ".xlsx",
        LIMITS["UNPACKED_MB"].name,
    ),
    "paragraphs": (lambda: docx("<w:p/>" * OVER), ".docx", NODES),
    "elements of a page": (lambda: html("<br>" * OVER), ".html", NODES),
    "spans": (
        lambda: html(f"<table>{'<tr><td>b<td colspan=1000 rowspan=9>a' * 300}"),
        ".html",
        CELLS,
    ),
    "commas": (lambda: b"," * 300_000 + b"\na", ".csv", CELLS),
    "entries": (
        lambda: overlapping("{}.txt".format, SPEECH, 20_001),
        ".zip",
        LIMITS["FILES"].name,
    ),
    "overlap": (
        lambda: overlapping(lambda n: f"word/document{n}.xml", SPEECH * 9, 99),
        ".docx",
        "parts of it lie on top of each other",
    ),
}


@pytest.mark.parametrize(("make", "suffix", "limit"), BOMBS.values(), ids=list(BOMBS))
def test_bombs_are_refused_by_a_limit_that_is_named(
    make: Callable[[], bytes], suffix: str, limit: str
) -> None:
    with pytest.raises(ReadError, match=limit) as told:
        read_bytes(make(), id="x", suffix=suffix)
    assert "\n" not in str(told.value)


BLANKS = '<text:s text:c="1000"/>'
BOX = ('<text-box xmlns="x"><text:p>', "</text:p></text-box>")
#: What costs no more than what it holds: they took a minute and more.
LONG: dict[str, tuple[Callable[[], bytes], str, int]] = {
    "items": (lambda: html(f"<ol>{f'<li>{SPEECH}' * 20_000}</ol>"), ".html", 20_000),
    "one paragraph of a page": (lambda: html(f"<p>{SPEECH * 60_000}"), ".html", 60_000),
    "one line": ((SPEECH * 60_000).encode, ".txt", 60_000),
    "one paragraph": (lambda: docx(paragraph(SPEECH * 60_000)), ".docx", 60_000),
    "numbered": (lambda: docx(paragraph(SPEECH, listed()) * 9000, lists()), ".docx", 9000),
    "fields in fields": (
        lambda: docx(f"<w:p>{field('begin', 'separate') * 20_000}</w:p>{paragraph()}"),
        ".docx",
        1,
    ),
    "styles on styles": (
        lambda: docx(
            paragraph(SPEECH, '<w:pStyle w:val="s0"/>') * 300,
            styles="".join(
                f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>'
                for n in range(9000)
            ),
        ),
        ".docx",
        300,
    ),
    "cells": (lambda: docx(table(900, 5) + paragraph()), ".docx", 1),
    "rows below a table": (
        lambda: html("<table><tr><td>a<td rowspan=1000>b</tr></table>" * 999 + f"<p>{SPEECH}"),
        ".html",
        1,
    ),
    "blanks": (lambda: odt(f"<text:p>{BLANKS * 9000}{SPEECH}</text:p>"), ".odt", 1),
    "boxes in boxes": (
        lambda: odt(f"<text:p>{SPEECH}{BOX[0] * 60}a{BOX[1] * 60}</text:p>"),
        ".odt",
        1,
    ),
}


@pytest.mark.parametrize(("make", "suffix", "count"), LONG.values(), ids=list(LONG))
def test_long_files_are_read(
    make: Callable[[], bytes], suffix: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("speechmine.readers.word.libreoffice.find_libreoffice", lambda: None)
    assert read_bytes(make(), suffix=suffix).text.count(SPEECH) == count


@pytest.mark.parametrize("digits", [DIGITS, "99999999999", "²", "٣", "-1", "1e9", ""])
def test_figures_beyond_sense_cost_nothing(digits: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("speechmine.readers.word.libreoffice.find_libreoffice", lambda: None)
    span = f'<w:gridSpan w:val="{digits}"/>'
    files = [
        (docx(paragraph(SPEECH, listed()), lists(start=digits)), ".docx"),
        (docx(paragraph(SPEECH, listed()), lists(restart=digits)), ".docx"),
        (docx(paragraph(SPEECH, listed(digits)), lists()), ".docx"),
        (docx(paragraph(SPEECH, f'<w:outlineLvl w:val="{digits}"/>')), ".docx"),
        (docx(table(1, 2, span) + paragraph()), ".docx"),
        (odt(f'<text:h text:outline-level="{digits}">{SPEECH}</text:h>'), ".odt"),
        (odt(f'<text:p><text:s text:c="{digits}"/>{SPEECH}</text:p>'), ".odt"),
        (odt_list(start=digits), ".odt"),
        (odt_list(level=digits), ".odt"),
        (odt_list(shown=digits), ".odt"),
        (html(f"<ol start='{digits}'><li>{SPEECH}</ol>"), ".html"),
        (html(f"<table><tr><td rowspan='{digits}'>{SPEECH}<td>b<tr><td>c</table>"), ".html"),
        (f"{{\\rtf1\\ansi \\uc{digits}\\b0 {SPEECH}}}".encode("gb18030"), ".rtf"),
    ]
    for content, suffix in files:
        read_bytes(content, suffix=suffix)


def test_a_long_label_before_each_item_is_cut() -> None:
    document = read_bytes(docx(paragraph("a", listed()) * 9, lists(pattern="长" * 9999)))
    assert document.length < 9 * 70
    assert read_bytes(odt_list(prefix="长" * 9999)).length < 100


ODD_CELLS = (
    *(f'<c r="A2"><v>{value}</v></c>' for value in (DIGITS, "1e999", "nan", "x")),
    f'<c r="A{DIGITS}"><v>1</v></c>',
    '<c r="A2" s="99"><v>1</v></c>',
    '<c r="A2" t="d"><v>99999-01-01</v></c>',
    '<c r="A2" t="s"><v>7</v></c>',
)


@pytest.mark.parametrize("odd", ODD_CELLS)
def test_an_odd_cell_is_read_or_told_in_a_line(odd: str) -> None:
    content = xlsx(f'{HEAD}<row r="2">{odd}</row>')
    try:
        read_bytes(content, suffix=".xlsx")
    except ReadError as error:
        assert "\n" not in str(error)  # noqa: PT017  # either may come


@pytest.mark.parametrize(
    "value", [DIGITS, '{"date": "9999-12-31"}', '{"date": "0001-01-01"}', f'{{"title": {DIGITS}}}']
)
def test_metadata_beyond_sense_is_told(value: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SPEECH, encoding="utf-8")
    path.with_suffix(".meta.json").write_text(value, encoding="utf-8")
    result = CliRunner().invoke(_cli, ["extract", str(path)])
    assert result.exit_code == 1
    assert "its metadata file a.meta.json" in result.stderr
    assert "internal" not in result.stderr


def test_an_archive_whose_files_share_their_bytes_is_one_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(overlapping("{}.txt".format, SPEECH * 9, 999))
    (item,) = find_inputs([path])
    assert "lie on top of each other" in str(item.problem)


def test_a_bomb_is_no_ledger() -> None:
    with pytest.raises(ReadError, match=CELLS):
        read_ledger(xlsx(HEAD, merged("A1:XFD1048576")))


# Moving a limit


def test_limits_are_moved_by_their_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "任务,时限\n" + "修路,9月\n" * 50
    monkeypatch.setenv(CELLS, "99")
    with pytest.raises(ReadError, match=r"more than 99 places.* set SPEECHMINE_MAX_CELLS above"):
        read_bytes(rows.encode(), suffix=".csv")
    monkeypatch.setenv(CELLS, "200")
    assert read_bytes(rows.encode(), suffix=".csv").tables
    monkeypatch.setenv("SPEECHMINE_MAX_FILE_MB", "1")
    with pytest.raises(ReadError, match="SPEECHMINE_MAX_FILE_MB"):
        read_bytes(b"a" * (1 << 21))
    assert read_bytes(b"a" * (1 << 21), max_bytes=1 << 22).length == 1 << 21


def test_reading_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock goes on by an hour at each look at it."""
    hours = iter(range(0, 10**9, 3600))
    monkeypatch.setattr("speechmine.limits.time.monotonic", lambda: next(hours))
    for content, suffix in ((html("<p>a<p>b"), ".html"), (docx(paragraph() * 2), ".docx")):
        with pytest.raises(ReadError, match="SPEECHMINE_MAX_READ_SECONDS"):
            read_bytes(content, suffix=suffix)


@pytest.mark.parametrize("wrong", ["0", "-1", "many", "1.5", DIGITS])
def test_a_wrong_limit_is_wrong_usage(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CELLS, wrong)
    with pytest.raises(UsageError, match="SPEECHMINE_MAX_CELLS: a whole number above 0"):
        read(b"a,b\n1,2\n" if wrong == "" else xlsx(HEAD))


def test_every_limit_stands_in_the_list_of_limits() -> None:
    told = (Path(__file__).parents[2] / "SECURITY.md").read_text(encoding="utf-8")
    for limit in limits():
        assert f"| `{limit.name}` | {limit.default:,} |" in told


def test_deep_json_of_an_earlier_run_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("[" * 200_000, encoding="utf-8")
    with pytest.raises(ReadError, match="line 1 is no JSON"):
        list(read_former(path))
