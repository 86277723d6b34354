"""Small readings that rows are put together by, each in a table of its own."""

from __future__ import annotations

import pytest

import speechmine
from speechmine.assemble.findings import Findings
from speechmine.assemble.when import _bans_alone
from speechmine.grammar.times import find_times
from speechmine.model import TaskMention, TimeFrame
from speechmine.rules.loader import default_rules
from speechmine.text import view_of

#: Where | stands, or at the beginning, the deed begins.
BANS = [
    ("客商来了不搞横幅、不摆鲜花", True),
    ("不搞横幅，不摆鲜花", True),
    ("要亲自抓，不要当二传手", False),
    ("不要当二传手，要亲自抓", False),
    ("不搞横幅，鲜花要摆", False),
    ("电话响三声要接", False),
    # who is to do something by a time asks for it
    ("收购站收完十天内|把货款付讫，莫打白条", False),
    ("车队每晚九点前|把车停回场院，莫在路边过夜", False),
    ("莫在路边过夜，每晚九点前|把车停回场院", False),
    # a time says when the ban holds, or on what occasion
    ("每晚九点以后，|莫在路边停车", True),
    ("明天检查组|进村，各村不搞夹道欢迎", True),
]


@pytest.mark.parametrize(("row", "expected"), BANS)
def test_a_row_that_bans_and_asks_for_nothing(row: str, expected: bool) -> None:
    deed, row, rules = max(row.find("|"), 0), row.replace("|", ""), default_rules()
    times = find_times(row, TimeFrame(), rules)
    findings = Findings(view_of(row), "a", (), (), times, (), (), (), rules)
    mention = TaskMention(
        start=0,
        end=len(row),
        clause=(0, len(row)),
        action=(deed, deed + 1),
        object=(deed + 1, len(row)),
        checkable=False,
        deliverable=False,
        modality="obliged",
        rule="task.told",
    )
    assert _bans_alone(mention, findings) is expected


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("区财政局要在X月X日前制定奖补方案。", "X月X日前"),
        ("区财政局要制定奖补方案，资金增长X%。", "资金增长X%"),
    ],
)
def test_a_notice_stands_where_the_value_is_masked(text: str, masked: str) -> None:
    notices = speechmine.extract(text, date="2024-02-01").notices
    at = text.index(masked)
    assert [(n.code, n.start, n.end) for n in notices] == [("masked_value", at, at + len(masked))]


PLACED = [
    # Whoever heads a line has the items of that line, in a section too.
    ("一、抓预算\n区财政局：一要编制预算草案；二要公开决算报告。", "区财政局/item"),
    ("一、抓预算\n区财政局：一要编制预算草案。\n二、抓审计\n编制审计清单。", ""),
    ("由区民政局负责，编制实事清单。", "区民政局/explicit"),
    ("区财政局：编制预算草案。公开决算报告。\n二、抓审计", "区财政局/item"),
]


@pytest.mark.parametrize(("text", "expected"), PLACED)
def test_whom_a_line_names(text: str, expected: str) -> None:
    task = speechmine.extract(text, date="2024-02-01", mode="full").tasks[-1]
    assert " ".join(f"{party.text}/{party.source}" for party in task.parties) == expected


TITLES = [
    ("把滨江路建成通车。", "建成通车"),
    ("滨江路要在6月底前建成通车。", "滨江路建成通车"),
    ("要在6月底前编制度汛方案。", "编制度汛方案"),
    ("滨江路年底前建成通车。", "滨江路年底前建成通车"),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_a_title_has_the_order_of_the_text(text: str, title: str) -> None:
    assert speechmine.extract(text, date="2024-02-01", mode="full").tasks[-1].title == title
