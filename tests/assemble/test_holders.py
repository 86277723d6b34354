"""Who has a row that names nobody: whoever was named before it, or nobody, by weights."""

from __future__ import annotations

import pytest

import speechmine
from speechmine.assemble import holders
from speechmine.learned.weights import shipped_weights

SAID = "区水利局要编制度汛方案；6月底前组建3支抢险突击队；汛前不得外借抢险物资。"


def _holders(text: str) -> list[tuple[str, ...]]:
    rows = speechmine.extract(text, mode="full").tasks
    return [tuple(p.text for p in row.parties if p.source != "explicit") for row in rows]


@pytest.mark.parametrize(
    ("weights", "held"),
    [
        ({"": 1}, [(), ("区水利局",), ("区水利局",)]),
        ({"": 1, "bprohibited": -2}, [(), ("区水利局",), ()]),
        ({"": 1, "bobliged": -2}, [(), (), ("区水利局",)]),
        ({"N": 1}, [(), (), ()]),
    ],
)
def test_weights_say_who_holds_on(
    weights: dict[str, int], held: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holders, "shipped_weights", lambda _: weights)
    assert _holders(SAID) == held


@pytest.mark.parametrize(
    ("weights", "held"),
    [
        ({"Ts0": 1}, ("县供电公司",)),  # the last one in the sentence
        ({"Ts1": 1}, ("县住建局",)),  # the one before
        ({"Th": 1}, ()),  # no heading names anybody
    ],
)
def test_a_row_may_be_of_the_last_named_or_of_the_one_before(
    weights: dict[str, int], held: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holders, "shipped_weights", lambda _: weights)
    text = "县住建局要在5月底前改造管网，县供电公司要在6月底前迁移线杆，不得损坏路面。"
    assert _holders(text)[-1] == held


def test_those_who_help_go_on_where_weights_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "由县住建局牵头，县城管局配合，5月底前改造管网；6月底前恢复路面。"
    monkeypatch.setattr(holders, "shipped_weights", lambda _: {"": 1, "+": 1})
    assert _holders(text)[-1] == ("县住建局", "县城管局")
    monkeypatch.setattr(holders, "shipped_weights", lambda _: {"": 1, "+": -1})
    assert _holders(text)[-1] == ("县住建局",)


def test_a_name_on_a_line_of_its_own_has_the_lines_below() -> None:
    text = "住建局。\n12座公厕5号晚上以前要修好。\n6号前给锅炉点火试运行。"
    assert _holders(text) == [("住建局",), ("住建局",)]


def test_the_shipped_weights_know_how_rows_begin() -> None:
    assert {"N", "bprohibited"} <= set(shipped_weights("holders"))
