"""The sums of the model over the sentences of a text, each character looked at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from speechmine.judge.evidence import AROUND, ASIDE, TITLE, WORDING, Sentence
from speechmine.judge.lanes import ONE, unpack
from speechmine.judge.model import LABELS, LANES, TAGS, Model

__all__ = ["Sums", "sums_of"]

_L, _T = len(LABELS), len(TAGS)
# Where the lanes of the tags begin: those of the labels come first.
_TAGS_AT = 3 * _L
_CLAUSE_LANES = 3 * _T

Numbers = list[float]


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
    packed = [[_packed(keys.grams, keys.flags, model) for keys in s.clauses] for s in sentences]
    wholes = [_whole(clauses) for clauses in packed]
    return [
        Sums(_labels(sentences, i, wholes, model), _tags(sentences[i], packed[i], model))
        for i in range(len(sentences))
    ]


def _packed(grams: Sequence[str], flags: Sequence[str], model: Model) -> int:
    each = round(WORDING / math.sqrt(len(grams) or 1) * ONE)
    return model.weights.total(grams) * each + model.weights.total(flags) * ONE


def _whole(clauses: Sequence[int]) -> Numbers:
    scale = 1 / math.sqrt(len(clauses) or 1)
    return [scale * number for number in unpack(sum(clauses), LANES)[:_TAGS_AT]]


def _labels(
    sentences: Sequence[Sentence], i: int, wholes: Sequence[Numbers], model: Model
) -> Numbers:
    own = wholes[i][:_L]
    before = wholes[i - 1][_L : 2 * _L] if i else [0.0] * _L
    behind = wholes[i + 1][2 * _L :] if i + 1 < len(wholes) else [0.0] * _L
    place = _place(sentences[i], model)
    rows = zip(model.labels_bias, own, before, behind, place, strict=False)
    return [bias + a + AROUND * (b + c) + d for bias, a, b, c, d in rows]


def _place(sentence: Sentence, model: Model) -> Numbers:
    """What flags of the place and the title above add to labels and, behind them, to tags."""
    flags = model.weights.total([f"/{flag}" for flag in sentence.flags]) * ONE
    each = round(TITLE / math.sqrt(len(sentence.title) or 1) * ONE)
    found = unpack(flags + model.weights.total(sentence.title) * each, LANES)
    return found[:_L] + found[_TAGS_AT : _TAGS_AT + _T]


def _tags(sentence: Sentence, packed: Sequence[int], model: Model) -> list[Numbers]:
    clauses = [_clause(number) for number in packed]
    place = _place(sentence, model)[_L:]
    none = [0.0] * _CLAUSE_LANES
    found = []
    for j, own in enumerate(clauses):
        before = clauses[j - 1] if j else none
        behind = clauses[j + 1] if j + 1 < len(clauses) else none
        found.append(
            [
                model.tags_bias[t]
                + own[t]
                + ASIDE * (before[_T + t] + behind[2 * _T + t])
                + place[t]
                for t in range(_T)
            ]
        )
    return found


def _clause(packed: int) -> Numbers:
    return unpack(packed, LANES)[_TAGS_AT:]
