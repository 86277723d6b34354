"""The sums of the model over the sentences of a text, each character looked at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from speechmine.judge.evidence import AROUND_SHARE, ASIDE, FLAG, TITLE, WORDING, Sentence
from speechmine.judge.grams import Whole, grams_of_clauses
from speechmine.judge.keys import ClauseKeys
from speechmine.judge.model import LABELS, ROW_LEVELS, TAGS, Model
from speechmine.judge.weights import Matrix, Weights

__all__ = ["AT_ONCE", "Sums", "parts_of", "shifted", "sums_between", "sums_of"]

_L, _T = len(LABELS), len(TAGS)
# Where the lanes of the tags and of the levels begin: those of the labels come first.
_TAGS_AT, _LEVELS_AT = 3 * _L, 3 * (_L + _T)
#: So many sentences are weighed at a time: a long text takes no more room than these.
AT_ONCE = 8192


@dataclass(frozen=True, slots=True)
class Sums:
    """Log-odds from wording and surroundings.

    Attributes:
        labels: a row for each sentence, a column a label.
        tags: a row for each clause of all sentences and a column a tag, without what the label of
            its sentence and the tag before add.
        levels: what each clause says of the level of the row that it is in, of the row behind it
            and of the one before.
        places: what the place of each sentence says of that.
        counts: how many clauses each sentence has.
    """

    labels: Matrix
    tags: Matrix
    levels: Matrix
    places: Matrix
    counts: Whole


def parts_of(count: int) -> Iterator[tuple[int, int]]:
    """From where to where the sentences of a text are weighed at a time.

    Example:
        >>> list(parts_of(AT_ONCE + 1)) == [(0, AT_ONCE), (AT_ONCE, AT_ONCE + 1)]
        True
    """
    return ((at, min(at + AT_ONCE, count)) for at in range(0, count, AT_ONCE))


def sums_between(sentences: Sequence[Sentence], first: int, last: int, model: Model) -> Sums:
    """Sums of some sentences of a text, the ones beside them looked at too."""
    before, behind = min(first, 1), min(len(sentences) - last, 1)
    found = sums_of(sentences[first - before : last + behind], model)
    inner = slice(before, before + last - first)
    begin, end = found.counts[:before].sum(), found.counts[: before + last - first].sum()
    labels, places, counts = found.labels[inner], found.places[inner], found.counts[inner]
    return Sums(labels, found.tags[begin:end], found.levels[begin:end], places, counts)


def sums_of(sentences: Sequence[Sentence], model: Model) -> Sums:
    """The sums of every sentence of a text.

    They equal the products of the features in :mod:`speechmine.learning.columns` and the weights
    (a tested law); here each gram is looked up once for all it says of its own clause, of the
    clauses beside it and of the sentences around.
    """
    clauses = [keys for sentence in sentences for keys in sentence.clauses]
    counts = np.array([len(sentence.clauses) for sentence in sentences], np.int64)
    own = _clause_sums(clauses, model.weights)
    whole = _wholes(own[:, :_TAGS_AT], counts)
    place = _place_sums(sentences, model.weights)
    labels = model.labels_bias + whole[:, :_L] + place[:, :_L]
    labels += AROUND_SHARE * shifted(whole[:, _L : 2 * _L], 1)
    labels += AROUND_SHARE * shifted(whole[:, 2 * _L :], -1)
    tags = model.tags_bias + np.repeat(place[:, _TAGS_AT : _TAGS_AT + _T], counts, axis=0)
    tags += _with_neighbours(own[:, _TAGS_AT:_LEVELS_AT], counts)
    places = model.levels_bias + place[:, _LEVELS_AT : _LEVELS_AT + len(ROW_LEVELS)]
    return Sums(labels, tags, own[:, _LEVELS_AT:].copy(), places, counts)


def shifted(rows: Matrix, by: int) -> Matrix:
    """Each row moved down by so many places; nothing where none comes from.

    Example:
        >>> shifted(np.array([[1.0], [2.0]]), 1).tolist()
        [[0.0], [1.0]]
    """
    moved = np.zeros_like(rows)
    if by > 0:
        moved[by:] = rows[:-by]
    else:
        moved[:by] = rows[-by:]
    return moved


def _clause_sums(clauses: Sequence[ClauseKeys], weights: Weights) -> Matrix:
    """Wording, shape and flags of each clause: they weigh the same however long it is."""
    grams = grams_of_clauses([keys.wording for keys in clauses], [keys.shape for keys in clauses])
    total = weights.of_grams(grams) + FLAG * weights.of_keys([keys.flags for keys in clauses])
    total *= (WORDING / np.sqrt(grams.sizes))[:, None]
    return total


def _wholes(own: Matrix, counts: Whole) -> Matrix:
    """What the clauses of each sentence say of its label, and of the labels beside it."""
    total = np.zeros((len(counts), own.shape[1]))
    some = np.flatnonzero(counts)  # reduceat has no empty sums
    if len(some):
        starts = (np.cumsum(counts) - counts)[some]
        total[some] = np.add.reduceat(own, starts, axis=0) / np.sqrt(counts[some])[:, None]
    return total


def _place_sums(sentences: Sequence[Sentence], weights: Weights) -> Matrix:
    """What flags of the place and the title above add."""
    flags = weights.of_keys([sentence.flags for sentence in sentences])
    numbers: dict[tuple[str, ...], int] = {}  # one title stands over many sentences
    of = [numbers.setdefault(s.title, len(numbers)) for s in sentences]
    sizes = np.array([len(title) or 1 for title in numbers])
    titles = weights.of_keys(list(numbers)) * (TITLE / np.sqrt(sizes))[:, None]
    flags += titles[of]
    return flags


def _with_neighbours(own: Matrix, counts: Whole) -> Matrix:
    """What speaks for each tag of a clause: itself, and the clauses beside it in its sentence."""
    before, behind = shifted(own[:, _T : 2 * _T], 1), shifted(own[:, 2 * _T :], -1)
    ends = np.cumsum(counts[counts > 0])
    before[ends[:-1]] = 0
    behind[ends - 1] = 0
    sums: Matrix = own[:, :_T] + ASIDE * (before + behind)
    return sums
