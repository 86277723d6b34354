from __future__ import annotations

import pytest

from speechmine.readers.common.building import DocumentBuilder
from speechmine.readers.paged.page_body import add_pages
from speechmine.readers.paged.page_glyphs import Glyph
from speechmine.readers.paged.page_lines import Line, TextPage, spaced_line

SIZE, WIDTH, STEP = 16.0, 20, 28.0


def line(text: str, top: float, *, indent: float = 0, size: float = SIZE) -> Line:
    """A printed line; every character is as wide as high."""
    left = 90 + indent * size
    return Line(text, left, left + len(text) * size, top, size)


def centred(text: str, top: float, size: float = SIZE) -> Line:
    left = 90 + (WIDTH * SIZE - len(text) * size) / 2
    return Line(text, left, left + len(text) * size, top, size)


def full(start: str = "", end: str = "") -> str:
    """A text that fills a line."""
    return start + "字" * (WIDTH - len(start) - len(end)) + end


def read(*lines: Line, height: float = 842) -> list[str]:
    return read_pages(TextPage(1, height, lines))[0]


def read_pages(*pages: TextPage) -> tuple[list[str], list[tuple[str, str]]]:
    builder = DocumentBuilder()
    add_pages(pages, builder)
    document = builder.document("a", None)
    return document.text.splitlines(), [(aside.kind, aside.text) for aside in document.asides]


def stacked(*lines: str | Line, top: float = 200) -> list[Line]:
    found = []
    for number, item in enumerate(lines):
        at = top + number * STEP
        found.append(line(item, at) if isinstance(item, str) else item)
    return found


CASES = [
    ("full lines go on", [full(), full(), "尾。"], 1),
    ("a short line ends a paragraph", [full(), "尾。", full(), "尾。"], 2),
    ("a numbered line begins one where nothing is indented", [full(end="。"), "一、抓落实"], 2),
    ("a number within a sentence does not", [full(), "（一）等问题。"], 1),
    ("a figure that could not be parted", [full()[:-3], "12345万元。"], 1),
    ("a quotation that could not be parted", [full()[:-2], "兴“三个字”。"], 1),
    ("a bracket that may not end a line", [full()[:-1], "（牵头单位：甲局）"], 1),
]  # fmt: skip


@pytest.mark.parametrize(("name", "lines", "count"), CASES, ids=[name for name, _, _ in CASES])
def test_lines_become_paragraphs(name: str, lines: list[str], count: int) -> None:
    texts = read(*stacked(*lines, full(), full()))
    assert len(texts) == count + lines[-1].endswith(("。", "）", "实")), texts


def test_an_indented_line_begins_a_paragraph() -> None:
    texts = read(
        line(full()[:-2], 200, indent=2),
        line(full(), 228),
        line(full(), 256),
        line(full()[:-2], 284, indent=2),
    )
    assert [len(text) for text in texts] == [58, 18]


def test_where_paragraphs_are_indented_a_number_alone_begins_none() -> None:
    first = line(full("一是", "。")[2:], 200, indent=2)
    texts = read(first, line(full("二是"), 228), line(full()[:-2], 256, indent=2))
    assert len(texts) == 2


def test_a_wide_gap_begins_a_paragraph() -> None:
    texts = read(line(full(), 200), line(full(), 228), line(full(), 300), line(full(), 328))
    assert [len(text) for text in texts] == [40, 40]


def test_another_size_begins_a_paragraph() -> None:
    title = centred("关于防汛工作的讲话", 150, size=22)
    assert read(title, line(full(), 200), line(full(), 228))[0] == "关于防汛工作的讲话"


def test_a_title_in_two_lines_is_one() -> None:
    lines = [centred("在全区防汛抗旱", 150, 22), centred("工作会议上的讲话", 180, 22)]
    assert read(*lines, line(full(), 240))[0] == "在全区防汛抗旱工作会议上的讲话"


def test_speaker_and_day_below_a_title_are_lines_of_their_own() -> None:
    lines = [centred("在防汛会上的讲话", 150), centred("区长 张三", 178), centred("6月1日", 206)]
    assert read(*lines, line(full(), 240))[:3] == ["在防汛会上的讲话", "区长 张三", "6月1日"]


@pytest.mark.parametrize(
    "number", ["1", "— 2 —", "-3-", "第4页", "第 5 页 共 9 页", "6/9", "· 7 ·"]
)
def test_page_numbers_stand_apart(number: str) -> None:
    texts, asides = read_pages(
        TextPage(1, 842, (line(full(), 200), line("尾。", 228), centred(number, 800)))
    )
    assert texts == [full() + "尾。"]
    assert asides == [("footer", number)]


def test_a_number_in_the_middle_of_a_page_is_text() -> None:
    assert "2024" in read(line(full(), 200), centred("2024", 400))


def test_heads_that_come_back_stand_apart_and_sentences_go_on_over_pages() -> None:
    pages = [
        TextPage(n, 842, (line("内部资料", 40), line(full(), 200), line(full(), 228)))
        for n in range(1, 4)
    ]
    texts, asides = read_pages(*pages)
    assert texts == [full() * 6]
    assert asides == [("header", "内部资料")] * 3


def test_a_line_that_comes_back_in_the_body_stays() -> None:
    pages = [TextPage(n, 842, (line("要抓紧。", 400), line(full(), 428))) for n in range(1, 4)]
    assert "".join(read_pages(*pages)[0]).count("要抓紧。") == 3


def test_columns_stay_lines() -> None:
    rows = ["任务\t责任单位", "修路\t甲局"]
    assert read(*stacked(*rows, full(), full()))[:2] == rows


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        ([("区", 0, 10, 10), ("长", 10, 20, 10)], "区长"),
        ([("区", 0, 10, 10), ("长", 18, 28, 10)], "区长"),
        ([("区", 0, 10, 10), ("长", 45, 55, 10)], "区\t长"),
        ([("区", 0, 10, 10), ("长", 20, 30, 10)], "区\u3000长"),
        ([("A", 0, 5, 10), ("B", 8, 13, 10)], "A B"),
        ([("A", 0, 5, 10), ("B", 5, 10, 10)], "AB"),
        ([("5", 0, 5, 10), ("％", 8, 18, 10)], "5％"),
    ],
)
def test_gaps_become_blanks_where_they_mean_one(
    pieces: list[tuple[str, float, float, float]], text: str
) -> None:
    row = [Glyph(character, left, right, 0, size, size) for character, left, right, size in pieces]
    assert spaced_line(row, 10, 0).text == text
