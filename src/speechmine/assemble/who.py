"""Who: the parties that each row names, and who else has it (GUIDELINE P1 to P8)."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from speechmine.assemble.findings import INHERITED_ROLES, Findings, SegmentFindings
from speechmine.assemble.holder_keys import UnnamedRow
from speechmine.assemble.holders import NamedBefore, holder_of
from speechmine.assemble.who_reader import WhoReader
from speechmine.borders import Span
from speechmine.model import Clause, Party, TaskMention
from speechmine.rules.searching import patterns_by_id

__all__ = ["parties_of_rows"]

_EXCEPTED = INHERITED_ROLES | {"leader"}
# Said behind a task these belong to it, not to the next one: 制定清单，抄送督查室.
_BEHIND = frozenset(("report_to", "supervise"))


def parties_of_rows(
    findings: Findings,
) -> Iterator[tuple[SegmentFindings, Sequence[tuple[Party, ...]]]]:
    """Each segment, and of each of its rows whom it names or who else has it (P4).

    Args:
        findings: what was seen in the text.
    """
    named = NamedBefore(findings)
    following = itertools.chain(itertools.islice(findings.segments, 1, None), (None,))
    for part, after in zip(findings.segments, following, strict=False):
        named.enter(part)
        read = any(findings.shows(m) for m in part.mentions)
        # Where no row is shown nobody is asked about.
        parties = _parties(WhoReader(part, findings), named) if read else [()] * len(part.mentions)
        named.leave(part, after.segment if after else None, read=read)
        yield part, parties


def _parties(reader: WhoReader, named: NamedBefore) -> list[tuple[Party, ...]]:
    part = reader.part
    found: list[tuple[Party, ...]] = []
    free = part.segment.start
    for i, mention in enumerate(part.mentions):
        parties = _explicit(reader, (free, mention.clause[1]), mention.start)
        if _names_any(parties, INHERITED_ROLES):
            named.add(parties)
        elif reader.findings.shows(mention) and (holders := named.holders()):
            holder = holder_of(UnnamedRow(reader, mention, free, parties, holders))
            held = holder.parties if holder else ()
            named.give(held)
            parties = (*held, *parties)
        behind, free = _behind(reader, part.mentions, i)
        known = {(p.text, p.role) for p in parties}
        found.append((*parties, *(p for p in behind if (p.text, p.role) not in known)))
    return found


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
        if not all(p.role in _BEHIND or (last and _given(p, reader.findings)) for p in own):
            break
        if not own and not last:
            break
        found.extend(own)
        free = clause.end
    return tuple(found), free


def _given(party: Party, findings: Findings) -> bool:
    """由甲局负责, 会同乙局: a part in the task before, with no deed of its own."""
    words, text = patterns_by_id(findings.rules, "rows"), findings.text
    part = party.role == "lead" or words["who.part"].match(text, party.end)
    given = part and words["who.given"].match(text, party.start)
    return party.role == "cooperate" or given is not None


def _explicit(reader: WhoReader, span: Span, since: int) -> tuple[Party, ...]:
    """Parties of the clauses in a span; before the task itself a later subject ends an earlier one.

    Inside the task all count (各村自己动手，驻村干部带头), up to one who has a 要 of its own.
    """
    found: list[Party] = []
    clauses = reader.clauses(span)
    for clause in clauses:
        own = reader.own(clause)
        if _tells(clause, reader.findings):
            own = tuple(p for p in own if p.role != "cooperate")
        if clause.start >= since and not _names_any(own, _EXCEPTED):
            own = (*reader.learned((clause,), own), *own)
        if _names_any(own, INHERITED_ROLES):
            told = clause.modality == "obliged" or clause.subject is not None  # not 将工单转到乙局
            if clause.start < since or (clause.modality is not None and told):
                found = [p for p in found if p.role not in INHERITED_ROLES]
        found.extend(own)
    if _names_any(found, _EXCEPTED):
        return tuple(found)
    earlier = (clause for clause in clauses if clause.start < since)
    return (*reader.learned(earlier, found), *found)


def _names_any(parties: Iterable[Party], roles: frozenset[str]) -> bool:
    return any(party.role in roles for party in parties)


def _tells(clause: Clause, findings: Findings) -> bool:
    """甲局会同乙局提出办理意见：: they wrote it together, and do nothing of it together."""
    opinion = patterns_by_id(findings.rules, "rows")["who.opinion"]
    return opinion.search(findings.text, clause.start, clause.end + 1) is not None
