"""Ledgers to trackers and back, in step: what people do there stays theirs.

Names are loaded when they are first used: whoever asks what trackers there are needs no ledger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from speechmine.declared import lazily

if TYPE_CHECKING:
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

_HOME = {
    "items": ("Item", "items_of"),
    "kinds": ("TRACKERS", "TrackerKind"),
    "open": ("open_sink",),
    "options": ("TrackerOptions", "load_tracker_options"),
    "pulling": ("Pulled", "PulledRow", "pull"),
    "pushing": ("Outcome", "push"),
    "sink": ("Progress", "Remote", "Sink", "TrackerError", "TwoWaySink"),
}
__getattr__ = lazily(__name__, _HOME)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
