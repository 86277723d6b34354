"""How the clauses of a sentence are arranged: what each one is among the others.

Whether a deed goes on with the row before or begins its own shows less in its words than in the
build of its sentence: a body named once and five deeds behind it, a figure in each clause, clauses
of one length side by side. Each arrangement is a column of the model for the tags of clauses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from speechmine.judge.keys import ClauseKeys

__all__ = ["ARRANGED", "COLUMNS", "arranged"]

#: What the names of these columns begin with.
ARRANGED = "among:"
#: How many of them a clause has among others.
COLUMNS = 10
_BODIES = frozenset(("has=Ｐ", "has=Ｇ"))
_DATES = frozenset(f"has={sign}" for sign in "ＢＷＡＥＲ")
_FIGURE = "has=Ｎ"
# How many of the signs above a clause may have.
_SIGNS = 3
# More clauses with a body, a time or a figure than these, and more of them at all, are as many.
_MANY, _MOST = 4, 8
# Clauses that differ by as many characters are of different length; the steps of their length.
_APART, _STEP = 4, 4


class _Told(NamedTuple):
    """What is told of a clause: whether it has a body, a time, a figure; its verb's class."""

    named: int
    dated: int
    counted: int
    modal: str
    verb: str
    length: int


_NOTHING = _Told(0, 0, 0, "-", "$", 0)


def arranged(clauses: Sequence[ClauseKeys]) -> Iterator[Sequence[str]]:
    """The columns of each clause of a sentence; none of one that stands alone.

    Args:
        clauses: of the sentence, in order.

    Example:
        >>> from speechmine.model import Clause
        >>> one = ClauseKeys(Clause(0, 4, "deliver", (0, 2), (2, 4)), "建立台账", (), ("has=Ｂ",))
        >>> first, second = arranged([one, one])
        >>> "among:all=2" in second, "among:verbs=deliver|deliver|$" in second
        (True, True)
    """
    told = [_signs_of(keys) for keys in clauses]
    count = len(told)
    if count <= 1:
        yield from ((),) * count
        return
    bodies, dates, figures, modals, _, _ = zip(*told, strict=True)
    named, dated, counted = _few(sum(bodies)), _few(sum(dates)), _few(sum(figures))
    asked = _few(count - modals.count("-"))
    for at, own in enumerate(told):
        last = told[at - 1] if at else _NOTHING
        behind = told[at + 1] if at + 1 < count else _NOTHING
        yield (
            f"among:all={min(_MOST, count)}",
            f"among:place={_few(at)}|{_few(count - 1 - at)}",
            f"among:bodies={named}|{last.named}{own.named}",
            f"among:times={dated}|{last.dated}{own.dated}",
            f"among:figures={counted}|{last.counted}{own.counted}",
            f"among:modals={asked}|{last.modal}|{own.modal}",
            f"among:apart={_apart(last, own)}|{min(_APART, own.length // _STEP)}",
            f"among:verbs={last.verb}|{own.verb}|{behind.verb}",
            f"among:then={_apart(own, behind)}|{own.verb}|{behind.verb}",
            f"among:next={own[:_SIGNS]}|{behind[:_SIGNS]}",
        )


def _signs_of(keys: ClauseKeys) -> _Told:
    named = dated = counted = 0
    for flag in keys.flags:
        if flag in _BODIES:
            named = 1
        elif flag in _DATES:
            dated = 1
        elif flag == _FIGURE:
            counted = 1
    clause = keys.clause
    length = clause.end - clause.start
    return _Told(named, dated, counted, clause.modality or "-", clause.verb, length)


def _few(count: int) -> int:
    return min(_MANY, count)


def _apart(one: _Told, other: _Told) -> int:
    return min(_APART, abs(one.length - other.length))
