"""Which part of a text its pieces stand in: openings, turns, farewells, annexes."""

from __future__ import annotations

import pytest

from speechmine.reading import read_outline
from speechmine.rules.loader import default_rules

RULES = default_rules()
# Letters stand for zones: o opening, r review, p plan, c closing; a letter a piece.
LETTERS = {"opening": "o", "review": "r", "plan": "p", "closing": "c"}

OPENINGS = [
    (
        "ends with the agenda",
        "同志们：\n刚才，三个镇作了发言。\n下面，我讲两点意见。\n一、抓早\n要早动手。",
        "ooopp",
    ),
    (
        "ends before the situation is told",
        "同志们：\n今天开个防汛会。\n去年下了三场大雨，冲毁了八座桥，损失已经补上了。\n一、抓早\n要早动手。",
        "oorpp",
    ),
    (
        "the congress itself",
        "同志们：\n本次大会的任务是换届。\n一、抓早\n要早动手。",
        "oopp",
    ),
]

TURNS = [
    (
        "with the address above",
        "一、2023年工作回顾\n路网建成了。\n各位代表！\n今年要把桥修好。\n二、重点工作\n要抓紧。",
        2024,
        "rrpppp",
    ),
    (
        "a review that turns to the year ahead",
        (
            "一、2023年工作回顾\n路网建成了。\n企业增加了9家。\n"
            "2024年，我们要把桥修好。要把水引来。\n二、重点工作\n要抓紧。"
        ),
        2024,
        "rrrpppp",
    ),
    (
        "problems that must be seen oblige to nothing yet",
        (
            "同志们：\n今年以来，工作有了起色。\n必须看到，今年仍然存在不少问题。\n"
            "必须承认，短板依然突出。\n一、抓早\n要早动手。"
        ),
        2024,
        "orrrpp",
    ),
    (
        "a part of problems looks back, whatever its heading",
        "一、当前形势\n要清醒看到，存在的问题不少。\n要清醒看到，差距还很大。\n二、下步打算\n要抓紧。",
        2024,
        "rrrpp",
    ),
    (
        "its problems are part of the review",
        "一、2023年工作回顾\n路网建成了。\n还存在一些问题，企业还不多。\n二、2024年工作安排\n要抓紧。",
        2024,
        "rrrpp",
    ),
]

PARTS = [
    (
        "今年以来 looks back",
        "一、2023年工作回顾\n路网建成了。\n今年以来，企业增加了9家。\n二、2024年工作安排\n要抓紧。",
        2024,
        "rrrpp",
    ),
    (
        "who answers for what",
        "一、过去五年的成绩\n（一）建成路网。\n责任单位：县交通局",
        None,
        "ppp",
    ),
    (
        "numbers below an unnumbered main heading",
        (
            "2023年工作回顾\n一、全力以赴抓投资\n路网建成了。\n二、奋力做好招商\n企业增加了。\n"
            "2024年工作安排\n一、成效要看得见\n要把桥修好。"
        ),
        2024,
        "rrrrrppp",
    ),
    (
        "a plan is followed by plans",
        (
            "一、2023年工作回顾\n路网建成了。\n二、2024年工作安排\n要把桥修好。\n"
            "三、政府自身建设\n作风有了转变。要守住底线。"
        ),
        2024,
        "rrppppp",
    ),
]

CLOSINGS = [
    (
        "a part that names itself so",
        "一、抓早\n要早动手。\n结束语\n各位代表：\n道路是曲折的。\n前途是光明的，让我们奋勇前进！",
        "ppcccc",
    ),
    (
        "the last address with what it opens",
        "一、抓早\n要早动手。\n同志们！\n春天不等人。\n让我们一起干起来！",
        "ppccc",
    ),
    (
        "an address in front of duties is none",
        (
            "一、抓早\n要早动手。\n同志们！\n各镇要备足沙袋。\n各村要管好水闸。\n"
            "同志们，春天不等人，让我们一起干起来！散会。"
        ),
        "pppppcc",
    ),
    (
        "the last part may begin with 最后",
        (
            "一、抓早\n要早动手。\n最后，讲讲保障。财政局要备足资金，三天内到账。\n"
            "同志们，让我们一起干起来！散会。"
        ),
        "ppppcc",
    ),
    ("no farewell", "一、抓早\n要早动手。\n要备足沙袋。", "ppp"),
    (
        "a glossary stands behind the farewell",
        "一、抓早\n要早动手。\n要备足沙袋。\n各位代表，让我们一起干起来！\n名词解释\n三防：指防汛、防旱、防风。",
        "pppccc",
    ),
    (
        "an annex with work to do is plan again",
        "一、抓早\n要早动手。\n要备足沙袋。\n各位代表，让我们一起干起来！\n附件1\n要修好三座桥。",
        "pppcpp",
    ),
]


def zones_of(text: str, year: int | None = None) -> str:
    return "".join(LETTERS[s.zone] for s in read_outline(text, RULES, year=year).segments)


@pytest.mark.parametrize(("text", "zones"), [c[1:] for c in OPENINGS], ids=[c[0] for c in OPENINGS])
def test_openings(text: str, zones: str) -> None:
    assert zones_of(text) == zones


@pytest.mark.parametrize(
    ("text", "year", "zones"),
    [c[1:] for c in (*TURNS, *PARTS)],
    ids=[c[0] for c in (*TURNS, *PARTS)],
)
def test_parts(text: str, year: int | None, zones: str) -> None:
    assert zones_of(text, year) == zones


@pytest.mark.parametrize(("text", "zones"), [c[1:] for c in CLOSINGS], ids=[c[0] for c in CLOSINGS])
def test_closings(text: str, zones: str) -> None:
    assert zones_of(text) == zones


def test_a_list_that_starts_again_opens_the_next_part() -> None:
    """（一）（二） and again （一）（二）: the headings 一、 and 二、 were lost in the file."""
    review = "（一）路网建成了。\n企业增加了9家。\n（二）做好招商。\n产值达到12亿元，增长9%。\n"
    plan = "（一）抓好修桥。\n要把桥修好。\n（二）引水取得突破。\n要把水引来。\n"
    assert zones_of(review + plan) == "rrrrpppp"
