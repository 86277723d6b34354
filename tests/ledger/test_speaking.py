"""We, our bureau, you: named where the text itself says who that is, else a remark."""

from __future__ import annotations

import pytest

import speechmine
from speechmine.ledger import make_ledger
from speechmine.ledger.drafting.doubts import DoubtfulRow, doubts_of, explains
from speechmine.ledger.drafting.speaking import says_speaker

ANSWER = "示例市水务局关于市政协第12号提案的答复\n尊敬的王某某委员：\n"
LETTER = "示例省人民政府办公厅关于办理情况的函\n青石地区行政公署：\n"
SIGNED = "{}\n青石县林业局\n2024年3月5日\n"


def row(text: str, words: str) -> dict[str, str]:
    found = make_ledger([speechmine.extract(text, date="2024-03-05")]).rows
    return next(r.cells for r in found if words in r.cells["task"])


NAMED = [
    # text, words of a row, who answers
    (f"{ANSWER}我们将在6月底前建立水表台账。", "台账", "示例市水务局"),
    (f"{ANSWER}我局将在6月底前制定换管方案。", "换管方案", "示例市水务局"),
    (f"{LETTER}一、关于水库问题。\n请你区在9月底前制定加固方案。", "加固方案", "青石地区"),
    (SIGNED.format("关于林火的报告\n我局将于4月底前建立瞭望台账。"), "瞭望台账", "青石县林业局"),
]


@pytest.mark.parametrize(("text", "words", "who"), NAMED)
def test_whoever_speaks_or_is_spoken_to_has_a_name(text: str, words: str, who: str) -> None:
    cells = row(text, words)
    assert cells["who"] == who
    assert "原文作" not in cells["remark"]


UNNAMED = [
    ("我们局要在6月底前修好示例水闸。", "水闸", "我们局"),
    ("你们街道6月底前建立楼栋台账。", "台账", "你们街道"),
    # A letter's author is no bureau, and an addressee no county.
    (f"{LETTER}一、关于水库问题。\n请你县在9月底前制定加固方案。", "加固方案", "你县"),
]


@pytest.mark.parametrize(("text", "words", "said"), UNNAMED)
def test_a_pronoun_that_nothing_resolves_stands_in_a_remark(
    text: str, words: str, said: str
) -> None:
    cells = row(text, words)
    assert cells["who"] == ""
    assert f"责任单位原文作“{said}”" in cells["remark"]


def test_a_pronoun_leaves_nothing_open_where_others_act() -> None:
    said = "我们不照搬，但有件事马上做：由县发改局牵头，县财政局配合，6月底前拿出项目清单。"
    cells = row(said, "项目清单")
    assert cells["who"] == "县发改局（牵头）"
    assert "原文作" not in cells["remark"]


OFFICES = [
    ("1.县交通局：护栏三日内装完。局主要负责人向县政府说明情况。", "县交通局主要负责人"),
    ("2．县卫健委：月底前补齐药品。委主要负责人向县政府作出书面说明。", "县卫健委主要负责人"),
    ("3．县人民医院：周五前修好电梯。院主要负责人到县政府说明情况。", "县人民医院主要负责人"),
]


@pytest.mark.parametrize(("text", "who"), OFFICES)
def test_a_head_without_a_body_is_that_of_the_body_called_upon(text: str, who: str) -> None:
    cells = row(text, "县政府")
    assert who in (cells["who"], cells["leader"], cells["person"])


REPORTING = [
    ("（邮政所汇报送报时）报纸隔天才来。你们跟客运站碰个头，压到当天以内。", "邮政所"),
    ("（县水务局汇报泵站检修时）两台坏了一台。你们先把备用泵装上，本周内试机。", "县水务局"),
    ("（县交通局汇报危桥时）桥面都裂了。你们今晚十点前把限高杆立起来。", "县交通局"),
]


@pytest.mark.parametrize(("text", "who"), REPORTING)
def test_whoever_reports_is_spoken_to(text: str, who: str) -> None:
    assert [r.cells["who"] for r in make_ledger([speechmine.extract(text)]).rows][-1] == who


HELPED = [
    ("县民政局要建成助餐点3个，配合有关部门建立送餐台账。", "送餐台账", ""),
    ("县林业局要建设瞭望塔2座。协助有关部门制定扑火预案。", "扑火预案", ""),
    ("县民政局牵头制定助餐办法，县财政局配合。", "助餐办法", "县财政局"),
]


@pytest.mark.parametrize(("text", "words", "helping"), HELPED)
def test_whoever_is_helped_does_not_help(text: str, words: str, helping: str) -> None:
    assert row(text, words)["cooperate"] == helping


def test_the_speaker_leads_what_he_takes_himself() -> None:
    head = "在全县防汛会上的讲话\n（2024年3月5日）\n县长　林远山\n同志们：\n"
    cells = row(f"{head}对连续两次排名末位的镇，由我来约谈。", "约谈")
    assert (cells["who"], cells["leader"]) == ("", "县长林远山")


DOUBTS = [
    # words of a row, its category, what to look at
    ("对本村自用农机，可实行月票优惠", "", "属准许性规定"),
    ("承办单位可以申请延期一次", "", "属准许性规定"),
    ("超过3日未签收的，视为逾期", "", "属认定、奖惩规则"),
    ("推进垃圾分类", "一、2023年工作回顾", "原文属工作回顾"),
    ("建立可以追溯的台账，应当逐日登记", "", ""),
    ("完成46个问题整改，得15分", "", ""),
    ("压减文件三分之一", "二、今年工作", ""),
    ("推动可持续发展", "", ""),
    ("推进示例渠所有权改革，建设用水数据可视化平台", "", ""),
    ("仓容不足的县，可以租赁社会仓容", "", "属准许性规定"),
    ("帮助农户选好收购点", "", ""),
    # How a body is made up; to set one up is a task.
    ("示例县抗旱应急指挥部下设供水组、宣传组", "", "属机构设置说明"),
    ("评审组由县农业农村局和三名农技员组成", "", "属机构设置说明"),
    ("专班设在县水利局，主要负责人兼任组长", "", "属机构设置说明"),
    ("成立抗旱专班，办公室设在县水利局", "", ""),
    ("对照内设机构名册换发印章", "", ""),
    ("将水痘等可以预防的疾病纳入免费接种", "", ""),
    # What is over, and what the speaker says of himself.
    ("我们先后召开果农、茶农两场座谈会", "", "原文属已办之事"),
    ("县水利局已先后印发三期用水简报", "", "原文属已办之事"),
    ("9月以来，我多次主持召开水价听证会", "", "原文属已办之事"),
    ("先后召开果农、茶农两场座谈会", "", ""),
    ("要落实好已先后印发的三项补贴办法", "", ""),
    ("明天我和林局长下去看看", "", "属讲话人自述"),
    ("周五我再去转转，不通知", "", "属讲话人自述"),
    ("下个月我也来看，谁糊弄看谁", "", "属讲话人自述"),
    ("组织果农去看示范园", "", ""),
    ("哪家误了工期我来约谈", "", "属讲话人自述"),
    ("把结果报给我，我亲自看", "", ""),
    ("我镇亲自抓三个示范点", "", ""),
    # What the text itself does or holds.
    ("加快打造科创新城，制定如下措施", "", "属行文说明"),
    ("为做好抗旱工作，现提出以下意见", "", "属行文说明"),
    ("第一部分为总论，主要阐述形势和目标", "", "属行文说明"),
    ("制定如下水渠管护办法", "", "属行文说明"),
    ("县水利局制定本渠的管护办法，专人看守", "", ""),
    # How delay is punished, and who may decide.
    ("逾期按合同每日扣工程款千分之二", "", "属认定、奖惩规则"),
    ("迟交一份扣责任人40元", "", "属认定、奖惩规则"),
    ("逾期未修的，应当扣减工程款8万元", "", ""),
    ("值班长有权关闭闸门", "", "属准许性规定"),
    ("如水位差异较大，可渐进调整闸门开度", "", "属准许性规定"),
    ("指挥部由分管副县长任总指挥", "", "属机构设置说明"),
    ("成立由副县长任组长的专班", "", ""),
    ("下设验收组，由农技员和村民代表组成", "", "属机构设置说明"),
    # Done already.
    ("渠首选址已会同乡镇初步踏勘", "", "原文属已办之事"),
    ("已建成的示范点要管护好", "", ""),
    # What a body may do.
    ("困难企业可组织职工在岗培训", "", "属准许性规定"),
    ("三日内没有答复，则视为同意", "", "属认定、奖惩规则"),
    ("逾期一天按合同价千分之二扣违约金", "", "属认定、奖惩规则"),
]
AROUND = [
    # The words before a row, who answers, what to look at.
    ("要把先后推出的三版定额用好", (), ""),
    ("", ("国务院",), "属上级或国家层面安排"),
    ("", ("国务院有关部门",), ""),
    ("党中央经过深入研究，决定给予支持", (), "原文属已办之事"),
    ("国务院决定，从今年起逐步推开", (), ""),
]


@pytest.mark.parametrize(("words", "section", "says"), DOUBTS)
def test_what_is_perhaps_no_task_says_so(words: str, section: str, says: str) -> None:
    found = list(doubts_of(DoubtfulRow(words, section)))
    assert found == ([f"待核：{says}"] if says else [])


@pytest.mark.parametrize(("above", "bodies", "says"), AROUND)
def test_what_stands_around_a_row_tells_whether_it_is_a_task(
    above: str, bodies: tuple[str, ...], says: str
) -> None:
    found = list(doubts_of(DoubtfulRow("每户出两个工", "", above, bodies)))
    assert found == ([f"待核：{says}"] if says else [])


def test_words_that_are_explained_are_no_tasks() -> None:
    text = "县水利局6月底前修好南渠闸门。\n名词解释\n1.五小工程：建设小水窖、小水池等五类工程。\n"
    found = speechmine.extract(text, date="2025-03-10")
    ledger = make_ledger([found])
    assert [row.cells["task"] for row in ledger.rows] == ["修好南渠闸门"]
    left = len(found.tasks) - 1
    assert ledger.foot == ((f"名词解释中有{left}处文字与任务相似，未列入台账",) if left else ())


def test_what_an_annex_says_is_no_explanation() -> None:
    text = "名词解释\n1.五小工程：建设小水窖等。\n附件\n2025年实事\n6月底前培训农机手300名。\n"
    assert [explains(text, text.index(words)) for words in ("小水窖", "农机手")] == [True, False]


SPEAKERS = [
    ("闸门开不了，先打我的电话", True),
    ("后天给我回话", True),
    ("把渠道给我清干净", False),
    ("推进我县灌区改造", False),
    ("开展“我为渠道出份力”活动", False),
    ("增强自我管理能力", False),
]


@pytest.mark.parametrize(("said", "speaks"), SPEAKERS)
def test_words_of_the_speaker(said: str, speaks: bool) -> None:
    assert says_speaker(said) is speaks


def test_a_row_says_who_speaks() -> None:
    text = (
        "罗县长在抗旱会上的讲话\n各乡镇要守好泵站。县水利局每天报水位，闸门开不了，先打我的电话。"
    )
    document = speechmine.Document(text, title="罗县长在抗旱会上的讲话", date="2025-03-10")
    remarks = [row.cells["remark"] for row in make_ledger([speechmine.extract(document)]).rows]
    assert any("文中“我”为罗县长" in remark for remark in remarks)


def test_what_stands_under_matters_that_are_done_is_looked_at() -> None:
    text = (
        "（一）已经完成的事项\n1.台账不全\n县水利局要在6月底前补齐台账。\n"
        "（二）正在办的事项\n1.水渠漏水\n县水利局要在7月底前修好水渠。\n"
    )
    rows = make_ledger([speechmine.extract(text, date="2025-03-10")]).rows
    found = {row.cells["task"]: row.cells["remark"] for row in rows}
    assert [said for said, remark in found.items() if "待核" in remark] == ["补齐台账"]


TAKEN_UP = [
    # whom 该 and a noun take up; nobody where several are named together
    ("县水利局已上报规划，待批准后，该局将在6月底前编制细则。", "县水利局"),
    ("镇卫生院要配齐设备。该院要在9月底前招聘医生5名。", "镇卫生院"),
    ("县水利局、县财政局做好了衔接。该局要在6月底前编制细则。", ""),
]


@pytest.mark.parametrize(("text", "who"), TAKEN_UP)
def test_a_noun_that_points_back_has_the_name_that_it_takes_up(text: str, who: str) -> None:
    found = make_ledger([speechmine.extract(text, date="2024-03-05")]).rows
    assert found[-1].cells["who"] == who


JUDGED = [
    ("有下列行为之一的，依照有关规定处理", "待核：属认定、奖惩规则"),
    ("种植面积超过200亩（山区超过80亩）并投保的，可申请补贴", "待核：属准许性规定"),
]


@pytest.mark.parametrize(("words", "doubt"), JUDGED)
def test_rules_for_cases_are_marked(words: str, doubt: str) -> None:
    assert list(doubts_of(DoubtfulRow(words, "", "", ()))) == [doubt]
