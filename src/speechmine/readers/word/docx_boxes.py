"""Words in text boxes and shapes: which of them are text of the body."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from speechmine.readers.common.invisible import visible

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["drawn_words", "holds_text"]

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SENTENCE = re.compile(r"[。！？；]")
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)"
    r"|第[一二三四五六七八九十]{1,3}[章节条部])\S"
)


def holds_text(text: str, said: AbstractSet[str]) -> bool:
    """Whether a box holds text of the body: sentences or numbered headings, not said elsewhere.

    Args:
        text: what it says, a paragraph a line.
        said: the paragraphs outside boxes.

    Example:
        >>> holds_text("一、抓供水", set()), holds_text("联系人：办公室", set())
        (True, False)
        >>> holds_text("要修渠。", {"要修渠。"})
        False
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if all(line in said for line in lines):
        return False
    return any(_SENTENCE.search(line) or _NUMBERED.match(line) for line in lines)


def drawn_words(shape: etree._Element) -> str:
    """The words of a drawn shape or diagram, a paragraph a line."""
    paragraphs = (
        "".join(words.text or "" for words in paragraph.iter(f"{_DRAWING}t"))
        for paragraph in shape.iter(f"{_DRAWING}p")
    )
    return "\n".join(filter(None, (visible(text).strip() for text in paragraphs)))
