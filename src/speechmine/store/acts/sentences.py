"""What a reader does to a sentence."""

from __future__ import annotations

import dataclasses

from speechmine.errors import UsageError
from speechmine.model import Discourse
from speechmine.store.acts.common import Changes, one_of
from speechmine.store.folding import State
from speechmine.store.records import RecordChange, key_of

__all__ = ["label"]


def label(state: State, start: int, discourse: str) -> Changes:
    """A sentence does this: see :data:`speechmine.model.Discourse`."""
    segment = state.segment_at(start)
    if segment is None:
        raise UsageError(f"offset {start}: no sentence stands there")
    named = dataclasses.replace(segment, discourse=one_of(discourse, Discourse, "label"))
    return (RecordChange("label", key_of(segment), segment, named),)
