"""A segment as those read it who ask who answers: what each clause itself names, and for what."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import get_args

from speechmine.assemble.findings import INHERITED_ROLES, Findings, SegmentFindings
from speechmine.assemble.headers import alone_in
from speechmine.borders import Span
from speechmine.changes import changed
from speechmine.extractors.parties import clause_parties
from speechmine.extractors.party_bounds import with_learned_bounds
from speechmine.extractors.party_cues import cues_of
from speechmine.extractors.party_learned import learned_parties, marked_parties
from speechmine.extractors.party_lexicon import patterns_of
from speechmine.extractors.party_parts import learned_part
from speechmine.extractors.subject_places import ClauseHead, marks_in, spans_of_names
from speechmine.model import AdministrativeLevel, Clause, Party, PartyGroup, Role
from speechmine.rules.searching import patterns_by_id
from speechmine.text import starting_in

__all__ = ["WhoReader", "parts_around"]

_RANKS = get_args(AdministrativeLevel)
_SET, _SET_OFF = ("【", "〔", "［"), ("】", "〕", "］")
# So much before a party says what is handed to it.
_ENTRUSTED = 12


@dataclass(frozen=True, slots=True)
class WhoReader:
    """One segment with what is in its reach.

    Attributes:
        part: the segment with what was found in it. findings: of the whole text.
    """

    part: SegmentFindings
    findings: Findings
    _heads: dict[int, ClauseHead] = field(default_factory=dict, repr=False)

    def own(self, clause: Clause) -> tuple[Party, ...]:
        """The parties that a clause itself names; those of a bracket are its block's."""
        findings = self.findings
        text, rules = findings.text, findings.rules
        named = clause_parties(text, clause.start, clause.end, findings.groups, rules=rules)
        named = self._in_learned_parts(clause, named)
        if named:
            named = with_learned_bounds(self.head(clause), named, rules)
        elif clause.leads:
            named = alone_in(clause, findings)
        if not any(party.role in INHERITED_ROLES for party in named):
            named = (*(self._set_before(clause) or self._conditioned(clause)), *named)
        named = tuple(self._of_their_scope(clause, map(self._with_matter, named)))
        kept = [p for p in named if not (self._bracketed(p) or self._reported(p, clause))]
        return tuple(kept)

    def learned(self, clauses: Iterable[Clause], named: Sequence[Party]) -> tuple[Party, ...]:
        """The first whom the learned reader is sure that the words of some clauses tell to act.

        Args:
            clauses: those of a row, in order.
            named: whom the rules found in them, in other parts than those who act.

        Returns:
            Him and those beside him; none where they have another part already, or stand in a
            bracket.
        """
        for clause in clauses:
            if self._is_above(clause) or self._fails(clause):
                continue
            first = learned_parties(self.head(clause), self.findings.rules)
            if first:
                pairs = itertools.product(first, named)
                if any(p.start < q.end and q.start < p.end for p, q in pairs):
                    return ()
                return tuple([party for party in first if not self._bracketed(party)])
        return ()

    def _set_before(self, clause: Clause) -> tuple[Party, ...]:
        """【县教育局】3月底前完成检查: whoever stands in brackets at the head of a sentence."""
        text, start = self.findings.text, clause.start
        start += text[start : start + 1] in _SET
        if text[max(0, start - 1) : start] not in _SET:
            return ()
        here = starting_in(self.findings.groups, start, start + 1)
        alone = (group for group in here if text[group.end : group.end + 1] in _SET_OFF)
        return next((group.parties for group in alone), ())

    def _conditioned(self, clause: Clause) -> tuple[Party, ...]:
        """承办单位收到工单后，应当签收: whoever a condition before the modal begins with."""
        if clause.modality is None or clause.subject is not None:
            return ()
        before = self._before(clause)
        if before is None or before.modality is not None:
            return ()
        if self._words("who.condition").search(self.findings.text, *_span(before)) is None:
            return ()
        while before and self._words("who.also").match(self.findings.text, before.start):
            before = self._before(before)
        if before is None:
            return ()
        # 审查小组收到材料后 is an event as a whole, and yet begins with a name
        head = changed(self.head(before), times={})
        here = starting_in(self.findings.groups, head.begin, head.begin + 1)
        named = next((group.parties for group in here if group.end < before.end), ())
        return named or learned_parties(head, self.findings.rules)

    def _before(self, clause: Clause) -> Clause | None:
        """The clause before one, with nothing but a mark between them."""
        return next((c for c in self.part.clauses if c.end + 1 == clause.start), None)

    def _of_their_scope(self, clause: Clause, named: Iterable[Party]) -> Iterator[Party]:
        """物业不配合的，；如需甲局协助的，: who fails or would help is named for others."""
        left_out: set[Role] = {"cooperate"} if self._is_scope(clause, "case") else set()
        if self._fails(clause):
            left_out |= INHERITED_ROLES
        return (party for party in named if party.role not in left_out)

    def _fails(self, clause: Clause) -> bool:
        """物业不配合的，: a failing that somebody else answers."""
        return clause.modality is None and self._is_scope(clause, "failing")

    def _is_scope(self, clause: Clause, kind: str) -> bool:
        """Whether a clause is of a kind of the table's, and only says when the next one holds."""
        text = self.findings.text
        if text[clause.end : clause.end + 1] not in ("，", ","):
            return False
        shape = patterns_of(self.findings.rules, "party_context")[kind]
        return shape.fullmatch(text, *_span(clause)) is not None

    def _with_matter(self, party: Party) -> Party:
        """这件事交给住建局: whoever is handed the matter itself has it."""
        if party.role != "report_to":
            return party
        before = self.findings.text[max(0, party.start - _ENTRUSTED) : party.start]
        handed = self._words("who.entrusted").search(before) is not None
        return changed(party, role="responsible") if handed else party

    def _words(self, rule: str) -> re.Pattern[str]:
        return patterns_by_id(self.findings.rules, "rows")[rule]

    def head(self, clause: Clause) -> ClauseHead:
        """A clause as the learned readers see it."""
        head = self._heads.get(clause.start)
        if head is None:
            findings, start, end = self.findings, clause.start, clause.end
            times = starting_in(findings.seen.times, start, end)
            ends = {t.start: t.end for t in times if t.start is not None and t.end is not None}
            names = spans_of_names(starting_in(findings.groups, start, end), end)
            head = ClauseHead(findings.text, start, end, ends, cues_of(findings.rules), *names)
            self._heads[start] = head
        return head

    def clauses(self, span: Span) -> list[Clause]:
        """The clauses that stand in a span."""
        return [c for c in starting_in(self.part.clauses, *span) if c.end <= span[1]]

    def _in_learned_parts(self, clause: Clause, named: tuple[Party, ...]) -> tuple[Party, ...]:
        """The parties of a clause in the parts that the words around them give them."""
        text, cues = self.findings.text, cues_of(self.findings.rules)
        groups = [
            group
            for group in starting_in(self.findings.groups, clause.start, clause.end)
            if group.end <= clause.end
        ]
        marks = tuple(marks_in(text, clause.start, clause.end, cues))
        if not (groups or marks):
            return named
        if cues.context["subject_past"].search(text, clause.start, clause.end):
            return named
        told = list(self._told(clause, named, groups))
        taken = [(party.start, party.end) for party in (*named, *told)]
        told += marked_parties(self.head(clause), marks, taken, self.findings.rules)
        return tuple(sorted(told, key=lambda party: party.start))

    def _told(
        self, clause: Clause, named: Sequence[Party], groups: Iterable[PartyGroup]
    ) -> Iterator[Party]:
        place, modal = self.head(clause), clause.modality is not None
        ruled = {party.start: party for party in named}
        for group in groups:
            said = [ruled[party.start] for party in group.parties if party.start in ruled]
            rule = said[0].role if said else ""
            part = learned_part(place, group, parts_around(group, named), rule, modal=modal)
            if part == rule:
                yield from said
            elif part is not None and said:  # another part than the rules say
                yield from (changed(party, role=part) for party in said)
            elif part is not None:
                yield from (_in_part(party, part) for party in group.parties)

    def _is_above(self, clause: Clause) -> bool:
        """Whether a clause begins with a higher level whose deed is told."""
        here = starting_in(self.findings.groups, clause.start, clause.start + 1)
        return any(self._reported(party, clause) for group in here for party in group.parties)

    def _reported(self, party: Party, clause: Clause) -> bool:
        """省政府支持我市…: what a higher level does is told; only 要 or 由 would ask it."""
        level = self.findings.document.level
        if party.role != "responsible" or not (level and party.level) or clause.modality:
            return False
        asked = self._words("who.asked")
        higher = _RANKS.index(party.level) < _RANKS.index(level)
        return higher and asked.match(self.findings.text, party.start) is None

    def _bracketed(self, party: Party) -> bool:
        assignments = self.findings.assignments
        i = bisect_right(assignments, party.start, key=lambda a: a.start)
        return i > 0 and party.start < assignments[i - 1].end


def _span(clause: Clause) -> Span:
    return clause.start, clause.end


def parts_around(group: PartyGroup, named: Sequence[Party]) -> tuple[str, str]:
    """The parts of whoever is named right before and right behind a name; nothing for nobody."""
    before = [party.role for party in named if party.start < group.start]
    behind = [party.role for party in named if party.start > group.start]
    return (before[-1] if before else "", behind[0] if behind else "")


def _in_part(party: Party, part: Role) -> Party:
    kept = party.role == "leader" and part in ("responsible", "lead")
    return party if kept else changed(party, role=part)
