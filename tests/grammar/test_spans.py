"""Which years a phrase names, in the tables of figures and of targets alike."""

from __future__ import annotations

from itertools import pairwise

import pytest

from speechmine.grammar.periods import ends_plan, plan_years
from speechmine.grammar.spans import YearSpan, last_year_of_plan, years_meant
from speechmine.rules.loader import default_rules
from speechmine.rules.matcher import Matcher

RULES = default_rules()
TABLES = {
    "periods": Matcher(r for r in RULES.table("periods") if r.id.startswith("period.")),
    "horizons": Matcher(RULES.table("horizons")),
}

#: A sentence said in 2026 and the years that its phrase names.
BOTH = [
    ("今年新增就业2万人", (2026, 2026)),
    ("去年建成9座", (2025, 2025)),
    ("到2030年达到70%", (2030, 2030)),
    ("今后五年新增床位800张", (2026, 2030)),
    ("过去五年建成9座", (2021, 2025)),
    ("过去一年建成9座", (2025, 2025)),
    ("“十四五”时期建成9座", (2021, 2025)),
    ("“十五五”期间建成9座", (2026, 2030)),
]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(("said", "years"), BOTH)
def test_both_tables_read_a_phrase_alike(table: str, said: str, years: tuple[int, int]) -> None:
    (match,) = TABLES[table].find(said)
    assert years_meant(match, 2026) == YearSpan(*years)


@pytest.mark.parametrize(
    ("table", "said", "years"),
    [
        ("periods", "“十五五”末达到70%", (2030, 2030)),
        ("horizons", "“十五五”末达到70%", (2026, 2030)),
        ("horizons", "未来三年新增床位800张", (2026, 2028)),
        ("horizons", "用3—5年时间培养千名工程师", (2026, 2030)),
        ("horizons", "两年来新建学校4所", (2024, 2025)),
        ("horizons", "本届政府任期新建学校4所", (2026, 2030)),
    ],
)
def test_what_one_table_reads(table: str, said: str, years: tuple[int, int]) -> None:
    assert years_meant(TABLES[table].find(said)[0], 2026) == YearSpan(*years)


@pytest.mark.parametrize(
    "said", ["今年建成9座", "去年建成9座", "今后五年建成9座", "过去五年建成9座"]
)
def test_a_relative_phrase_means_nothing_without_a_year(said: str) -> None:
    assert years_meant(TABLES["horizons"].find(said)[0], None) is None


def test_part_of_a_year_has_no_years() -> None:
    found = years_meant(TABLES["horizons"].find("上半年增长5%")[0], 2026)
    assert found is not None
    assert found.part
    assert found.edtf is None


@pytest.mark.parametrize(
    ("first", "last", "edtf"), [(2026, 2030, "2026/2030"), (2026, 2026, "2026")]
)
def test_a_span_as_edtf(first: int, last: int, edtf: str) -> None:
    assert YearSpan(first, last).edtf == edtf


def test_every_plan_follows_the_one_before() -> None:
    plans = [plan_years(number) for number in range(3, 20)]
    assert all(plan is not None and ends_plan(int(plan.last)) for plan in plans)
    assert all(
        int(later.first) == int(plan.last) + 1 for plan, later in pairwise(plans) if plan and later
    )
    assert last_year_of_plan("十五") == 2030
    assert last_year_of_plan("无") is None
