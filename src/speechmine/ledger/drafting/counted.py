"""Numbers of things that a row is about: 27个在建工地, 4家搅拌站."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping

from speechmine.ledger.drafting.figures import is_described, shared_end
from speechmine.ledger.drafting.marked import clauses_of
from speechmine.ledger.layout import ledger_words

__all__ = ["counted_things", "is_case_figure", "with_counts"]

# 在建工地, 地质灾害隐患点; a longer run of characters is more than a name.
_LONGEST = 14
_OPEN, _CLOSE = "（(《“‘【", "）)》”’】"


def with_counts(figures: Iterable[str], named: str) -> list[str]:
    """Figures of a row, with the numbers of things and of times in it, as they stand in it.

    Args:
        figures: those that were found.
        named: the words of the row.

    Example:
        >>> with_counts(["留观30分钟"], "留观30分钟，水温每天记录两次")
        ['留观30分钟', '每天记录两次']
        >>> with_counts([], "对27个在建工地和4家搅拌站逐一过筛子")
        ['27个在建工地', '4家搅拌站']
    """
    found = list(figures)
    asked = (hit.span() for pattern in _asked_words() for hit in pattern.finditer(named))
    for start, end in (*asked, *counted_things(named)):
        if not any(_shares(named, (start, end), known) for known in found):
            found.append(named[start:end])
    return sorted(found, key=named.find)


def counted_things(named: str) -> Iterator[tuple[int, int]]:
    """Where numbers stand that count what a deed is done to, with the things behind them.

    A number of a case (超过50台的), of how things stand (目前有), in a name or in quotes is none.

    Args:
        named: the words of a row.

    Example:
        >>> said = "对21家A级景区逐家验收"
        >>> [said[start:end] for start, end in counted_things(said)]
        ['21家A级景区']
        >>> list(counted_things("滞留车辆超过50台的，启动联动机制"))
        []
    """
    words = _counting_words()
    told = False
    for begun, stop in clauses_of(named):
        part = told and words["part"].match(named, begun) is not None
        told = part or words["stated"].search(named, begun, stop) is not None
        if told or words["case"].match(named, begun, stop):
            continue
        for hit in words["number"].finditer(named, begun, stop):
            if words["bound"].search(named, begun, hit.start()) or _is_inside(named, hit.start()):
                continue
            if words["reach"].match(named, hit.end()) or is_described(named, *hit.span()):
                continue
            end = _named_until(named, hit.end(), stop)
            yield hit.start(), shared_end(named, end, named[hit.start() : end])


def is_case_figure(figure: str, named: str) -> bool:
    """Whether a figure says in what case something is owed: 入围企业只有1家|的，谈判采购.

    Args:
        figure: its words, as they stand in the row.
        named: the words of the row.

    Example:
        >>> is_case_figure("报名企业只有1家", "报名企业只有1家的，重新招标")
        True
        >>> is_case_figure("最高50万元", "新建大棚的，补助最高50万元")
        False
    """
    at = named.find(figure)
    for begun, stop in clauses_of(named):
        if begun <= at < stop:
            return _counting_words()["case"].match(named, begun, stop) is not None
    return False


def _named_until(named: str, start: int, stop: int) -> int:
    """Where the name of the things ends that stand behind a number."""
    for kind in ("described", "things"):
        behind = _counting_words()[kind].match(named, start, stop)
        if behind and len(behind[0]) <= _LONGEST:
            return behind.end()
    return start


def _is_inside(named: str, at: int) -> bool:
    """Whether a place is in brackets or quotes."""
    before = named[:at]
    return any(before.count(a) > before.count(b) for a, b in zip(_OPEN, _CLOSE, strict=True))


def _shares(named: str, span: tuple[int, int], known: str) -> bool:
    """Whether a figure that is known stands where another one was found."""
    at = named.find(known)
    return at >= 0 and at < span[1] and span[0] < at + len(known)


@functools.cache
def _counting_words() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(str(said)) for name, said in ledger_words()["counting"].items()}


@functools.cache
def _asked_words() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(str(said)) for said in ledger_words()["figures"]["counts"])
