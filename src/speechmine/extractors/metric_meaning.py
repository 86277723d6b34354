"""What the words around a number say of it: change or level, up or down, firm or soft."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from speechmine.model import Change, Direction, Hardness, MetricKind
from speechmine.patterns import compiled
from speechmine.rules.openings import openings
from speechmine.rules.schema import Rule, RuleSet
from speechmine.rules.searching import Patterns

__all__ = [
    "MetricCues",
    "change_of",
    "direction_of",
    "hardness_of",
    "metric_cues_of",
]


@dataclass(frozen=True, slots=True)
class KindCue:
    """What makes a number a kind of metric, and where it must be said.

    ``opens``: its words begin with few characters, so that many can be looked for at once;
    ``units``: only of numbers so counted; ``unless`` something is owed in that reach; ``intended``
    ones hold in a clause that looks back, too.
    """

    id: str
    value: MetricKind
    words: str
    opens: bool
    said: re.Pattern[str]
    reach: str
    unless: str
    units: tuple[str, ...]
    intended: bool


class Fitting(Protocol):
    """Chooses the kinds that a number can be by its unit and by what is said of its time."""

    def __call__(
        self, unit: str, /, *, past: bool, back: bool, paid: bool, owed: bool
    ) -> Sequence[KindCue]:
        """Those of a unit; ``back``: money is not arranged but spent; ``paid``: it is of money."""


@dataclass(frozen=True, slots=True, eq=False)
class MetricCues:
    """The table ``metric_cues`` by its use.

    ``any_kind`` finds for each reach whether one of its ``kinds`` that can be looked for at once
    is said there; ``fitting`` gives those that a number of some unit can be; ``lookalike`` finds
    whether one of the ``lookalikes`` is said.
    """

    kinds: tuple[KindCue, ...]
    any_kind: Mapping[str, re.Pattern[str]]
    fitting: Fitting
    owed: re.Pattern[str]
    goal: re.Pattern[str]
    says: Mapping[str, re.Pattern[str]]
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
    kinds = tuple(_kind_cue(rule) for rule in table if rule.id.startswith("kind."))
    weak = named["hard"].attributes.get("weak", ())
    alike = [r.terms for r in rules.table("comparators") if r.value == "none"]
    lookalikes = tuple(itertools.chain.from_iterable(alike))
    return MetricCues(
        kinds=kinds,
        fitting=_fitting(kinds),
        any_kind={reach: _any_said(kinds, reach) for reach in {kind.reach for kind in kinds}},
        owed=compiled(named["owed"].pattern or "(?!)"),
        goal=compiled(named["goal"].pattern or "(?!)"),
        says={
            rule.value: compiled(rule.pattern)
            for rule in table
            if rule.id.startswith("says.") and rule.pattern
        },
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


def _any_said(kinds: Iterable[KindCue], reach: str) -> re.Pattern[str]:
    several = (kind.words for kind in kinds if kind.reach == reach and kind.opens)
    return compiled("|".join(f"(?:{words})" for words in several) or "(?!)")


def _fitting(kinds: Sequence[KindCue]) -> Fitting:
    @functools.lru_cache(maxsize=2048)  # the same few units stand with most numbers
    def fitting(unit: str, /, *, past: bool, back: bool, paid: bool, owed: bool) -> list[KindCue]:
        known = (cue for cue in kinds if not (owed and cue.value == "achieved"))
        return [
            cue
            for cue in known
            if _fits(cue, unit, past=back if cue.value == "plan" else past, paid=paid)
        ]

    return fitting


def _fits(cue: KindCue, unit: str, *, past: bool, paid: bool) -> bool:
    if cue.units and not unit.endswith(cue.units):
        return False
    if cue.value == "plan":
        return (not past or cue.intended) and (paid or bool(cue.units))
    if cue.value == "reference":
        return True
    if cue.value == "estimate":
        return past or cue.intended
    return not past or cue.intended


def _kind_cue(rule: Rule) -> KindCue:
    units = rule.attributes.get("units", ())
    words = [*map(re.escape, rule.terms), *([f"(?:{rule.pattern})"] if rule.pattern else [])]
    whole = "|".join(words)
    return KindCue(
        rule.id,
        cast("MetricKind", rule.value),
        whole,
        openings(whole) is not None,
        compiled(whole),
        rule.attribute("reach"),
        rule.attribute("unless"),
        tuple(map(str, units)) if isinstance(units, tuple) else (),
        rule.flag("intended"),
    )


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
