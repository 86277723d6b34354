"""The remark 上文：names the thing that a word of the row stands for, and no other case."""

from __future__ import annotations

import pytest

import speechmine
from speechmine.ledger import make_ledger

ANTECEDENTS = [
    # text, words of the row, what its remark names
    (
        "聚焦铝产业建链，抓紧青禾铝材一期60万吨、云岭型材一期40万吨投产，随后启动二期项目。",
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
]


@pytest.mark.parametrize(("text", "words", "named"), ANTECEDENTS)
def test_the_remark_names_what_a_row_points_to(text: str, words: str, named: str) -> None:
    cells = [row.cells for row in make_ledger([speechmine.extract(text)]).rows]
    row = next(cell for cell in cells if words in cell["task"])
    assert named in row["remark"] if named else "上文" not in row["remark"]
    assert "属于区级" not in row["remark"]


def test_a_remark_does_not_repeat_the_row() -> None:
    text = "以上各项，请省直有关部门抓紧落实，你区于年底前将有关项目进展情况函告省政府办公厅。"
    for row in make_ledger([speechmine.extract(text)]).rows:
        assert row.cells["task"] not in row.cells["remark"]
