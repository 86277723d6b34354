"""Times in a task's own clause: which of them say when, and which belong to its object."""

from __future__ import annotations

import re

from speechmine.assemble.findings import FIRM_KINDS, Findings, times_between
from speechmine.extractors.time_lexicon import lexicon_of
from speechmine.model import Deadline, TaskMention
from speechmine.rules.loader import default_rules

__all__ = ["adverbial", "attributive"]

# A longer modifier of a noun is a clause of its own.
_LONGEST_MODIFIER = 14


def adverbial(mention: TaskMention, findings: Findings) -> list[Deadline]:
    """The times of the clause that modify its verb."""
    times = times_between(findings.times, *mention.clause)
    return [t for t in times if _modifies(t, mention, findings.view.text)]


def attributive(time: Deadline, text: str) -> bool:
    """今年的盘子, 年内竣工的项目: a time that is part of a name."""
    end = time.end or 0
    return _part("of_a_noun").match(text, end, end + _LONGEST_MODIFIER) is not None


def _modifies(time: Deadline, mention: TaskMention, text: str) -> bool:
    start, (first, verb) = time.start or 0, (mention.clause[0], mention.action[0])
    if time.kind in FIRM_KINDS and _opens_object(text, first, start):
        return False
    unknown = mention.action[0] == mention.action[1]
    return unknown or start < max(verb, first + 1) or _behind_verb(time, mention, text)


def _opens_object(text: str, first: int, start: int) -> bool:
    """把开工前审批压缩到…: right behind 把 a time is the object's; 把台账月底前报来 is no such."""
    mark = _part("object.mark").search(text, first, start)
    return mark is not None and mark.end() == start


def _behind_verb(time: Deadline, mention: TaskMention, text: str) -> bool:
    """整改方案于3月5日前报送: the first verb of a clause may stand in the name of its object.

    完成年底前竣工项目的验收 is about the object.
    """
    start, end = time.start or 0, time.end or 0
    rest = text[end : mention.clause[1]].strip("。；，")
    if "的" in rest or not (rest or time.event):
        return False
    led = _part("before_time").search(text, mention.clause[0], start)
    if time.kind not in FIRM_KINDS:  # 关注动向、及时化解: a second verb
        return time.kind == "per_plan" or text[start - 1] in "、并"
    apart = led or start > mention.action[1] or mention.action[0] > mention.clause[0]
    if time.kind == "recurring":  # 实行周调度, and not 健全周调度机制, 建立定期会商…
        return text[start:end] != "定期" and _part("standing").search(rest) is None
    return bool(led) or (bool(apart) and _is_bounded(time, rest))


def _is_bounded(time: Deadline, rest: str) -> bool:
    """三日内, 月底前, 每周五; a mere period (二季度) may be part of a name."""
    text = time.text or ""
    if time.kind == "at":  # 今天就发函, 与大桥同步通车
        return rest.startswith("就") or time.event is not None
    return text.endswith(("前", "内", "后")) or time.duration is not None


def _part(name: str) -> re.Pattern[str]:
    return lexicon_of(default_rules()).parts[name]
