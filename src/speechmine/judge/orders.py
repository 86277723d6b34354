"""What is owed by its own words, wherever it stands (GUIDELINE T1), and what may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speechmine.changes import changed
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
_SURE = Run(0, 0, checkable=True, confidence=0.95, ordered=True)
_ALONG = Run(0, 0, checkable=True, confidence=0.8, ordered=True)
_DOUBTFUL = Run(0, 0, checkable=True, confidence=0.8, doubtful=True)
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
        held = {j for run in runs if not run.doubtful for j in range(run.first, run.last)}
        doubted = {run.first for run in runs if run.doubtful}
        for j, keys in enumerate(sentence.clauses):
            if j in held:
                continue
            before = sentence.clauses[j - 1] if j else None
            found = self._order(keys, before, behind_row=j - 1 in held)
            if found is not None and not (found is _DOUBTFUL and j in doubted):
                yield changed(found, first=j, last=j + 1)

    def _order(
        self, keys: ClauseKeys, before: ClauseKeys | None, *, behind_row: bool
    ) -> Run | None:
        """What a clause is by its own words."""
        if behind_row and before is not None and goes_along(before, keys):
            return _ALONG
        # 确保拆除违建2.3万平方米: a figure to be reached
        counted = not behind_row and "Ｎ" in keys.signs
        if counted and self.words["certain.ensured"].match(keys.wording):
            return _SURE
        if self._must_act(keys):
            firm = keys.clause.verb in _MAKING or not _SAID_FIRMLY.isdisjoint(keys.signs)
            return _SURE if firm else _DOUBTFUL
        return self._assigned(keys, before) if before is not None and before.clause.leads else None

    def _assigned(self, keys: ClauseKeys, before: ClauseKeys) -> Run | None:
        """县林草局：组织巡护。工作任务：复耕5000亩。: a deed behind a body, or a label.

        Nothing tells it to be past; behind a body it may be told all the same.
        """
        if keys.clause.modality is not None or "Ｌ" in keys.signs:
            return None
        if keys.clause.verb in ("none", *_MOODS):
            return None
        if self.words["certain.labelled"].search(before.wording):
            return _SURE
        return _DOUBTFUL if "Ｐ" in before.signs else None

    def _must_act(self, keys: ClauseKeys) -> bool:
        """A named body right before 要, 必须, 应: 扩建工程应于8月底前交付 tells of the works.

        6月底前新建市场2处 names nobody: of 157 clauses in annotated texts that make so many
        things by a day 147 are owed.
        """
        clause = keys.clause
        if clause.verb in _MAKING and _SO_MANY_BY.issubset(keys.signs):
            return True
        if not _BY_THEN.isdisjoint(keys.signs) and self.words["certain.must"].search(keys.wording):
            return True
        if "Ｐ" not in keys.signs:
            return False
        if self.words["certain.ordered"].match(keys.wording):  # 责成市城管局拆除广告牌
            return True
        ordered = clause.modality == "obliged" and clause.subject is not None
        if not ordered or clause.verb in _MOODS:
            return False
        named = any(each in keys.shape for each in self.obliged)
        return named and not self.words["certain.asking"].match(keys.wording)


def unlisted(sentence: Sentence) -> tuple[Run, ...]:
    """两天之内，把积水点排干: what is owed by a time to come and gave no row is doubtful.

    So is what makes so many things (3.新建检测中心1座).
    """
    told = any(
        not DUE.isdisjoint(keys.signs)
        or (keys.clause.verb in _MAKING and any(map(str.isdigit, keys.wording)))
        for keys in sentence.clauses
    )
    return (changed(_DOUBTFUL, last=len(sentence.clauses)),) if told else ()
