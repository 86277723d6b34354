"""Web pages as the sites of governments make them: the article, without what stands around it.

Nothing is loaded and nothing runs: a page is only parsed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from speechmine.errors import ReadError
from speechmine.limits import LIMITS
from speechmine.model import Document
from speechmine.readers.building import DocumentBuilder
from speechmine.readers.decoding import decode, decode_as, notices_on
from speechmine.readers.grids import GridCell
from speechmine.readers.html_blocks import blocks_of, is_dropped, text_of
from speechmine.readers.metadata import is_day
from speechmine.readers.packages import check_markup

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["read_html"]

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{1,20})", re.IGNORECASE)
_HEAD = 4096
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
# Where the article stands, in the order of trust: what publishing systems of governments call it.
_ARTICLES = (
    "UCAP-CONTENT",
    "pages_content",
    "trs_editor_view",
    "TRS_Editor",
    "ivs_content",
    "zoom",
    "js_content",
    "article-content",
    "article_content",
    "article-con",
    "con_text",
    "news_content",
)
_ENOUGH = 60
_TITLES = ("ArticleTitle", "og:title")
_DATES = ("PubDate", "publishdate", "article:published_time")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_PUBLISHED = re.compile(r"(?:发布|发文|成文|更新)?(?:时间|日期)\s*[:：]\s*" + _DAY.pattern)
_HAN = re.compile(r"[\u4e00-\u9fff]")
# Lines within the article that belong to the page.
_FURNITURE = re.compile(
    r"(?:上一[篇条]|下一[篇条]|相关(?:链接|阅读|文章|附件)|分享到?|打印(?:本页)?|关闭(?:窗口|本页)?"
    r"|扫一扫|责任编辑|字[号体]|【(?:打印|关闭|字体|返回)).{0,60}"
)
_SHORT = 80


def read_html(data: bytes, *, id: str, source: str | None) -> Document:  # noqa: A002
    """Read a web page.

    The day of publication stands for the day of the speech only where the article tells none; a
    notice says so.

    Raises:
        ReadError: damaged, of an unknown encoding, or without text.
    """
    from lxml import etree, html

    name = source or id
    stated = _CHARSET.search(data[:_HEAD])
    decoded = decode_as(data, stated[1].decode(), name) if stated else decode(data, name)
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
    check_markup([data])
    try:
        root = html.document_fromstring(_DECLARATION.sub("", decoded.text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(name, f"a damaged web page ({error})", "save it again") from error
    return _document(root, id, source, decoded_notices=notices_on(decoded))


def _document(root: HtmlElement, id_: str, source: str | None, decoded_notices: Any) -> Document:
    builder = DocumentBuilder()
    for number, block in enumerate(blocks_of(_article(root)), start=1):
        if isinstance(block.content, list):
            builder.add_table(_grid(block.content), paragraph=number)
        elif not (len(block.content) < _SHORT and _FURNITURE.fullmatch(block.content)):
            builder.add(block.content, depth=block.depth, paragraph=number)
    for notice in decoded_notices:
        builder.note(notice.code, notice.message)
    date = _published(root)
    if date is not None and _DAY.search(builder.start) is None:
        message = f"taken for the day of the speech: the day of publication, {date}"
        builder.note("date_of_publication", message)
    else:
        date = None
    return builder.document(id_, source, title=_title(root), date=date)


def _article(root: HtmlElement) -> HtmlElement:
    """The element that holds the article."""
    for name in _ARTICLES:
        for element in root.xpath(f"//*[@id='{name}' or {_has_class(name)}]"):
            if len(_HAN.findall(element.text_content())) >= _ENOUGH:
                return element
    return _densest(root)


def _has_class(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def _densest(root: HtmlElement) -> HtmlElement:
    """The element with most text right in its paragraphs, links not counted."""
    body = root.find("body")
    whole = root if body is None else body
    weights: dict[HtmlElement, int] = {}
    for paragraph in whole.iter("p", "br"):
        home = paragraph.getparent()
        if home is None or any(map(is_dropped, paragraph.iterancestors())):
            continue
        text = text_of(paragraph) if paragraph.tag == "p" else (paragraph.tail or "")
        links = sum(len(text_of(link)) for link in paragraph.iter("a"))
        weights[home] = weights.get(home, 0) + len(text.strip()) - links
    best = max(weights, key=lambda element: weights[element], default=whole)
    total = sum(weights.values())
    # An article in several parts: what holds most of all paragraphs.
    while best is not whole and 0 < weights.get(best, 0) < total * 0.6:
        parent = best.getparent()
        if parent is None:
            return whole
        inside = sum(weight for element, weight in weights.items() if _is_within(element, parent))
        best, weights[parent] = parent, inside
    return best if weights.get(best, 0) >= _ENOUGH else whole


def _is_within(element: HtmlElement, ancestor: HtmlElement) -> bool:
    return element is ancestor or any(parent is ancestor for parent in element.iterancestors())


def _grid(rows: list[list[tuple[str, int, int]]]) -> list[GridCell]:
    """Cells with their places; those that a cell above goes through are passed over."""
    taken: set[tuple[int, int]] = set()
    cells: list[GridCell] = []
    places = 0
    for row, found in enumerate(rows):
        column = 0
        for text, stated, width in found:
            height = min(stated, len(rows) - row)  # none goes on below the table
            places += height * width
            LIMITS["CELLS"].check(places)
            while (row, column) in taken:
                column += 1
            taken |= {(row + y, column + x) for y in range(height) for x in range(width)}
            cells.append(GridCell(row, column, text, height, width))
            column += width
    return cells


def _title(root: HtmlElement) -> str | None:
    heads = root.xpath("//h1")
    found = [_meta(root, name) for name in _TITLES[:1]]
    found += [text_of(heads[0]) if len(heads) == 1 else None]
    found += [_meta(root, name) for name in _TITLES[1:]]
    return next((" ".join(title.split()) for title in found if title and title.strip()), None)


def _meta(root: HtmlElement, name: str) -> str | None:
    lower = "abcdefghijklmnopqrstuvwxyz"
    folded = f"translate(@{{}}, '{lower.upper()}', '{lower}') = '{name.lower()}'"
    found = root.xpath(f"//meta[{folded.format('name')} or {folded.format('property')}]/@content")
    return str(found[0]) if found else None


def _published(root: HtmlElement) -> str | None:
    stated = (_meta(root, name) for name in _DATES)
    day = next((match for text in stated if text and (match := _DAY.search(text))), None)
    if day is None:
        day = _PUBLISHED.search(root.text_content()[:20_000])
    if day is None:
        return None
    written = f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
    return written if is_day(written) else None
