"""Marks as they are typed: full stops of a Latin keyboard, masks in many forms, entities."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import speechmine
from speechmine.characters import bare
from speechmine.text import view_of
from speechmine.typed_marks import with_known_marks

CASES = [
    # A blank before a stop, a wide stop and a half one.
    ("倒排工期 .机关工会带头", "倒排工期 。机关工会带头"),
    ("修好渠道 ． 县交通局修便道", "修好渠道 。 县交通局修便道"),
    ("抓好春耕｡县气象局发布墒情", "抓好春耕。县气象局发布墒情"),
    ("增长 3.5%的投资", "增长 3.5%的投资"),
    ("部署V2.0 .5版", "部署V2.0 .5版"),
    # Masks: a number, a day, a name that is not told.
    ("202x年6月底前", "202×年6月底前"),
    ("202～年6月底前", "202×年6月底前"),
    ("于x月x日前报送", "于×月×日前报送"),
    ("于~月~日前报送", "于×月×日前报送"),
    ("于□月□日前报送", "于×月×日前报送"),
    ("于○月○日前报送", "于×月×日前报送"),
    ("○月○日前报送", "×月×日前报送"),
    ("于__月__日前报送", "于××月××日前报送"),
    ("增长x%以上", "增长×%以上"),
    ("增长~%以上", "增长×%以上"),
    ("投资**亿元", "投资××亿元"),
    ("请□□市财政局、○○镇", "请××市财政局、××镇"),
    ("请xx县、〇〇乡", "请××县、××乡"),
    # The same marks for what they are.
    ("3～5月完成2~3项", "3～5月完成2~3项"),
    ("从3月～年底", "从3月～年底"),
    ("二○二四年、二〇〇九年、三○个", "二○二四年、二〇〇九年、三○个"),
    ("□个人　□单位", "□个人　□单位"),
    ("●市财政局\n○市水利局", "●市财政局\n○市水利局"),
    ("x光机、1+x证书、5x年", "x光机、1+x证书、5×年"),
    ("PM2.5、3*5米", "PM2.5、3*5米"),
    # Full stops.
    ("抓好供水.抓好防汛.", "抓好供水。抓好防汛。"),
    ("增长5%. 投资3亿元．", "增长5%。 投资3亿元．".replace("元．", "元。")),
    ("一.抓供水\n（二）.抓防汛\n第三.抓落实", "一.抓供水\n（二）.抓防汛\n第三.抓落实"),
    ("1.抓供水。12.5公里.", "1.抓供水。12.5公里。"),
    ("GDP.net、www.a.cn", "GDP.net、www.a.cn"),
]


PICTURES = [
    "✅各镇要在6月底前修好水渠。",
    "📌 各镇要在6月底前修好水渠。",
    "⚠️❗各镇要在6月底前修好水渠。",
]


@pytest.mark.parametrize("text", PICTURES)
def test_a_picture_before_a_point_is_none_of_it(text: str) -> None:
    (task,) = speechmine.extract(text).tasks
    assert (task.text, [p.text for p in task.parties]) == (text[text.index("各镇") : -1], ["各镇"])


@pytest.mark.parametrize(("text", "read"), CASES)
def test_reading(text: str, read: str) -> None:
    assert with_known_marks(text) == read


@given(st.text(alphabet="x*~□○〇_.．年月日市二2局抓 \n%", max_size=40) | st.text(max_size=40))
def test_one_character_for_one_and_once(text: str) -> None:
    read = with_known_marks(text)
    assert len(read) == len(text)
    assert with_known_marks(read) == read


MASKED = ["x", "×", "X", "*", "＊", "~", "～", "□", "○", "◯", "xx", "××", "□□", "○○", "〇〇", "__"]


@pytest.mark.parametrize("mask", MASKED)
def test_a_mask_is_never_read_as_a_value(mask: str) -> None:
    text = (
        f"县水利局要在202{mask}年6月底前新建水厂3座，投资增长{mask}%。"
        f"请于{mask}月{mask}日前报送方案。"
    )
    found = speechmine.extract(text, date="2024-03-01")
    assert [task.deadline.latest for task in found.tasks] == [None] * len(found.tasks)
    assert [task.deadline.kind for task in found.tasks] == ["by", "by"]
    assert [m.low for m in found.metrics if m.masked] == [None]
    assert {n.code for n in found.notices} == {"masked_value"}
    for record in (*found.tasks, *found.metrics):
        assert text[record.start : record.end] == record.text


def facts(text: str) -> list[object]:
    found = speechmine.extract(text, date="2024-03-01")
    for record in (*found.tasks, *found.metrics):
        assert text[record.start : record.end] == record.text
    return [
        (t.level, t.deadline.edtf, [(p.name or bare(p.text), p.role) for p in t.parties])
        for t in found.tasks
    ] + [(m.indicator, m.low, m.unit) for m in found.metrics]


CLEAN = (
    "一、抓供水\n县水利局要在6月底前制定供水方案，县财政局配合。"
    "投资1.2亿元新建水厂3座（县发展改革局牵头，各镇配合，9月底前完成）。\n"
)
WAYS = {
    "commas": lambda text: text.replace("，", ","),
    "stops": lambda text: text.replace("。", "."),
    "both with blanks": lambda text: text.replace("，", ", ").replace("。", ". "),
    "wide stops": lambda text: text.replace("。", "．"),
    "brackets": lambda text: text.replace("（", "(").replace("）", ")"),
    "all Latin": lambda text: text.translate(str.maketrans("，。（）", ",.()")),
    "entities": lambda text: text.replace("要在", "&nbsp;要在").replace("（", "&nbsp;（"),
    "entities twice": lambda text: text.replace("一、", "&amp;nbsp;&amp;nbsp;一、"),
    "numbered entities": lambda text: text.replace("，", "&#65292;").replace("县", "&#x53BF;"),
    "soft hyphens": lambda text: text.replace("水", "水\u00ad").replace("财", "财\u200b"),
    "hard blanks": lambda text: text.replace("要在", "\u00a0要在\u2009"),
    "full width": lambda text: text.translate({ord("0") + n: 0xFF10 + n for n in range(10)}),
    "spread out": lambda text: "\n".join(" ".join(line) for line in text.split("\n")),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_the_same_facts_however_it_is_typed(way: Callable[[str], str]) -> None:
    assert facts(way(CLEAN)) == facts(CLEAN)


def test_an_entity_is_quoted_whole() -> None:
    view = view_of("落实&ldquo;三清单&rdquo;制度")
    assert view.text == "落实“三清单”制度"
    assert view.quote(2, 7) == "&ldquo;三清单&rdquo;"
    assert view.place(0, 2) == (0, 2)


@pytest.mark.parametrize("text", ["R&D投入；AT&T", "&无；", "&#0;&#1114112;", "a&b;c"])
def test_what_is_no_entity_stays(text: str) -> None:
    assert len(view_of(text).text) <= len(text)
    assert "&" in view_of(text).text


def test_titles_keep_their_masks() -> None:
    text = "一、支持□□县加快发展\n要在6月底前完成水库除险加固。"
    (section,) = speechmine.extract(text, date="2024-03-01").sections
    assert section.title == "支持□□县加快发展"


def test_a_stop_within_brackets_cuts_no_sentence() -> None:
    text = "县水利局要在6月底前制定方案[含经费测算. 附进度表]并报县政府。"
    (task,) = speechmine.extract(text, date="2024-03-01").tasks
    assert task.text == text[:-1]


CAPTIONS = [
    "[图为座谈会现场. 摄影 刘 洋]",
    "【图为座谈会现场。 摄影：刘洋】",
    "［记者 刘洋 摄］",
    "（图为县长林远山检查水库，要求加快施工。）",
]


@pytest.mark.parametrize("caption", CAPTIONS)
@pytest.mark.parametrize("between", ["{}", "\n{}\n", ".{}\n"], ids=["within", "alone", "behind"])
def test_a_caption_in_brackets_is_left_out_and_told(caption: str, between: str) -> None:
    first, second = "县水利局要在6月底前完成清淤", "县财政局要在7月底前拨付资金120万元。"
    text = f"{first}。{between.format(caption)}{second}".replace("。.", ".")
    found = speechmine.extract(text, date="2024-03-01")
    assert [task.text for task in found.tasks] == [first, second[:-1]]
    (notice,) = found.notices
    assert notice.code == "page_lines"
    assert caption[:20] in notice.message


def test_who_took_a_picture_is_left_out_within_a_line() -> None:
    text = (
        "县水利局要在6月底前完成清淤。 新华社记者 刘洋/摄第二，抓好资金拨付。"
        "县财政局要在7月底前拨付资金120万元，按季公布用途和去向。"
    )
    found = speechmine.extract(text, date="2024-03-01")
    assert all("刘洋" not in task.text for task in found.tasks)
    assert [notice.code for notice in found.notices] == ["page_lines"]


@pytest.mark.parametrize(
    "words", ["[图纸报县自然资源局审查]", "（含航空摄影）", "【摄影协会牵头】"]
)
def test_brackets_that_are_no_caption_stay(words: str) -> None:
    found = speechmine.extract(f"县水利局要在6月底前完成测绘{words}。", date="2024-03-01")
    assert "page_lines" not in {notice.code for notice in found.notices}


UNSEEN = "供\u200b水&nbsp;管网改\u00ad造12\u2060公里"


def test_titles_show_no_marks_that_nobody_sees(tmp_path: Path) -> None:
    text = f"一、抓{UNSEEN}\n县水利局要在6月底前完成{UNSEEN}。"
    found = speechmine.extract(text, date="2024-03-01", mode="full")
    (task,), (section,) = found.tasks, found.sections
    assert task.title == "完成供水管网改造12公里"
    assert section.title in text  # a section is called what the text calls it, marks and all
    assert task.text == text[task.start : task.end]
    table = tmp_path / "a.csv"
    table.write_text(f"序号,任务,责任单位\n1,完成{UNSEEN},县水利局\n2,修\u00ad渠,县水利局\n")
    rows = speechmine.extract(speechmine.read(table), date="2024-03-01").tasks
    assert [row.title for row in rows] == ["完成供水管网改造12公里", "修渠"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ('建成3所"智慧校园"', "建成3所“智慧校园”"),
        ("推出'一件事一次办'套餐", "推出‘一件事一次办’套餐"),
        ('配备55"屏幕2块', '配备55"屏幕2块'),
        ('开"头没有结尾', '开"头没有结尾'),
        ('"甲\n乙"', '"甲\n乙"'),
    ],
)
def test_typed_quotes_are_quotes(typed: str, read: str) -> None:
    assert with_known_marks(typed) == read


def test_no_number_is_read_in_typed_quotes() -> None:
    found = speechmine.extract('各专营单位要做到"最多挖一次"，6月底前新建"智慧泵站"3座。')
    assert [metric.text for metric in found.metrics] == ['"智慧泵站"3座']
