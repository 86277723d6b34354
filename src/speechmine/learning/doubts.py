"""Which texts to correct first: those that the model is least sure of.

Sampling by uncertainty (Lewis and Gale 1994, SIGIR): the mean over a text's sentences of the
chance that the label is wrong. A mean, so that a long text does not come first for its length.
"""

from __future__ import annotations

from collections.abc import Iterable

from speechmine.model import Extraction

__all__ = ["by_doubt", "doubt_of"]


def doubt_of(extraction: Extraction) -> float:
    """How unsure the model is of a text, from 0 to 1.

    Args:
        extraction: of the text.

    Example:
        >>> import speechmine
        >>> 0 <= doubt_of(speechmine.extract("请区财政局6月底前制定奖补方案。")) <= 1
        True
    """
    judged = [s.confidence for s in extraction.segments if s.confidence is not None]
    judged += [task.confidence for task in extraction.tasks if task.confidence is not None]
    return sum(1 - chance for chance in judged) / len(judged) if judged else 0.0


def by_doubt(extractions: Iterable[Extraction]) -> list[Extraction]:
    """The most doubtful first; those alike in the order given."""
    return sorted(extractions, key=doubt_of, reverse=True)
