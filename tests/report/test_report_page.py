"""The page of a document: what it marks, what it links, what it lets through."""

from __future__ import annotations

import html
import json
import re

import pytest

import speechmine
from speechmine.report import overview_page, report_page
from speechmine.report.marking import lines_of, marks_of
from speechmine.report.overview import overview_entry
from speechmine.report.rows import page_rows
from speechmine.report.timeline import bars_of

SPEECH = """在全县工作会上的讲话
2024年3月1日

一、抓紧项目
县财政局要在6月底前制定奖补方案，新增补贴企业20家。
各镇要立即开展隐患排查。
二、守住底线
请县应急管理局会同县水利局8月15日前完成水库检查。
"""
HOSTILE = (
    "请县财政局<script>alert(1)</script>在6月底前“制定”方案&amp;，"
    "\u202e反向\u202c</p></main><img src=x onerror=alert(2)>。\n"
    '=cmd|"/c calc"!A1，</script><script>alert(3)</script>\n'
)


@pytest.fixture(scope="module")
def result():
    return speechmine.extract(SPEECH)


@pytest.fixture(scope="module")
def page(result):
    return report_page(result)


def shown(page: str) -> str:
    """The text of the main part, as a reader sees it."""
    main = re.search(r"<main.*?</main>", page, re.DOTALL)[0]
    main = re.sub(r'<p class="legend">.*?</p>|<a class="n".*?</a>', "", main)
    return html.unescape(re.sub(r"<[^>]+>", "", main))


def test_the_page_shows_every_character(page) -> None:
    assert re.sub(r"\s", "", shown(page)) == re.sub(r"\s", "", SPEECH)


def test_each_row_leads_to_its_clause_and_back(page, result) -> None:
    for n in range(1, len(result.tasks) + 1):
        assert page.count(f'id="r{n}"') == page.count(f'id="c{n}"') == 1
        assert f'href="#c{n}"' in page
        assert f'href="#r{n}"' in page


def test_marks_quote_their_records(result) -> None:
    text = result.document.text
    found = {(mark.kind, text[mark.start : mark.end]) for mark in marks_of(result)}
    assert ("party", "县应急管理局") in found
    assert ("time", "6月底前") in found
    assert ("heading", "一、抓紧项目") in found


def test_lines_hold_the_text_and_headings_have_a_depth(result) -> None:
    lines = list(lines_of(result))
    joined = ["".join(piece.text for piece in line.pieces) for line in lines]
    assert joined == [line for line in SPEECH.split("\n") if line.strip()]
    depths = {text: line.depth for text, line in zip(joined, lines, strict=True)}
    assert depths["一、抓紧项目"] == 1
    assert depths["各镇要立即开展隐患排查。"] == 0


def test_a_heading_in_the_line_of_its_body_is_bold_alone() -> None:
    text = "一、抓紧项目\n（一）修好水渠。县水利局要在6月底前完成衬砌，不留尾巴。"
    line = list(lines_of(speechmine.extract(text)))[1]
    bold = "".join(piece.text for piece in line.pieces if "heading" in piece.kinds)
    assert (line.depth, bold) == (0, "（一）修好水渠。")


def test_rows_say_what_the_text_says(result) -> None:
    rows = list(page_rows(result))
    assert rows[0].parties[0].names == "县财政局"
    assert (rows[0].when, rows[0].latest) == ("6月底前", "2024-06-30")
    assert rows[0].top == "一、抓紧项目"
    assert rows[-1].party_names[0] == "县应急管理局"


def test_what_is_not_stated_is_said_to_be_so() -> None:
    page = report_page(speechmine.extract("要立即开展隐患排查，建立整改台账。"))
    assert "未写明" in page


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], []),
        (["2024-06-30"], [("2024-06", 1)]),
        (["2024-12-31", "2025-02-01"], [("2024-12", 1), ("2025-01", 0), ("2025-02", 1)]),
        (
            ["2020-01-01", "2025-12-31"],
            [(str(y), int(y in (2020, 2025))) for y in range(2020, 2026)],
        ),
        (["", "2024-06-30"], [("2024-06", 1)]),
    ],
)
def test_bars(days, expected) -> None:
    assert [(bar.name, bar.count) for bar in bars_of(days)] == expected


def test_hostile_text_is_text() -> None:
    page = report_page(speechmine.extract(HOSTILE, date="2024-03-01"))
    assert page.count("<script") == 2  # the data and the page's own
    assert "<img src=x" not in page
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert json.loads(data[1])["columns"][0] == "序号"
    assert "\u202e" not in re.sub(re.escape(data[1]), "", page)
    assert "U+202E" in page


def test_only_its_own_script_may_run(page) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1]
    assert "default-src &#39;none&#39;" in policy
    assert "unsafe" not in policy
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page)


def test_the_same_input_gives_the_same_bytes(result, page) -> None:
    assert report_page(speechmine.extract(SPEECH)) == page == result.to_html()


def test_an_extraction_without_tasks_has_a_page() -> None:
    assert "没有任务" in report_page(speechmine.extract("同志们！"))


def test_the_overview_orders_by_year_and_place(result) -> None:
    early = speechmine.extract("请县财政局制定奖补方案。", date="2021-01-01")
    page = overview_page(
        [overview_entry(result, "b.html"), overview_entry(early, "a.html")], failures=["<x>"]
    )
    assert page.index("a.html") < page.index("b.html")
    assert "&lt;x&gt;" in page


@pytest.mark.parametrize("pick", [lambda r: r, lambda r: r.document, lambda r: r.tasks[0]])
def test_notebooks_show_records_without_letting_them_act(pick) -> None:
    shown = pick(speechmine.extract(HOSTILE))._repr_html_()
    assert "<script" not in shown
    assert "<img" not in shown
    assert "方案" in shown


def test_an_extraction_names_itself_in_one_line(result) -> None:
    assert repr(result) == "<Extraction of 'text': 4 tasks, 1 metrics, 0 notices, mode strict>"
