"""Where an opening ends, a closing begins, and how far a list of problems reaches."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import Patterns, patterns_by_id
from speechmine.segment.pieces import Piece

__all__ = ["closing_pieces", "opening_end", "problem_run"]

# How many pieces at the end a closing can take, in a long text one in so many, in a part that
# names itself one (结束语) more; and how many an opening can at the start.
_CLOSING_PIECES = 16
_CLOSING_SHARE = 25
_NAMED_CLOSING_PIECES = 32
_OPENING_PIECES = 40
# Thanks and greetings this far behind the last word of an opening are part of the body.
_OPENING_GAP = 12
# The rest of the line behind that word is opening too, unless the whole text stands in it.
_OPENING_REST = 8


def opening_end(pieces: Sequence[Piece], rules: RuleSet) -> int:
    """How many of the first pieces open the text: to the end of the last line that says so.

    An agenda (下面，我讲三点) ends an opening wherever it stands; words of thanks or welcome
    only near the words before them.
    """
    cues = patterns_by_id(rules, "zones")
    last = -1
    for i, piece in enumerate(pieces[:_OPENING_PIECES]):
        if cues["zone.opening.agenda"].search(piece.text) or (
            i - last <= _OPENING_GAP and cues["zone.opening.text"].search(piece.text)
        ):
            last = i
    if last < 0:
        return 0
    line = pieces[last].line
    end = next((i for i in range(last, len(pieces)) if pieces[i].line > line), len(pieces))
    return end if end - last <= _OPENING_REST else last + 1


def closing_pieces(
    pieces: Sequence[Piece], flags: Sequence[bool], rules: RuleSet
) -> frozenset[int]:
    """Indices of the farewell, and of a glossary (名词解释) behind it: nothing is ordered there.

    Args:
        pieces: the whole text.
        flags: which of them are headings.
        rules: the rule set.
    """
    cues = patterns_by_id(rules, "zones")
    added = [i for i in range(len(pieces)) if _is_appendix(pieces, i, cues)]
    end = added[0] if added else len(pieces)
    found = set(range(_closing_start(pieces[:end], flags[:end], cues), end))
    for start, stop in itertools.pairwise([*added, len(pieces)]):
        if cues["zone.glossary"].match(pieces[start].text):
            found.update(range(start, stop))
    return frozenset(found)


def _is_appendix(pieces: Sequence[Piece], i: int, cues: Patterns) -> bool:
    """A line 附件 or 名词解释 in the second half of the text: a list of contents names them too."""
    piece = pieces[i]
    return (
        piece.first
        and 2 * i > len(pieces)
        and bool(cues["zone.appendix"].match(piece.text) or cues["zone.glossary"].match(piece.text))
    )


def _closing_start(pieces: Sequence[Piece], flags: Sequence[bool], cues: Patterns) -> int:
    """Where the farewell begins: the part that is named so, the last address, last wishes."""
    count = len(pieces)
    body = max((i for i in range(count) if flags[i] and _opens_part(pieces[i])), default=-1)
    if body >= 0 and cues["zone.closing.heading"].search(pieces[body].body):
        if count - body <= _NAMED_CLOSING_PIECES:
            return body
        body = -1
    address = _last_address(pieces, max(body + 1, count - _longest_closing(count)), cues)
    if address is not None:
        return address
    told = cues["zone.closing.text"]
    last = max(
        (i for i in range(count) if flags[i] and not told.search(pieces[i].text)), default=-1
    )
    return _last_wishes(pieces, last, cues)


def _longest_closing(count: int) -> int:
    return max(_CLOSING_PIECES, count // _CLOSING_SHARE)


def _opens_part(piece: Piece) -> bool:
    """A numbered heading or a line of its own; a topic sentence may stand in a farewell too."""
    return piece.enumerator is not None or (piece.first and piece.last)


def _last_address(pieces: Sequence[Piece], start: int, cues: Patterns) -> int | None:
    """The last piece that turns to the audience, where a farewell follows and no more duties."""
    for i in range(len(pieces) - 1, start - 1, -1):
        if i > 0 and cues["zone.address"].match(pieces[i].text):
            tail = pieces[i:]
            closes = any(_bids_farewell(p, cues) for p in tail)
            return i if closes and len(tail) > 1 else None
    return None


def _bids_farewell(piece: Piece, cues: Patterns) -> bool:
    return bool(
        cues["zone.closing.text"].search(piece.text) or cues["zone.farewell"].search(piece.text)
    )


def _last_wishes(pieces: Sequence[Piece], heading: int, cues: Patterns) -> int:
    """Without an address: the last lines, as long as each sounds like a farewell."""
    start = len(pieces)
    for line in range(pieces[-1].line if pieces else 0, -1, -1):
        indices = [i for i in range(heading + 1, start) if pieces[i].line == line]
        headed = heading >= 0 and pieces[heading].line == line
        first = next((i for i in indices if _says_farewell(pieces[i], cues, headed)), None)
        if first is None or len(pieces) - first > _CLOSING_PIECES:
            break
        start = first
        if first != indices[0] or indices[0] == heading + 1:
            break
    return start


def _says_farewell(piece: Piece, cues: Patterns, headed: bool) -> bool:
    """In the body of the last heading only words that leave no doubt count."""
    found = cues["zone.closing.text"] if headed else None
    return bool(found.search(piece.text)) if found else _bids_farewell(piece, cues)


def problem_run(pieces: Sequence[Piece], rules: RuleSet) -> frozenset[int]:
    """Indices of pieces that tell shortfalls: from the sentence that says so to its line's end.

    A heading such as 存在的主要问题 opens a run that lasts to the next heading of its rank.
    """
    cues = patterns_by_id(rules, "zones")
    found: set[int] = set()
    for i, piece in enumerate(pieces):
        if i in found:
            continue
        if piece.ranked and piece.first and cues["zone.problem.heading"].search(piece.body[:30]):
            found.update(_under_item(pieces, i))
        elif _tells_problem(piece, cues):
            found.update(_to_line_end(pieces, i, cues))
    return frozenset(found)


def _tells_problem(piece: Piece, cues: Patterns) -> bool:
    return bool(
        cues["zone.problem.text"].search(piece.text)
        and not cues["zone.problem.obliged"].search(_before_colon(piece.text))
        and not cues["zone.problem.aimed"].search(piece.text)
    )


def _before_colon(text: str) -> str:
    """要清醒地看到：… tells problems, so what stands before the colon does not oblige."""
    return text.split("：", 1)[1] if "：" in text else text


def _under_item(pieces: Sequence[Piece], i: int) -> list[int]:
    mark = pieces[i].enumerator
    rank = mark.rank if mark else 0
    indices = []
    for j in range(i + 1, len(pieces)):
        other = pieces[j].enumerator
        if other is not None and pieces[j].ranked and other.rank <= rank:
            break
        indices.append(j)
    return indices


def _to_line_end(pieces: Sequence[Piece], i: int, cues: Patterns) -> list[int]:
    """The rest of the line, and the further lines of the enumeration that begins in it."""
    indices, counted = [], 0
    for j in range(i, len(pieces)):
        piece = pieces[j]
        mark = piece.enumerator
        if piece.line != pieces[i].line and piece.first:
            goes_on = mark is not None and not piece.ranked and mark.number == counted + 1
            if not goes_on:
                break
        elif j > i and mark is None and cues["zone.problem.obliged"].match(piece.text):
            break
        if mark is not None and not piece.ranked:
            counted = mark.number
        elif j == i and cues["zone.problem.list"].search(piece.text):
            counted = 1
        indices.append(j)
    return indices
