"""The sums of the model over the sentences of a text, each character looked at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from speechmine.judge.evidence import AROUND, ASIDE, TITLE, WORDING, Sentence
from speechmine.judge.keys import ClauseKeys
from speechmine.judge.model import LABELS, LANES, TAGS, Model, Row

__all__ = ["Sums", "sums_of"]

_L, _T = len(LABELS), len(TAGS)
# Where the lanes of the tags begin: those of the labels come first.
_TAGS_AT = 3 * _L

Numbers = list[float]
_NOTHING: Numbers = [0.0] * LANES


@dataclass(frozen=True, slots=True)
class Sums:
    """Log-odds of one sentence from its wording and its surroundings.

    ``labels`` has one number a label; ``tags`` for each clause one number a tag, without what
    the label of its sentence and the tag before add.
    """

    labels: Numbers
    tags: list[Numbers]


def sums_of(sentences: Sequence[Sentence], model: Model) -> list[Sums]:
    """The sums of every sentence of a text.

    They equal the products of the features in :mod:`speechmine.judge.evidence` and the weights
    (a tested law); here each gram is looked up once for all it says of its own clause, of the
    clauses beside it and of the sentences around.
    """
    clauses = [[_clause(keys, model) for keys in sentence.clauses] for sentence in sentences]
    wholes = [_NOTHING, *map(_whole, clauses), _NOTHING]
    places: dict[tuple[tuple[str, ...], tuple[str, ...]], Numbers] = {}  # many share theirs
    found = []
    for i, sentence in enumerate(sentences):
        key = (sentence.flags, sentence.title)
        place = places.get(key)
        if place is None:
            place = places[key] = _place(sentence, model)
        before, own, behind = wholes[i : i + 3]
        labels = _labels(own, before, behind, place, model.labels_bias)
        found.append(Sums(labels, _tags(clauses[i], place, model.tags_bias)))
    return found


def _clause(keys: ClauseKeys, model: Model) -> Numbers:
    return model.weights.total(keys.grams, keys.flags, WORDING / math.sqrt(len(keys.grams) or 1))


def _whole(clauses: Sequence[Numbers]) -> Numbers:
    """What the clauses of a sentence say of its label, and of the labels beside it."""
    if len(clauses) == 1:
        return clauses[0]
    scale = 1 / math.sqrt(len(clauses) or 1)
    of_labels = (numbers[:_TAGS_AT] for numbers in clauses)
    return [scale * sum(column) for column in zip(*of_labels, strict=True)] or _NOTHING


def _labels(own: Numbers, before: Numbers, behind: Numbers, place: Numbers, bias: Row) -> Numbers:
    rows = zip(bias, own, before[_L:], behind[2 * _L :], place, strict=False)
    return [start + a + AROUND * (b + c) + d for start, a, b, c, d in rows]


def _place(sentence: Sentence, model: Model) -> Numbers:
    """What flags of the place and the title above add."""
    flags = model.weights.total([f"/{flag}" for flag in sentence.flags])
    if not sentence.title:
        return flags
    each = TITLE / math.sqrt(len(sentence.title))
    title = model.weights.total(sentence.title, factor=each)
    return [flag + word for flag, word in zip(flags, title, strict=True)]


def _tags(clauses: Sequence[Numbers], place: Numbers, bias: Row) -> list[Numbers]:
    of_tags = [numbers[_TAGS_AT:] for numbers in (_NOTHING, *clauses, _NOTHING)]
    base = [a + b for a, b in zip(bias, place[_TAGS_AT:], strict=False)]
    return [
        [
            start + a + ASIDE * (b + c)
            for start, a, b, c in zip(base, own, before[_T:], behind[2 * _T :], strict=False)
        ]
        for before, own, behind in zip(of_tags, of_tags[1:], of_tags[2:], strict=False)
    ]
