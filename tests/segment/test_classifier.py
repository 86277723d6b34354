"""The discourse model: wording, chances, and what a segment's neighbours say."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechmine.segment.classifier import (
    Linear,
    Model,
    Place,
    load_model,
    neighbourhood,
    shipped_model,
)
from speechmine.segment.wording import gram_counts, gram_weights

LABELS = ("directive", "rationale")
SURE: list[dict[str, float]] = [{"directive": 1.0}, {"rationale": 1.0}, {"directive": 1.0}]


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("落实", {"落": 1, "实": 1, "落实": 1}),
        ("实实", {"实": 2, "实实": 1}),
        ("3月、4月", {"月": 2}),
        ("PPP 2.0", {}),
        ("", {}),
    ],
)
def test_grams_are_characters_and_pairs_within_a_run(text: str, grams: dict[str, int]) -> None:
    assert gram_counts(text) == grams


@given(st.text(alphabet="抓好落实工作，3", max_size=40))
def test_gram_weights_have_length_one_or_none(text: str) -> None:
    weights = gram_weights(text, {"抓好": 2.0, "落": 1.5, "工作": 1.0})
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    assert length == pytest.approx(1.0) if weights else length == 0


@given(st.dictionaries(st.sampled_from("xyz"), st.floats(-40, 40)))
def test_chances_add_up_to_one(features: dict[str, float]) -> None:
    model = Linear(LABELS, (0.3, -0.2), {"x": (9.0, -9.0), "y": (-1.0, 1.0)})
    assert sum(model.chances(features).values()) == pytest.approx(1.0)


def test_neighbours_are_told_apart_by_side_line_section_and_part() -> None:
    places = [Place(0, 1, 1), Place(0, 1, 1), Place(1, 2, 1)]
    ((_, features),) = neighbourhood(SURE, places, [1])
    assert {k: v for k, v in features.items() if not k.startswith("own") and v} == {
        "before=directive": 1.5,
        "after=directive": 1.5,
        "line=directive": 1.5,
        "section=directive": 1.5,
        "part=directive": 1.5,
    }


def test_headings_say_nothing_about_their_neighbours() -> None:
    places = [Place(0, 1, 1, heading=True), Place(0, 1, 1), Place(1, 2, 2, heading=True)]
    ((_, features),) = neighbourhood(SURE, places, [1])
    assert [name for name in features if not name.startswith("own")] == []


def test_second_pass_follows_its_surroundings_where_the_words_are_undecided() -> None:
    open_one = {"directive": 0.5, "rationale": 0.5}
    chances = [{"rationale": 1.0}, open_one, {"rationale": 1.0}]
    places = [Place(0, 1, 1)] * 3
    weights = {"before=rationale": (0.0, 1.0), "after=rationale": (0.0, 1.0)}
    flat = Linear(LABELS, (0.0, 0.0), {})
    model = Model(flat, Linear(LABELS, (0.0, 0.0), weights), {})
    ((i, found),) = model.second_pass(chances, places, [1])
    assert (i, max(found, key=lambda label: found[label])) == (1, "rationale")


def test_the_shipped_model_knows_the_labels_and_loads_again_from_its_form() -> None:
    model = shipped_model()
    assert {"directive", "assurance", "exhortation", "rationale", "problem"} <= {
        *model.first.labels
    }
    data = {
        "labels": list(LABELS),
        "rarity": {"抓好": 2.0},
        "first": {"bias": [0.0, 1.0], "weights": {"~抓好": [1.0, 0.0]}},
        "second": {"bias": [0.0, 0.0], "weights": {}},
    }
    chances = load_model(data).first_pass("抓好", {})
    assert chances["directive"] == pytest.approx(1 / (1 + math.exp(1 - 5)))
