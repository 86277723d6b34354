"""Enumerators, and pieces: segments on their way, with lost breaks and page furniture cut off."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from speechmine.borders import Span, split_blocks, split_segments
from speechmine.changes import quickly_made
from speechmine.numerals import parse_number
from speechmine.patterns import compiled
from speechmine.rules.openings import openings
from speechmine.rules.schema import Rule, RuleSet
from speechmine.rules.searching import patterns_by_id

__all__ = [
    "LONGEST_NUMBERED",
    "UNRANKED",
    "Enumerator",
    "Piece",
    "enumerator_at",
    "number_of",
    "pieces_of",
]

#: Rank of styles that nest where they stand (一是 inside （二）, or the other way round).
UNRANKED = 6

_IN_ONE_SIGN = range(ord("①"), ord("⒛") + 1)  # ① ⑴ ⒈: mark and number are one character


@quickly_made
@dataclass(frozen=True, slots=True)
class Enumerator:
    """One enumerator as it stands; ``label`` is its text, ``number`` what it counts."""

    start: int
    end: int
    label: str
    style: str
    rank: int
    number: int


def enumerator_at(text: str, start: int, rules: RuleSet) -> Enumerator | None:
    """The enumerator that begins at ``start``, if one does.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> enumerator_at("二是抓进度", 0, default_rules()).number
        2
    """
    first, forms = _forms(rules)
    if first is not None and text[start : start + 1] not in first:
        return None
    for rule, pattern in forms:
        match = pattern.match(text, start)
        if match:
            rank = int(rule.attribute("rank", str(UNRANKED)))
            number = _number(rule, match["n"] or match[0])
            label = match[0].strip(" 　，,：:")
            return Enumerator(start, match.end(), label, rule.value, rank, number)
    return None


#: What enumerators can begin with, None for anything; and each with its pattern.
_Forms = tuple[frozenset[str] | None, tuple[tuple[Rule, re.Pattern[str]], ...]]


@functools.lru_cache(maxsize=8)
def _forms(rules: RuleSet) -> _Forms:
    forms = tuple((rule, compiled(rule.pattern or "")) for rule in rules.table("enumerators"))
    begun = [openings(pattern.pattern) for _, pattern in forms]
    first = None if None in begun else frozenset().union(*filter(None, begun))
    return first, forms


def _number(rule: Rule, label: str) -> int:
    words = rule.attributes.get("words", ())
    if isinstance(words, tuple) and label in words:
        return words.index(label) + 1
    return number_of(label)


def number_of(label: str) -> int:
    """What an enumerator or a small count says; 0 where it says nothing.

    Example:
        >>> [number_of(label) for label in ("十二", "3", "②", "两")]
        [12, 3, 2, 2]
    """
    if label and ord(label[0]) in _IN_ONE_SIGN:
        return int(unicodedata.numeric(label[0]))
    value = parse_number(label)
    return int(value) if value is not None else 0


#: GUIDELINE A2: a numbered heading may be longer than 25 where its body follows.
LONGEST_NUMBERED = 48
# A heading and its body in one line, only a blank between them: 一、工作回顾 去年，……
_HEADING_THEN_BLANK = compiled(r"[^。！？；：\n]{2,40}?(?<=[^\W\da-zA-Z]|”)[ ]+(?=[^\W_]|[“《])")
_SHORTEST_BODY = 12
_PAGE = compiled(r"[-—－–─]{1,2} ?\d{1,3} ?[-—－–─]{1,2}(?= |$)")
_HIGH_RANK = 2
_CLAUSES_OF_A_BODY = 2


@quickly_made
@dataclass(frozen=True, slots=True)
class Piece:
    """A segment on its way: its place in its line and the enumerator it opens with.

    ``addresses``: a paragraph, or a sentence that is no more, that addresses the audience.
    """

    start: int
    end: int
    text: str
    line: int
    first: bool
    last: bool
    rest: int
    enumerator: Enumerator | None
    addresses: bool = False

    @property
    def ranked(self) -> bool:
        """It opens with an enumerator of a style that has a fixed rank (一、 （一） 1.)."""
        return self.enumerator is not None and self.enumerator.rank < UNRANKED

    @property
    def body(self) -> str:
        """The text after the enumerator."""
        return self.text[self.enumerator.end - self.start :] if self.enumerator else self.text


def pieces_of(text: str, rules: RuleSet) -> tuple[Piece, ...]:
    """All segments of a text with their lines and enumerators.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> text = "各镇要逐级销号。 二、抓防火 林场要守住卡口，一天一巡，不留死角。"
        >>> [(p.text, p.line) for p in pieces_of(text, default_rules())]
        [('各镇要逐级销号。', 0), ('二、抓防火', 0), ('林场要守住卡口，一天一巡，不留死角。', 1)]
    """
    address = patterns_by_id(rules, "headings")["mark.address"]
    pieces = []
    for line, spans in enumerate(_segments_by_line(text, rules)):
        end = spans[-1][1]
        for i, (a, b) in enumerate(spans):
            mark, said = enumerator_at(text, a, rules), address.match(text, a, b)
            addresses = said is not None and (i == 0 or said.end() == b)
            piece = Piece(a, b, text[a:b], line, i == 0, b == end, end - b, mark, addresses)
            pieces.append(piece)
    return tuple(pieces)


def _segments_by_line(text: str, rules: RuleSet) -> Iterator[list[Span]]:
    """The segments of each line, a line ending too where a paragraph break was lost."""
    for start, end in split_blocks(text):
        line: list[Span] = []
        for a, b in split_segments(text, start, end):
            cuts = [a, *_lost_breaks(text, (a, b), rules), b]
            for i, (x, y) in enumerate(itertools.pairwise(cuts)):
                if line and i:
                    yield line
                    line = []
                line.append((x, x + len(text[x:y].rstrip())))
        if line:
            yield line


def _lost_breaks(text: str, span: Span, rules: RuleSet) -> list[int]:
    """Where in a segment a paragraph must have begun, in order."""
    start, end = span
    page = _PAGE.match(text, start, end)
    if page is not None and page.end() < end:
        at = page.end() + 1
        return [at, *_lost_breaks(text, (at, end), rules)]
    marks = patterns_by_id(rules, "headings")
    called = marks["mark.called"].match(text, start, end)
    if called is not None and called.end() < end:  # 同志们：各镇要…
        return [called.end(), *_lost_breaks(text, (called.end(), end), rules)]
    if text.find(" ", start, end) < 0:
        return []
    gaps = marks["mark.behind_blank"].finditer(text, start + 1, end)
    cuts = [gap.end() for gap in gaps if _heads_here(text, gap, rules)]
    return _with_bodies(text, [start, *cuts, end], rules)


def _heads_here(text: str, gap: re.Match[str], rules: RuleSet) -> bool:
    """A high enumerator after a blank."""
    mark = enumerator_at(text, gap.end(), rules)
    if mark is None or mark.rank > _HIGH_RANK:
        return False
    apart = patterns_by_id(rules, "headings")["mark.not_behind"]
    return apart.match(text, gap.start() - 1) is None


def _with_bodies(text: str, cuts: list[int], rules: RuleSet) -> list[int]:
    """The cuts, and one more where a numbered heading is parted from its body by a blank."""
    found: list[int] = []
    for start, end in itertools.pairwise(cuts):
        found.append(start)
        mark = enumerator_at(text, start, rules)
        if mark is None or mark.rank > _HIGH_RANK or _is_whole(text, start, end):
            continue
        head = _HEADING_THEN_BLANK.match(text, mark.end, end)
        if head is not None and _is_body(text[head.end() : end]):
            found.append(head.end())
    return found[1:]


def _is_body(text: str) -> bool:
    return len(text) >= _SHORTEST_BODY or text.endswith(("！", "："))


def _is_whole(text: str, start: int, end: int) -> bool:
    """A closed heading of fair length: a blank inside it is a flaw of the file, no border."""
    fair = end - start <= LONGEST_NUMBERED and text[end - 1] in "。；"
    return fair and text.count("，", start, end) < _CLAUSES_OF_A_BODY
