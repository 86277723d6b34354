"""Who answers for a row: the names in its cells, each by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from speechmine.ledger.records import LedgerRow
from speechmine.model import Role
from speechmine.tables import value_label

__all__ = ["RowParty", "acting_parties", "leaders_of", "parties_of"]

_ROLES: tuple[Role, ...] = ("lead", "responsible", "cooperate", "supervise")
_ACTING = ("lead", "responsible", "cooperate")
_LEAD = re.compile(r"[（(]牵头[）)]$")
# What only a profile suggests is nobody's duty yet.
_SUGGESTED = re.compile(r"[（(]建议.*?[）)]$")
_BLANK = re.compile(r"[/\\—－–-]+|无")
_SEPARATORS = frozenset("、，,；;\n")
_OPENING, _CLOSING = "（(【[", "）)】]"


@dataclass(frozen=True, slots=True)
class RowParty:
    """A name with its role in a row."""

    name: str
    role: Role

    @property
    def label(self) -> str:
        """The part in the work as an office calls it.

        Example:
            >>> RowParty("县水利局", "lead").label
            '牵头'
        """
        return value_label("role", self.role)


def parties_of(row: LedgerRow) -> tuple[RowParty, ...]:
    """The bodies that a row names, in order, each once in its weightiest role.

    Args:
        row: the row; ``who`` counts where lead and others have no cells of their own.

    Example:
        >>> cells = {"who": "甲局（牵头）、乙局等", "cooperate": "丙县（市、区）"}
        >>> [(p.name, p.role) for p in parties_of(LedgerRow("t-1", cells=cells))]
        [('甲局', 'lead'), ('乙局', 'responsible'), ('丙县（市、区）', 'cooperate')]
    """
    found: dict[str, RowParty] = {}
    for party in _named_parties(row):
        found.setdefault(party.name, party)
    return tuple(found.values())


def acting_parties(row: LedgerRow) -> tuple[RowParty, ...]:
    """Those of a row who have to do something: not those who only watch over it (督办).

    Example:
        >>> cells = {"responsible": "甲局", "supervise": "县委督查室"}
        >>> [party.name for party in acting_parties(LedgerRow("t-1", cells=cells))]
        ['甲局']
    """
    return tuple(party for party in parties_of(row) if party.role in _ACTING)


def leaders_of(row: LedgerRow) -> tuple[str, ...]:
    """The leaders (责任领导, 分管领导) that a row names.

    Example:
        >>> leaders_of(LedgerRow("t-1", cells={"leader": "李某、王某"}))
        ('李某', '王某')
    """
    said = row.cells.get("leader") or row.known("leader")
    return tuple(dict.fromkeys(_names(said)))


def _named_parties(row: LedgerRow) -> Iterator[RowParty]:
    apart = any(row.cells.get(name) for name in ("lead", "responsible"))
    if not apart:
        names = list(_names(row.cells.get("who", "")))
        led = [_LEAD.sub("", name) for name in names if _LEAD.search(name)]
        yield from (RowParty(name, "lead") for name in led)
        yield from (RowParty(n, "responsible") for n in names if not _LEAD.search(n))
    for role in _ROLES:
        for name in _names(row.cells.get(role, "")):
            yield RowParty(_LEAD.sub("", name), role)


def _names(cell: str) -> Iterator[str]:
    """Names between the marks that part them; those inside brackets part nothing."""
    depth, name = 0, ""
    for mark in f"{cell}\n":
        depth += (mark in _OPENING) - (mark in _CLOSING)
        if mark in _SEPARATORS and (depth <= 0 or mark == "\n"):
            yield from _clean(name)
            depth, name = 0, ""
        else:
            name += mark


def _clean(name: str) -> Iterator[str]:
    bare = name.strip()
    bare = bare.removesuffix("等") if len(bare) > 1 else bare
    if bare and not _SUGGESTED.search(bare) and not _BLANK.fullmatch(bare):
        yield bare
