"""What a segment does: one of ten labels (GUIDELINE section 2).

Structure decides heading, opening, closing and what stands in a review; where it leaves the
question open, the model of ``classifier.py`` decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from speechmine.model import Discourse
from speechmine.rules.schema import RuleSet
from speechmine.segment.classifier import Chances, Place, shipped_model
from speechmine.segment.features import Context, cue_scores, features_of
from speechmine.segment.headings import Piece

__all__ = ["label_pieces", "places_of", "structural_label"]


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
    labels = [structural_label(pieces, i, context, rules) for i in range(len(pieces))]
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
        labels[i] = _best(second, features[i])
    return tuple(cast("Discourse", label) for label in labels)


def places_of(pieces: Sequence[Piece], context: Context) -> list[Place]:
    """Where each piece stands among the others."""
    rows = zip(pieces, context.sections, context.parts, context.headings, strict=True)
    return [Place(piece.line, section, part, head) for piece, section, part, head in rows]


def structural_label(
    pieces: Sequence[Piece], i: int, context: Context, rules: RuleSet
) -> Discourse | None:
    """The label that a piece's place settles; None where its words must."""
    if context.headings[i]:
        return "heading"
    zone = context.zones[i]
    if zone in ("opening", "closing"):
        return cast("Discourse", zone)
    if zone != "review" or i in context.problems:
        return None
    return _label_in_review(pieces[i], rules)


def _label_in_review(piece: Piece, rules: RuleSet) -> Discourse:
    """A part that looks back reports, unless a sentence without figures only gives reasons."""
    scores = cue_scores(piece.text, rules)
    reasons = scores.get("rationale", 0) > 1 and not scores.get("review")
    return "rationale" if reasons and not any(c.isdigit() for c in piece.text[8:]) else "review"


def _best(chances: Chances, features: Mapping[str, float]) -> Discourse:
    """The likeliest label; ties go to the model's own order.

    A named party that is obliged to make something (D7, D8), or words that say who answers for
    it, leave three labels to choose from.
    """
    owed = "assigned" in features or features.keys() >= _OWED
    allowed = [label for label in chances if not owed or label in _OWED_LABELS]
    return cast("Discourse", max(allowed, key=lambda label: chances[label]))
