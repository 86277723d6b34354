"""Where a name of an indicator begins and ends: 力争 and 达到 around it, who does it and how."""

from __future__ import annotations

from speechmine.extractors.indicators import LEAST_NAME, LONGEST_NAME, LONGEST_TERM, Phrases

__all__ = ["behind_body", "cut_name", "strip_head", "strip_tail"]


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
    for length in range(min(LONGEST_TERM, end - left), 0, -1):
        cue = phrases.tail.get(bare[end - length : end])
        if cue:
            found = (length, cue)
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
    for length in range(min(LONGEST_TERM, end - start), 0, -1):
        cue = phrases.head.get(bare[start : start + length])
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
