"""What chance makes is no finding; zeros, constants, few and sparse values are no trap."""

from __future__ import annotations

import functools
import random

import numpy as np
import pandas as pd
import pytest

from speechmine import themes
from speechmine.errors import UsageError
from speechmine.themes.words.formulations import lexicon_terms

YEARS = range(1990, 2022)
WORDS = [term for term in lexicon_terms() if 2 <= len(term) <= 4][:400]
# As in texts, few words are frequent and many rare.
WEIGHTS = [1 / (rank + 3) for rank in range(len(WORDS))]
FREQUENT = WORDS[:60]


def sentence(draw: random.Random) -> str:
    length = draw.choice((2, 4, 6, 9, 14))
    return "、".join(dict.fromkeys(draw.choices(WORDS, WEIGHTS, k=length))) + "。"


@functools.cache
def texts(seed: int = 1, paragraphs: int = 12) -> dict[int, str]:
    """Reports whose words are drawn blindly: no year differs from another."""
    draw = random.Random(seed)  # noqa: S311
    return {
        year: "\n".join("".join(sentence(draw) for _ in range(5)) for _ in range(paragraphs))
        for year in YEARS
    }


@functools.cache
def corpus() -> themes.Corpus:
    return themes.load_corpus(texts())


def series(rows: np.ndarray) -> pd.DataFrame:
    cells = [
        (1980 + year, f"w{number}", float(value))
        for number, row in enumerate(rows)
        for year, value in enumerate(row)
    ]
    return pd.DataFrame(cells, columns=["year", "term", "rate"])


def poisson(mean: float, n: int = 150, years: int = 37) -> np.ndarray:
    return np.random.default_rng(7).poisson(mean, (n, years))


BLIND = {
    "noise": np.random.default_rng(3).normal(5, 1, (150, 30)),
    "mostly zeros": poisson(0.2),
    "hardly anything": poisson(0.02),
    "one outlier each": np.where(poisson(0.03, 60) > 0, 50.0, 0.0),
    "few years": np.random.default_rng(5).normal(5, 1, (150, 9)),
    "zeros": np.zeros((5, 37)),
    "constants": np.full((5, 37), 0.1) * np.arange(1, 6)[:, None],
    "one year": np.ones((3, 1)),
    "two years": np.arange(6).reshape(3, 2),
}


@pytest.mark.parametrize("name", BLIND)
def test_no_break_in_what_has_none(name) -> None:
    found = themes.changepoints(series(BLIND[name]))
    assert found.empty
    assert list(found.columns)[:3] == ["term", "break_year", "previous_year"]
    assert found.attrs["params"]["n_series"] == len(BLIND[name])


@pytest.mark.parametrize("mean", [0.1, 2.0])
def test_a_break_among_noise_is_found_and_the_noise_is_not(mean) -> None:
    rows = poisson(mean, 60).astype(float)
    rows[:5, 20:] += 6
    found = themes.changepoints(series(rows))
    assert set(found["term"]) == {f"w{number}" for number in range(5)}
    assert found["break_year"].between(1999, 2001).mean() >= 0.8
    assert (found["mean_after"] > found["mean_before"]).sum() >= 5


def test_two_breaks_of_one_series() -> None:
    rows = np.random.default_rng(2).normal(5, 0.3, (1, 36))
    rows[0, 12:24] += 6
    found = themes.changepoints(series(rows))
    assert found["break_year"].tolist() == [1992, 2004]


def test_a_result_does_not_hang_on_the_other_series() -> None:
    rows = poisson(1.0, 20).astype(float)
    rows[0, 18:] += 5
    whole, own = themes.changepoints(series(rows)), themes.changepoints(series(rows[:1]))
    assert whole["p"].tolist()[0] == own["p"].tolist()[0]


def test_a_year_twice_and_a_wrong_level_are_refused() -> None:
    table = series(np.ones((1, 9)))
    with pytest.raises(UsageError, match="several rows of w0 for 1980"):
        themes.changepoints(pd.concat([table, table]))
    with pytest.raises(UsageError, match="level=5"):
        themes.changepoints(table, level=5)


def test_no_trend_in_blind_texts() -> None:
    table = themes.term_trends(corpus(), WORDS)
    assert set(table["shape"]) <= {"level", "peak"}


def test_no_break_in_blind_texts() -> None:
    assert themes.changepoints(themes.term_frequency(corpus(), WORDS)).empty


def test_no_burst_in_blind_texts() -> None:
    assert themes.bursts(corpus(), WORDS).empty


def test_no_keyword_in_blind_texts() -> None:
    table = themes.keyness(corpus(), {"year": (2010, 2021)}, {"year": (1990, 2009)}, min_count=1)
    assert (table["p_adj"] > 0.05).all()
    assert (table["lrc"] == 0).mean() > 0.99


def test_no_phrase_in_blind_texts() -> None:
    """What stands side by side by chance is no fixed phrase."""
    blind = {year: text.replace("、", "") for year, text in texts().items()}
    found = themes.mine_phrases(blind)
    assert len(found) <= 2


def test_no_collocate_in_blind_texts() -> None:
    table = themes.collocations(corpus(), min_count=3)
    # Long sentences hold more of every word: a few pairs in thousands owe themselves to that.
    assert (table["p_adj"] <= 0.05).mean() < 0.005


def test_topics_of_blind_texts_do_not_hold_together() -> None:
    table = themes.topic_diagnostics(corpus(), [5, 10])
    assert (table["coherence"] < 0.1).all()
    assert (table["stability"] < 0.6).all()


def test_attention_of_blind_texts_does_not_move() -> None:
    words = {"甲": WORDS[:40:2], "乙": WORDS[1:40:2]}
    table = themes.attention(corpus(), words)
    means = table.groupby("topic")["share_of_hits"].agg(["mean", "std"])
    assert means["mean"].between(0.3, 0.7).all()
    assert (means["std"] < 0.1).all()


def test_nothing_is_carried_over_among_blind_texts() -> None:
    table = themes.carry_over_summary(themes.carry_over(corpus()))
    assert table["repeated"].max() == 0
    assert table["edited"].mean() < 0.05


def test_no_year_of_blind_texts_is_newer_than_others() -> None:
    known = themes.novelty(corpus(), window=3)["novelty"].dropna()
    assert known.std() / known.mean() < 0.2


def test_a_scale_of_blind_texts_says_that_there_is_none() -> None:
    table = themes.scale_reports(corpus())
    assert table.attrs["p"] > 0.05
    assert "no dimension" in table.attrs["note"]


SHORT = {
    "one report": {2020: "抓改革。稳就业。"},
    "two reports": {2020: "抓改革。", 2021: "稳就业。"},
    "a gap": {2000: "抓改革。", 2020: "稳就业。"},
    "no word of any list": {2020: "，。", 2021: "12。", 2022: "啊。"},
    "one text again and again": dict.fromkeys(range(2010, 2020), "抓改革。稳就业。"),
}
CALLS = {
    "term_frequency": lambda c: themes.term_frequency(c, ["改革"]),
    "words": themes.term_frequency,
    "rank_table": lambda c: themes.rank_table(themes.term_frequency(c, ["改革", "就业"])),
    "term_trends": lambda c: themes.term_trends(c, ["改革", "从来没有"]),
    "changepoints": lambda c: themes.changepoints(themes.term_frequency(c, ["改革", "没有"])),
    "bursts": lambda c: themes.bursts(c, ["改革", "从来没有"], min_count=1),
    "term_lifecycle": lambda c: themes.term_lifecycle(c, ["改革", "从来没有"]),
    "new_terms": lambda c: themes.new_terms(c, c.years[-1]),
    "keyness": lambda c: themes.keyness(c, {"year": c.years[-1]}),
    "attention": lambda c: themes.attention(c, "livelihood"),
    "diversity": lambda c: themes.attention_diversity(themes.attention(c, "livelihood")),
    "tone": themes.tone,
    "novelty": lambda c: themes.novelty(c, window=1),
    "similarity": lambda c: themes.similarity(c, "all"),
    "carry_over": lambda c: themes.carry_over_summary(themes.carry_over(c)),
    "formulation_changes": lambda c: themes.formulation_changes(c, ["改革"]),
    "lexical_diversity": themes.lexical_diversity,
    "mine_phrases": themes.mine_phrases,
    "scale_reports": themes.scale_reports,
    "fit_topics": lambda c: themes.fit_topics(c, 2).topics,
    "topic_diagnostics": lambda c: themes.topic_diagnostics(c, [2]),
    "collocations": themes.collocations,
    "tokens": themes.tokens,
    "keyword_in_context": lambda c: themes.keyword_in_context(c, "改革"),
    "compare_tasks": themes.compare_tasks,
    "compare_parties": themes.compare_parties,
    "compare_deadlines": themes.compare_deadlines,
    "compare_metrics": themes.compare_metrics,
}


def outcome(call, given) -> tuple[pd.DataFrame | None, str]:
    try:
        return call(themes.load_corpus(given)), ""
    except UsageError as error:
        return None, str(error)


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("given", SHORT)
def test_short_and_empty_corpora_give_a_table_or_a_reason(given, name) -> None:
    """Never a warning of a library, never a traceback, never a number that is none."""
    table, reason = outcome(CALLS[name], SHORT[given])
    if table is None:
        assert len(reason) > 15
        return
    numbers = table.select_dtypes("number")
    assert not np.isinf(numbers.to_numpy(dtype=float, na_value=np.nan)).any()
    if name in ("term_trends", "changepoints", "bursts") and given != "a gap":
        assert not len(table) or set(table.get("shape", ["level"])) == {"level"}
