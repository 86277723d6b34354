"""Labels that wait for the numbers of a sentence: what is owed and counted is a target."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from speechmine.changes import changed
from speechmine.judge.deciding import OWED, Verdict
from speechmine.model import Discourse, Metric, MetricKind, Segment

__all__ = ["settled_labels"]

_OWED_NUMBERS: frozenset[MetricKind] = frozenset(("target", "plan"))
# An owed number makes a target where its words allow it; without one they must be nearly sure.
_NUMBERED, _UNNUMBERED = 0.1, 0.85


def settled_labels(
    segments: Sequence[Segment], verdicts: Sequence[Verdict], metrics: Sequence[Metric]
) -> Iterator[Segment]:
    """Of what is owed that is a target in which an owed number stands (D4, A4), and only that.

    A sentence without a row in which all numbers are achieved reports (D5).

    Args:
        segments: as they were judged.
        verdicts: of each.
        metrics: what was found in them, in order.
    """
    kinds_at = sorted((metric.start, metric.kind) for metric in metrics)
    for segment, verdict in zip(segments, verdicts, strict=True):
        if segment.discourse not in OWED:
            yield segment
            continue
        first, last = (bisect_left(kinds_at, (at,)) for at in (segment.start, segment.end))
        label = _settled(verdict, {kind for _, kind in kinds_at[first:last]} - {"count"})
        yield segment if label == segment.discourse else changed(segment, discourse=label)


def _settled(verdict: Verdict, kinds: set[MetricKind]) -> Discourse:
    if kinds and not kinds & _OWED_NUMBERS and all(run.doubtful for run in verdict.runs):
        return "review"
    directive, assurance, target = verdict.owed
    share = target / (sum(verdict.owed) or 1.0)
    if share > (_NUMBERED if kinds & _OWED_NUMBERS else _UNNUMBERED):
        return "target"
    return "assurance" if assurance > directive + target else "directive"
