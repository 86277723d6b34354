"""Ledgers to trackers, and in step with them: what people do there stays theirs."""

from speechmine.trackers.items import Item, items_of
from speechmine.trackers.open import open_sink
from speechmine.trackers.pushing import Outcome, push
from speechmine.trackers.sink import Remote, Sink, TrackerError

__all__ = ["Item", "Outcome", "Remote", "Sink", "TrackerError", "items_of", "open_sink", "push"]
