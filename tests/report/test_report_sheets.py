"""The page of a recognised text shows what was scanned beside it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import speechmine
from speechmine.model import Document, Doubt, Place
from speechmine.readers.page_images import PagePicture, page_pictures
from speechmine.report import report_page

TEXT = "县水利局要在9月底前完成清淤。\n县财政局要在6月底前拨付资金。"
LINES = [(0, 9), (9, 15), (16, 31)]
DOCUMENT = Document(
    TEXT,
    date="2024-03-01",
    recognised=(1, 2),
    doubts=(Doubt(17, 18, 0.5),),
    places=tuple(
        Place(start, end, page=page, box=(0.1, 0.1 * n, 0.9, 0.1 * n + 0.05))
        for n, ((start, end), page) in enumerate(zip(LINES, (1, 1, 2), strict=True), start=1)
    ),
)
PICTURES = [PagePicture(number, 100, 200, b"jpeg") for number in (1, 2)]


def test_each_page_stands_beside_its_lines() -> None:
    page = report_page(speechmine.extract(DOCUMENT), pictures=PICTURES)
    assert page.count('<section class="sheet"') == 2
    assert page.count("data:image/jpeg;base64,anBlZw==") == 2
    boxes = [part for part in page.split("<rect ") if part.startswith('class="box')]
    assert ['data-line="0"' in box for box in boxes] == [True, True, False]
    assert ['class="box doubt"' in box for box in boxes] == [False, False, True]
    assert 'x="10"' in boxes[0]
    assert 'class="doubtful party task"' in page


def test_without_pictures_the_text_stands_alone() -> None:
    page = report_page(speechmine.extract(DOCUMENT))
    assert "data:image" not in page
    assert "data-line=" not in page.split("<script")[0]
    assert "县财政局" in page


def test_a_text_that_was_not_recognised_has_no_pictures() -> None:
    assert page_pictures(Document(TEXT, source=__file__)) == ()
    assert page_pictures(DOCUMENT) == ()


def test_the_pages_of_a_picture_file_are_shown(tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image")
    stream = io.BytesIO()
    image.new("RGB", (400, 600), "white").save(stream, "PNG")
    file = tmp_path / "a.png"
    file.write_bytes(stream.getvalue())
    (shown,) = page_pictures(Document(TEXT, source=str(file), recognised=(1,)))
    assert (shown.number, shown.width, shown.height) == (1, 400, 600)
    assert shown.jpeg.startswith(b"\xff\xd8")
