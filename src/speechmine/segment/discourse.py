"""What a segment does: one of ten labels (GUIDELINE section 2).

Structure decides heading, opening, closing and what stands in a review or a list of
problems; in parts that look forward a linear model decides. The model is a table of
weights (``discourse_model.json``, multinomial logistic regression trained by
``scripts/train_discourse.py``); it needs no library to run.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import cast

from speechmine.model import Discourse
from speechmine.rules.schema import RuleSet
from speechmine.segment.features import Context, cue_scores, features_of
from speechmine.segment.headings import Piece

__all__ = ["label_pieces", "structural_label"]


_OWED = frozenset(("obliged", "party", "verb=deliver+"))
_OWED_LABELS = frozenset(("directive", "assurance", "target"))


@dataclass(frozen=True, slots=True)
class _Model:
    """Weights by feature, one number a label; ``bias`` one number a label."""

    labels: tuple[Discourse, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]


@functools.cache
def _model() -> _Model:
    content = (files("speechmine.segment") / "discourse_model.json").read_text(encoding="utf-8")
    data = json.loads(content)
    weights = {name: tuple(row) for name, row in data["weights"].items()}
    return _Model(tuple(data["labels"]), tuple(data["bias"]), weights)


def label_pieces(
    text: str, pieces: Sequence[Piece], context: Context, rules: RuleSet
) -> tuple[Discourse, ...]:
    """A label for each piece.

    Args:
        text: the matching view's text.
        pieces: all its pieces.
        context: headings, zones, problems, figures, titles.
        rules: the rule set.
    """
    return tuple(
        structural_label(pieces, i, context, rules)
        or _predicted(features_of(text, pieces, i, context, rules))
        for i in range(len(pieces))
    )


def structural_label(
    pieces: Sequence[Piece], i: int, context: Context, rules: RuleSet
) -> Discourse | None:
    """The label that a piece's place settles; None where its words must."""
    if context.headings[i]:
        return "heading"
    zone = context.zones[i]
    if zone in ("opening", "closing"):
        return cast("Discourse", zone)
    if i in context.problems:
        return "problem"
    return _label_in_review(pieces[i], rules) if zone == "review" else None


def _label_in_review(piece: Piece, rules: RuleSet) -> Discourse:
    """A part that looks back reports, unless a sentence without figures only gives reasons."""
    scores = cue_scores(piece.text, rules)
    reasons = scores.get("rationale", 0) > 1 and not scores.get("review")
    return "rationale" if reasons and not any(c.isdigit() for c in piece.text[8:]) else "review"


def _predicted(features: Mapping[str, float]) -> Discourse:
    """The label with the greatest sum; ties go to the model's own order.

    A named party that is obliged to make something (D7, D8) leaves three labels to choose from.
    """
    model = _model()
    owed = features.keys() >= _OWED
    sums = list(model.bias)
    for name, value in features.items():
        row = model.weights.get(name)
        if row is not None:
            for k, weight in enumerate(row):
                sums[k] += value * weight
    allowed = [k for k, label in enumerate(model.labels) if not owed or label in _OWED_LABELS]
    return model.labels[max(allowed, key=lambda k: (sums[k], -k))]
