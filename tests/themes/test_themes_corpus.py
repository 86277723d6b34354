"""What is compared: order, years, filters, audit."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from speechmine.errors import UsageError
from speechmine.model import Document
from speechmine.themes import load_corpus

REPORT = """清溪县2024年政府工作报告

各位代表：
现在，我代表县政府向大会报告工作。
一、2023年工作回顾
一年来，全县新增就业3200人，建成标准化厂房6万平方米。
二、2024年重点工作
要在6月底前完成河道清淤，开工建设二水厂。
"""


def test_a_folder_is_read_with_its_manifest(tmp_path) -> None:
    (tmp_path / "a.txt").write_text("抓改革。", encoding="utf-8")
    (tmp_path / "b-2022.txt").write_text("稳就业。", encoding="utf-8")
    (tmp_path / "c.txt").write_text("", encoding="utf-8")
    row = {"file": "texts/a.txt", "year": 2021, "place": "清溪县", "level": "county"}
    (tmp_path / "manifest.jsonl").write_text(json.dumps(row), encoding="utf-8")
    corpus = load_corpus(tmp_path)
    table = corpus.metadata.set_index("doc_id")
    assert table.loc["a", ["year", "place", "year_from"]].tolist() == [2021, "清溪县", "metadata"]
    assert table.loc["b-2022", ["year", "year_from"]].tolist() == [2022, "name"]
    assert [message for _, message in corpus.errors] != []


def test_the_year_of_a_report_stands_in_its_title() -> None:
    table = load_corpus([Document(REPORT, id="r")]).metadata
    assert table.loc[0, ["year", "year_from"]].tolist() == [2024, "text"]


def test_order_of_input_does_not_matter() -> None:
    documents = [Document("抓改革", id=f"d{y}", date=f"{y}-01-01") for y in (2024, 2022, 2023)]
    assert load_corpus(documents).metadata.equals(load_corpus(documents[::-1]).metadata)


def test_an_id_that_occurs_twice_is_refused() -> None:
    with pytest.raises(UsageError, match="two documents"):
        load_corpus([Document("抓改革"), Document("稳就业")])


@pytest.mark.parametrize(
    ("year", "left"),
    [
        (2022, [2022]),
        ((2022, 2023), [2022, 2023]),
        ([2021, 2023], [2021, 2023]),
        (None, [2021, 2022, 2023]),
    ],
)
def test_years_can_be_one_a_span_or_a_list(year, left) -> None:
    corpus = load_corpus(dict.fromkeys((2021, 2022, 2023), "抓改革"))
    assert list(corpus.select(year=year).years) == left


def test_a_section_role_narrows_the_text() -> None:
    corpus = load_corpus([Document(REPORT, id="r")])
    assert "厂房" in corpus.select(section="review").texts[0].joined
    assert "厂房" not in corpus.select(section="plan").texts[0].joined
    with pytest.raises(UsageError, match="review"):
        corpus.select(section="tasks")


def test_a_discourse_label_narrows_what_is_left() -> None:
    plan = load_corpus([Document(REPORT, id="r")]).select(section="plan")
    assert (
        plan.select(discourse="directive").texts[0].joined
        == "要在6月底前完成河道清淤，开工建设二水厂。"
    )
    assert plan.select(discourse="review").texts[0].spans == ()


def test_the_audit_names_gaps_twins_and_leftovers() -> None:
    long = "".join(f"第{i}项任务是完成{i * 7}处管网改造。" for i in range(90))
    corpus = load_corpus(
        {2021: long, 2023: long + "新增一句。", 2024: long[:200] + "\n责任编辑：某人"}
    )
    table = corpus.audit().set_index("year")
    assert pd.isna(table.loc[2022, "n_chars"])
    assert table.loc[2022, "reason"] == "not in this corpus"
    assert table.loc[2023, "duplicate_of"] == "2021"
    assert table.loc[2024, "doubts"] == "short;footer"


def test_a_national_gap_says_that_no_report_was_made() -> None:
    frame = pd.DataFrame({"doc_id": ["a", "b"], "text": "稳经济", "year": [1975, 1978]})
    table = load_corpus(frame.assign(level="national")).audit().set_index("year")
    assert table.loc[1976, "reason"].startswith("no report was made")
