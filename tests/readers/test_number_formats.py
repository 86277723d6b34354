"""Numbers of Word's lists, as Word writes them."""

from __future__ import annotations

import pytest

from speechmine.readers.common.number_formats import format_number

WRITTEN = [
    ("none", {1: "", 30: ""}),
    ("decimal", {1: "1", 105: "105"}),
    ("decimalZero", {1: "01", 9: "09", 10: "10"}),
    ("decimalFullWidth", {1: "１", 20: "２０"}),
    ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 35: "㉟", 36: "㊱", 50: "㊿", 51: "51"}),
    ("decimalEnclosedParen", {1: "⑴", 20: "⒇", 21: "(21)"}),
    ("decimalEnclosedFullstop", {1: "⒈", 20: "⒛", 21: "21."}),
    (
        "chineseCountingThousand",
        {1: "一", 10: "十", 11: "十一", 20: "二十", 101: "一百零一", 110: "一百一十"}
        | {111: "一百一十一", 1001: "一千零一", 1010: "一千零一十", 10000: "10000", 0: "零"},
    ),
    ("ideographDigital", {7: "七", 10: "一〇", 105: "一〇五"}),
    ("taiwaneseDigital", {10: "一○"}),
    ("chineseLegalSimplified", {3: "叁", 10: "壹拾", 15: "壹拾伍", 20: "贰拾", 105: "壹佰零伍"}),
    ("ideographLegalTraditional", {2: "貳", 16: "壹拾陸"}),
    ("ideographTraditional", {1: "甲", 10: "癸", 11: "甲"}),
    ("ideographZodiac", {1: "子", 12: "亥", 13: "子"}),
    ("ideographEnclosedCircle", {1: "㈠", 10: "㈩", 11: "11"}),
    ("upperLetter", {1: "A", 26: "Z", 27: "AA", 52: "ZZ", 53: "AAA", 0: "0", 900: "900"}),
    ("lowerLetter", {2: "b", 28: "bb"}),
    ("upperRoman", {4: "IV", 9: "IX", 14: "XIV", 1994: "MCMXCIV", 0: "0", 4000: "4000"}),
    ("lowerRoman", {4: "iv"}),
    ("a format of the next Word", {3: "3"}),
]


@pytest.mark.parametrize(
    ("name", "number", "written"),
    [(name, number, text) for name, table in WRITTEN for number, text in table.items()],
)
def test_written(name: str, number: int, written: str) -> None:
    assert format_number(number, name) == written
