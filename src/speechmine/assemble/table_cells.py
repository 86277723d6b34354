"""One cell: the parties it lists, the time it gives."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import cast

from speechmine.assemble.findings import Findings
from speechmine.extractors.assignments import find_assignments
from speechmine.extractors.parties import find_party_groups
from speechmine.extractors.party_members import members
from speechmine.model import Deadline, DeadlineKind, Document, Party, Role
from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import patterns_by_id

__all__ = ["deadline_in", "parties_in"]

_WORD = compiled(r"[\u4e00-\u9fffA-Za-z]")
# A dated time beats a word; among words the more pressing one is kept.
_PRECEDENCE: tuple[DeadlineKind, ...] = (
    "by",
    "at",
    "within",
    "before_event",
    "after_event",
    "recurring",
    "immediate",
    "per_plan",
    "ongoing",
    "open",
)
_LINE_BREAK = compiled(r"[\r\n]")


def parties_in(cell: Findings, use: str, document: Document, rules: RuleSet) -> tuple[Party, ...]:
    """The parties of a cell, with the role of its column unless the cell says otherwise.

    Args:
        cell: what was seen in the cell.
        use: role of the column.
        document: whose level and date decide the canonical names.
        rules: the rule set.
    """
    # As the inside of a bracket, where 甲局牵头，乙局配合 and 牵头单位：甲局 have their reading.
    text = f"（{_LINE_BREAK.sub('；', cell.view.text)}）"
    groups = find_party_groups(text, rules, level=document.level, date=document.date)
    found = [p for a in find_assignments(text, rules, groups=groups) for p in a.parties]
    if not found:
        listed = members(text, 1, len(text) - 1, cast("Role", use), rules=rules)
        known = [party for group in groups for party in group.parties]
        suggested = patterns_by_id(rules, "table_words")["cell.suggested"]
        sure = (party for party in listed if not suggested.search(party.text))
        found = [part for party in sure for part in _parts(party, known)]
    return tuple(
        cell.view.restore(dataclasses.replace(p, start=p.start - 1, end=p.end - 1))
        for p in found
        if _WORD.search(p.text)
    )


def _parts(party: Party, known: Sequence[Party]) -> Iterator[Party]:
    """The party with its id; 甲局乙局, which lost a line break between them, are two."""
    inside = [k for k in known if party.start <= k.start and k.end <= party.end]
    borders = [party.start, *(k.end for k in inside)]
    if len(inside) > 1 and borders == [*(k.start for k in inside), party.end]:
        yield from (dataclasses.replace(k, role=party.role) for k in inside)
        return
    same = next((k for k in inside if k.end == party.end), None)
    yield party if same is None else dataclasses.replace(party, body=same.body, name=same.name)


def deadline_in(cell: Findings) -> Deadline:
    """The time of a cell; one that no rule reads keeps its wording and no value."""
    order = _PRECEDENCE.index
    found = min(cell.seen.times, key=lambda t: (order(t.kind), -(t.start or 0)), default=None)
    if found is not None:
        return cell.view.restore(found)
    start, end = cell.view.place(0, len(cell.view.text))
    return Deadline("open", cell.view.original[start:end], start, end, note="unread_time")
