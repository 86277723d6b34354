from __future__ import annotations

import pytest

import speechmine
from speechmine.model import Document
from speechmine.readers import read_bytes


def read(text: str) -> Document:
    return read_bytes(text.encode(), id="a", suffix=".md")


CASES = [
    ("# 讲话\n\n正文。", "讲话\n正文。"),
    ("请**区财政局**抓*紧*。", "请区财政局抓紧。"),
    ("见[附件](a.docx)。", "见附件。"),
    ("1. 修路\n2. 架桥", "1.修路\n2.架桥"),
    ("3) 修路", "3)修路"),
    ("- 修路\n- 架桥", "修路\n架桥"),
    ("> 要抓紧。", "要抓紧。"),
    ("甲。\n乙。", "甲。\n乙。"),
    ("一、抓项目\n（一）修路", "一、抓项目\n（一）修路"),
    ("```\n甲\n乙\n```", "甲\n乙"),
    ("甲<b>乙</b>", "甲<b>乙</b>"),
    ("甲\n\n---\n\n乙", "甲\n乙"),
    ("同志们：\n===", "同志们："),
    ("\u3000\u3000要抓紧。", "要抓紧。"),
    ("2024年要抓紧。", "2024年要抓紧。"),
    ("5.2%的增长。", "5.2%的增长。"),
]


@pytest.mark.parametrize(("source", "text"), CASES)
def test_marks_go_and_words_stay(source: str, text: str) -> None:
    assert read(source).text == text + "\n"


def test_headings_and_places_are_of_the_file() -> None:
    document = read("# 讲话\n\n\n## 一、抓项目\n正文。\n续。")
    assert [(h.depth, document.text[h.start : h.end]) for h in document.headings] == [
        (1, "讲话"),
        (2, "一、抓项目"),
    ]
    assert [place.paragraph for place in document.places] == [1, 4, 5, 5]


def test_a_table_is_a_ledger() -> None:
    rows = ["| 任务 | 责任单位 | 时限 |", "|---|---|---|", "| 修好水渠 | 区水利局 | 6月底前 |"]
    (task,) = speechmine.extract(read("任务分解表\n\n" + "\n".join(rows))).tasks
    assert (task.title, task.parties[0].text, task.deadline.text) == (
        "修好水渠",
        "区水利局",
        "6月底前",
    )
