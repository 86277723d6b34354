"""Word's automatic numbering: the 一、 or （一） that no paragraph has and every page shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechmine.readers.common.figures import figure
from speechmine.readers.common.number_formats import format_number
from speechmine.readers.word.docx_package import W, on, value
from speechmine.readers.word.docx_styles import Styles

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Numbering"]

_PLACEHOLDER = re.compile(r"%([1-9])")
_NO_LIST = "0"
_BULLET = "•"
_MOST_LINKS = 8
# It stands before each of the paragraphs.
_LONGEST_LABEL = 64


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a list is written."""

    start: int
    number_format: str
    pattern: str
    suffix: str
    legal: bool
    restart: int | None
    style: str | None


class Numbering:
    """Counts the numbered paragraphs of one document, from top to bottom.

    Args:
        root: the part with the lists, None where the file has none.
        styles: a paragraph may have its number from its style.
    """

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        none: list[etree._Element] = []
        lists = none if root is None else root.findall(f"{W}abstractNum")
        uses = none if root is None else root.findall(f"{W}num")
        self._styles = styles
        self._lists = {item.get(f"{W}abstractNumId", ""): item for item in lists}
        self._uses = {item.get(f"{W}numId", ""): item for item in uses}
        self._levels: dict[str, dict[int, _Level]] = {}
        # Uses of the same list go on counting where the other one left off.
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def label(self, paragraph: etree._Element) -> str:
        """The number that shows before a paragraph, "" where none does. Call it once for each."""
        use, at = self._place(paragraph)
        home = self._list(use)
        if use is None or home is None:
            return ""
        levels = self._levels_of(use, home)
        if at not in levels:
            return ""
        counts = self._counts.setdefault(home.get(f"{W}abstractNumId", ""), {})
        self._restart(use, counts)
        _count_up(counts, levels, at)
        return _label_written(levels, counts, at)

    def _place(self, paragraph: etree._Element) -> tuple[str | None, int]:
        """Which list, at which level: by the paragraph itself, else by its style."""
        own = value(paragraph, "pPr/numPr/ilvl")
        use = value(paragraph, "pPr/numPr/numId")
        if use is not None:
            return _uses_number(use), figure(own, 0)
        for style in self._styles.chain(paragraph):
            use = value(style, "pPr/numPr/numId")
            if use is not None:
                level = own or value(style, "pPr/numPr/ilvl")
                found = self._level_of_style(use, style) if level is None else figure(level, 0)
                return _uses_number(use), found
        return None, 0

    def _level_of_style(self, use: str, style: etree._Element) -> int:
        home = self._list(use)
        levels = {} if home is None else self._levels_of(use, home)
        name = style.get(f"{W}styleId")
        return next((at for at, level in levels.items() if level.style == name), 0)

    def _list(self, use: str | None) -> etree._Element | None:
        """The list behind a use; one that only names a style is followed to that style's."""
        home: etree._Element | None = None
        for _ in range(_MOST_LINKS):
            home = self._lists.get(value(self._uses.get(use or ""), "abstractNumId") or "")
            link = value(home, "numStyleLink")
            styled = next(self._styles.bases(link), None) if link else None
            linked = value(styled, "pPr/numPr/numId")
            if linked is None or linked == use:
                return home
            use = linked
        return home

    def _levels_of(self, use: str, home: etree._Element) -> dict[int, _Level]:
        if use not in self._levels:
            found = {_ilvl(level): _level_of_element(level) for level in home.findall(f"{W}lvl")}
            for override in self._uses[use].findall(f"{W}lvlOverride"):
                level = override.find(f"{W}lvl")
                if level is not None:
                    found[_ilvl(override)] = _level_of_element(level)
            self._levels[use] = found
        return self._levels[use]

    def _restart(self, use: str, counts: dict[int, int]) -> None:
        """A use with a start of its own begins there when it is met for the first time."""
        if use in self._begun:
            return
        self._begun.add(use)
        for override in self._uses[use].findall(f"{W}lvlOverride"):
            start = value(override, "startOverride")
            if start is not None:
                counts[_ilvl(override)] = figure(start, 1) - 1


def _count_up(counts: dict[int, int], levels: dict[int, _Level], at: int) -> None:
    """One paragraph more; what is below it begins anew."""
    counts[at] = counts.get(at, levels[at].start - 1) + 1
    for below in [level for level in counts if level > at]:
        restart = levels[below].restart if below in levels else None
        if restart is None or 0 < at + 1 <= restart:
            del counts[below]


def _label_written(levels: dict[int, _Level], counts: dict[int, int], at: int) -> str:
    level = levels[at]
    if level.number_format == "bullet":
        return _bullet(level.pattern)

    def number(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        named = levels.get(index, level)
        count = counts.get(index, named.start)
        return format_number(count, "decimal" if level.legal else named.number_format)

    label = _PLACEHOLDER.sub(number, level.pattern)
    return label + _gap_behind_number(label, level.suffix)


def _gap_behind_number(label: str, suffix: str) -> str:
    """What stands between number and text: a blank only where one would type it (第一章 总则)."""
    if suffix == "nothing" or not label:
        return ""
    return " " if suffix == "space" or label[-1].isalnum() else ""


def _bullet(sign: str) -> str:
    """Signs of picture fonts (letters, private codes) become one that every font has."""
    own = sign.strip()
    plain = own and not any("\ue000" <= c <= "\uf8ff" or c.isalnum() for c in own)
    return own if plain else _BULLET


def _level_of_element(level: etree._Element) -> _Level:
    restart = value(level, "lvlRestart")
    return _Level(
        start=figure(value(level, "start"), 1),
        number_format=value(level, "numFmt") or "decimal",
        pattern=(value(level, "lvlText") or "")[:_LONGEST_LABEL],
        suffix=value(level, "suff") or "tab",
        legal=bool(on(level, "isLgl")),
        restart=None if restart is None else figure(restart, 0),
        style=value(level, "pStyle"),
    )


def _uses_number(use: str) -> str | None:
    """Use 0 takes a number away that the style would give."""
    return None if use == _NO_LIST else use


def _ilvl(element: etree._Element) -> int:
    return figure(element.get(f"{W}ilvl"), 0)
