"""Stages of one matter in one clause: 3月底前完成摸底、6月底前完成整改、年底前组织验收."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from speechmine.patterns import compiled
from speechmine.rules.matcher import Matcher
from speechmine.sentences import Span

__all__ = ["stages_of"]

# What a time is made of, unlike a word that says how (持续, 及时).
_DATED = compiled("[年月季周日底末前]")


def stages_of(
    text: str, clauses: Iterable[Span], verbs: Matcher, skips: Mapping[int, tuple[int, bool]]
) -> Iterator[Span]:
    """Clauses cut further where a time with its verb follows another behind 、.

    Args:
        text: the matching view's text.
        clauses: spans between commas.
        verbs: the verb table.
        skips: end of a party or a time by its start, and whether it is a party.

    Example:
        >>> from speechmine.rules.schema import Rule
        >>> verbs = Matcher([Rule(id="v", value="deliver", terms=("完成",))])
        >>> times = {0: (2, False), 7: (9, False)}
        >>> list(stages_of("3月完成摸底、6月完成整改", [(0, 13)], verbs, times))
        [(0, 6), (7, 13)]
    """
    for first, last in clauses:
        at = first
        for mark in _enumeration_marks(text, first, last):
            if _opens_stage(text, (at, mark, last), verbs, skips):
                yield at, mark
                at = mark + 1
        yield at, last


def _enumeration_marks(text: str, first: int, last: int) -> Iterator[int]:
    mark = text.find("、", first, last)
    while mark >= 0:
        yield mark
        mark = text.find("、", mark + 1, last)


def _opens_stage(
    text: str, place: tuple[int, int, int], verbs: Matcher, skips: Mapping[int, tuple[int, bool]]
) -> bool:
    at, mark, last = place
    stop = _dated_until(text, mark + 1, skips)
    if not mark < stop < last or verbs.first_at(text, stop) is None:
        return False
    # 3月底前、9月底前完成 is one verb with two times.
    before = [end for start in range(at, mark) if (end := _dated_until(text, start, skips))]
    return bool(before) and max(before) < mark


def _dated_until(text: str, start: int, skips: Mapping[int, tuple[int, bool]]) -> int:
    """Where a time that begins here ends; 0 where none does, or only a word (持续, 及时)."""
    end, is_party = skips.get(start, (0, True))
    return end if not is_party and _DATED.search(text, start, end) else 0
