"""As much of a long sentence as a remark has room for."""

from __future__ import annotations

import functools
import re

from speechmine.ledger.drafting.marked import MARKS, SHORTEST, clauses_of, numberless
from speechmine.ledger.layout import ledger_words

__all__ = ["first_clauses", "last_clauses", "outer_clauses"]

_MOST = 40
# A longer opening is no topic.
_TOPIC = 24


def first_clauses(sentence: str) -> str:
    """The clauses that a sentence begins with; of one too long, its beginning.

    Args:
        sentence: the words.

    Example:
        >>> first_clauses("沿河村的旧水渠，" + "汛前由水利站逐段查看一遍，" * 3)
        '沿河村的旧水渠，汛前由水利站逐段查看一遍，汛前由水利站逐段查看一遍'
    """
    kept = ""
    for start, end in clauses_of(sentence):
        if kept and len(kept) + end - start > _MOST:
            break
        kept += sentence[start:end]
    return _cut(kept.strip(MARKS))


def last_clauses(sentence: str) -> str:
    """The clauses that a sentence ends with.

    Args:
        sentence: the words.

    Example:
        >>> last_clauses("沿河村的旧水渠，" + "汛前由水利站逐段查看一遍，" * 3)
        '汛前由水利站逐段查看一遍，汛前由水利站逐段查看一遍，汛前由水利站逐段查看一遍'
    """
    kept = ""
    for start, end in reversed(list(clauses_of(sentence))):
        clause = sentence[start:end]
        if kept and len(kept) + len(clause) > _MOST:
            break
        kept = clause + kept
    return _cut(numberless(kept.strip(MARKS)))


def outer_clauses(sentence: str) -> str:
    """The clauses that a sentence ends with, behind the one that says what it is about.

    Args:
        sentence: the words.

    Example:
        >>> outer_clauses("把用水章程改一改，" + "汛前由水利站逐段查看一遍，" * 3)
        '把用水章程改一改……汛前由水利站逐段查看一遍，汛前由水利站逐段查看一遍，汛前由水利站逐段查看一遍'
    """
    (start, end), *more = list(clauses_of(sentence)) or [(0, 0)]
    opening, ending = numberless(sentence[start:end].strip(MARKS)), last_clauses(sentence)
    told = not more or opening in ending or not SHORTEST <= len(opening) <= _TOPIC
    return ending if told else f"{opening}……{ending}"


def _cut(said: str) -> str:
    said = _hanging().sub("", said)
    return said if len(said) <= _MOST else f"{said[:_MOST]}…"


@functools.cache
def _hanging() -> re.Pattern[str]:
    return re.compile(str(ledger_words()["above"]["hanging"]))
