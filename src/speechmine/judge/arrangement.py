"""How the clauses of a sentence are arranged: what each one is among the others.

Whether a deed goes on with the row before or begins its own shows less in its words than in the
build of its sentence: a body named once and five deeds behind it, a figure in each clause, clauses
of one length side by side. Each arrangement is a column of the model for the tags of clauses.
"""

from __future__ import annotations

import itertools
import string
from collections.abc import Mapping, Sequence

import numpy as np

from speechmine.judge.grams import Whole
from speechmine.judge.keys import ClauseKeys
from speechmine.judge.weights import Matrix

__all__ = ["ARRANGED", "COLUMNS", "Arrangements", "arranged", "told_of"]

#: What the names of these columns begin with.
ARRANGED = "among:"
# The columns of a clause: of all clauses of its sentence, of it and of those beside it.
_COLUMNS = (
    "all={all}",
    "place={at}|{left}",
    "bodies={bodies}|{last_named}{named}",
    "times={times}|{last_dated}{dated}",
    "figures={figures}|{last_counted}{counted}",
    "modals={modals}|{last_modal}|{modal}",
    "apart={apart}|{length}",
    "verbs={last_verb}|{verb}|{next_verb}",
    "then={apart_behind}|{verb}|{next_verb}",
    "next=({named}, {dated}, {counted})|({next_named}, {next_dated}, {next_counted})",
)
#: How many of them a clause has among others.
COLUMNS = len(_COLUMNS)
# What is told of a clause alone; nothing at all of the one before the first and behind the last.
_TOLD = ("named", "dated", "counted", "modal", "verb")
_MODALS = ("-", "obliged", "committed", "encouraged", "prohibited")
_VERBS = ("$", "none", "attitude", "deliver", "event", "general", "host", "prohibit", "result", "?")
_BODIES, _DATES, _FIGURE = frozenset("ＰＧ"), frozenset("ＢＷＡＥＲ"), "Ｎ"
# More clauses with a body, a time or a figure than these, and more of them at all, are as many.
_MANY, _MOST = 4, 8
# Clauses that differ by as many characters are of different length; the steps of their length.
_APART, _STEP = 4, 4
_KNOWN: Mapping[str, Sequence[object]] = {
    "modal": _MODALS,
    "verb": _VERBS,
    "all": range(_MOST + 1),
    **dict.fromkeys(_TOLD[:3], range(2)),
}


def told_of(keys: ClauseKeys) -> tuple[int, ...]:
    """What is told of a clause: whether it has a body, a time, a figure; its modal word and verb.

    Example:
        >>> from speechmine.model import Clause
        >>> clause = Clause(0, 4, "deliver", (0, 2), (2, 4))
        >>> told_of(ClauseKeys(clause, "建立台账", "建立台账", (), "Ｂ", ""))
        (0, 1, 0, 0, 3)
    """
    clause, signs = keys.clause, keys.signs
    verb = clause.verb if clause.verb in _VERBS else _VERBS[-1]
    return (
        int(not _BODIES.isdisjoint(signs)),
        int(not _DATES.isdisjoint(signs)),
        int(_FIGURE in signs),
        _MODALS.index(clause.modality or "-"),
        _VERBS.index(verb),
    )


def arranged(clauses: Sequence[ClauseKeys]) -> list[tuple[str, ...]]:
    """The columns of each clause of a sentence; none of one that stands alone.

    Args:
        clauses: of the sentence, in order.

    Example:
        >>> from speechmine.model import Clause
        >>> one = Clause(0, 4, "deliver", (0, 2), (2, 4))
        >>> keys = ClauseKeys(one, "建立台账", "建立台账", (), "Ｂ", "")
        >>> first, second = arranged([keys, keys])
        >>> "among:all=2" in second, "among:verbs=deliver|deliver|$" in second
        (True, True)
    """
    if len(clauses) < 2:
        return [()] * len(clauses)
    told = np.array([told_of(keys) for keys in clauses])
    lengths = np.array([keys.clause.end - keys.clause.start for keys in clauses])
    numbers = _numbers(told, lengths, np.array([len(clauses)]))
    rows = zip(*(row.tolist() for row in numbers.values()), strict=True)
    named = [
        {name: _values(name)[at] for name, at in zip(numbers, row, strict=True)} for row in rows
    ]
    return [tuple(ARRANGED + column.format(**each) for column in _COLUMNS) for each in named]


class Arrangements:
    """Weights of the columns, by what they are of.

    Args:
        rows: weights of the tags by column.
        tags: how many tags there are.
    """

    def __init__(self, rows: Mapping[str, Matrix], tags: int) -> None:
        self._none = np.zeros(tags)
        self._tables = [self._table(column, rows) for column in _COLUMNS]

    def _table(self, column: str, rows: Mapping[str, Matrix]) -> tuple[Sequence[str], Matrix]:
        """What a column is made of, and its weights for whatever that may be."""
        names = [name for _, name, _, _ in string.Formatter().parse(column) if name]
        every = itertools.product(*map(_values, names))
        said = (ARRANGED + column.format(**dict(zip(names, each, strict=True))) for each in every)
        return names, np.array([rows.get(name, self._none) for name in said])

    def of(self, told: Whole, lengths: Whole, counts: Whole) -> Matrix:
        """What the arrangement of its sentence adds to each tag of every clause.

        Args:
            told: of each clause, by :func:`told_of`.
            lengths: of the clauses.
            counts: how many clauses each sentence has.
        """
        numbers = _numbers(told, lengths, counts)
        total = np.zeros((len(told), len(self._none)))
        for names, table in self._tables:
            at = np.zeros(len(told), np.int64)
            for name in names:
                at = at * len(_values(name)) + numbers[name]
            total += table.take(at, axis=0)
        total[np.repeat(counts, counts) == 1] = 0.0
        return total


def _values(name: str) -> Sequence[object]:
    """What may stand for a name in a column."""
    return _KNOWN.get(name.removeprefix("last_").removeprefix("next_"), range(_MANY + 1))


def _numbers(told: Whole, lengths: Whole, counts: Whole) -> dict[str, Whole]:
    """For each name in a column, which of its values each clause has."""
    counts = counts[counts > 0]
    starts = np.cumsum(counts) - counts
    own = np.column_stack([told, lengths])
    last, behind = np.zeros_like(own), np.zeros_like(own)
    last[1:], behind[:-1] = own[:-1], own[1:]
    last[starts] = 0
    behind[starts + counts - 1] = 0
    at = np.arange(len(own)) - np.repeat(starts, counts)
    every = np.repeat(np.add.reduceat(told > 0, starts, axis=0, dtype=np.int64), counts, axis=0)
    numbers = {
        "all": np.minimum(np.repeat(counts, counts), _MOST),
        "at": at,
        "left": np.repeat(counts, counts) - 1 - at,
        **dict(zip(("bodies", "times", "figures", "modals"), every.T[:-1], strict=True)),
        "apart": abs(last[:, -1] - lengths),
        "apart_behind": abs(behind[:, -1] - lengths),
        "length": lengths // _STEP,
    }
    for prefix, of in (("", own), ("last_", last), ("next_", behind)):
        numbers |= {prefix + name: column for name, column in zip(_TOLD, of.T, strict=False)}
    return {name: np.minimum(row, len(_values(name)) - 1) for name, row in numbers.items()}
