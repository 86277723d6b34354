"""What cannot be answered is refused in words: what was given, what there is, what is expected."""

from __future__ import annotations

import pytest

from speechmine import themes
from speechmine.errors import RuleError, UsageError

TEXTS = {2021: "抓改革。稳就业。", 2023: "稳就业。促改革。"}
TABLE = themes.term_frequency(TEXTS, ["改革"])
NAMED = {
    "new_terms": lambda c: themes.new_terms(c, 2024),
    "keyness": lambda c: themes.keyness(c, {"year": 2023}),
    "attention": lambda c: themes.attention(c, "livelihood"),
    "term_trends": lambda c: themes.term_trends(c, ["改革"]),
    "term_frequency": lambda c: themes.term_frequency(c, ["改革"]),
    "formulation_changes": lambda c: themes.formulation_changes(c, ["改革"]),
    "keyword_in_context": lambda c: themes.keyword_in_context(c, "改革"),
}
PLAIN = (
    *("term_lifecycle", "tone", "similarity", "carry_over", "novelty", "bursts", "fit_topics"),
    *("lexical_diversity", "mine_phrases", "scale_reports", "compare", "compare_tasks"),
    *("compare_parties", "compare_deadlines", "compare_metrics"),
)


@pytest.mark.parametrize("name", [*NAMED, *PLAIN])
def test_a_corpus_without_text_is_refused(name) -> None:
    with pytest.raises(UsageError, match="the corpus has no text"):
        (NAMED.get(name) or getattr(themes, name))({})


def test_an_unreadable_folder_is_named(tmp_path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        themes.tone(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: themes.new_terms(TEXTS, 1999), "year=1999"),
        (lambda: themes.disappeared_terms(TEXTS, 2050), "since=2050"),
        (lambda: themes.keyness(TEXTS, {"year": 1990}), "the corpus has 2021 to 2023"),
        (lambda: themes.keyness(TEXTS, {"year": (2021, 2023)}), "the target is the whole"),
        (lambda: themes.keyness(TEXTS, {"yeer": 2021}), "any of discourse, level"),
        (lambda: themes.keyness(TEXTS, 2021), "a mapping is expected"),
        (lambda: themes.keyword_in_context(TEXTS, "改革", {"year": 1990}), "has no text"),
        (lambda: themes.explain(TEXTS, (1999, 2021)), "texts of both"),
        (lambda: themes.load_corpus({"二〇二一": "抓改革。"}), "'二〇二一': a whole number"),
        (lambda: themes.load_corpus(TEXTS).select(level="区县"), "level='区县': one of national"),
        (lambda: themes.load_corpus(TEXTS).select(section="end"), "one of opening, review"),
        (lambda: themes.load_corpus(TEXTS).select(discourse="x"), "one of heading"),
        (lambda: themes.load_corpus(TEXTS).in_periods([(2023, 2021)]), "ends before it begins"),
        (lambda: themes.load_corpus(TEXTS).in_periods([(1, 5), (5, 9)]), "overlap"),
        (lambda: themes.term_frequency(TEXTS, "改革"), r"such as \['改革'\]"),
        (lambda: themes.term_frequency(TEXTS, ["改革", ""]), "is no word"),
        (lambda: themes.term_frequency(TEXTS, by="month"), "one of year, period, place"),
        (lambda: themes.attention(TEXTS, "nothing"), "there are: digital, environment"),
        (lambda: themes.lexicon("nothing"), "one of agriculture"),
        (lambda: themes.rank_table(TABLE, item="topic"), "it has: year, term"),
        (lambda: themes.changepoints(TABLE, value="score"), "no column 'score'"),
        (lambda: themes.attention_diversity(TABLE), "no column 'n_hits'"),
        (lambda: themes.carry_over_summary(TABLE), "no column"),
    ],
)
def test_what_makes_no_sense_is_refused(call, message) -> None:
    with pytest.raises(UsageError, match=message):
        call()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("value,terms\n绿化,植树;造林\n,树\n", "my.csv: line 3: column 'value' is empty"),
        ("topic,terms\n绿化,植树\n", "line 1: a column 'value' is expected, found: topic, terms"),
        ("", "line 1: .* found: nothing"),
        ("value,terms\n", "there is no entry"),
        ("value,terms\n绿化,植树\n水利,防汛,堤防\n", "line 3: more cells than columns"),
        ("value,terms\n绿化,植树\n水利,\n", "line 3: field terms: words are expected"),
    ],
)
def test_a_wrong_table_of_words_names_the_line(tmp_path, content, message) -> None:
    file = tmp_path / "my.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(RuleError, match=message):
        themes.load_dictionary(file)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_of_words_as_spreadsheets_save_it(tmp_path, encoding) -> None:
    file = tmp_path / "my.csv"
    file.write_text("value,terms\n绿化,植树;造林\n", encoding=encoding)
    assert themes.load_dictionary(file).terms == {"绿化": ("植树", "造林")}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[[rule]]\nvalue = '绿化'\nterms = '植树'\n", "field terms: a list of strings"),
        ("[[rule]]\nvalue = '绿化'\n", "field terms: words are expected"),
        ("[[rule]\n", "not valid TOML"),
    ],
)
def test_a_wrong_file_of_rules_names_the_entry(tmp_path, content, message) -> None:
    file = tmp_path / "my.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(RuleError, match=message):
        themes.load_dictionary(file)
