"""Mentions of bodies by name and of addressees by kind; a mention is not yet a party."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechmine.changes import changed, quickly_made
from speechmine.extractors.party_compounds import branch_end, find_compounds
from speechmine.extractors.party_lexicon import Lexicon, lexicon_of, patterns_of, spelling_starts
from speechmine.rules.matcher import Matcher

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from speechmine.rules.schema import Rule, RuleSet
    from speechmine.rules.searching import Patterns

__all__ = ["Mention", "find_generics", "find_names", "prefix_start", "without_overlap"]

_LONGEST_PREFIX = 14
_PLACE_LENGTH = 4
_SHORTEST = 2
_LISTED_ONLY = ("portfolio", "letter")


@quickly_made
@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a body or addressee is named.

    Attributes:
        start, end: with its level and place (二七区教育局).
        core: where the known spelling begins.
        entry: the entry of the alias table or of ``generic_parties``; None for a name that
            only its shape gives away.
        weak: counts only where list or place in the clause says so.
    """

    start: int
    end: int
    core: int
    entry: Rule | None
    weak: bool = False

    @property
    def kind(self) -> str:
        """``body``, or the kind of addressee."""
        known = self.entry is not None and not self.entry.attribute("use")
        return self.entry.value if known and self.entry else "body"


def find_names(text: str, rules: RuleSet) -> list[Mention]:
    """Bodies by name, each with the level and place before it."""
    lexicon = lexicon_of(rules)
    found: list[Mention] = []
    for core in _cores(text, lexicon, spelling_starts(text, rules), find_compounds(text, rules)):
        last = found[-1] if found else None
        whole = _with_prefix(text, core, lexicon, last.end if last else 0)
        mention = _with_levels(text, whole, lexicon)
        if last and last.end == mention.start and _continues(mention):
            # Two names without anything between are one: 市委市政府信访局, “两办”督查室,
            # 区委全面依法治区领导小组.
            both_weak = mention.weak and last.weak
            found[-1] = changed(mention, start=last.start, weak=both_weak)
        else:
            found.append(mention)
    return found


def _continues(mention: Mention) -> bool:
    """Whether nothing stands between its beginning and its core but its own name."""
    named = mention.entry is not None and mention.entry.attribute("scope") == "named"
    return named or mention.start == mention.core


def _with_levels(text: str, mention: Mention, lexicon: Lexicon) -> Mention:
    """县（市、区）医保局: the levels that share an office stand before its name."""
    shared, since = lexicon.shapes["level.shared"], max(0, mention.start - _LONGEST_PREFIX)
    levels = shared.search(text, since, mention.start)
    return changed(mention, start=levels.start()) if levels else mention


def _cores(
    text: str,
    lexicon: Lexicon,
    starts: Iterable[int],
    compounds: Mapping[int, tuple[int, bool]],
) -> Iterator[Mention]:
    free = 0
    for at in sorted({*starts, *compounds}):
        if at < free:
            continue
        found = _core_at(text, at, lexicon)
        if at in compounds and (found is None or found.end <= compounds[at][0]):
            found = _compound(text, at, compounds[at], lexicon)
        if found is not None:
            free = branch_end(text, found.end, lexicon)
            yield changed(found, end=free)


def _compound(text: str, start: int, found: tuple[int, bool], lexicon: Lexicon) -> Mention:
    end, weak = found
    name = text[start:end]
    whole_office = lexicon.shapes["compound.branch"].sub("", name)
    spelled = (whole_office, *(name + ending for ending in lexicon.endings))
    whole = next((lexicon.spellings[s] for s in spelled if s in lexicon.spellings), None)
    return Mention(start, end, start, whole[0] if whole else None, weak)


def _core_at(text: str, at: int, lexicon: Lexicon) -> Mention | None:
    """The longest spelling at a place; one that begins inside it and runs further takes it in.

    区委组织部 is 区 and 委组织部, though 区委 comes first.
    """
    best: Mention | None = None
    for end, entry in lexicon.starting(text, at):
        if entry.attribute("use") not in _LISTED_ONLY and not lexicon.guarded(text, at, end):
            best = Mention(at, end, at, entry)
            break
    if best is None:
        return None
    for inner in range(at + 1, best.end):
        if text[inner : inner + 2] not in lexicon.pairs:
            continue
        for end, entry in lexicon.starting(text, inner):
            use = entry.attribute("use")
            if end > best.end and use == "name" and not lexicon.guarded(text, inner, end):
                return Mention(at, end, inner, entry)
    return best


def _with_prefix(text: str, mention: Mention, lexicon: Lexicon, floor: int) -> Mention:
    entry = mention.entry
    use = entry.attribute("use") if entry else ""
    # 上海机场, 设施联通: a place alone makes no body of a common word, a level does.
    scope = "level only" if use == "topic" else entry.attribute("scope") if entry else "prefix"
    start = max(floor, prefix_start(text, mention.start, scope, lexicon))
    if entry is None:
        return changed(mention, start=start)
    bare = start == mention.core
    weak = use in ("class", "anaphor") or (use == "topic" and bare)
    if use == "short" and bare:  # firm where it stands free
        weak = _before(text, start, lexicon) != ""
    weak = weak or lexicon.guards.holding("left", text, start, mention.end) is not None
    return changed(mention, start=start, weak=weak)


def _before(text: str, start: int, lexicon: Lexicon, scope: str = "prefix") -> str:
    """What stands before a core and may belong to its name."""
    floor = max(0, start - _LONGEST_PREFIX)
    for match in lexicon.shapes["name.boundary"].finditer(text, floor, start):
        floor = match.end()
    before = text[floor:start]
    if before in lexicon.places:
        return before
    return lexicon.unopened(before) if scope == "named" else _stripped(before, lexicon)


def _stripped(before: str, lexicon: Lexicon) -> str:
    """What is left behind the last opener: 各镇配合 -> "", 推动全市 -> 全市."""
    for at in range(len(before) - 2, -1, -1):
        length = lexicon.openers.longest_at(before, at)
        if length > 1:
            return lexicon.unopened(before[at + length :])
    return lexicon.unopened(before)


def prefix_start(text: str, start: int, scope: str, lexicon: Lexicon) -> int:
    """Where level and place before a name's core begin.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> prefix_start("责成示例市建安区教育局整改", 8, "prefix", lexicon_of(default_rules()))
        2
    """
    if scope == "national":
        return start
    before = _before(text, start, lexicon, scope)
    if not before:
        return start
    if lexicon.guards.holding("compound", before, len(before), len(before)) and scope != "named":
        return start
    return start - _prefix_length(before, scope, lexicon)


def _prefix_length(before: str, scope: str, lexicon: Lexicon) -> int:
    if before in lexicon.places and scope != "level only":
        return len(before)
    shapes = lexicon.shapes
    functional = shapes["name.function"].search(before) is not None
    if scope == "named" and not (functional or shapes["name.owing"].search(before)):
        made = lexicon.made.match(before)
        return len(before) - (made.end() if made else 0)
    levels = shapes["level.of_name"].match(before)
    if levels:
        return len(before) - _place_start(before, levels, shapes)
    free = scope in ("place", "level") and 1 < len(before) <= _PLACE_LENGTH
    apart = functional or shapes["name.handing"].search(before)
    return len(before) if free and not apart else 0


def _place_start(before: str, levels: re.Match[str], shapes: Patterns) -> int:
    """0 where what stands before the level is its place, else where the level begins."""
    place, start = levels["place"], levels.start("level")
    if shapes["name.function"].search(place) or shapes["name.handing"].search(place):
        return start
    named = len(place) <= _PLACE_LENGTH or shapes["level.two"].match(before)
    return 0 if named or shapes["level.all"].match(before) else start


def find_generics(text: str, rules: RuleSet) -> Iterator[Mention]:
    """Addressees that name nobody in particular, and persons by office."""
    found = _generic_matcher(rules).find_each(text)
    leaders = {match.start for match in found if match.rule.value == "leader"}
    context = patterns_of(rules, "party_context")
    joint = lexicon_of(rules).shapes["list.part_joint"]
    for match in found:
        # 各镇、各部门主要负责同志 are one: the leaders are those of all.
        whole = match.rule.value != "generic" or match.end in leaders
        span = (match.start, match.end)
        for start, end in [span] if whole else _parted(text, span, context, joint):
            yield Mention(start, end, start, match.rule, match.rule.flag("weak"))


def _parted(
    text: str, span: tuple[int, int], context: Patterns, joint: re.Pattern[str]
) -> list[tuple[int, int]]:
    """各镇、各村 are two; 党委、政府 and 各市、县（市、区）政府 stay one."""
    kept = [m.span() for side in ("held", "pair") for m in context[side].finditer(text, *span)]
    parts, at = [], span[0]
    for found in joint.finditer(text, *span):
        if not any(start < found.end() and found.start() < end for start, end in kept):
            parts.append((at, found.start()))
            at = found.end()
    parts.append((at, span[1]))
    whole = any(end - start < _SHORTEST for start, end in parts)
    return [span] if whole else parts


@functools.lru_cache(maxsize=8)
def _generic_matcher(rules: RuleSet) -> Matcher:
    return Matcher(rules.table("generic_parties"))


def without_overlap(mentions: Iterable[Mention]) -> list[Mention]:
    """Earliest first, then longest, then the firm before the weak."""
    found: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end, m.weak)):
        last = found[-1] if found else None
        if last and last.start < mention.start <= last.end < mention.end and _owns(last, mention):
            found[-1] = changed(mention, start=last.start, weak=False)
        elif not last or mention.start >= last.end:
            found.append(mention)
    return found


def _owns(owner: Mention, part: Mention) -> bool:
    """市政府 + 各部门, 各镇 + 主要负责同志: the second is what counts."""
    if part.kind == "leader":
        return owner.kind != "leader"
    return owner.kind == "body" and part.entry is not None and part.entry.flag("owned")
