"""Levels, and the words that other tables have for them."""

from __future__ import annotations

import pytest

from speechmine.errors import UsageError
from speechmine.levels import LEVELS, level_named
from speechmine.model import Document


@pytest.mark.parametrize(
    ("said", "level"),
    [
        *((level, level) for level in LEVELS),
        ("city", "prefecture"),
        ("district", "county"),
        (" District ", "county"),
        ("地级市", "prefecture"),
        ("区", "county"),
        ("省", "province"),
        ("中央", "national"),
        ("街道", "township"),
    ],
)
def test_a_word_stands_for_a_level(said: str, level: str) -> None:
    assert level_named(said) == level
    assert Document("抓落实。", level=said).level == level  # type: ignore[arg-type]


@pytest.mark.parametrize("said", ["galaxy", "", 3, None, ["city"]])
def test_others_are_refused_with_those_there_are(said: object) -> None:
    with pytest.raises(UsageError, match="one of national, province, prefecture, county"):
        level_named(said)


def test_a_level_above_all_may_own_tasks() -> None:
    """Parties are set beside the level of the document, whatever word it is given with."""
    import speechmine

    text = "市财政局要在6月底前制定方案。各县区要抓好落实。"
    for level in ("city", "prefecture"):
        assert speechmine.extract(Document(text, level=level)).tasks  # type: ignore[arg-type]
