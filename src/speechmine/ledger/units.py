"""Who answers for a row of a ledger: the names in its cells, each with its part in the work."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from speechmine.ledger.records import LedgerRow
from speechmine.ledger.round_words import round_words

__all__ = ["Duty", "Share", "leaders_of", "shares_of"]

#: lead: 牵头; responsible: 责任; cooperate: 配合.
Duty = Literal["lead", "responsible", "cooperate"]
_FIELDS: tuple[tuple[str, Duty], ...] = (
    ("lead", "lead"),
    ("who", "responsible"),
    ("responsible", "responsible"),
    ("cooperate", "cooperate"),
)


@dataclass(frozen=True, slots=True)
class Share:
    """A unit and its part in a task."""

    unit: str
    duty: Duty

    @property
    def label(self) -> str:
        """The part in the words of an office.

        Example:
            >>> Share("县水利局", "lead").label
            '牵头'
        """
        return str(round_words()["duty_labels"][self.duty])


def shares_of(row: LedgerRow) -> tuple[Share, ...]:
    """The units of a row, each once, with the first part that a cell gives it.

    Args:
        row: of a ledger; its cells count as they stand now, whoever wrote them.

    Example:
        >>> cells = {"who": "县水利局（牵头）、县住建局", "cooperate": "县财政局、各乡镇等"}
        >>> [(share.unit, share.label) for share in shares_of(LedgerRow("t-1", cells=cells))]
        [('县水利局', '牵头'), ('县住建局', '责任'), ('县财政局', '配合'), ('各乡镇', '配合')]
    """
    found: dict[str, Duty] = {}
    for field, duty in _FIELDS:
        for name, part in _named(row.cells.get(field, ""), duty):
            found.setdefault(name, part)
    return tuple(Share(name, part) for name, part in found.items())


def leaders_of(row: LedgerRow) -> tuple[str, ...]:
    """The leaders (责任领导, 分管领导) of a row.

    Example:
        >>> leaders_of(LedgerRow("t-1", cells={"leader": "李某、王某"}))
        ('李某', '王某')
    """
    said = row.cells.get("leader") or row.known("leader")
    return tuple(dict.fromkeys(name for name, _ in _named(said, "responsible")))


def _named(text: str, duty: Duty) -> Iterator[tuple[str, Duty]]:
    """Names with their part: as the column has it, as a word before (配合：) or behind says."""
    for piece in _pieces().findall(text):
        before = _before().match(piece)
        duty = _duties()[before["duty"]] if before else duty
        name, own = piece[before.end() if before else 0 :].strip(), duty
        while (behind := _behind().search(name)) is not None:
            own = _duties()[behind["duty"]]
            name = name[: behind.start()].rstrip()
        name = _tail().sub("", name)
        if name:
            yield name, own


@functools.cache
def _pieces() -> re.Pattern[str]:
    marks = re.escape(round_words()["separators"])
    return re.compile(rf"(?:[^{marks}（(]|（[^）]*）?|\([^)]*\)?)+")


@functools.cache
def _duties() -> dict[str, Duty]:
    return {word: duty for duty, words in round_words()["duties"].items() for word in words}


def _any_duty() -> str:
    return "|".join(map(re.escape, sorted(_duties(), key=len, reverse=True)))


@functools.cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"\s*(?P<duty>{_any_duty()})(?:单位|部门)?\s*[:：]")


@functools.cache
def _behind() -> re.Pattern[str]:
    return re.compile(rf"[（(](?P<duty>{_any_duty()})(?:单位|部门)?[）)]$")


@functools.cache
def _tail() -> re.Pattern[str]:
    tails = "|".join(map(re.escape, round_words()["tails"]))
    return re.compile(rf"(?<=.)(?:{tails})$")
