"""The cell 完成时限: all that the text says by when, and nothing that is no time."""

from __future__ import annotations

import pytest

import speechmine
from speechmine.ledger import make_ledger
from speechmine.ledger.drafting.timed import is_condition, is_time
from speechmine.model import Deadline

DAY = "2025-03-10"


def first(text: str) -> dict[str, str]:
    return make_ledger([speechmine.extract(text, date=DAY)]).rows[0].cells


CELLS = [
    # how far by then, and how it goes on
    (
        "1.开展燃气管网整治行动。（牵头单位：县住建局；完成时限：4月30日前完成首轮，此后长期坚持）",
        "4月30日前完成首轮，此后长期坚持",
        "2025-04-30",
    ),
    (
        "1．开通网上办事大厅。（5月底取得阶段性成效并持续推进，责任单位：县数据局）",
        "5月底取得阶段性成效并持续推进",
        None,
    ),
    ("1．编制排涝规划。（责任单位：县水利局，6月底）", "6月底", None),
    # how often, whole
    ("县科技局对在研项目一个季度查一遍。", "一个季度查一遍", ""),
    ("驻村干部一个月在岗不少于20天。", "一个月在岗不少于20天", ""),
    # what a length is counted from; who is to act has a column of its own
    ("值班人员接报后，应当在1小时内向县应急局报告。", "接报后1小时内", ""),
    ("县烟草公司收完半个月内把税款结清。", "收完半个月内", ""),
    # no text says how long a holiday is
    ("“五一”期间，县商务局要办好购物节。", "“五一”期间", ""),
    # a case that must come first, and how long before a deed
    ("待省里批准后，县发改局要组织专家评审。", "", ""),
    ("请各参会单位提前10分钟入场，手机调至静音。", "", ""),
]


@pytest.mark.parametrize(("text", "deadline", "latest"), CELLS)
def test_the_cell_of_a_deadline(text: str, deadline: str, latest: str | None) -> None:
    cells = first(text)
    assert cells["deadline"] == deadline
    assert latest is None or cells["latest"] == latest


def test_what_is_no_time_stays_in_the_words_of_the_row() -> None:
    assert "提前10分钟" in first("请各参会单位提前10分钟入场，手机调至静音。")["task"]
    assert "批准后" in first("待省里批准后，县发改局要组织专家评审。")["task"]


CASES = [
    ("查清后", False),
    ("待批准后", False),
    ("项目验收后", False),
    ("春节后", True),
    ("会后", True),
    ("汛期结束后", True),
    ("开学后", True),
]


@pytest.mark.parametrize(("said", "when"), CASES)
def test_what_comes_on_its_own_is_a_time(said: str, when: bool) -> None:
    deadline = Deadline("after_event", said, 0, len(said), event=said[:-1])
    assert is_time(deadline) is when
    assert is_condition(deadline) is not when
