"""Elements of a web page as blocks of text: paragraphs, headings, items of lists, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from speechmine.limits import tick
from speechmine.readers.common.figures import figure
from speechmine.readers.common.number_formats import format_number

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["MarkupBlock", "is_dropped", "markup_blocks", "text_of"]

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "footer",
        "form",
        "button",
        "iframe",
        "select",
        "object",
        "embed",
        "svg",
        "canvas",
        "audio",
        "video",
        "head",
        "input",
        "textarea",
        "map",
    ]
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Names of what stands around an article, as whole words of ids and classes.
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:breadcrumb|crumbs?|nav|menu|share|bdsharebuttonbox|copyright|footer|sidebar"
    r"|related|recommend|qrcode|ewm|prevnext|pagination)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—]")
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
# Kinds of numbers by the type of a list and by its style, and the mark behind them.
_NUMBERS = {
    "1": ("decimal", "."),
    "a": ("lowerLetter", "."),
    "A": ("upperLetter", "."),
    "i": ("lowerRoman", "."),
    "I": ("upperRoman", "."),
    "cjk-ideographic": ("chineseCounting", "、"),
    "simp-chinese-informal": ("chineseCounting", "、"),
    "trad-chinese-informal": ("chineseCounting", "、"),
    "cjk-decimal": ("chineseCounting", "、"),
}
_UNNUMBERED = ("none", "disc", "circle", "square")
_MOST_SPAN = 1000
_MOST_COUNT = 99_999


@dataclass(frozen=True, slots=True)
class MarkupBlock:
    """A stretch of text that stands by itself.

    Attributes:
        content: its text, with line ends where the page breaks lines; of a table rows of cells
            with text, height and width. depth: of a heading. caption: whether it stands under
            a picture.
    """

    content: str | list[list[tuple[str, int, int]]]
    depth: int | None = None
    caption: bool = False


def markup_blocks(root: HtmlElement) -> Iterator[MarkupBlock]:
    """The blocks below an element, in order."""
    pieces: list[str] = []
    label = ""
    # Elements to go into and texts to add, the next one last; of a closing block only its name.
    waiting: list[HtmlElement | str | None] = [root]
    depth, caption = None, False
    numbers: _ListNumbers = {}
    while waiting:
        item = waiting.pop()
        if isinstance(item, _Label):
            label = item
        elif isinstance(item, str):
            pieces.append(item)
        elif item is not None and is_dropped(item) and item is not root:
            _push_tail(waiting, item, root)
        elif item is None or item.tag in _BLOCKS:
            tick()
            text = _collapsed("".join(pieces))
            pieces.clear()
            if text:
                yield MarkupBlock(label + text, depth, caption)
                label = ""
            depth = None if item is None else _depth(item)
            caption = item is not None and item.tag == "figcaption"
            if item is not None and item.tag == "table" and _is_data(item):
                yield MarkupBlock(_cell_rows(item))
                _push_tail(waiting, item, root)
            elif item is not None:
                _push(waiting, item, root, numbers)
        else:
            _push(waiting, item, root, numbers)
    text = _collapsed("".join(pieces))
    if text:
        yield MarkupBlock(label + text, depth, caption)


#: Of each list of numbers its items with theirs: counted once, not anew for each item.
_ListNumbers: TypeAlias = "dict[HtmlElement, dict[HtmlElement, int]]"


class _Label(str):
    """The number of an item of a list, which stands before its first words."""

    __slots__ = ()


def is_dropped(element: HtmlElement) -> bool:
    """Whether an element is none of the text: code, furniture, or hidden."""
    if not isinstance(element.tag, str) or element.tag in _DROPPED:
        return True
    if element.tag in ("html", "body", "article", "main"):
        return False
    named = f"{element.get('id', '')} {element.get('class', '')}"
    hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style", ""))
    return bool(hidden) or _AROUND.search(named) is not None


def text_of(element: HtmlElement) -> str:
    """The text of an element, a line a block."""
    lines = (block.content for block in markup_blocks(element) if isinstance(block.content, str))
    return "\n".join(lines)


def _push(
    waiting: list[HtmlElement | str | None],
    element: HtmlElement,
    root: HtmlElement,
    numbers: _ListNumbers,
) -> None:
    """Put off what an element holds and what follows it."""
    _push_tail(waiting, element, root)
    if element.tag in _BLOCKS:
        waiting.append(None)
    waiting.extend(reversed(element))
    if element.tag == "br":
        waiting.append("\v")
    elif element.text:
        waiting.append(element.text)
    if element.tag == "li":
        waiting.append(_Label(_item_number(element, numbers)))


def _push_tail(
    waiting: list[HtmlElement | str | None], element: HtmlElement, root: HtmlElement
) -> None:
    if element is not root and element.tail:
        waiting.append(element.tail)


def _collapsed(text: str) -> str:
    """Blanks as a browser shows them; a line end between Chinese characters is none."""

    def blank(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        wide = _WIDE.match(before) and _WIDE.match(after)
        return "" if wide and "\n" in match[0] else " "

    lines = _BLANKS.sub(blank, text).split("\v")
    return "\n".join(filter(None, (line.strip(" \u3000\xa0") for line in lines)))


def _depth(element: HtmlElement) -> int | None:
    tag = element.tag
    return int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() else None


def _item_number(item: HtmlElement, numbers: _ListNumbers) -> str:
    """The number that a browser shows before an item of a list."""
    home = item.getparent()
    if home is None or home.tag != "ol":
        return ""
    style = _LIST_STYLE.search(home.get("style", ""))
    named = style[1].lower() if style else home.get("type", "1")
    if named in _UNNUMBERED:
        return ""
    kind, mark = _NUMBERS.get(named, _NUMBERS["1"])
    if home not in numbers:
        first = _list_start(home.get("start"), 1)
        numbers[home] = {child: n for n, child in enumerate(home.iterchildren("li"), first)}
    return f"{format_number(numbers[home][item], kind)}{mark}"


def _is_data(table: HtmlElement) -> bool:
    """A table of data, and not one that only lays out the page."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    widths = [len(row.findall("td") + row.findall("th")) for row in table.iter("tr")]
    return len(widths) > 1 and max(widths) > 1


def _cell_rows(table: HtmlElement) -> list[list[tuple[str, int, int]]]:
    return [
        [
            (text_of(cell), _cell_span(cell, "rowspan"), _cell_span(cell, "colspan"))
            for cell in row.iterchildren("td", "th")
        ]
        for row in table.iter("tr")
        if not is_dropped(row)
    ]


def _cell_span(cell: HtmlElement, name: str) -> int:
    return min(max(1, _list_start(cell.get(name), 1)), _MOST_SPAN)


def _list_start(written: str | None, default: int) -> int:
    return figure(written, default, _MOST_COUNT)
