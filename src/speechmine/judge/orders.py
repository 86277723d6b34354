"""What is owed by its own words, wherever it stands (GUIDELINE T1), and what may be."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from speechmine.judge.evidence import Sentence
from speechmine.judge.keys import ClauseKeys
from speechmine.judge.tagging import Run, goes_along
from speechmine.rules.searching import Patterns

__all__ = ["DUE", "Orders", "unlisted"]

#: Signs of a time to come.
DUE = frozenset("ＢＷＡＥＲ")
_MAKING = frozenset(("deliver", "event", "host"))
_MOODS = frozenset(("attitude", "result"))
# Of such orders 95 in a hundred are rows in annotated texts, of the doubtful ones 8 in ten.
_SURE, _UNSURE = 0.95, 0.8
_BY_THEN = frozenset("ＢＥ")
_SO_MANY_BY = frozenset("ＢＮ")
_SAID_FIRMLY = DUE | {"Ｎ"}


@dataclass(frozen=True, slots=True, eq=False)
class Orders:
    """The orders of a sentence.

    Attributes:
        words: patterns of the table ``certain``.
        obliged: grams of a body with a word behind it that obliges.
    """

    words: Patterns
    obliged: frozenset[str]

    def of(self, sentence: Sentence, runs: Sequence[Run]) -> Iterator[Run]:
        """县水利局要修好水闸12座 is owed wherever it stands; 县水利局要带个头 may be.

        A body that must act is owed to, where it makes something, or a number or a day to come
        says how much or by when; else it is shown as doubtful. Of rows that are only doubtful the
        order is the surer one.
        """
        held: set[int] = set()
        for run in runs:
            if not run.doubtful:
                held.update(range(run.first, run.last))
        doubted = {run.first for run in runs if run.doubtful}
        for j, keys in enumerate(sentence.clauses):
            if j not in held and j - 1 in held and goes_along(sentence.clauses[j - 1], keys):
                yield Run(j, j + 1, checkable=True, confidence=_UNSURE, ordered=True)
                continue
            if j in held:
                continue
            if j - 1 not in held and self._ensures(keys):
                yield Run(j, j + 1, checkable=True, confidence=_SURE, ordered=True)
                continue
            if not self._must_act(keys):
                yield from self._assigned(sentence.clauses, j, doubted)
                continue
            if keys.clause.verb in _MAKING or not _SAID_FIRMLY.isdisjoint(keys.signs):
                yield Run(j, j + 1, checkable=True, confidence=_SURE, ordered=True)
            elif j not in doubted:
                yield Run(j, j + 1, checkable=True, confidence=_UNSURE, doubtful=True)

    def _assigned(
        self, clauses: Sequence[ClauseKeys], j: int, doubted: Collection[int]
    ) -> Iterator[Run]:
        """县林草局：组织巡护。工作任务：复耕5000亩。: a deed behind a body, or a label.

        Nothing tells it to be past; behind a body it may be told all the same.
        """
        keys, before = clauses[j], clauses[j - 1] if j else None
        if before is None or not before.clause.leads or keys.clause.modality is not None:
            return
        if keys.clause.verb in ("none", *_MOODS) or "Ｌ" in keys.signs:
            return
        if self.words["certain.labelled"].search(before.wording):
            yield Run(j, j + 1, checkable=True, confidence=_SURE, ordered=True)
        elif "Ｐ" in before.signs and j not in doubted:
            yield Run(j, j + 1, checkable=True, confidence=_UNSURE, doubtful=True)

    def _ensures(self, keys: ClauseKeys) -> bool:
        """确保拆除违建2.3万平方米: a figure to be reached."""
        return "Ｎ" in keys.signs and self.words["certain.ensured"].match(keys.wording) is not None

    def _must_act(self, keys: ClauseKeys) -> bool:
        """A named body right before 要, 必须, 应: 扩建工程应于8月底前交付 tells of the works.

        6月底前新建市场2处 names nobody: of 157 clauses in annotated texts that make so many
        things by a day 147 are owed.
        """
        clause = keys.clause
        if clause.verb in _MAKING and _SO_MANY_BY.issubset(keys.signs):
            return True
        if self.words["certain.ordered"].match(keys.wording):  # 责成市城管局拆除广告牌
            return "Ｐ" in keys.signs
        if self.words["certain.must"].search(keys.wording) and not _BY_THEN.isdisjoint(keys.signs):
            return True
        named = clause.subject is not None and any(each in keys.shape for each in self.obliged)
        ordered = named and clause.modality == "obliged" and clause.verb not in _MOODS
        return ordered and not self.words["certain.asking"].match(keys.wording)


def unlisted(sentence: Sentence) -> tuple[Run, ...]:
    """两天之内，把积水点排干: what is owed by a time to come and gave no row is doubtful.

    So is what makes so many things (3.新建检测中心1座).
    """
    last = len(sentence.clauses)
    told = any(
        not DUE.isdisjoint(keys.signs)
        or (keys.clause.verb in _MAKING and any(map(str.isdigit, keys.wording)))
        for keys in sentence.clauses
    )
    return (Run(0, last, checkable=True, confidence=_UNSURE, doubtful=True),) if told else ()
