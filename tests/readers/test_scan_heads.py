"""Official papers as photographed: the red head apart, the picture upright as its camera says."""

from __future__ import annotations

import io

import pytest

pytest.importorskip("rapidocr")
pytest.importorskip("onnxruntime")
pytest.importorskip("reportlab")

from PIL import Image, ImageDraw, ImageFont

import speechmine
from page_files import FONTS, needs_fonts
from speechmine.readers import read_bytes
from speechmine.readers.paged.images import open_picture, upright_page

HEAD, NUMBER, TITLE = "砚湖县人民政府文件", "砚政发〔2024〕12号", "关于做好防汛工作的通知"
BODY = (
    "县水利局要在6月底前完成12座水库除险加固，",
    "并组织验收。县财政局负责在7月底前拨付资金",
    "120万元，专款专用。",
)
#: How each value of the tag turns a picture so that a viewer must turn it back.
TURNED = {
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,),
    6: (Image.Transpose.ROTATE_90,),
    7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_270,),
}
ORIENTATION = 0x0112


def photographed(page: Image.Image, orientation: int, form: str = "JPEG") -> bytes:
    """A picture as a camera that was held otherwise stores it."""
    for turn in TURNED[orientation]:
        page = page.transpose(turn)
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    stream = io.BytesIO()
    page.save(stream, form, exif=exif)
    return stream.getvalue()


@pytest.mark.parametrize("orientation", TURNED)
def test_a_photograph_is_turned_as_its_camera_says(orientation: int) -> None:
    page = Image.new("RGB", (60, 40), "white")
    page.paste((0, 0, 0), (0, 0, 20, 10))
    with open_picture(photographed(page, orientation, "PNG"), "a.png") as picture:
        assert upright_page(picture, 0).tobytes() == page.tobytes()


def paper() -> Image.Image:
    """A page at 150 dots an inch: a red head over a red line, a number, a title, a text."""
    page = Image.new("RGB", (1240, 1754), "white")
    draw = ImageDraw.Draw(page)

    def put(text: str, y: int, size: int, ink: tuple[int, int, int], x: int | None = None) -> None:
        font = ImageFont.truetype(str(FONTS / "NotoSerifCJK-Bold.ttc"), size, index=2)
        left = (page.width - size * len(text)) // 2 if x is None else x
        draw.text((left, y), text, ink, font=font)

    put(HEAD, 180, 90, (214, 24, 24))
    put(NUMBER, 400, 34, (0, 0, 0))
    draw.line((150, 470, 1090, 470), (214, 24, 24), 6)
    put(TITLE, 560, 46, (0, 0, 0))
    for at, line in enumerate(BODY):
        put(line, 680 + 60 * at, 34, (0, 0, 0), 200 + (68 if at == 0 else 0))
    return page


@needs_fonts
@pytest.mark.slow
def test_a_red_head_stands_apart_of_a_photograph_on_its_side() -> None:
    document = read_bytes(photographed(paper(), 6), source="a.jpg")
    assert [(aside.kind, aside.text) for aside in document.asides] == [("header", HEAD)]
    assert document.text.splitlines() == [NUMBER, TITLE, "".join(BODY)]
    tasks = speechmine.extract(document, date="2024-05-10").tasks
    assert [(t.parties[0].text, t.deadline.edtf) for t in tasks if t.deadline.edtf] == [
        ("县水利局", "../2024-06-30"),
        ("县财政局", "../2024-07-31"),
    ]
