"""Rows of clauses made by hand: their verb, what it is done to, where they end."""

from __future__ import annotations

import pytest

import speechmine
from speechmine.assemble.found_rows import mentioned_rows
from speechmine.judge import Run
from speechmine.model import Clause
from speechmine.rules.loader import default_rules

HEDGED = [
    ("县住建局要在6月底前初步建成充电站5座。", "初步建成", "充电站5座"),
    ("县住建局要在6月底前基本完成管网改造5公里。", "基本完成", "管网改造5公里"),
    ("县住建局要在6月底前建成充电站5座。", "建成", "充电站5座"),
]


@pytest.mark.parametrize(("text", "action", "target"), HEDGED)
def test_a_hedge_belongs_to_the_verb(text: str, action: str, target: str) -> None:
    (task,) = speechmine.extract(text, date="2024-01-01").tasks
    assert (task.action, task.object) == (action, target)


def rows(text: str, *clauses: Clause, run: tuple[int, int] = (0, 1)) -> list[str]:
    runs = [Run(*run, checkable=True, confidence=0.9)]
    found = mentioned_rows(text, clauses, runs, group=None, rules=default_rules())
    return [
        "|".join([text[row.start : row.end], text[slice(*row.action)], text[slice(*row.object)]])
        for row in found
    ]


def test_marks_and_blanks_behind_a_row_are_no_part_of_it() -> None:
    text = "修好水闸。 各镇配合"
    assert rows(text, Clause(0, 6, "deliver", (0, 2), (2, 6))) == ["修好水闸|修好|水闸"]


def test_helpers_at_the_end_are_no_part_of_the_object() -> None:
    text = "制定调度方案，县财政局积极配合。"
    plan = Clause(0, 6, "deliver", (0, 2), (2, 6))
    help_ = Clause(7, 16, "general", (13, 15), (15, 15))
    assert rows(text, plan, help_, run=(0, 2)) == ["制定调度方案，县财政局积极配合|制定|调度方案"]


def test_a_list_of_one_item_has_the_clause_that_announces_it_as_its_group() -> None:
    text = "办好实事：修好水闸"
    lead = Clause(0, 4, "general", (0, 2), (2, 4), leads=True)
    item = Clause(5, 9, "deliver", (5, 7), (7, 9), item="一是")
    runs = [Run(1, 2, checkable=True, confidence=0.9)]
    (row,) = mentioned_rows(text, (lead, item), runs, group=None, rules=default_rules())
    assert (row.group, row.item) == ((0, 4), "一是")
