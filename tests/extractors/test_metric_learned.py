"""What weights learnt from annotated texts say of a number, and how they are stored."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechmine.extractors.metric_learned import KIND_STEP, OUTCOMES
from speechmine.extractors.metrics import find_metrics
from speechmine.extractors.quantities import find_quantities
from speechmine.learned.weights import (
    class_weights_bytes,
    read_class_weights,
    shares_of,
)
from speechmine.model import Discourse, Metric, Segment, TimeFrame
from speechmine.rules.loader import default_rules

RULES = default_rules()


def metrics_of(text: str, label: Discourse) -> tuple[Metric, ...]:
    segment = Segment(0, len(text), text, None, None, label)
    quantities = find_quantities(text, RULES)
    return find_metrics(
        text, segment, frame=TimeFrame(year=2024), quantities=quantities, rules=RULES
    )


@pytest.mark.parametrize(
    ("text", "label", "kind"),
    [
        ("全年实现零事故。", "target", "target"),
        ("工业产值增长6%。", "target", "target"),
    ],
)
def test_what_words_settle_no_weights_overrule(text: str, label: Discourse, kind: str) -> None:
    assert [m.kind for m in metrics_of(text, label)] == [kind]


@pytest.mark.parametrize(
    "text",
    ["跟5家企业逐户对账。", "本学期新来的17名教师每人配一名师傅。"],
)
def test_things_that_are_there_are_no_target(text: str) -> None:
    assert all(m.kind != "target" for m in metrics_of(text, "target"))


steps = st.lists(st.integers(-127, 127), min_size=len(OUTCOMES), max_size=len(OUTCOMES))


@given(st.dictionaries(st.text("abc|甲", min_size=1, max_size=4), steps, max_size=6))
@settings(deadline=None)
def test_weights_are_read_as_they_were_stored(table: dict[str, list[int]]) -> None:
    weights = {key: [step / 32 for step in row] for key, row in table.items()}
    kept = {key: row for key, row in table.items() if any(row)}
    if kept:
        read = read_class_weights(class_weights_bytes(weights, KIND_STEP), len(OUTCOMES))
        assert {key: read.sums([key]) for key in read.steps} == kept


@given(st.lists(st.sampled_from("abcd")))
@settings(deadline=None)
def test_chances_add_up_and_a_key_counts_once(keys: list[str]) -> None:
    stored = {"a": [0.3] * 8, "b": [0.0, 1.25, 0.0, 0.0, 0.0, 0.0, 0.0, -0.1]}
    weights = read_class_weights(class_weights_bytes(stored, KIND_STEP), len(OUTCOMES))
    sums = weights.sums(keys)
    assert sum(shares_of(sums, KIND_STEP)) == pytest.approx(1)
    assert sums == weights.sums(sorted(set(keys)))


def test_the_shipped_weights_are_in_their_stored_form() -> None:
    packed = (files("speechmine.learned") / "metrics.bin").read_bytes()
    weights = read_class_weights(packed, len(OUTCOMES))
    again = {key: [step / 32 for step in weights.sums([key])] for key in weights.steps}
    assert class_weights_bytes(again, KIND_STEP) == packed
