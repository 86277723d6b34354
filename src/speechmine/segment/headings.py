"""Which pieces of a text are headings (GUIDELINE U5, A1, A2)."""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import patterns_by_id
from speechmine.segment.bodies import BRACKETED, heads_nothing
from speechmine.segment.clauses import is_verbal
from speechmine.segment.pieces import LONGEST_NUMBERED, Piece, number_of, pieces_of
from speechmine.segment.predicates import predicates_of

__all__ = [
    "LONGEST_HEADING",
    "Piece",
    "enumerations_of",
    "heading_flags",
    "pieces_of",
    "title_pieces",
]

#: GUIDELINE U5: a heading has at most 25 characters (its enumerator and mark aside).
LONGEST_HEADING = 25
# Among headings of one list (一是 二是 …) a slightly longer one is a heading too.
_LONGEST_AMONG_HEADINGS = 36
_LEAST_VOTES = 3
# Lists nest: a number may go on from one of this many latest lists of its style.
_OPEN_RUNS = 3
_SECOND = 2
_DASHES = "—―–"
_CLOSES = "。；;！!"
# Title, occasion, speaker, date, note: no more lines than this before the salutation.
_TITLE_PIECES = 10
# A topic sentence opens a paragraph; what follows it in the line must be more than a phrase.
_SHORTEST_BODY = 18
# Parallel short sentences (要强化…意识。 four times in one line) share at least this much.
_PARALLEL_PREFIX = 3
_PARALLEL_LENGTH = 14
_LEAST_PARALLELS = 3


def heading_flags(
    pieces: Sequence[Piece], rules: RuleSet, problems: frozenset[int], aside: frozenset[int]
) -> tuple[bool, ...]:
    """For each piece whether it is a heading.

    Args:
        pieces: the whole text.
        rules: the rule set.
        problems: indices of pieces in a list of problems; 一是项目少。 there is a finding,
            not a heading.
        aside: indices of pieces that cannot be any, whatever they look like.
    """
    parallel = _parallel_prefixes(pieces)
    titles = title_pieces(pieces, rules)
    flags = [
        i >= titles
        and i not in aside
        and not heads_nothing(pieces, i, rules)
        and not (i in problems and not piece.ranked)
        and _is_heading(pieces, i, rules, parallel)
        for i, piece in enumerate(pieces)
    ]
    for run in enumerations_of(pieces):
        _vote(pieces, flags, [i for i in run if i not in problems and i not in aside])
    return tuple(flags)


def enumerations_of(pieces: Sequence[Piece]) -> Iterator[list[int]]:
    """Enumerations: indices of pieces whose numbers count on in one style."""
    runs: dict[str, list[list[int]]] = {}
    for i, piece in enumerate(pieces):
        mark = piece.enumerator
        if mark is None:
            continue
        open_runs = runs.setdefault(mark.style, [])
        run = _run_before(pieces, open_runs[-_OPEN_RUNS:], mark.number, piece.first)
        if run is None:
            open_runs.append(run := [])
        run.append(i)
    return (run for style in runs.values() for run in style)


def _run_before(
    pieces: Sequence[Piece], runs: Sequence[list[int]], number: int, first: bool
) -> list[int] | None:
    """The latest list that this number goes on from; one that stands alike in its lines first."""
    fitting = [
        run
        for run in runs
        if (mark := pieces[run[-1]].enumerator) is not None and mark.number == number - 1 > 0
    ]
    alike = [run for run in fitting if pieces[run[-1]].first == first]
    return next(reversed(alike or fitting), None)


def _vote(pieces: Sequence[Piece], flags: list[bool], run: Sequence[int]) -> None:
    """Items of one list are of one kind: all of them head a body, or none does."""
    closed = [i for i in run if pieces[i].text[-1] in _CLOSES]
    heads = sum(flags[i] for i in closed)
    if heads * 2 < len(closed):
        for i in closed:
            flags[i] = False
    for before, i in itertools.pairwise(run):
        if i in closed and before == i - 1 and not flags[before]:
            flags[i] = False  # it follows its sibling at once: a bare list
    if len(closed) >= _LEAST_VOTES and heads * 2 > len(closed):
        for i in closed:
            flags[i] = flags[i] or _nearly(pieces, i)


def _nearly(pieces: Sequence[Piece], i: int) -> bool:
    """Only its length keeps it from being a heading like its siblings."""
    piece = pieces[i]
    following = pieces[i + 1] if i + 1 < len(pieces) else None
    fair = len(piece.body) <= _LONGEST_AMONG_HEADINGS and piece.text[-1] == "。"
    return fair and not piece.last and following is not None and following.enumerator is None


def title_pieces(pieces: Sequence[Piece], rules: RuleSet) -> int:
    """How many pieces at the start are title, speaker, date: they open, they head nothing.

    They end at the salutation; without one, a first line counts only where it names a text
    (…上的讲话), and what follows it as long as it is unpunctuated.
    """
    cues = _heading_cues(rules)
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
class _HeadingCues:
    scope: re.Pattern[str]
    lead_in: re.Pattern[str]
    spoken: re.Pattern[str]
    agenda: re.Pattern[str]
    salutation: re.Pattern[str]
    note: re.Pattern[str]
    title: re.Pattern[str]
    sentence: tuple[re.Pattern[str], ...]
    never: tuple[re.Pattern[str], ...]


@functools.lru_cache(maxsize=8)
def _heading_cues(rules: RuleSet) -> _HeadingCues:
    table = patterns_by_id(rules, "headings")
    never = tuple(p for key, p in table.items() if key.startswith("not_heading."))
    return _HeadingCues(
        scope=table["heading.scope"],
        lead_in=table["heading.lead_in"],
        spoken=table["heading.spoken"],
        agenda=table["not_heading.agenda"],
        salutation=table["not_heading.salutation"],
        note=table["heading.note"],
        title=patterns_by_id(rules, "zones")["zone.title"],
        sentence=(table["not_heading.figure"], table["not_heading.obligation"]),
        never=never,
    )


def _is_heading(
    pieces: Sequence[Piece], i: int, rules: RuleSet, parallel: frozenset[tuple[int, str]]
) -> bool:
    piece, cues = pieces[i], _heading_cues(rules)
    if piece.ranked and piece.first:
        return _numbered_line(pieces, i, cues)
    if piece.enumerator is not None:
        return _is_title_line(piece) or _numbered_item(pieces, i, cues)
    if len(piece.text.rstrip("。：:")) > LONGEST_HEADING:
        return False
    if piece.first and piece.last:
        return _line_of_its_own(piece, cues) or _heads_paragraph(pieces, i, rules)
    if cues.scope.match(piece.text) and not piece.last:
        return True
    if (piece.line, piece.text[:_PARALLEL_PREFIX]) in parallel and not piece.last:
        return len(piece.text) <= _PARALLEL_LENGTH
    return _opens_paragraph(pieces, i, cues) and _may_be_topic(piece.text, rules)


def _opens_paragraph(pieces: Sequence[Piece], i: int, cues: _HeadingCues) -> bool:
    """It begins a line with more behind it, and the line before is no bare address."""
    piece = pieces[i]
    addressed = i > 0 and pieces[i - 1].first and cues.salutation.match(pieces[i - 1].text)
    return piece.first and piece.rest >= _SHORTEST_BODY and not addressed


def _numbered_line(pieces: Sequence[Piece], i: int, cues: _HeadingCues) -> bool:
    """一、 （一） 1. at a line's start: a heading where a body follows or it ends unpunctuated."""
    piece = pieces[i]
    following = pieces[i + 1] if i + 1 < len(pieces) else None
    if piece.text[-1] not in "。；;！":
        return True
    if following is None or len(piece.body) > LONGEST_NUMBERED or BRACKETED.match(following.text):
        return False
    if not piece.last and following.last and cues.note.fullmatch(following.text):
        return False
    if not piece.last:
        return True
    mark, other = piece.enumerator, following.enumerator
    return other is None or mark is None or other.rank > mark.rank


def _numbered_item(pieces: Sequence[Piece], i: int, cues: _HeadingCues) -> bool:
    """第一， 一是 一要: a heading where it is short, closed by 。 and a body follows."""
    piece = pieces[i]
    body = piece.body
    alone = piece.first and piece.last
    longest = LONGEST_NUMBERED if alone else LONGEST_HEADING + 1
    if len(body) > longest or piece.text[-1] not in "。：:":
        return False
    if any(pattern.search(body) for pattern in cues.sentence) or _goes_on_inside(pieces, i):
        return False
    if piece.last:
        following = pieces[i + 1] if i + 1 < len(pieces) else None
        return piece.first and following is not None and following.enumerator is None
    return pieces[i + 1].enumerator is None


def _goes_on_inside(pieces: Sequence[Piece], i: int) -> bool:
    """二是 after ……：一是……；: the list began inside the sentence before."""
    mark, before = pieces[i].enumerator, pieces[i - 1] if i else None
    if mark is None or before is None or mark.number != _SECOND or before.text[-1] not in "；;，":
        return False
    begun = re.search("[：:](.)", before.text)
    return begun is not None and number_of(begun[1]) == 1


def _is_title_line(piece: Piece) -> bool:
    alone = piece.first and piece.last and piece.text[-1] not in "。；;！!？?，,、：:"
    return alone and len(piece.body) <= LONGEST_NUMBERED


def _line_of_its_own(piece: Piece, cues: _HeadingCues) -> bool:
    """A short line without closing mark (2026年重点工作), or one that announces what follows."""
    if cues.agenda.search(piece.text):
        return False
    if cues.lead_in.match(piece.text):
        return not cues.salutation.match(piece.text)
    closed = piece.text[-1] in "。；;！!？?，,、：:）)”"
    return not closed and not cues.salutation.match(piece.text)


def _heads_paragraph(pieces: Sequence[Piece], i: int, rules: RuleSet) -> bool:
    """A topic sentence on a line of its own, above the paragraph that it heads; none with a 要."""
    following = pieces[i + 1] if i + 1 < len(pieces) else None
    if following is None or following.enumerator is not None or following.rest < _SHORTEST_BODY:
        return False
    asks = predicates_of(rules).modal.search(pieces[i].text) is not None
    return not asks and _may_be_topic(pieces[i].text, rules)


def _may_be_topic(text: str, rules: RuleSet) -> bool:
    cues = _heading_cues(rules)
    if cues.spoken.match(text):
        return True
    if not text.endswith("。") or any(pattern.search(text) for pattern in cues.never):
        return False
    return "，" not in text or text[0] in _DASHES or is_verbal(text, rules)


def _parallel_prefixes(pieces: Sequence[Piece]) -> frozenset[tuple[int, str]]:
    """(line, first characters) of short sentences that recur in one line, each with a body."""
    counts: Counter[tuple[int, str]] = Counter()
    for piece, following in itertools.pairwise(pieces):
        if len(piece.text) <= _PARALLEL_LENGTH and piece.text.endswith("。") and not piece.last:
            key = piece.text[:_PARALLEL_PREFIX]
            if following.text[:_PARALLEL_PREFIX] != key:
                counts[piece.line, key] += 1
    return frozenset(key for key, n in counts.items() if n >= _LEAST_PARALLELS)
