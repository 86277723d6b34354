"""Which pieces of a text are headings (GUIDELINE U5, A1, A2)."""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speechmine.rules.schema import RuleSet
from speechmine.segment.enumerators import UNRANKED, Enumerator, enumerator_at
from speechmine.sentences import split_blocks, split_segments

__all__ = ["LONGEST_HEADING", "Piece", "heading_flags", "pieces_of", "title_pieces"]

#: GUIDELINE U5: a heading has at most 25 characters (its enumerator and mark aside).
LONGEST_HEADING = 25
# GUIDELINE A2: a numbered one may be longer where its body follows on the next line.
_LONGEST_NUMBERED = 48
# A bracket that closes an item (（区财政局负责）) is no body for a heading.
_BRACKETED = re.compile(r"[（(\[〔【][^）)]{2,300}[）)\]〕】][。；]?$")
# Title, occasion, speaker, date, note: no more lines than this before the salutation.
_TITLE_PIECES = 10
# A topic sentence opens a paragraph; what follows it in the line must be more than a phrase.
_SHORTEST_BODY = 18
# Parallel short sentences (要强化…意识。 four times in one line) share at least this much.
_PARALLEL_PREFIX = 3
_PARALLEL_LENGTH = 14
_LEAST_PARALLELS = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment on its way: its place in its line and the enumerator it opens with."""

    start: int
    end: int
    text: str
    line: int
    first: bool
    last: bool
    rest: int
    enumerator: Enumerator | None

    @property
    def ranked(self) -> bool:
        """It opens with an enumerator of a style that has a fixed rank (一、 （一） 1.)."""
        return self.enumerator is not None and self.enumerator.rank < UNRANKED

    @property
    def body(self) -> str:
        """The text after the enumerator."""
        return self.text[self.enumerator.end - self.start :] if self.enumerator else self.text


def pieces_of(text: str, rules: RuleSet) -> tuple[Piece, ...]:
    """All segments of a text with their lines and enumerators."""
    return tuple(_pieces(text, rules))


def _pieces(text: str, rules: RuleSet) -> Iterator[Piece]:
    for line, (start, end) in enumerate(split_blocks(text)):
        spans = list(split_segments(text, start, end))
        for i, (a, b) in enumerate(spans):
            enumerator = enumerator_at(text, a, rules)
            last = i == len(spans) - 1
            yield Piece(a, b, text[a:b], line, i == 0, last, end - b, enumerator)


def heading_flags(
    pieces: Sequence[Piece], rules: RuleSet, problems: frozenset[int] = frozenset()
) -> tuple[bool, ...]:
    """For each piece whether it is a heading.

    Args:
        pieces: the whole text.
        rules: the rule set.
        problems: indices of pieces in a list of problems; 一是项目少。 there is a finding,
            not a heading.
    """
    cues = _cues(rules)
    parallel = _parallel_prefixes(pieces)
    titles = title_pieces(pieces, rules)
    return tuple(
        i >= titles
        and not (i in problems and not piece.ranked)
        and _is_heading(pieces, i, cues, parallel)
        for i, piece in enumerate(pieces)
    )


def title_pieces(pieces: Sequence[Piece], rules: RuleSet) -> int:
    """How many pieces at the start are title, speaker, date: they open, they head nothing.

    They end at the salutation; without one, a first line counts only where it names a text
    (…上的讲话), and what follows it as long as it is unpunctuated.
    """
    cues = _cues(rules)
    lines = [i for i, piece in enumerate(pieces[:_TITLE_PIECES]) if piece.first]
    for i in lines:
        if pieces[i].ranked:
            break
        if cues.salutation.match(pieces[i].text):
            return i
    if not pieces or pieces[0].ranked or not cues.title.search(pieces[0].text):
        return 0
    return next((i for i in lines if pieces[i].ranked or pieces[i].text[-1] in "。；：！"), 0)


@dataclass(frozen=True, slots=True)
class _Cues:
    scope: re.Pattern[str]
    lead_in: re.Pattern[str]
    salutation: re.Pattern[str]
    title: re.Pattern[str]
    sentence: tuple[re.Pattern[str], ...]
    never: tuple[re.Pattern[str], ...]


@functools.lru_cache(maxsize=8)
def _cues(rules: RuleSet) -> _Cues:
    table = {rule.id: re.compile(rule.pattern or "") for rule in rules.table("headings")}
    never = tuple(p for key, p in table.items() if key.startswith("not_heading."))
    return _Cues(
        scope=table["heading.scope"],
        lead_in=table["heading.lead_in"],
        salutation=table["not_heading.salutation"],
        title=re.compile(
            next(rule.pattern or "" for rule in rules.table("zones") if rule.id == "zone.title")
        ),
        sentence=(table["not_heading.figure"], table["not_heading.obligation"]),
        never=never,
    )


def _is_heading(
    pieces: Sequence[Piece], i: int, cues: _Cues, parallel: frozenset[tuple[int, str]]
) -> bool:
    piece = pieces[i]
    if piece.ranked and piece.first:
        return _numbered_line(pieces, i)
    if piece.enumerator is not None:
        return _numbered_item(pieces, i, cues)
    if len(piece.text.rstrip("。：:")) > LONGEST_HEADING:
        return False
    if piece.first and piece.last:
        return _line_of_its_own(piece, cues)
    if cues.scope.match(piece.text) and not piece.last:
        return True
    if (piece.line, piece.text[:_PARALLEL_PREFIX]) in parallel and not piece.last:
        return len(piece.text) <= _PARALLEL_LENGTH
    return piece.first and piece.rest >= _SHORTEST_BODY and _may_be_topic(piece.text, cues)


def _numbered_line(pieces: Sequence[Piece], i: int) -> bool:
    """一、 （一） 1. at a line's start: a heading where a body follows or it ends unpunctuated."""
    piece = pieces[i]
    following = pieces[i + 1] if i + 1 < len(pieces) else None
    if piece.text[-1] not in "。；;！":
        return True
    if following is None or len(piece.body) > _LONGEST_NUMBERED or _BRACKETED.match(following.text):
        return False
    if not piece.last:
        return True
    mark, other = piece.enumerator, following.enumerator
    return other is None or mark is None or other.rank > mark.rank


def _numbered_item(pieces: Sequence[Piece], i: int, cues: _Cues) -> bool:
    """第一， 一是 一要: a heading where it is short, closed by 。 and a body follows."""
    piece = pieces[i]
    body = piece.body
    if len(body) > LONGEST_HEADING + 1 or piece.text[-1] not in "。：:":
        return False
    if any(pattern.search(body) for pattern in cues.sentence):
        return False
    if piece.last:
        following = pieces[i + 1] if i + 1 < len(pieces) else None
        return piece.first and following is not None and following.enumerator is None
    return pieces[i + 1].enumerator is None


def _line_of_its_own(piece: Piece, cues: _Cues) -> bool:
    """A short line without closing mark (2026年重点工作), or one that announces what follows."""
    if cues.lead_in.match(piece.text):
        return not cues.salutation.match(piece.text)
    closed = piece.text[-1] in "。；;！!？?，,、：:）)”"
    return not closed and not cues.salutation.match(piece.text)


def _may_be_topic(text: str, cues: _Cues) -> bool:
    return text.endswith("。") and not any(p.search(text) for p in cues.never)


def _parallel_prefixes(pieces: Sequence[Piece]) -> frozenset[tuple[int, str]]:
    """(line, first characters) of short sentences that recur in one line, each with a body."""
    counts: Counter[tuple[int, str]] = Counter()
    for piece, following in itertools.pairwise(pieces):
        if len(piece.text) <= _PARALLEL_LENGTH and piece.text.endswith("。") and not piece.last:
            key = piece.text[:_PARALLEL_PREFIX]
            if following.text[:_PARALLEL_PREFIX] != key:
                counts[piece.line, key] += 1
    return frozenset(key for key, n in counts.items() if n >= _LEAST_PARALLELS)
