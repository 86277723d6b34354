"""The name of an indicator before its number, in the clause before it, or behind it.

地区生产总值增长5%; 12家企业. Where a name begins and ends: 力争 and 达到 around it, who acts, how.
"""

from __future__ import annotations

from speechmine.borders import CLAUSE
from speechmine.extractors.indicators import (
    LEAST_NAME,
    LONGEST_NAME,
    LONGEST_TERM,
    Name,
    Phrase,
    Phrases,
)
from speechmine.numerals import UNPARSED
from speechmine.patterns import compiled

__all__ = [
    "behind_body",
    "cut_name",
    "read_after",
    "read_before",
    "strip_head",
    "strip_tail",
    "topic_before",
]

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
    return phrases.places.match(name, 0, len(name)) is None


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


def strip_tail(bare: str, left: int, end: int, cues: set[str], phrases: Phrases) -> int:
    """Where the words end that 达到, 增长 stand behind; what those say joins ``cues``."""
    while end > left:
        guard = bare.endswith(phrases.guarded, left, end)
        length, cue = _tail_at(bare, left, end, phrases)
        if not length:
            return end
        cues.add(cue)
        if guard:
            return end
        end -= length
    return end


def _tail_at(bare: str, left: int, end: int, phrases: Phrases) -> tuple[int, str]:
    """The longest word of the tail that ends at ``end``, and what it says."""
    found = (0, "")
    for length in phrases.tail_lengths.get(bare[end - 1], ()):
        if length <= end - left and bare[end - length : end] in phrases.tail:
            found = (length, phrases.tail[bare[end - length : end]])
            break
    near = max(left, end - LONGEST_NAME)
    if phrases.any_tail.search(bare, near, end) is None:  # as of most words, which spares many
        return found
    for cue, pattern in phrases.tail_patterns:
        hit = pattern.search(bare, near, end)
        if hit and end - hit.start() > found[0]:
            found = (end - hit.start(), cue)
    return found


def strip_head(
    bare: str, start: int, end: int, cues: set[str], phrases: Phrases
) -> tuple[int, str | None]:
    """Where the words begin that 力争, 新建, 全省 stand before, and the scope that is said."""
    scope = None
    while start < end:
        length, cue = _head_at(bare, start, end, phrases)
        if not length or cue == "keep":
            break
        if cue == "scope":
            scope = bare[start : start + length]
        cues.add(cue)
        start += length
    return start, scope


def _head_at(bare: str, start: int, end: int, phrases: Phrases) -> tuple[int, str]:
    for length in phrases.head_lengths.get(bare[start], ()):
        cue = phrases.head.get(bare[start : start + length]) if length <= end - start else None
        if cue and not (cue == "make" and _names_rate(bare, start + length, end, phrases)):
            return length, cue
    for cue, pattern in phrases.head_patterns:
        hit = pattern.match(bare, start, end)
        if hit:
            return hit.end() - start, cue
    return 0, ""


def _names_rate(bare: str, at: int, end: int, phrases: Phrases) -> bool:
    """开工率, 受理量: the verb is the first half of a noun."""
    return bare.startswith(phrases.suffixes, at, end)


def cut_name(
    bare: str, start: int, end: int, cues: set[str], phrases: Phrases, scope: str | None
) -> tuple[int, str | None]:
    """Leave out what stands before the last 力争, 实现 ... inside the name."""
    at = start
    if phrases.any_cut.search(bare, start, end):
        at = max(_after_last(bare, term, start, end, phrases) for term in phrases.cuts)
    if phrases.any_cut_pattern.search(bare, start, end):  # in few names
        for pattern in phrases.cut_patterns:
            at = max([at, *(hit.end() for hit in pattern.finditer(bare, start, end))])
    bracket = bare.rfind("（", start, end)
    if bracket >= start and bare.find("）", bracket, end) < 0:
        at = max(at, bracket + 1)
    if at <= start or end - at < LEAST_NAME:
        return start, scope
    at, inner = strip_head(bare, at, end, cues, phrases)
    return at, inner or scope


def behind_body(
    bare: str, start: int, end: int, cues: set[str], phrases: Phrases, scope: str | None
) -> tuple[int, str | None]:
    """县农机中心检修|农机具: the body that does it is no part of the name."""
    body = phrases.shapes["name.body"].match(bare, start, end)
    if body is None or (body.end() == end and cues & {"make", "new"}):  # 新建镇街服务中心3个
        return start, scope
    at, inner = strip_head(bare, body.end(), end, cues, phrases)
    return at, inner or scope


def _after_last(bare: str, term: str, start: int, end: int, phrases: Phrases) -> int:
    found = bare.rfind(term, start, end)
    if found < 0:
        return start
    behind = found + len(term)
    noun = bare.startswith(("、", *phrases.projects), behind)
    return start if noun or _names_rate(bare, behind, end, phrases) else behind


def read_after(bare: str, start: int, limit: int, phrases: Phrases) -> Name | None:
    """The thing counted, behind the unit: 12家〈高新技术企业〉落地.

    Args:
        bare: the text with names in quotation marks blanked.
        start: where the quantity ends.
        limit: where to stop at the latest (next quantity, end of the segment).
        phrases: the vocabulary.
    """
    start = _end_of("name.lead", bare, start, limit, phrases)
    noun = _end_of("name.described", bare, start, limit, phrases)
    stop = phrases.shapes["name.stop"].search(bare, noun, min(limit, noun + LONGEST_NAME))
    end = stop.start() if stop else min(limit, noun + LONGEST_NAME)
    end = _predicate_at(bare, noun, end, phrases)
    if end == limit:
        end = start + len(bare[start:end].rstrip(phrases.closers))
    name = bare[start:end].rstrip(phrases.edge)
    if not name or not _is_noun_start(name[0]) or name == phrases.person:
        return None
    return Name(name, start, start + len(name))


def _end_of(shape: str, bare: str, start: int, end: int, phrases: Phrases) -> int:
    """Where a shape ends that begins at ``start``; there, where none does."""
    found = phrases.shapes[shape].match(bare, start, end)
    return found.end() if found else start


def _is_noun_start(character: str) -> bool:
    # The whole range of the script, no word of it.
    return character == UNPARSED or "\u4e00" <= character <= "\u9fff" or character.isalnum()


def _predicate_at(bare: str, start: int, end: int, phrases: Phrases) -> int:
    """Where the first verb stands that no 的 takes back into the name (重点推进的项目)."""
    owned = start > 0 and _end_of("name.owner", bare, start - 1, start, phrases) == start
    least = start + LEAST_NAME if owned else start
    at = max(_end_of("name.owner", bare, start, end, phrases), least)
    spoken = phrases.predicate_words.search(bare, start, end)
    denied = phrases.shapes["name.denied"]
    while spoken is not None and spoken.start() - start == 1 and not denied.fullmatch(spoken[0]):
        spoken = phrases.predicate_words.search(bare, spoken.end(), end)
    end = spoken.start() if spoken is not None else end
    while at < end:
        compound = phrases.shapes["name.compound"].match(bare, at, end)
        if compound:
            at = compound.end()
        elif bare.startswith(phrases.predicates, at, end) and (at == start or at - start > 1):
            return at
        else:
            at += 1
    return end
