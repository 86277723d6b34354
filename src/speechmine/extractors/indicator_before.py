"""The name of an indicator before its number: 地区生产总值增长5%; or in the clause before it."""

from __future__ import annotations

from speechmine.borders import CLAUSE
from speechmine.extractors.indicator_edges import behind_body, cut_name, strip_head, strip_tail
from speechmine.extractors.indicators import (
    LEAST_NAME,
    LONGEST_NAME,
    LONGEST_TERM,
    Name,
    Phrase,
    Phrases,
)
from speechmine.patterns import compiled

__all__ = ["read_before", "topic_before"]

# Words of where and when, which say nothing of the number.
_FRAMES = frozenset(("scope", "time", "since"))
_DIGIT = compiled(r"\d")


def read_before(bare: str, left: int, right: int, phrases: Phrases) -> Phrase:
    """Read the words between a clause's beginning and its number.

    Args:
        bare: the text with names in quotation marks blanked.
        left: from where to read.
        right: where the number begins.
        phrases: the vocabulary.
    """
    cues: set[str] = set()
    end = strip_tail(bare, left, right, cues, phrases)
    tail_start = end
    start, scope = strip_head(bare, left, end, cues, phrases)
    acting = start
    if end < right:  # 上市公司5家: right before its number a body is what is counted
        start, scope = behind_body(bare, start, end, cues, phrases, scope)
    named = start > acting  # 县住建局6月底前完成12户: who does it is none of the wording
    start, scope = cut_name(bare, start, end, cues, phrases, scope)
    if end - start < 1 or not bare[start:end].strip(phrases.edge):
        begun = start if named or "since" in cues else _skip(bare, left, tail_start, phrases)
        return Phrase(None, begun, frozenset(cues), None, True, scope)
    whole = Name(bare[start:end], start, end, scope)
    told = whole.text.strip(phrases.edge)
    if told in phrases.lone_verbs or phrases.shapes["name.numeral"].fullmatch(told):
        return Phrase(None, start, frozenset(cues), None, True, scope)
    verb = _ends_in_verb(whole.text, phrases)
    item = _without_body(_last_item(whole, phrases), bare, cues, phrases)
    return Phrase(item, _list_start(whole, item, phrases), frozenset(cues), whole, verb, scope)


def topic_before(bare: str, at: int, phrases: Phrases, *, measured: bool) -> Name | None:
    """The bare name in the clause before: 贴息贷款投放率，8月末要达到65%.

    Args:
        bare: the text with names in quotation marks blanked.
        at: where the clause of the number begins.
        phrases: the vocabulary.
        measured: whether it has to end in the noun of an indicator.
    """
    if at < 1 or bare[at - 1] != "，":
        return None
    near = max(0, at - LONGEST_NAME)
    marks = [mark.end() for mark in CLAUSE.finditer(bare, near, at - 1)]
    if not marks and near > 0:
        return None
    cues: set[str] = set()
    start, scope = strip_head(bare, max([near, *marks]), at - 1, cues, phrases)
    name = bare[start : at - 1].strip(phrases.edge)
    if len(name) < LEAST_NAME or cues - _FRAMES or not _is_bare_name(name, phrases):
        return None
    if measured and not name.endswith(phrases.nouns):
        return None
    return Name(name, start, at - 1, scope)


def _is_bare_name(name: str, phrases: Phrases) -> bool:
    if phrases.shapes["name.no_topic"].search(name) or any(map(str.isdigit, name)):
        return False
    return phrases.shapes["name.place"].fullmatch(name) is None


def _skip(bare: str, left: int, right: int, phrases: Phrases) -> int:
    while left < right and bare[left] in phrases.edge + phrases.openers:
        left += 1
    return left


def _ends_in_verb(name: str, phrases: Phrases) -> bool:
    window = name[-LONGEST_TERM:]
    return any(
        phrases.head.get(window[-length:]) in ("make", "new")
        for length in range(2, len(window) + 1)
    )


def _last_item(whole: Name, phrases: Phrases) -> Name:
    """人工智能、芯片两大产业规模 -> 两大产业规模; 道路10公里、管网 -> 管网."""
    at = whole.text.rfind("、") + 1
    groups = [group.start() for group in phrases.shapes["name.group"].finditer(whole.text, at)]
    at = groups[-1] if groups and at else at
    return Name(whole.text[at:], whole.start + at, whole.end, whole.scope)


def _without_body(item: Name, bare: str, cues: set[str], phrases: Phrases) -> Name:
    """县人武部、县消防大队|抢险队伍: nor is the last of several bodies part of the name."""
    start, scope = behind_body(bare, item.start, item.end, cues, phrases, item.scope)
    at = start if item.end - start > 1 else item.start
    return item if at == item.start else Name(bare[at : item.end], at, item.end, scope)


def _list_start(whole: Name, item: Name, phrases: Phrases) -> int:
    """中小学、幼儿园37所: the number is of all that the list names, back to another number.

    老旧小区改造、加装电梯300部 has a deed for each.
    """
    length = next((n for n in range(LONGEST_TERM, 1, -1) if item.text[:n] in phrases.head), 0)
    told = item.start - whole.start
    acts = phrases.head.get(item.text[:length]) in ("make", "new")
    bodies = whole.text[told - 1 : told] not in ("、", "")
    if (
        acts
        or bodies
        or told > LONGEST_NAME
        or phrases.shapes["name.no_list"].search(whole.text, 0, told)
    ):
        return item.start
    counted = max((found.end() for found in _DIGIT.finditer(whole.text, 0, told)), default=0)
    return whole.start + (whole.text.find("、", counted) + 1 if counted else 0)
