"""Records that stand on doubtful characters are to be read again; others are left as they are."""

from __future__ import annotations

import dataclasses

import pytest

import speechmine
from speechmine.model import Document, Doubt
from speechmine.tables import is_unsure

TEXT = "县水利局要在9月底前完成城南水渠清淤1.2万米。\n县财政局要在6月底前拨付奖补资金。"
CERTAIN = speechmine.extract(Document(TEXT, date="2024-03-01"))


def doubted(word: str, chance: float) -> speechmine.Extraction:
    at = TEXT.index(word)
    doubts = (Doubt(at, at + 1, chance),)
    return speechmine.extract(Document(TEXT, date="2024-03-01", doubts=doubts))


@pytest.mark.parametrize(
    ("word", "chance", "unsure"),
    [
        ("水利", 0.5, [True, False]),
        ("9月", 0.79, [True, False]),
        ("9月", 0.9, [False, False]),
        ("财政", 0.3, [False, True]),
        ("\n", 0.3, [False, False]),
    ],
)
def test_a_doubtful_character_marks_its_record(
    word: str, chance: float, unsure: list[bool]
) -> None:
    result = doubted(word, chance)
    assert [is_unsure(task) for task in result.tasks] == unsure
    texts = [task.text for task in result.tasks]
    assert texts == [task.text for task in CERTAIN.tasks]


def test_each_chance_lowers_that_of_the_record() -> None:
    task = doubted("9月", 0.9).tasks[0]
    assert CERTAIN.tasks[0].confidence is not None
    assert task.confidence == pytest.approx(CERTAIN.tasks[0].confidence * 0.9, abs=0.011)


def test_a_figure_with_doubtful_characters_is_named() -> None:
    (notice,) = [n for n in doubted("1.2", 0.5).notices if n.code == "doubtful_metric"]
    assert "1.2万米" in TEXT[notice.start : notice.end]


def test_without_doubts_nothing_changes() -> None:
    again = speechmine.extract(dataclasses.replace(CERTAIN.document, doubts=()))
    assert again.tasks == CERTAIN.tasks
