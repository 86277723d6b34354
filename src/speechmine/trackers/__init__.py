"""Ledgers to trackers and back, in step: what people do there stays theirs."""

from speechmine.trackers.items import Item, items_of
from speechmine.trackers.kinds import TRACKERS, TrackerKind
from speechmine.trackers.open import open_sink
from speechmine.trackers.options import TrackerOptions, load_tracker_options
from speechmine.trackers.pulling import Pulled, PulledRow, pull
from speechmine.trackers.pushing import Outcome, push
from speechmine.trackers.sink import Progress, Remote, Sink, TrackerError, TwoWaySink

__all__ = [
    "TRACKERS",
    "Item",
    "Outcome",
    "Progress",
    "Pulled",
    "PulledRow",
    "Remote",
    "Sink",
    "TrackerError",
    "TrackerKind",
    "TrackerOptions",
    "TwoWaySink",
    "items_of",
    "load_tracker_options",
    "open_sink",
    "pull",
    "push",
]
