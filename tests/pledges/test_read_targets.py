"""Cells of the frame of provincial targets of 2024 to 2026 that a person read against the texts.

``read/targets.csv`` holds 200 rows drawn at random, as offsets and values: ``right`` says that
the words set a target with this number, unit, comparator and time, ``named`` that the name of the
indicator, as ``indicator`` has it, says what it is of, too.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import pytest

from speechmine.pledges import targets

from shared import SHARED, needs_shared

READ = Path(__file__).parent / "read" / "targets.csv"
CELLS = 200
# One of 195 was no target when it was read once more: it tells what five years have brought. One
# goal without a number, which is a sentence of its own, is doubtful; so many fields are read
# as a count, and the name of one figure is shorter than it was.
RIGHT, NAMED = 191, 190
VALUES = ("year", "horizon", "comparator", "low", "high", "unit")


def cells() -> Sequence[Mapping[str, str]]:
    with READ.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def shown(value: object) -> str:
    if pd.isna(value):
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def test_as_many_were_right_when_they_were_read() -> None:
    read = cells()
    assert len(read) == CELLS
    assert sum(cell["right"] == "y" for cell in read) >= RIGHT
    assert sum(cell["named"] == "y" for cell in read) >= NAMED


@pytest.fixture(scope="module")
def now() -> Mapping[str, list[Mapping[str, str]]]:
    """The cells of the same reports as they are read today, by document."""
    names = sorted({cell["doc_id"] for cell in cells()})
    panel = targets([SHARED / "corpus" / "local" / f"{name}.txt" for name in names])
    found: dict[str, list[Mapping[str, str]]] = {name: [] for name in names}
    for row in panel.to_dict("records"):
        places = {place: str(row[place]) for place in ("start", "end")}
        values = {value: shown(row[value]) for value in (*VALUES, "indicator")}
        found[row["doc_id"]].append({**places, **values})
    return found


def share_words(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """A wording may take in a word more or less and is the same cell."""
    return int(one["start"]) < int(other["end"]) and int(other["start"]) < int(one["end"])


def kept(now: Mapping[str, list[Mapping[str, str]]], verdict: str, values: Sequence[str]) -> int:
    """How many cells that were found right have these values still; the others are printed."""
    n = 0
    for cell in cells():
        if cell[verdict] == "y":
            found = [row for row in now[cell["doc_id"]] if share_words(row, cell)]
            same = any(all(row[value] == cell[value] for value in values) for row in found)
            n += same
            if not same:
                print(cell, found)  # noqa: T201  # what was lost
    return n


@needs_shared
@pytest.mark.slow
def test_cells_that_were_right_are_as_they_were(
    now: Mapping[str, list[Mapping[str, str]]],
) -> None:
    assert kept(now, "right", VALUES) >= RIGHT
    assert kept(now, "named", (*VALUES, "indicator")) >= NAMED
