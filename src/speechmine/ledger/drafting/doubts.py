"""What an office has to look at before it takes a row for a task of somebody."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from speechmine.ledger.layout import alternatives_of, ledger_words

__all__ = ["DoubtfulRow", "doubts_of", "explains"]

_MAY_BE_OWED = ("named", "above")


@dataclass(frozen=True, slots=True)
class DoubtfulRow:
    """What tells whether a row is a task of somebody.

    Attributes:
        named: what the row says is to be done.
        section: its category.
        above: the words before it that its remark gives.
        bodies: who answers for it.
    """

    named: str
    section: str = ""
    above: str = ""
    bodies: tuple[str, ...] = ()


def doubts_of(row: DoubtfulRow) -> Iterator[str]:
    """Remarks on a row that is allowed, a rule, told or done already, and so perhaps no task.

    Args:
        row: what is known of it.

    Example:
        >>> list(doubts_of(DoubtfulRow("超过3日未签收的视为逾期")))
        ['待核：属认定、奖惩规则']
        >>> list(doubts_of(DoubtfulRow("县水利局修好示例水闸", "二、今年工作")))
        []
    """
    said: dict[str, str] = {
        "named": row.named,
        "alone": "" if row.bodies else row.named,
        "above": row.above,
        "section": row.section,
        "body": "".join(row.bodies[:1]),
    }
    if re.search(str(ledger_words()["later"]), row.named):
        said["section"] = ""
    told = (d.says for d in _doubts().values() if any(d.told_by(of, said[of]) for of in d.of))
    yield from dict.fromkeys(told)


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
    start, end = _explanations(text)
    return start < at < end


@functools.lru_cache(maxsize=4)
def _explanations(text: str) -> tuple[int, int]:
    """Where they begin and end; nowhere where nothing is explained."""
    found = re.search(str(ledger_words()["explained"]), text)
    return found.span() if found else (0, 0)


@dataclass(frozen=True, slots=True)
class _RowDoubt:
    says: str
    words: re.Pattern[str]
    of: tuple[str, ...]

    def told_by(self, of: str, said: str) -> bool:
        """Whether words of one kind tell it, and do not say that something is owed."""
        owed = of in _MAY_BE_OWED and _owed().search(said) is not None
        return not owed and self.words.search(said) is not None


@functools.cache
def _owed() -> re.Pattern[str]:
    return re.compile(str(ledger_words()["doubts"]["owed"]))


@functools.cache
def _doubts() -> dict[str, _RowDoubt]:
    return {
        name: _RowDoubt(said["says"], alternatives_of(said["words"]), tuple(said["of"]))
        for name, said in ledger_words()["doubts"].items()
        if name != "owed"
    }
