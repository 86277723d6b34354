"""Words that point back (该局, 两家单位, 上述部门): whom they mean, where it is certain."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from speechmine.changes import quickly_made
from speechmine.extractors.parties import clause_parties
from speechmine.model import Notice, Party, PartyGroup, PartySource, Task
from speechmine.numerals import parse_number
from speechmine.patterns import compiled
from speechmine.rules.schema import Rule, RuleSet
from speechmine.text import starting_in

__all__ = ["Context", "resolved", "unresolved_references"]

_ROLES = ("lead", "cooperate")
_UNIT = "head.unit"
_FEWEST = 2
# Of more mentions than any item of a real text has, only the last ones are gone through.
_MOST = 200


@quickly_made
@dataclass(frozen=True, slots=True)
class Context:
    """Where a word that points back may find whom it means.

    Attributes:
        text: the matching view's text.
        groups: every mention of it, in order.
        since: where the item begins; what stands before it is out of reach.
        sentence: where the segment at hand begins.
        rules: the rule set.
    """

    text: str
    groups: Sequence[PartyGroup]
    since: int
    sentence: int
    rules: RuleSet

    def before(self, at: int) -> list[PartyGroup]:
        """The mentions between the item's beginning and a place."""
        return list(starting_in(self.groups, self.since, at))


@dataclass(frozen=True, slots=True)
class _Pointer:
    """A word read: how many it means, and by what their names end."""

    kind: str
    fits: re.Pattern[str]
    count: int | None


def resolved(parties: Iterable[Party], context: Context) -> tuple[Party, ...]:
    """The parties with those in place of a word that can mean nobody else.

    Args:
        parties: of one clause.
        context: what stands before them.

    Returns:
        A party found this way keeps its own place in the text; ``source`` tells whether it
        stands in the same sentence or in the item. Where two readings are left the word stays.

    Example:
        >>> from speechmine.extractors.parties import find_party_groups
        >>> from speechmine.rules.loader import default_rules
        >>> text = "区财政局三天内拨付，该局要公开台账"
        >>> groups = find_party_groups(text, default_rules())
        >>> parties = clause_parties(text, 10, len(text), groups, rules=default_rules())
        >>> (found,) = resolved(parties, Context(text, groups, 0, 0, default_rules()))
        >>> found.text, found.role, found.source
        ('区财政局', 'responsible', 'sentence')
    """
    return tuple(meant for party in parties for meant in _resolved(party, context))


def unresolved_references(tasks: Iterable[Task], rules: RuleSet) -> Iterator[Notice]:
    """A notice for each word among the parties of some tasks that could not be settled.

    Args:
        tasks: of a whole document.
        rules: the rule set.
    """
    seen: set[int] = set()
    for party in (party for task in tasks for party in task.parties):
        pointer = _pointer(party, rules) if party.start not in seen else None
        if pointer is not None and pointer.kind not in _ROLES:
            seen.add(party.start)
            message = f"whom it means is not certain: {party.text}"
            yield Notice("unresolved_reference", message, party.start, party.end)


def _resolved(party: Party, context: Context) -> tuple[Party, ...]:
    pointer = _pointer(party, context.rules)
    meant = _meant(pointer, party.start, context) if pointer else ()
    part = next((p.role for p in meant if pointer and pointer.kind in _ROLES), party.role)
    found = (dataclasses.replace(p, role=part, source=_source(p, context)) for p in meant)
    return tuple(found) or (party,)


def _source(party: Party, context: Context) -> PartySource:
    return "sentence" if party.start >= context.sentence else "item"


def _pointer(party: Party, rules: RuleSet) -> _Pointer | None:
    return _pointer_read(party.text, rules) if party.generic else None


@functools.lru_cache(maxsize=4096)
def _pointer_read(text: str, rules: RuleSet) -> _Pointer | None:
    for rule, pattern in _patterns(rules):
        match = pattern.fullmatch(text) if rule.value != "head" else None
        if match:
            named = match.groupdict()
            count = parse_number(named["count"]) if named.get("count") else None
            fits = _fitting_endings(named.get("head"), rules)
            return _Pointer(rule.value, fits, None if count is None else int(count))
    return None


def _fitting_endings(head: str | None, rules: RuleSet) -> re.Pattern[str]:
    """How the names end that a noun fits; by itself where no rule says more.

    Where a word has no noun it means a unit.
    """
    for rule, pattern in _patterns(rules):
        if rule.value == "head" and (pattern.fullmatch(head) if head else rule.id == _UNIT):
            return compiled(rule.attribute("fits"))
    return compiled(f"{re.escape(head or '')}$")


@functools.lru_cache(maxsize=8)
def _patterns(rules: RuleSet) -> tuple[tuple[Rule, re.Pattern[str]], ...]:
    return tuple((rule, compiled(rule.pattern or "")) for rule in rules.table("references"))


def _meant(pointer: _Pointer, at: int, context: Context) -> Sequence[Party]:
    """Whom a word means; nobody where more than one reading is left."""
    if pointer.kind in _ROLES:
        return _in_part(pointer, at, context)
    mentioned = context.before(at)
    groups = [_fitting(group.parties, pointer) for group in mentioned[-_MOST:]]
    groups = [group for group in groups if group]
    if len(mentioned) > _MOST:  # who else was named is not looked at
        return _named_last(groups, pointer, context)
    everybody = _distinct(party for group in groups for party in group)
    if pointer.kind == "one":
        return everybody if len(everybody) == 1 else ()
    if pointer.kind == "several":
        return everybody if len(everybody) >= _FEWEST and len(groups) == 1 else ()
    if len(everybody) == pointer.count:
        return everybody
    return _named_last(groups, pointer, context)


def _named_last(
    groups: Sequence[Sequence[Party]], pointer: _Pointer, context: Context
) -> Sequence[Party]:
    """Those named last, in the same sentence, where they are as many as the word says."""
    nearest = groups[-1] if groups and groups[-1][0].start >= context.sentence else ()
    return nearest if len(nearest) == pointer.count else ()


def _in_part(pointer: _Pointer, at: int, context: Context) -> Sequence[Party]:
    """牵头单位: who was given the lead in this item, if only one was."""
    given = clause_parties(context.text, context.since, at, context.groups, rules=context.rules)
    found = _distinct(p for p in given if p.role == pointer.kind and not p.generic)
    return found if len(found) == 1 else ()


def _fitting(parties: Iterable[Party], pointer: _Pointer) -> list[Party]:
    named = (p for p in parties if not p.generic and not p.distributive and p.role != "leader")
    return [p for p in named if pointer.fits.search(p.text)]


def _distinct(parties: Iterable[Party]) -> list[Party]:
    """Each body once: 财政局 after 区财政局 is the same."""
    found: list[Party] = []
    for party in parties:
        if not any(p.text.endswith(party.text) for p in found):
            found.append(party)
    return found
