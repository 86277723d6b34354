"""Whom the clauses of a row tell to act where no table knows the name."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Iterator, Sequence

from speechmine.assemble.findings import Findings, times_between
from speechmine.extractors.party_cues import cues_of
from speechmine.extractors.party_learned import learned_parties, marked_parties
from speechmine.extractors.party_parts import learned_part
from speechmine.extractors.subject_places import ClauseHead, Mark, marks_in, spans_of_names
from speechmine.model import Clause, Party, PartyGroup, Role
from speechmine.text import starting_in

__all__ = ["head_of", "learned_subject", "parts_around", "with_learned_parts"]


def learned_subject(
    clauses: Iterable[Clause], named: Sequence[Party], findings: Findings
) -> tuple[Party, ...]:
    """The first subject that the learned reader is sure of.

    Args:
        clauses: those of a row, in order.
        named: whom the rules found in them, in other parts than those who act.
        findings: the document that they are of.

    Returns:
        Its members; none where it is not sure, or where they have another part already.
    """
    found = (learned_parties(head_of(clause, findings), findings.rules) for clause in clauses)
    first: tuple[Party, ...] = next(filter(None, found), ())
    pairs = itertools.product(first, ((p.start, p.end) for p in named))
    return () if any(p.start < end and start < p.end for p, (start, end) in pairs) else first


def with_learned_parts(
    clause: Clause, named: tuple[Party, ...], findings: Findings
) -> tuple[Party, ...]:
    """The parties of a clause in the parts that the words around them give them.

    Args:
        clause: any.
        named: whom the rules found in it.
        findings: the document that it is of.
    """
    text, cues = findings.view.text, cues_of(findings.rules)
    here = starting_in(findings.groups, clause.start, clause.end)
    groups = [group for group in here if group.end <= clause.end]
    marks = tuple(marks_in(text, clause.start, clause.end, cues))
    told_of = cues.context["subject_past"].search(text, clause.start, clause.end)
    if not (groups or marks) or told_of:
        return named
    told = tuple(_told(clause, named, groups, marks, findings))
    return tuple(sorted(told, key=lambda party: party.start))


def _told(
    clause: Clause,
    named: Sequence[Party],
    groups: Iterable[PartyGroup],
    marks: Sequence[Mark],
    findings: Findings,
) -> Iterator[Party]:
    place = head_of(clause, findings)
    ruled = {party.start: party for party in named}
    taken = [(party.start, party.end) for party in named]
    for group in groups:
        said = [ruled[party.start] for party in group.parties if party.start in ruled]
        rule = said[0].role if said else ""
        around = parts_around(group, named)
        part = learned_part(place, group, around, rule, modal=clause.modality is not None)
        if part is None:
            continue
        if part == rule:
            yield from said
            continue
        taken.append((group.start, group.end))
        if said:  # another part than the rules say
            yield from (dataclasses.replace(party, role=part) for party in said)
        else:
            yield from (_in_part(party, part) for party in group.parties)
    yield from marked_parties(place, marks, taken, findings.rules)


def head_of(clause: Clause, findings: Findings) -> ClauseHead:
    """A clause as the learned readers see it.

    Args:
        clause: any.
        findings: the document that it is of.
    """
    times = times_between(findings.times, clause.start, clause.end)
    ends = {t.start: t.end for t in times if t.start is not None and t.end is not None}
    text, cues = findings.view.text, cues_of(findings.rules)
    groups = starting_in(findings.groups, clause.start, clause.end)
    return ClauseHead(
        text, clause.start, clause.end, ends, cues, *spans_of_names(groups, clause.end)
    )


def parts_around(group: PartyGroup, named: Sequence[Party]) -> tuple[str, str]:
    """The parts of whoever is named right before and right behind a name; nothing for nobody."""
    before = [party.role for party in named if party.start < group.start]
    behind = [party.role for party in named if party.start > group.start]
    return (before[-1] if before else "", behind[0] if behind else "")


def _in_part(party: Party, part: Role) -> Party:
    kept = party.role == "leader" and part in ("responsible", "lead")
    return party if kept else dataclasses.replace(party, role=part)
