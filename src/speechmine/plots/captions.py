"""What stands below a figure: what is shown, of which reports and years, by which words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from speechmine.plots.words import has, parts_joined, say

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["caption_of", "range_told", "spans_told", "years_told"]

# A list of names longer than this is told by its length.
_FEW_NAMES = 6


def caption_of(table: pd.DataFrame, *more: str, base: str | None = None) -> str:
    """What the numbers are shares of, of how many reports, and by what method.

    Args:
        table: with its ``attrs``; those of the table that it was made from count too.
        more: what else is said, before the method.
        base: instead of the table's own.

    Example:
        >>> import pandas as pd
        >>> frame = pd.DataFrame({"n": [1]})
        >>> frame.attrs.update(method="count", n_reports=3, params={"base": "chars", "per": 10000})
        >>> caption_of(frame, "2020—2024年")
        '基数：每万汉字；n = 3篇；2020—2024年；方法：count'
    """
    own = table.attrs
    of = own.get("params", {}).get("of") or {}
    params = {**of.get("params", {}), **own.get("params", {})}
    attrs = {**of, **own}
    told = [base or _base_told(table, params), _reports_told(attrs), *more]
    told += [_filters_told(attrs.get("filters") or {})]
    for name, key in (
        ("note", "note"),
        ("note", "warning"),
        ("method", "method"),
        ("vocabulary", "vocabulary"),
    ):
        told += [say(name, text=attrs[key])] if attrs.get(key) else []
    return parts_joined(*told)


def years_told(first: float, last: float) -> str:
    """From when to when.

    Example:
        >>> years_told(1990, 2026)
        '1990—2026年'
    """
    return say("years", first=f"{first:.0f}", last=f"{last:.0f}")


def _base_told(table: pd.DataFrame, params: Mapping[str, Any]) -> str:
    stated = list(table["base"].dropna()) if "base" in table.columns else []
    base = stated[0] if stated else params.get("base")
    if base is None:
        return ""
    per = say(f"per.{params['per']}") if has(f"per.{params.get('per')}") else ""
    name = say(f"base.{base}") if has(f"base.{base}") else str(base)
    return say("base", per=per, name=name)


def _reports_told(attrs: Mapping[Any, Any]) -> str:
    return say("reports", n=attrs["n_reports"]) if attrs.get("n_reports") else ""


def _filters_told(filters: Mapping[str, Any]) -> str:
    told = [
        f"{say(f'filter.{name}') if has(f'filter.{name}') else name} {range_told(value)}"
        for name, value in filters.items()
    ]
    return say("scope", filters=parts_joined(*told, listed=True)) if told else ""


def range_told(value: object) -> str:
    """A selection in a few words: years that follow one another as a span.

    Example:
        >>> range_told((2018, 2022)), range_told([2001, 2002, 2003, 2010]), range_told("清溪县")
        ('2018—2022', '2001—2003、2010', '清溪县')
    """
    if isinstance(value, tuple) and len(value) == 2:
        return say("range").join(dict.fromkeys(map(str, value)))
    if not isinstance(value, (list, tuple, set, frozenset)):
        return str(value)
    listed = sorted(value, key=str)
    if listed and all(isinstance(one, int) for one in listed):
        return parts_joined(*spans_told(sorted(listed)), listed=True)
    more = f" …（{len(listed)}）" if len(listed) > _FEW_NAMES else ""
    return parts_joined(*map(str, listed[:_FEW_NAMES]), listed=True) + more


def spans_told(years: Sequence[int]) -> list[str]:
    """Runs of years that follow one another, the years ascending."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return [str(r[0]) if len(r) == 1 else f"{r[0]}{say('range')}{r[-1]}" for r in runs]
