"""Pages in the shapes of official sites give their article, whole and alone."""

from __future__ import annotations

import pytest

import speechmine
from produced import every, told
from speechmine.model import Document
from speechmine.readers import read_bytes

from web_pages import LINES, Page, pages

PAGES = list(pages())
LONG = (
    "县水利局要在5月底前完成12座水库安全鉴定，县财政局落实经费600万元，县应急管理局配合。"
    "各镇要修订防汛预案，备足编织袋3万条。"
)


def read(content: str) -> Document:
    return read_bytes(content.encode(), id="a", source="a.html", suffix=".html")


def facts(document: Document) -> list[object]:
    found = speechmine.extract(document, date="2024-04-02")
    return [
        (t.title, t.level, t.deadline.edtf, [(p.text, p.role) for p in t.parties])
        for t in found.tasks
    ]


@every("web page")
def test_the_article_is_whole_and_alone(case: Page) -> None:
    document = read(case.content)
    assert tuple(document.text.splitlines()) == case.lines
    assert told(document) == told(read_bytes("\n".join(case.lines).encode(), id="a"))
    assert (document.title, document.date) == ("在全县防汛抗旱工作会议上的讲话", "2024-04-02")


@pytest.mark.parametrize("frame", ["trs", "tables", "modern"])
@pytest.mark.parametrize("article", ["breaks", "pasted", "pictures"])
def test_the_same_tasks_as_from_the_text(frame: str, article: str) -> None:
    page = next(p for p in PAGES if p.name == f"{frame} {article}")
    plain = read_bytes("\n".join(LINES).encode(), id="a")
    assert facts(read(page.content)) == facts(plain)


def test_what_is_left_out_is_told() -> None:
    page = next(p for p in PAGES if p.name == "trs pictures")
    (notice,) = (n for n in read(page.content).notices if n.code == "page_lines")
    assert "图为会议现场。（张三 摄）；县领导检查西河水库；" in notice.message


def test_sentences_beside_the_article_are_told() -> None:
    article = f"<div class='TRS_Editor'><p>{LONG}</p><p>{LONG}</p></div>"
    beside = "<div class='TRS_Editor'><p>县应急管理局负责督促检查。</p></div>"
    document = read(f"<html><body>{article}{beside}</body></html>")
    (notice,) = (n for n in document.notices if n.code == "beside_article")
    assert "县应急管理局负责督促检查。" in notice.message


SHAPES = [
    # One long paragraph keeps the heading beside it.
    (f"<div>一、防汛</div><div>{LONG}</div>", ["一、防汛", LONG]),
    # Lines broken in one box.
    (
        f"<div><b>一、防汛</b><br>{LONG}<br>二、抗旱<br>{LONG}</div>",
        ["一、防汛", LONG, "二、抗旱", LONG],
    ),
    # Sentences in spans run on.
    (f"<div><span>{LONG}</span><span>{LONG}</span></div>", [LONG + LONG]),
]


@pytest.mark.parametrize(("body", "lines"), SHAPES)
def test_articles_that_nothing_names(body: str, lines: list[str]) -> None:
    menu = "<ul><li><a>首页</a></li></ul>"
    text = read(f"<html><body><div>{menu}</div><div>{body}</div></body></html>").text
    assert [line for line in text.splitlines() if line != "首页"] == lines


def test_lines_of_a_page_in_a_plain_text() -> None:
    text = (
        "当前位置：首页 > 领导讲话\n在防汛会上的讲话\n同志们：\n一、抓防汛\n"
        "县水利局要在6月底前修订预案。\n县领导检查西河水库，要求加快施工。（记者 张三 摄）\n"
        "各镇要备足物资。\n责任编辑：李四\n下一篇：县财政局制定奖补办法\n"
    )
    found = speechmine.extract(text, date="2024-04-02", mode="full")
    assert [task.title for task in found.tasks] == ["修订预案", "备足物资"]
    assert [section.title for section in found.sections] == ["抓防汛"]
    (notice,) = (n for n in found.notices if n.code == "page_lines")
    assert text[notice.start : notice.end] == "当前位置：首页 > 领导讲话\n"
