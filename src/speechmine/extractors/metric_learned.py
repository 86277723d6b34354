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

from speechmine.extractors.metric_context import MetricContext, clause_start
from speechmine.extractors.metric_keys import SeenMetric, keys_of_metric
from speechmine.extractors.metric_sayings import clause_end
from speechmine.extractors.metric_tenses import time_said
from speechmine.model import MetricKind, Quantity

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
#: How likely another kind must be to overrule the rules, and how likely it must be that a count is
#: only one, or is a metric after all: by texts left out of the training (docs/methods.md).
OTHER_KIND_SURE = 0.75
COUNT_SURE = 0.55
KIND_STEP = 1 / 32
_LARGEST = 127
_BETWEEN = b"\0"
# A file of weights never unpacks to more than this many bytes.
_MOST = 1 << 24
_RULE = "kind.learned"
#: What words say of the time of a number against which no weights hold.
_TIMES = {"achieved": "owed", "target": "past"}
#: So many things are seldom told only to say which are meant.
_MANY = 30
# Bytes of a lane, and what is added to the steps in it: so many keys as there are never fill it.
_LANE, _BIAS = 3, 128
_LANES = range(0, _LANE * len(OUTCOMES), _LANE)
_BIASED = bytes((step + _BIAS) % 256 for step in range(256))


@dataclass(frozen=True, slots=True, eq=False)
class KindWeights:
    """Steps by key, those for all of :data:`OUTCOMES` in one number, so that one sum adds all.

    Each has a lane of its own, and stands there :data:`_BIAS` above what it is: none is negative.
    """

    steps: Mapping[str, int]

    def sums(self, keys: Sequence[str]) -> list[int]:
        """What the keys add up to for each outcome."""
        rows = [self.steps[key] for key in dict.fromkeys(keys) if key in self.steps]
        lanes = sum(rows).to_bytes(_LANE * len(OUTCOMES), "little")
        sums = (int.from_bytes(lanes[n : n + _LANE], "little") for n in _LANES)
        return [total - _BIAS * len(rows) for total in sums]


def learned_kind(
    seen: SeenMetric, context: MetricContext, weights: KindWeights | None = None
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
    names, values = keys.decode("utf-8").split("\n"), steps.translate(_BIASED)
    width = _LANE * len(OUTCOMES)
    lanes = bytearray(len(names) * width)
    for n, at in enumerate(_LANES):
        lanes[at::width] = values[n * len(names) : (n + 1) * len(names)]
    rows = (int.from_bytes(lanes[at : at + width], "little") for at in range(0, len(lanes), width))
    return KindWeights(dict(zip(names, rows, strict=True)))


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
