"""List numbers of an OpenDocument text: written by its list styles, not in its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from speechmine.readers.common.figures import figure
from speechmine.readers.common.number_formats import format_number

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Lists"]

_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _STYLE = f"{_NAMES}text:1.0}}", f"{_NAMES}style:1.0}}"
# It stands before each of the items.
_LONGEST_LABEL = 64
# How its number formats are called in Word.
_FORMATS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "一, 二, 三, ...": "chineseCountingThousand",
    "一, 十, 一百(繁), ...": "chineseCountingThousand",
    "壹, 贰, 叁, ...": "chineseLegalSimplified",
    "壹, 貳, 參, ...": "ideographLegalTraditional",
    "甲, 乙, 丙, ...": "ideographTraditional",
    "子, 丑, 寅, ...": "ideographZodiac",
    "①, ②, ③, ...": "decimalEnclosedCircle",
    "１, ２, ３, ...": "decimalFullWidth",
}


class Lists:
    """Counts the items of one document, from top to bottom.

    Args:
        roots: the file's parts with list styles: its own, then its content with what it adds.
    """

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._styles = {
            style.get(f"{_STYLE}name", ""): {
                figure(level.get(f"{_TEXT}level"), 1): level for level in style
            }
            for root in roots
            for style in root.iter(f"{_TEXT}list-style")
        }
        self._counts: dict[str, dict[int, int]] = {}

    def items(
        self, listed: etree._Element, style: str = "", depth: int = 1
    ) -> Iterator[tuple[etree._Element, str]]:
        """Paragraphs of a list, each with the number before it ("" for a second paragraph)."""
        style = listed.get(f"{_TEXT}style-name") or style
        if depth == 1 and not _continues_list(listed):
            self._counts[style] = {}
        for item in listed:
            begun = item.tag != f"{_TEXT}list-item"  # a header has no number
            for child in item:
                if child.tag == f"{_TEXT}list":
                    yield from self.items(child, style, depth + 1)
                elif child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                    yield child, "" if begun else self._label(style, depth, item)
                    begun = True

    def _label(self, style: str, depth: int, item: etree._Element) -> str:
        levels, counts = self._styles.get(style, {}), self._counts.setdefault(style, {})
        level = levels.get(depth)
        start = _number_attribute(item, "start-value", 0) or _next(counts, level, depth)
        counts[depth] = start
        for below in [at for at in counts if at > depth]:
            del counts[below]
        return "" if level is None else _number_written(levels, counts, depth)


def _next(counts: dict[int, int], level: etree._Element | None, depth: int) -> int:
    first = 1 if level is None else _number_attribute(level, "start-value", 1)
    return counts[depth] + 1 if depth in counts else first


def _continues_list(listed: etree._Element) -> bool:
    """Whether a list goes on counting where the last one of its style left off."""
    named = listed.get(f"{_TEXT}continue-list") is not None
    return named or listed.get(f"{_TEXT}continue-numbering") == "true"


def _number_written(levels: dict[int, etree._Element], counts: dict[int, int], depth: int) -> str:
    level = levels[depth]
    if level.tag != f"{_TEXT}list-level-style-number":
        sign = level.get(f"{_TEXT}bullet-char", "")[:_LONGEST_LABEL]
        return "" if not sign or "\ue000" <= sign <= "\uf8ff" else sign
    shown = range(max(depth - _number_attribute(level, "display-levels", 1), 0) + 1, depth + 1)
    numbers = ".".join(filter(None, (_one(levels.get(at), counts.get(at, 1)) for at in shown)))
    sides = (level.get(f"{_STYLE}num-{side}", "") for side in ("prefix", "suffix"))
    prefix, suffix = (side[:_LONGEST_LABEL] for side in sides)
    label = prefix + numbers + suffix
    return f"{label} " if label[-1:].isalnum() else label


def _one(level: etree._Element | None, count: int) -> str:
    name = "" if level is None else level.get(f"{_STYLE}num-format", "")
    return format_number(count, _FORMATS.get(name, "decimal")) if name else ""


def _number_attribute(element: etree._Element, name: str, default: int) -> int:
    return figure(element.get(f"{_TEXT}{name}"), default)
