"""Numbers that by the rules measure nothing, and what weights learnt from texts make of them."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechmine.extractors.metric_learned import VERDICTS, measures
from speechmine.extractors.metrics import find_metrics
from speechmine.extractors.quantities import read_quantities
from speechmine.learned.weights import (
    WEIGHT_STEP,
    class_weights_bytes,
    read_class_weights,
    shipped_classes,
)
from speechmine.model import Discourse, Metric, Segment, TimeFrame
from speechmine.rules.loader import default_rules

RULES = default_rules()


def metrics_of(text: str, label: Discourse) -> Sequence[Metric]:
    segment = Segment(0, len(text), text, None, None, label)
    numbers, doubtful = read_quantities(text, RULES)
    frame = TimeFrame(year=2024)
    return find_metrics(
        text, segment, frame=frame, quantities=numbers, doubtful=doubtful, rules=RULES
    )


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("上半年第二剂累计打了十八万四，", "review", 184000),
        ("高峰那天打了一万六。", "review", 16000),
        ("夜班补助按每人每天一百二。", "target", 120),
        ("灌溉水有效利用系数由0.53提高到0.58。", "target", 0.58),
        ("北岭村断电，断了十七个小时，", "problem", 17),
        ("剩余的126户，本月底前全部签约。", "target", 126),
    ],
)
def test_spoken_numbers_and_those_of_what_is_left_are_taken(
    text: str, label: Discourse, value: float
) -> None:
    assert value in {metric.low for metric in metrics_of(text, label)}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("我讲三个方面的意见。", "opening"),
        ("第十八届人民代表大会第二次会议。", "opening"),
        ("省道226线要抓紧。", "target"),
        ("各村十五以前报上来。", "target"),
        ("引进10亿元以上企业。", "target"),
        ("三班的同学都来了。", "review"),
    ],
)
def test_wording_ordinals_and_classes_stay_out(text: str, label: Discourse) -> None:
    assert [m for m in metrics_of(text, label) if m.kind != "count"] == []


def test_a_doubtful_number_says_why_it_is_none() -> None:
    _, doubtful = read_quantities("分成五个小组，西岭三百床，打了六千二，第3位，涉及40个村", RULES)
    told = [(d.quantity.text, d.trap) for d in doubtful]
    assert told == [
        ("五个", "wording"),
        ("三百床", "loose"),
        ("六千二", "no_unit"),
        ("40个", "trap.existing"),
    ]
    assert all(d.start == d.quantity.start for d in doubtful)


@given(st.lists(st.sampled_from("abcd")), st.integers(-60, 60))
@settings(deadline=None)
def test_a_heavier_key_never_makes_a_number_less_likely(keys: list[str], step: int) -> None:
    plain = dict.fromkeys("abcd", (0.0, 0.25))
    more = {**plain, "a": (0.0, 0.25 + abs(step) * WEIGHT_STEP)}
    less, heavier = (
        read_class_weights(class_weights_bytes(table), len(VERDICTS)) for table in (plain, more)
    )
    assert measures(keys, heavier) >= measures(keys, less)


def test_the_shipped_weights_are_in_their_stored_form() -> None:
    packed = (files("speechmine.learned") / "measures.bin").read_bytes()
    known = shipped_classes("measures", len(VERDICTS))
    rows = {key: [step * WEIGHT_STEP for step in known.sums([key])] for key in known.steps}
    assert class_weights_bytes(rows) == packed
