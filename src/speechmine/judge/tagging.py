"""Which clauses begin a row, go on with one, or are none: the likeliest run of tags.

Each clause has a chance for each tag, given the tag before; the best sequence over a sentence is
found by dynamic programming (a maximum-entropy Markov model: McCallum, Freitag and Pereira 2000,
ICML; Viterbi 1967).
"""

from __future__ import annotations

import math
import operator
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from speechmine.judge.evidence import MANY, Sentence
from speechmine.judge.keys import ClauseKeys
from speechmine.judge.labels import Chances
from speechmine.judge.links import Links
from speechmine.judge.model import TAGS, Model
from speechmine.judge.scoring import Sums

__all__ = ["Run", "runs_of"]

_NONE, _LOW, _HIGH, _ON = range(len(TAGS))
_LABEL = 2.0
_NEVER = -1e3


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
    links = model.links
    of_label = [_LABEL * sum(map(operator.mul, chances, column)) for column in links.labels]
    count = len(sentence.clauses)
    steps = []
    for j, (keys, tags) in enumerate(zip(sentence.clauses, sums.tags, strict=True)):
        place = links.place(j == 0, j + 1 == count, min(count, MANY))
        base = [a + b + c for a, b, c in zip(tags, of_label, place, strict=True)]
        if j and _begins_anew(sentence.clauses[j - 1], keys):
            base[_ON] = _NEVER
        steps.append(_step(base, keys, links, "S" if j == 0 else "OBI", model.scale))
    return list(_runs(_best(steps), steps, doubt))


# Signs of times that a deed of its own stands with.
_DATED = frozenset(("has=Ｂ", "has=Ｗ", "has=Ａ", "has=Ｒ"))
_MAKING = frozenset(("deliver", "host", "event"))


def _begins_anew(before: ClauseKeys, keys: ClauseKeys) -> bool:
    """A clause that never goes on with the row before it (S1).

    An item (二是…), a deed with its own time behind one with another (3月底前制定方案，6月底前组建
    队伍), a body with its own deed behind another deed.
    """
    if keys.clause.item is not None:
        return True
    if keys.clause.verb not in _MAKING or before.clause.verb not in _MAKING:
        return False
    dated = not (_DATED.isdisjoint(keys.flags) or _DATED.isdisjoint(before.flags))
    return dated or ("subject" in keys.flags and "has=Ｐ" in keys.flags)


#: Logarithms of the chances of the tags of a clause by the tag before (S at the start).
_Step = Mapping[str, Sequence[float]]


def _step(
    base: Sequence[float], keys: ClauseKeys, links: Links, befores: str, scale: float
) -> _Step:
    joined = links.joined(keys)
    found = {}
    for before in befores:
        numbers = [scale * (a + b) for a, b in zip(base, joined[before], strict=True)]
        top = max(numbers)
        whole = top + math.log(sum([math.exp(number - top) for number in numbers]))
        found[before] = [number - whole for number in numbers]
    return found


def _best(steps: Sequence[_Step]) -> list[str]:
    """Viterbi's path over none, begins, goes on (O, B, I); a row goes on only behind a row.

    Whether a clause is owed is decided before its level: what is half a requirement and half a
    task is surely owed.
    """
    if not steps:
        return []
    scores = dict(zip("OB", _merged(steps[0]["S"]), strict=False)) | {"I": _NEVER}
    back: list[dict[str, str]] = []
    for step in steps[1:]:
        choice, gained = {}, {}
        rows = {before: dict(zip("OBI", _merged(step[before]), strict=True)) for before in "OBI"}
        for tag in "OBI":
            befores = "BI" if tag == "I" else "OBI"
            best = max(befores, key=lambda b: scores[b] + rows[b][tag])
            choice[tag], gained[tag] = best, scores[best] + rows[best][tag]
        back.append(choice)
        scores = gained
    path = [max("OBI", key=scores.__getitem__)]
    for choice in reversed(back):
        path.append(choice[path[-1]])
    return path[::-1]


def _merged(logs: Sequence[float]) -> tuple[float, float, float]:
    """Logarithms of none, begins (at either level), goes on."""
    low, high = logs[_LOW], logs[_HIGH]
    more, less = (low, high) if low > high else (high, low)
    return logs[_NONE], more + math.log1p(math.exp(less - more)), logs[_ON]


def _runs(tags: Sequence[str], steps: Sequence[_Step], doubt: float) -> Iterator[Run]:
    before = "S"
    for j, tag in enumerate(tags):
        low, high = (math.exp(steps[j][before][at]) for at in (_LOW, _HIGH))
        before = tag
        if tag == "B":
            last = j + 1
            while last < len(tags) and tags[last] == "I":
                last += 1
            yield Run(j, last, high >= low, max(low, high))
        elif tag == "O" and low + high >= doubt:
            yield Run(j, j + 1, high >= low, low + high, doubtful=True)
