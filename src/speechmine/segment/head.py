"""What a document's own head states: title, date, speaker and office, occasion, place, level."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import cast

from speechmine.borders import CLAUSE, split_blocks
from speechmine.characters import plain
from speechmine.grammar.periods import chinese_number
from speechmine.model import AdministrativeLevel, Document, TimeFrame
from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import Patterns, patterns_by_id
from speechmine.segment.head_lines import Head, read_head
from speechmine.text import TextView, view_of

__all__ = ["complete_document", "time_frame"]

_LONGEST_TITLE = 60
_LONGEST_HEADING = 48
# How far into the body its own 我县, 全市上下 tell the level where the head does not.
_FIRST_PARAGRAPHS = 400
# How far into the body a report may say on whose behalf it is given (我代表国务院).
_FIRST_WORDS = 900
# Where a signature ends a text, and where minutes say when the meeting was.
_LAST_LINES, _FIRST_LINES = 6, 8
_PARTS_OF_DAY = ("year", "month", "day")
_SPEAKERS = ("line", "sentence", "before", "named", "alone")
_LEVELS = ("township", "county", "province", "prefecture", "national")
_SPACED = compiled(r"(?:\S[ 　]{1,3}){2,}\S")


def complete_document(document: Document, view: TextView, rules: RuleSet) -> Document:
    r"""The document with what its own head states; what is known already stays.

    Args:
        document: as read.
        view: of its text, or of the part of it that has the head.
        rules: the rule set.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> text = "在全区推进会上的讲话\n（2023年2月16日）\n区长　林远山\n同志们：\n今天开会。"
        >>> done = complete_document(Document(text), view_of(text), default_rules())
        >>> done.title, done.date, done.speaker, done.office
        ('在全区推进会上的讲话', '2023-02-16', '林远山', '区长')
        >>> done.occasion, done.salutation
        ('全区推进会', '同志们')
    """
    patterns = patterns_by_id(rules, "head")
    head = read_head(view.text, rules)
    office, speaker = _speaker(head, patterns)
    occasion = _occasion(head.lines, patterns)
    place = _stated_place(head, occasion, office, patterns)

    def written(said: str | None) -> str | None:
        return said and view.written(said)

    return dataclasses.replace(
        document,
        title=document.title or written(_stated_title(head, patterns)),
        date=document.date or _date("\n".join(head.lines), patterns) or _day(view.text, patterns),
        speaker=document.speaker or written(speaker),
        office=document.office or written(office),
        occasion=document.occasion or written(occasion),
        salutation=document.salutation or written(head.salutation),
        place=document.place or written(place),
        level=document.level or _stated_level(head, view.text, patterns),
    )


def time_frame(document: Document, rules: RuleSet) -> TimeFrame:
    r"""What 今年 means: the year in a report's or plan's title, or its headings, else the date's.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> text = "我向大会报告工作，请予审议。\n一、2023年工作回顾\n二、2024年工作安排"
        >>> time_frame(Document(text), default_rules()).year
        2024
    """
    patterns = patterns_by_id(rules, "head")
    date = dt.date.fromisoformat(document.date) if document.date else None
    title = plain(document.title or _first_line(document.text))
    named = patterns["head.year"].search(title) or patterns["head.plan_year"].search(title)
    if named:
        return TimeFrame(date, chinese_number(named["year"]) or 0)
    if date:
        return TimeFrame(date, date.year)
    return TimeFrame(None, _year_of_headings(document.text, patterns))


def _first_line(text: str) -> str:
    """The line that a paper without a title of its own begins with, if it is no sentence."""
    line = text.lstrip().partition("\n")[0].strip(" 　")
    return line if len(line) <= _LONGEST_TITLE and not CLAUSE.search(line) else ""


def _year_of_headings(text: str, patterns: Patterns) -> int | None:
    """一、2023年工作回顾 二、2024年工作安排: a report to a congress that plans 2024.

    Only where all headings that name a year agree: at a meeting in December the year that
    is looked back on is still 今年, so a text that is no report to a congress tells nothing.
    """
    view = view_of(text).text
    blocks = [view[a:b] for a, b in split_blocks(view)]
    if not any(patterns["head.report"].search(block) for block in blocks[:8]):
        return None
    years = set(_years([b for b in blocks if len(b) <= _LONGEST_HEADING], patterns))
    return years.pop() if len(years) == 1 else None


def _years(headings: Sequence[str], patterns: Patterns) -> Iterator[int]:
    for heading in headings:
        reviewed = patterns["head.year.reviewed"].match(heading)
        planned = patterns["head.year.planned"].match(heading)
        if reviewed:
            yield (chinese_number(reviewed["year"] or reviewed["before"]) or 0) + 1
        elif planned:
            yield chinese_number(planned["year"]) or 0


def _stated_title(head: Head, patterns: Patterns) -> str | None:
    """The first line that is neither date, occasion nor speaker, with a second line of its own."""
    titles: list[str] = []
    for line in head.lines[:4]:
        bare = patterns["head.note"].sub("", line).strip(" 　")
        if not _may_be_title(bare, patterns):
            if titles:
                break
            continue
        if not titles or not _says_again(titles[-1], bare):
            titles.append(_unspaced(bare))
    return " ".join(titles[:2]) if titles else None


def _unspaced(title: str) -> str:
    """政 府 工 作 报 告 without its blanks."""
    return re.sub(r"\s", "", title) if _SPACED.fullmatch(title) else title


def _may_be_title(line: str, patterns: Patterns) -> bool:
    return (
        1 < len(line) <= _LONGEST_TITLE
        and not patterns["head.not_title"].search(line)
        and not any(
            patterns[f"head.speaker.{kind}"].search(line) for kind in (*_SPEAKERS, "masked")
        )
    )


def _says_again(first: str, second: str) -> bool:
    return second.replace(" ", "") in first.replace(" ", "")


def _date(lines: str, patterns: Patterns) -> str | None:
    for key in ("head.date", "head.date.chinese"):
        match = patterns[key].search(lines)
        if match:
            return _iso(*(chinese_number(match[name]) or 0 for name in _PARTS_OF_DAY))
    return None


def _day(text: str, patterns: Patterns) -> str | None:
    """The day in a bracket below the title, under a signature, or of the meeting told of.

    （2024年8月14日）; 青湖区人民政府办公室 / 2024年9月8日; 2024年9月6日上午，市长主持召开会议.
    """
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    signed = [
        line
        for above, line in itertools.pairwise(lines)
        if patterns["head.signed.body"].fullmatch(above) and _only_date(line, patterns)
    ]
    signed += [line for line in lines[-_LAST_LINES:] if _only_date(line, patterns)]
    first = lines[:_FIRST_LINES]
    below = [line for line in first if patterns["head.below"].match(line)]
    met = [line for line in first if patterns["head.met"].match(line)]
    return next((day for line in (*signed, *below, *met) if (day := _date(line, patterns))), None)


def _only_date(line: str, patterns: Patterns) -> bool:
    """A day, perhaps with who signs before it and the hour or 印发 behind it."""
    rest = patterns["head.signed.body"].sub("", line, count=1)
    return any(
        patterns[key].fullmatch(patterns["head.behind_day"].sub("", each.strip("（）() 　")))
        for key in ("head.date", "head.date.chinese")
        for each in (line, rest)
    )


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def _speaker(head: Head, patterns: Patterns) -> tuple[str | None, str | None]:
    """Office and name, each as far as stated."""
    for kind in _SPEAKERS:
        for line in head.lines:
            match = patterns[f"head.speaker.{kind}"].search(line)
            if match is None or (kind == "alone" and line == head.lines[0]):
                continue
            office = match["office"] if "office" in match.re.groupindex else None
            return office or None, re.sub(r"[\s　（(]", "", match["name"])
    masked = [patterns["head.speaker.masked"].match(line) for line in head.lines]
    office = next((match["office"] for match in masked if match), None)
    return office, _below_date(head.lines, patterns)


def _below_date(lines: Sequence[str], patterns: Patterns) -> str | None:
    """A bare name, which only its place below the date tells from any other short line."""
    for above, line in itertools.pairwise(lines):
        match = patterns["head.speaker.bare"].match(line)
        if match and _date(above, patterns):
            return match["name"]
    return None


def _occasion(lines: Sequence[str], patterns: Patterns) -> str | None:
    for key in ("head.occasion", "head.occasion.time"):
        for line in lines:
            match = patterns[key].search(line)
            if match:
                return re.sub(r"\s", "", match["occasion"])
    return None


def _stated_place(
    head: Head, occasion: str | None, office: str | None, patterns: Patterns
) -> str | None:
    """The fullest name of a jurisdiction in occasion, office, title or first sentence."""
    parts = [part for part in (occasion, office, *head.lines[:1]) if part]
    found = [patterns["head.place"].match(part) for part in parts]
    names = [match["place"] for match in found if match]
    sentence = patterns["head.place.sentence"].search(head.start)
    if sentence:
        names.append(sentence["place"])
    return max(names, key=len, default=None)


def _stated_level(head: Head, text: str, patterns: Patterns) -> AdministrativeLevel | None:
    """The lowest level that says so by itself: a county's speech names its province too."""
    behalf = patterns["head.behalf"].search(text[:_FIRST_WORDS])
    stated = "\n".join((*head.lines, behalf[0] if behalf else ""))
    for key, where in (("level", stated), ("level.own", text[:_FIRST_PARAGRAPHS])):
        for level in _LEVELS:
            pattern = patterns.get(f"{key}.{level}")
            if pattern and pattern.search(where):
                return cast("AdministrativeLevel", level)
    return None
