"""Which clauses begin a row, go on with one, or are none: the likeliest run of tags.

Each clause has a chance for each tag, given the tag before; the best sequence over a sentence is
found by dynamic programming (a maximum-entropy Markov model: McCallum, Freitag and Pereira 2000,
ICML; Viterbi 1967).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from speechmine.changes import quickly_made
from speechmine.judge.evidence import LABEL, Sentence
from speechmine.judge.keys import BARE_BAN, FINISHING, MERE_COUNT, OWN_THING, ClauseKeys
from speechmine.judge.labels import Stretch, chances_of_levels
from speechmine.judge.links import BEFORE
from speechmine.judge.model import TAGS, Model
from speechmine.judge.scoring import Sums
from speechmine.judge.weights import Matrix

__all__ = ["Run", "goes_along", "tagged_rows"]

_NONE, _LOW, _HIGH, _ON = range(len(TAGS))
_NEVER = -1e3
# A row begins or goes on right before.
_BEHIND_ROW = [BEFORE.index(tag) for tag in "BI"]


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
    logs = _logs(sentences, sums, chances, model)
    merged = _flat(_merged(logs))
    levels = _flat(np.exp(logs[:, :, _LOW : _HIGH + 1]))
    stretches: list[Stretch] = []
    at = 0
    for number, sentence in enumerate(sentences):
        end = at + len(sentence.clauses)
        stretches += _row_stretches(number, _best(merged[at:end]), levels[at:end], doubt)
        at = end
    settled = chances_of_levels(stretches, sentences, sums, chances, model)
    found: list[list[Run]] = [[] for _ in sentences]
    for stretch, (low, high) in zip(stretches, settled.tolist(), strict=True):
        found[stretch.sentence].append(_run(stretch, low, high))
    return found


def _run(stretch: Stretch, low: float, high: float) -> Run:
    sure = low + high if stretch.doubtful else max(low, high)
    return Run(stretch.first, stretch.last, high >= low, sure, doubtful=stretch.doubtful)


def _flat(numbers: Matrix) -> list[list[float]]:
    """The numbers of each clause in one list: many small lists are slow to make and to free."""
    flat: list[list[float]] = numbers.reshape(len(numbers), math.prod(numbers.shape[1:])).tolist()
    return flat


def _logs(sentences: Sequence[Sentence], sums: Sums, chances: Matrix, model: Model) -> Matrix:
    """Logarithms of the chances: a clause, the tag before it, its tag."""
    clauses = [keys for sentence in sentences for keys in sentence.clauses]
    links = model.links
    of_label = LABEL * np.einsum("sl,lt->st", chances, links.labels)
    base = sums.tags + links.places(sentences) + links.arranged(sentences)
    if clauses:
        base += of_label[np.asarray(sums.sentence)]
    anew, parts = _settled_clauses(sentences)
    base[anew, _ON] = _NEVER
    numbers = model.scale * (base[:, None, :] + links.joined(clauses))
    for at in parts:  # behind a row it begins none, and is part of that one
        numbers[at, _BEHIND_ROW, : _HIGH + 1] = _NEVER
    numbers -= numbers.max(axis=2, keepdims=True)
    whole: Matrix = numbers - np.log(np.exp(numbers).sum(axis=2, keepdims=True))
    return whole


def _merged(logs: Matrix) -> Matrix:
    """Logarithms of none, begins (at either level), goes on.

    Whether a clause is owed is decided before its level: what is half a requirement and half a
    task is surely owed.
    """
    begins = np.logaddexp(logs[..., _LOW], logs[..., _HIGH])
    return np.stack([logs[..., _NONE], begins, logs[..., _ON]], axis=-1)


def _settled_clauses(sentences: Sequence[Sentence]) -> tuple[list[int], list[int]]:
    """Numbers of the clauses that never go on with the row before, and of those that only do."""
    anew: list[int] = []
    parts: list[int] = []
    at = 0
    for sentence in sentences:
        for before, keys in itertools.pairwise(sentence.clauses):
            at += 1
            if _begins_anew(before, keys):
                anew.append(at)
            if _is_part(before, keys):
                parts.append(at)
        at += 1 if sentence.clauses else 0
    return anew, parts


def _is_part(before: ClauseKeys, keys: ClauseKeys) -> bool:
    """Whether a clause has no deed that could be a row's own; two days are two deeds (S5).

    建立台账，5月底前报市局备案 is one row; 3月底前开工，年底前投用 are two, each with its day.
    派律师坐班，每天不少于2人: how many belongs to the deed too.
    """
    if keys.clause.item is not None:
        return False
    if MERE_COUNT in keys.flags:
        return True
    if BARE_BAN in keys.flags:  # 拆迁、用工这些事，不准往企业推
        return before.clause.verb == "none" and not _is_deed(before)
    own = not _TIMED.isdisjoint(keys.flags) and not _TIMED.isdisjoint(before.flags)
    return FINISHING in keys.flags and not own


# Signs of times that a deed of its own stands with.
_DATED = frozenset(("has=Ｂ", "has=Ｗ", "has=Ａ", "has=Ｒ"))
_TIMED = _DATED | {"has=Ｅ"}
_MAKING = frozenset(("deliver", "host", "event"))


def _begins_anew(before: ClauseKeys, keys: ClauseKeys) -> bool:
    """A clause that never goes on with the row before it (S1).

    An item (二是…), a deed with its own time behind one with another (3月底前制定方案，6月底前组建
    队伍), a body with its own deed behind another deed, a thing with a day of its own behind one
    (重新检测线路，检测报告月底前送督查室).
    """
    if keys.clause.item is not None:
        return True
    if (OWN_THING in keys.flags and _is_deed(before)) or goes_along(before, keys):
        return True
    if keys.clause.verb not in _MAKING or before.clause.verb not in _MAKING:
        return False
    dated = not (_DATED.isdisjoint(keys.flags) or _DATED.isdisjoint(before.flags))
    return dated or ("subject" in keys.flags and "has=Ｐ" in keys.flags)


_FIGURE = "has=Ｎ"
_BY_THEN = frozenset(("has=Ｂ", "has=Ｅ"))


def goes_along(before: ClauseKeys, keys: ClauseKeys) -> bool:
    """要在年底前办成58项，明年底前办成120项: a figure with its day, behind another that is owed.

    Of 15 such clauses in annotated texts 12 are rows of their own.

    Args:
        before: the clause before.
        keys: the clause.
    """
    if _FIGURE not in keys.flags or _FIGURE not in before.flags:
        return False
    return not (_BY_THEN.isdisjoint(keys.flags) or _BY_THEN.isdisjoint(before.flags))


def _is_deed(keys: ClauseKeys) -> bool:
    """What somebody does; a thing alone (七层那批旧床) is what the clause behind it is about."""
    clause = keys.clause
    acts = clause.action[1] > clause.action[0] and clause.verb != "none"
    named = "has=Ｐ" in keys.flags and clause.object[1] - clause.object[0] > 1
    # What a deed is done to stands behind this word.
    disposed = "把" in keys.wording
    return acts or named or disposed


def _best(steps: Sequence[Sequence[float]]) -> list[str]:
    """Viterbi's path over none, begins, goes on (O, B, I); a row goes on only behind a row.

    Args:
        steps: for each clause the logarithms of the three, behind each tag of :data:`BEFORE`.
    """
    if not steps:
        return []
    scores = (*steps[0][:2], _NEVER)
    back: list[tuple[int, int, int]] = []
    never = _NEVER * len(steps)
    for step in steps[1:]:
        outside, begun, inside = scores
        _, _, _, oo, ob, _, bo, bb, bi, io, ib, ii = step
        none = (outside + oo, begun + bo, inside + io)
        begins = (outside + ob, begun + bb, inside + ib)
        goes_on = (never, begun + bi, inside + ii)
        scores = (max(none), max(begins), max(goes_on))
        back.append((none.index(scores[0]), begins.index(scores[1]), goes_on.index(scores[2])))
    at = scores.index(max(scores))
    path = [at]
    for choice in reversed(back):
        at = choice[at]
        path.append(at)
    return [BEFORE[1 + at] for at in reversed(path)]


def _row_stretches(
    sentence: int, tags: Sequence[str], levels: Sequence[Sequence[float]], doubt: float
) -> Iterator[Stretch]:
    """The rows of a sentence, and the clauses that were nearly one."""
    before = "S"
    for j, tag in enumerate(tags):
        low, high = levels[j][2 * BEFORE.index(before) :][:2]
        before = tag
        if tag == "B":
            last = j + 1
            while last < len(tags) and tags[last] == "I":
                last += 1
            yield Stretch(sentence, j, last, (low, high))
        elif tag == "O" and low + high >= doubt:
            yield Stretch(sentence, j, j + 1, (low, high), doubtful=True)
