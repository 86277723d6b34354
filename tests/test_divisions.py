"""Places by code, through renamings, moves and names that several places have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechmine.divisions import (
    NATION,
    Division,
    _by_code,
    division_named,
    division_of_code,
    parent_of,
)
from speechmine.levels import LEVELS

ALL = [division for named in _by_code().values() for division in named]


@pytest.mark.parametrize(
    ("name", "year", "level", "code"),
    [
        ("贵州", None, None, "520000"),
        ("贵州省", 2025, "province", "520000"),
        ("重庆", None, None, "500000"),
        ("重庆", 1990, None, "510200"),
        ("四川重庆", 1990, None, "510200"),
        ("西藏", 2026, "province", "540000"),
        ("中国", None, None, "000000"),
        ("国务院", 1954, None, "000000"),
        ("上海", None, "national", "000000"),
        ("北京市朝阳区", None, None, "110105"),
        ("辽宁省朝阳市", None, None, "211300"),
        ("呼伦贝尔市海拉尔区", 2013, None, "150702"),
        ("海拉尔市", 1995, None, "152101"),
        ("襄樊", 2000, None, "420600"),
        ("貴州省遵義市", None, None, "520300"),
        ("吉林", None, "province", "220000"),
        ("吉林", None, "prefecture", "220200"),
        ("110000", None, None, "110000"),
        ("河北 省", None, None, "130000"),
    ],
)
def test_a_name_has_its_code(name: str, year: int | None, level: str | None, code: str) -> None:
    found = division_named(name, year=year, level=level)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("name", "year", "level"),
    [
        ("吉林", None, None),  # a province and a city in it
        ("朝阳区", None, None),  # in 北京市 and in 长春市
        ("东河县", None, None),
        ("", None, None),
        ("海南", 1985, "province"),  # a province since 1988
        ("浙江省遵义市", None, None),
        ("重庆市", 2020, "prefecture"),
    ],
)
def test_nothing_is_guessed(name: str, year: int | None, level: str | None) -> None:
    assert division_named(name, year=year, level=level) is None


def test_a_code_goes_by_its_name_of_the_year() -> None:
    assert [division_of_code("420600", year=year).name for year in (1995, 2009, 2010, 2030)] == [
        "襄樊市",
        "襄樊市",
        "襄阳市",
        "襄阳市",
    ]
    assert division_of_code("999999") is None
    assert division_of_code("420600").name == "襄阳市"


def test_every_place_is_below_the_nation() -> None:
    """From every place a way leads up to the nation, level by level."""
    for division in ALL:
        seen: list[Division] = []
        above: Division | None = division
        while above is not None:
            seen.append(above)
            above = parent_of(above)
            assert len(seen) <= len(LEVELS)
        assert seen[-1] == NATION
        ranks = [LEVELS.index(place.level) for place in seen]
        assert ranks == sorted(ranks, reverse=True)


@given(st.sampled_from([d for d in ALL if d.until == 2024]))
def test_the_full_way_down_names_a_place(division: Division) -> None:
    above = parent_of(division)
    name = division.name if above in (None, NATION) else f"{above.name}{division.name}"
    found = division_named(name, level=division.level)
    assert found is None or found.name == division.name


@given(st.text(max_size=30))
def test_any_text_may_be_asked_for(name: str) -> None:
    found = division_named(name)
    assert found is None or found.code.isdigit()
