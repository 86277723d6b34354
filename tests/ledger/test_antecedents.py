"""The remark 上文：or a bracket names the thing that a word of a row stands for, no other case."""

from __future__ import annotations

import pytest

import speechmine
from speechmine.ledger import make_ledger

ANTECEDENTS = [
    # text, words of the row, what its remark names
    (
        "县工信局要抓紧青禾铝材一期60万吨、云岭型材一期40万吨投产，随后启动二期项目。",
        "启动二期项目",
        "抓紧青禾铝材一期60万吨、云岭型材一期40万吨投产",
    ),
    ("抓紧建设北山水厂一期工程，适时启动二期工程。", "二期工程", "北山水厂一期工程"),
    ("建成云溪物流园首期仓库，谋划二期建设。", "谋划二期建设", "云溪物流园首期仓库"),
    (
        "加快东岭国际物流园区规划编制，启动园区基础设施施工，备好地块和招商清单。",
        "启动园区基础设施",
        "东岭国际物流园区",
    ),
    (
        "对入选的总部企业给予扶持。自入选当年起，按其年度缴税额给予五年补助。",
        "按其年度",
        "入选的总部企业",
    ),
    (
        "目前项目环评和移民安置规划尚未批复。待上述文件齐备后，省发展改革委组织专家评估。",
        "上述文件",
        "环评和移民安置规划",
    ),
    (
        "资金缺口260万元，从衔接资金里解决一半，剩下的由合作社商量入股。",
        "解决一半",
        "资金缺口260万元",
    ),
    (
        "污水站停了七个月，原因是施工队扯皮。这个皮不要再扯了：由副县长李明负总责，住建局拿技术，6月20日前通水。",
        "负总责",
        "污水站停了七个月",
    ),
    (
        "自来水厂停了三个月，水利局和镇里互相推。今天定下来：由水利局牵头，5月底前通水。",
        "今天定下来",
        "自来水厂停了三个月",
    ),
    # the case of another row is none of this one
    (
        "联络员有了调整，属于区里的，由区对应办公室把名册报送市信访局；属于市直单位的，尽快把名册报送市信访局。",
        "属于市直单位的",
        "联络员有了调整",
    ),
    # a name of its own, or nothing that is meant
    ("启动高铁新城二期项目。", "二期项目", ""),
    ("市水务局要加快污水厂二期扩建。", "二期扩建", ""),
    ("鼓励产业园招商。推进创新，建立各区、各园区联席会议，拿出新机制。", "各园区", ""),
    # a report, a plan, a result, and what is to be mended stand in the sentence before
    (
        "县住建局，青松桥的承载检测报告拖了一个月。报告出来马上向社会公布。",
        "报告出来",
        "青松桥的承载检测报告",
    ),
    (
        "街道办把巷口路灯的检修方案拿给我看过，还差得远。重新写，周五前报。",
        "重新写",
        "巷口路灯的检修方案",
    ),
    ("县水利局对北塘水库开展安全评估。结果下月报县政府。", "结果下月", "北塘水库开展安全评估"),
    ("督查发现北河加油站有三处用电隐患。必须在一周内整改到位。", "整改到位", "三处用电隐患"),
    (
        "雪后扫街，有铲车的雇铲车，费用先记着，镇财政所按每公里300块钱补。",
        "按每公里300块钱补",
        "费用先记着",
    ),
    ("县水利局对塘坝开展抽查。北塘水库的安全评估报告下月报送县政府审定。", "北塘水库", ""),
    ("督查发现加油站有用电隐患。县教育局编制校园食堂采购管理办法。", "食堂采购", ""),
]


@pytest.mark.parametrize(("text", "words", "named"), ANTECEDENTS)
def test_a_remark_or_bracket_names_what_a_row_points_to(text: str, words: str, named: str) -> None:
    cells = [row.cells for row in make_ledger([speechmine.extract(text)]).rows]
    row = next(cell for cell in cells if words in cell["task"])
    bracket = row["task"].partition("）")[0] if row["task"].startswith("（") else ""
    assert (
        named in row["remark"] + bracket if named else not bracket and "上文" not in row["remark"]
    )
    assert "属于区级" not in row["remark"]


def test_a_remark_does_not_repeat_the_row() -> None:
    text = "以上各项，请省直有关部门抓紧落实，你区于年底前将有关项目进展情况函告省政府办公厅。"
    for row in make_ledger([speechmine.extract(text)]).rows:
        assert row.cells["task"] not in row.cells["remark"]


def test_what_the_remark_itself_points_to_is_said_once() -> None:
    text = "县教育局，东湖小学的跑道检测报告何时能出？报告出来马上公布，不合格就铲掉重做。"
    rows = make_ledger([speechmine.extract(text)]).rows
    remark = rows[-1].cells["remark"]
    assert remark.count("东湖小学的跑道检测报告") == 1
