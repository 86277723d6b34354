"""What a row forbids, in so many words (严禁) or in plain ones (谁都不许进), and until when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from speechmine.assemble.findings import (
    FIRM_KINDS,
    Findings,
    SegmentFindings,
    times_between,
)
from speechmine.borders import Span
from speechmine.model import Clause, Deadline, TaskMention
from speechmine.packed import starting_at
from speechmine.patterns import compiled
from speechmine.segment.predicates import predicates_of

__all__ = ["allowed_times", "forbids", "is_banned_for_good", "outside_bans"]

# 明天检查组进村，各村不搞夹道欢迎: the day of an occasion is none to have done with it.
_OWED_BY = FIRM_KINDS - {"at"}
_CLAUSE = compiled("[^，,]+")
# Clauses that say whom or what a ban is about.
_LONGEST_TOPIC = 1
_WORDS = ("forbidding", "forbidding.plainly")
_BANNING = ("prohibit", "none")


def forbids(part: SegmentFindings, mention: TaskMention, findings: Findings) -> bool:
    """Whether a row bans and asks for nothing: 严禁超员; 客商来了不搞横幅、不摆鲜花.

    县纪委直接查办，不得转乡镇 asks for a deed, and so do 电话响三声要接 and 十天内付讫，莫打白条.
    What stands before a ban may be whom or what it is about (转移的群众，不得返回); behind it, what
    follows from a breach (违者从严处理) or an aside (这个没得商量).
    """
    text, scope = findings.view.text, findings.pattern("ban.scope")
    clauses = [hit.span() for hit in _CLAUSE.finditer(text, mention.start, mention.end)]
    banned = [_bans(clause, part, findings) for clause in clauses]
    if True not in banned:
        return False
    first = banned.index(True)
    before = [clause for clause in clauses[:first] if not scope.match(text, clause[0])]
    behind = [c for c, bans in zip(clauses[first:], banned[first:], strict=True) if not bans]
    asked = any(_asks(clause, mention, findings) for clause in (*before, *behind))
    acts = any(_acts(clause, findings) for clause in before)
    return not (asked or acts or len(before) > _LONGEST_TOPIC)


def _bans(clause: Span, part: SegmentFindings, findings: Findings) -> bool:
    """不得少于三人, 不得不停 forbid nothing; nor does what a deed is about: 修订禁止类目录.

    A deed in the name of who or what is banned is none: 检测不合格的不许转.
    """
    text = findings.view.text
    found = (findings.pattern(n).search(text, *clause) for n in _WORDS)
    at = min((hit.start() for hit in found if hit), default=None)
    if at is None and findings.pattern("forbidding.measure").search(text, *clause):
        return False
    parsed = [each for each in _parsed(clause, part) if clause[0] <= each.action[0] < clause[1]]
    if at is None:
        return any(each.verb == "prohibit" for each in parsed)
    named = findings.pattern("forbidding.named").match(text, at, clause[1])
    return not (named and any(_acts_before(each, at) for each in parsed))


def _acts_before(clause: Clause, at: int) -> bool:
    """Whether a deed stands before a word, so that this is part of what it is about."""
    known = clause.action[1] > clause.action[0] and clause.verb not in _BANNING
    return known and clause.action[1] <= at


def _parsed(clause: Span, part: SegmentFindings) -> Iterator[Clause]:
    """The clauses that stand in a span; a row may begin behind a 要 of its first one."""
    at = max(0, starting_at(part.clauses, clause[0] + 1) - 1)
    for i in range(at, len(part.clauses)):  # a slice would copy all that follows
        each = part.clauses[i]
        if each.start >= clause[1]:
            return
        yield each


def _asks(clause: Span, mention: TaskMention, findings: Findings) -> bool:
    """A clause that says in so many words that it asks, or by when its deed is done."""
    start, end = clause
    said = findings.view.text[start:end]
    if findings.pattern("pointing_back").match(said):
        return False
    if findings.pattern("asking").search(said):
        return True
    known = mention.action[0] < mention.action[1]
    deed = (mention.action if known else mention.object)[0]
    times = times_between(findings.times, start, end)
    return start <= deed < end and any(time.kind in _OWED_BY for time in times)


def _acts(clause: Span, findings: Findings) -> bool:
    """A deed with its verb, or of a body that is named: 县纪委直接查办, 优先保障支出.

    转移的群众 is whom a ban is about, 明天检查组进村 the occasion of one.
    """
    text, (start, end) = findings.view.text, clause
    if any(time.kind == "at" for time in times_between(findings.times, start, end)):
        return False
    if findings.pattern("disposal").search(text, start, end):
        return True
    predicates = predicates_of(findings.rules)
    verbs = predicates.verbs.find(text, start, end)
    return any(predicates.of not in text[verb.end : end] for verb in verbs)


def outside_bans(
    times: Iterable[Deadline], part: SegmentFindings, mention: TaskMention, findings: Findings
) -> list[Deadline]:
    """派人守住路口，雪清完之前大车不准上: of a row that asks, too, the times of what is asked."""
    text, found = findings.view.text, list(times)
    clauses = (hit.span() for hit in _CLAUSE.finditer(text, mention.start, mention.end))
    bans = [clause for clause in clauses if _bans(clause, part, findings)] if found else ()
    return [t for t in found if not any(a <= (t.start or 0) < b for a, b in bans)]


def is_banned_for_good(time: Deadline) -> bool:
    """The time of what is forbidden and has no end: a word (持续) is the text's own."""
    return time.kind == "ongoing" and time.text is None


def allowed_times(times: Iterable[Deadline], findings: Findings) -> Iterable[Deadline]:
    """入库完成以前任何人不得…: what is forbidden for a while; 入汛后不得… has no end.

    方案未经批准前不得… says in what case.
    """
    case = findings.pattern("event.not_yet")
    for time in times:
        open_case = time.kind == "before_event" and case.search(time.event or "")
        if time.kind in ("by", "within", "before_event") and not open_case:
            yield time
