"""The clause that a word of a row points to, where that word is all that it says of a thing."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from speechmine.borders import SENTENCE
from speechmine.ledger.drafting.marked import MARKS, SHORTEST, clauses_of, numberless
from speechmine.ledger.drafting.shortening import first_clauses
from speechmine.ledger.layout import ledger_words
from speechmine.model import Task

__all__ = ["antecedent"]

# So many sentences back the thing may be named.
_SENTENCES = 3
_FAR = 240


def antecedent(task: Task, text: str, named: str) -> str:
    """The nearest clause before a row that names what a word of the row stands for.

    Args:
        task: the task of the row.
        text: of its document.
        named: what the row says is to be done.

    Returns:
        The clause; empty where the row points to nothing, says it itself, or nothing names it.

    Example:
        >>> import speechmine
        >>> text = "加快青禾铝材一期投产，随后启动二期项目。"
        >>> task = speechmine.extract(text).tasks[-1]
        >>> antecedent(task, text, "同步启动二期项目")
        '加快青禾铝材一期投产'
    """
    if task.cells or not text:
        return ""
    for pointing, meant in _pairs():
        word = pointing.search(named)
        if word is None:
            continue
        names = re.compile(meant.replace("{what}", word.groupdict().get("what", "")))
        if names.search(named[: word.start()]):
            return ""
        return next((c for c in _clauses_before(task, text) if names.search(c)), "")
    return ""


def _clauses_before(task: Task, text: str) -> Iterator[str]:
    """Clauses of the paragraph before a row, the nearest first."""
    line = max(text.rfind("\n", 0, task.start) + 1, task.start - _FAR)
    sentences = [said for said in SENTENCE.split(text[line : task.start]) if said.strip(MARKS)]
    for sentence in reversed(sentences[-_SENTENCES:]):
        for start, end in reversed(list(clauses_of(sentence))):
            clause = numberless(_bullet().sub("", sentence[start:end].strip(MARKS)))
            if len(clause) >= SHORTEST:
                yield first_clauses(clause)


@functools.cache
def _bullet() -> re.Pattern[str]:
    return re.compile(str(ledger_words()["above"]["bullet"]))


@functools.cache
def _pairs() -> tuple[tuple[re.Pattern[str], str], ...]:
    pairs = ledger_words()["above"]["pairs"]
    return tuple((re.compile(str(pair["word"])), str(pair["names"])) for pair in pairs)
