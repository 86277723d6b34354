"""Clauses with their predicates: subject, modal word, verb, object (GUIDELINE U3, T1)."""

from __future__ import annotations

from collections.abc import Iterator

from speechmine.borders import Span, closed_end, split_clauses
from speechmine.changes import changed
from speechmine.model import Clause, Modality
from speechmine.packed import held
from speechmine.rules.matcher import Match
from speechmine.rules.schema import RuleSet
from speechmine.segment.pieces import enumerator_at
from speechmine.segment.predicates import Predicates, Skips, predicates_of, stages_of

__all__ = ["Skips", "is_verbal", "parse_clauses"]

_NO_SKIP = (0, False)
# A modal word stands within this many characters of its clause's start.
_MODAL_REACH = 48
# 新建户厕要…: a subject may begin with a verb where it is this short.
_SHORT_SUBJECT = 8
_LEAST_OBJECT = 3
# No verb of the table is longer.
_LONGEST_VERB = 16


def parse_clauses(
    text: str, start: int, end: int, rules: RuleSet, skips: Skips | None = None
) -> tuple[Clause, ...]:
    """The clauses of one segment.

    Args:
        text: the matching view's text.
        start: where the segment begins.
        end: where it ends.
        rules: the rule set.
        skips: spans that may stand before a verb (parties, times), by start.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> t = "同时，各镇要尽快成立工作专班，确保如期完工。"
        >>> [(t[slice(*c.action)], c.verb) for c in parse_clauses(t, 0, len(t), default_rules())]
        [('', 'none'), ('成立', 'deliver'), ('确保', 'result')]
    """
    grammar = predicates_of(rules)
    return held(_clauses(text, (start, end), rules, grammar, skips or {}))


def is_verbal(text: str, rules: RuleSet) -> bool:
    """A sentence that opens with what is done, or ends in how it goes (…稳步推进。).

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> rules = default_rules()
        >>> is_verbal("加强调度，稳住大盘。", rules), is_verbal("厚望如山，使命如磐。", rules)
        (True, False)
    """
    grammar = predicates_of(rules)
    at = len(text) - len(text.lstrip("—―–- "))
    opens = (grammar.adverbs, grammar.verbs, grammar.prepositions)
    modal = grammar.modal.match(text, at)
    ending = grammar.verbs.first_at(text, max(at, closed_end(text, at, len(text)) - 2))
    return bool(modal or ending or any(part.first_at(text, at) for part in opens))


def _clauses(
    text: str, span: Span, rules: RuleSet, grammar: Predicates, skips: Skips
) -> Iterator[Clause]:
    for clause in split_clauses(text, *span):
        for first, last in stages_of(text, clause, grammar, skips):
            mark = enumerator_at(text, first, rules)
            at = min(mark.end, last) if mark else first
            at = _skip_connectives(text, at, last, grammar)
            modality: Modality | None = "obliged" if mark and mark.style == "yao" else None
            parsed = _parse(text, (at, last), grammar, skips, modality)
            leads = text[last : last + 1] in "：:" and parsed.end > parsed.start
            if mark is None and not leads:
                yield parsed
            else:
                yield changed(parsed, item=mark.label if mark else None, leads=leads)


def _skip_connectives(text: str, at: int, end: int, grammar: Predicates) -> int:
    while at < end:
        hit = grammar.connectives.first_at(text, at)
        if hit is None or hit.end > end or hit.text == text[at:end]:
            return at
        at = hit.end
        while at < end and text[at] in "，,、 ":
            at += 1
    return at


def _parse(
    text: str, span: Span, grammar: Predicates, skips: Skips, modality: Modality | None
) -> Clause:
    start, end = span
    subject: Span | None = None
    at = start
    modal = _modal(text, span, grammar)
    if modal is None and text[end - 1 : end] == grammar.of:  # 发现弄虚作假的，… names a case
        return Clause(start, end, "none", (at, at), (at, end), None, modality, None, False, True)
    if modal is not None:
        subject = (start, modal[0]) if modal[0] > start else None
        at, modality = modal[1], modal[2]
    at, opener = _skip_lead(text, at, end, grammar, skips)
    if opener is not None and subject is None:
        subject = opener
    action = _action_at(text, at, end, grammar)
    if action is None or action[0] == "attitude":
        action = _action_after_preposition(text, at, end, grammar) or action
    if action is not None:
        verb, (a, b) = action
        last = closed_end(text, a, end)
        if (
            text[a:last] in grammar.events.get(text[last - 1 : last], ())
            and subject
            and not skips.get(subject[0], _NO_SKIP)[1]
        ):
            # 二期工程要尽快建成: what is done comes first
            return Clause(start, end, "event", (a, last), subject, None, modality)
        return Clause(start, end, verb, (a, b), (b, closed_end(text, b, end)), subject, modality)
    event = _event(text, at, end, grammar)
    if event is not None:
        return Clause(start, end, "event", (event, end), (at, event), subject, modality)
    later = None if subject else _later_action(text, at, end, grammar)
    if later is not None:
        verb, (a, b) = later
        return Clause(start, end, verb, (a, b), (b, closed_end(text, b, end)), (at, a), modality)
    scope = modal is None and grammar.prepositions.first_at(text, at) is not None
    return Clause(start, end, "none", (at, at), (at, end), subject, modality, None, False, scope)


def _modal(text: str, span: Span, grammar: Predicates) -> tuple[int, int, Modality] | None:
    """First modal word near the clause's start that is no part of a word (需要, 要求, 应急)."""
    start, end = span
    hit = grammar.modal.search(text, start, min(end, start + _MODAL_REACH))
    if hit is None or hit.end() >= end:
        return None
    said = hit.start()
    if said > start and text[said - 1] == grammar.of:
        return None
    if said - start > _SHORT_SUBJECT:
        first = grammar.verbs.first_at(text, start)
        if first is not None and first.rule.value in ("deliver", "host"):
            return None
    core = hit["modal"]
    return said, hit.end(), grammar.modals.get(core, "obliged")


def _skip_lead(
    text: str, at: int, end: int, grammar: Predicates, skips: Skips
) -> tuple[int, Span | None]:
    """Past parties, times and adverbs to the verb; the first party met on the way."""
    opener: Span | None = None
    while at < end:
        before = grammar.before_time.match(text, at)
        if before and not skips.get(before.end(), (end, True))[1]:
            at = before.end()
        stop, is_party = skips.get(at) or (end, False)
        if stop < end:
            opener = opener or ((at, stop) if is_party else None)
            more = (
                text[stop] in grammar.noun_joints and (stop + 1) in skips
            )  # 3月底前、9月底前分别组织
            at = stop + more
            continue
        hit = grammar.adverbs.first_at(text, at)
        if hit is None or hit.end >= end:
            return at, opener
        verb = grammar.verbs.first_at(text, at)
        if verb is not None and verb.end > hit.end:
            return at, opener
        if not _adverb_here(text, hit.end, end, grammar, skips):
            return at, opener
        at = hit.end
    return at, opener


def _adverb_here(text: str, at: int, end: int, grammar: Predicates, skips: Skips) -> bool:
    """加快 is an adverb before a verb (加快推进) and a verb before a noun (加快南环路建设)."""
    if at in skips or text[at] in "、“《":
        return at in skips
    verb = grammar.verbs.first_at(text, at)
    if verb is not None and verb.end < end:
        return text[verb.end] not in grammar.of + grammar.manner
    more = grammar.adverbs.first_at(text, at)
    if more is not None and more.end < end:
        return True
    return (
        grammar.prepositions.first_at(text, at) is not None
        or grammar.verbs.first_at(text, at - 2) is None
    )


def _action_at(text: str, at: int, end: int, grammar: Predicates) -> tuple[str, Span] | None:
    """The verb that begins at ``at`` with those joined to it; the last one's class counts."""
    hit = grammar.verbs.first_at(text, at)
    if hit is None or hit.end > end:
        return None
    stop, verb = hit.end, hit.rule.value
    while (more := _verb_joined(text, stop, end, verb, grammar)) is not None:
        stop, verb = more.end, _stronger(verb, more.rule.value)
    if grammar.unmade.match(text, stop, end):
        return None
    if stop < end and text[stop] == grammar.thorough != text[stop - 1]:
        stop += 1
    return verb, (at, stop)


def _verb_joined(text: str, at: int, end: int, verb: str, grammar: Predicates) -> Match | None:
    """A further verb of the same action: 建立、健全, 谋划建设; not 制定|实施方案."""
    joint = at < end and text[at] in grammar.joints
    more = grammar.verbs.first_at(text, at + joint) if at < end and verb != "result" else None
    if more is None or more.end >= end or text[more.end] == grammar.of:
        return None
    if joint:
        return more
    noun = more.text in grammar.nominal or end - more.end < _LEAST_OBJECT
    return None if noun or more.rule.value in ("attitude", "result") else more


_STRENGTH = {"deliver": 3, "host": 2, "general": 1}


def _stronger(one: str, other: str) -> str:
    return max(one, other, key=lambda v: _STRENGTH.get(v, 0))


def _action_after_preposition(
    text: str, at: int, end: int, grammar: Predicates
) -> tuple[str, Span] | None:
    """对X采取Y, 把X纳入Y, 在X推广Y: the verb after the phrase."""
    hit = grammar.prepositions.first_at(text, at)
    if hit is None:
        return None
    for verb in grammar.verbs.one_by_one(text, min(hit.end + 1, end), end):
        if verb.text in grammar.nominal or verb.end >= end or text[verb.end] in "、" + grammar.of:
            continue
        if (
            verb.rule.value in ("deliver", "host", "general", "prohibit")
            and text[verb.start - 1] != grammar.of
        ):
            return _action_at(text, verb.start, end, grammar)
    return None


def _later_action(text: str, at: int, end: int, grammar: Predicates) -> tuple[str, Span] | None:
    """县财政安排资金500万元: a short subject without modal before a verb of making."""
    near = min(end, at + _SHORT_SUBJECT + _LONGEST_VERB)
    for verb in grammar.verbs.one_by_one(text, at, near):
        reach = verb.start - at
        if not 1 < reach <= _SHORT_SUBJECT or verb.text in grammar.nominal:
            if reach > _SHORT_SUBJECT or verb.rule.value != "general":
                return None
            continue
        too_short = end - verb.end < _LEAST_OBJECT  # 河道清淤工程 is a noun
        if (
            verb.rule.value != "deliver"
            or text[verb.start - 1] in grammar.of + grammar.noun_joints
            or too_short
        ):
            return None
        if any(char.isdigit() for char in text[verb.end : end]):
            return None  # 城镇新增就业8000人 states a target, nobody's deed
        return _action_at(text, verb.start, end, grammar)
    return None


def _event(text: str, at: int, end: int, grammar: Predicates) -> int | None:
    """Offset of the event verb a clause ends with (滨河路年内建成通车)."""
    stop = closed_end(text, at, end)
    for term in grammar.events.get(text[stop - 1 : stop], ()):
        if stop - len(term) >= at + 2 and text.startswith(term, stop - len(term)):
            return stop - len(term)
    return None
