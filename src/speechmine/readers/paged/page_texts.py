"""Sheets of a file to its document: what is told of pages whose text cannot be trusted."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from typing import cast

from speechmine.characters import plain
from speechmine.errors import ReadError
from speechmine.model import AsideKind
from speechmine.readers.common.building import DocumentBuilder
from speechmine.readers.paged.page_body import add_pages
from speechmine.readers.paged.page_sheets import Sheet, pages_of
from speechmine.readers.paged.page_vertical import laid_along
from speechmine.readers.paged.page_watermarks import without_watermarks
from speechmine.readers.paged.recognition import is_available

__all__ = ["ADVICE", "add_sheets", "is_meaningless", "listed", "told_apart"]

ADVICE = (
    "recognise them (OCR, 文字识别) with pip install 'speechmine[ocr]', or find the file they came "
    "from"
)
_BROKEN = "its fonts do not tell which characters their signs stand for (ToUnicode)"
# Fonts without a table of Unicode give signs without meaning; those with a wrong one give rare
# characters, where nearly all of a real text are of the common 3,755.
_MOST_UNREADABLE, _LEAST_COMMON = 0.2, 0.6
_LEAST_HAN = 20
_COMMON = range(0xB0, 0xD8)
_SHOWN = 20


def add_sheets(sheets: Sequence[Sheet], builder: DocumentBuilder) -> None:
    """Put the text of all pages into a document, with what stands beside it.

    Args:
        sheets: of all pages, in order.
        builder: of the document.
    """
    clean = [laid_along(sheet) for sheet in without_watermarks(sheets)]
    for sheet in clean:
        for kind, text in sheet.beside:
            builder.set_aside(cast("AsideKind", kind), text)
    add_pages(pages_of(clean), builder)
    recognised = [sheet.number for sheet in clean if sheet.recognised]
    if recognised:
        builder.tell_recognised(recognised)
    lost = sum(sheet.lost for sheet in clean)
    if lost:
        pages = listed([sheet.number for sheet in clean if sheet.lost])
        message = (
            f"about {lost} characters too unclear to be recognised are left out: pages {pages}"
        )
        builder.note("unclear_print", message)
    turned = [sheet.number for sheet in clean if sheet.vertical and sheet.recognised]
    if turned:
        message = (
            f"vertical print (竖排), whose marks are easily misread (待核): pages {listed(turned)}"
        )
        builder.note("vertical_print", message)
    unknown = {sheet.number: sum(map(_is_unknown, _sheet_text(sheet))) for sheet in clean}
    count = sum(unknown.values())
    if count:
        pages = listed([number for number, found in unknown.items() if found])
        message = f"{count} characters whose font does not tell what they are: pages {pages}"
        builder.note("unreadable_characters", message)


def told_apart(
    sheets: Sequence[Sheet],
    pictures: Collection[int],
    drawable: Collection[int],
    builder: DocumentBuilder,
    source: str,
) -> tuple[list[int], list[Sheet]]:
    """Which pages are to be recognised, and which are kept.

    Args:
        sheets: all pages.
        pictures: numbers of those that hold no text of their own.
        drawable: numbers of those that can be drawn as pictures.
        builder: of the document; it is told what cannot be read.
        source: name of the file.

    Returns:
        Numbers of pages to recognise, none where nothing is installed for it; and all pages but
        those whose text means nothing and is not recognised either.

    Raises:
        ReadError: no page can be read.
    """
    broken = [s.number for s in sheets if s.number not in pictures and is_meaningless(s)]
    able = set(drawable) if is_available() else set()
    wanted = sorted(able & {*pictures, *broken})
    blank = sorted({*pictures} - able)
    if len(blank) == len(sheets):
        reason = f"its {len(sheets)} pages hold no text: they are pictures (扫描件)"
        raise ReadError(source, reason, ADVICE)
    left = [number for number in broken if number not in able]
    if len(left) + len(blank) == len(sheets):
        raise ReadError(source, _BROKEN, ADVICE)
    seen = [number for number in broken if number in able]
    for numbers, fate in ((seen, "recognised as pictures"), (left, f"left out; {ADVICE}")):
        if numbers:
            builder.note("text_layer_broken", f"pages {listed(numbers)}: {_BROKEN}; {fate}")
    if blank:
        message = f"pages without text, perhaps pictures: {listed(blank)}; {ADVICE}"
        builder.note("page_without_text", message)
    return wanted, [sheet for sheet in sheets if sheet.number not in left]


def listed(pages: Sequence[int]) -> str:
    """Numbers of pages, the first few of many.

    Example:
        >>> listed([1, 2, 5])
        '1, 2, 5'
    """
    shown = ", ".join(map(str, pages[:_SHOWN]))
    return f"{shown} and {len(pages) - _SHOWN} more" if len(pages) > _SHOWN else shown


def is_meaningless(sheet: Sheet) -> bool:
    """Whether the text of a page is signs without meaning, as broken fonts give it."""
    text = _sheet_text(sheet)
    unknown = sum(map(_is_unknown, text))
    if unknown > len(text) * _MOST_UNREADABLE:
        return True
    han = [c for c in plain(text) if "\u4e00" <= c <= "\u9fff"]
    return len(han) >= _LEAST_HAN and sum(map(_is_common, han)) < len(han) * _LEAST_COMMON


def _sheet_text(sheet: Sheet) -> str:
    return "".join(glyph.text for glyph in sheet.glyphs)


def _is_unknown(character: str) -> bool:
    return unicodedata.category(character) in ("Co", "Cn", "Cc") or character == "\ufffd"


def _is_common(character: str) -> bool:
    """Whether GB 2312 has it among the characters in everyday use (level 1)."""
    try:
        return character.encode("gb2312")[0] in _COMMON
    except UnicodeEncodeError:
        return False
