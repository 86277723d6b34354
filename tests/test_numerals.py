"""Numerals of either script have one value each."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechmine.numerals import UNPARSED, parse_multiplier, parse_number, without_names

VALUES = [
    ("一百二十", "120"),
    ("十五", "15"),
    ("二十", "20"),
    ("一千零三", "1003"),
    ("七百三", "730"),
    ("七百零三", "703"),
    ("两千", "2000"),
    ("两千零十二", "2012"),
    ("二〇二四", "2024"),
    ("两万三", "23000"),
    ("一亿两千三百万", "123000000"),
    ("1亿2300万", "123000000"),
    ("3万4000", "34000"),
    ("1.2万亿", "1200000000000"),
    ("四万亿", "4000000000000"),
    ("二十点一万", "201000"),
    ("九十九点九", "99.9"),
    ("1,200", "1200"),
    ("１２．５", "12.5"),
    ("五成", "0.5"),
    ("两成半", "0.25"),
    ("百分之四点五", "0.045"),
    ("千分之三", "0.003"),
    ("4.5%", "0.045"),
    ("四分之一", "0.25"),
    ("一又二分之一", "1.5"),
    ("十多", "10"),
    ("三十余", "30"),
    ("负六点六", "-6.6"),
    ("-3", "-3"),
    ("壹佰万零伍拾肆", "1000054"),
]
NOT_NUMBERS = ["", "万", "abc", "分之一", "五分之", "一点", "零分之一", "三个", "点五"]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_number(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", NOT_NUMBERS)
def test_no_number(text: str) -> None:
    assert parse_number(text) is None


def in_chinese(number: int) -> str:
    """Written out place by place up to 9999."""
    digits, places = "零一二三四五六七八九", ["", "十", "百", "千"]
    out = ""
    for place, digit in enumerate(reversed(str(number))):
        out = (digits[int(digit)] + places[place] if digit != "0" else "零") + out
    while "零零" in out:
        out = out.replace("零零", "零")
    return out.strip("零")


@given(st.integers(min_value=1, max_value=9999), st.integers(min_value=1000, max_value=9999))
def test_what_is_written_out_reads_back(high: int, low: int) -> None:
    assert parse_number(in_chinese(high)) == high
    assert parse_number(f"{in_chinese(high)}万{in_chinese(low)}") == high * 10_000 + low


def test_multiplier() -> None:
    assert parse_multiplier("万亿") == 10**12
    assert parse_multiplier("") == 1


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("开展“三清一改”行动", "开展______行动"),
        ("落实《十条措施》。", "落实______。"),
        ("他说“要办好10件事。”", "他说“要办好10件事。”"),
        ("没有引号5%", "没有引号5%"),
    ],
)
def test_names_are_blanked_and_whole_sentences_are_not(text: str, bare: str) -> None:
    assert without_names(text).replace(UNPARSED, "_") == bare


def test_more_digits_than_decimals_keep_are_exact() -> None:
    assert parse_number("9" * 40) == int("9" * 40)
