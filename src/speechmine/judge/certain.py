"""What holds whatever the model makes of the words (GUIDELINE A3, T1, T4).

Few regularities are certain; each says which rows it rules out, and why.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from speechmine.changes import changed
from speechmine.judge.evidence import PRINCIPLES, Sentence
from speechmine.judge.keys import BARE, SETTING, ClauseKeys
from speechmine.judge.orders import DUE, Orders
from speechmine.judge.tagging import Run
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import Patterns, patterns_by_id

__all__ = ["Certain", "certain_of"]

REVIEW = "/zone=review"
_QUESTION = "/end=？"
_NAMED = frozenset("ＰＧ")
_OWING = frozenset("ＢＥＲＩ")
# Signs of times that lie ahead or have no end; a past day beside one of them is not the deadline.
_AHEAD = frozenset("ＢＷＡＥＲＩＳ")
# What says when the row behind it is due, or what it is of: …后，…; 如…，…; 对…情况，….
_CASES = ("certain.after", "certain.if", "certain.topic")


@functools.lru_cache(maxsize=8)
def certain_of(rules: RuleSet) -> Certain:
    """What is certain by the words of a rule set."""
    words = {rule.id: rule.terms for rule in rules.table("certain")}
    patterns = patterns_by_id(rules, "certain")
    return Certain(
        patterns,
        visit=patterns["certain.visit"],
        reviewed=frozenset(f"title={term}" for term in words["certain.reviewed"]),
        planned=frozenset(f"title={term}" for term in words["certain.planned"]),
        orders=Orders(patterns, frozenset(f"Ｐ{term}" for term in words["certain.obliged"])),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Certain:
    """The table ``certain``, ready to be asked of sentences.

    Attributes:
        words: its patterns.
        visit: the one for those who come to look.
        reviewed, planned: keys of headings that look back, and of those that look ahead too.
        orders: what is owed wherever it stands.
    """

    words: Patterns
    visit: re.Pattern[str]
    reviewed: frozenset[str]
    planned: frozenset[str]
    orders: Orders

    def runs(self, sentence: Sentence, runs: Iterable[Run]) -> Iterator[Run]:
        """The rows that may stand, some of them at a lower level.

        Args:
            sentence: where they stand.
            runs: what the model takes.
        """
        # A3: 指导思想, 基本原则 hold no tasks. What is asked is not owed: of 76 questions in
        # annotated texts none holds a task.
        if PRINCIPLES in sentence.flags or _QUESTION in sentence.flags:
            return
        taken = [self._behind_label(sentence, run) for run in runs]
        taken += self.orders.of(sentence, taken)
        if (
            not taken
            or self.explains(sentence)
            or (self._looks_back(sentence) and self.only_tells(sentence))
        ):
            return
        taken.sort(key=lambda run: run.first)
        apart = [part for run in taken for part in _apart(sentence, run)]
        for run in self._with_settings(sentence, apart):
            clauses = sentence.clauses[run.first : run.last]
            if _is_over(clauses) or all(map(self._visits, clauses)):
                continue
            # T1: what is to be there by a day can be checked; of 97 such rows read, none cannot.
            dated = any("Ｂ" in keys.signs for keys in clauses)
            firm = (run.checkable or dated) and not _is_attitude(clauses)
            yield run if firm == run.checkable else changed(run, checkable=firm)

    def _behind_label(self, sentence: Sentence, run: Run) -> Run:
        """工作任务：复耕5000亩: the label is no part of the row."""
        label = sentence.clauses[run.first]
        labels = label.clause.leads and self.words["certain.labelled"].search(label.wording)
        return changed(run, first=run.first + 1) if labels and run.last > run.first + 1 else run

    def explains(self, sentence: Sentence) -> bool:
        """规上企业：指年主营业务收入2000万元以上的企业: a word's meaning obliges nobody."""
        meaning = self.words["certain.meaning"]
        return any(
            before.clause.leads and meaning.match(keys.wording)
            for before, keys in itertools.pairwise(sentence.clauses)
        )

    def grants(self, sentence: Sentence) -> bool:
        """对新认定的企业给予20万元奖励: what whoever qualifies is given is no target."""
        whole = "，".join(keys.wording for keys in sentence.clauses)
        return self.words["certain.granted"].search(whole) is not None

    def only_tells(self, sentence: Sentence) -> bool:
        """What looks back by its own words, with nothing in it that owes.

        Years that are over (两年来，安排资金210亿元); in a part that looks back, a comparison with
        the year before (全年生产总值比上年增长5%); all that stands under a heading such as
        工作回顾. 要 or a day to come would owe it.
        """
        for keys in sentence.clauses:  # most sentences owe something: they are asked no more
            if keys.clause.modality is not None or not _OWING.isdisjoint(keys.signs):
                return False
        return (
            self._looks_back(sentence)
            or _opens_past(sentence)
            or self._says(sentence, "certain.past_years")
            or (REVIEW in sentence.flags and self._says(sentence, "certain.compared"))
        )

    def _says(self, sentence: Sentence, name: str) -> bool:
        found = self.words[name].search
        return any(map(found, [keys.wording for keys in sentence.clauses]))

    def _looks_back(self, sentence: Sentence) -> bool:
        """Under 2022年工作回顾, not 回顾与安排: of 440 such sentences without 要 none owes."""
        title = sentence.title
        return not self.reviewed.isdisjoint(title) and self.planned.isdisjoint(title)

    def _with_settings(self, sentence: Sentence, runs: Iterable[Run]) -> Iterator[Run]:
        """S5: what only says when or on what footing belongs to the row behind it, or to none."""
        waiting: Run | None = None
        for run in runs:
            joined = run
            if waiting is not None and waiting.last == run.first and not run.doubtful:
                joined = changed(run, first=waiting.first)
            if all(map(self._is_setting, sentence.clauses[joined.first : joined.last])):
                waiting = joined
                continue
            waiting = None
            yield joined

    def _visits(self, keys: ClauseKeys) -> bool:
        """省厅验收组4月中旬来检查: who comes to look is none of those who are told what to do."""
        return self.visit.match(keys.wording) is not None

    def _is_setting(self, keys: ClauseKeys) -> bool:
        if keys.form == BARE or SETTING in keys.flags:
            return True
        if self._only_dates(keys) or self._only_parts(keys):
            return True
        told = keys.clause.modality is None
        if told and any(self.words[name].match(keys.wording) for name in _CASES):
            return True
        return keys.clause.scope and self.words["certain.case"].search(keys.wording) is not None

    def _only_parts(self, keys: ClauseKeys) -> bool:
        """市住建局牵头，供电公司配合，…: who takes what part, and nothing that is done."""
        named = keys.clause.modality is None and not _NAMED.isdisjoint(keys.signs)
        return named and self.words["certain.parts"].fullmatch(keys.wording) is not None

    def _only_dates(self, keys: ClauseKeys) -> bool:
        """各省要在本意见印发之日起30日内，…: who and by when, and nothing that is done."""
        clause = keys.clause
        if clause.verb != "none" or clause.modality is None or clause.action[0] < clause.action[1]:
            return False
        ends = self.words["certain.dates"].search(keys.wording)
        return ends is not None and not DUE.isdisjoint(keys.signs)


def _apart(sentence: Sentence, run: Run) -> Iterator[Run]:
    """S1: 甲局要编制清单，报政府备案，乙局要拨付资金 is two rows, one for each body to act."""
    if run.last - run.first == 1:
        yield run
        return
    owner, first = False, run.first
    for j in range(run.first, run.last):
        keys = sentence.clauses[j]
        acts = _has_own_duty(keys)
        if acts and owner:
            yield changed(run, first=first, last=j)
            first = j
        # 各单位不得拖延，县财政局必须拨付: a ban for some before an order for others
        bans = keys.clause.verb == "prohibit" and keys.clause.subject is not None
        owner = owner or acts or bans
    yield run if first == run.first else changed(run, first=first)


def _opens_past(sentence: Sentence) -> bool:
    """2024年，…: of 289 sentences that a time past opens, and in which nothing owes, one owes."""
    opening = sentence.clauses[0] if sentence.clauses else None
    return opening is not None and opening.form == BARE and "Ｌ" in opening.signs


def _has_own_duty(keys: ClauseKeys) -> bool:
    clause = keys.clause
    if clause.subject is None or clause.modality is None:
        return False
    return not _NAMED.isdisjoint(keys.signs)


def _is_over(clauses: Sequence[ClauseKeys]) -> bool:
    """T4: 水利局在3月20日前完成清淤, said in December, is a deed; 要 would still owe it."""
    if not any("Ｌ" in keys.signs for keys in clauses):
        return False
    return all(keys.clause.modality is None and _AHEAD.isdisjoint(keys.signs) for keys in clauses)


def _is_attitude(clauses: Sequence[ClauseKeys]) -> bool:
    """T1: 要在2月底前统一思想 has a day, and still nothing that a file would show."""
    verbs = {keys.clause.verb for keys in clauses}
    if "attitude" not in verbs or not verbs <= {"attitude", "none"}:
        return False
    return not any("Ｎ" in keys.signs or _delivers(keys) for keys in clauses)


def _delivers(keys: ClauseKeys) -> bool:
    """6月15日前交出记录: what a verb of no class does with a thing by a day of its own."""
    thing = keys.clause.object[1] - keys.clause.object[0]
    return keys.clause.verb == "none" and thing > 1 and "Ｂ" in keys.signs
