"""Whoever was named before a row holds on in it, unless weights say that it is nobody's."""

from __future__ import annotations

import pytest

import speechmine
from speechmine.assemble import inheritance
from speechmine.extractors.learned_weights import (
    ClassWeights,
    class_weights_bytes,
    read_class_weights,
)

SAID = "区水利局要编制度汛方案；6月底前组建3支抢险突击队；汛前不得外借抢险物资。"


def _weights(**weights: float) -> ClassWeights:
    return read_class_weights(class_weights_bytes({k: (w,) for k, w in weights.items()}), 1)


def _holders(text: str) -> list[tuple[str, ...]]:
    rows = speechmine.extract(text, mode="full").tasks
    return [tuple(p.text for p in row.parties if p.source != "explicit") for row in rows]


@pytest.mark.parametrize(
    ("weights", "holders"),
    [
        ({}, [(), ("区水利局",), ("区水利局",)]),
        ({"bprohibited": -2.0}, [(), ("区水利局",), ()]),
        ({"bobliged": -2.0, "bprohibited": 2.0}, [(), (), ("区水利局",)]),
    ],
)
def test_weights_end_what_the_rules_let_hold_on(
    weights: dict[str, float], holders: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inheritance, "shipped_inheritance", lambda: _weights(**weights))
    assert _holders(SAID) == holders


def test_a_leader_joins_whoever_holds_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inheritance, "shipped_inheritance", lambda: _weights(bobliged=-2.0))
    text = "县住建局要改造管网；由副县长任组长，每周调度一次。"
    assert _holders(text)[-1] == ("县住建局",)


def test_the_shipped_weights_know_how_rows_begin() -> None:
    keys = inheritance.shipped_inheritance().steps
    assert {"", "bprohibited"} <= set(keys)
