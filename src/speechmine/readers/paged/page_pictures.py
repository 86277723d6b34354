"""Pictures of pages made fit to be read: red print apart, pale print and paper white, straight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from speechmine.readers.paged.page_rules import RuledLine

if TYPE_CHECKING:
    import numpy.typing as npt
    from PIL.Image import Image

    Picture = npt.NDArray[np.uint8]

__all__ = ["Inked", "parted", "rules_of", "straightened"]

# Red is at least this much stronger than green and blue, of 255.
_RED = 50
_LEAST_RED = 0.0004
# Ink is as dark as the darkest of so many pixels; paper whatever is this much nearer to white.
_INK_PERCENTILE, _PALE = 1.0, 0.62
_LEAST_CONTRAST = 24
# A ruled line is this long, in shares of the page's width, and no thicker than that.
_LINE, _THICK = 0.035, 0.004


@dataclass(frozen=True, slots=True)
class Inked:
    """A page in its colours of ink: what is black or blue, and what is red (None: nothing)."""

    body: Picture
    red: Picture | None


def parted(picture: Image) -> Inked | None:
    """Part the inks of a page; None for a page without ink.

    Args:
        picture: of the page, in RGB.
    """
    pixels = np.asarray(picture.convert("RGB"))
    red, green, blue = (pixels[:, :, i].astype(np.int16) for i in range(3))
    is_red = (red - np.maximum(green, blue)) > _RED
    # Where a red stamp lies over black print the print stays darker than the stamp.
    gray = np.where(is_red, red, cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)).astype(np.uint8)
    body = _cleared(gray)
    share = float(is_red.mean())
    stamped = np.where(is_red, np.minimum(green, blue), 255).astype(np.uint8)
    has_red = share > _LEAST_RED
    if body is None and not has_red:
        return None
    body = np.full_like(gray, 255) if body is None else body
    return Inked(_coloured(body), _coloured(stamped) if has_red else None)


def _coloured(gray: Picture) -> Picture:
    return np.asarray(cv2.cvtColor(gray, cv2.COLOR_GRAY2BGR), dtype=np.uint8)


def _cleared(gray: Picture) -> Picture | None:
    """Paper and pale print white, ink black; None where nothing stands out from the paper."""
    paper = float(np.median(gray))
    ink = float(np.percentile(gray, _INK_PERCENTILE))
    if paper - ink < _LEAST_CONTRAST:
        ink = float(gray.min())
        if paper - ink < 2 * _LEAST_CONTRAST:
            return None
    white = ink + _PALE * (paper - ink)
    spread = (gray.astype(np.float32) - ink) * (255 / (white - ink))
    return np.asarray(np.clip(spread, 0, 255), dtype=np.uint8)


def straightened(picture: Picture, degrees: float) -> tuple[Picture, npt.NDArray[np.float64]]:
    """The picture turned around its middle, and the map of its places.

    Args:
        picture: of a page.
        degrees: clockwise tilt that is taken back.
    """
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    white = (255, 255, 255)
    turned = cv2.warpAffine(picture, turn, (width, height), borderValue=white)
    return np.asarray(turned, dtype=np.uint8), np.asarray(turn, dtype=np.float64)


def rules_of(picture: Picture) -> list[RuledLine]:
    """Straight lines drawn along and across a straight page, in pixels."""
    gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    ink = np.asarray(gray < 128, dtype=np.uint8)
    _, width = ink.shape
    length, thick = max(int(width * _LINE), 20), max(int(width * _THICK), 3)
    return [
        *_inked_lines(ink, (length, 1), thick, upright=False),
        *_inked_lines(ink, (1, length), thick, upright=True),
    ]


def _inked_lines(
    ink: Picture, shape: tuple[int, int], thick: int, *, upright: bool
) -> list[RuledLine]:
    """What is left where only runs of ink of a length are kept, gaps of a pixel or two closed."""
    gap = (1, 5) if upright else (5, 1)
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(gap[::-1], np.uint8))
    kept = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones(shape[::-1], np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(kept)
    found = []
    for left, top, width, height, _ in boxes[1:]:
        along, across = (height, width) if upright else (width, height)
        if across <= thick:
            at = left + width / 2 if upright else top + height / 2
            start = top if upright else left
            found.append(RuledLine(upright, float(at), float(start), float(start + along)))
    return found
