"""Paragraph styles of a Word file: what a paragraph has from its style and that one's bases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from speechmine.readers.common.figures import figure
from speechmine.readers.word.docx_package import W, on, value

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Styles"]

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|(?:WPSOffice手动)?目录)\s*[1-9]", re.IGNORECASE)
_TITLE = re.compile(r"title|标题", re.IGNORECASE)
# Outline levels count from 0; 9 is running text.
_RUNNING_TEXT = 9
# Word follows ten.
_MOST_BASES = 16


class Styles:
    """Looks up what a paragraph does not say itself.

    Args:
        root: the part with the styles, None where the file has none.
    """

    def __init__(self, root: etree._Element | None) -> None:
        listed = list(root.iter(f"{W}style")) if root is not None else []
        self._by_id = {style.get(f"{W}styleId", ""): style for style in listed}
        self._default = next(
            (
                style.get(f"{W}styleId")
                for style in listed
                if style.get(f"{W}type") == "paragraph"
                and style.get(f"{W}default") in ("1", "true")
            ),
            None,
        )

    def chain(self, paragraph: etree._Element) -> Iterator[etree._Element]:
        """The paragraph's style, then the one it is based on, and so on."""
        return self.bases(value(paragraph, "pPr/pStyle") or self._default)

    def bases(self, style_id: str | None) -> Iterator[etree._Element]:
        """A style and those it is based on; a ring is gone round once."""
        seen: set[str | None] = set()
        while style_id in self._by_id and style_id not in seen and len(seen) < _MOST_BASES:
            seen.add(style_id)
            style = self._by_id[style_id or ""]
            yield style
            style_id = value(style, "basedOn")

    def value_of(self, paragraph: etree._Element, path: str) -> str | None:
        """``w:val`` at a path, of the paragraph or else of its style."""
        for element in (paragraph, *self.chain(paragraph)):
            found = value(element, path)
            if found is not None:
                return found
        return None

    def depth(self, paragraph: etree._Element) -> int | None:
        """Level of the outline, from 1; None for running text."""
        for element in (paragraph, *self.chain(paragraph)):
            level = value(element, "pPr/outlineLvl")
            if level is not None and level.isascii() and level.isdigit():
                at = figure(level, _RUNNING_TEXT)
                return at + 1 if at < _RUNNING_TEXT else None
            named = _HEADING.fullmatch(_style_name(element))
            if named:
                return int(named[1])
        return None

    def is_title(self, paragraph: etree._Element) -> bool:
        """Whether its style is the one for a document's title."""
        return any(_TITLE.fullmatch(_style_name(style)) for style in self.chain(paragraph))

    def is_contents(self, paragraph: etree._Element) -> bool:
        """Whether it is a line of the table of contents, which only repeats the headings."""
        return any(_CONTENTS.fullmatch(_style_name(style)) for style in self.chain(paragraph))

    def hidden(self, run: etree._Element) -> bool:
        """Whether a run is set not to show, by itself or by its character style."""
        own = on(run, "rPr/vanish")
        if own is not None:
            return own
        switches = (on(style, "rPr/vanish") for style in self.bases(value(run, "rPr/rStyle")))
        return next((switch for switch in switches if switch is not None), False)

    def hides(self, paragraph: etree._Element) -> bool:
        """Whether the paragraph's style is set not to show."""
        switches = (on(style, "rPr/vanish") for style in self.chain(paragraph))
        return next((switch for switch in switches if switch is not None), False)

    def font(self, paragraph: etree._Element, path: str) -> str | None:
        """``w:val`` of a letter's property (``sz``), of the first words or else of the style."""
        words = (run for run in paragraph.iter(f"{W}r") if run.find(f"{W}t") is not None)
        first = next(words, None)
        named = value(first, "rPr/rStyle")
        for element in (first, *self.bases(named), *self.chain(paragraph)):
            found = value(element, f"rPr/{path}")
            if found is not None:
                return found
        return None


def _style_name(style: etree._Element) -> str:
    return (value(style, "name") or "").strip() if style.tag == f"{W}style" else ""
