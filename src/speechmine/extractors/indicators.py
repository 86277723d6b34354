"""What is read around a number: the name of an indicator, alone or among several, and a phrase."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from speechmine.changes import quickly_made
from speechmine.patterns import compiled
from speechmine.rules.schema import Rule, RuleSet
from speechmine.rules.searching import Patterns, patterns_by_id

__all__ = [
    "LEAST_NAME",
    "LONGEST_NAME",
    "LONGEST_TERM",
    "Name",
    "Phrase",
    "Phrases",
    "coordinated",
    "phrases_of",
]

LONGEST_TERM = 8
LONGEST_NAME = 30
#: 就业: no name is shorter.
LEAST_NAME = 2


@quickly_made
@dataclass(frozen=True, slots=True)
class Name:
    """An indicator as the text gives it; ``start`` and ``end`` say where it was read.

    The text of a composed name (金融业 + 增加值) is not what stands between the two.
    """

    text: str
    start: int
    end: int
    scope: str | None = None
    made: bool = False


@quickly_made
@dataclass(frozen=True, slots=True)
class Phrase:
    """What stands before a number.

    Attributes:
        name: the indicator, or None where only verbs and links stand there.
        start: where the words before the number begin that say something of it.
        cues: what those words say (up, up_to, yoy, average, each, new ...).
        whole: the name before it was cut to its last item, for shared values.
        verb: it ends in a verb of making, so that the thing counted may stand behind.
        scope: 全省 and the like.
    """

    name: Name | None
    start: int
    cues: frozenset[str]
    whole: Name | None = None
    verb: bool = False
    scope: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """The tables ``metric_phrases``, ``metric_shapes`` and ``indicators``, ready for use.

    ``edge``, ``openers`` and ``closers`` are characters that are no part of a name; ``halves`` what
    a name holds two of: 城 is the 城镇 of 城乡; ``any_tail``, ``any_cut`` and
    ``any_cut_pattern`` find whether one of the patterns of the tail, of the words to cut at, or of
    the patterns to cut at, matches at all; ``places`` matches a name
    that is nothing but places.
    """

    tail: Mapping[str, str]
    tail_lengths: Mapping[str, Sequence[int]]
    tail_patterns: tuple[tuple[str, re.Pattern[str]], ...]
    any_tail: re.Pattern[str]
    head: Mapping[str, str]
    head_lengths: Mapping[str, Sequence[int]]
    head_patterns: tuple[tuple[str, re.Pattern[str]], ...]
    cuts: tuple[str, ...]
    any_cut: re.Pattern[str]
    cut_patterns: tuple[re.Pattern[str], ...]
    any_cut_pattern: re.Pattern[str]
    suffixes: tuple[str, ...]
    predicates: tuple[str, ...]
    predicate_words: re.Pattern[str]
    lone_verbs: frozenset[str]
    shapes: Patterns
    places: re.Pattern[str]
    nouns: tuple[str, ...]
    generic: frozenset[str]
    people: tuple[str, ...]
    projects: tuple[str, ...]
    qualities: tuple[str, ...]
    place_ends: tuple[str, ...]
    edge: str
    openers: str
    closers: str
    person: str
    halves: Mapping[str, tuple[str, str]]
    families: Mapping[str, Rule]
    guarded: tuple[str, ...]

    def family(self, name: str | None) -> Rule | None:
        """The family of indicators that a name belongs to, if it is known."""
        return self.families.get((name or "").strip("“”"))

    def indicator_id(self, name: str | None, change: str | None) -> str | None:
        """The canonical id of a name; a rate of change has one of its own (gdp, gdp_growth)."""
        family = self.family(name)
        if family is None:
            return None
        growth = family.attribute("growth")
        return growth if growth and change in ("yoy", "average") else family.id


@functools.lru_cache(maxsize=8)
def phrases_of(rules: RuleSet) -> Phrases:
    """What is made of the rule tables once."""
    table = rules.table("metric_phrases")
    tail, head = _terms(table, "tail"), _terms(table, "head")
    families = {term: rule for rule in rules.table("indicators") for term in rule.terms}
    listed, shapes = _lists(table), patterns_by_id(rules, "metric_shapes")
    return Phrases(
        tail=tail,
        tail_lengths=_lengths(tail, -1),
        tail_patterns=tuple((v, compiled(f"(?:{p})$")) for v, p in _patterns(table, "tail")),
        any_tail=compiled(_any(f"(?:{p})$" for _, p in _patterns(table, "tail"))),
        head=head,
        head_lengths=_lengths(head, 0),
        head_patterns=tuple((v, compiled(p)) for v, p in _patterns(table, "head")),
        cuts=tuple(_terms(table, "cut")),
        any_cut=compiled(_any(map(re.escape, _terms(table, "cut")))),
        cut_patterns=tuple(compiled(p) for _, p in _patterns(table, "cut")),
        any_cut_pattern=compiled(_any(f"(?:{p})" for _, p in _patterns(table, "cut"))),
        suffixes=listed["suffix"],
        predicates=tuple(_terms(table, "noun")),
        predicate_words=compiled(_any(p for _, p in _patterns(table, "noun"))),
        lone_verbs=frozenset(listed["lone_verb"]),
        shapes=shapes,
        places=compiled(rf"(?:{shapes['name.place'].pattern})\Z"),
        nouns=listed["head_noun"],
        generic=frozenset(listed["generic"]),
        people=listed["people"],
        projects=listed["project"],
        qualities=listed["quality"],
        place_ends=listed["place_end"],
        edge="".join(listed["edge"]),
        openers="".join(listed["opener"]),
        closers="".join(listed["closer"]),
        person=listed["person"][0],
        halves={
            rule.value: (rule.terms[0], rule.attribute("part"))
            for rule in table
            if rule.attribute("position") == "half"
        },
        families=families,
        guarded=tuple(t for t in families if len(t) > LEAST_NAME and t.endswith(tuple(tail))),
    )


def _lists(table: Iterable[Rule]) -> Mapping[str, tuple[str, ...]]:
    """The words about names by their use."""
    found: dict[str, tuple[str, ...]] = {}
    for rule in table:
        if rule.attribute("position") == "name":
            found[rule.value] = (*found.get(rule.value, ()), *rule.terms)
    return found


def _any(patterns: Iterable[str]) -> str:
    """A pattern that matches wherever one of these does; nowhere if there are none."""
    return "|".join(patterns) or "(?!)"


def _terms(table: Iterable[Rule], position: str) -> dict[str, str]:
    chosen = [rule for rule in table if rule.attribute("position") == position]
    return {term: rule.value for rule in chosen for term in rule.terms}


def _lengths(terms: Iterable[str], place: int) -> Mapping[str, Sequence[int]]:
    """How long terms are by their first character, or their last one; the longest first."""
    found: dict[str, set[int]] = {}
    for term in terms:
        if len(term) <= LONGEST_TERM:
            found.setdefault(term[place], set()).add(len(term))
    return {at: sorted(lengths, reverse=True) for at, lengths in found.items()}


def _patterns(table: Iterable[Rule], position: str) -> list[tuple[str, str]]:
    chosen = [rule for rule in table if rule.attribute("position") == position]
    return [(rule.value, rule.pattern) for rule in chosen if rule.pattern]


_LIST_MARK = compiled("、")


def coordinated(whole: Name, count: int | None, phrases: Phrases) -> Sequence[Name]:
    """The single indicators of a coordination that shares a value or a list of values.

    Args:
        whole: 金融业、软件业增加值.
        count: how many are wanted; None takes every item.
        phrases: the vocabulary.

    Returns:
        One name an item, the shared noun given to each; or one name where the parts do not
        fit the count.
    """
    halves = [half for half, (both, _) in phrases.halves.items() if whole.text.startswith(both)]
    if halves and count == len(halves):
        return [_part(whole, half) for half in halves]
    sectors = phrases.shapes["name.sectors"].match(whole.text)
    if sectors and count == len(sectors["each"]):
        rest = sectors["kind"] + whole.text[sectors.end() :]
        return [
            Name(sector + rest, whole.start, whole.end, whole.scope, made=True)
            for sector in sectors["each"]
        ]
    for joint in (_LIST_MARK, phrases.shapes["name.joint"]):
        items = _parts_between(whole, joint)
        if len(items) == count or (count is None and len(items) > 1):
            return _completed(items, phrases)
    if count and len(items) > count:
        return _completed(items[-count:], phrases)
    return [whole]


def _part(whole: Name, scope: str) -> Name:
    return Name(whole.text, whole.start, whole.end, scope)


def _parts_between(whole: Name, joint: re.Pattern[str]) -> list[Name]:
    items, at = [], 0
    for match in [*joint.finditer(whole.text), None]:
        end = match.start() if match else len(whole.text)
        if whole.text[at:end].strip():
            items.append(Name(whole.text[at:end], whole.start + at, whole.start + end, whole.scope))
        at = match.end() if match else end
    return items


def _completed(items: Sequence[Name], phrases: Phrases) -> list[Name]:
    last = _with_stem(items[-1], items[-2], phrases) if len(items) > 1 else items[-1]
    return [_with_noun(item, last.text, phrases) for item in items[:-1]] + [last]


def _with_stem(last: Name, before: Name, phrases: Phrases) -> Name:
    """城镇化质量和水平: what both are qualities of is said once, in front."""
    if last.text not in phrases.qualities or not before.text.endswith(phrases.qualities):
        return last
    quality = next(one for one in phrases.qualities if before.text.endswith(one))
    stem = before.text.removesuffix(quality)
    return Name(stem + last.text, last.start, last.end, last.scope, made=True) if stem else last


def _with_noun(item: Name, last: str, phrases: Phrases) -> Name:
    shared = _lent(item.text, last, phrases)
    said = item.text.find(shared) + len(shared) if shared and shared in item.text else 0
    if said:  # 空气质量稳定达标、水环境质量不断改善: it has the noun itself
        return Name(item.text[:said], item.start, item.end, item.scope, made=True)
    if not shared or item.text.endswith(phrases.nouns):
        return item
    return Name(item.text + shared, item.start, item.end, item.scope, made=True)


def _lent(item: str, last: str, phrases: Phrases) -> str:
    """What the last item lends to an earlier one.

    第一、第三|产业增加值; 甲市、乙市|固定资产投资; else its first noun: 金融业、软件业|增加值.
    """
    sector = phrases.shapes["name.sector"]
    if sector.fullmatch(item) and sector.match(last):
        return last[len(item) :]
    if item.endswith(phrases.place_ends):
        for at in range(1, len(last)):
            if phrases.family(last[at:]) is not None:
                return last[at:]
    found = [last.find(noun) for noun in phrases.nouns if len(noun) > 1]
    return _beyond(item, last[min((at for at in found if at > 0), default=len(last)) :])


def _beyond(item: str, shared: str) -> str:
    """城镇居民 + 居民人均可支配收入: what both have is said once."""
    for length in range(min(len(item), len(shared)), 1, -1):
        if item.endswith(shared[:length]):
            return shared[length:]
    return shared
