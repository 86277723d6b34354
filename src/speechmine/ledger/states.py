"""States of a task: the words of a ledger and of trackers, and what they mean."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Literal, get_args

from speechmine.ledger.round_words import round_words

__all__ = ["StateKind", "kind_of_state", "known_kind", "word_of_state"]

#: Empty: the word is not known, or, as 逾期, says nothing of how far the work is.
StateKind = Literal["", "todo", "doing", "done", "cancelled"]


def kind_of_state(word: str) -> StateKind:
    """What a state means; no state is one that is not begun.

    Example:
        >>> kind_of_state("推进中"), kind_of_state(""), kind_of_state("逾期")
        ('doing', 'todo', '')
    """
    return _kinds().get(word.strip(), "") if word.strip() else "todo"


def word_of_state(kind: StateKind, offered: Sequence[str]) -> str | None:
    """The first of the offered words that means it; None where none does.

    Example:
        >>> word_of_state("doing", ("未启动", "推进中", "已完成"))
        '推进中'
    """
    return next((word for word in offered if kind and _kinds().get(word) == kind), None)


def known_kind(name: str) -> StateKind:
    """A kind by its name; what is none is none.

    Example:
        >>> known_kind("done"), known_kind("fertig")
        ('done', '')
    """
    named: dict[str, StateKind] = {kind: kind for kind in get_args(StateKind)}
    return named.get(name, "")


@functools.cache
def _kinds() -> dict[str, StateKind]:
    return {word: kind for kind, words in round_words()["kinds"].items() for word in words}
