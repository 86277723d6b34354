"""Likeness, carry-over, novelty, breaks, wording, scales, topics, records, evidence."""

from __future__ import annotations

import pytest

from speechmine.errors import UsageError
from speechmine.model import Document
from speechmine.themes import (
    bursts,
    carry_over,
    carry_over_summary,
    changepoints,
    compare_tasks,
    explain,
    fit_topics,
    formulation_changes,
    keyword_in_context,
    load_corpus,
    novelty,
    scale_reports,
    similarity,
    term_frequency,
)

REPEATED = "要完成河道清淤和堤防加固工作。"
EDITED = ("要新建农村公路三百公里，实现组组通。", "要新建农村公路五百公里，实现村村通。")
TEXTS = {
    2021: f"{REPEATED}{EDITED[0]}要举办首届乡村音乐节庆活动。",
    2023: f"{REPEATED}{EDITED[1]}要开通城乡公交专线十二条。",
}


def test_each_sentence_is_repeated_edited_new_or_dropped() -> None:
    table = carry_over(TEXTS)
    assert table["status"].tolist() == ["repeated", "edited", "new", "dropped"]
    assert table["prev_text"].tolist()[:2] == [REPEATED, EDITED[0]]
    assert table["prev_year"].unique().tolist() == [2021]


def test_the_summary_has_a_row_for_the_missing_year() -> None:
    table = carry_over_summary(carry_over(TEXTS)).set_index("year")
    assert table.loc[2023, ["n_units", "repeated", "dropped"]].tolist() == [3, 1 / 3, 1]
    assert table["repeated"].isna().loc[2022]
    assert table.loc[2022, "reason"] == "not in this corpus"


def test_spans_point_into_the_document() -> None:
    texts = {2022: "要完成第１ ２处堤防加固工作。", 2023: "要完成第１ ２处堤防加固工作。"}
    row = carry_over(texts).iloc[0]
    assert texts[2023][row["start"] : row["end"]] == texts[2023]


def test_local_reports_meet_national_ones_of_two_years() -> None:
    def report(name, year, level):
        return Document("稳定就业。", id=name, date=f"{year}-03-01", level=level, place=level)

    corpus = load_corpus(
        [
            report("n23", 2023, "national"),
            report("n24", 2024, "national"),
            report("c24", 2024, "county"),
        ]
    )
    table = similarity(corpus, "local_vs_national")
    assert table[["report_a", "gap_years"]].to_numpy().tolist() == [["n24", 0], ["n23", 1]]
    with pytest.raises(UsageError, match="peers"):
        similarity(corpus, "next")  # type: ignore[arg-type]


def test_novelty_needs_a_whole_window() -> None:
    table = novelty(dict.fromkeys((2020, 2021, 2022), "稳定就业"), window=2)
    assert table["novelty"].isna().tolist() == [True, True, False]
    assert table["novelty"].iloc[2] == 0


def test_a_wording_is_kept_changed_added_or_dropped() -> None:
    texts = {
        2022: "实施稳健的货币政策。用好货币政策工具。",
        2023: "实施稳健的货币政策。健全货币政策和监管双支柱框架。",
        2025: "实施适度宽松的货币政策。",
    }
    table = formulation_changes(texts, ["货币政策"])
    found = table.groupby("year")["status"].apply(lambda s: sorted(s.dropna())).to_dict()
    assert found[2023] == ["added", "dropped", "kept"]
    assert found[2025] == ["changed", "dropped"]
    assert table.set_index("year").loc[2024, "reason"] == "not in this corpus"


def test_a_report_without_the_anchor_has_a_row() -> None:
    table = formulation_changes({2022: "抓改革。", 2023: "稳就业。"}, ["货币政策"])
    assert table[["year", "n"]].to_numpy().tolist() == [[2022, 0], [2023, 0]]


def test_a_level_series_has_no_break() -> None:
    table = term_frequency(dict.fromkeys(range(2010, 2020), "抓改革。抓就业。"), ["改革"])
    assert changepoints(table).empty


def test_a_burst_that_lasts_is_censored() -> None:
    texts = {y: "抓生产。" * 20 + "抗疫情。" * (6 if y > 2021 else 0) for y in range(2014, 2024)}
    assert bursts(texts, ["疫情"])[["start", "end", "right_censored"]].to_numpy().tolist() == [
        [2022, 2023, True]
    ]


def test_the_scale_says_that_it_is_mostly_time() -> None:
    texts = {2021: "抓农业抓农业。", 2022: "抓农业抓工业。", 2023: "抓工业抓工业。"}
    table = scale_reports(texts, min_reports=1, min_count=1)
    assert "time" in table.attrs["warning"]
    with pytest.raises(UsageError, match="references"):
        scale_reports(texts, "wordscores", min_reports=1, min_count=1)


def test_the_scale_has_a_row_for_a_missing_year() -> None:
    texts = {2019: "抓农业抓农业。", 2020: "抓农业抓工业。", 2022: "抓工业抓工业。"}
    table = scale_reports(texts, min_reports=1, min_count=1)
    gap = table.set_index("year").loc[2021]
    assert gap["reason"] == "not in this corpus"
    assert gap.drop("reason").isna().all()


LINES = [
    "修建铁路公路桥梁隧道，铁路公路联网。",
    "稳定就业扩大就业，鼓励创业就业。",
    "发展教育医疗，教育医疗均衡。",
]


@pytest.fixture(scope="module")
def model():
    texts = {year: "\n".join(LINES[:n]) for year, n in ((2020, 3), (2021, 3), (2023, 2))}
    return fit_topics(texts, 3, min_words=2, min_paragraphs=2, max_share=0.9, seeds=1)


def test_prevalence_sums_to_one_and_leaves_gaps(model) -> None:
    table = model.prevalence().groupby("year")["prevalence"]
    assert table.sum(min_count=1).dropna().tolist() == pytest.approx([1, 1, 1])
    assert table.count().loc[2022] == 0


def test_an_interval_holds_its_value(model) -> None:
    table = model.prevalence().dropna(subset="prevalence")
    assert (table["ci_low"] <= table["prevalence"] + 1e-9).all()
    assert (table["prevalence"] <= table["ci_high"] + 1e-9).all()


@pytest.mark.parametrize("part", ["section", "discourse"])
def test_prevalence_by_part_shares_out_every_character(model, part) -> None:
    whole = model.prevalence()
    table = model.prevalence(by=["year", part]).dropna(subset="prevalence")
    sums = table.groupby(["year", part])["prevalence"].sum()
    assert sums.tolist() == pytest.approx([1] * len(sums))
    # The parts of a year, weighted by their characters, make the year.
    table["part"] = table["prevalence"] * table["n_chars"]
    joined = table.groupby(["year", "topic"])[["part", "n_chars"]].sum()
    for row in whole.dropna(subset="prevalence").itertuples():
        both = joined.loc[(row.year, row.topic)]
        assert both["part"] / both["n_chars"] == pytest.approx(row.prevalence)


def test_a_topic_is_explained_by_paragraphs(model) -> None:
    topic = int(model.topics.loc[model.topics["top_terms"].str.contains("铁路"), "topic"].iloc[0])
    table = explain(model, topic, {"year": 2021}, limit=1)
    assert table[["year", "text"]].to_numpy().tolist() == [[2021, LINES[0]]]
    with pytest.raises(UsageError, match="0 to 2"):
        explain(model, 9)


def test_topics_do_not_depend_on_input_order() -> None:
    texts = {year: "\n".join(LINES) for year in (2020, 2021, 2023)}
    models = [
        fit_topics(given, 3, min_words=2, min_paragraphs=2, max_share=0.9, seeds=0)
        for given in (texts, dict(reversed(texts.items())))
    ]
    assert models[0].topics.equals(models[1].topics)
    assert models[0].prevalence().equals(models[1].prevalence())


def test_a_pair_of_years_is_explained_by_its_sentences() -> None:
    table = explain(TEXTS, (2021, 2023))
    assert table[["doc_id", "status"]].to_numpy().tolist() == [
        ["2023", "repeated"],
        ["2023", "edited"],
    ]
    with pytest.raises(UsageError, match="both"):
        explain(TEXTS, (2021, 2022))


def test_a_keyword_stands_in_its_document() -> None:
    texts = {2023: "扩大内需。国内需求不足。"}
    table = keyword_in_context(texts, "内需")
    assert len(table) == 1
    row = table.iloc[0]
    assert texts[2023][row["start"] : row["end"]] == "内需"


def test_ledgers_of_years_stand_side_by_side() -> None:
    plan = "请区财政局在6月底前制定奖补方案。"
    table = compare_tasks({2022: plan, 2024: plan * 2}).set_index("year")
    assert table["n_tasks"].dropna().tolist() == [1, 2]
    assert table["n_tasks"].isna().loc[2023]
    assert table.loc[2024, "share_date"] == 1
