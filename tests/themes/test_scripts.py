"""A text in Traditional characters counts as its simplified copy does."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest

from speechmine.themes import term_frequency

CORPUS = Path(__file__).parent.parent.parent / "corpus"
TEXTS = {
    2023 + at: file.read_text(encoding="utf-8")
    for at, file in enumerate(sorted(CORPUS.glob("*.txt"))[:2])
}
TABLE = (files("speechmine.rules") / "data" / "simplified.txt").read_text(encoding="utf-8")
PAIRS = [pair for line in TABLE.splitlines() if not line.startswith("#") for pair in line.split()]
TRADITIONAL = str.maketrans({new: old for old, new in PAIRS} | {"“": "「", "”": "」"})
COPIES = {year: text.translate(TRADITIONAL) for year, text in TEXTS.items()}


@pytest.mark.parametrize("terms", [None, ["经济", "项目", "农业"]], ids=["every word", "named"])
def test_both_scripts_give_the_same_counts(terms: list[str] | None) -> None:
    assert all(sum(map(str.__ne__, COPIES[year], text)) > 200 for year, text in TEXTS.items())
    counted = term_frequency(TEXTS, terms)
    assert counted["n"].sum() > 3
    pd.testing.assert_frame_equal(term_frequency(COPIES, terms), counted)


def test_one_script_in_each_year_is_one_series() -> None:
    mixed = term_frequency({2023: TEXTS[2023], 2024: COPIES[2024]})
    pd.testing.assert_frame_equal(mixed, term_frequency(TEXTS))
