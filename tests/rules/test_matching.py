"""What the matcher finds is what each rule finds by itself: earliest, longest, then file order."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechmine.rules.matcher import Match, Matcher
from speechmine.rules.openings import openings_anew
from speechmine.rules.schema import Rule

SIGNS = "甲乙丙"
TEXTS = st.text(SIGNS, max_size=12)
TERMS = st.lists(st.text(SIGNS, min_size=1, max_size=3), max_size=4, unique=True)
ATOMS = st.sampled_from(
    ["甲", "乙", "丙", "[甲乙]", "[^甲]", "甲?", "乙*", "(?:甲|乙丙)", "(?P<one>乙)", "."]
)
PATTERNS = (
    st.lists(ATOMS, min_size=1, max_size=3)
    .map("".join)
    .filter(lambda pattern: pattern.count("<one>") < 2)
)
RULES = st.lists(st.one_of(TERMS.filter(bool), PATTERNS), max_size=4).map(
    lambda given: [
        Rule(str(n), "A", pattern=each)
        if isinstance(each, str)
        else Rule(str(n), "A", terms=tuple(each))
        for n, each in enumerate(given)
    ]
)


def hits(rule: Rule, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """By the rule alone: a pattern where ``re`` finds it, of terms the longest at each place."""
    if rule.pattern is not None:
        yield from (m.span() for m in re.compile(rule.pattern).finditer(text, start, end) if m[0])


def expected(rules: list[Rule], text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    found = [(a, -b, n) for n, rule in enumerate(rules) for a, b in hits(rule, text, start, end)]
    owners: dict[str, int] = {}
    for n, rule in enumerate(rules):
        for term in rule.terms:
            owners.setdefault(term, n)
    for at in range(start, end):
        lengths = [k for k in range(1, end - at + 1) if text[at : at + k] in owners]
        if lengths:
            found.append((at, -(at + max(lengths)), owners[text[at : at + max(lengths)]]))
    kept, free = [], 0
    for a, b, n in sorted(found):
        if a >= free:
            kept.append((a, -b, rules[n].id))
            free = -b
    return kept


@given(RULES, TEXTS, st.integers(0, 3), st.integers(0, 3))
def test_the_matcher_finds_what_each_rule_finds(
    rules: list[Rule], text: str, before: int, behind: int
) -> None:
    start, end = min(before, len(text)), max(min(before, len(text)), len(text) - behind)
    matches = Matcher(rules).find(text, start, end)
    assert [(m.start, m.end, m.rule.id) for m in matches] == expected(rules, text, start, end)
    assert all(m.text == text[m.start : m.end] for m in matches)


@given(TERMS, TEXTS)
def test_the_first_term_at_a_place_is_the_longest(terms: list[str], text: str) -> None:
    matcher = Matcher([Rule("a", "A", terms=tuple(terms))])
    for at in range(len(text) + 1):
        there = [term for term in terms if text.startswith(term, at)]
        found = matcher.first_at(text, at)
        longest = max(there, key=len, default=None)
        assert (found and found.text) == longest
        assert found is None or (found.start, found.end) == (at, at + len(found.text))


def test_groups_that_took_no_part_say_nothing() -> None:
    (found,) = Matcher([Rule("a", "A", pattern="甲(?P<one>乙)|丙(?P<two>甲)")]).find("丙甲")
    assert (found.group("one"), found.group("two"), found.group("three")) == (None, "甲", None)
    assert found == Match(0, 2, "丙甲", found.rule, (("two", 1, 2),))


PAIRS = [
    ("甲乙|甲丙|丙甲", {"甲": "丙乙", "丙": "甲"}),
    ("甲[乙丙]", {"甲": "丙乙"}),
    ("[甲乙]丙", {"甲": "丙", "乙": "丙"}),
    ("甲?乙丙", {"甲": "乙", "乙": "丙"}),
    ("甲+乙", {"甲": "乙甲"}),
    ("甲", {"甲": None}),
    ("甲乙|甲", {"甲": None}),
    ("甲|甲乙", {"甲": None}),
    ("甲.", {"甲": None}),
    ("(?:甲|乙)丙", {"甲": "丙", "乙": "丙"}),
    ("(?<=丙)(?=甲)[甲乙]丙", {"甲": "丙"}),
    ("(?:甲乙)?", {}),
    ("(?P<one>甲)(?P=one)", {}),
    ("(?i)a甲", {}),
]


@pytest.mark.parametrize(("pattern", "pairs"), PAIRS, ids=[pattern for pattern, _ in PAIRS])
def test_what_a_match_begins_with(pattern: str, pairs: dict[str, str | None]) -> None:
    found = openings_anew(pattern) or {}
    assert {first: seconds and "".join(sorted(seconds)) for first, seconds in found.items()} == {
        first: seconds and "".join(sorted(seconds)) for first, seconds in pairs.items()
    }


@given(PATTERNS)
def test_no_match_begins_otherwise(pattern: str) -> None:
    pairs = openings_anew(pattern)
    if pairs is None:
        return
    for text in map("".join, itertools.product(SIGNS, repeat=4)):
        if re.match(pattern, text):
            assert pairs[text[0]] is None or text[1] in (pairs[text[0]] or "")
