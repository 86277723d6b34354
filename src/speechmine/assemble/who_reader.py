"""A segment as those read it who ask who answers: what each clause itself names, and for what."""

from __future__ import annotations

import dataclasses
import itertools
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from speechmine.assemble.findings import INHERITED_ROLES, Findings, SegmentFindings
from speechmine.assemble.headers import alone_in
from speechmine.borders import Span
from speechmine.changes import quickly_made
from speechmine.extractors.parties import clause_parties
from speechmine.extractors.party_bounds import with_learned_bounds
from speechmine.extractors.party_cues import cues_of
from speechmine.extractors.party_learned import learned_parties, marked_parties
from speechmine.extractors.party_lexicon import patterns_of
from speechmine.extractors.party_parts import learned_part
from speechmine.extractors.subject_places import (
    ClauseHead,
    Mark,
    begins_behind_times,
    marks_in,
    spans_of_names,
)
from speechmine.model import AdministrativeLevel, Clause, Party, PartyGroup, Role
from speechmine.packed import starting_at
from speechmine.rules.searching import Patterns, patterns_by_id
from speechmine.text import starting_in

__all__ = [
    "WhoReader",
    "head_of",
    "learned_subject",
    "parts_around",
    "with_learned_parts",
]

_SET, _SET_OFF = ("【", "〔", "［"), ("】", "〕", "］")
# So much before a party says what is handed to it.
_ENTRUSTED = 12


@quickly_made
@dataclass(frozen=True, slots=True)
class WhoReader:
    """One segment with what is in its reach.

    Attributes:
        part: the segment with what was found in it. findings: of the whole text.
    """

    part: SegmentFindings
    findings: Findings

    @property
    def words(self) -> Patterns:
        """The table ``rows``."""
        return patterns_by_id(self.findings.rules, "rows")

    def own(self, clause: Clause) -> tuple[Party, ...]:
        """The parties that a clause itself names; those of a bracket are its block's."""
        text, groups = self.findings.view.text, self.findings.groups
        named = clause_parties(text, clause.start, clause.end, groups, rules=self.findings.rules)
        named = with_learned_parts(clause, named, self.findings)
        if named:
            place = head_of(clause, self.findings)
            named = with_learned_bounds(place, named, self.findings.rules)
        if not named and clause.leads:
            named = alone_in(clause, self.findings)
        if not any(p.role in INHERITED_ROLES for p in named):
            named = (*(self._set_before(clause) or self._conditioned(clause)), *named)
        if not named:
            return ()
        named = tuple(self._with_matter(party) for party in named)
        if self._of_a_case(clause):
            named = tuple(p for p in named if p.role != "cooperate")
        if self._conditions(clause):
            named = tuple(p for p in named if p.role not in INHERITED_ROLES)
        return tuple(p for p in named if not (self._bracketed(p) or self._reported(p, clause)))

    def learned(self, clauses: Sequence[Clause], named: Sequence[Party]) -> tuple[Party, ...]:
        """Whom their own words tell to act, by what was learnt; those of a bracket do not count."""
        told = [c for c in clauses if not (self._is_above(c) or self._conditions(c))]
        found = learned_subject(told, named, self.findings) if told else ()
        return tuple([party for party in found if not self._bracketed(party)]) if found else ()

    def _is_above(self, clause: Clause) -> bool:
        """Whether a clause begins with a higher level whose deed is told."""
        here = starting_in(self.findings.groups, clause.start, clause.start + 1)
        return any(self._reported(party, clause) for group in here for party in group.parties)

    def _set_before(self, clause: Clause) -> tuple[Party, ...]:
        """【县教育局】3月底前完成检查: whoever stands in brackets at the head of a sentence."""
        text, start = self.findings.view.text, clause.start
        start += text[start : start + 1] in _SET
        if text[max(0, start - 1) : start] not in _SET:
            return ()
        here = starting_in(self.findings.groups, start, start + 1)
        alone = (group for group in here if text[group.end : group.end + 1] in _SET_OFF)
        return next((group.parties for group in alone), ())

    def _conditioned(self, clause: Clause) -> tuple[Party, ...]:
        """承办单位收到工单后，应当签收: whoever a condition before the modal begins with."""
        before = self._before(clause) if clause.modality and not clause.subject else None
        text, words = self.findings.view.text, self.words
        if before is None or not words["who.condition"].search(text, before.start, before.end):
            return ()
        while before and words["who.also"].match(text, before.start):
            before = self._before(before)
        if before is None or before.modality:
            return ()
        # 审查小组收到材料后 is an event as a whole, and yet begins with a name
        place = dataclasses.replace(head_of(before, self.findings), times={})
        start = begins_behind_times(place)
        here = starting_in(self.findings.groups, start, start + 1)
        named = next((group.parties for group in here if group.end < before.end), ())
        return named or learned_parties(place, self.findings.rules)

    def _conditions(self, clause: Clause) -> bool:
        """物业不配合的，: whoever fails is named for what others then do."""
        return clause.modality is None and self._is_scope(clause, "failing")

    def _of_a_case(self, clause: Clause) -> bool:
        """需要市直单位协助办理的，: who would help in such a case."""
        return self._is_scope(clause, "case")

    def _is_scope(self, clause: Clause, kind: str) -> bool:
        """Whether a clause is of a kind of the table's, and only says when the next one holds."""
        text = self.findings.view.text
        if text[clause.end : clause.end + 1] not in ("，", ","):
            return False
        shape = patterns_of(self.findings.rules, "party_context")[kind]
        return shape.fullmatch(text, clause.start, clause.end) is not None

    def _before(self, clause: Clause) -> Clause | None:
        """The clause right before one, with nothing but a mark between them."""
        clauses = self.part.clauses
        if clause is clauses[0]:
            return None
        i = starting_at(clauses, clause.start)
        before = clauses[i - 1] if i else None
        return before if before is not None and before.end + 1 == clause.start else None

    def tells(self, clause: Clause) -> bool:
        """甲局会同乙局提出办理意见：: they wrote it together, and do nothing of it together."""
        text = self.findings.view.text
        return self.words["who.opinion"].search(text, clause.start, clause.end + 1) is not None

    def _with_matter(self, party: Party) -> Party:
        """这件事交给住建局: whoever is handed the matter itself has it."""
        if party.role != "report_to":
            return party
        before = self.findings.view.text[max(0, party.start - _ENTRUSTED) : party.start]
        handed = self.words["who.entrusted"].search(before) is not None
        return dataclasses.replace(party, role="responsible") if handed else party

    def adds(self, clause: Clause) -> bool:
        """各县，特别是沿江各县，要…: whoever it names is asked beside those before it."""
        return self.words["who.added"].match(self.findings.view.text, clause.start) is not None

    def assists(self, named: Sequence[Party]) -> bool:
        """配合有关部门编制目录: whoever acts in it is named nowhere in the row, and helps."""
        if any(p.role == "cooperate" for p in named):
            return False
        text, before = self.findings.view.text, self.words["who.assisted"]
        acting = [p for p in named if p.role in INHERITED_ROLES]
        return bool(before.match(text, acting[0].start))

    def _reported(self, party: Party, clause: Clause) -> bool:
        """省政府支持我市…: what a higher level does is told; only 要 or 由 would ask it."""
        ranks = get_args(AdministrativeLevel)
        level = self.findings.level
        if party.role != "responsible" or not (level and party.level) or clause.modality:
            return False
        asked = self.words["who.asked"].match(self.findings.view.text, party.start)
        return asked is None and ranks.index(party.level) < ranks.index(level)

    def _bracketed(self, party: Party) -> bool:
        assignments = self.findings.assignments
        i = bisect_right(assignments, party.start, key=lambda a: a.start)
        return i > 0 and party.start < assignments[i - 1].end

    def clauses(self, span: Span) -> list[Clause]:
        """Its clauses that stand in a span."""
        start, end = span
        if start >= end:
            return []
        return [c for c in starting_in(self.part.clauses, start, end) if c.end <= end]


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
    for clause in clauses:
        first = learned_parties(head_of(clause, findings), findings.rules)
        if first:
            pairs = itertools.product(first, named)
            return () if any(p.start < q.end and q.start < p.end for p, q in pairs) else first
    return ()


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
    if not (groups or marks):
        return named
    if cues.context["subject_past"].search(text, clause.start, clause.end):
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
    times = starting_in(findings.times, clause.start, clause.end)
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
