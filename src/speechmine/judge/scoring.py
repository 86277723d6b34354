"""The sums of the model over the sentences of a text, each character looked at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from speechmine.judge.evidence import AROUND_SHARE, ASIDE, FLAG, TITLE, WORDING, Sentence
from speechmine.judge.keys import ClauseKeys
from speechmine.judge.model import LABELS, ROW_LEVELS, TAGS, Model
from speechmine.judge.weights import Matrix, Weights, Whole

__all__ = ["AT_ONCE", "Sums", "parts_of", "shifted", "sums_between", "sums_of"]

_L, _T = len(LABELS), len(TAGS)
# Where the lanes of the tags and of the levels begin: those of the labels come first.
_TAGS_AT, _LEVELS_AT = 3 * _L, 3 * (_L + _T)
#: So many sentences are weighed at a time: a long text takes no more room than these.
AT_ONCE = 8192


@dataclass(frozen=True, slots=True)
class Sums:
    """Log-odds from wording and surroundings.

    ``labels`` has a row for each sentence and a column a label; ``tags`` a row for each clause of
    all sentences and a column a tag, without what the label of its sentence and the tag before
    add. ``levels`` holds what each clause says of the level of the row that it is in, of the row
    behind it and of the one before; ``places`` what the place of each sentence says of it.
    ``sentence`` says of which sentence each clause is.
    """

    labels: Matrix
    tags: Matrix
    levels: Matrix
    places: Matrix
    sentence: Sequence[int] | Whole


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
    if not before and not behind:
        return sums_of(sentences[first:last], model)
    found = sums_of(sentences[first - before : last + behind], model)
    of = np.array(found.sentence, np.int64) - before
    own = (of >= 0) & (of < last - first)
    inner = slice(before, before + last - first)
    labels, places = found.labels[inner], found.places[inner]
    return Sums(labels, found.tags[own], found.levels[own], places, of[own])


def sums_of(sentences: Sequence[Sentence], model: Model) -> Sums:
    """The sums of every sentence of a text.

    They equal the products of the features in :mod:`speechmine.judge.evidence` and the weights
    (a tested law); here each gram is looked up once for all it says of its own clause, of the
    clauses beside it and of the sentences around.
    """
    clauses = [keys for sentence in sentences for keys in sentence.clauses]
    of = [i for i, sentence in enumerate(sentences) for _ in sentence.clauses]
    own = _clause_sums(clauses, model.weights)
    whole = _wholes(own[:, :_TAGS_AT], sentences)
    place = _place_sums(sentences, model.weights)
    labels = model.labels_bias + whole[:, :_L] + place[:, :_L]
    labels += AROUND_SHARE * shifted(whole[:, _L : 2 * _L], 1)
    labels += AROUND_SHARE * shifted(whole[:, 2 * _L :], -1)
    tags = _tags(own[:, _TAGS_AT:_LEVELS_AT], place[:, _TAGS_AT:_LEVELS_AT], of, model)
    places = model.levels_bias + place[:, _LEVELS_AT : _LEVELS_AT + len(ROW_LEVELS)]
    return Sums(labels, tags, own[:, _LEVELS_AT:].copy(), places, of)


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
    total = weights.of_clauses(
        [keys.wording for keys in clauses],
        [keys.shape for keys in clauses],
        [keys.flags for keys in clauses],
        int(FLAG),
    )
    sizes = np.array([keys.size or 1 for keys in clauses])
    total *= (WORDING / np.sqrt(sizes))[:, None]
    return total


def _wholes(own: Matrix, sentences: Sequence[Sentence]) -> Matrix:
    """What the clauses of each sentence say of its label, and of the labels beside it."""
    counts = np.array([len(sentence.clauses) for sentence in sentences], np.int64)
    total = np.zeros((len(sentences), own.shape[1]))
    some = counts > 0
    if some.any():
        starts = (np.cumsum(counts) - counts)[some]
        total[some] = np.add.reduceat(own, starts, axis=0) / np.sqrt(counts[some])[:, None]
    return total


def _place_sums(sentences: Sequence[Sentence], weights: Weights) -> Matrix:
    """What flags of the place and the title above add."""
    flags = weights.of_places([s.flags for s in sentences])
    numbers: dict[tuple[str, ...], int] = {}  # one title stands over many sentences
    of = [numbers.setdefault(s.title, len(numbers)) for s in sentences]
    sizes = np.array([len(title) or 1 for title in numbers])
    titles = weights.of_keys(numbers) * (TITLE / np.sqrt(sizes))[:, None]
    flags += titles[of]
    return flags


def _tags(own: Matrix, place: Matrix, of: Sequence[int], model: Model) -> Matrix:
    """What speaks for each tag of a clause: itself, the clauses beside it, its sentence's place."""
    before, behind = shifted(own[:, _T : 2 * _T], 1), shifted(own[:, 2 * _T :], -1)
    if len(of):
        new = np.flatnonzero(np.diff(of)) + 1  # the first clauses of the sentences but the first
        before[new] = 0
        behind[new - 1] = 0
    base = model.tags_bias + place[of, :_T] if len(of) else np.zeros((0, _T))
    return base + own[:, :_T] + ASIDE * (before + behind)
