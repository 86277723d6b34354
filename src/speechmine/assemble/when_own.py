"""Times in a task's own clause: which of them say when, and which belong to its object."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Iterator

from speechmine.assemble.findings import FIRM_KINDS, Findings, SegmentFindings, times_between
from speechmine.borders import CLAUSE, end_behind
from speechmine.model import Clause, Deadline, TaskMention

__all__ = ["adverbial", "attributive"]

# A longer modifier of a noun is a clause of its own.
_LONGEST_MODIFIER = 14
_LONGEST_HEDGE = 4
# Of words that hedge, one after the other.
_REACH = 24


def adverbial(part: SegmentFindings, mention: TaskMention, findings: Findings) -> list[Deadline]:
    """The times of a row's own clauses that modify the verbs there, in order."""
    return [
        time
        for clause in _clauses_of(part, mention)
        for time in times_between(findings.times, max(clause.start, mention.start), clause.end)
        if _modifies(time, clause, findings)
    ]


def _clauses_of(part: SegmentFindings, mention: TaskMention) -> Iterator[Clause]:
    """The clauses of a row; that with its verb has the action and the end which the row says."""
    first, last = min(mention.start, mention.clause[0]), max(mention.end, mention.clause[0] + 1)
    at = bisect_right(part.clauses, first, key=lambda clause: clause.start)
    for clause in part.clauses[max(0, at - 1) :]:
        if clause.start >= last:
            return
        here = clause.start <= mention.action[0] < clause.end
        if here and clause.action != mention.action:
            yield dataclasses.replace(clause, action=mention.action)
        else:
            yield clause


def attributive(time: Deadline, findings: Findings) -> bool:
    """今年的盘子, 年内竣工的项目, 列入今年城建计划: a time that is part of a name.

    6月底前批不下来的，… says what follows from a failure by then.
    """
    text, start, end = findings.text, time.start or 0, time.end or 0
    if any(part(time, findings) for part in (_looks_back, _is_footing, _is_occasion, _is_fact)):
        return True
    counts = time.kind in ("within", "at") and not _is_limit(time, findings)
    names = ("of_a_noun", "of_counted", "of_a_topic") if counts else ("of_a_noun",)
    if any(findings.pattern(name).match(text, end, end + _LONGEST_MODIFIER) for name in names):
        return True
    if time.kind == "by" and findings.pattern("failing").match(
        text, end, end + 2 * _LONGEST_MODIFIER
    ):
        return True
    before = text[max(0, start - _LONGEST_MODIFIER) : start]
    into = time.kind == "within" and findings.pattern("into_plan.before").search(before)
    return bool(into) and findings.pattern("into_plan.after").match(text, end) is not None


def _looks_back(time: Deadline, findings: Findings) -> bool:
    """一年内被查处两次的，…: for how long it is looked at whether the case has come up."""
    if time.kind != "within" or time.duration is None:
        return False
    return findings.pattern("of_a_case").match(findings.text, time.end or 0) is not None


def _is_footing(time: Deadline, findings: Findings) -> bool:
    """结合2026年世界大会议程，举办对接会: a period in a clause that says on what footing."""
    if time.kind not in ("within", "at"):
        return False
    text, (start, end) = findings.text, (time.start or 0, time.end or 0)
    led = findings.pattern("footing.before").search(text, max(0, start - _REACH), start)
    if led is None:
        return False
    stop = end_behind(CLAUSE, text, end)
    return text[stop : stop + 1] in ("，", ",")


def _is_occasion(time: Deadline, findings: Findings) -> bool:
    """每年最高补贴…, 下个月我还来看, 杜绝年底不立案: of a sum, of a visit, of what must not be."""
    text, start, end = findings.text, time.start or 0, time.end or 0
    if time.kind == "recurring":
        return findings.pattern("of_ceiling").match(text, end, end + _REACH) is not None
    if findings.pattern("coming_again").match(text, end, end + _REACH):
        return True
    before = text[max(0, start - _LONGEST_MODIFIER) : start]
    banned = time.kind in ("within", "at", "by") and findings.pattern("ban.occasion").search(before)
    return bool(banned) and not _is_limit(time, findings)


def _is_fact(time: Deadline, findings: Findings) -> bool:
    """今年还剩三个月, 电力公司已经答应9月通电: of how things stand, or of a promise."""
    text, start, end = findings.text, time.start or 0, time.end or 0
    if time.kind in ("within", "at") and findings.pattern("of_a_state").match(
        text, end, end + _REACH
    ):
        return True
    promised = findings.pattern("promised.before")
    return promised.search(text, max(0, start - _LONGEST_MODIFIER), start) is not None


def _is_limit(time: Deadline, findings: Findings) -> bool:
    """年内改造剩余的12处, 15日起开展为期30天的…: a limit is that of the verb behind it."""
    return findings.pattern("limit.end").search(time.text or "") is not None


def _modifies(time: Deadline, clause: Clause, findings: Findings) -> bool:
    start, (first, verb) = time.start or 0, (clause.start, clause.action[0])
    if _names_mechanism(time, clause, findings):
        return False
    unknown = clause.action[0] == clause.action[1]
    opens = unknown or start < max(verb, first + 1) or opening(time, first, findings)
    return opens or _hedged(time, findings) or _behind_verb(time, clause, findings)


def _names_mechanism(time: Deadline, clause: Clause, findings: Findings) -> bool:
    """建立受理、定期调度、通报等机制: how often is part of what is built."""
    if time.kind != "recurring" or not clause.action[0] < clause.action[1] <= (time.start or 0):
        return False
    rest = findings.text[time.end or 0 : clause.end].strip("。；，")
    return findings.pattern("standing").search(rest) is not None


def opening(time: Deadline, first: int, findings: Findings) -> bool:
    """力争7月底前投运: a time that nothing but a hedge stands before."""
    start, opens = time.start or 0, findings.pattern("opening")
    return opens.search(findings.text, max(0, first - 1, start - _REACH), start) is not None


def _hedged(time: Deadline, findings: Findings) -> bool:
    """保证6月底交钥匙: what stands right behind a hedge or a vow says when."""
    before = findings.text[max(0, (time.start or 0) - _LONGEST_HEDGE) : time.start]
    return time.kind in FIRM_KINDS and findings.pattern("vowed").search(before) is not None


def _behind_verb(time: Deadline, clause: Clause, findings: Findings) -> bool:
    """整改方案于3月5日前报送: the first verb of a clause may stand in the name of its object.

    完成年底前竣工项目的验收 is about the object.
    """
    text, start, end = findings.text, time.start or 0, time.end or 0
    rest = text[end : clause.end].strip("。；，")
    if _put_before(time, rest, findings):
        return True
    if findings.pattern("attributive").search(rest) or not (rest or time.event):
        return False
    led = findings.pattern("before_time").search(text, max(clause.start, start - 2), start)
    if time.kind not in FIRM_KINDS:  # 关注动向、及时化解: a second verb
        and_before = findings.pattern("and_before").match(text, start - 1)
        return time.kind == "per_plan" or and_before is not None
    if time.kind in FIRM_KINDS and findings.pattern("handing_verb").match(rest):
        return True
    apart = led or start > clause.action[1] or clause.action[0] > clause.start
    if time.kind == "recurring":  # 实行周调度, and not 健全周调度机制, 建立定期会商…
        built = findings.pattern("regular.bare").match(time.text or "")
        return built is None and findings.pattern("standing").search(rest) is None
    return bool(led) or (bool(apart) and _is_bounded(time, rest, findings))


def _put_before(time: Deadline, rest: str, findings: Findings) -> bool:
    """提交8月份党委会审议: the time of the meeting is that of the paper."""
    before = findings.text[max(0, (time.start or 0) - _LONGEST_HEDGE) : time.start]
    put = findings.pattern("put_before").search(before)
    return bool(put) and (
        time.event is not None or findings.pattern("meeting").match(rest) is not None
    )


def _is_bounded(time: Deadline, rest: str, findings: Findings) -> bool:
    """三日内, 月底前, 每周五; a mere period (二季度) may be part of a name."""
    text = time.text or ""
    if findings.pattern("closing_verb").match(rest) or findings.pattern("pointing").match(text):
        return True  # 招标手续这礼拜跑完, 名单今晚报水务局
    if findings.pattern("counted_deed").match(rest):
        return True
    if time.kind == "at":  # 今天就发函, 与大桥同步通车
        return findings.pattern("just_then").match(rest) is not None or time.event is not None
    ends = findings.pattern("bounded.end").search(text)
    return ends is not None or time.duration is not None
