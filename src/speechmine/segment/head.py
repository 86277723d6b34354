"""What a document's own head states: title, date, speaker, place, level, report year."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import re
from collections.abc import Mapping
from typing import cast

from speechmine.model import AdministrativeLevel, Document, TimeFrame
from speechmine.numerals import parse_number
from speechmine.rules.schema import RuleSet
from speechmine.sentences import split_blocks

__all__ = ["complete_document", "time_frame"]

# A head is the lines before the salutation, and no more than this.
_HEAD_LINES = 8
_HEAD_LENGTH = 400
_LONGEST_TITLE = 48
_SALUTATION = re.compile(r"^(?:各位|同志们|尊敬的)")
_NOT_TITLE = re.compile(r"[。；！？：，]|^[（(]|^——|^\d{4}年\d{1,2}月")
_LEVELS = ("national", "township", "county", "prefecture", "province")


@functools.lru_cache(maxsize=8)
def _patterns(rules: RuleSet) -> Mapping[str, re.Pattern[str]]:
    return {rule.id: re.compile(rule.pattern or "") for rule in rules.table("head")}


def complete_document(document: Document, text: str, rules: RuleSet) -> Document:
    r"""The document with what its own head states; what is known already stays.

    Args:
        document: as read.
        text: the matching view's text.
        rules: the rule set.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> text = "在全区推进会上的讲话\n（2023年2月16日）\n同志们：\n今天开会。"
        >>> done = complete_document(Document(text), text, default_rules())
        >>> done.title, done.date
        ('在全区推进会上的讲话', '2023-02-16')
    """
    head = _head(text)
    lines = "\n".join(head)
    patterns = _patterns(rules)
    return dataclasses.replace(
        document,
        title=document.title or _title(head),
        date=document.date or _date(lines, patterns),
        speaker=document.speaker or _speaker(lines, patterns),
        place=document.place or _place(lines, patterns),
        level=document.level or _level(text[:_HEAD_LENGTH], patterns),
    )


def time_frame(document: Document, rules: RuleSet) -> TimeFrame:
    """What 今年 means: the year in a report's title, else the year of the date."""
    date = dt.date.fromisoformat(document.date) if document.date else None
    named = _patterns(rules)["head.year"].search(document.title or "")
    year = int(named["year"]) if named else (date.year if date else None)
    return TimeFrame(date, year)


def _head(text: str) -> list[str]:
    lines: list[str] = []
    for start, end in split_blocks(text[:_HEAD_LENGTH]):
        line = text[start:end]
        if _SALUTATION.match(line) or len(lines) == _HEAD_LINES or end - start > 2 * _LONGEST_TITLE:
            break
        lines.append(line)
    return lines


def _title(head: list[str]) -> str | None:
    """The first line, where it is no sentence; a head of the body's own (一、…) is none."""
    if not head or len(head[0]) > _LONGEST_TITLE or _NOT_TITLE.search(head[0]):
        return None
    return None if re.match(r"[一二三四五六七八九十]+、|[（(]", head[0]) else head[0].strip()


def _date(lines: str, patterns: Mapping[str, re.Pattern[str]]) -> str | None:
    for key in ("head.date", "head.date.chinese"):
        match = patterns[key].search(lines)
        if match:
            parts = [parse_number(match[name].rstrip("年")) for name in ("year", "month", "day")]
            return _iso(*(int(p) if p is not None else 0 for p in parts))
    return None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def _speaker(lines: str, patterns: Mapping[str, re.Pattern[str]]) -> str | None:
    match = patterns["head.speaker"].search(lines)
    return re.sub(r"\s", "", match["name"]) if match else None


def _place(lines: str, patterns: Mapping[str, re.Pattern[str]]) -> str | None:
    match = patterns["head.place"].search(lines)
    return re.sub(r"^\d{4}年|^在", "", match["place"]) if match else None


def _level(start: str, patterns: Mapping[str, re.Pattern[str]]) -> AdministrativeLevel | None:
    """The lowest level that says so by itself: a county's speech names its province too."""
    for level in _LEVELS:
        if patterns[f"level.{level}"].search(start):
            return cast("AdministrativeLevel", level)
    return None
