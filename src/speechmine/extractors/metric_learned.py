"""Whether a number measures anything, and what kind of metric it is.

A log-linear choice among the kinds, or none (multinomial logit: McFadden 1974), by what is seen of
the number (GUIDELINE M4, M6). The weights come from ``scripts/train_metrics.py`` and are whole
steps, so that their sums are the same on any machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from speechmine.extractors.metric_context import MetricContext
from speechmine.extractors.metric_keys import SeenMetric, keys_of_doubt, keys_of_metric
from speechmine.extractors.quantities import DoubtfulQuantity
from speechmine.learned.weights import ClassWeights, shares_of, shipped_classes
from speechmine.model import MetricKind

__all__ = [
    "KIND_STEP",
    "NO_METRIC",
    "OUTCOMES",
    "VERDICTS",
    "learned_kind",
    "learned_measures",
    "measures",
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
#: Weights are kept in steps of this size.
KIND_STEP = 1 / 32
_NEVER = 1 << 30
#: What may be owed is not dropped lightly: so many steps likelier it must be none; of what a plan
#: owes more, and most where its clause says by when or that it is aimed at.
_KEPT, _KEPT_IN_PLANS, _KEPT_WHERE_SET = 16, 80, 128
#: What a plan owes is so many steps less likely a fact, where nothing says that it is past.
_NO_FACT = 32
# What says that the time of a number lies ahead, or behind.
_AHEAD = frozenset(("aims", "future", "year>"))
_SET = frozenset(("aims", "due"))
_BEHIND = frozenset(("past", "done", "came", "only", "over", "gone", "base", "headed"))


def learned_kind(
    seen: SeenMetric, context: MetricContext, weights: ClassWeights | None = None
) -> MetricKind:
    """The likeliest kind of a number; one that measures nothing is a ``count``.

    Args:
        seen: the number with its name.
        context: its segment.
        weights: those that come with the package by default.
    """
    sums = (weights or shipped_classes("metrics", len(OUTCOMES))).sums(
        keys_of_metric(seen, context)
    )
    planned = (context.segment.zone, context.segment.discourse) == ("plan", "target")
    for outcome, steps in _against(seen, planned=planned):
        sums[OUTCOMES.index(outcome)] -= steps
    outcome = _in_time(OUTCOMES[sums.index(max(sums))], seen.signs, planned=planned)
    return "count" if outcome == NO_METRIC else cast("MetricKind", outcome)


def _against(seen: SeenMetric, *, planned: bool) -> Iterator[tuple[str, int]]:
    """What speaks against dropping a number, and against a fact in a plan."""
    if seen.quantity.high == 0:  # 零事故 is nothing but a metric
        yield NO_METRIC, _NEVER
    elif not planned:
        yield NO_METRIC, _KEPT
    else:
        yield NO_METRIC, _KEPT_IN_PLANS if _SET.isdisjoint(seen.signs) else _KEPT_WHERE_SET
    if planned and _BEHIND.isdisjoint(seen.signs):
        yield "achieved", _NO_FACT


def _in_time(outcome: str, signs: Sequence[str], *, planned: bool) -> str:
    """What lies ahead is not achieved, and what is over is neither goal nor plan."""
    if outcome == "achieved" and not _AHEAD.isdisjoint(signs):
        return "target"
    if outcome == "plan" and planned and "due" in signs:  # 3月底前拨付600万元
        return "target"
    over = "gone" in signs or ("over" in signs and "owed" not in signs)
    return "achieved" if over and outcome in ("target", "plan") else outcome


#: Whether a number measures something; their order is that of the stored weights.
VERDICTS = (False, True)

# How likely a number must be to measure something: by texts left out of the training
# (docs/methods.md). One more number helps when it is right nearly as often as not.
_LIKELY = 0.4


def learned_measures(
    doubts: Iterable[DoubtfulQuantity],
    context: MetricContext,
    weights: ClassWeights | None = None,
) -> list[DoubtfulQuantity]:
    """Those of some numbers that are likely to measure something.

    Args:
        doubts: numbers that by the rules measure nothing, counted from the segment's start.
        context: the segment.
        weights: those that come with the package by default.
    """
    known = weights or shipped_classes("measures", len(VERDICTS))
    return [d for d in doubts if measures(keys_of_doubt(d, context), known)]


def measures(keys: Iterable[str], weights: ClassWeights) -> bool:
    """Whether a number is likely to measure something.

    Args:
        keys: what is seen of it.
        weights: of :data:`VERDICTS`.
    """
    _, chance = shares_of(weights.sums(keys))
    return chance >= _LIKELY
