"""Scanned pages: recognised as they are printed, whatever the scanner did to them."""

from __future__ import annotations

import difflib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("rapidocr")
pytest.importorskip("onnxruntime")
pytest.importorskip("reportlab")

import pypdfium2
from PIL import Image

from page_files import (
    Scan,
    body,
    cid_pdf,
    columns,
    head,
    needs_fonts,
    needs_office,
    office_file,
    packed,
    pages_of,
    printed,
    table,
    wrapped,
)
from produced import every, told
from speechmine.errors import ReadError
from speechmine.readers import read_bytes
from speechmine.readers.paged import images, page_cache, page_texts, recognition
from speechmine.readers.paged.watching import watched_by

pytestmark = [needs_office, needs_fonts, pytest.mark.slow]

PAPERS = Path(__file__).parent.parent.parent / "corpus" / "papers"
TEXTS = {
    name: (PAPERS / f"{name}.txt").read_text(encoding="utf-8")
    for name in ("p67", "p68", "p70", "p71", "p75", "p76")
}
ROWS = [
    ["序号", "任务", "责任单位", "完成时限"],
    ["1", "完成城南水渠清淤1.2万米并组织验收", "县水利局", "9月底前"],
    ["2", "拨付奖补资金120万元", "县财政局", "6月底前"],
    ["3", "备足编织袋3万条、水泵40台", "县应急局、县发改局", "5月底前"],
]


def paper(name: str, **options: str) -> bytes:
    """A paper of the corpus as LibreOffice sets it, on one page."""
    title, *rest = [line.strip() for line in TEXTS[name].splitlines() if line.strip()]
    parts = list(map(body, rest))
    if options.pop("layout", "") == "columns":
        parts = [columns(*parts)]
    return office_file(head(title), *parts, **options)


SETTINGS = {
    "p67": paper("p67"),
    "p68": paper("p68", font="Noto Sans CJK SC"),
    "p70": paper("p70", layout="columns"),
    "p71": paper("p71", font="Noto Serif CJK SC Black"),
    "p75": paper("p75", mode="tb-rl"),
    "p76": paper("p76"),
    "table": office_file(head("重点任务分解表"), table(ROWS)),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return printed(SETTINGS, tmp_path_factory.mktemp("scans"))


def bare(text: str) -> str:
    return "".join(text.split())


def right(text: str, found: str) -> float:
    """Share of a text's characters that were found in their order, and of those found."""
    blocks = difflib.SequenceMatcher(None, text, found, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / max(len(text), len(found))


@every("scan")
def test_a_scan_gives_the_same_tasks(
    case: tuple[str, dict[str, Any], str], files: dict[str, bytes]
) -> None:
    name, options, form = case
    scan = Scan(**options)
    content = packed(pages_of(files[name], scan), form, scan.dpi)
    document = read_bytes(content, source=f"a.{form.lower()}")
    assert right(bare(TEXTS[name]), bare(document.text)) >= 0.99
    clean = read_bytes(TEXTS[name].encode())
    assert told(document) == told(clean)
    assert document.recognised == (1,)
    kinds = {aside.kind for aside in document.asides}
    assert ("stamp" in kinds) is scan.stamp
    assert all(aside.text != scan.watermark for aside in document.asides)


def test_vertical_print_is_read_in_its_order(files: dict[str, bytes]) -> None:
    document = read_bytes(packed(pages_of(files["p75"], Scan(200, noise=20)), "PNG"), source="a")
    words = ["".join(c for c in text if c.isalnum()) for text in (TEXTS["p75"], document.text)]
    assert right(*words) >= 0.99
    assert "vertical_print" in {notice.code for notice in document.notices}


def test_offsets_lead_to_page_and_box(files: dict[str, bytes]) -> None:
    """The box of each line holds its print: what is cut out there reads the same."""
    (page,) = pages_of(files["p76"], Scan(200, tilt=0.5))
    document = read_bytes(packed([page], "PNG"), source="a.png")
    for place in document.places[2:4]:
        assert place.page == 1
        assert place.box is not None
        left, top, right_, bottom = place.box
        edges = (left * page.width, top * page.height, right_ * page.width, bottom * page.height)
        around = zip(edges, (-6, -14, 6, 14), strict=True)
        cut = page.crop(tuple(round(edge + by) for edge, by in around))
        line = Image.new("RGB", (page.width, 400), "white")
        line.paste(cut, (40, 150))
        again = read_bytes(packed([line], "PNG"), source="b.png")
        assert right(bare(document.text[place.start : place.end]), bare(again.text)) > 0.9


def test_a_scanned_table_is_a_table(files: dict[str, bytes]) -> None:
    content = packed(pages_of(files["table"], Scan(200, tilt=0.4)), "PNG")
    document = read_bytes(content, source="a.png")
    (found,) = document.tables
    cells = [bare(document.text[cell.start : cell.end]) for cell in found.cells]
    assert cells == [text for row in ROWS for text in row]


def test_a_scan_among_printed_pages_is_recognised(files: dict[str, bytes]) -> None:
    text = "县审计局要在10月底前完成专项审计，出具审计报告，报县政府常务会议审议。"
    whole = pypdfium2.PdfDocument.new()
    for part in (cid_pdf(wrapped(text)), packed(pages_of(files["p76"], Scan(200)), "PDF")):
        whole.import_pages(pypdfium2.PdfDocument(part))
    stream = io.BytesIO()
    whole.save(stream)
    seen: list[tuple[str, int, int]] = []
    with watched_by(lambda *told: seen.append(told)):
        document = read_bytes(stream.getvalue(), source="a.pdf")
    assert document.recognised == (2,)
    assert document.text.startswith(text)
    assert right(bare(text + TEXTS["p76"]), bare(document.text)) >= 0.99
    assert seen == [("a.pdf", 0, 1), ("a.pdf", 1, 1)]
    assert {notice.code for notice in document.notices} >= {"recognised_text"}


def test_a_page_kept_is_not_recognised_again(
    files: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(page_cache.VARIABLE, str(tmp_path))
    content = packed(pages_of(files["p76"], Scan(200)), "PNG")
    first = read_bytes(content, source="a.png")
    (kept,) = tmp_path.iterdir()
    assert json.loads(kept.read_text(encoding="utf-8"))["lines"]
    monkeypatch.setattr(recognition, "_engine", lambda: pytest.fail("recognised again"))
    assert read_bytes(content, source="a.png") == first


def test_an_ofd_of_pictures_is_recognised(files: dict[str, bytes]) -> None:
    picture = packed(pages_of(files["p76"], Scan(200)), "JPEG")
    document = read_bytes(ofd_of(picture), source="a.ofd", suffix=".ofd")
    assert document.recognised == (1,)
    assert right(bare(TEXTS["p76"]), bare(document.text)) >= 0.99


NAMES = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd_of(picture: bytes) -> bytes:
    """A file of one page that is a picture, as scanners' programs write it."""
    parts = {
        "OFD.xml": "<ofd:OFD {0} Version='1.0' DocType='OFD'><ofd:DocBody><ofd:DocInfo/>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": "<ofd:Document {0}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>"
        "0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:DocumentRes>DocumentRes.xml"
        "</ofd:DocumentRes></ofd:CommonData><ofd:Pages><ofd:Page ID='1' "
        "BaseLoc='Pages/1.xml'/></ofd:Pages></ofd:Document>",
        "Doc_0/DocumentRes.xml": "<ofd:Res {0} BaseLoc='Res'><ofd:MultiMedias><ofd:MultiMedia "
        "ID='7' Type='Image'><ofd:MediaFile>a.jpg</ofd:MediaFile></ofd:MultiMedia>"
        "</ofd:MultiMedias></ofd:Res>",
        "Doc_0/Pages/1.xml": "<ofd:Page {0}><ofd:Content><ofd:Layer ID='9'><ofd:ImageObject "
        "ID='10' ResourceID='7' Boundary='0 0 210 297'/></ofd:Layer></ofd:Content></ofd:Page>",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.format(NAMES))
        archive.writestr("Doc_0/Res/a.jpg", picture)
    return stream.getvalue()


def test_without_the_extra_the_message_names_it(
    files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = pages_of(files["p76"], Scan(72))
    for module in (images, page_texts):
        monkeypatch.setattr(module, "is_available", lambda: False)
    for form in ("PNG", "PDF"):
        with pytest.raises(ReadError, match="pip install 'speechmine") as caught:
            read_bytes(packed(pages, form, 72), source=f"a.{form}")
        assert "扫描件" in caught.value.reason


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a damaged picture"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "a damaged picture"),
        (b"II*\x00" + bytes(100), "a damaged picture"),
        (packed([Image.new("RGB", (200, 200), "white")], "PNG"), "holds no text"),
    ],
)
def test_damaged_and_blank_pictures_are_named(content: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read_bytes(content, source="a.png")
