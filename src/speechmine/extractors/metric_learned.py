"""Whether a number measures anything, and what kind of metric it is, where the words leave it open.

The rules know counts by their words (GUIDELINE M6) and kinds by theirs (M4). A text that nobody has
looked at has others. A log-linear choice among the kinds, or none (multinomial logit: McFadden
1974), that takes what the rules say for one sign among many, overrules them where it is sure. The
weights come from ``scripts/train_metrics.py`` and are whole steps, so that their sums are the same
on any machine.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from importlib.resources import files
from typing import cast

from speechmine.extractors.learned_weights import ClassWeights, read_class_weights, shares_of
from speechmine.extractors.metric_context import MetricContext, clause_start
from speechmine.extractors.metric_keys import SeenMetric, keys_of_metric
from speechmine.extractors.metric_sayings import clause_end
from speechmine.extractors.metric_tenses import time_said
from speechmine.model import MetricKind, Quantity

__all__ = [
    "KIND_STEP",
    "NO_METRIC",
    "OUTCOMES",
    "chances_of_kinds",
    "learned_kind",
    "shipped_kinds",
]

#: The outcome for a number that measures nothing, or only counts what is there.
NO_METRIC = "none"
#: What a number may be; their order is that of the stored weights.
OUTCOMES = (
    NO_METRIC,
    "achieved",
    "baseline",
    "comparison",
    "estimate",
    "plan",
    "reference",
    "target",
)
#: How likely another kind must be to overrule the rules, and how likely it must be that a count is
#: only one, or is a metric after all: by texts left out of the training (docs/methods.md).
OTHER_KIND_SURE = 0.75
COUNT_SURE = 0.55
#: Weights are kept in steps of this size.
KIND_STEP = 1 / 32
_RULE = "kind.learned"
#: What words say of the time of a number against which no weights hold.
_TIMES = {"achieved": "owed", "target": "past"}
#: So many things are seldom told only to say which are meant.
_MANY = 30


def learned_kind(
    seen: SeenMetric, context: MetricContext, weights: ClassWeights | None = None
) -> tuple[MetricKind, str]:
    """The kind of a number and the rule that decided.

    Args:
        seen: the number as the rules read it.
        context: its segment.
        weights: those that come with the package by default.

    Returns:
        What the rules said, unless another outcome is likely enough. A count of what is there stays
        on the books as kind ``count``.
    """
    chances = chances_of_kinds(keys_of_metric(seen, context), weights or shipped_kinds())
    said = NO_METRIC if seen.kind == "count" else seen.kind
    best = max(range(len(OUTCOMES)), key=chances.__getitem__)
    outcome = OUTCOMES[best]
    if _is_settled(outcome, seen, context):
        return seen.kind, seen.rule
    if outcome == said or chances[best] < _least_chance(outcome, said):
        return seen.kind, seen.rule
    return ("count" if outcome == NO_METRIC else cast("MetricKind", outcome)), _RULE


def _is_settled(outcome: str, seen: SeenMetric, context: MetricContext) -> bool:
    """Only a small count may be of what is there; a word of owing makes no fact, 已 no goal."""
    if outcome == NO_METRIC:
        return not _may_be_there(seen.quantity, context)
    if outcome not in _TIMES:
        return False
    firm = outcome == "achieved" and seen.quantity.comparator in (">=", "<=")
    return firm or time_said(seen.quantity, context) == _TIMES[outcome]


def _may_be_there(quantity: Quantity, context: MetricContext) -> bool:
    """A small count without a bound, and nothing done with it in its clause (15个村完成改厕)."""
    bare, words = context.bare, context.words
    counted = quantity.unit is not None and quantity.unit.endswith(words.counters)
    many = (quantity.low or quantity.high or 0) >= _MANY
    if not counted or many or quantity.comparator != "=":
        return False
    clause = bare[clause_start(bare, quantity.start) : clause_end(bare, quantity.end)]
    return words.phrases.shapes["number.finishes"].search(clause) is None


def _least_chance(outcome: str, said: str) -> float:
    """How likely an outcome must be to be taken instead of what the rules say."""
    return COUNT_SURE if NO_METRIC in (outcome, said) else OTHER_KIND_SURE


def chances_of_kinds(keys: Sequence[str], weights: ClassWeights) -> list[float]:
    """How likely each of :data:`OUTCOMES` is."""
    return shares_of(weights.sums(keys), KIND_STEP)


@functools.cache
def shipped_kinds() -> ClassWeights:
    """The weights that come with the package.

    Example:
        >>> len(shipped_kinds().steps) > 1000
        True
    """
    packed = (files("speechmine.extractors") / "metrics.bin").read_bytes()
    return read_class_weights(packed, len(OUTCOMES))
