"""Which tracker an address means."""

from __future__ import annotations

import re
from typing import Protocol, cast

from speechmine.declared import declared
from speechmine.errors import UsageError
from speechmine.trackers.kinds import TRACKERS
from speechmine.trackers.options import TrackerOptions
from speechmine.trackers.sink import Sink

__all__ = ["Opener", "open_sink"]

_USER = re.compile(r"//[^/]*@")


class Opener(Protocol):
    """Opens trackers of one kind."""

    def __call__(self, where: str, options: TrackerOptions) -> Sink:
        """The tracker of an address, of which ``where`` stands behind the colon.

        Credentials come from :func:`speechmine.trackers.credentials.credentials_for`.
        """


def open_sink(address: str, options: TrackerOptions | None = None) -> Sink:
    """The tracker of an address; the credentials come from the environment or the keyring.

    Args:
        address: the kind, a colon, and where, as in the examples of
            :data:`speechmine.trackers.TRACKERS`.
        options: what an office profile says of trackers.

    Raises:
        UsageError: no such kind, or no such address.
    """
    name, _, where = address.partition(":")
    for kind in TRACKERS:
        if kind.name == name:
            opener = cast("Opener", declared("speechmine.trackers", kind.open))
            return opener(where, options or TrackerOptions())
    known = ", ".join(kind.example for kind in TRACKERS)
    shown = _USER.sub("//***@", address)
    raise UsageError(f"{shown}: a kind of tracker is expected in front, as in {known}")
