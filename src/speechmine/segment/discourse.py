"""What a segment does: one of ten labels (GUIDELINE section 2).

Structure decides heading, opening and closing; the model of ``classifier.py`` decides the rest,
within what the part of the text allows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from speechmine.model import Discourse
from speechmine.rules.schema import RuleSet
from speechmine.segment.classifier import Chances, Place, shipped_model
from speechmine.segment.features import Context, features_of
from speechmine.segment.headings import Piece

__all__ = ["label_pieces", "likeliest", "places_of", "structural_label"]


_OWED = frozenset(("obliged", "party", "verb=deliver+"))
_OWED_LABELS = frozenset(("directive", "assurance", "target"))


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
    model = shipped_model()
    labels = [structural_label(i, context) for i in range(len(pieces))]
    features = {
        i: features_of(text, pieces, i, context, rules)
        for i, label in enumerate(labels)
        if label is None
    }
    chances: list[Chances] = [
        {label: 1.0} if label else model.first_pass(pieces[i].text, features[i])
        for i, label in enumerate(labels)
    ]
    for i, second in model.second_pass(chances, places_of(pieces, context), list(features)):
        labels[i] = likeliest(second, features[i])
    return tuple(cast("Discourse", label) for label in labels)


def places_of(pieces: Sequence[Piece], context: Context) -> list[Place]:
    """Where each piece stands among the others."""
    rows = zip(pieces, context.sections, context.parts, context.headings, strict=True)
    return [Place(piece.line, section, part, head) for piece, section, part, head in rows]


def structural_label(i: int, context: Context) -> Discourse | None:
    """The label that a piece's place settles; None where its words must."""
    if context.headings[i]:
        return "heading"
    zone = context.zones[i]
    return cast("Discourse", zone) if zone in ("opening", "closing") else None


def likeliest(chances: Chances, features: Mapping[str, float]) -> Discourse:
    """The label to choose; ties go to the model's own order.

    A part that looks back obliges nobody (D4, D7 and D8 are out); a named party that is obliged
    to make something, or words that say who answers for it, leave just these three.
    """
    allowed = [label for label in chances if _may_be(label, features)]
    return cast("Discourse", max(allowed, key=lambda label: chances[label]))


def _may_be(label: str, features: Mapping[str, float]) -> bool:
    if "zone=review" in features:
        return label not in _OWED_LABELS
    owed = "assigned" in features or features.keys() >= _OWED
    return not owed or label in _OWED_LABELS
