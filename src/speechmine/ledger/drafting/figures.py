"""The cell of figures: each number that a row asks for, with the words of its item."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping

from speechmine.ledger.drafting.phrases import MARKS
from speechmine.ledger.layout import ledger_words
from speechmine.model import Metric

__all__ = ["figure_items"]

# A longer item is said by its figure alone.
_LONGEST = 40
# Facts, and what figures are measured against, are nothing that is owed.
_TOLD = frozenset(("achieved", "baseline", "comparison", "reference"))
_OPEN, _CLOSE = "（(《“‘[【", "）)》”’]】"


def figure_items(said: str, metrics: Iterable[Metric], start: int) -> Iterator[str]:
    """The items of a row that hold a figure, word for word and each once.

    An item is what stands between two marks of the row; of a list with several numbers
    (建成学校3所、幼儿园5所) each one with its own. A figure that says in which case something is
    owed (超过3天的，) is none, nor is a number in quotes.

    Args:
        said: the words of the row.
        metrics: of the text; those inside the row count.
        start: where the words begin in it.

    Example:
        >>> list(figure_items("年内建成学校3所、幼儿园5所，逾期3天的，通报", (), 0))
        ['年内建成学校3所', '幼儿园5所']
    """
    metrics = list(metrics)
    told = [m for m in metrics if m.kind in _TOLD]
    owed = [m for m in metrics if m.kind not in _TOLD and _counts(m)]
    places = [(max(0, m.start - start), m.end - start) for m in owed if m.end > start]
    places += [hit.span() for hit in _item_patterns()["counted"].finditer(said)]
    facts = [(m.start - start, m.end - start) for m in told]
    known: dict[str, None] = {}
    for place in sorted(places):
        if place[1] > len(said) or any(a < place[1] and place[0] < b for a, b in facts):
            continue
        begun, end = _item(said, place)
        if _item_patterns()["case"].match(said, begun) or _is_quoted(said, place[0]):
            continue
        words = said[begun:end] if end - begun <= _LONGEST else said[slice(*place)]
        known.setdefault(words.strip(MARKS))
    yield from _outermost(known)


def _counts(metric: Metric) -> bool:
    """Whether it can be measured against something (质量不断提高 cannot, 高于全省平均 can)."""
    return not metric.rule.startswith("absence.weak")


def _item(said: str, place: tuple[int, int]) -> tuple[int, int]:
    """The words around a figure up to a mark, or to a 、 between two numbers."""
    begun = max((m.end() for m in _marks(said, 0, place[0])), default=0)
    end = next((m.start() for m in _marks(said, place[1], len(said))), len(said))
    return begun, end


def _marks(said: str, start: int, end: int) -> Iterator[re.Match[str]]:
    return (
        mark
        for mark in _item_patterns()["mark"].finditer(said, start, end)
        if mark[0] != "、" or _parts_numbers(said, mark.start())
    )


def _parts_numbers(said: str, at: int) -> bool:
    """Whether a number of its own stands on both sides of a 、 in its clause.

    细颗粒物、臭氧浓度分别降到30微克、60微克: each belongs to a name of its own; they are one item.
    """
    patterns = _item_patterns()
    digit, clause = patterns["digit"], patterns["clause"]
    around = clause.split(said[:at])[-1] + clause.split(said[at:])[0]
    if patterns["each"].search(around):
        return False
    before = patterns["mark"].split(said[:at])[-1]
    behind = _item_patterns()["mark"].split(said[at + 1 :])[0]
    return digit.search(before) is not None and digit.search(behind) is not None


def _is_quoted(said: str, at: int) -> bool:
    before = said[:at]
    return any(before.count(a) > before.count(b) for a, b in zip(_OPEN, _CLOSE, strict=True))


def _outermost(items: Iterable[str]) -> Iterator[str]:
    kept = list(items)
    yield from (item for item in kept if item and not any(item != o and item in o for o in kept))


@functools.cache
def _item_patterns() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(str(said)) for name, said in ledger_words()["figures"].items()}
