"""The named columns that a model is fitted to: what is seen of a sentence, a clause and a row.

The judge sums the weights of these columns without naming them (``judge/scoring.py``); a test holds
both to the same numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from speechmine.judge.arrangement import arranged
from speechmine.judge.evidence import (
    AROUND_SHARE,
    ASIDE,
    FLAG,
    MANY,
    TITLE,
    WORDING,
    Features,
    Sentence,
    label_features,
    link_features,
    place_features,
)
from speechmine.judge.keys import ClauseKeys

__all__ = ["clause_features", "row_features", "sentence_features"]


def sentence_features(sentences: Sequence[Sentence], i: int) -> Features:
    """What the first pass over the labels sees of a sentence.

    Example:
        >>> keys = ClauseKeys(None, "成", "成", ("verb=deliver",), "", "")
        >>> found = sentence_features([Sentence((keys,), ("/first",), ())], 0)
        >>> [(name, round(found[name], 2)) for name in ("成", "^成", "verb=deliver", "/first")]
        [('成', 1.51), ('^成', 4.54), ('verb=deliver', 3.02), ('/first', 1.0)]
    """
    found: Features = {}
    own = sentences[i]
    _add_prefixed(found, _sentence_values(own), "", 1.0)
    for name in own.flags:
        found[name] = 1.0
    for name in own.title:
        found[name] = TITLE / math.sqrt(len(own.title))
    if i > 0:
        _add_prefixed(found, _sentence_values(sentences[i - 1]), "<", AROUND_SHARE)
    if i + 1 < len(sentences):
        _add_prefixed(found, _sentence_values(sentences[i + 1]), ">", AROUND_SHARE)
    return found


def clause_features(
    sentence: Sentence, j: int, chances: Mapping[str, float], before: str
) -> Features:
    """What decides the tag of a clause.

    Args:
        sentence: where it stands.
        j: which clause of it.
        chances: of the sentence's labels.
        before: the tag of the clause before, S at the start.
    """
    found: Features = {}
    own = sentence.clauses[j]
    _add_prefixed(found, clause_values(own), "", 1.0)
    if j > 0:
        _add_prefixed(found, clause_values(sentence.clauses[j - 1]), "<", ASIDE)
    if j + 1 < len(sentence.clauses):
        _add_prefixed(found, clause_values(sentence.clauses[j + 1]), ">", ASIDE)
    for name in sentence.flags:
        found[name] = 1.0
    count = len(sentence.clauses)
    found.update(place_features(j == 0, j + 1 == count, min(count, MANY)))
    found.update(dict.fromkeys(arranged(sentence.clauses)[j], 1.0))
    found.update(link_features(own, before))
    found.update(label_features(chances))
    return found


def row_features(
    sentence: Sentence, first: int, last: int, chances: Mapping[str, float]
) -> Features:
    """What decides the level of a row: all of its clauses, and what stands around them.

    Args:
        sentence: where it stands.
        first: its first clause.
        last: the one after its last.
        chances: of the sentence's labels.
    """
    found: Features = {}
    clauses = sentence.clauses
    for keys in clauses[first:last]:
        _add_prefixed(found, clause_values(keys), "", 1 / math.sqrt(last - first))
    if first > 0:
        _add_prefixed(found, clause_values(clauses[first - 1]), "<", ASIDE)
    if last < len(clauses):
        _add_prefixed(found, clause_values(clauses[last]), ">", ASIDE)
    for name in sentence.flags:
        found[name] = 1.0
    for name in sentence.title:
        found[name] = TITLE / math.sqrt(len(sentence.title))
    count, size = min(len(clauses), MANY), min(last - first, MANY)
    found.update(place_features(first == 0, last == len(clauses), count, size))
    found.update(label_features(chances))
    return found


def clause_values(keys: ClauseKeys) -> Iterator[tuple[str, float]]:
    """The columns of one clause: its wording weighs the same however long it is.

    A named flag counts as much as two grams.
    """
    grams = keys.grams
    each = WORDING / math.sqrt(len(grams))
    yield from ((gram, each) for gram in grams)
    yield from ((flag, FLAG * each) for flag in keys.flags)


def _sentence_values(sentence: Sentence) -> Iterator[tuple[str, float]]:
    scale = 1 / math.sqrt(len(sentence.clauses) or 1)
    for keys in sentence.clauses:
        yield from ((name, scale * value) for name, value in clause_values(keys))


def _add_prefixed(
    found: Features, values: Iterator[tuple[str, float]], prefix: str, scale: float
) -> None:
    for name, value in values:
        key = prefix + name
        found[key] = found.get(key, 0.0) + scale * value
