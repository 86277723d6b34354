"""Which clauses begin a row, go on with one, or are none: the likeliest run of tags.

Each clause has a chance for each tag, given the tag before; the best sequence over a sentence is
found by dynamic programming (a maximum-entropy Markov model: McCallum, Freitag and Pereira 2000,
ICML; Viterbi 1967).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from speechmine.judge.evidence import Features, Sentence, link_features, place_features
from speechmine.judge.labels import Chances, softmax
from speechmine.judge.model import LABELS, TAGS, Model
from speechmine.judge.scoring import Sums

__all__ = ["Run", "runs_of"]

_NONE, _LOW, _HIGH, _ON = range(len(TAGS))
_LABEL = 2.0
_BEFORE = {_NONE: "O", _LOW: "B", _HIGH: "B", _ON: "I"}
_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Run:
    """Clauses that make one row.

    Attributes:
        first, last: the first clause and the one after the last.
        checkable: level 2 or 3, else level 1 (GUIDELINE T3).
        confidence: chance that just this level is right.
        doubtful: not likely enough to be taken; shown, not listed.
    """

    first: int
    last: int
    checkable: bool
    confidence: float
    doubtful: bool = False


def runs_of(
    sentence: Sentence, sums: Sums, chances: Chances, model: Model, doubt: float
) -> list[Run]:
    """The rows of one sentence, and those that were nearly taken.

    Args:
        sentence: its clauses.
        sums: what the model makes of their words.
        chances: of the sentence's labels.
        model: the model.
        doubt: a clause that is a row with at least this chance and yet is none is doubtful.
    """
    steps = [
        _step(sentence, j, tags, chances, model) for j, tags in enumerate(sums.tags)
    ]
    tags = _best(steps)
    return list(_runs(tags, steps, doubt))


#: Chances of the tags of a clause by the tag before (S at the start).
_Step = Mapping[str, Chances]


def _step(
    sentence: Sentence, j: int, sums: Sequence[float], chances: Chances, model: Model
) -> _Step:
    place = place_features(sentence, j)
    base = list(sums)
    for label, chance in zip(LABELS, chances, strict=True):
        _add(base, {f"label={label}": _LABEL * chance}, model)
    _add(base, place, model)
    scale = model.scales.get("tags", 1.0)
    found = {}
    for before in ("S",) if j == 0 else ("O", "B", "I"):
        numbers = list(base)
        _add(numbers, link_features(sentence.clauses[j], before), model)
        found[before] = softmax(numbers, scale)
    return found


def _add(numbers: list[float], features: Features, model: Model) -> None:
    for name, value in features.items():
        row = model.links.get(name)
        if row is not None:
            for t, weight in enumerate(row):
                numbers[t] += value * weight


def _best(steps: Sequence[_Step]) -> list[int]:
    """Viterbi's path; a row goes on only behind a row."""
    if not steps:
        return []
    scores = [_log(chance) for chance in steps[0]["S"]]
    scores[_ON] = -math.inf
    back: list[list[int]] = []
    for step in steps[1:]:
        logs = {tag: [_log(c) for c in step[before]] for tag, before in _BEFORE.items()}
        choice, gained = [], []
        for tag in range(len(TAGS)):
            allowed = [b for b in _BEFORE if tag != _ON or b != _NONE]
            best = max(allowed, key=lambda b: scores[b] + logs[b][tag])  # noqa: B023
            choice.append(best)
            gained.append(scores[best] + logs[best][tag])
        back.append(choice)
        scores = gained
    path = [max(range(len(TAGS)), key=scores.__getitem__)]
    for choice in reversed(back):
        path.append(choice[path[-1]])
    return path[::-1]


def _log(chance: float) -> float:
    return math.log(max(chance, _LEAST))


def _runs(tags: Sequence[int], steps: Sequence[_Step], doubt: float) -> Iterator[Run]:
    before = "S"
    for j, tag in enumerate(tags):
        chances = steps[j][before]
        before = _BEFORE[tag]
        if tag in (_LOW, _HIGH):
            last = j + 1
            while last < len(tags) and tags[last] == _ON:
                last += 1
            yield Run(j, last, tag == _HIGH, chances[tag])
        elif tag == _NONE and chances[_LOW] + chances[_HIGH] >= doubt:
            high = chances[_HIGH] >= chances[_LOW]
            yield Run(j, j + 1, high, chances[_LOW] + chances[_HIGH], doubtful=True)
