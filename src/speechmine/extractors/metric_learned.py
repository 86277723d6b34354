"""Whether a number measures anything, and what kind of metric it is, where the words leave it open.

The rules know counts by their words (GUIDELINE M6) and kinds by theirs (M4). A text that nobody has
looked at has others. A log-linear choice among the kinds, or none (multinomial logit: McFadden
1974), that takes what the rules say for one sign among many, overrules them where it is sure. The
weights come from ``scripts/train_metrics.py`` and are whole steps, so that their sums are the same
on any machine.
"""

from __future__ import annotations

import functools
import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import cast

from speechmine.extractors.metric_context import MetricContext
from speechmine.extractors.metric_keys import SeenMetric, keys_of_metric
from speechmine.model import MetricKind

__all__ = [
    "NO_METRIC",
    "OUTCOMES",
    "KindWeights",
    "chances_of_kinds",
    "kind_weights_bytes",
    "learned_kind",
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
#: How likely another kind must be to overrule the rules; how likely it must be that a count is only
#: one, or is a metric after all; and that any other number measures nothing: by texts left out of
#: the training (docs/methods.md).
OTHER_KIND_SURE = 0.7
COUNT_SURE = 0.5
NO_METRIC_SURE = 0.65
KIND_STEP = 1 / 32
_LARGEST = 127
_BETWEEN = b"\0"
# A file of weights never unpacks to more than this many bytes.
_MOST = 1 << 24
_RULE = "kind.learned"
_NOTHING = (0,) * len(OUTCOMES)


@dataclass(frozen=True, slots=True, eq=False)
class KindWeights:
    """Steps by key, one for each of :data:`OUTCOMES`."""

    steps: Mapping[str, Sequence[int]]

    def sums(self, keys: Sequence[str]) -> list[int]:
        """What the keys add up to for each outcome."""
        rows = [self.steps[key] for key in dict.fromkeys(keys) if key in self.steps]
        return list(map(sum, zip(_NOTHING, *rows, strict=True)))


def learned_kind(
    seen: SeenMetric, context: MetricContext, weights: KindWeights | None = None
) -> tuple[MetricKind | None, str]:
    """The kind of a number and the rule that decided; None where it measures nothing.

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
    unit = seen.quantity.unit
    counted = unit is not None and unit.endswith(context.words.counters)
    if outcome == said or chances[best] < _least_chance(outcome, said, counted=counted):
        return seen.kind, seen.rule
    if outcome != NO_METRIC:
        return cast("MetricKind", outcome), _RULE
    return ("count" if counted else None), _RULE


def _least_chance(outcome: str, said: str, *, counted: bool) -> float:
    """How likely an outcome must be to be taken instead of what the rules say."""
    if NO_METRIC not in (outcome, said):
        return OTHER_KIND_SURE
    return COUNT_SURE if counted else NO_METRIC_SURE


def chances_of_kinds(keys: Sequence[str], weights: KindWeights) -> list[float]:
    """How likely each of :data:`OUTCOMES` is."""
    sums = weights.sums(keys)
    highest = max(sums)
    shares = [math.exp((total - highest) * KIND_STEP) for total in sums]
    whole = math.fsum(shares)
    return [share / whole for share in shares]


@functools.cache
def shipped_kinds() -> KindWeights:
    """The weights that come with the package.

    Example:
        >>> len(shipped_kinds().steps) > 1000
        True
    """
    return read_kind_weights((files("speechmine.extractors") / "metrics.bin").read_bytes())


def read_kind_weights(packed: bytes) -> KindWeights:
    """Weights from their stored form.

    Args:
        packed: what :func:`kind_weights_bytes` gave.
    """
    keys, _, steps = zlib.decompressobj().decompress(packed, _MOST).partition(_BETWEEN)
    names, values = keys.decode("utf-8").split("\n"), memoryview(steps).cast("b")
    columns = [values[n : n + len(names)] for n in range(0, len(values), len(names))]
    return KindWeights(dict(zip(names, zip(*columns, strict=True), strict=True)))


def kind_weights_bytes(weights: Mapping[str, Sequence[float]]) -> bytes:
    """The stored form of weights, those that round to nothing left out; same weights, same bytes.

    Args:
        weights: by key, one for each of :data:`OUTCOMES`.

    Example:
        >>> stored = kind_weights_bytes({"a": [0.5] + [0.0] * 7, "b": [0.001] * 8})
        >>> read_kind_weights(stored).sums(["a", "b"])
        [16, 0, 0, 0, 0, 0, 0, 0]
    """
    steps = {key: _in_kind_steps(row) for key, row in weights.items()}
    kept = sorted(key for key, row in steps.items() if any(row) and "\n" not in key)
    body = bytes(steps[key][n] & 0xFF for n in range(len(OUTCOMES)) for key in kept)
    return zlib.compress("\n".join(kept).encode("utf-8") + _BETWEEN + body, 9)


def _in_kind_steps(row: Sequence[float]) -> list[int]:
    return [max(-_LARGEST, min(_LARGEST, round(weight / KIND_STEP))) for weight in row]
