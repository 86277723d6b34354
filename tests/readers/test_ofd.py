from __future__ import annotations

import io
import zipfile

import pytest

import speechmine
from speechmine.errors import ReadError
from speechmine.model import Document
from speechmine.readers import read_bytes

NAMES = 'xmlns:ofd="http://www.ofdspec.org/2016"'
LINES = [
    (70, 30, 6.0, "在防汛会上的讲话"),
    (43, 60, 5.0, "区水利局牵头，各镇街配合，在6月底前完成水库"),
    (33, 68, 5.0, "除险加固，备足编织袋3万条以上。"),
    (100, 285, 4.0, "— 1 —"),
]


def ofd_of(*pages: list[tuple[float, float, float, str]], content: str | None = None) -> bytes:
    """A file of pages with lines: x, y, size in millimetres, text."""
    packed = io.BytesIO()
    listed = "".join(
        f'<ofd:Page ID="{n}" BaseLoc="Pages/{n}.xml"/>' for n in range(1, len(pages) + 1)
    )
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "OFD.xml",
            f"<ofd:OFD {NAMES} Version='1.0' DocType='OFD'><ofd:DocBody><ofd:DocInfo/>"
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        )
        archive.writestr(
            "Doc_0/Document.xml",
            f"<ofd:Document {NAMES}><ofd:CommonData><ofd:PageArea>"
            "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
            f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        )
        for number, lines in enumerate(pages, start=1):
            page = page_of(lines) if content is None else content
            archive.writestr(f"Doc_0/Pages/{number}.xml", page)
    return packed.getvalue()


def page_of(lines: list[tuple[float, float, float, str]]) -> str:
    objects = "".join(
        f'<ofd:TextObject ID="{n}" Boundary="{x} {y - size} 180 {size * 1.4}" Font="1" '
        f'Size="{size}"><ofd:TextCode X="0" Y="{size}" DeltaX="g {len(text) - 1} {size}">{text}'
        "</ofd:TextCode></ofd:TextObject>"
        for n, (x, y, size, text) in enumerate(lines, start=10)
    )
    return (
        f'<ofd:Page {NAMES}><ofd:Content><ofd:Layer ID="9">{objects}</ofd:Layer></ofd:Content>'
        "</ofd:Page>"
    )


def read(content: bytes) -> Document:
    return read_bytes(content, id="a", source="a.ofd", suffix=".ofd")


def test_lines_become_paragraphs_and_page_numbers_stand_apart() -> None:
    document = read(ofd_of(LINES))
    assert document.text.splitlines() == [
        "在防汛会上的讲话",
        "区水利局牵头，各镇街配合，在6月底前完成水库除险加固，备足编织袋3万条以上。",
    ]
    assert [(aside.kind, aside.text) for aside in document.asides] == [("footer", "—1—")]
    (task, *_) = speechmine.extract(document).tasks
    assert [party.text for party in task.parties] == ["区水利局", "各镇街"]


def test_places_lead_to_pages() -> None:
    document = read(ofd_of(LINES, [(43, 60, 5.0, "区教育局负责新建学校。")]))
    assert [place.page for place in document.places] == [1, 1, 1, 2]


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + page_of(LINES)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (ofd_of([]), "pages hold no text"),
        (ofd_of([(30, 60, 5.0, "\ue000\ue001\ue002\ue003")]), "do not tell which characters"),
        (ofd_of(LINES, content=BOMB), "a damaged OFD file"),
        (ofd_of(LINES, content="<ofd:Page"), "a damaged OFD file"),
        (ofd_of(LINES, content=""), "a damaged OFD file .*1.xml: it holds nothing"),
        (ofd_of(LINES, content=" <!-- -->\n"), "a damaged OFD file"),
        (ofd_of(LINES)[:300], "damaged"),
    ],
)
def test_broken_and_hostile_files_are_refused(content: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read(content)


@pytest.mark.parametrize("content", ["", " ", "<!-- -->"])
def test_an_empty_list_of_pictures_is_one_without_pictures(content: str) -> None:
    packed = io.BytesIO(ofd_of(LINES))
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("Doc_0/DocumentRes.xml", content)
    assert read(packed.getvalue()).text == read(ofd_of(LINES)).text
