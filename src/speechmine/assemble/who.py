"""Who: explicit parties, what carries over, responsibility brackets (GUIDELINE P1 to P8)."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from speechmine.assemble.findings import INHERITED_ROLES, Draft, Findings, SegmentFindings
from speechmine.assemble.holder_keys import UnnamedRow
from speechmine.assemble.holders import NamedBefore, holder_of
from speechmine.assemble.when import time_of
from speechmine.assemble.when_above import TimesAbove
from speechmine.assemble.when_places import TimedRow
from speechmine.assemble.who_reader import WhoReader
from speechmine.borders import Span
from speechmine.changes import changed
from speechmine.model import (
    Deadline,
    Party,
    Segment,
    TaskMention,
)

__all__ = ["draft_rows"]

_EXCEPTED = INHERITED_ROLES | {"leader"}
# Said behind a task these belong to it, not to the next one: 制定清单，抄送督查室.
_BEHIND = frozenset(("report_to", "supervise"))


def draft_rows(findings: Findings) -> Iterator[Draft]:
    """Drafts by segment, each with whom it names or who else has it (P4)."""
    named, above = NamedBefore(findings), TimesAbove(findings)
    for part, following in _with_next(findings.segments):
        named.enter(part)
        read = any(findings.shows(m) for m in part.mentions)
        if read:
            drafts = _drafts(WhoReader(part, findings), named)
        else:  # nobody is asked about
            drafts = [Draft(mention, part.segment, (), Deadline()) for mention in part.mentions]
        named.leave(part, following, read=read)
        yield from (_timed(draft, part, above, findings) for draft in drafts)


def _with_next(
    parts: Sequence[SegmentFindings],
) -> Iterator[tuple[SegmentFindings, Segment | None]]:
    for part, following in itertools.zip_longest(parts, itertools.islice(parts, 1, None)):
        yield part, following.segment if following else None


def _timed(draft: Draft, part: SegmentFindings, above: TimesAbove, findings: Findings) -> Draft:
    """A draft with the time of its row, where a row may stand in the result."""
    mention = draft.mention
    if not findings.shows(mention):
        return draft
    lined = above.at(mention.start, mention.end)
    time = time_of(TimedRow(part, mention, findings, lined)).time
    given = lined is not None and (time.start, time.kind) == (lined.start, lined.kind)
    if time.kind == "open" and mention.checkable and above.of_the_rest is not None:
        time, given = above.of_the_rest, True
    time = above.in_its_month(time, mention.start)
    return Draft(mention, draft.segment, draft.parties, time, given)


def _drafts(reader: WhoReader, named: NamedBefore) -> list[Draft]:
    part, findings = reader.part, reader.findings
    drafts: list[Draft] = []
    free = part.segment.start
    for i, mention in enumerate(part.mentions):
        parties = _explicit(reader, (free, mention.clause[1]), mention.start)
        acts = any(p.role in INHERITED_ROLES for p in parties)
        assists = acts and reader.assists(parties)
        holders = named.holders() if findings.shows(mention) and (assists or not acts) else ()
        held = _held(UnnamedRow(part, findings, mention, free, parties, holders))
        if acts and not held:
            named.add(parties)
        elif holders:
            named.give(held)
        parties = (*(_helping(held) if assists else held), *parties)
        behind, free = _behind(reader, part.mentions, i)
        drafts.append(Draft(mention, part.segment, _joined(parties, behind), Deadline()))
    return drafts


def _held(row: UnnamedRow) -> tuple[Party, ...]:
    holder = holder_of(row) if row.holders else None
    return holder.parties if holder else ()


def _helping(held: Iterable[Party]) -> Iterator[Party]:
    """配合有关部门编制目录: whoever holds the row helps those whom it names."""
    return (changed(party, role="cooperate") for party in held)


def _behind(
    reader: WhoReader, mentions: Sequence[TaskMention], i: int
) -> tuple[tuple[Party, ...], int]:
    """Parties said behind a task that are its own, and where the next task's words begin."""
    at = free = mentions[i].clause[1]
    last = i + 1 == len(mentions)
    stop = reader.part.segment.end if last else mentions[i + 1].clause[0]
    found: list[Party] = []
    for clause in reader.clauses((at, stop)):
        own = reader.own(clause)
        if not all(p.role in _BEHIND or (last and _given(p, reader)) for p in own):
            break
        if not own and not last:
            break
        found.extend(own)
        free = clause.end
    return tuple(found), free


def _given(party: Party, reader: WhoReader) -> bool:
    """由甲局负责, 会同乙局: a part in the task before, with no deed of its own."""
    text = reader.findings.view.text
    part = party.role == "lead" or reader.words["who.part"].match(text, party.end)
    given = part and reader.words["who.given"].match(text, party.start)
    return party.role == "cooperate" or given is not None


def _joined(parties: Iterable[Party], behind: Iterable[Party]) -> tuple[Party, ...]:
    found = list(parties)
    known = {(p.text, p.role) for p in found}
    return (*found, *(p for p in behind if (p.text, p.role) not in known))


def _explicit(reader: WhoReader, span: Span, since: int) -> tuple[Party, ...]:
    """Parties of the clauses in a span; before the task itself a later subject ends an earlier one.

    Inside the task all count (各村自己动手，驻村干部带头), up to one who has a 要 of its own.
    """
    found: list[Party] = []
    clauses = reader.clauses(span)
    for clause in clauses:
        own = reader.own(clause)
        if reader.tells(clause):
            own = tuple(p for p in own if p.role != "cooperate")
        if clause.start >= since and not any(p.role in _EXCEPTED for p in own):
            own = (*reader.learned((clause,), own), *own)
        if any(p.role in INHERITED_ROLES for p in own):
            told = clause.modality == "obliged" or clause.subject is not None  # not 将工单转到乙局
            alone = clause.start < since or (clause.modality is not None and told)
            if alone and not reader.adds(clause):
                found = [p for p in found if p.role not in INHERITED_ROLES]
        found.extend(own)
    found = list(dict.fromkeys(found))  # whose condition it is may be named in its clause too
    if any(p.role in _EXCEPTED for p in found):
        return tuple(found)
    earlier = [clause for clause in clauses if clause.start < since]
    if not earlier:
        return tuple(found)
    return (*reader.learned(earlier, found), *found)
