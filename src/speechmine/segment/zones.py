"""Which part of a document a piece stands in: opening, review, plan, closing; lists of problems."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from speechmine.model import Zone
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import Patterns, patterns_by_id
from speechmine.segment.pieces import Piece

__all__ = ["problem_run", "zones_of"]

# A text without parts, or a first part, turns from report to plan by more than a stray sentence.
_LEAST_TURN = 3
# So much of a heading is its title, where the body follows in the same piece.
_TITLE = 48
# What follows a plan looks forward too, unless it reports this much more than it obliges.
_CLEARLY = 2
# How many pieces at the end a closing can take, in a long text one in so many; and how many an
# opening can at the start.
_CLOSING_PIECES = 16
_CLOSING_SHARE = 25
_OPENING_PIECES = 40
# Thanks and greetings this far behind the last word of an opening are part of the body.
_OPENING_GAP = 12


def zones_of(
    pieces: Sequence[Piece],
    flags: Sequence[bool],
    tops: Sequence[int],
    rules: RuleSet,
    year: int | None,
) -> tuple[Zone, ...]:
    """The zone of each piece.

    Args:
        pieces: the whole text.
        flags: which of them are headings.
        tops: indices of the headings that open a main part, in order.
        rules: the rule set.
        year: the year that 今年 means, if known.
    """
    cues = patterns_by_id(rules, "zones")
    starts = _starts_of_parts(pieces, tops, cues)
    first = starts[0] if starts else len(pieces)
    end = _opening_end(pieces[:first], cues)
    zones: list[Zone] = ["opening"] * end
    zones += _zones_by_content(pieces[end:first], cues)
    above: Piece | None = None  # the last heading that told the zone of its part
    for start, stop in itertools.pairwise([*starts, len(pieces)]):
        heading, part = pieces[start], pieces[start:stop]
        below = above is not None and above.enumerator is None and heading.enumerator is not None
        told = zones[-1] if below else _zone_told(heading.text[:_TITLE], cues, year)
        above = above if below or told is None else heading
        if any(cues["zone.plan.assigned"].search(piece.text) for piece in part):
            told = "plan"  # who answers for what
        mixed = bool(cues["zone.mixed.heading"].search(heading.text[:_TITLE]))
        if told == "review" or (told is None and (mixed or start == first)):
            turn = _turn(part, cues, year)
            if told is None and (turn == len(part) or not _reports(part[:turn], cues)):
                zones += _zones_by_content(part, cues)
            else:
                zones += _turning(len(part), turn)
        else:
            zones += [told or _later_zone(part, cues)] * len(part)
    closing = _closing_pieces(pieces, flags, cues)
    return tuple("closing" if i in closing else z for i, z in enumerate(zones))


def _starts_of_parts(pieces: Sequence[Piece], tops: Sequence[int], cues: Patterns) -> list[int]:
    """Headings but for lines that announce a list and name no time.

    Of （一） to （七） and again （一） to （五） the two （一）: the main headings were lost.
    """
    timed = {i for i in tops if cues["zone.period"].search(pieces[i].text[:_TITLE])}
    marks = {i: pieces[i].enumerator for i in tops}
    starts = [i for i in tops if i in timed or marks[i] or pieces[i].text[-1] not in "。：:"]
    ranks = {0 if (mark := marks[i]) is None else mark.rank for i in starts}
    if len(ranks) == 1 and max(ranks) > 1:
        ones = {i for i in starts if (mark := marks[i]) is not None and mark.number == 1}
        return [i for i in starts if i == starts[0] or i in ones or i in timed]
    return starts


def _zone_told(title: str, cues: Patterns, year: int | None) -> Zone | None:
    """What a heading says of its part: by the year that it names, or by its words."""
    review = bool(cues["zone.review.heading"].search(title))
    plan = bool(cues["zone.plan.heading"].search(title))
    named = cues["zone.year"].search(title)
    if cues["zone.mixed.heading"].search(title):  # 形势和任务
        return None
    if named and year is not None and not (review and not plan):
        return "review" if int(named[1]) < year else "plan"
    if review == plan:
        return None
    return "review" if review else "plan"


def _balance(piece: Piece, cues: Patterns) -> int:
    """1 where a piece only reports (了, 同比), -1 where it only obliges (要, 责任单位：)."""
    if cues["zone.plan.assigned"].search(piece.text):
        return -1
    if cues["zone.problem.text"].search(piece.text):
        return 1
    review = bool(cues["zone.review.text"].search(piece.text))
    return review - bool(cues["zone.plan.text"].search(piece.text))


def _zones_by_content(pieces: Sequence[Piece], cues: Patterns) -> list[Zone]:
    """What more of the pieces do, report or oblige; a report that turns to plans is cut there."""
    scores = [_balance(piece, cues) for piece in pieces]
    sums = [0, *itertools.accumulate(scores)]
    lines = [i for i, piece in enumerate(pieces) if piece.first and i > 0]
    best = max((sums[i] for i in lines), default=0)
    if min(best, best - sums[-1]) < _LEAST_TURN:  # one side or the other is not clear
        turn = len(pieces) if sums[-1] > 0 else 0
    else:  # where it turns to the audience, or obliges in its first sentence
        address = cues["zone.address"]
        near = [i for i in lines if sums[i] >= best - 1]
        opens = [i for i in near if scores[i] < 0 or address.match(pieces[i].text)]
        turn = max(opens or near, key=lambda i: (sums[i], i))
    return _turning(len(pieces), turn)


def _reports(pieces: Sequence[Piece], cues: Patterns) -> bool:
    return sum(_balance(piece, cues) for piece in pieces) > 0


def _turning(count: int, turn: int) -> list[Zone]:
    review: list[Zone] = ["review"] * turn
    plan: list[Zone] = ["plan"] * (count - turn)
    return review + plan


def _turn(pieces: Sequence[Piece], cues: Patterns, year: int | None) -> int:
    """Where a part that looks back turns to the year ahead: nothing but plans from there on."""
    left, least, turn = 0, 0, len(pieces)
    for i in range(len(pieces) - 1, 0, -1):
        if not cues["zone.problem.text"].search(pieces[i].text):
            left += _balance(pieces[i], cues)
        if pieces[i].first and left < 0 and left <= least:
            # an address may stand before it, in a line of its own or not
            said = cues["zone.plan.turn"].match("".join(piece.text for piece in pieces[i : i + 2]))
            if said and (said["year"] is None or int(said["year"]) == year):
                turn, least = i, left
    return turn


def _later_zone(pieces: Sequence[Piece], cues: Patterns) -> Zone:
    """After the first part one is plan unless it clearly reports: reports come first."""
    scores = [_balance(piece, cues) for piece in pieces]
    return "review" if scores.count(1) > scores.count(-1) * _CLEARLY else "plan"


def _opening_end(pieces: Sequence[Piece], cues: Patterns) -> int:
    """How many of the first pieces open the text: to the end of the last line that says so.

    An agenda (下面，我讲三点) ends an opening wherever it stands; words of thanks or welcome
    only near the words before them.
    """
    last = -1
    for i, piece in enumerate(pieces[:_OPENING_PIECES]):
        if cues["zone.opening.agenda"].search(piece.text) or (
            i - last <= _OPENING_GAP and cues["zone.opening.text"].search(piece.text)
        ):
            last = i
    if last < 0:
        return 0
    line = pieces[last].line
    return next((i for i in range(last, len(pieces)) if pieces[i].line > line), len(pieces))


def _closing_pieces(
    pieces: Sequence[Piece], flags: Sequence[bool], cues: Patterns
) -> frozenset[int]:
    """Indices of the farewell, and of a glossary (名词解释) behind it: nothing is ordered there."""
    added = [i for i in range(len(pieces) // 2 + 1, len(pieces)) if _is_added(pieces[i], cues)]
    end = added[0] if added else len(pieces)
    found = set(range(_closing_start(pieces[:end], flags[:end], cues), end))
    for start, stop in itertools.pairwise([*added, len(pieces)]):
        if cues["zone.glossary"].match(pieces[start].text):
            found.update(range(start, stop))
    return frozenset(found)


def _is_added(piece: Piece, cues: Patterns) -> bool:
    """A line 附件 or 名词解释; in the first half of a text it is one of a list of contents."""
    glossary, appendix = cues["zone.glossary"], cues["zone.appendix"]
    return piece.first and bool(glossary.match(piece.text) or appendix.match(piece.text))


def _closing_start(pieces: Sequence[Piece], flags: Sequence[bool], cues: Patterns) -> int:
    """Where the farewell begins: a part named so, the last address, else last wishes."""
    count = len(pieces)
    # a topic sentence may stand in a farewell too
    bodies = (i for i in range(count) if flags[i] and (pieces[i].enumerator or pieces[i].last))
    floor = max(bodies, default=-1) + 1
    if floor and cues["zone.closing.heading"].match(pieces[floor - 1].body):
        return floor - 1
    longest = max(_CLOSING_PIECES, count // _CLOSING_SHARE)
    addresses = (
        i
        for i in range(count - 1, max(floor, 1, count - longest) - 1, -1)
        if cues["zone.address"].match(pieces[i].text)
    )
    address = next(addresses, count - 1)
    if address < count - 1 and any(_bids_farewell(piece, cues) for piece in pieces[address:]):
        return address
    return _last_wishes(pieces, floor, cues)


def _bids_farewell(piece: Piece, cues: Patterns) -> bool:
    wishes, farewell = cues["zone.closing.text"], cues["zone.farewell"]
    return bool(wishes.search(piece.text) or farewell.search(piece.text))


def _last_wishes(pieces: Sequence[Piece], floor: int, cues: Patterns) -> int:
    """Without an address: the last lines, as long as each sounds like a farewell."""
    start = len(pieces)
    while start > floor:
        line = pieces[start - 1].line
        opened = next(i for i in range(floor, start) if pieces[i].line == line)
        first = next((i for i in range(opened, start) if _bids_farewell(pieces[i], cues)), None)
        if first is None or len(pieces) - first > _CLOSING_PIECES:
            break
        start = first
        if first != opened or opened == floor:
            break
    return start


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
    """要清醒地看到：… tells problems, so what stands before the colon does not oblige."""
    return bool(
        cues["zone.problem.text"].search(piece.text)
        and not cues["zone.problem.obliged"].search(piece.text.split("：", 1)[-1])
        and not cues["zone.problem.aimed"].search(piece.text)
    )


def _under_item(pieces: Sequence[Piece], i: int) -> Iterator[int]:
    mark = pieces[i].enumerator
    for j in range(i + 1, len(pieces)):
        other = pieces[j].enumerator
        if mark is not None and other is not None and other.rank <= mark.rank:
            break
        yield j


def _to_line_end(pieces: Sequence[Piece], i: int, cues: Patterns) -> Iterator[int]:
    """The rest of the line, and the further lines of the enumeration that begins in it."""
    counted = 0
    for j in range(i, len(pieces)):
        piece = pieces[j]
        mark = None if piece.ranked else piece.enumerator
        if piece.line != pieces[i].line and piece.first:
            if mark is None or mark.number != counted + 1:
                break
        elif j > i and piece.enumerator is None and cues["zone.problem.obliged"].match(piece.text):
            break
        if mark is not None:
            counted = mark.number
        yield j
