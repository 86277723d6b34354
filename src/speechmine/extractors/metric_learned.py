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
from speechmine.extractors.metric_context import MetricContext, clause_end, clause_start
from speechmine.extractors.metric_keys import SeenMetric, keys_of_metric
from speechmine.extractors.metric_tenses import BY_TIME
from speechmine.model import MetricKind

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
# How likely another outcome must be to overrule the rules, where they go by the time alone, where a
# word of the kind says more, and where it is none: what may be owed is not dropped lightly
# (docs/methods.md).
_BY_TIME_SURE = 0.7
_BY_WORD_SURE = 0.75
_DROPPED_SURE = 0.87
#: Weights are kept in steps of this size.
KIND_STEP = 1 / 32
_RULE = "kind.learned"
#: So many things are seldom told only to say which are meant.
_MANY = 100
# What words or dates say of the time of a number against which no weights hold.
_OVER = frozenset(["kind.told_past", "kind.past_year"])
_SETTLED = {
    "achieved": frozenset(["kind.told_owed", "kind.future", "kind.comparison"]),
    "target": _OVER | frozenset(["kind.plan.budget"]),
    "plan": _OVER,
}


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
    least = _BY_TIME_SURE if seen.rule in BY_TIME else _BY_WORD_SURE
    least = max(least, _DROPPED_SURE) if outcome == NO_METRIC else least
    if outcome == said or chances[best] < least or _is_settled(outcome, seen, context):
        return seen.kind, seen.rule
    return ("count" if outcome == NO_METRIC else cast("MetricKind", outcome)), _RULE


def _is_settled(outcome: str, seen: SeenMetric, context: MetricContext) -> bool:
    """What is owed is no fact, what is over or of a budget no goal.

    15个村完成改厕 tells more than which are meant, 零事故 is nothing but a metric.
    """
    if outcome != NO_METRIC:
        return seen.rule in _SETTLED.get(outcome, ())
    bare, number = context.bare, seen.quantity
    powers = context.words.phrases.shapes["unit.powers"].match(number.unit or "")
    if number.high == 0 or powers or (number.low or 0) >= _MANY:
        return True
    clause = bare[clause_start(bare, number.start) : clause_end(bare, number.end)]
    return context.words.phrases.shapes["number.finishes"].search(clause) is not None


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
