"""A column whose cells are the names of bodies says who, whatever its heading says."""

from __future__ import annotations

import speechmine
from speechmine.ledger import make_ledger
from speechmine.readers import read_bytes

HEADER = "序号\t考核项目\t分值\t考核内容"


def cells_of(*names: str) -> list[tuple[str, str]]:
    lines = [f"{i}\t{name}\t10\t持续开展第{i}片茶园测土" for i, name in enumerate(names, 1)]
    document = read_bytes("\n".join((HEADER, *lines)).encode(), suffix=".tsv")
    rows = make_ledger([speechmine.extract(document, date="2026-03-01")]).rows
    return [(row.cells["who"], row.own["考核项目"]) for row in rows]


def test_names_of_bodies_answer_and_keep_their_column() -> None:
    names = ("县水利局", "县财政局", "县茶果站", "县林业局")
    assert cells_of(*names) == [(name, name) for name in names]


def test_a_matter_among_them_answers_for_nothing() -> None:
    found = cells_of("组织领导", "县财政局", "县水利局", "县林业局")
    assert [who for who, _ in found] == ["", "县财政局", "县水利局", "县林业局"]


def test_a_column_of_matters_names_nobody() -> None:
    found = cells_of("组织领导", "日常工作", "县水利局", "宣传工作")
    assert {who for who, _ in found} == {""}
