"""Words that set groups apart."""

from __future__ import annotations

import pytest

from speechmine.errors import UsageError
from speechmine.themes import keyness

TEXTS = {
    2021: "稳定就业，扩大就业，促进就业。发展农业。",
    2022: "稳定就业，支持就业。发展农业，保护耕地。",
    2023: "发展数字经济，壮大数字经济，培育数字经济。发展农业。",
}


def test_the_target_leads_and_the_reference_ends_the_table() -> None:
    table = keyness(TEXTS, {"year": 2023}, min_count=1)
    assert table["term"].iloc[0] == "数字经济"
    assert table["term"].iloc[-1] == "就业"
    assert table.set_index("term").loc["数字经济", "direction"] == "target"


def test_groups_turned_round_turn_the_signs() -> None:
    there = keyness(TEXTS, {"year": 2023}, {"year": (2021, 2022)}, min_count=1).set_index("term")
    back = keyness(TEXTS, {"year": (2021, 2022)}, {"year": 2023}, min_count=1).set_index("term")
    for column in ("G2", "log_ratio", "z", "lrc"):
        assert (there[column] + back[column].reindex(there.index)).abs().max() < 1e-9


def test_a_single_report_is_said_to_be_one() -> None:
    assert "single report" in keyness(TEXTS, {"year": 2023}).attrs["note"]


def test_a_group_without_text_is_refused() -> None:
    with pytest.raises(UsageError, match="target"):
        keyness(TEXTS, {"year": 1999})


def test_named_terms_are_counted_literally_against_characters() -> None:
    table = keyness(TEXTS, {"year": 2023}, terms=["农业"])
    assert table[["n_target", "n_reference"]].to_numpy().tolist() == [[1, 2]]
    assert table.attrs["params"]["base"] == "chars"
