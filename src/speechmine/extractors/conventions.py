"""Who has the lead where a text lists bodies only: a switch that a document states for itself."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator, Mapping
from typing import Literal

from speechmine.characters import plain
from speechmine.extractors.assignment_lists import Assignment, NoteReader
from speechmine.model import Party
from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet

__all__ = ["Convention", "by_convention", "lead_convention"]

#: Who leads of those listed: the first one, all of them, or expressly nobody.
Convention = Literal["first", "all", "equal"]
_VALUES: tuple[Convention, ...] = ("first", "all", "equal")


def lead_convention(text: str, rules: RuleSet) -> Convention | None:
    """What a text says about lists without a lead.

    Returns:
        ``first``: the first one listed leads (列第一位者为牵头单位); ``all``: every responsible
        body does where no lead is named; ``equal``: all stand side by side; None: nothing, which
        comes to the same for facts.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> lead_convention("注：列第一位的单位为牵头单位。", default_rules())
        'first'
    """
    text = plain(text)
    stated = _conventions(rules)
    return next((value for value in _VALUES if stated[value].search(text)), None)


@functools.lru_cache(maxsize=8)
def _conventions(rules: RuleSet) -> Mapping[str, re.Pattern[str]]:
    """What states each convention, and (rest) that those listed behind the lead help."""
    stated = [r for r in rules.table("roles") if r.attribute("side") == "convention"]
    return {
        value: compiled("|".join(f"(?:{r.pattern})" for r in stated if r.value == value))
        for value in (*_VALUES, "rest")
    }


def by_convention(reader: NoteReader, found: list[Assignment]) -> Iterator[Assignment]:
    """Assignments with the lead that the text gives to those listed without one, if it does."""
    if reader.forms.conventions.search(reader.text) is None:
        yield from found
        return
    said = {v: p.search(reader.text) for v, p in _conventions(reader.rules).items()}
    since, everyone = (
        _holds_from(hit.start(), found) if (hit := said[value]) else None
        for value in ("first", "all")
    )
    for assignment in found:
        yield _led(assignment, since, everyone, helped=said["rest"] is not None)


def _holds_from(at: int, found: list[Assignment]) -> int:
    """From where a convention holds: said in a bracket, from it on; said elsewhere, throughout."""
    return next((a.start for a in found if a.start <= at < a.end), 0)


def _led(
    assignment: Assignment, first: int | None, everyone: int | None, *, helped: bool
) -> Assignment:
    parties = assignment.parties
    # A leader who stands before the bodies takes no part in their order.
    at = next((i for i, p in enumerate(parties) if p.role not in ("leader", "person")), None)
    listed = at is not None and parties[at].role == "responsible"
    if at is None or not listed or any(party.role == "lead" for party in parties):
        return assignment
    if parties[at].generic:  # 各有关部门按职责分工负责: nobody stands first
        first = None
    if everyone is not None and assignment.start >= everyone:
        led = tuple(_lead(p) if p.role == "responsible" else p for p in parties)
    elif first is not None and assignment.start >= first:
        rest = (_helping(p) if helped else p for p in parties[at + 1 :])
        led = (*parties[:at], _lead(parties[at]), *rest)
    else:
        return assignment
    return dataclasses.replace(assignment, parties=led)


def _lead(party: Party) -> Party:
    return dataclasses.replace(party, role="lead")


def _helping(party: Party) -> Party:
    """列第一位的为牵头单位，其他单位配合."""
    helps = party.role == "responsible"
    return dataclasses.replace(party, role="cooperate") if helps else party
