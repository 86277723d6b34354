"""A text searched through gates gives what a plain search gives."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechmine.patterns import compiled
from speechmine.rules.gates import gate_of, gate_parts
from speechmine.rules.loader import default_rules
from speechmine.rules.scanning import WORTH, find_all, places_of_pairs

_PIECES = st.sampled_from(
    [
        "县水利局",
        "牵头",
        "负责",
        "，",
        "。",
        "3月",
        "年底前",
        "\n",
        "由",
        "各镇",
        "完成",
        "5%",
        "😀",
        " ",
    ]
)
_TEXTS = st.lists(_PIECES, min_size=3, max_size=40).map(lambda some: "".join(some) * WORTH)

_TABLES = ("times", "party_context", "place_subjects")

# What a pattern is made of, and what its gate needs of a place.
_NEEDED = [
    ("年底前?", [("年底", "", 0)]),
    ("(?:各|全省?)县", [("全县全省各县", "", 0)]),
    ("[一-龥]{2,8}负责", [("负责", "", 8)]),
    ("[一-龥]{2,8}(?:负责|牵头)", [("牵头负责", "", 8)]),
    ("[^，]{0,4}(?=年底)", None),
    (".+", []),
    ("(?:年底)?", None),
    ("(?P<a>年)(?P=a)", None),
    ("(?i)a年", None),
]


@pytest.mark.parametrize(("pattern", "needed"), _NEEDED)
def test_what_a_match_needs(pattern, needed):
    gate = gate_of(pattern)
    assert needed is None if gate is None else [tuple(one) for one in gate.needed] == needed


@pytest.mark.parametrize(
    ("pattern", "allowed", "banned"),
    [
        ("(?<![^，。])县", "，。", "由的"),
        ("(?:(?<=由)|(?<=请))县", "由请", "，的"),
        ("(?:^|(?<=。))县", "。", "，"),
        (r"(?<!\d)县", "一，", "1９"),
        (r"(?<=\s)县", " \n", "，"),
        ("(?<!会同)县", "同，", ""),
    ],
)
def test_what_stands_before_a_match(pattern, allowed, banned):
    before = gate_of(pattern).before
    codes = {code for first, last in before for code in range(first, last + 1)}
    assert codes >= set(map(ord, allowed))
    assert codes.isdisjoint(map(ord, banned))


@settings(deadline=None, max_examples=30)
@given(_TEXTS)
def test_searches_of_all_rules_give_the_same(text):
    for pattern in _SOME:
        assert [m.regs for m in find_all(pattern, text)] == [m.regs for m in pattern.finditer(text)]


def _some() -> list[re.Pattern[str]]:
    rules = default_rules()
    every = [
        r.pattern for t in ("times", "party_context", "place_subjects") for r in rules.table(t)
    ]
    gated = [pattern for pattern in every if pattern and gate_of(pattern) is not None]
    return [compiled(pattern) for pattern in gated[::9]]


_SOME = _some()


def test_a_text_of_several_blocks(monkeypatch):
    monkeypatch.setattr("speechmine.rules.scanning._BLOCK", 500)
    text = "区财政局要在3月底前制定奖补方案，由县水利局负责。😀" * 60
    for pattern in _SOME:
        assert [m.regs for m in find_all(pattern, text)] == [m.regs for m in pattern.finditer(text)]


def test_stored_gates_are_read_back():
    for pattern in _SOME:
        gate = gate_of(pattern.pattern)
        before, first, needed = gate_parts(gate)
        assert (before, first) == (gate.before, gate.first)
        assert [tuple(one) for one in needed] == [tuple(one) for one in gate.needed]


def test_pairs_and_single_characters():
    assert list(places_of_pairs(["年底", "月"]).within("3月底，年底，年")) == [1, 4]
