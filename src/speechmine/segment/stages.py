"""Stages of one matter in one clause: 3月底前完成摸底、6月底前完成整改、年底前组织验收."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from speechmine.borders import Span
from speechmine.rules.matcher import Matcher

__all__ = ["Dated", "stages_of"]


@dataclass(frozen=True, slots=True)
class Dated:
    """Times of a text, told from words that only say how (持续, 及时).

    Attributes:
        skips: end of a party or a time by its start, and whether it is a party.
        made_of: what a time has in it.
    """

    skips: Mapping[int, tuple[int, bool]]
    made_of: re.Pattern[str]

    def until(self, text: str, start: int) -> int:
        """Where a time that begins here ends; 0 where none does."""
        end, is_party = self.skips.get(start, (0, True))
        return end if not is_party and self.made_of.search(text, start, end) else 0


def stages_of(text: str, clauses: Iterable[Span], verbs: Matcher, times: Dated) -> Iterator[Span]:
    """Clauses cut further where a time with its verb follows another behind 、.

    Args:
        text: the matching view's text.
        clauses: spans between commas.
        verbs: the verb table.
        times: where times stand.

    Example:
        >>> from speechmine.rules.schema import Rule
        >>> verbs = Matcher([Rule(id="v", value="deliver", terms=("完成",))])
        >>> times = Dated({0: (2, False), 7: (9, False)}, re.compile("月"))
        >>> list(stages_of("3月完成摸底、6月完成整改", [(0, 13)], verbs, times))
        [(0, 6), (7, 13)]
    """
    for first, last in clauses:
        at = first
        for mark in _enumeration_marks(text, first, last):
            if _opens_stage(text, (at, mark, last), verbs, times):
                yield at, mark
                at = mark + 1
        yield at, last


def _enumeration_marks(text: str, first: int, last: int) -> Iterator[int]:
    mark = text.find("、", first, last)
    while mark >= 0:
        yield mark
        mark = text.find("、", mark + 1, last)


def _opens_stage(text: str, place: tuple[int, int, int], verbs: Matcher, times: Dated) -> bool:
    at, mark, last = place
    stop = times.until(text, mark + 1)
    if not mark < stop < last or verbs.first_at(text, stop) is None:
        return False
    # 3月底前、9月底前完成 is one verb with two times.
    before = [end for start in range(at, mark) if (end := times.until(text, start))]
    return bool(before) and max(before) < mark
