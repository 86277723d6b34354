"""A small chart of when the tasks are due, as SVG inside the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Bar", "bars_of"]

# More bars than these and each month is too thin to be hit; years take their place.
_MOST = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """Tasks due in one month or year: its name, how many, and its height among the others."""

    name: str
    count: int
    share: float


def bars_of(latest: Iterable[str]) -> tuple[Bar, ...]:
    """Last days (ISO 8601) by month, or by year where that makes too many bars.

    Months in between without a task are bars of height 0, so that distances in time are true.

    Example:
        >>> [(bar.name, bar.count) for bar in bars_of(["2024-03-31", "2024-03-15", "2024-05-31"])]
        [('2024-03', 2), ('2024-04', 0), ('2024-05', 1)]
    """
    days = sorted(day for day in latest if day)
    if not days:
        return ()
    months = [(int(day[:4]), int(day[5:7])) for day in days]
    first, last = (year * 12 + month - 1 for year, month in (months[0], months[-1]))
    if last - first < _MOST:
        names = [f"{at // 12:04}-{at % 12 + 1:02}" for at in range(first, last + 1)]
        counts = Counter(day[:7] for day in days)
    else:
        names = [f"{year:04}" for year in range(months[0][0], months[-1][0] + 1)][:_MOST]
        counts = Counter(day[:4] for day in days)
    most = max(counts.values())
    return tuple(Bar(name, counts[name], counts[name] / most) for name in names)
