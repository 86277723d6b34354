"""The title that a Word file states: by a style, by how its first lines are set, by a property."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice, takewhile

from speechmine.readers.word.docx_blocks import WordParagraph
from speechmine.readers.word.docx_styles import Styles

__all__ = ["word_title"]

_FIRST_LINES = 12
_LONGEST = 80
_MOST_LINES = 3
# A number of a document, a date or a name below the title, a sentence.
_NO_TITLE = re.compile(r"〔|［|\[\d{4}|[。；：:]$|^[（(—－-]|\d{4}年\d{1,2}月\d{1,2}日")
_RED = re.compile(r"[c-f][0-9a-f][0-5][0-9a-f][0-5][0-9a-f]", re.IGNORECASE)


def word_title(
    paragraphs: Iterable[WordParagraph], styles: Styles, property_title: str | None
) -> str | None:
    """The title, where the file states one.

    Args:
        paragraphs: of the body.
        styles: a title has a style of its own, or its first lines are centred.
        property_title: what the file's properties say; often left over from another file, so
            it counts only where one of the first lines says the same.
    """
    first = list(islice((p for p in paragraphs if p.text), _FIRST_LINES))
    return _styled(first, styles) or _centred(first, styles) or _title_said(first, property_title)


def _styled(first: Sequence[WordParagraph], styles: Styles) -> str | None:
    lines = [p for p in first if styles.is_title(p.element)]
    return _joined_title(lines[:_MOST_LINES])


def _centred(first: Sequence[WordParagraph], styles: Styles) -> str | None:
    """The first centred lines, as far as they are set in one size, above what begins the text.

    The red name of the office that heads a 公文 is centred too, and no title.
    """
    above = list(takewhile(lambda p: p.depth is None and len(p.text) <= _LONGEST, first))
    candidates = [p for p in above if not _is_red(p, styles)]
    if not candidates or not _is_centred(candidates[0], styles):
        return None
    size = styles.font(candidates[0].element, "sz")
    lines = list(
        takewhile(
            lambda p: (
                _is_centred(p, styles)
                and styles.font(p.element, "sz") == size
                and not _NO_TITLE.search(p.text)
            ),
            candidates,
        )
    )
    # Without a size of its own the second line may as well name the speaker.
    return _joined_title(lines[: _MOST_LINES if size else 1])


def _title_said(first: Sequence[WordParagraph], title: str | None) -> str | None:
    wanted = "".join((title or "").split())
    found = wanted and any("".join(p.text.split()) == wanted for p in first)
    return (title or "").strip() if found else None


def _joined_title(lines: Sequence[WordParagraph]) -> str | None:
    joined = "".join("".join(line.text.splitlines()) for line in lines)
    return joined if 1 < len(joined) <= _LONGEST else None


def _is_centred(paragraph: WordParagraph, styles: Styles) -> bool:
    return styles.value_of(paragraph.element, "pPr/jc") == "center"


def _is_red(paragraph: WordParagraph, styles: Styles) -> bool:
    return bool(_RED.fullmatch(styles.font(paragraph.element, "color") or ""))
