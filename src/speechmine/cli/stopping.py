"""Ctrl-C: heard in time, and told with how to go on."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterable, Iterator, Sequence
from gettext import gettext as _
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from speechmine.model import Extraction

__all__ = ["heard_ctrl_c", "told_how_to_go_on", "until_pressed"]


@contextlib.contextmanager
def heard_ctrl_c() -> Iterator[list[int]]:
    """Note each Ctrl-C: Python loses the exception where it comes up while an object is deleted."""
    pressed: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield pressed  # only the main thread hears signals
        return

    def note(number: int, frame: FrameType | None) -> None:
        pressed.append(number)
        signal.default_int_handler(number, frame)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)


def until_pressed(
    pressed: Sequence[int], extractions: Iterable[Extraction]
) -> Iterator[Extraction]:
    """The extractions, until Ctrl-C was pressed."""
    for extraction in extractions:
        if pressed:
            raise KeyboardInterrupt
        yield extraction


def told_how_to_go_on(out: str | None) -> str:
    """What is said when the user stopped a run."""
    if out is None:
        return "speechmine: " + _("stopped")
    told = _("stopped; the same command again goes on where it was ({out})").format(out=out)
    return f"speechmine: {told}"
