"""What an office has to look at before it takes a row for a task of somebody."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from speechmine.ledger.layout import ledger_words

__all__ = ["doubts_of"]

# What is said of the words of a row, and what of the heading that it stands under.
_OF_WORDS = ("permission", "rule", "body", "past", "cost", "own")
_OF_HEADING = ("review",)


def doubts_of(named: str, section: str) -> Iterator[str]:
    """Remarks on a row that is allowed, a rule, told or done already, and so perhaps no task.

    Args:
        named: what the row says is to be done.
        section: its category.

    Example:
        >>> list(doubts_of("超过3日未签收的视为逾期", ""))
        ['待核：属认定、计分规则']
        >>> list(doubts_of("县水利局修好示例水闸", "二、今年工作"))
        []
    """
    doubts = _doubts()
    yield from (doubts[name].says for name in _OF_WORDS if doubts[name].told_by(named))
    yield from (doubts[name].says for name in _OF_HEADING if doubts[name].told_by(section))


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
