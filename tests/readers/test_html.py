from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import speechmine
from speechmine.errors import ReadError
from speechmine.model import Document
from speechmine.readers import read_bytes

FIRST = "区水利局牵头，各镇街配合，在6月底前完成水库除险加固，备足编织袋3万条以上，确保安全度汛。"
SECOND = "区教育局负责新建学校3所，力争9月1日前投用，同步做好教师招聘、设施设备采购等各项准备工作。"
BODY = f"<p>\u3000\u3000{FIRST}</p><p>&nbsp;&nbsp;{SECOND}</p>"
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_某区人民政府</title>
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2024-05-06 10:00">
<script>var x = "请区财政局抓紧";</script><style>p{{color:red}}</style></head><body>
<div class="nav"><a href="/">首页</a> <a href="/a">政务公开</a></div>
<h1>{title}</h1><div>来源：某区政府办 发布时间：2024-05-06</div>
<div class="{name}">{body}</div>
<div class="share">分享到：微信</div><div class="footer">主办：某区人民政府</div></body></html>"""


def page(body: str = BODY, name: str = "TRS_Editor", title: str = "在防汛会上的讲话") -> str:
    return PAGE.format(body=body, name=name, title=title)


def read(content: str | bytes) -> Document:
    content = content if isinstance(content, bytes) else content.encode()
    return read_bytes(content, id="a", source="a.html", suffix=".html")


@pytest.mark.parametrize(
    "name", ["TRS_Editor", "pages_content", "box trs_editor_view x", "article-content", "unknown"]
)
def test_the_article_is_found_without_what_stands_around_it(name: str) -> None:
    assert read(page(name=name)).text.splitlines() == [FIRST, SECOND]


def test_an_article_by_its_id_and_in_several_parts() -> None:
    zoom = page().replace('class="TRS_Editor"', 'id="zoom"')
    assert read(zoom).text.splitlines() == [FIRST, SECOND]
    parts = page(f"<div>{BODY}</div><div>{BODY}</div><div>{BODY}</div>", name="x")
    assert read(parts).text.splitlines() == [FIRST, SECOND] * 3


def test_an_article_of_line_breaks() -> None:
    assert read(page(f"{FIRST}<br><br>\u3000{SECOND}<br>")).text.splitlines() == [FIRST, SECOND]


def test_title_and_day() -> None:
    document = read(page())
    assert (document.title, document.date) == ("在防汛会上的讲话", "2024-05-06")
    assert [notice.code for notice in document.notices] == ["date_of_publication"]


def test_a_day_in_the_article_goes_before_that_of_publication() -> None:
    document = read(page(f"<p>在会上的讲话</p><p>（2024年3月1日）</p><p>同志们：</p>{BODY}"))
    assert (document.date, document.notices) == (None, ())
    assert speechmine.extract(document).document.date == "2024-03-01"


def test_what_is_not_stated_stays_empty() -> None:
    bare = read(f"<html><body>{BODY}</body></html>")
    assert (bare.title, bare.date) == (None, None)


@pytest.mark.parametrize(
    ("stated", "encoding"),
    [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("GBK", "gb18030"), ("utf-8", "gb18030")],
)
def test_encodings_stated_rightly_or_wrongly(stated: str, encoding: str) -> None:
    content = page().replace('charset="utf-8"', f'charset="{stated}"').encode(encoding)
    assert read(content).text.splitlines() == [FIRST, SECOND]


INLINE = [
    ("<p>请<b>区财政局</b>抓紧</p>", "请区财政局抓紧"),
    ("<p>请区财政局\n  抓紧</p>", "请区财政局抓紧"),
    ("<p>GDP growth\nrate</p>", "GDP growth rate"),
    ("<p>请<script>alert(1)</script>区财政局抓紧</p>", "请区财政局抓紧"),
    ("<p>请<span style='display:none'>密</span>区财政局抓紧</p>", "请区财政局抓紧"),
    ("<p>请<span hidden>密</span>区财政局抓紧</p>", "请区财政局抓紧"),
    ("<p>请<!-- 密 -->区财政局抓紧</p>", "请区财政局抓紧"),
    ("<p>&lt;b&gt;区财政局&amp;</p>", "<b>区财政局&"),
    ("<h2>一、抓项目</h2><p>正文</p>", "一、抓项目\n正文"),
    ("<ol><li>修路</li><li>架桥</li></ol>", "1.修路\n2.架桥"),
    ("<ol start=3><li>修路</li></ol>", "3.修路"),
    ("<ol style='list-style-type: cjk-ideographic'><li>修路</li></ol>", "一、修路"),
    ("<ul><li>修路</li></ul>", "修路"),
    ("<p>上一篇：某某通知</p><p>修路</p><p>【打印本页】</p>", "修路"),
    ("<table><tr><td><p>修路</p><p>架桥</p></td></tr></table>", "修路\n架桥"),
]


@pytest.mark.parametrize(("body", "text"), INLINE)
def test_text_is_what_is_shown(body: str, text: str) -> None:
    assert read(page(body + BODY)).text.removesuffix(f"\n{FIRST}\n{SECOND}\n") == text


def test_headings_have_their_level() -> None:
    document = read(page(f"<h2>一、抓项目</h2>{BODY}<h3>（一）修路</h3>{BODY}"))
    heads = [(h.depth, document.text[h.start : h.end]) for h in document.headings]
    assert heads == [(2, "一、抓项目"), (3, "（一）修路")]


def test_tables_keep_their_cells() -> None:
    rows = (
        "<tr><th>任务</th><th colspan=2>责任单位</th></tr>"
        "<tr><td rowspan=2>修好水渠</td><td>区水利局</td><td>6月底前</td></tr>"
        "<tr><td>各镇街</td><td>汛期前</td></tr>"
    )
    document = read(page(f"{BODY}<table>{rows}</table>"))
    (table,) = document.tables
    cells = [(c.row, c.column, document.text[c.start : c.end]) for c in table.cells]
    assert cells[-2:] == [(2, 1, "各镇街"), (2, 2, "汛期前")]
    assert table.cells[1].columns == 2


def test_a_saved_page_of_an_office_program_keeps_its_numbers() -> None:
    document = read(page("<ol><li><p>修路。</p></li><li><p>架桥。</p></li></ol>" + BODY))
    assert document.text.splitlines()[:2] == ["1.修路。", "2.架桥。"]


DEEP = "<div>" * 10_000 + BODY + "</div>" * 10_000


@pytest.mark.parametrize(
    "content",
    [
        page(DEEP),
        page("<table>" * 500 + BODY),
        page(f"<p>{'<b>' * 5000}{FIRST}"),
        "<html><body>" + "<p>" * 20_000 + FIRST,
        page(f"{BODY}<table><tr><td colspan=99999999 rowspan=99999999>甲</td></tr></table>"),
        '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><html><body>&b;' + BODY,
    ],
)
def test_hostile_pages_are_read_or_refused(content: str) -> None:
    try:
        assert read(content).text.strip()
    except ReadError:
        return


@pytest.mark.parametrize("content", ["<html></html>", "<html><body><script>x</script></body>"])
def test_pages_without_text_are_named(content: str) -> None:
    with pytest.raises(ReadError, match="holds no text"):
        read(content)


@given(st.text(alphabet="<>/pdivtablero =\"'甲乙。&;\n", max_size=200))
def test_any_page_is_read_or_refused(text: str) -> None:
    try:
        document = read("<html>" + text)
    except ReadError:
        return
    for place in document.places:
        assert document.text[place.start : place.end].strip()
