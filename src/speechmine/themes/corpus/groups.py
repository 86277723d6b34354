"""Texts by group, and the groups that have none: a missing year is a row with a reason."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd

from speechmine.errors import UsageError
from speechmine.themes.corpus.texts import Text, Texts
from speechmine.themes.words.entries import shipped

__all__ = ["By", "Slice", "gap_rows", "group_frame", "grouping", "slices_of"]

#: One grouping variable or several: year, period, place, level, section, discourse.
By = str | Sequence[str]


_OF_DOCUMENT = ("year", "period", "place", "level")


_OF_SEGMENT = ("section", "discourse")


_NO_TEXT = "no text in this part of the report"
_NOT_HERE = "not in this corpus"


@dataclass(frozen=True, eq=False)
class Slice:
    """The part of one text that belongs to one group."""

    key: tuple[object, ...]
    text: Text


def grouping(by: By) -> tuple[str, ...]:
    """The names of the grouping variables.

    Raises:
        UsageError: one of them is none.

    Example:
        >>> grouping("year")
        ('year',)
    """
    names = (by,) if isinstance(by, str) else tuple(by)
    known = (*_OF_DOCUMENT, *_OF_SEGMENT)
    for name in names:
        if name not in known:
            raise UsageError(f"by={name!r}: one of {', '.join(known)} is expected")
    return names


def slices_of(corpus: Texts, by: By) -> tuple[Slice, ...]:
    """The texts of a corpus, split where a group is a part of a text, in the order of the keys."""
    names = grouping(by)
    found = [piece for text in corpus.texts for piece in _slices_of_text(text, names)]
    return tuple(sorted(found, key=lambda piece: tuple(map(_sortable, piece.key))))


def _sortable(value: object) -> tuple[bool, int, str]:
    number = value if isinstance(value, int) else 0
    return value is None, number, "" if isinstance(value, int) else str(value)


def _slices_of_text(text: Text, names: tuple[str, ...]) -> Iterator[Slice]:
    parts = [name for name in names if name in _OF_SEGMENT]
    if not parts:
        yield Slice(_group_key(text, names, {}), text)
        return
    zones = _labels_in(text, "zone") if "section" in parts else [None]
    labels = _labels_in(text, "discourse") if "discourse" in parts else [None]
    for zone in zones:
        for label in labels:
            part = text.narrowed(zone and [zone], label and [label])
            known = {"section": zone, "discourse": label}
            yield Slice(_group_key(text, names, known), part)


def _labels_in(text: Text, name: str) -> list[Any]:
    allowed = text.zones if name == "zone" else text.labels
    found = dict.fromkeys(getattr(segment, name) for segment in text.source.segments)
    return [value for value in found if allowed is None or value in allowed]


def _group_key(text: Text, names: tuple[str, ...], known: dict[str, Any]) -> tuple[object, ...]:
    document = text.source.document
    known = {"place": document.place, "level": document.level, **known}
    known |= {"year": text.year, "period": text.period}
    return tuple(known[name] for name in names)


def group_frame(corpus: Texts, by: By) -> pd.DataFrame:
    """One row a group: its reports and Han characters; missing years with a reason.

    Args:
        corpus: what is compared.
        by: grouping variables.

    Returns:
        The grouping columns, ``n_reports``, ``n_chars``, ``reason`` (empty where there is text).

    Example:
        >>> from speechmine.themes import load_corpus
        >>> table = group_frame(load_corpus({2021: "抓改革", 2023: "稳就业"}), "year")
        >>> table[["year", "n_chars"]].fillna(-1).values.tolist()
        [[2021, 3], [2022, -1], [2023, 3]]
    """
    names = grouping(by)
    rows: dict[tuple[object, ...], list[int]] = {}
    for piece in slices_of(corpus, names):
        row = rows.setdefault(piece.key, [0, 0])
        row[0] += 1
        row[1] += piece.text.n_chars
    records = [
        {**dict(zip(names, key, strict=True)), "n_reports": n, "n_chars": chars or pd.NA}
        for key, (n, chars) in rows.items()
    ]
    frame = pd.DataFrame(records, columns=[*names, "n_reports", "n_chars"])
    frame["reason"] = frame["n_chars"].isna().map({True: _NO_TEXT, False: None})
    frame = pd.concat([frame.astype(object), gap_rows(corpus, names)], ignore_index=True)
    return _typed_groups(frame, names)


def _typed_groups(frame: pd.DataFrame, names: tuple[str, ...]) -> pd.DataFrame:
    frame = frame.sort_values(
        list(names), ignore_index=True, na_position="last", key=lambda c: c.map(_missing_last)
    )
    types = {"n_reports": "Int64", "n_chars": "Int64", "reason": "string"}
    types |= {name: "Int64" if name == "year" else "string" for name in names}
    return frame.astype(types)


def _missing_last(value: object) -> object:
    return pd.NA if value is None else value


def gap_rows(corpus: Texts, names: Sequence[str]) -> pd.DataFrame:
    """Years between the first and the last of a place (or of the corpus) that have no text."""
    columns = [*names, "n_reports", "n_chars", "reason"]
    if "year" not in names:
        return pd.DataFrame(_empty_periods(corpus, names), columns=columns, dtype=object)
    others = [name for name in names if name in ("place", "level")]
    rows = [
        {**dict(zip(others, key, strict=True)), "year": year, "n_reports": 0, "reason": reason}
        for key, years, levels in _years_by_group(corpus, others)
        for year, reason in _missing_years(years, levels)
    ]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def _empty_periods(corpus: Texts, names: Sequence[str]) -> list[dict[str, object]]:
    """Spans of years without a report; of what else they are grouped by nothing is known."""
    if "period" not in names:
        return []
    held = {text.period for text in corpus.texts}
    asked = [str(name) for name in cast("Sequence[str]", corpus.filters.get("periods", ()))]
    return [
        {"period": name, "n_reports": 0, "reason": _NOT_HERE} for name in asked if name not in held
    ]


def _years_by_group(
    corpus: Texts, others: Sequence[str]
) -> Iterator[tuple[tuple[object, ...], set[int], set[str | None]]]:
    found: dict[tuple[object, ...], tuple[set[int], set[str | None]]] = {}
    for text in corpus.texts:
        if text.year is not None:
            key = _group_key(text, tuple(others), {})
            years, levels = found.setdefault(key, (set(), set()))
            years.add(text.year)
            levels.add(text.source.document.level)
    for key, (years, levels) in found.items():
        yield key, years, levels


def _missing_years(years: set[int], levels: set[str | None]) -> Iterator[tuple[int, str]]:
    for year in range(min(years), max(years) + 1):
        if year not in years:
            known = _known_gaps() if levels == {"national"} else {}
            yield year, known.get(year, _NOT_HERE)


@functools.cache
def _known_gaps() -> dict[int, str]:
    """Years in which no national report was made."""
    return {
        year: gap["value"]
        for gap in shipped("gaps.toml")
        for year in range(gap["first"], gap["last"] + 1)
    }
