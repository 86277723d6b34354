"""Paged files by real producers: LibreOffice and reportlab print them, PIL scans them."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
FONTS = Path("/usr/share/fonts/opentype/noto")
needs_fonts = pytest.mark.skipif(not FONTS.exists(), reason="Noto CJK fonts are not installed")
_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    )
)
_STYLES = """
<style:style style:name="Base" style:family="paragraph">
 <style:paragraph-properties fo:line-height="150%" fo:text-align="justify"
  style:punctuation-wrap="simple" style:line-break="strict"/>
 <style:text-properties style:font-name-asian="FONT" style:font-name="FONT" fo:font-size="14pt"
  style:font-size-asian="14pt" fo:language-asian="zh" fo:country-asian="CN"/></style:style>
<style:style style:name="Body" style:family="paragraph" style:parent-style-name="Base">
 <style:paragraph-properties fo:text-indent="28pt"/></style:style>
<style:style style:name="Head" style:family="paragraph" style:parent-style-name="Base">
 <style:paragraph-properties fo:text-align="center"/>
 <style:text-properties fo:font-size="22pt" style:font-size-asian="22pt"/></style:style>
<style:style style:name="Mid" style:family="paragraph" style:parent-style-name="Base">
 <style:paragraph-properties fo:text-align="center"/></style:style>
<style:style style:name="Cell" style:family="paragraph" style:parent-style-name="Base">
 <style:paragraph-properties fo:line-height="110%" fo:text-align="start"/>
 <style:text-properties fo:font-size="12pt" style:font-size-asian="12pt"/></style:style>
<style:style style:name="Foot" style:family="paragraph" style:parent-style-name="Base">
 <style:text-properties fo:font-size="10pt" style:font-size-asian="10pt"/></style:style>
"""
_AUTOMATIC = """
<style:style style:name="Two" style:family="section"><style:section-properties>
 <style:columns fo:column-count="2" fo:column-gap="1cm"/></style:section-properties></style:style>
<style:style style:name="Lined" style:family="table-cell">
 <style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="1mm"/></style:style>
<style:style style:name="Box" style:family="graphic"><style:graphic-properties
 style:wrap="parallel" style:horizontal-pos="right" style:horizontal-rel="paragraph"
 style:vertical-pos="top" style:vertical-rel="paragraph" fo:border="0.5pt solid #000000"
 fo:padding="2mm" fo:margin-left="4mm"/></style:style>
<style:page-layout style:name="Sheet"><style:page-layout-properties fo:page-width="21cm"
 fo:page-height="29.7cm" fo:margin-top="2.2cm" fo:margin-bottom="2cm" fo:margin-left="2.6cm"
 fo:margin-right="2.6cm" style:writing-mode="MODE"/>
 <style:header-style><style:header-footer-properties fo:min-height="8mm"/></style:header-style>
 <style:footer-style><style:header-footer-properties fo:min-height="8mm"/></style:footer-style>
</style:page-layout>
"""


def body(text: str) -> str:
    """A paragraph with its first line indented."""
    return f'<text:p text:style-name="Body">{escape(text)}</text:p>'


def head(text: str) -> str:
    return f'<text:p text:style-name="Head">{escape(text)}</text:p>'


def middle(text: str) -> str:
    return f'<text:p text:style-name="Mid">{escape(text)}</text:p>'


def columns(*parts: str) -> str:
    """Paragraphs in two columns of equal length."""
    return f'<text:section text:style-name="Two" text:name="S">{"".join(parts)}</text:section>'


def noted(before: str, note: str, after: str) -> str:
    """A paragraph with a note at the foot of its page."""
    inside = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        f'<text:note-body><text:p text:style-name="Foot">{note}</text:p></text:note-body>'
        "</text:note>"
    )
    return f'<text:p text:style-name="Body">{before}{inside}{after}</text:p>'


def boxed(box: str, text: str) -> str:
    """A paragraph that runs around a frame with words of its own."""
    frame = (
        '<draw:frame draw:style-name="Box" text:anchor-type="paragraph" svg:width="5.5cm">'
        f'<draw:text-box fo:min-height="2cm"><text:p text:style-name="Cell">{box}</text:p>'
        "</draw:text-box></draw:frame>"
    )
    return f'<text:p text:style-name="Body">{frame}{text}</text:p>'


def table(rows: Sequence[Sequence[str]], *, heads: int = 1) -> str:
    """A table with its lines drawn, whose head is printed again on each page."""
    drawn = ["<table:table-row>" + "".join(map(_cell, row)) + "</table:table-row>" for row in rows]
    wide = f'<table:table-column table:number-columns-repeated="{len(rows[0])}"/>'
    top = f"<table:table-header-rows>{''.join(drawn[:heads])}</table:table-header-rows>"
    return f"<table:table>{wide}{top}{''.join(drawn[heads:])}</table:table>"


def _cell(text: str) -> str:
    inside = f'<text:p text:style-name="Cell">{escape(text)}</text:p>'
    return f'<table:table-cell table:style-name="Lined">{inside}</table:table-cell>'


def office_file(
    *parts: str, font: str = "Noto Serif CJK SC", mode: str = "lr-tb", running: str = ""
) -> bytes:
    """A document for LibreOffice, with page numbers, and a running head where one is given."""
    top = f'<style:header><text:p text:style-name="Foot">{running}</text:p></style:header>'
    number = '<text:p text:style-name="Mid">— <text:page-number/> —</text:p>'
    foot = f"<style:footer>{number}</style:footer>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMES} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        f'<office:font-face-decls><style:font-face style:name="{font}" svg:font-family="{font}"/>'
        f"</office:font-face-decls><office:styles>{_STYLES.replace('FONT', font)}</office:styles>"
        f"<office:automatic-styles>{_AUTOMATIC.replace('MODE', mode)}</office:automatic-styles>"
        '<office:master-styles><style:master-page style:name="Standard" '
        f'style:page-layout-name="Sheet">{top if running else ""}{foot}</style:master-page>'
        f"</office:master-styles><office:body><office:text>{''.join(parts)}</office:text>"
        "</office:body></office:document>"
    ).encode()


def printed(files: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """Documents as LibreOffice prints them to PDF, all in one call."""
    for name, content in files.items():
        (folder / f"{name}.fodt").write_bytes(content)
    command = [str(OFFICE), "--headless", f"-env:UserInstallation={(folder / 'p').as_uri()}"]
    command += ["--convert-to", "pdf", "--outdir", str(folder)]
    listed = [str(folder / f"{name}.fodt") for name in files]
    subprocess.run([*command, *listed], check=True, capture_output=True, timeout=1200)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in files}


@dataclass(frozen=True, slots=True)
class Scan:
    """How a page was scanned: dots an inch, degrees of tilt, noise, blur, a stamp, turned."""

    dpi: int = 200
    tilt: float = 0.0
    noise: int = 0
    blur: float = 0.0
    stamp: bool = False
    watermark: str = ""
    turned: int = 0

    def __str__(self) -> str:
        facts = (f"{self.dpi}dpi", self.tilt, self.noise, self.blur, self.stamp, self.turned)
        return "-".join(map(str, facts))


def pages_of(pdf: bytes, scan: Scan, *, most: int = 99) -> list[Image.Image]:
    """The pages of a PDF file as a scanner gives them."""
    document = pypdfium2.PdfDocument(pdf)
    found = [
        _scanned(document[at].render(scale=scan.dpi / 72).to_pil().convert("RGB"), scan)
        for at in range(min(most, len(document)))
    ]
    document.close()
    return found


def _scanned(page: Image.Image, scan: Scan) -> Image.Image:
    if scan.watermark:
        page = _with_watermark(page, scan)
    if scan.stamp:
        page = _with_stamp(page, scan.dpi)
    if scan.tilt:
        page = page.rotate(scan.tilt, Image.Resampling.BICUBIC, fillcolor="white")
    if scan.blur:
        page = page.filter(ImageFilter.GaussianBlur(scan.blur))
    if scan.noise:
        grain = Image.effect_noise(page.size, scan.noise).convert("RGB")
        page = Image.blend(page, grain, 0.25)
    return page.rotate(scan.turned, expand=True) if scan.turned else page


def _with_watermark(page: Image.Image, scan: Scan) -> Image.Image:
    """Pale words across the page, slanted."""
    font = ImageFont.truetype(str(FONTS / "NotoSansCJK-Regular.ttc"), scan.dpi // 2, index=2)
    layer = Image.new("L", page.size, 0)
    draw = ImageDraw.Draw(layer)
    for row in range(3):
        draw.text((page.width // 6, page.height * (row + 1) // 4), scan.watermark, 255, font=font)
    pale, white = (Image.new("RGB", page.size, colour) for colour in ((205, 205, 205), "white"))
    return ImageChops.darker(page, Image.composite(pale, white, layer.rotate(30)))


def _with_stamp(page: Image.Image, dpi: int) -> Image.Image:
    """A round red stamp over the lower right of the text."""
    size = dpi * 42 * 10 // 254
    stamp = Image.new("RGB", (size, size), "white")
    draw = ImageDraw.Draw(stamp)
    red = (220, 30, 30)
    draw.ellipse((6, 6, size - 6, size - 6), outline=red, width=dpi // 30)
    font = ImageFont.truetype(str(FONTS / "NotoSerifCJK-Bold.ttc"), size // 8, index=2)
    draw.text((size // 5, size * 2 // 5), "沙汀镇人民政府", red, font=font)
    over = Image.new("RGB", page.size, "white")
    over.paste(stamp, (page.width // 2, page.height // 2 - size // 2))
    return ImageChops.multiply(page, over)


def packed(pages: Iterable[Image.Image], form: str, dpi: int = 200) -> bytes:
    """Pages as a file of a kind: PDF and TIFF hold all of them, PNG and JPEG the first."""
    listed = list(pages)
    stream = io.BytesIO()
    more = {"save_all": True, "append_images": listed[1:]} if form in ("PDF", "TIFF") else {}
    quality = {"quality": 85} if form in ("PDF", "JPEG") else {}
    size = {"resolution": dpi} if form == "PDF" else {"dpi": (dpi, dpi)}
    listed[0].save(stream, form, **more, **quality, **size)
    return stream.getvalue()


def cid_pdf(
    lines: Sequence[str],
    *,
    marks: Sequence[tuple[str, float, float, float, float, float]] = (),
    turned: bool = False,
    each: int = 24,
) -> bytes:
    """Lines set by reportlab, under watermarks: text, x, y, size, degrees, lightness."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(842, 595) if turned else (595, 842))
    for start in range(0, len(lines), each):
        for text, x, y, size, degrees, light in marks:
            canvas.saveState()
            canvas.setFillGray(light)
            canvas.setFont("STSong-Light", size)
            canvas.translate(x, y)
            canvas.rotate(degrees)
            canvas.drawString(0, 0, text)
            canvas.restoreState()
        if turned:
            canvas.translate(842, 0)
            canvas.rotate(90)
        canvas.setFont("STSong-Light", 14)
        for number, line in enumerate(lines[start : start + each]):
            canvas.drawString(90, 760 - number * 25, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def layered_pdf(lines: Sequence[str]) -> bytes:
    """A page that is a picture, with lines unseen under it as a scanner's program puts them."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    canvas.drawImage(ImageReader(Image.new("RGB", (600, 850), "white")), 0, 0, 595, 842)
    text = canvas.beginText(90, 760)
    text.setFont("STSong-Light", 14)
    text.setTextRenderMode(3)
    text.setLeading(25)
    text.textLines("\n".join(lines), trim=0)
    canvas.drawText(text)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def wrapped(text: str, width: int = 28) -> list[str]:
    """Paragraphs in lines as wide as so many characters, the first one indented."""
    found = []
    for paragraph in filter(None, text.splitlines()):
        found.append("\u3000\u3000")
        for character in paragraph:
            if _em(found[-1]) + _em(character) > width:
                found.append("")
            found[-1] += character
    return found


def _em(text: str) -> float:
    return sum(0.5 if c.isascii() else 1 for c in text)


def without_maps(pdf: bytes, *, wrong: bool) -> bytes:
    """A PDF file whose fonts do not tell their characters, or tell wrong ones (ToUnicode)."""
    if not wrong:
        return pdf.replace(b"/ToUnicode", b"/ToUnicodX")
    return re.sub(rb"stream\r?\n(.*?)\r?\nendstream", _muddled, pdf, flags=re.DOTALL)


def _muddled(stream: re.Match[bytes]) -> bytes:
    try:
        content = zlib.decompress(stream[1])
    except zlib.error:
        return stream[0]
    if b"beginbfchar" not in content:
        return stream[0]
    muddled = re.sub(rb"(<[0-9A-F]{2,4}>) <([0-9A-F]{4})>", _other, content)
    return b"stream\n" + zlib.compress(muddled) + b"\nendstream"


def _other(pair: re.Match[bytes]) -> bytes:
    return pair[1] + b" <%04X>" % (int(pair[2], 16) * 7919 % 20000 + 0x4E00)
