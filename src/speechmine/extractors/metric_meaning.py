"""What a number means: owed or achieved, change or level, firm or soft, of which year."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from speechmine.model import Change, Direction, Hardness, MetricKind, Quantity, Segment, TimeFrame
from speechmine.rules.schema import Rule, RuleSet

__all__ = [
    "Cues",
    "change_of",
    "cues_of",
    "direction_of",
    "goals_before",
    "hardness_of",
    "kind_of",
    "period_of",
    "year_before",
]

_SHARE = re.compile(r"占比|比重|占.{1,16}(?:比例|的)|的?比例$|比率$")
_FIRST_PLAN_YEAR, _PLAN_YEARS = 1951, 5
_PERIOD = re.compile(
    r"(?P<plan>“?十(?P<n>[一二三四五六])?五”?(?:期间|时期|末|以来)|(?<=“)十(?P<m>[一二三四五六])?五(?=”))"
    r"|(?<![比较从由])(?P<year>[12]\d{3})年"
    r"|(?<![比较从由])(?P<last>去年|上年)|(?P<this>今年|本年)"
    r"|(?P<next>(?:今后|未来)五年)|(?P<past>过去五年|五年来)"
)

_GOALS_REACH = 1500
_GOALS = re.compile(
    r"(?:“十[一二三四五六]?五”|今后五年|未来五年|今年|[12]\d{3}年)[^。\n]{0,40}目标[^。\n]{0,10}[：。]"
)


@dataclass(frozen=True, slots=True)
class Cues:
    """The table ``metric_cues`` by its use."""

    kinds: tuple[Rule, ...]
    hard: tuple[str, ...]
    soft: tuple[str, ...]
    weak: frozenset[str]
    absences: Mapping[str, tuple[Rule, re.Pattern[str]]]


@functools.lru_cache(maxsize=8)
def cues_of(rules: RuleSet) -> Cues:
    """What is made of the rule table once."""
    table = rules.table("metric_cues")
    named = {rule.id: rule for rule in table}
    weak = named["hard"].attributes.get("weak", ())
    return Cues(
        kinds=tuple(rule for rule in table if rule.id.startswith("kind.")),
        hard=named["hard"].terms,
        soft=named["soft"].terms,
        weak=frozenset(str(word) for word in weak) if isinstance(weak, tuple) else frozenset(),
        absences={
            rule.value: (rule, re.compile(rule.pattern))
            for rule in table
            if rule.id.startswith("absence.") and rule.pattern
        },
    )


def kind_of(
    segment: Segment, quantity: Quantity, reach: Mapping[str, str], cues: Cues
) -> tuple[MetricKind, str]:
    """The kind of a metric and the rule that decided.

    Args:
        segment: its segment, for label and zone.
        quantity: its number.
        reach: the text up to the number, by clause and by sentence.
        cues: the vocabulary.
    """
    if segment.discourse in ("review", "problem"):
        past = True
    elif segment.discourse == "target":
        past = False
    else:
        past = segment.zone in ("review", "opening") or segment.discourse == "rationale"
    for rule in cues.kinds:
        if _fits(rule, past=past, quantity=quantity) and _said(rule, reach):
            return rule.value, rule.id  # type: ignore[return-value]
    return ("achieved", "kind.looking_back") if past else ("target", "kind.looking_forward")


def _fits(rule: Rule, *, past: bool, quantity: Quantity) -> bool:
    if rule.value == "plan":
        unit = quantity.unit or ""
        return (not past or rule.flag("intended")) and (
            unit.endswith(("元", "人民币", "%")) or "百分点" in unit
        )
    return past if rule.value == "estimate" else not past


def _said(rule: Rule, reach: Mapping[str, str]) -> bool:
    before = reach[rule.attribute("reach")]
    if rule.pattern and re.search(rule.pattern, before):
        return True
    return any(term in before for term in rule.terms)


def hardness_of(clause: str, *, masked: bool, cues: Cues) -> Hardness | None:
    """How firm the clause makes its number; 力争…以上 stays soft, 努力…以内 is mixed."""
    if masked:
        return None
    hard = {word for word in cues.hard if word in clause}
    soft = any(word in clause for word in cues.soft)
    if soft:
        return "mixed" if hard - cues.weak else "soft"
    return "hard" if hard else "neutral"


def change_of(name: str | None, unit: str | None, said: frozenset[str]) -> Change | None:
    """Whether the number is a change, a share, a sum over time, or a plain level (None)."""
    if "average" in said:
        return "average"
    if "cumulative" in said:
        return "cumulative"
    if unit in ("个百分点", "百分点"):
        return "ppt"
    moved = bool({"up", "down", "yoy"} & said) and not {"up_to", "down_to"} & said
    if name and _SHARE.search(name) and not (moved and unit != "%"):
        return "share"
    if moved or "comparison" in said:
        return "yoy"
    return "new" if "new" in said or "新增" in (name or "") else None


def direction_of(said: frozenset[str]) -> Direction | None:
    """Up or down, where a word says so."""
    if {"up", "up_to"} & said:
        return "up"
    return "down" if {"down", "down_to"} & said else None


def period_of(before: str, *, past: bool, zone: str, frame: TimeFrame) -> str | None:
    """EDTF of the time that a number holds for, where the text says so.

    Args:
        before: the segment's text up to the number.
        past: the number looks back.
        zone: part of the document; only its review looks back on the year before.
        frame: the document's time.
    """
    found = list(_PERIOD.finditer(before))
    if found:
        return _stated(found[-1], frame)
    if frame.year is None or not past or zone != "review":
        return None  # a plan that names no time is not dated by the date of its report
    return str(frame.year - 1)


def goals_before(text: str, start: int) -> str:
    """The latest sentence that opens a list of goals (“十四五”时期的主要目标是：), or nothing."""
    found = _GOALS.findall(text, max(0, start - _GOALS_REACH), start)
    return found[-1] if found else ""


def year_before(clause: str, frame: TimeFrame) -> bool:
    """Whether the clause dates its number to a year before the document's own."""
    years = [found["year"] for found in _PERIOD.finditer(clause) if found["year"]]
    return bool(years) and frame.year is not None and int(years[-1]) < frame.year


def _stated(found: re.Match[str], frame: TimeFrame) -> str | None:
    if found["year"]:
        return found["year"]
    if found["plan"]:
        number = " 一二三四五六".index(found["n"] or found["m"] or " ") + 10
        first = _FIRST_PLAN_YEAR + _PLAN_YEARS * number
        return f"{first}/{first + _PLAN_YEARS - 1}"
    year = frame.year
    if year is None:
        return None
    relative = {
        "last": f"{year - 1}",
        "this": f"{year}",
        "next": f"{year}/{year + _PLAN_YEARS - 1}",
        "past": f"{year - _PLAN_YEARS}/{year - 1}",
    }
    return next(value for key, value in relative.items() if found[key])
