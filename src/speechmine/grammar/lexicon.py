"""The rules of time, compiled once for a rule set, and the text that they may look at."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechmine.patterns import compiled
from speechmine.rules.matcher import Matcher
from speechmine.rules.searching import patterns_by_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from speechmine.rules.schema import RuleSet

__all__ = ["TimeLexicon", "time_lexicon_of", "visible_text"]

# Stands for a character inside quotes; matches no rule, and keeps offsets.
_BLANK = "\ufffc"


@dataclass(frozen=True, slots=True)
class TimeLexicon:
    """Everything the readers of times look up.

    Attributes:
        times: finds expressions of all families that something can be owed by.
        every: finds lengths, bare days, decades and holidays as such, too.
        hints: finds what may say when around a row, each rule by itself.
        cues: finds words without a date.
        parts: patterns of ``time_parts`` by id.
        words: what a word stands for, by family (``year``, ``month``, ``day``, ``holiday``).
        point: the pattern of one calendar point, for the second half of a range.
    """

    times: Matcher
    every: Matcher
    hints: Matcher
    cues: Matcher
    parts: Mapping[str, re.Pattern[str]]
    words: Mapping[str, Mapping[str, str]]
    point: re.Pattern[str]

    def offset(self, family: str, word: str | None) -> int | None:
        """The offset that a relative word stands for (明年: 1); None where it is no such word."""
        value = self.words[family].get(word or "")
        return int(value) if value is not None else None


@functools.lru_cache(maxsize=8)
def time_lexicon_of(rules: RuleSet) -> TimeLexicon:
    """Compile the tables of time."""
    times = rules.table("times")
    words: dict[str, dict[str, str]] = {}
    for rule in rules.table("time_words"):
        family = words.setdefault(rule.id.split(".")[0], {})
        family.update((term, rule.value) for term in rule.terms)
    point = next(rule.pattern or "" for rule in times if rule.id == "calendar.point")
    return TimeLexicon(
        times=Matcher(times),
        every=Matcher([*times, *rules.table("times_plain")]),
        hints=Matcher(rules.table("time_hints")),
        cues=Matcher(rules.table("deadline_cues")),
        parts=patterns_by_id(rules, "time_parts"),
        words=words,
        point=compiled(point),
    )


def visible_text(text: str, lexicon: TimeLexicon) -> str:
    """The text with quoted names blanked out, as long as before (GUIDELINE S8).

    A quote after a colon is an instruction and stays; so do plan and holiday names.
    """
    kept = lexicon.parts["quote.kept"]

    def blank(match: re.Match[str]) -> str:
        if kept.fullmatch(match[0]):
            return match[0]
        return match[0][0] + _BLANK * (len(match[0]) - 2) + match[0][-1]

    return lexicon.parts["quote.hidden"].sub(blank, text)
