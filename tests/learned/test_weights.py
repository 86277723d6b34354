"""Weights by key: how they are stored, how they are summed, which choice they speak for."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechmine.learned.weights import (
    WEIGHT_STEP,
    class_weights_bytes,
    likeliest,
    read_class_weights,
    read_weights,
    shipped_weights,
    weights_bytes,
)

KEYS, STEPS = st.sampled_from("甲乙丙丁"), st.integers(-127, 127)


@given(st.dictionaries(st.text("甲乙丙丁|^", min_size=1), STEPS))
def test_weights_are_read_as_they_were_written(steps: dict[str, int]) -> None:
    kept = {key: step for key, step in steps.items() if step}
    stored = weights_bytes({key: step * WEIGHT_STEP for key, step in steps.items()})
    assert dict(read_weights(stored)) == kept


def test_lanes_are_read_as_they_were_written() -> None:
    weights = {"甲": (0.5, -1.0, 0.0), "乙": (-1.5, 0.25, 7.9), "丙": (0.0, 0.01, 0.0)}
    read = read_class_weights(class_weights_bytes(weights), 3)
    assert set(read.steps) == {"甲", "乙"}
    assert read.sums(read.steps) == [-16, -12, 126]
    assert read.sums([]) == [0, 0, 0]


@pytest.mark.parametrize(
    ("name", "known"),
    [("holders", "N"), ("subjects", "kh"), ("subjects", "-"), ("when", "Qv")],
)
def test_a_shipped_file_is_one_that_the_scripts_write(name: str, known: str) -> None:
    packed = (files("speechmine.learned") / f"{name}.bin").read_bytes()
    steps = shipped_weights(name)
    assert weights_bytes({key: step * WEIGHT_STEP for key, step in steps.items()}) == packed
    assert len(packed) < 1_000_000
    assert known in steps


@given(
    st.lists(st.lists(st.sampled_from("甲乙丙丁")), min_size=2), st.dictionaries(st.text(), STEPS)
)
def test_the_likeliest_has_the_most_steps(choices: list[list[str]], steps: dict[str, int]) -> None:
    sums = [sum(steps.get(key, 0) for key in set(keys)) for keys in choices]
    assert likeliest(choices, steps) == sums.index(max(sums))


def test_doubt_speaks_for_none() -> None:
    choices, weights = [["甲"], ["乙"]], {"甲": 3}
    assert likeliest(choices, weights, none=1, doubt=2) == 0
    assert likeliest(choices, weights, none=1, doubt=4) == 1
