"""What is said of a text that was recognised from pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from speechmine.model import DOUBTFUL, Doubt, Notice

__all__ = ["recognition_notices"]

_SHOWN = 20


def recognition_notices(
    text: str, doubts: Sequence[Doubt], pages: Sequence[int]
) -> Iterator[Notice]:
    """That the text was recognised, how surely, and each stretch that is doubtful.

    Args:
        text: of the document.
        doubts: in it, in order.
        pages: that were recognised.

    Example:
        >>> [n.message for n in recognition_notices("修渠1.2里", [Doubt(2, 5, 0.62)], [1])]
        ['recognised from pictures (扫描件): pages 1; 3 doubtful characters of 6 (待核)', \
'待核: recognised with a chance of 0.62 of being right: 1.2']
    """
    if not pages:
        return
    found = list(_stretches(doubts))
    count = sum(doubt.end - doubt.start for doubt in found)
    listed = ", ".join(map(str, pages[:_SHOWN])) + (" ..." if len(pages) > _SHOWN else "")
    yield Notice(
        "recognised_text",
        f"recognised from pictures (扫描件): pages {listed}; {count} doubtful characters of "
        f"{len(text)} (待核)",
    )
    for doubt in found:
        quote = text[doubt.start : doubt.end]
        message = (
            f"待核: recognised with a chance of {doubt.confidence:.2f} of being right: {quote}"
        )
        yield Notice("doubtful_characters", message, doubt.start, doubt.end)


def _stretches(doubts: Sequence[Doubt]) -> Iterator[Doubt]:
    """Doubtful neighbours as one stretch, as sure as the least sure of them."""
    last: Doubt | None = None
    for doubt in doubts:
        if doubt.confidence >= DOUBTFUL:
            continue
        if last is not None and doubt.start <= last.end:
            last = Doubt(last.start, doubt.end, min(last.confidence, doubt.confidence))
            continue
        if last is not None:
            yield last
        last = doubt
    if last is not None:
        yield last
