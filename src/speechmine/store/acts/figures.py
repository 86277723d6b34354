"""What a reader does to the figures of a text."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType

from speechmine.errors import UsageError
from speechmine.model import Metric, content_id
from speechmine.store.acts.common import BY_HAND, Changes, stretch_of
from speechmine.store.folding import State
from speechmine.store.reading import metric_in
from speechmine.store.records import RecordChange

__all__ = ["NOTHING", "Fields", "add_metric", "change_metric", "drop_metric"]


#: Values by name of the field.
Fields = Mapping[str, object]


NOTHING: Fields = MappingProxyType({})


_METRIC_FIELDS = frozenset(
    ("indicator", "low", "high", "unit", "comparator", "kind", "change", "period", "scope")
)


def add_metric(state: State, start: int, end: int, fields: Fields = NOTHING) -> Changes:
    """A stretch holds a figure that was missed.

    Args:
        state: of the text.
        start: of the stretch.
        end: of the stretch.
        fields: what is known of it, in the place of what is read there.
    """
    start, end = stretch_of(state, start, end)
    around = state.segment_at(start)
    document, rules = state.base.document, state.rules
    read = metric_in(document, start, end, around, rules) if around else None
    if read is None:
        raise UsageError("metric: no figure stands in what is selected (所选文字中没有数值)")
    text = state.base.document.text[start:end]
    name = content_id("m", (start, end, text, BY_HAND))
    if name in state.metrics:
        raise UsageError("metric: it is there already (已有该指标)")
    made = dataclasses.replace(read, id=name, text=text, start=start, end=end, rule=BY_HAND)
    return (RecordChange("metric", name, None, _metric_with(made, fields), whole=True),)


def change_metric(state: State, metric: str, fields: Fields) -> Changes:
    """A figure means something else: see :class:`speechmine.model.Metric`."""
    old = _metric_there(state, metric)
    return (RecordChange("metric", old.id, old, _metric_with(old, fields)),)


def drop_metric(state: State, metric: str) -> Changes:
    """A stretch holds no figure that measures anything."""
    old = _metric_there(state, metric)
    return (RecordChange("metric", old.id, old, None),)


def _metric_with(metric: Metric, fields: Fields) -> Metric:
    import msgspec

    unknown = set(fields) - _METRIC_FIELDS
    if unknown:
        raise UsageError(f"metric: no field {', '.join(sorted(unknown))}")
    try:
        held = msgspec.convert({**msgspec.to_builtins(metric), **fields}, Metric)
    except msgspec.ValidationError as error:
        raise UsageError(f"metric: {error}") from error
    if held.low is not None and held.high is not None and held.low > held.high:
        raise UsageError(f"metric: from {held.low} to {held.high} is no range (下限大于上限)")
    valued = {"low", "high", "unit"} & set(fields)
    same = all(getattr(held, name) == getattr(metric, name) for name in valued)
    # The value in the base unit was counted from what was read, and is known no longer.
    return (
        held if same else dataclasses.replace(held, norm_low=None, norm_high=None, norm_unit=None)
    )


def _metric_there(state: State, metric: str) -> Metric:
    if metric not in state.metrics:
        raise UsageError(f"metric {metric}: it is not there any more; load the page again")
    return state.metrics[metric]
