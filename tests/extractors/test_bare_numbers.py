from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechmine.extractors.bare_numbers import find_numbers
from speechmine.find import find_quantities
from speechmine.rules.loader import default_rules

RULES = default_rules()


@pytest.mark.parametrize(
    ("text", "quote", "low", "high", "unit"),
    [
        ("编号拾壹", "拾壹", 11, 11, None),
        ("得数为负六点六", "负六点六", -6.6, -6.6, None),
        ("登记七百三", "七百三", 730, 730, None),
        ("约占十分之一", "十分之一", 0.1, 0.1, None),
        ("写作3/4", "3/4", 0.75, 0.75, None),
        ("一又二分之一", "一又二分之一", 1.5, 1.5, None),
        ("上缴百分之二点一五", "百分之二点一五", 2.15, 2.15, "%"),
        ("借款3万4000", "3万4000", 34000, 34000, None),
        ("大写壹佰万零伍拾肆元整", "壹佰万零伍拾肆元整", 1000054, 1000054, "元"),
        ("票价12元3角4分", "12元3角4分", 12.34, 12.34, "元"),
        ("合计九角九分", "九角九分", 0.99, 0.99, "元"),
        ("最多一块二", "最多一块二", None, 1.2, "元"),
        ("两美元又三美分", "两美元又三美分", 2.03, 2.03, "美元"),
        ("载重一吨半", "一吨半", 1.5, 1.5, "吨"),
        ("合计1，225.50元", "1，225.50元", 1225.5, 1225.5, "元"),
        ("结果至少是3", "至少是3", 3, None, None),
        ("面积大于20并小于30", "大于20并小于30", 20, 30, None),
        ("排在第十和第十五之间", "十和第十五之间", 10, 15, None),
        ("1万-5万元", "1万-5万元", 10000, 50000, "元"),
        ("20至30", "20至30", 20, 30, None),
        ("来了数十人", "数十", 10, None, None),
        ("三十多万亿", "三十多万亿", 3e13, None, None),
        ("答案是四", "四", 4, 4, None),
        ("效率提高8点5倍", "8点5倍", 8.5, 8.5, "倍"),
    ],
)
def test_number_is_read(
    text: str, quote: str, low: float | None, high: float | None, unit: str | None
) -> None:
    found = {number.text: number for number in find_numbers(text, RULES)}
    assert quote in found
    number = found[quote]
    assert (number.low, number.high, number.unit) == (low, high, unit)


@pytest.mark.parametrize(
    "text", ["一看便知", "登上陆地", "信心十足", "干部队伍", "收拾房间", "一切就绪", "海陆空齐备"]
)
def test_a_word_is_no_number(text: str) -> None:
    assert find_numbers(text, RULES) == ()


def test_measures_keep_their_written_unit_beside_bare_numbers() -> None:
    text = "粮食1.3亿斤以上，列第三，得四十二"
    measures = find_quantities(text)
    every = find_quantities(text, bare=True)
    assert [q.unit for q in measures] == ["亿斤"]
    assert set(measures) < set(every)
    assert [q.text for q in every][-1] == "四十二"


@given(st.text("0123，,.点一二十百千万亿半元角分%第和至之间大于并小-/又几数块拾 ", max_size=30))
def test_numbers_quote_their_text_and_do_not_overlap(text: str) -> None:
    found = find_quantities(text, bare=True)
    assert all(text[q.start : q.end] == q.text for q in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize("piece", ["9", "1,234", "一", "三十", "3/4", "元角分", "百分之三"])
def test_long_runs_are_read_without_harm(piece: str) -> None:
    found = find_quantities(piece * 3000, bare=True)
    assert all(q.low is None or math.isfinite(q.low) for q in found)
