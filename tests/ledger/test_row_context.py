"""What a row needs of the words around it: its field, its deed, its thing, and no more."""

from __future__ import annotations

import pytest

import speechmine
from speechmine.ledger import make_ledger
from speechmine.ledger.drafting.above import unspoken
from speechmine.ledger.drafting.figures import whole_figure

DAY = "2024-05-10"


def rows(text: str) -> list[dict[str, str]]:
    return [row.cells for row in make_ledger([speechmine.extract(text, date=DAY)]).rows]


def row_with(text: str, words: str) -> dict[str, str]:
    return next(row for row in rows(text) if words in row["task"])


def above(row: dict[str, str]) -> str:
    return row["remark"].partition("上文：")[2]


FIELDS = [
    # sentence, words of a row, how the row begins
    ("聚焦竹木、茶叶两个产业，编制招商目录。", "编制招商目录", "聚焦竹木、茶叶两个产业"),
    ("结合老城更新，启动排水规划编制。", "启动排水规划", "结合老城更新"),
    ("除水源地外，各村全部建立巡河台账。", "建立巡河台账", "除水源地外"),
    ("在保证灌溉的前提下，建成小水电站2座。", "小水电站2座", "在保证灌溉的前提下"),
    # One with a deed of its own that has no row stands before it too; another's row does not.
    ("围绕节水集思广益，编制用水规划。", "编制用水规划", "围绕节水集思广益"),
    ("针对渠道渗漏，县水利局编制防渗方案，县财政局安排资金300万元。", "资金300万元", "安排"),
]


@pytest.mark.parametrize(("text", "words", "begins"), FIELDS)
def test_the_field_of_an_order_is_part_of_it(text: str, words: str, begins: str) -> None:
    assert row_with(text, words)["task"].startswith(begins)


AIMS = [
    ("完成村庄规划编制12个，力争城郊行政村全覆盖。", "力争城郊行政村全覆盖"),
    ("实施水厂改造工程12个，计划投资3.4亿元。", "计划投资3.4亿元"),
    ("开展农机补贴，确保机收率达到85%以上。", "确保机收率达到85%以上"),
]


@pytest.mark.parametrize(("text", "aim"), AIMS)
def test_the_aim_behind_an_order_goes_with_it(text: str, aim: str) -> None:
    assert any(row["task"].endswith(aim) for row in rows(text))


DEEDS = [
    ("紧盯“茶园”“果园”，打造两江流域优质农产品供应基地。", "打造两江流域"),
    ("依托三个省级园区，必须引进链主企业6家，新建厂房12万平方米。", "引进链主企业6家"),
    ("紧盯“花卉”“苗木”，建设三县交界精品花卉供应基地。", "建设三县交界"),
]


@pytest.mark.parametrize(("text", "deed"), DEEDS)
def test_a_row_never_says_only_what_is_looked_at(text: str, deed: str) -> None:
    assert any(deed in row["task"] for row in rows(text))


THINGS = [
    # sentence, words of a row, the thing that opens the sentence
    (
        "60岁以上老人的体检，4月启动，县卫健局提供名册，以村为单位集中组织，入夏前完成第一轮。",
        "以村为单位",
        "60岁以上老人的体检",
    ),
    (
        "南坪光伏项目：用地问题拖了一年，县自然资源局要在7月内批复，县发改局8月底前开工。",
        "7月内批复",
        "南坪光伏项目",
    ),
    (
        "停用的41座泵站，水利局、财政局6月底前拿出处置意见，报废的注销，能用的年底全部恢复。",
        "能用的年底全部恢复",
        "停用的41座泵站",
    ),
]


@pytest.mark.parametrize(("text", "words", "thing"), THINGS)
def test_a_row_names_the_thing_that_its_sentence_opens_with(
    text: str, words: str, thing: str
) -> None:
    row = row_with(text, words)
    assert thing in row["task"] or above(row).startswith(thing)


BARE = [
    # sentence, words of a row, words of its 上文
    ("东岭乡的“联户管水”效果好，水利站总结一下，下月报县政府印发意见。", "总结一下", "联户管水"),
    ("县督查室把今天定的事列出清单，每半月调度一次，结果登简报。", "每半月调度", "列出清单"),
    ("县委农办要排查撂荒地。每月通报一次。", "每月通报", "排查撂荒地"),
    ("危桥改造今年完成9座，其余四座明年6月底前完工。", "其余四座", "危桥改造"),
]


@pytest.mark.parametrize(("text", "words", "said"), BARE)
def test_a_row_that_names_nothing_says_what_stands_before(text: str, words: str, said: str) -> None:
    row = row_with(text, words)
    assert said in above(row) or said in row["task"]


POINTING = [
    (
        "几个项目单独说：\n③康盛药业，县住建局6月底前办好施工许可，县财政局7月底前把奖补拨付到位；\n",
        "奖补",
        "康盛药业",
    ),
    # text, words of a row, words of its 上文
    (
        "若经办人发生变动，属于乡镇的，由镇党委报送名单；属于县直单位的，抓紧把名册报送县信访局。",
        "属于县直单位",
        "若经办人发生变动",
    ),
    ("从专项资金中安排一部分并按季下达，由地方统筹纳入就业资金，建立使用台账。", "台账", ""),
    (
        "把南坡荒地改成晒谷场，占地两亩，年底前完工。\n这个方案贴在公示栏，由村委会建立意见台账。",
        "这个方案",
        "南坡荒地",
    ),
    ("粮站离学校太近，运粮车进出不安全，换个地方，镇政府下周四之前拿出选址。", "换个地方", "粮站"),
    (
        "防火的事，从现在起到月底，村里24小时有人，林业站每两小时汇总一次火情报县里。",
        "汇总",
        "防火的事",
    ),
    (
        "承办单位未按期查阅工单的，由县效能办通报，月累计3次未查阅的，对相关责任人进行约谈。",
        "月累计3次",
        "承办单位未按期查阅工单的",
    ),
]


@pytest.mark.parametrize(("text", "words", "said"), POINTING)
def test_a_row_that_leaves_open_whom_or_which_says_so(text: str, words: str, said: str) -> None:
    row = row_with(text, words)
    assert said in above(row) or (said and said in row["task"])


@pytest.mark.parametrize("who", ["各庭室负责人", "各处室负责同志"])
def test_a_title_is_not_cut_in_the_middle(who: str) -> None:
    row = rows(f"{who}要建立巡查台账。")[0]
    assert (row["who"], row["task"]) == (who, "建立巡查台账")


@pytest.mark.parametrize(
    "text", ["审计整改剩4条，财政局6月底前报送说明。", "旱厕尚有416座没改，镇政府月底前摸清原因。"]
)
def test_what_is_left_over_is_no_figure_that_is_owed(text: str) -> None:
    assert all("4" not in row["metrics"] for row in rows(text))


@pytest.mark.parametrize(
    ("before", "left"),
    [("下一步：1.", ""), ("接下来，", ""), ("下一步要查清库存", "下一步要查清库存")],
)
def test_what_comes_next_is_no_context(before: str, left: str) -> None:
    assert unspoken(before) == left


def test_words_before_a_row_do_not_hang() -> None:
    text = "县农业农村局6月底前编制技术手册，并请省农科院的专家讲两次课。"
    assert all(not above(row).endswith("并") for row in rows(text))


CLEAR = [
    ("要深化国企改革，年内建成国有资本运营中心。", "国有资本运营中心"),
    ("加快会展中心建设，办好第四届茶业博览会。", "茶业博览会"),
    ("统筹城乡供水，建成龙泉水厂二期工程。", "龙泉水厂"),
    ("质量是企业的根本。审计局每月抽查一次。", "每月抽查"),
    ("我跟示例公司谈过两次了。物业这两天在每栋楼建立充电台账。", "充电台账"),
]


@pytest.mark.parametrize(("text", "words"), CLEAR)
def test_a_row_that_is_clear_has_no_note(text: str, words: str) -> None:
    assert above(row_with(text, words)) == ""


FIGURES = [
    # wording, the row's words, what the cell says
    ("全力推动75个", "全力推动75个续建类项目", "75个续建类项目"),
    ("60份送到会场", "自行印制60份送到会场", "60份"),
    ("原则同意县公司以借款投入900万元", "原则同意县公司以借款投入900万元", "投入900万元"),
    ("首店、省内首店20家", "引进全国首店、省内首店20家", "全国首店、省内首店20家"),
    ("区绿化率40%", "力争实现城市建成区绿化率40%", "城市建成区绿化率40%"),
    ("区域总部3家", "引进区域总部3家", "区域总部3家"),
    ("农机2万台", "更新农机2万台", "农机2万台"),
]


@pytest.mark.parametrize(("wording", "named", "figure"), FIGURES)
def test_a_figure_has_its_thing_and_no_deed(wording: str, named: str, figure: str) -> None:
    assert whole_figure(wording, named) == figure


def test_a_name_behind_which_an_order_goes_on_leaves_no_modal_word() -> None:
    text = "各县、各单位，特别是库区各乡镇，也要抓紧编制防汛预案。"
    assert [row["task"] for row in rows(text)] == ["抓紧编制防汛预案"]


def test_what_heads_one_bullet_does_not_head_the_next() -> None:
    text = (
        "四、校园安全\n●食堂安全。126所学校食堂全部接入监管平台，营养办每学期抽检两轮。\n"
        "●汛期前对全部校舍排查一遍。\n五、队伍建设\n●选树10所示范校。\n"
    )
    sections = [row["section"] for row in rows(text)]
    assert sections[0] == "四、食堂安全"
    assert row_with(text, "校舍")["section"] == "四、校园安全"


MATTERS = [
    # text, words of a row, what it is about
    (
        "北河、南沟两处溢流口，5月底前完成封堵，6月起每月开展一次水质监测。",
        "水质监测",
        "北河、南沟两处溢流口",
    ),
    (
        "全县320个地下泵房，挡水板配了几个？不到一半。县住建局牵头，跟上，本月底配齐。",
        "配齐",
        "全县320个地下泵房",
    ),
    (
        "对用水户评星，对连续两年缺报的取水企业，县科技局不予支持其获得补助。",
        "不予支持其",
        "对连续两年缺报的取水企业",
    ),
    ("卫健局派两台救护车到镇中心小学，教育局保证教室开门、有热水。", "教室", "镇中心小学"),
]


@pytest.mark.parametrize(("text", "words", "about"), MATTERS)
def test_a_row_that_names_no_matter_says_what_it_is_about(
    text: str, words: str, about: str
) -> None:
    row = row_with(text, words)
    assert about in f"{row['task']}；{above(row)}"


def test_who_settled_it_is_nothing_that_a_row_is_about() -> None:
    assert unspoken("县里定了") == ""


SHOWN = [
    # text, words of a row, the bracket before them
    (
        "石门水库移民补助差额312.5万元，县财政局本周内拨到移民局，移民局5月10日前打到860户的卡上。",
        "打到860户",
        "（石门水库移民补助差额312.5万元",
    ),
    (
        "昨晚抢修班八个师傅在水里泡了一夜，把管子接上了。县政府办要给他们记个功，补助随这个月工资发。",
        "记个功",
        "（昨晚抢修班",
    ),
    ("陪护公司的护工，没有证的月底前必须补训，考不过的请他们走人。", "走人", "（陪护公司的护工"),
    (
        "用地手续由自然资源局3月底前批下来；批不下来，本月25号之前拿出替代地块。",
        "替代地块",
        "（用地",
    ),
    ("煤的事，各厂今天下班前报库存，低于十天的马上去买。", "马上去买", "（煤的事"),
    ("各单位的整改报告，5月底前报督查室，督查室汇总后报县长。", "汇总后报", "（各单位的整改报告"),
    # A row that says itself of what has none, nor has one case beside another.
    ("县水利局要修好南渠水闸，县民政局办好老年食堂。", "老年食堂", ""),
    ("对符合低保条件的，纳入低保。对符合救助条件的，给予救助。", "给予救助", ""),
]


@pytest.mark.parametrize(("text", "words", "bracket"), SHOWN)
def test_a_row_that_names_no_thing_has_it_in_brackets(text: str, words: str, bracket: str) -> None:
    task = row_with(text, words)["task"]
    assert task.startswith(bracket) if bracket else not task.startswith("（")


OPENINGS = [
    # text, how its only row with the words begins
    ("对短期可能出现的饲料短缺，建立调度机制，统一安排车辆。", "建立调度", "对短期可能"),
    ("结果反馈到县信访局后，县信访局应在2个工作日内审核答复。", "审核答复", "结果反馈到"),
    ("烘干验收、入库备案，由县粮食局实行并联办理，5日内办结。", "并联办理", ""),
]


@pytest.mark.parametrize(("text", "words", "opening"), OPENINGS)
def test_an_opening_is_no_row_of_its_own(text: str, words: str, opening: str) -> None:
    found = [row["task"] for row in rows(text)]
    assert next(task for task in found if words in task).startswith(opening)
    assert all(len(task) > len("烘干验收、入库备案") for task in found)
