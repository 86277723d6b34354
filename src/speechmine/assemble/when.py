"""By when: which of the times around a row is its own, by weights learnt from annotated texts.

Where the times stand is grammar (``when_places.py``); a conditional logit over how each stands to
the row, and what stands around it, says which is meant, or that none is (GUIDELINE L3). The
weights come from ``scripts/train_when.py`` and are whole steps, so that their sums are the same
on any machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from speechmine.assemble.findings import FIRM_KINDS
from speechmine.assemble.when_places import BAN, NO_TIME, NONE, RowTime, TimedRow, candidates_of
from speechmine.borders import CLAUSE, UTTERANCE, end_behind, start_before
from speechmine.changes import quickly_made
from speechmine.learned.weights import likeliest, shipped_weights
from speechmine.model import Deadline
from speechmine.numerals import DIGITS
from speechmine.patterns import compiled
from speechmine.segment.predicates import predicates_of
from speechmine.text import starting_in

__all__ = ["keys_of_row", "time_of"]

# A time that nobody meant is worse than one that is missed: so many steps more speak for it.
_DOUBT = 2
# What a line above says goes before these.
_WEAKER = ("open", "per_plan")


def time_of(row: TimedRow, weights: Mapping[str, int] | None = None) -> RowTime:
    """The time of a row.

    Args:
        row: the row, and what a line above it gives.
        weights: those that come with the package by default.
    """
    found = candidates_of(row)
    best = found[0]
    if len(found) > 1:
        known = shipped_weights("when") if weights is None else weights
        best = found[likeliest(keys_of_row(row, found), known, found.index(NO_TIME), _DOUBT)]
    if row.above is not None and best.time.kind in _WEAKER:
        return RowTime(row.above, "up")
    return best


_NUMBER = compiled(rf"[\d{DIGITS}]+")
_CLAUSE = compiled("[^，,；、]+")
# So far around a time, and so far into a row, its words tell something.
_BEFORE, _FAR, _WORDS = 40, 24, 31
_FEW, _SOME = 8, 12
_MOST_CLAUSES = 4
# The clauses of the row itself, the sentence around it.
_OWN, _WITHIN, _AROUND = frozenset("vVba"), frozenset("vVbaAr"), frozenset("pf")
# Shapes of a value: none, since, until, from to, a year, a month, a day.
_OF_LENGTH = {4: "y", 7: "m"}


@quickly_made
@dataclass(frozen=True, slots=True)
class _Shared:
    """What is the same for all times of a row.

    Attributes:
        row: the row. words: all of it. deed: its verb. firm: the dated times in it.
        told: the places and kinds of its own times. dated: whether one of them is firm.
        named: whether somebody is named before its verb.
    """

    row: TimedRow
    words: str
    deed: str
    firm: Sequence[Deadline]
    told: str
    dated: bool
    named: bool


def keys_of_row(row: TimedRow, candidates: Sequence[RowTime]) -> Iterator[list[str]]:
    """The keys of each of the times that may be a row's.

    Args:
        row: the row.
        candidates: as :func:`~speechmine.assemble.when_places.candidates_of` gives them.
    """
    text, (first, last), action = row.findings.text, row.span, row.mention.action
    own = [c for c in candidates if c.place in _OWN]
    shared = _Shared(
        row=row,
        words=text[first:last],
        deed=text[slice(*action)],
        firm=[c.time for c in candidates if c.place in _WITHIN and c.time.kind in FIRM_KINDS],
        told="".join(sorted({f"{c.place}{c.time.kind[:2]}" for c in own})),
        dated=any(c.time.kind in FIRM_KINDS for c in own),
        named=bool(starting_in(row.findings.groups, first, max(action[0], first + 1))),
    )
    for candidate in candidates:
        if candidate.place == NONE:
            yield _of_none(shared, "N")
        elif candidate.place == BAN:
            yield [*_of_none(shared, "B"), *_of_ban(shared)]
        else:
            yield _of_time(shared, candidate)


def _of_none(shared: _Shared, key: str) -> list[str]:
    """How likely it is that no time is said, by how the row begins and what it has."""
    mention, segment = shared.row.mention, shared.row.part.segment
    mood, words = mention.modality, shared.words
    return [
        key,
        f"{key}m{mood}",
        f"{key}m{mood}{mention.checkable:d}",
        f"{key}a{shared.deed}",
        f"{key}l{segment.discourse}{mention.checkable:d}",
        f"{key}o{shared.told}",
        f"{key}1{words[:1]}",
        f"{key}2{words[:2]}",
        f"{key}c{min(3, len(shared.firm))}",
        *_pairs(f"{key}w", words[:_WORDS]),
    ]


def _of_ban(shared: _Shared) -> list[str]:
    """What forbids, and in which of its clauses."""
    negated = shared.row.findings.pattern("ban.word")
    clauses = _CLAUSE.findall(shared.words)
    where = "".join("N" if negated.search(each) else "-" for each in clauses[:_MOST_CLAUSES])
    keys = [f"BP{where}", f"BP{where}{shared.row.mention.modality}"]
    keys += _pairs("Bw", shared.words[_WORDS - 1 :])
    for n, clause in enumerate(clauses):
        for word in negated.finditer(clause):
            at = word.start()
            two = clause[at : at + 2]
            keys += [f"Bt{two}", f"Bt{clause[at : at + 3]}", f"Bs{clause[max(0, at - 1)]}{two}"]
            keys.append(f"Bt{two}{n > 0:d}{len(clauses) > 1:d}")
    return keys


def _of_time(shared: _Shared, candidate: RowTime) -> list[str]:
    """What time it is, where it stands, and whose it seems to be."""
    time, place, kind = candidate.time, candidate.place, candidate.time.kind
    words, full = _worded(time), f"{kind}{_shape(time)}"
    keys = [
        *(kind, f"K{full}", f"Q{place}", f"Q{place}{full}"),
        *(f"n{place}{candidate.whose}", f"n{place}{candidate.whose}{kind}"),
        *(f"w{words}", f"f{words[:1]}", f"f{words[:2]}"),
        *_of_row(shared, candidate),
        *_of_neighbours(shared, time, place),
        *_of_words(shared, candidate),
    ]
    if place[0] in _AROUND:
        keys.append(f"G{shared.named:d}{shared.dated:d}{place}")
        keys += _pairs(f"R{place[0]}", shared.words[: _FEW + 1])
    return keys


def _of_row(shared: _Shared, candidate: RowTime) -> list[str]:
    """What row it would be the time of."""
    mention, place, kind = shared.row.mention, candidate.place, candidate.time.kind
    return [
        *(f"m{mention.modality}{place}", f"m{mention.modality}{kind}"),
        *(f"l{shared.row.part.segment.discourse}{kind}", f"h{shared.words[:2]}{place[0]}"),
        *(f"a{shared.deed}{place[0]}", f"g{mention.group is not None:d}{place}"),
        *(f"i{mention.item is not None:d}{place}", f"s{mention.subject is not None:d}{place}"),
    ]


def _of_neighbours(shared: _Shared, time: Deadline, place: str) -> list[str]:
    """Which dated times of the row stand before it and behind it."""
    start = time.start or 0
    before = [other.kind for other in shared.firm if (other.start or 0) < start]
    behind = [other.kind for other in shared.firm if (other.start or 0) > start]
    both = f"{before[-1] if before else '-'}|{behind[0] if behind else '-'}"
    return [f"z{time.kind}{both}", f"z{place}{both}", f"z{time.kind}{_shape(time)}{both}"]


def _of_words(shared: _Shared, candidate: RowTime) -> list[str]:
    """The words before it and behind it, up to the ends of its clause."""
    time, place, kind = candidate.time, candidate.place, candidate.time.kind
    text, rules = shared.row.findings.text, shared.row.findings.rules
    start, end = time.start or 0, time.end or 0
    since = start_before(CLAUSE, text, start, max(0, start - _BEFORE))
    until = min(end_behind(CLAUSE, text, end), end + _BEFORE)
    before, behind, mark = text[since:start], text[end:until], text[until : until + 1]
    frame = f"{not before.strip():d}{not behind.strip():d}"
    predicates = predicates_of(rules)
    verb = next(predicates.verbs.one_by_one(text, end, until), None)
    led = "-" if verb is None else f"{min(3, verb.start - end)}{verb.end >= until:d}"
    of = f"{predicates.of in behind:d}"
    keys = [
        *(f"F{frame}{place}", f"F{frame}{kind}", f"F{frame}{place}{kind}"),
        *_beside("1", text[end : end + 2], kind),
        *_beside("2", text[max(0, start - 2) : start][::-1], kind),
        *(f"e{mark}{place}", f"e{mark}{kind}{place}", f"d{of}{place}", f"d{of}{kind}{place}"),
        *(f"v{led}{place}", f"v{led}{place}{kind}", f"v{led}{of}{mark}{place}"),
        *(f"r{behind[-2:]}", f"r{behind[-1:]}{place}", f"r{behind[-2:]}{kind}"),
        *(f"L{min(12, len(behind) // 2)}{place}", f"M{min(10, len(before) // 2)}{place}"),
        *_pairs(">", behind[: _SOME + 1]),
        *_pairs("<", before[-_FEW:]),
    ]
    if candidate.reading or candidate.hint:
        keys += _of_reading(shared, candidate, behind)
    return keys


def _beside(side: str, near: str, kind: str) -> tuple[str, ...]:
    """The two characters next to a time."""
    one = near[:1]
    return f"{side}{one}", f"{side}{near}", f"{side}{one}|{kind}", f"{side}{near}|{kind}"


def _of_reading(shared: _Shared, candidate: RowTime, behind: str) -> list[str]:
    """What speaks for a time that is only hinted at, or owed otherwise than it is said."""
    time, text = candidate.time, shared.row.findings.text
    key, start = f"V{candidate.reading}{candidate.hint}", time.start or 0
    floor = start_before(UTTERANCE, text, start, max(0, start - _FAR))
    return [
        *(key, f"{key}w{_worded(time)}", f"{key}{candidate.place}", f"{key}a{shared.deed}"),
        *_pairs(f"{key}>", behind),
        *_pairs(f"{key}<", text[floor:start]),
    ]


def _shape(time: Deadline) -> str:
    """What of a value is known."""
    value = time.edtf
    if value is None:
        shape = "n"
    elif "/" in value:
        shape = "r" if value.endswith("..") else "u" if value.startswith("..") else "p"
    else:
        shape = _OF_LENGTH.get(len(value), "d")
    marks = (time.duration is not None, time.event is not None, time.masked)
    return f"{shape}{''.join(f'{mark:d}' for mark in marks)}"


def _worded(time: Deadline) -> str:
    """Its words, whatever their numbers."""
    return _NUMBER.sub("0", time.text or "")


def _pairs(key: str, words: str) -> list[str]:
    """A key for each two characters that stand side by side."""
    return [key + words[at : at + 2] for at in range(len(words) - 1)]
