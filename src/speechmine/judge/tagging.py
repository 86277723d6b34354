"""Which clauses begin a row, go on with one, or are none: the likeliest run of tags.

Each clause has a chance for each tag, given the tag before; the best sequence over a sentence is
found by dynamic programming (a maximum-entropy Markov model: McCallum, Freitag and Pereira 2000,
ICML; Viterbi 1967). The level of a row (GUIDELINE T3) is judged once more by the words of all of
its clauses, by those on either side, by its place and by the label of its sentence (logistic
regression); both have an equal say.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from speechmine.changes import quickly_made
from speechmine.judge.evidence import ASIDE, LABEL, Sentence
from speechmine.judge.grams import Whole
from speechmine.judge.keys import FINISHING, ClauseKeys
from speechmine.judge.labels import softmax
from speechmine.judge.links import BEFORE
from speechmine.judge.model import ROW_LEVELS, TAGS, Model
from speechmine.judge.scoring import Sums
from speechmine.judge.weights import Matrix

__all__ = ["Run", "best_tags", "chances_of_levels", "goes_along", "merged", "tagged_rows"]

_NONE, _LOW, _HIGH, _ON = range(len(TAGS))
_NEVER = -1e3
# A row begins or goes on right before.
_BEHIND_ROW = [BEFORE.index(tag) for tag in "BI"]
# Tags once a row that begins is of either level, in the order that they have in BEFORE too.
_OUTSIDE, _BEGINS, _GOES_ON = range(3)


@quickly_made
@dataclass(frozen=True, slots=True)
class Run:
    """Clauses that make one row.

    Attributes:
        first, last: the first clause and the one after the last.
        checkable: level 2 or 3, else level 1 (GUIDELINE T3).
        confidence: chance that just this level is right.
        doubtful: not likely enough to be taken; shown, not listed.
        ordered: its own words are sure of it, whatever stands around.
    """

    first: int
    last: int
    checkable: bool
    confidence: float
    doubtful: bool = False
    ordered: bool = False


def tagged_rows(
    sentences: Sequence[Sentence], sums: Sums, chances: Matrix, model: Model, doubt: float
) -> list[list[Run]]:
    """The rows of each sentence, and those that were nearly taken.

    Args:
        sentences: of a text.
        sums: what the model makes of their words.
        chances: of the sentences' labels, a row each.
        model: the model.
        doubt: a clause that is a row with at least this chance and yet is none is doubtful.
    """
    found: list[list[Run]] = [[] for _ in sentences]
    logs = _logs(sentences, sums, chances, model)
    if not len(logs):
        return found
    tags = best_tags(merged(logs), sums.counts)
    starts = np.cumsum(sums.counts) - sums.counts
    before = np.concatenate([[0], 1 + tags[:-1]])
    before[starts[sums.counts > 0]] = 0
    levels = np.exp(logs[np.arange(len(logs)), before, _LOW : _HIGH + 1])
    doubted = (tags == _OUTSIDE) & (levels.sum(axis=1) >= doubt)
    begins = np.flatnonzero((tags == _BEGINS) | doubted)
    ends = np.append(np.flatnonzero(tags != _GOES_ON), len(tags))
    ends = ends[np.searchsorted(ends, begins, side="right")]
    settled = chances_of_levels(begins, ends, levels[begins], sums, chances, model)
    of = np.repeat(np.arange(len(sentences)), sums.counts)[begins]
    places = (of, begins - starts[of], ends - starts[of], doubted[begins])
    for (sentence, first, last, doubtful), (low, high) in zip(
        zip(*(each.tolist() for each in places), strict=True), settled.tolist(), strict=True
    ):
        sure = low + high if doubtful else max(low, high)
        found[sentence].append(Run(first, last, high >= low, sure, doubtful=doubtful))
    return found


def _logs(sentences: Sequence[Sentence], sums: Sums, chances: Matrix, model: Model) -> Matrix:
    """Logarithms of the chances: a clause, the tag before it, its tag."""
    clauses = [keys for sentence in sentences for keys in sentence.clauses]
    place, joined = model.links.of_clauses(clauses, sums.counts)
    of_label = LABEL * np.einsum("sl,lt->st", chances, model.links.labels)
    base = sums.tags + place + np.repeat(of_label, sums.counts, axis=0)
    anew, parts = _settled_clauses(sentences)
    base[anew, _ON] = _NEVER
    numbers = model.scale * (base[:, None, :] + joined)
    for at in parts:  # behind a row it begins none, and is part of that one
        numbers[at, _BEHIND_ROW, : _HIGH + 1] = _NEVER
    numbers -= numbers.max(axis=2, keepdims=True)
    whole: Matrix = numbers - np.log(np.exp(numbers).sum(axis=2, keepdims=True))
    return whole


def merged(logs: Matrix) -> Matrix:
    """Logarithms of none, begins (at either level), goes on.

    Whether a clause is owed is decided before its level: what is half a requirement and half a
    task is surely owed.
    """
    begins = np.logaddexp(logs[..., _LOW], logs[..., _HIGH])
    return np.stack([logs[..., _NONE], begins, logs[..., _ON]], axis=-1)


def best_tags(steps: Matrix, counts: Whole) -> Whole:
    """Viterbi's path of each sentence over none, begins, goes on; a row goes on only behind a row.

    Args:
        steps: for each clause the logarithms of the three, behind each tag of :data:`BEFORE`.
        counts: how many clauses each sentence has.
    """
    order = np.argsort(-counts, kind="stable")  # the longest sentences first
    counts, starts = counts[order], (np.cumsum(counts) - counts)[order]
    alive = [int(np.count_nonzero(counts > step)) for step in range(int(counts.max()))]
    scores = steps[starts[: alive[0]], 0]
    scores[:, _GOES_ON] = _NEVER
    back = np.zeros((len(steps), 3), np.int64)
    for step, many in enumerate(alive[1:], 1):
        at = starts[:many] + step
        paths = scores[:many, :, None] + steps[at, 1:]
        paths[:, _OUTSIDE, _GOES_ON] = -np.inf
        back[at], scores[:many] = paths.argmax(axis=1), paths.max(axis=1)
    tags = np.zeros(len(steps), np.int64)
    tags[(starts + counts - 1)[: alive[0]]] = scores.argmax(axis=1)
    for step in range(len(alive) - 1, 0, -1):
        at = starts[: alive[step]] + step
        tags[at - 1] = back[at, tags[at]]
    return tags


_WIDTH = len(ROW_LEVELS)


def chances_of_levels(
    begins: Whole, ends: Whole, begun: Matrix, sums: Sums, chances: Matrix, model: Model
) -> Matrix:
    """For each row the chance that it is one of each level.

    Args:
        begins: the first clause of each row, counted over all sentences.
        ends: the one after its last.
        begun: the chances that a row of each level begins there.
        sums: what the model makes of the sentences' words.
        chances: of their labels, a row each.
        model: the model.
    """
    if not len(begins):
        return begun
    both = np.sqrt(begun * _by_all_words(begins, ends, sums, chances, model))
    settled: Matrix = both * (begun.sum(axis=1) / both.sum(axis=1))[:, None]
    return settled


def _by_all_words(begins: Whole, ends: Whole, sums: Sums, chances: Matrix, model: Model) -> Matrix:
    """What the second look gives each level, all levels together one."""
    of = np.repeat(np.arange(len(sums.counts)), sums.counts)[begins]
    starts, counts = (np.cumsum(sums.counts) - sums.counts)[of], sums.counts[of]
    first, last = begins - starts, ends - starts
    total = _wording(sums.levels, begins, ends)
    before = sums.levels[np.maximum(begins - 1, 0), _WIDTH : 2 * _WIDTH]
    behind = sums.levels[np.minimum(ends, len(sums.levels) - 1), 2 * _WIDTH :]
    total += ASIDE * (
        np.where((first > 0)[:, None], before, 0.0)
        + np.where((last < counts)[:, None], behind, 0.0)
    )
    total += sums.places[of] + model.level_links.stretches(first, last, counts)
    total += LABEL * np.einsum("sl,lt->st", chances[of], model.level_links.labels)
    return softmax(total)


def _wording(levels: Matrix, begins: Whole, ends: Whole) -> Matrix:
    """What the clauses of each row say, however many they are."""
    own = np.vstack([levels[:, :_WIDTH], np.zeros((1, _WIDTH))])
    sums = np.add.reduceat(own, np.column_stack([begins, ends]).ravel(), axis=0)[::2]
    mean: Matrix = sums / np.sqrt(ends - begins)[:, None]
    return mean


def _settled_clauses(sentences: Sequence[Sentence]) -> tuple[list[int], list[int]]:
    """Numbers of the clauses that never go on with the row before, and of those that only do."""
    anew: list[int] = []
    parts: list[int] = []
    at = 0
    for sentence in sentences:
        for j, (before, keys) in enumerate(itertools.pairwise(sentence.clauses), at + 1):
            if _begins_anew(before, keys):
                anew.append(j)
            if _is_part(before, keys):
                parts.append(j)
        at += len(sentence.clauses)
    return anew, parts


# Signs of times that a deed of its own stands with.
_DATED = frozenset("ＢＷＡＲ")
_TIMED = _DATED | {"Ｅ"}
_ENDS = frozenset("ＢＥ")
_MAKING = frozenset(("deliver", "host", "event"))


def _begins_anew(before: ClauseKeys, keys: ClauseKeys) -> bool:
    """A clause that never goes on with the row before it (S1).

    An item (二是…), a deed with its own time behind one with another (3月底前制定方案，6月底前组建
    队伍), a body with its own deed behind another deed.
    """
    if keys.clause.item is not None or goes_along(before, keys):
        return True
    if keys.clause.verb not in _MAKING or before.clause.verb not in _MAKING:
        return False
    dated = not (_DATED.isdisjoint(keys.signs) or _DATED.isdisjoint(before.signs))
    return dated or (keys.clause.subject is not None and "Ｐ" in keys.signs)


def goes_along(before: ClauseKeys, keys: ClauseKeys) -> bool:
    """要在年底前办成58项，明年底前办成120项: a figure with its day, behind another that is owed.

    Of 15 such clauses in annotated texts 12 are rows of their own.

    Args:
        before: the clause before.
        keys: the clause.
    """
    return all("Ｎ" in each.signs and not _ENDS.isdisjoint(each.signs) for each in (before, keys))


def _is_part(before: ClauseKeys, keys: ClauseKeys) -> bool:
    """Whether a clause says by when the deed before is done; two days are two deeds (S5).

    建立台账，5月底前报市局备案 is one row; 3月底前开工，年底前投用 are two, each with its day.
    """
    if keys.form != FINISHING:
        return False
    return _TIMED.isdisjoint(keys.signs) or _TIMED.isdisjoint(before.signs)
