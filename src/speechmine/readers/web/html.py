"""Web pages as the sites of governments make them: the article, without what stands around it.

Nothing is loaded and nothing runs: a page is only parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from speechmine.errors import ReadError
from speechmine.limits import LIMITS
from speechmine.model import Document, Notice
from speechmine.readers.common.building import DocumentBuilder
from speechmine.readers.common.decoding import decode, decode_as, notices_on
from speechmine.readers.common.grids import GridCell
from speechmine.readers.common.metadata import is_day
from speechmine.readers.common.packages import check_markup
from speechmine.readers.web.html_blocks import is_dropped, markup_blocks, text_of
from speechmine.rules.schema import RuleSet
from speechmine.segment.pasted import is_web_line, left_out_lines

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
# Prose is told by what closes a sentence: menus, lists of news and addresses have none of it.
_PROSE = re.compile(r"[。！？；]")
# What holds most of the prose of a page holds the article.
_ARTICLE_SHARE = 0.85
# An element with fewer lines of its own is a paragraph, with more an article of line breaks.
_LEAST_LINES = 3
_SHOWN = 40


def read_html(
    data: bytes,
    *,
    id: str,  # noqa: A002
    source: str | None,
    rules: RuleSet,
) -> Document:
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
    return _article_document(root, id, source, rules, decoded_notices=notices_on(decoded))


def _article_document(
    root: HtmlElement, id_: str, source: str | None, rules: RuleSet, *, decoded_notices: Any
) -> Document:
    builder = DocumentBuilder()
    aside: list[str] = []
    article = _article(root)
    for number, block in enumerate(markup_blocks(article), start=1):
        if isinstance(block.content, list):
            builder.add_table(_table_grid(block.content), paragraph=number)
        else:
            kept = [] if block.caption else _own_lines(block.content, rules)
            aside += [line for line in block.content.split("\n") if line not in kept]
            builder.add("\n".join(kept), depth=block.depth, paragraph=number)
    for notice in (*left_out_lines(aside), *_outside(root, article, rules)):
        builder.note(notice.code, notice.message)
    for notice in decoded_notices:
        builder.note(notice.code, notice.message)
    date = _published(root)
    if date is not None and _DAY.search(builder.start) is None:
        message = f"taken for the day of the speech: the day of publication, {date}"
        builder.note("date_of_publication", message)
    else:
        date = None
    return builder.document(id_, source, title=_page_title(root), date=date)


def _article(root: HtmlElement) -> HtmlElement:
    """The element that holds the article."""
    for name in _ARTICLES:
        for element in root.xpath(f"//*[@id='{name}' or {_has_class(name)}]"):
            if len(_HAN.findall(element.text_content())) >= _ENOUGH:
                return element
    return _densest(root)


def _has_class(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def _own_lines(text: str, rules: RuleSet) -> list[str]:
    """The lines of a block that are not the page's own."""
    return [line for line in text.split("\n") if not is_web_line(line, rules)]


def _densest(root: HtmlElement) -> HtmlElement:
    """The smallest element that holds nearly all of the prose of the page."""
    body = root.find("body")
    best = root if body is None else body
    prose = _weights(best)
    total = prose.get(best, 0)
    while total >= _ENOUGH:
        inside = [child for child in best if prose.get(child, 0) >= _ARTICLE_SHARE * total]
        if not inside or _is_paragraph(inside[0]):
            break
        best = inside[0]
    return best


def _is_paragraph(element: HtmlElement) -> bool:
    """Whether it says its sentences itself, in few lines: what stands beside it belongs to it."""
    lines = len(element.findall("br")) + 1
    return _PROSE.search(_own_words(element)) is not None and lines < _LEAST_LINES


def _weights(whole: HtmlElement) -> dict[HtmlElement, int]:
    """How many characters of sentences each element holds."""
    found: dict[HtmlElement, int] = {}
    for element in _telling(whole):
        weight = len(_HAN.findall(_own_words(element)))
        for above in _up_to(element, whole):
            found[above] = found.get(above, 0) + weight
    return found


def _telling(whole: HtmlElement) -> Iterator[HtmlElement]:
    """Elements that say a sentence themselves and show it; links do not count."""
    for element in whole.iter():
        if not isinstance(element.tag, str) or element.tag == "a":
            continue
        if _PROSE.search(_own_words(element)) and not any(map(is_dropped, _up_to(element, whole))):
            yield element


def _own_words(element: HtmlElement) -> str:
    return (element.text or "") + "".join(child.tail or "" for child in element)


def _outside(root: HtmlElement, article: HtmlElement, rules: RuleSet) -> Iterator[Notice]:
    """Sentences of the page that stand beside its article are told of, not read."""
    body = root.find("body")
    whole = root if body is None else body
    beside = (e for e in _telling(whole) if not any(x is article for x in _up_to(e, whole)))
    said = [
        line for e in beside for line in _own_lines(" ".join(_own_words(e).split()), rules) if line
    ]
    if said:
        count = sum(len(line) for line in said)
        message = f"text beside the article is not read ({count} characters): {said[0][:_SHOWN]}"
        yield Notice("beside_article", message)


def _up_to(element: HtmlElement, whole: HtmlElement) -> Iterator[HtmlElement]:
    yield element
    for above in element.iterancestors() if element is not whole else ():
        yield above
        if above is whole:
            return


def _table_grid(rows: list[list[tuple[str, int, int]]]) -> list[GridCell]:
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


def _page_title(root: HtmlElement) -> str | None:
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
