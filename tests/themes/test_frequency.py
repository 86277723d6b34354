"""Counts of words by year."""

from __future__ import annotations

from pathlib import Path

import pytest

import speechmine
from speechmine.model import Document

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpus"


@pytest.fixture(scope="module")
def reports():
    from speechmine.themes import term_frequency

    files = sorted(CORPUS.glob("wangjiang-*.txt"))
    return term_frequency([speechmine.read(path) for path in files])


def test_a_theme_fades_and_another_appears(reports) -> None:
    counts = reports.set_index(["term", "year"])["count"]
    assert counts["旧城"].loc[2022] > counts["旧城"].get(2024, 0)
    assert set(counts["新质生产力"].index) == {2024}


def test_order_of_documents_does_not_matter() -> None:
    from speechmine.themes import term_frequency

    documents = [Document("推进改革", date="2023-01-01"), Document("深化改革", date="2022-01-01")]
    assert term_frequency(documents).equals(term_frequency(documents[::-1]))


def test_only_the_words_asked_for_are_counted() -> None:
    from speechmine.themes import term_frequency

    table = term_frequency([Document("抓改革，促改革。", date="2022-05-01")], vocabulary=["改革"])
    assert table[["term", "count", "tokens"]].values.tolist() == [["改革", 2, 2]]


def test_no_documents_give_an_empty_table() -> None:
    from speechmine.themes import term_frequency

    assert term_frequency([]).empty
