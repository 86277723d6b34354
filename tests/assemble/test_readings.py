"""Small readings that rows are put together by, each in a table of its own."""

from __future__ import annotations

import pytest

import speechmine
from speechmine.assemble.findings import Findings, SegmentFindings
from speechmine.assemble.when import time_of
from speechmine.assemble.when_places import TimedRow
from speechmine.grammar.times import find_times
from speechmine.mentions import Mentions
from speechmine.model import Document, Segment, TaskMention, TimeFrame
from speechmine.rules.loader import default_rules
from speechmine.segment.clauses import parse_clauses
from speechmine.text import view_of

#: Where | stands, or at the beginning, the deed begins.
BANS = [
    ("客商来了不搞横幅、不摆鲜花", True),
    ("不搞横幅，不摆鲜花", True),
    ("要亲自抓，不要当二传手", False),
    ("不要当二传手，要亲自抓", False),
    ("不搞横幅，但要把花摆好", False),
    ("电话响三声要接", False),
    # who is to do something by a time asks for it
    ("收购站收完十天内|把货款付讫，莫打白条", False),
    ("车队每晚九点前|把车停回场院，莫在路边过夜", False),
    ("莫在路边过夜，每晚九点前|把车停回场院", False),
    # a time says when the ban holds, or on what occasion
    ("每晚九点以后，|莫在路边停车", True),
    ("明天检查组|进村，各村不搞夹道欢迎", True),
    # a deed before the ban, or two clauses that say how, is asked for
    ("逐户|核实名册，不得遗漏一户", False),
    ("灯具照单|发，签字登记，不准代领", False),
    ("优先|保障工资，严禁挪用", False),
    # one clause before it may be whom or what it is about; an aside asks for nothing
    ("转移出来的住户，|不得擅自返回", True),
    ("迟到一刻钟不得|入场，这一条要讲清楚", True),
    # how much is owed is no ban, and what is left out is not banned
    ("各组|值守不得少于三人", False),
    ("除国家另有规定的外，材料可先|入库", False),
]


@pytest.mark.parametrize(("row", "expected"), BANS)
def test_a_row_that_bans_and_asks_for_nothing(row: str, expected: bool) -> None:
    deed, row, rules = max(row.find("|"), 0), row.replace("|", ""), default_rules()
    times = find_times(row, TimeFrame(), rules)
    seen = Mentions(quantities=(), doubtful=(), groups=(), times=times, skips={})
    findings = Findings(view_of(row), Document(row), TimeFrame(), rules, seen, groups=())
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
    segment = Segment(0, len(row), row, None, None, "directive")
    part = SegmentFindings(segment, parse_clauses(row, 0, len(row), default_rules()), (mention,))
    found = time_of(TimedRow(part, mention, findings))
    assert (found.place == "ban") is expected


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
    ("一、抓预算\n区财政局：一要编制预算草案；二要在7月底前公开决算报告。", "区财政局/item"),
    ("一、抓预算\n区财政局：一要编制预算草案。\n二、抓审计\n编制审计清单。", ""),
    ("由区民政局负责，编制实事清单。", "区民政局/explicit"),
    ("区财政局：编制预算草案。7月底前要公开决算报告。\n二、抓审计", "区财政局/item"),
]


@pytest.mark.parametrize(("text", "expected"), PLACED)
def test_whom_a_line_names(text: str, expected: str) -> None:
    task = speechmine.extract(text, date="2024-02-01", mode="full").tasks[-1]
    assert " ".join(f"{party.text}/{party.source}" for party in task.parties) == expected


@pytest.mark.parametrize("name", ["区财政局", "区财政局、区审计局"])
def test_a_name_before_a_list_is_no_row(name: str) -> None:
    text = f"{name}：一要编制预算草案；二要在7月底前公开决算报告。"
    tasks = speechmine.extract(text, date="2024-02-01", mode="full").tasks
    assert [task.text for task in tasks] == ["编制预算草案", "在7月底前公开决算报告"]
    assert {"、".join(party.text for party in task.parties) for task in tasks} == {name}


TITLES = [
    ("把滨江路建成通车。", "建成通车"),
    ("滨江路要在6月底前建成通车。", "滨江路建成通车"),
    ("要在6月底前编制度汛方案。", "编制度汛方案"),
    ("滨江路年底前建成通车。", "滨江路年底前建成通车"),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_a_title_has_the_order_of_the_text(text: str, title: str) -> None:
    assert speechmine.extract(text, date="2024-02-01", mode="full").tasks[-1].title == title
