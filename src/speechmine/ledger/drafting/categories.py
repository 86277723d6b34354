"""The category of a row: the heading that its task stands under, as the text has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from speechmine.ledger.cells import squeezed
from speechmine.ledger.drafting.phrases import opens_as_order
from speechmine.ledger.layout import ledger_words
from speechmine.model import Document, Section, Task

__all__ = ["category_of", "holds_for", "section_of", "strays_of", "titles_above", "topic_of"]

_QUOTED_REST = re.compile(r"[^“”\n]{0,60}”[^，。；\n]{0,12}")
# 第一，要把…: what may stand between a number in words and its heading.
_PARTING = ("，", ",", "：", ":")
_BARE_NUMBER = re.compile(r"[一二三四五六七八九十百]+")
_POINT = re.compile(r"[二三四五六七八九十]{1,2}是|十[一二三]是")
_FIRST_POINT = re.compile(r"(?<![一-龥])一是")
_MARKED = "●○■□▲△★☆◆◇→•·"
_BULLETS = tuple(_MARKED)
# The end of the cell above, which a page cut off: 州市人民政府|二、四大先行机制.
_STRAY = re.compile(
    r"^[^，。；：、（(《“\s一二三四五六七八九十第]{2,12}(?=[二三四五六七八九十]{1,2}、[^、]{2})"
)
_TITLE_ENDS = " \u3000。：:；;"
_CLOSING = ("addressing", "closing", "noted", "to_all")
# So much of a text holds its name.
_HEAD = 200
# What stands before a heading and is none of it.
_BEFORE_TITLE = f"{_MARKED}—－- "
_PARAGRAPH = re.compile(r"(?m)^[ \t\u3000\xa0]*(?P<said>\S[^\n]*)")
# A paragraph has so much behind its heading; shorter lines are headings or notes.
_SHORTEST_BODY = 18
_SHORTEST_PARAGRAPH = 60


def category_of(
    section: str | None, sections: Mapping[str, Section], depth: int, document: Document
) -> str:
    """The heading it stands under, with the number of the one above: 二、（三）压实责任.

    The name of the whole text, or the end of one that its head goes on with, is no category.

    Args:
        section: of the task.
        sections: of the document, by id.
        depth: how many levels of headings make a category.
        document: its text ends a quotation that the heading was cut in.
    """
    text = document.text
    kept = _headings(section, sections, text)[:depth]
    order = re.compile(str(ledger_words()["order_word"]))
    above = "".join(part.label or "" for part in kept[:-1] if not order.fullmatch(part.label or ""))
    if not kept or _names_all(kept[-1], document):
        return ""
    noted = re.compile(str(ledger_words()["title_note"]))
    title = noted.sub("", order.sub("", _unquoted(kept[-1], text))).lstrip(_BEFORE_TITLE)
    return _STRAY.sub("", f"{above}{_label(kept[-1], text)}{title}")


def topic_of(task: Task, sections: Mapping[str, Section], depth: int, text: str) -> str:
    """The nearest heading, where it stands too deep for the category; empty where it does not.

    A sentence that heads its paragraph says nothing of the next one, one inside it of nothing.

    Args:
        task: the task.
        sections: of the document, by id.
        depth: how many levels of headings make a category.
        text: of the document.
    """
    deeper = _headings(section_of(task, sections, text), sections, text)[depth:]
    near = (part for part in reversed(deeper) if holds_for(part, task.start, text))
    return next((part.title.strip(_TITLE_ENDS) for part in near), "")


def holds_for(section: Section, place: int, text: str) -> bool:
    """Whether a heading says what a place below it is about.

    It is numbered, or stands on a line of its own, or heads the paragraph of the place.

    Args:
        section: that the place stands in.
        place: in the text.
        text: of the document.
    """
    if section.label:
        return True
    beyond = "\n" in text[section.start : place]
    return _begins_line(section, text) and not (beyond and _opens_paragraph(section, text))


def _headings(section: str | None, sections: Mapping[str, Section], text: str) -> Sequence[Section]:
    """The headings above a place that say something of it, the uppermost first."""
    whole = list(_path(section, sections))
    path = [
        part
        for part, below in zip(whole, [None, *whole], strict=False)
        if not _heads_nothing(part, sections, text)
        and not (_announces(part) and (part.id != section or part.parent in sections))
        and not _stands_between(part, below, sections)
    ]
    return path[::-1]


def titles_above(section: str | None, sections: Mapping[str, Section]) -> str:
    """The headings above a place, a line each, the nearest one first.

    Args:
        section: of the place.
        sections: of the document, by id.
    """
    return "\n".join(part.title.strip() for part in _path(section, sections))


def _names_all(section: Section, document: Document) -> bool:
    """Whether a heading is the name of its document, a line of it, or that of a speaker."""
    if section.label:
        return False
    if squeezed(section.title) in squeezed(document.title or ""):
        return True
    said = section.title.strip()
    if re.fullmatch(str(ledger_words()["speaker_head"]), said):
        return True
    kind = re.compile(str(ledger_words()["title_end"]))
    return section.start < _HEAD and kind.search(section.title) is not None


def _heads_nothing(section: Section, sections: Mapping[str, Section], text: str) -> bool:
    """Whether a sentence opens its paragraph as an order does, and no heading beside it does so.

    推进新区改革试点。深化…: where the paragraphs before and behind begin otherwise, it is one of
    their tasks; a matter that is only named (门前的路。) heads its paragraph all the same.
    """
    if section.label:
        return _goes_on(section, sections, text)
    if not _begins_line(section, text):
        return not _is_announced(section.title)
    if not _opens_paragraph(section, text):
        return False
    above = sections.get(section.parent or "")
    starts = list(_paragraphs(text, (above.start, above.end) if above else (0, len(text))))
    headed = {other.start for other in sections.values()}.intersection(starts)
    nth = starts.index(section.start) if section.start in headed else 0
    beside = {*starts[max(0, nth - 1) : nth], *starts[nth + 1 : nth + 2]}
    alone = bool(beside) and headed.isdisjoint(beside) and 2 * len(headed) < len(starts)
    return alone and opens_as_order(section.title) and not _is_announced(section.title)


def _goes_on(section: Section, sections: Mapping[str, Section], text: str) -> bool:
    """二是…: a point of a list whose first one (一是) stands before it and heads nothing."""
    above = sections.get(section.parent or "")
    if not _POINT.fullmatch(section.label or "") or above is None or not above.label:
        return False
    start = above.start
    headed = {s.start for s in sections.values() if _POINT.fullmatch(s.label or "")}
    first = [m.start() for m in _FIRST_POINT.finditer(text, start, section.start)]
    return bool(first) and headed.isdisjoint(first)


def _stands_between(part: Section, below: Section | None, sections: Mapping[str, Section]) -> bool:
    """A line without a number between 三、 and （一）, which numbers leave out."""
    above = sections.get(part.parent or "")
    numbered = below is not None and below.label and above is not None and above.label
    return bool(numbered) and not part.label


def _announces(section: Section) -> bool:
    """今年要重点做好以下九方面工作: a line that only announces the headings behind it."""
    said = section.title.strip().rstrip("：:")
    listing = re.compile(str(ledger_words()["listing"]))
    return not section.label and listing.fullmatch(said) is not None


def _begins_line(section: Section, text: str) -> bool:
    line = text[: section.start].rpartition("\n")[2]
    return not line.strip(f" \t\u3000\xa0{_BEFORE_TITLE}")


def _opens_paragraph(section: Section, text: str) -> bool:
    """Whether it is a sentence with more of its paragraph behind it."""
    begun = section.start == 0 or text.startswith("\n", section.start - 1)
    line = text[section.start :].partition("\n")[0]
    return begun and len(line) >= max(len(section.title) + _SHORTEST_BODY, _SHORTEST_PARAGRAPH)


def _paragraphs(text: str, span: tuple[int, int]) -> Iterator[int]:
    """Where the paragraphs of a part begin; shorter lines are headings or notes."""
    found = _PARAGRAPH.finditer(text, *span)
    return (m.start("said") for m in found if len(m["said"]) >= _SHORTEST_PARAGRAPH)


def _is_announced(title: str) -> bool:
    """先说路: a speaker names what comes next."""
    return re.match(str(ledger_words()["announcing"]), title) is not None


def strays_of(sections: Iterable[Section]) -> Iterator[str]:
    """What a page cut off from the cell above and set before a category, each as a line says it.

    Args:
        sections: of a document.
    """
    for section in sections:
        stray = _STRAY.match(section.title) if not section.label else None
        if stray:
            yield str(ledger_words()["stray"]).format(said=section.title)


def section_of(task: Task, sections: Mapping[str, Section], text: str) -> str | None:
    """The section that a task stands in; what heads one bullet does not head the next.

    Args:
        task: the task.
        sections: of the document, by id.
        text: of the document.
    """
    place = None if _closes_all(task, sections, text) else task.section
    while place is not None and place in sections:
        section = sections[place]
        bullet = text[section.start : section.start + 1]
        if bullet not in _BULLETS or f"\n{bullet}" not in text[section.start : task.start + 1]:
            break
        place = section.parent
    return place


def _closes_all(task: Task, sections: Mapping[str, Section], text: str) -> bool:
    """以上各项，请…抓紧落实: in a paragraph of its own behind the last heading.

    So is what a speech says behind it to all once more (各位代表！), and what all are asked behind
    the note of who answers for the last part (（甲局负责）).
    """
    line = text.rfind("\n", 0, task.start) + 1
    under = sections.get(task.section or "")
    last = all(section.start <= task.start for section in sections.values())
    if under is None or not last or under.start >= line:
        return False
    words = {name: re.compile(str(ledger_words()[name])) for name in _CLOSING}
    noted = words["noted"].search(text, under.start, line) is not None
    return (
        words["addressing"].search(text, under.start, line) is not None
        or words["closing"].match(text, line) is not None
        or (noted and words["to_all"].match(text, line) is not None)
    )


def _unquoted(section: Section, text: str) -> str:
    """关于“台账不清。底数不明”问题: a heading does not end inside a quotation."""
    title = section.title
    if title.count("“") <= title.count("”"):
        return title
    at = text.find(title, section.start)
    rest = _QUOTED_REST.match(text, at + len(title)) if at >= 0 else None
    return title + (rest[0] if rest else "…”")


def _label(section: Section, text: str) -> str:
    """Its number with the mark that parts it; one that stood in a cell of its own (一) gets one."""
    label = section.label or ""
    if _BARE_NUMBER.fullmatch(label):
        return f"{label}、"
    behind = section.start + len(label)
    title = text.find(section.title, behind) if text.startswith(label, section.start) else -1
    mark = text[behind:title].strip() if title >= 0 else ""
    return label + mark if mark in _PARTING else label


def _path(section: str | None, sections: Mapping[str, Section]) -> Iterable[Section]:
    while section is not None and section in sections:
        yield sections[section]
        section = sections[section].parent
