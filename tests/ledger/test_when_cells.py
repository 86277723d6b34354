"""The cell 完成时限: all that the text says by when, and nothing that is no time."""

from __future__ import annotations

import dataclasses

import pytest

import speechmine
from speechmine.ledger import make_ledger
from speechmine.ledger.drafting.timed import is_condition, is_time
from speechmine.ledger.drafting.wording import task_cells
from speechmine.model import Deadline, Document

DAY = "2025-03-10"


def first(text: str) -> dict[str, str]:
    return make_ledger([speechmine.extract(text, date=DAY)]).rows[0].cells


CELLS = [
    # how far by then, and how it goes on
    (
        "1.要开展燃气管网排查整治，建立隐患台账。（牵头单位：县住建局；完成时限：5月20日前走完一遍，往后常态开展）",
        "5月20日前走完一遍，往后常态开展",
        "2025-05-20",
    ),
    (
        "1．建成网上办事大厅3个。（7月底初见成效并不断深化，责任单位：县数据局）",
        "7月底初见成效并不断深化",
        None,
    ),
    ("1．编制排涝规划。（责任单位：县水利局，6月底）", "6月底", None),
    # how often, whole
    ("县科技局对在研项目一个季度查一遍。", "一个季度查一遍", ""),
    ("驻村干部一个月在岗不少于20天。", "一个月在岗不少于20天", ""),
    ("县信访局对重点事项一周一会商。", "一周一会商", ""),
    ("村广播每天早中晚各播一遍防火提示。", "每天早中晚", ""),
    ("今年中央财政拨付灌区补助资金3亿元。", "今年", None),
    # a ceiling, a visit, what must not be at the year's end and an attitude give no time
    ("县财政局对入选企业给予贴息，每年最高补贴不超过200万元。", "", ""),
    ("县财政局给予奖励，同一企业每年累计奖励不超过50万元。", "", ""),
    ("县科技局要兑现补助，每年补助最高80万元。", "", ""),
    ("市民政局每年至少走访困难家庭2次。", "每年", ""),
    ("路口的标牌要马上换掉，下个月我还来看。", "", ""),
    ("各村要逐条建立整改台账，年底我们再来。", "", ""),
    ("镇里下个月再来一次大清扫。", "下个月", None),
    ("县财政局要坚决杜绝年底突击花钱。", "", ""),
    ("防止年底集中停工停产。", "", ""),
    ("各法庭年底前清理积压案件。", "年底前", "2025-12-31"),
    ("争取到2027年建成示例平台10家。", "到2027年", "2027-12-31"),
    ("力争到2028年建成示例园区3个。", "到2028年", "2028-12-31"),
    # 之日起: when something begins to hold
    ("自县政府批准设立园区之日起，县税务局对入园企业减免契税。", "", ""),
    ("自办法公布之日起，县医保局对参保职工给予补助。", "", ""),
    ("县人社局自受理之日起15日内发放补贴。", "受理之日起15日内", ""),
    # from when on, until when nothing may be done, and the year of a sum: no last day
    ("4月1日起，县政务大厅实行周末值班。", "4月1日起", ""),
    ("从4月1日起，县交警大队在四个路口设置执勤岗。", "4月1日起", ""),
    ("4月1日至6月30日禁止垂钓，由县渔政站负责巡查。", "4月1日至6月30日", ""),
    ("全年安排专项资金300万元，由县财政局拨付到村。", "全年", ""),
    ("4月和9月，县应急局各组织一次演练。", "4月和9月", "2025-09-30"),
    # a length with that of urgent cases in a bracket; a list of goals
    ("县财政局要守好今年的盘子。", "", ""),
    (
        "承办单位应在7个工作日（紧急类2个工作日）内办结并答复。",
        "7个工作日（紧急类2个工作日）内",
        "",
    ),
    # the year before a season
    ("县教育局确保2026年秋季开学前完成加固。", "2026年秋季开学前", None),
    ("县水利局确保2026年汛期前完成清淤。", "2026年汛期前", None),
    # of two stages in one row the last day completes it; a year around a day does not
    ("各校6月15日前发放70%，6月底全部发完。", "6月15日前；6月底", "2025-06-30"),
    ("今年县水利局要修好渠道，8月底前验收。", "今年；8月底前", "2025-08-31"),
    # who is to act has a column of its own
    ("县烟草公司收完半个月内把税款结清。", "收完半个月内", ""),
    # no text says how long a holiday is
    ("“五一”期间，县商务局要办好购物节。", "“五一”期间", ""),
    # what is threatened and what a deed counts in; how it goes on
    ("镇农技站每两天汇总一次墒情，报不上来的年底别找我谈评先。", "每两天", ""),
    ("县督查室把巡河记录纳入年底考核。", "", ""),
    ("各村要管好水闸，年底考核扣分的不得推荐。", "", ""),
    ("县农机站年底考核一次维修点。", "年底", "2025-12-31"),
    ("县财政局逐年提高补助标准。", "逐年", ""),
    # a case that must come first, and how long before a deed
    ("待省里批准后，县发改局要组织专家评审。", "", ""),
    ("各镇要提前10分钟组织参会人员入场，手机调至静音。", "", ""),
]


@pytest.mark.parametrize(("text", "deadline", "latest"), CELLS)
def test_the_cell_of_a_deadline(text: str, deadline: str, latest: str | None) -> None:
    cells = first(text)
    assert cells["deadline"] == deadline
    assert latest is None or cells["latest"] == latest


def test_what_is_no_time_stays_in_the_words_of_the_row() -> None:
    assert "提前10分钟" in first("各镇要提前10分钟组织参会人员入场，手机调至静音。")["task"]
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


NO_TIMES = [
    # How a deed is done, a term of what is barred, a penalty, and of two cycles the new one.
    ("县交警大队提前制定分流方案。", ""),
    ("套取资金的，全额追回，三年内不再安排。", ""),
    ("逾期未修好水渠的，按合同每日扣工程款千分之二。", ""),
    ("承办单位未在2个工作日内查阅的，县效能办予以通报。", ""),
    ("供水站水质检测由每月一次加密到每周一次。", "每周一次"),
]


@pytest.mark.parametrize(("text", "cell"), NO_TIMES)
def test_what_is_no_deadline_stands_in_no_cell(text: str, cell: str) -> None:
    row = first(text)
    assert (row["deadline"], row["latest"]) == (cell, "")


@pytest.mark.parametrize(
    ("text", "words", "remark"),
    [
        ("对于及时签收的，县水利局要给予表扬。", "及时", ""),
        ("县水利局要及时签收工单。", "及时", "时限要求：及时"),
    ],
)
def test_what_is_said_of_a_case_is_asked_of_nobody(text: str, words: str, remark: str) -> None:
    start = text.index(words)
    when = Deadline(text=words, start=start, end=start + len(words), kind="ongoing")
    task = dataclasses.replace(
        speechmine.extract("县水利局要在6月底前修好水渠。").tasks[0],
        text=text.rstrip("。"),
        start=0,
        end=len(text) - 1,
        deadline=when,
    )
    assert task_cells(task, Document(text))["remark"] == remark
