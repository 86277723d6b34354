"""What an office has to look at before it takes a row for a task of somebody."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from speechmine.ledger.layout import ledger_words

__all__ = ["DoubtfulRow", "doubts_of", "explains"]

# What is said of the words of a row, and what of those before it, of its heading and of its bodies.
_OF_WORDS = (
    "permission",
    "allowed",
    "rule",
    "share",
    "penalty",
    "threat",
    "body",
    "past",
    "going",
    "cost",
    "preamble",
    "draft",
)
_OF_SPEAKERS = ("own",)
_OF_CONTEXT = ("narrated", "open")
_OF_HEADING = ("review",)
_OF_BODIES = ("state",)


@dataclass(frozen=True, slots=True)
class DoubtfulRow:
    """What tells whether a row is a task of somebody.

    Attributes:
        named: what the row says is to be done.
        section: its category.
        above: the words before it that its remark gives.
        bodies: who answers for it.
        explained: whether it stands where words of the text are explained.
    """

    named: str
    section: str = ""
    above: str = ""
    bodies: tuple[str, ...] = ()
    explained: bool = False


def doubts_of(row: DoubtfulRow) -> Iterator[str]:
    """Remarks on a row that is allowed, a rule, told or done already, and so perhaps no task.

    Args:
        row: what is known of it.

    Example:
        >>> list(doubts_of(DoubtfulRow("超过3日未签收的视为逾期")))
        ['待核：属认定、计分规则']
        >>> list(doubts_of(DoubtfulRow("县水利局修好示例水闸", "二、今年工作")))
        []
    """
    speaker = () if row.bodies else _OF_SPEAKERS
    told = [
        *((name, row.named) for name in (*_OF_WORDS, *speaker)),
        *((name, row.above) for name in _OF_CONTEXT),
        *((name, row.section) for name in _OF_HEADING),
        *((name, body) for name in _OF_BODIES for body in row.bodies[:1]),
    ]
    doubts = _doubts()
    if row.explained:
        yield doubts["explained"].says
    yield from dict.fromkeys(doubts[name].says for name, said in told if doubts[name].told_by(said))


def explains(text: str, at: int) -> bool:
    r"""Whether a place stands where words of the text are explained (名词解释).

    Args:
        text: of the document.
        at: the place.

    Example:
        >>> text = "修好水渠。\n名词解释\n1.五小工程：小水窖等。"
        >>> explains(text, 1), explains(text, 13)
        (False, True)
    """
    return at > _explanations(text) >= 0


@functools.lru_cache(maxsize=4)
def _explanations(text: str) -> int:
    """Where they begin; -1 where nothing is explained."""
    found = _doubts()["explained"].words.search(text)
    return found.start() if found else -1


@dataclass(frozen=True, slots=True)
class _RowDoubt:
    says: str
    words: re.Pattern[str]
    unless: re.Pattern[str]

    def told_by(self, said: str) -> bool:
        return self.words.search(said) is not None and self.unless.search(said) is None


@functools.cache
def _doubts() -> dict[str, _RowDoubt]:
    return {
        name: _RowDoubt(said["says"], re.compile(said["words"]), re.compile(said["unless"]))
        for name, said in ledger_words()["doubts"].items()
    }
