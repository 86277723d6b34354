"""Who has returned the ledger and who has not, department by department."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from speechmine.ledger.parties import parties_of
from speechmine.ledger.rounds.collecting import Collected, Copy

__all__ = ["Return", "returns_of"]

#: How it is known whose copy a file is: its line 填报单位, its name, or the rows that it fills.
KnownBy = Literal["unit", "name", "rows"]
_LEVELS = "省市州盟区县旗镇乡"
_SHORTEST = 3
# What a file's name has beside a department's.
_NO_NAME = re.compile(r"[^\u4e00-\u9fff]|台账|督查|任务|交回|报送|反馈|补报|终稿|定稿")
_DUTY = ("lead", "responsible")


@dataclass(frozen=True, slots=True)
class Return:
    """One department.

    Attributes:
        party: its name; empty for copies of which nobody can tell whose they are.
        leading, helping: rows that it answers for, and rows in which it only takes part.
        filled: rows of the former with a state or a progress.
        files: what it sent back. by: how the files are known to be its own.
    """

    party: str
    leading: int
    helping: int
    filled: int
    files: tuple[str, ...]
    by: KnownBy | None = None


def returns_of(collected: Collected, copies: Sequence[Copy]) -> tuple[Return, ...]:
    """The departments that the ledger names, in its order, with what they sent back.

    Args:
        collected: the ledger with the entries of the copies.
        copies: those that came back.
    """
    duties = _duties(collected)
    owners = {copy.name: _owner(copy, collected, duties) for copy in copies}
    rows = {row.id or "": row for row in collected.ledger.rows}
    found = []
    for party, roles in duties.items():
        mine = {name: by for name, (owner, by) in owners.items() if owner == party}
        own = [name for name, role in roles.items() if role in _DUTY]
        filled = sum(bool(_parties_said(rows[name].cells)) for name in own)
        way = next(iter(mine.values()), None)
        found.append(Return(party, len(own), len(roles) - len(own), filled, tuple(mine), way))
    # The ledger as it went out is nobody's copy.
    sent = set() if collected.base in collected.entries else {collected.base}
    stray = tuple(n for n, (owner, _) in owners.items() if not owner and n not in sent)
    return (*found, *(Return("", 0, 0, 0, stray) for _ in range(bool(stray))))


def _parties_said(cells: Mapping[str, str]) -> str:
    return cells.get("state", "") + cells.get("progress", "")


def _duties(collected: Collected) -> dict[str, dict[str, str]]:
    """By department, the rows that name it with its role there."""
    found: dict[str, dict[str, str]] = {}
    for row in collected.ledger.rows:
        for party in parties_of(row) if not row.dropped else ():
            found.setdefault(party.name, {})[row.id or ""] = party.role
    return found


def _owner(
    copy: Copy, collected: Collected, duties: Mapping[str, Mapping[str, str]]
) -> tuple[str, KnownBy | None]:
    """Whose copy it is; nobody's where that cannot be told."""
    if copy.unit in duties:
        return copy.unit, "unit"
    named = _named_in(copy.name, duties)
    if named:
        return named, "name"
    filled = set(collected.entries.get(copy.name, ()))
    able = [party for party, rows in duties.items() if filled and filled <= set(rows)]
    return (able[0], "rows") if len(able) == 1 else ("", None)


def _named_in(file: str, parties: Iterable[str]) -> str:
    """The department in the name of a file: 县水利局, or 水利 where only one is so."""
    listed = list(parties)
    whole = max((party for party in listed if party in file), key=len, default="")
    if whole:
        return whole
    stem = _NO_NAME.sub("", file.rpartition(".")[0])
    for named in (_parties_in_name(file, listed), _holding(stem, listed)):
        if len(named) == 1:
            return named[0]
    return ""


def _parties_in_name(file: str, parties: Iterable[str]) -> list[str]:
    """Departments whose name without its level the file's name holds."""
    bare = {party: party[1:] if party[0] in _LEVELS else party for party in parties}
    return [party for party, name in bare.items() if len(name) >= _SHORTEST and name in file]


def _holding(stem: str, parties: Iterable[str]) -> list[str]:
    return [party for party in parties if len(stem) > 1 and stem in party]
