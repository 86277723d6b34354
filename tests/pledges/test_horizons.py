"""Which year a figure of the review holds for."""

from __future__ import annotations

import pytest

import speechmine
from speechmine.pledges.horizons import achieved_span
from speechmine.pledges.reports import one_report
from speechmine.rules.loader import default_rules

REVIEW = "一、工作回顾\n{}\n二、2024年工作\n要抓好落实，建设6个项目。\n"


def span_of(review: str, wording: str) -> tuple[str | None, bool]:
    document = speechmine.Document(REVIEW.format(review), id="a", date="2024-01-08")
    report = one_report(document, default_rules())
    metrics = [m for m in report.extraction.metrics if wording in m.text]
    assert metrics, [m.text for m in report.extraction.metrics]
    span = achieved_span(report, metrics[0])
    return span.edtf, span.part


@pytest.mark.parametrize(
    ("review", "wording", "period"),
    [
        ("去年新建学校4所。", "4所", "2023"),
        ("2023年，全区新建学校4所。", "4所", "2023"),
        ("全区新建学校4所。", "4所", "2023"),
        ("五年来，全区新建学校40所。", "40所", "2019/2023"),
        ("过去五年，我们办了许多实事。全区新建学校40所。", "40所", "2019/2023"),
        ("五年来，城乡大变样。\n——教育更公平。全区新建学校40所。", "40所", "2019/2023"),
        ("五年来，城乡大变样。\n去年，全区新建学校4所。", "4所", "2023"),
        ("“十三五”时期，全区新建学校40所。", "40所", "2016/2020"),
        ("十年间，全区新建学校80所。", "80所", "2014/2023"),
        ("在2021年高增长的基础上，去年出口增长4%。", "4%", "2023"),
        ("比2019年多建学校4所，去年共建学校9所。", "9所", "2023"),
        ("2022年出口增长9%，2023年出口增长4%。", "4%", "2023"),
    ],
)
def test_the_time_of_a_figure(review: str, wording: str, period: str) -> None:
    assert span_of(review, wording) == (period, False)


@pytest.mark.parametrize(
    ("review", "wording", "part"),
    [
        ("一季度出口增长9%。", "9%", True),
        ("上半年出口增长9%，全年出口增长4%。", "4%", False),
        ("去年前9个月出口增长9%。", "9%", True),
    ],
)
def test_figures_of_a_part_of_the_year(review: str, wording: str, part: bool) -> None:
    assert span_of(review, wording)[1] is part


def test_a_yearly_mean_is_no_figure_of_a_year() -> None:
    period, _ = span_of("出口年均增长6%。", "6%")
    assert period is None
