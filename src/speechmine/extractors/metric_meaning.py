"""What the words around a number say of it: change or level, up or down, firm or soft."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from speechmine.extractors.indicators import Phrases
from speechmine.model import Change, Direction, Hardness, Segment
from speechmine.patterns import compiled
from speechmine.rules.schema import Rule, RuleSet
from speechmine.rules.searching import Patterns

__all__ = [
    "MetricCues",
    "change_of",
    "direction_of",
    "hardness_of",
    "metric_cues_of",
    "placed",
]


@dataclass(frozen=True, slots=True, eq=False)
class MetricCues:
    """The table ``metric_cues`` by its use.

    ``signs`` are looked for in the clause of a number, ``says`` where it is asked;
    ``lookalike`` finds whether one of the ``lookalikes`` is said.
    """

    signs: Patterns
    says: Patterns
    hard: tuple[str, ...]
    soft: tuple[str, ...]
    weak: frozenset[str]
    lookalikes: tuple[str, ...]
    lookalike: re.Pattern[str]
    absences: Mapping[str, tuple[Rule, re.Pattern[str]]]


@functools.lru_cache(maxsize=8)
def metric_cues_of(rules: RuleSet) -> MetricCues:
    """What is made of the rule table once."""
    table = rules.table("metric_cues")
    named = {rule.id: rule for rule in table}
    weak = named["hard"].attributes.get("weak", ())
    alike = [r.terms for r in rules.table("comparators") if r.value == "none"]
    lookalikes = tuple(itertools.chain.from_iterable(alike))
    return MetricCues(
        signs=_patterns(table, "sign."),
        says=_patterns(table, "says."),
        hard=named["hard"].terms,
        soft=named["soft"].terms,
        lookalikes=lookalikes,
        lookalike=compiled("|".join(map(re.escape, lookalikes)) or "(?!)"),
        weak=frozenset(str(word) for word in weak) if isinstance(weak, tuple) else frozenset(),
        absences={
            rule.value: (rule, compiled(rule.pattern))
            for rule in table
            if rule.id.startswith("absence.") and rule.pattern
        },
    )


def _patterns(table: Iterable[Rule], kind: str) -> Patterns:
    """The patterns of a kind by what they say."""
    return {
        rule.value: compiled(rule.pattern)
        for rule in table
        if rule.id.startswith(kind) and rule.pattern
    }


def hardness_of(clause: str, *, masked: bool, cues: MetricCues) -> Hardness | None:
    """How firm the clause makes its number; 力争…以上 stays soft, 努力…以内 is mixed."""
    if masked:
        return None
    if cues.lookalike.search(clause):  # 签约项目60个 is not about sixty
        for word in cues.lookalikes:
            clause = clause.replace(word, "")
    hard = {word for word in cues.hard if word in clause}
    if any(map(clause.__contains__, cues.soft)):
        return "mixed" if hard - cues.weak else "soft"
    return "hard" if hard else "neutral"


def change_of(
    name: str | None, unit: str | None, said: frozenset[str], shapes: Patterns
) -> Change | None:
    """Whether the number is a change, a share, a sum over time, or a plain level (None)."""
    if "average" in said:
        return "average"
    if "cumulative" in said:
        return "cumulative"
    if shapes["unit.ppt"].fullmatch(unit or ""):
        return "ppt"
    moved = bool({"up", "down", "yoy"} & said) and not {"up_to", "down_to"} & said
    if name and shapes["name.share"].search(name) and not (moved and unit != "%"):
        return "share"
    if moved or "comparison" in said or _is_rate_of_change(name, unit, shapes):
        return "yoy"
    return "new" if "new" in said or shapes["name.new"].search(name or "") else None


def _is_rate_of_change(name: str | None, unit: str | None, shapes: Patterns) -> bool:
    """经济增长速度; a stated absence has no unit (没有提出经济增速目标)."""
    return unit in ("%", None) and bool(shapes["name.rate_of_change"].search(name or ""))


def direction_of(said: frozenset[str]) -> Direction | None:
    """Up or down, where a word says so."""
    if {"up", "up_to"} & said:
        return "up"
    return "down" if {"down", "down_to"} & said else None


#: 出口: a shorter name may be a place's own last word.
_LEAST_NAME = 2


def placed(name: str | None, segment: Segment, phrases: Phrases) -> tuple[str | None, str | None]:
    """The place that a name begins with, and the rest of the name.

    Args:
        name: the indicator as the text gives it.
        segment: a problem is shown by the figures of other places, whatever the indicator.
        phrases: elsewhere only a known indicator is parted from its place.
    """
    if name is None or phrases.family(name) is not None:
        return None, name
    shapes = phrases.shapes
    place = shapes["place.named"].match(name) if segment.discourse == "problem" else None
    if place is not None and shapes["place.no_name"].search(place[0][:-1]):
        place = None
    if place is not None and place.end() < len(name):
        return place[0], name[place.end() :]
    for found in shapes["place.ends"].finditer(name):
        before, rest = name[: found.end()], name[found.end() :]
        known = len(rest) > _LEAST_NAME and phrases.family(rest) is not None
        if known and not shapes["place.no_place"].search(before):
            return before, rest
    return None, name
