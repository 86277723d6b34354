"""Which pieces of a text look like headings (GUIDELINE U5, A1, A2); the judge has the last word."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import Patterns, patterns_by_id
from speechmine.segment.clauses import is_verbal
from speechmine.segment.furniture import set_aside
from speechmine.segment.pieces import LONGEST_NUMBERED, Piece
from speechmine.segment.predicates import predicates_of

__all__ = ["heading_flags", "heads_nothing", "section_heads"]

# GUIDELINE U5: a heading has at most 25 characters (its enumerator and mark aside).
_LONGEST_HEADING = 25
# Title, occasion, speaker, date, note: no more lines than this before the salutation.
_TITLE_PIECES = 10
# A topic sentence opens a paragraph; what follows it in the line must be more than a phrase.
_SHORTEST_BODY = 18
# Parallel short sentences (要强化…意识。 in one line) are so short, share so much, are so many.
_PARALLEL_LENGTH, _PARALLEL_PREFIX, _LEAST_PARALLELS = 14, 3, 3
# A bracket that closes an item (（区财政局负责）) is no body for a heading.
_BRACKETED = compiled(r"[（(\[〔【][^）)]{2,300}[）)\]〕】][。；]?$")
# A number of this rank (一、) heads a main part.
_MAIN_RANK = 1
# So many lines at most say who answers for an item and by when.
_MOST_FIELDS = 6


def heading_flags(
    pieces: Sequence[Piece], rules: RuleSet, problems: frozenset[int]
) -> tuple[bool, ...]:
    """For each piece whether it looks like a heading.

    Args:
        pieces: the whole text.
        rules: the rule set.
        problems: indices of pieces in a list of problems; 一是项目少。 there is a finding,
            not a heading.
    """
    titles, aside = _title_pieces(pieces, rules), set_aside(pieces, rules)
    cues, parallels = patterns_by_id(rules, "headings"), _parallels(pieces)
    flags = [
        i >= titles
        and i not in aside
        and (i not in problems or piece.ranked)
        and (i in parallels or _is_heading(pieces, i, cues, rules))
        and not heads_nothing(pieces, i, rules)
        for i, piece in enumerate(pieces)
    ]
    for run in _enumerations_of(pieces):
        closed = [i for i in run if pieces[i].text[-1] in "。；;！!"]
        if sum(flags[i] for i in closed) * 2 < len(closed):  # a list: none heads a body
            for i in closed:
                flags[i] = False
        for before, i in itertools.pairwise(run):
            if before == i - 1 and not flags[before] and i in closed:
                flags[i] = False  # it follows its sibling at once: a bare list
    return tuple(flags)


def section_heads(
    pieces: Sequence[Piece], flags: Sequence[bool], rules: RuleSet
) -> tuple[bool, ...]:
    """For each piece whether a section begins at it: at a heading, and at 一、 in its body's line.

    Where heading and body run into each other without a mark (一、抓防汛各镇要……) no segment is a
    heading, and yet the section is there.

    Args:
        pieces: of a text.
        flags: which of them are headings.
        rules: the rule set.
    """
    known = patterns_by_id(rules, "headings").items()
    empty = [pattern for key, pattern in known if key.startswith("heads_nothing.")]
    heads = [
        flag and not any(pattern.match(piece.text) for pattern in empty)
        for flag, piece in zip(flags, pieces, strict=True)
    ]
    for run in _enumerations_of(pieces):
        mark = pieces[run[0]].enumerator
        if mark is None or mark.rank > _MAIN_RANK or len(run) == 1:
            continue
        behind = [pieces[i + 1].enumerator if i + 1 < len(pieces) else mark for i in run]
        if all(other is None or other.style != mark.style for other in behind):  # all have a body
            for i in run:
                heads[i] = True
    return tuple(heads)


def _enumerations_of(pieces: Sequence[Piece]) -> list[list[int]]:
    """Enumerations: indices of pieces whose numbers count on in one style."""
    runs: list[list[int]] = []
    latest: dict[str, tuple[int, list[int]]] = {}
    for i, piece in enumerate(pieces):
        mark = piece.enumerator
        if mark is None:
            continue
        number, run = latest.get(mark.style, (0, []))
        if mark.number != number + 1 or not run:
            runs.append(run := [])
        run.append(i)
        latest[mark.style] = mark.number, run
    return runs


def _title_pieces(pieces: Sequence[Piece], rules: RuleSet) -> int:
    """How many pieces at the start are title, speaker, date: they open, they head nothing.

    They end at the salutation; without one, a first line counts only where it names a text
    (…上的讲话), and what follows it as long as it is unpunctuated.
    """
    salutation = patterns_by_id(rules, "headings")["not_heading.salutation"]
    title = patterns_by_id(rules, "zones")["zone.title"]
    lines = [i for i, piece in enumerate(pieces[:_TITLE_PIECES]) if piece.first]
    for i in lines:
        if pieces[i].ranked:
            break
        if salutation.match(pieces[i].text):
            return i
    if not pieces or pieces[0].ranked or not title.search(pieces[0].text):
        return 0
    return next((i for i in lines if pieces[i].ranked or pieces[i].text[-1] in "。；：！"), 0)


def _is_heading(pieces: Sequence[Piece], i: int, cues: Patterns, rules: RuleSet) -> bool:
    piece = pieces[i]
    if piece.ranked and piece.first:
        if piece.text[-1] not in "。；;！":
            return True
        noted = i + 1 < len(pieces) and _BRACKETED.match(pieces[i + 1].text)
        return len(piece.body) <= LONGEST_NUMBERED and not noted
    if piece.enumerator is not None:
        return _numbered_item(pieces, i, cues)
    text = piece.text
    if len(text.rstrip("。：:")) > _LONGEST_HEADING:
        return False
    if piece.first and piece.last:
        if cues["heading.lead_in"].match(text):  # it announces what follows
            return not cues["not_heading.salutation"].match(text)
        return text[-1] not in "。；;！!？?，,、：:）)”" or _heads_paragraph(pieces, i, rules)
    if cues["heading.scope"].match(text) and not piece.last:
        return True
    before = pieces[i - 1].text if i and pieces[i - 1].first else ""
    if cues["not_heading.salutation"].match(before):
        return False
    return piece.first and piece.rest >= _SHORTEST_BODY and _may_be_topic(text, rules)


def _parallels(pieces: Sequence[Piece]) -> frozenset[int]:
    """Short sentences of one line that begin alike, each with a body behind it."""
    alike: dict[tuple[int, str], list[int]] = {}
    for i, (piece, following) in enumerate(itertools.pairwise(pieces)):
        begins = piece.text[:_PARALLEL_PREFIX]
        short = len(piece.text) <= _PARALLEL_LENGTH and piece.text[-1] == "。"
        if short and not piece.last and following.text[:_PARALLEL_PREFIX] != begins:
            alike.setdefault((piece.line, begins), []).append(i)
    return frozenset(i for run in alike.values() if len(run) >= _LEAST_PARALLELS for i in run)


def _numbered_item(pieces: Sequence[Piece], i: int, cues: Patterns) -> bool:
    """第一， 一是 一要: a heading where it is short, closed by 。 and a body follows."""
    piece = pieces[i]
    alone, end = piece.first and piece.last, piece.text[-1]
    if len(piece.body) > (LONGEST_NUMBERED if alone else _LONGEST_HEADING + 1):
        return False
    if end not in "。：:":
        return alone and end not in "；;！!？?，,、"
    told = cues["not_heading.figure"], cues["not_heading.obligation"]
    if any(cue.search(piece.body) for cue in told):
        return False
    bodied = i + 1 < len(pieces) and pieces[i + 1].enumerator is None
    return bodied and (piece.first or not piece.last)


def _heads_paragraph(pieces: Sequence[Piece], i: int, rules: RuleSet) -> bool:
    """A topic sentence on a line of its own, above the paragraph that it heads; none with a 要."""
    following = pieces[i + 1] if i + 1 < len(pieces) else None
    if following is None or following.enumerator is not None or following.rest < _SHORTEST_BODY:
        return False
    text = pieces[i].text
    return not predicates_of(rules).modal.search(text) and _may_be_topic(text, rules)


def _may_be_topic(text: str, rules: RuleSet) -> bool:
    """A closed sentence of one clause, or one that says what is done or how it goes."""
    cues = patterns_by_id(rules, "headings")
    if cues["heading.spoken"].match(text):  # 先说形势。
        return True
    if not text.endswith("。") or ("，" in text and not is_verbal(text, rules)):
        return False
    return not any(cue.search(text) for key, cue in cues.items() if key.startswith("not_heading."))


def heads_nothing(pieces: Sequence[Piece], i: int, rules: RuleSet) -> bool:
    r"""A numbered piece with no body: the next of its list follows, or what is above, or nothing.

    It says itself what is to be done or was done (1.新建泵站2座; 二是编制规划): of 1,506 such
    pieces in annotated texts two were headings. Who answers for it may stand behind or below it.

    Args:
        pieces: the whole text.
        i: the place of the line.
        rules: the rule set.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> from speechmine.segment.pieces import pieces_of
        >>> rules = default_rules()
        >>> pieces = pieces_of("一、水利\n1.新建泵站2座\n2.疏浚河道（县水利局）", rules)
        >>> [heads_nothing(pieces, i, rules) for i in range(3)]
        [False, True, True]
    """
    piece, mark = pieces[i], pieces[i].enumerator
    if mark is None:
        return False
    following = pieces[i + 1] if i + 1 < len(pieces) else None
    if following is None or (piece.last and not piece.first):
        return True
    if following.enumerator is not None and following.enumerator.style == mark.style:
        return True
    noted = following.last and _BRACKETED.match(following.text)  # （县水利局负责）
    return piece.first and bool(piece.last or noted) and _ends_behind(pieces, i, rules)


def _ends_behind(pieces: Sequence[Piece], i: int, rules: RuleSet) -> bool:
    """Whether the lines below only say who answers, and then a number as high or higher comes."""
    mark, field = pieces[i].enumerator, patterns_by_id(rules, "headings")["heading.field"]
    since = i + 1 + (not pieces[i].last)
    below = next((p for p in pieces[since : i + _MOST_FIELDS] if not field.match(p.text)), None)
    if below is None or below.enumerator is None or mark is None:
        return below is None
    return below.enumerator.style == mark.style or below.enumerator.rank < mark.rank
