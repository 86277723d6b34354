# ruff: noqa: E501  # markup reads best as it is sent
"""Saved pages in the shapes of official sites: eight frames, five articles, with what is right.

Frames differ in what holds the article and in what stands around it; articles in how they are
written and in what stands between their paragraphs.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Page", "pages"]

TITLE = "在全县防汛抗旱工作会议上的讲话"


@dataclass(frozen=True, slots=True)
class Page:
    """A page and the lines of its article."""

    name: str
    content: str
    lines: tuple[str, ...]


OPENING = "同志们："
FIRST = "今天会议的任务，是贯彻上级部署，安排今年防汛抗旱工作。下面，我讲三点意见。"
HEADS = ("一、认清形势，增强紧迫感", "二、突出重点，落实各项措施", "三、加强领导，压实工作责任")
BODIES = (
    "去年全县降雨偏多两成，3座小型水库超汛限水位运行，部分镇村排水不畅，教训深刻。",
    "县水利局要在5月底前完成12座水库安全鉴定，县财政局落实经费600万元，县应急管理局配合。",
    "各镇要在4月20日前修订防汛预案，备足编织袋3万条，每个村落实巡查员不少于2名。",
    "县政府办公室每半月通报一次进度，对工作不力的严肃问责。",
)
LINES = (OPENING, FIRST, HEADS[0], BODIES[0], HEADS[1], BODIES[1], BODIES[2], HEADS[2], BODIES[3])


def _paragraphs() -> tuple[str, tuple[str, ...]]:
    return "".join(f"<p>　　{line}</p>" for line in LINES), LINES


def _breaks() -> tuple[str, tuple[str, ...]]:
    """One long text with line breaks and blanks that are written out."""
    return "<br/>".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{line}<br>\n" for line in LINES), LINES


def _pasted() -> tuple[str, tuple[str, ...]]:
    """Pasted from a word processor: each piece in its span, marks that nobody sees between."""
    spans = (
        '<p class="MsoNormal" style="text-indent:32pt"><span style="font-family:仿宋_GB2312">'
        f"{line[:4]}</span><span lang=EN-US>&#8203;</span><o:p></o:p><span>{line[4:]}&shy;</span>"
        "</p>\n<p class=MsoNormal><o:p>&nbsp;</o:p></p>"
        for line in LINES
    )
    return "".join(spans), LINES


def _pictures() -> tuple[str, tuple[str, ...]]:
    """Pictures with captions, an editor's line, links to files and to other news at the end."""
    shown = [f"<p>{line}</p>" for line in LINES]
    picture = '<p style="text-align:center"><img src="1.jpg"></p>'
    shown.insert(2, f"{picture}<p align='center'>图为会议现场。（张三 摄）</p>")
    shown.insert(5, "<figure><img src='2.jpg'><figcaption>县领导检查西河水库</figcaption></figure>")
    shown += [
        "<p>（来源：县水利局）</p>",
        "<p style='text-align:right'>责任编辑：李四</p>",
        "<p>扫一扫在手机打开当前页</p>",
        "<p><a href='1.doc'>附件：任务分解表.doc</a></p>",
        "<p>上一篇：<a href='2.html'>县领导调研春耕生产</a></p>",
        "<p>下一篇：<a href='3.html'>我县召开招商引资推进会</a></p>",
    ]
    return "".join(shown), (*LINES, "附件：任务分解表.doc")


def _sections() -> tuple[str, tuple[str, ...]]:
    """Headings as headings, bodies in nested boxes, points in a list with numbers."""
    body = [f"<div><section><p>{OPENING}</p><p>{FIRST}</p></section>"]
    body.append(
        f"<h3>{HEADS[0]}</h3><div><div><p><strong>{BODIES[0][:6]}</strong>{BODIES[0][6:]}</p></div></div>"
    )
    body.append(f"<h3>{HEADS[1]}</h3><ol><li>{BODIES[1]}</li><li>{BODIES[2]}</li></ol>")
    body.append(f"<h3>{HEADS[2]}</h3><blockquote><p>{BODIES[3]}</p></blockquote></div>")
    lines = (*LINES[:5], f"1.{BODIES[1]}", f"2.{BODIES[2]}", *LINES[7:])
    return "".join(body), lines


ARTICLES = {
    "paragraphs": _paragraphs,
    "breaks": _breaks,
    "pasted": _pasted,
    "pictures": _pictures,
    "sections": _sections,
}

HEAD = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}_示例县人民政府</title>"
    "<meta name='SiteName' content='示例县人民政府'><meta name='ArticleTitle' content='{title}'>"
    "<meta name='PubDate' content='2024-04-02 09:30'><style>p{{margin:0}}</style>"
    "<script>var t='各镇要抓紧';</script></head><body>"
)
MENU = "".join(
    f"<li><a href='/{n}'>{word}</a></li>"
    for n, word in enumerate(("首页", "政务公开", "政务服务", "互动交流", "走进示例", "数据发布"))
)
NEWS = "".join(
    f"<li><a href='/news/{n}.html'>{words}</a><span>2024-04-0{n + 1}</span></li>"
    for n, words in enumerate(
        (
            "县政府召开常务会议研究重点项目建设工作",
            "我县举行全民义务植树活动",
            "县领导深入企业调研安全生产工作",
            "全县教育工作会议召开",
            "县财政局要求各单位加快预算执行进度",
        )
    )
)
FOOT = (
    "主办：示例县人民政府办公室　承办：示例县大数据中心<br>联系电话：010-5550101　"
    "网站标识码：0000000000　ICP备00000000号　公安备案 00000000000000号"
)
INFO = (
    "发布时间：2024-04-02 09:30　来源：示例县水利局　浏览次数：<span id='hits'>128</span>　"
    "字体：【<a>大</a> <a>中</a> <a>小</a>】　<a>打印</a> <a>关闭</a>"
)


def _trs(body: str) -> str:
    return (
        f"<div class='header'><ul class='nav'>{MENU}</ul></div>"
        "<div class='crumb'>当前位置：<a>首页</a> &gt; <a>政务公开</a> &gt; <a>领导讲话</a></div>"
        f"<div class='article'><h1>{TITLE}</h1><div class='info'>{INFO}</div>"
        f"<div class='TRS_Editor'>{body}</div><div class='share'>分享到：微信 微博</div></div>"
        f"<div class='related'><h3>相关阅读</h3><ul>{NEWS}</ul></div><div class='footer'>{FOOT}</div>"
    )


def _ucap(body: str) -> str:
    return (
        f"<div id='top'><ul>{MENU}</ul></div><div class='content'><div class='pages-title'>{TITLE}"
        f"</div><div class='pages-date'>{INFO}</div><div class='pages_content' id='UCAP-CONTENT'>"
        f"{body}<div class='editor'>责任编辑：王五</div></div></div><div>{FOOT}</div>"
    )


def _zoom(body: str) -> str:
    return (
        f"<table width='980'><tr><td>{MENU}</td></tr></table><table width='980'><tr>"
        f"<td width='200'><ul>{NEWS}</ul></td><td><table><tr><td align='center'><b>{TITLE}</b></td>"
        f"</tr><tr><td>{INFO}</td></tr><tr><td id='zoom'>{body}</td></tr></table></td></tr></table>"
        f"<table><tr><td>{FOOT}</td></tr></table>"
    )


def _tables(body: str) -> str:
    """An old site: laid out by tables, nothing named."""
    return (
        f"<table width='1000'><tr><td>{MENU}</td></tr><tr><td><table><tr><td width='220' valign='top'>"
        f"<table><tr><td>最新动态</td></tr><tr><td><ul>{NEWS}</ul></td></tr></table></td><td>"
        f"<table><tr><td align='center'><font size='5'>{TITLE}</font></td></tr><tr><td>{INFO}</td></tr>"
        f"<tr><td class='bt'><div>{body}</div></td></tr></table></td></tr></table></td></tr>"
        f"<tr><td align='center'>{FOOT}</td></tr></table>"
    )


def _unnamed(body: str) -> str:
    return (
        f"<div class='w1'><div class='a1'>{MENU}</div><div class='b1'><div class='c1'><div>{TITLE}</div>"
        f"<div>{INFO}</div><div class='d1'>{body}</div></div><div class='c2'><div>热点专题</div>"
        f"<ul>{NEWS}</ul></div></div><div class='e1'>{FOOT}</div></div>"
    )


def _gazette(body: str) -> str:
    """A table of facts about the document above the text."""
    facts = (
        "<table class='info_table'><tr><td>索引号</td><td>000014349/2024-00012</td><td>发布机构</td>"
        "<td>示例县人民政府办公室</td></tr><tr><td>成文日期</td><td>2024年04月02日</td><td>主题分类</td>"
        "<td>水利、水务</td></tr></table>"
    )
    return (
        f"<div class='nav'>{MENU}</div><div class='wrap'>{facts}<h1>{TITLE}</h1>"
        f"<div class='article-content'>{body}</div><div class='ewm'>扫一扫在手机打开当前页</div>"
        f"</div><footer>{FOOT}</footer>"
    )


def _wechat(body: str) -> str:
    return (
        f"<div id='js_article'><h1 id='activity-name'>{TITLE}</h1><div id='meta_content'>示例发布 "
        f"2024-04-02 09:30 发表于示例</div><div id='js_content' style='visibility: hidden;'>"
        f"<section>{body}</section></div><div class='qr_code'>微信扫一扫关注该公众号</div></div>"
    )


def _modern(body: str) -> str:
    """A page of a newer kind: main and article, lists of news as long as the article."""
    return (
        f"<header><nav><ul>{MENU}</ul></nav></header><main><aside><h3>推荐</h3><ul>{NEWS * 4}</ul>"
        f"</aside><article><h1>{TITLE}</h1><p class='meta'>{INFO}</p><div class='rich'>{body}</div>"
        f"<div class='page-nav'>上一页 1 2 下一页</div></article></main><footer>{FOOT}</footer>"
    )


FRAMES = {
    "trs": _trs,
    "ucap": _ucap,
    "zoom": _zoom,
    "tables": _tables,
    "unnamed": _unnamed,
    "gazette": _gazette,
    "wechat": _wechat,
    "modern": _modern,
}


def pages() -> Iterator[Page]:
    """All of them."""
    for (frame, around), (article, write) in itertools.product(FRAMES.items(), ARTICLES.items()):
        body, lines = write()
        content = HEAD.format(title=TITLE) + around(body) + "</body></html>"
        yield Page(f"{frame} {article}", content, lines)
