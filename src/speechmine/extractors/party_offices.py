"""Offices that no table knows, by how their names end (教务处, 县一中); persons by their office."""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from speechmine.extractors.party_cues import (
    Cues,
    acts_by_word,
    acts_in_time,
    behind_name,
    cues_of,
)
from speechmine.extractors.party_lexicon import Lexicon, lexicon_of, patterns_of, spelling_starts
from speechmine.extractors.party_names import Mention
from speechmine.patterns import compiled
from speechmine.rules.scanning import find_all
from speechmine.rules.searching import Patterns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from speechmine.rules.schema import RuleSet

__all__ = ["find_offices", "find_persons", "find_portfolios", "with_offices"]

_LONGEST = 16
_REACH = 24
_SHORTEST = 2
_ENDS = compiled(r"[，。；：、！？,;:!?）)\s]|$")


def find_offices(text: str, rules: RuleSet) -> Iterator[Mention]:
    """Offices at the head of a clause, in a list, told to act or handed something; all weak.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> text = "教务处、总务科连夜排查，名单交保卫科存档"
        >>> [text[m.start : m.end] for m in find_offices(text, default_rules())]
        ['教务处', '总务科', '保卫科']
    """
    lexicon, cues, shapes = lexicon_of(rules), cues_of(rules), patterns_of(rules, "place_subjects")
    windows = list(_windows(unit.start() for unit in find_all(shapes["unit"], text)))
    found: dict[int, Mention] = {}
    for kind in ("office", "handed"):
        free = 0
        for head in _heads(text, windows, shapes[kind]):
            start = _behind_lead(text, head, lexicon, cues)
            if start is None or start < free or start in found:
                continue
            end = _end(text, start, shapes, cues, lexicon, handed=kind == "handed")
            if end:
                free = end
                found[start] = Mention(start, end, start, None, weak=True)
    free = 0
    for start in sorted(found):
        if start >= free:
            free = found[start].end
            yield found[start]


def find_portfolios(text: str, rules: RuleSet) -> Iterator[Mention]:
    """Portfolio words that stand for their offices: 财政、住建每半月对账; 人社牵头.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> text = "人社牵头，财政、住建每半月对一次账，教育改革"
        >>> [text[m.start : m.end] for m in find_portfolios(text, default_rules())]
        ['人社', '财政', '住建']
    """
    lexicon, cues, shapes = lexicon_of(rules), cues_of(rules), patterns_of(rules, "place_subjects")
    free = 0
    for at in spelling_starts(text, rules):
        if at < free or shapes["portfolios"].match(text, at) is None:
            continue
        listed = _portfolios(text, at, lexicon)
        free = listed[-1].end if listed else free
        several = len(listed) > 1
        if listed and _do(text, free, cues, shapes["alone"], several=several):
            yield from listed


def _do(text: str, at: int, cues: Cues, alone: re.Pattern[str], *, several: bool) -> bool:
    """Whether a deed follows; of one word by itself only what no noun goes with shows it."""
    if alone.match(text, at):
        return True
    if not several or cues.context["modal"].match(text, at):
        return False
    # 供水、供电接入: a verb right behind the list may be what it is about, behind a time it is not.
    timed = cues.context["when"].match(text, at) or cues.adverbs.longest_at(text, at)
    small = cues.context["deed"].match(text, at) is not None
    return small or (bool(timed) and acts_by_word(text, at, cues))


def _portfolios(text: str, at: int, lexicon: Lexicon) -> list[Mention]:
    """The words of a list from a place on; none where it goes on with something else."""
    listed: list[Mention] = []
    while at < len(text):
        found = next(iter(lexicon.starting(text, at)), None)
        if found is None or found[1].attribute("use") == "letter":
            return []
        listed.append(Mention(at, found[0], at, found[1]))
        joint = lexicon.shapes["name.listed"].match(text, found[0])
        if joint is None:
            return listed
        at = joint.end()
    return []


def _windows(units: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Where a name, or a time before it, may begin that one of the units ends."""
    first = last = -1
    for at in units:
        if at - _REACH > last:
            if last >= 0:
                yield first, last
            first = max(0, at - _REACH)
        last = at + 1
    if last >= 0:
        yield first, last


def _heads(text: str, windows: Iterable[tuple[int, int]], head: re.Pattern[str]) -> Iterator[int]:
    """The places in the windows where a clause, a list's member or an order begins."""
    for start, end in windows:
        for match in head.finditer(text, start, end + _LONGEST):
            if match.start() >= end:
                break
            yield match.start()


def with_offices(known: list[Mention], offices: Iterable[Mention]) -> list[Mention]:
    """The mentions with the offices among them that no table has, in text order.

    A known name stays as it is, but for one that is the beginning or the end of the office's:
    县公安局 of 县公安局交警大队, 工会 of 机关工会.
    """
    starts = [mention.start for mention in known]
    found: dict[int, Mention] = dict(enumerate(known))
    added = []
    for office in offices:
        i, j = (bisect_left(starts, at) for at in (office.start, office.end))
        overlaps = bool(i) and known[i - 1].end > office.start
        if overlaps or not all(_is_part(known[k], office) for k in range(i, j)):
            continue
        if sum(not known[k].weak for k in range(i, j)) > 1:  # 区教育局区卫健局: two names, no joint
            continue
        parts = [found.pop(k) for k in range(i, j) if k in found]
        added.append(_whole(office, parts))
    return sorted([*found.values(), *added], key=lambda mention: mention.start)


def _is_part(name: Mention, office: Mention) -> bool:
    """A known name inside the office's: at its beginning or end, or a common word."""
    if name.end > office.end or (name.start, name.end) == (office.start, office.end):
        return False
    shares = name.start == office.start or name.end == office.end
    person = name.entry is not None and name.entry.attribute("specificity") == "person"
    return name.weak or (shares and (name.kind == "body" or person))


def _whole(office: Mention, parts: list[Mention]) -> Mention:
    """The office, firm where a part of its name is."""
    firm = next((part for part in parts[::-1] if not part.weak), None)
    if firm is None:
        return office
    return dataclasses.replace(firm, start=office.start, end=office.end)


def _behind_lead(text: str, at: int, lexicon: Lexicon, cues: Cues) -> int | None:
    """Where a name begins behind times and the words of its clause: 月底前总务科 -> 总务科.

    None where a verb has it as object (成立专班); 审计部, 招商局 begin with what is mostly a noun.
    """
    while True:
        time = cues.context["when"].match(text, at)
        if time:
            at = time.end()
            continue
        length = lexicon.openers.longest_at(text, at)
        word = text[at : at + length]
        if length < _SHORTEST or word in cues.nominal or cues.context["joint"].match(text, at):
            return at
        if word in cues.verbs:
            return None
        at += length


def _end(
    text: str, start: int, shapes: Patterns, cues: Cues, lexicon: Lexicon, *, handed: bool
) -> int | None:
    """Where the name ends: at its first unit behind which the clause goes on as behind a name."""
    stop = lexicon.shapes["name.stop"].search(text, start, start + _LONGEST)
    limit = stop.start() if stop else min(len(text), start + _LONGEST)
    tasks = _past_nouns(text, start, cues)
    first: int | None = None
    for unit in shapes["unit"].finditer(text, start, limit):
        end = unit.end()
        divides = shapes["division"].match(unit[0]) is not None  # 计划财务科 is one
        if tasks > start and unit.start() - tasks > 1 and not divides:
            return None
        if unit.start() == start and len(unit[0]) < _SHORTEST:
            continue
        if shapes["no_office"].fullmatch(text, start, end):
            continue
        if lexicon.shapes["name.listed"].match(text, end) or _ENDS.match(text, end):
            return end
        behind = behind_name(text, end, cues)
        if handed or acts_by_word(text, behind, cues) or acts_in_time(text, behind, cues):
            return end
        first = first or end
    return first if cues.context["told"].search(text, max(0, start - 2), start) else None


def _past_nouns(text: str, at: int, cues: Cues) -> int:
    """Past words that are verb and noun.

    Right before a unit (审计部, 招商一局) they are nouns, before anything else a verb with its
    object (建设计算中心).
    """
    while length := cues.nominal.longest_at(text, at):
        at += length
    return at


def find_persons(text: str, rules: RuleSet) -> Iterator[Mention]:
    """Persons where a party can stand; all weak, as only their place makes them parties.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> text = "请秦副校长签字，教务处刘主任负责，材料交给老张"
        >>> [text[m.start : m.end] for m in find_persons(text, default_rules())]
        ['秦副校长', '教务处刘主任', '老张']
    """
    shapes = patterns_of(rules, "place_subjects")
    free = 0
    spans = (
        match.span("place")
        for kind in ("person", "labelled", "led", "told_person", "post", "bare_person")
        for match in find_all(shapes[kind], text)
    )
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= free:
            free = end
            yield Mention(start, end, start, None, weak=True)
