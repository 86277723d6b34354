"""Promises that people read in pairs of real reports, against what promises() makes of them.

``read/promises.csv`` has what was read before the program was asked, as offsets and values: the
number promised in one report, and the number that answers it in the next, if there is one. The
last pair was read when the program was finished, and nothing was changed for it.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import pandas as pd
import pytest

from speechmine.pledges import promises

from shared import SHARED, needs_shared

READ = Path(__file__).parent / "read" / "promises.csv"
UNSEEN = "province-西藏-2025"
LEAST = 0.9
FEWEST = 120

Reading = Mapping[str, str]


def path_of(name: str) -> Path:
    folder = "national" if name.startswith("national") else "local"
    return SHARED / "corpus" / folder / f"{name}.txt"


def readings() -> Iterator[tuple[str, Sequence[Reading]]]:
    with READ.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for name, group in groupby(rows, key=lambda row: row["report"]):
        yield name, list(group)


def number(value: str) -> float:
    return float("".join(c for c in value if c.isdigit() or c == "."))


def row_of(table: pd.DataFrame, reading: Reading) -> pd.Series | None:
    """The row of the promise that was read: the one over its number, with its value."""
    start, end = int(reading["start"]), int(reading["end"])
    over = table[(table["start"] < end) & (table["end"] > start)]
    value = number(reading["value"])
    same = over[
        (over["low"] == value).fillna(value=False) | (over["high"] == value).fillna(value=False)
    ]
    found = same if len(same) else over
    answered = found[found["reporting"] == "open"]
    best = answered if len(answered) else found
    return best.iloc[0] if len(best) else None


def is_right(row: pd.Series, reading: Reading) -> bool:
    if not reading["answer_start"] or row["reporting"] != "open":
        return False
    start, end = int(reading["answer_start"]), int(reading["answer_end"])
    return bool(row["answer_start"] < end and row["answer_end"] > start)


def counted(name: str, group: Sequence[Reading]) -> Counter[str]:
    table = promises(path_of(name), path_of(group[0]["next_report"]), unpromised=False)
    n: Counter[str] = Counter()
    for reading in group:
        row = row_of(table, reading)
        n["read"] += 1
        n["answered"] += bool(reading["answer_start"])
        if row is None:
            continue
        right = is_right(row, reading)
        n.update(found=1, open=row["reporting"] == "open", right=right)
        if right and reading["met"] in ("y", "n"):
            judged = not pd.isna(row["met"])
            n.update(judged=judged, well=judged and bool(row["met"]) == (reading["met"] == "y"))
    return n


@pytest.fixture(scope="module")
def counts() -> Mapping[str, Counter[str]]:
    return {name: counted(name, group) for name, group in readings()}


def shares(n: Counter[str]) -> tuple[float, float]:
    """Recall of the answers that were read, precision of those that were given."""
    return n["right"] / n["answered"], n["right"] / n["open"]


def test_readings_are_many_and_hold_no_text() -> None:
    found = dict(readings())
    assert len(found) >= 6
    assert sum(map(len, found.values())) >= FEWEST
    longest = max(len(row[name]) for rows in found.values() for row in rows for name in row)
    assert longest < 40


@needs_shared
@pytest.mark.slow
def test_recall_and_precision_of_answers(counts: Mapping[str, Counter[str]]) -> None:
    total = sum(counts.values(), Counter())
    for name, n in counts.items():
        print(name, dict(n))  # noqa: T201  # the table of the documentation
    recall, precision = shares(total)
    print(f"{total['read']} read, recall {recall:.3f}, precision {precision:.3f}")  # noqa: T201
    assert total["found"] >= 0.97 * total["read"]
    assert recall >= LEAST
    assert precision >= LEAST
    assert total["well"] >= 0.97 * total["judged"]


@needs_shared
@pytest.mark.slow
def test_a_pair_that_nothing_was_made_for(counts: Mapping[str, Counter[str]]) -> None:
    recall, precision = shares(counts[UNSEEN])
    assert recall >= LEAST
    assert precision >= LEAST
