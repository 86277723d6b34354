"""What holds for every table: order of input, added years, attrs, names that exist."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechmine import themes
from speechmine.model import Document

TEXTS = {
    2019: "深化改革开放。稳定就业。\n治理污染，修建铁路。",
    2020: "抗击疫情，稳定就业。\n必须守住底线。",
    2022: "发展数字经济。稳定就业。\n鼓励创新。\n"
    "请区财政局制定奖补方案。今年地区生产总值增长5%左右。",
    2023: "发展数字经济，扩大内需。\n稳定就业，深化改革。",
}
CALLS = {
    "term_frequency": lambda c: themes.term_frequency(c, ["就业", "改革"]),
    "words": themes.term_frequency,
    "keyness": lambda c: themes.keyness(c, {"year": (2022, 2023)}, min_count=1),
    "term_trends": lambda c: themes.term_trends(c, ["就业"]),
    "term_lifecycle": lambda c: themes.term_lifecycle(c, ["就业", "疫情"]),
    "new_terms": lambda c: themes.new_terms(c, 2022),
    "attention": lambda c: themes.attention(c, "livelihood"),
    "tone": themes.tone,
    "similarity": themes.similarity,
    "carry_over": themes.carry_over,
    "novelty": lambda c: themes.novelty(c, window=1),
    "bursts": lambda c: themes.bursts(c, ["疫情"], min_count=1),
    "formulation_changes": lambda c: themes.formulation_changes(c, ["就业"]),
    "lexical_diversity": themes.lexical_diversity,
    "compare_tasks": themes.compare_tasks,
    "compare_parties": themes.compare_parties,
    "periods": lambda c: themes.term_frequency(
        c.in_periods([(2019, 2020), (2021, 2023)]), ["就业"], by="period"
    ),
    "compare_deadlines": themes.compare_deadlines,
    "compare_metrics": themes.compare_metrics,
    "audit": lambda c: c.audit(),
}
# Each row of these depends on its own year alone.
BY_YEAR = ("term_frequency", "words", "attention", "tone", "lexical_diversity", "compare_tasks")
# Other kinds or bodies of later years give rows of zeros, never other numbers.
LISTED = ("compare_parties", "compare_deadlines", "compare_metrics")
# Each row of these depends on its own year and those before it.
BEFORE_ONLY = (
    "carry_over",
    "formulation_changes",
    "compare_deadlines",
    "compare_metrics",
    "audit",
)


def corpus(years):
    return themes.load_corpus(
        [
            Document(TEXTS[year], id=f"r{year}", date=f"{year}-03-05", place="清溪县")
            for year in years
        ]
    )


@pytest.mark.parametrize("name", CALLS)
def test_the_order_of_input_does_not_matter(name) -> None:
    there, back = CALLS[name](corpus(TEXTS)), CALLS[name](corpus(list(TEXTS)[::-1]))
    pd.testing.assert_frame_equal(there, back)
    assert there.attrs == back.attrs


@pytest.mark.parametrize("name", CALLS)
def test_a_second_run_gives_the_same(name) -> None:
    given = corpus(TEXTS)
    pd.testing.assert_frame_equal(CALLS[name](given), CALLS[name](given))


@pytest.mark.parametrize("name", CALLS)
def test_a_table_says_how_it_was_made(name) -> None:
    attrs = CALLS[name](corpus(TEXTS)).attrs
    assert attrs["method"]
    assert isinstance(attrs["params"], dict)
    assert attrs["n_reports"] == 4


@pytest.mark.parametrize("name", BEFORE_ONLY)
def test_an_added_year_leaves_what_looks_back_alone(name) -> None:
    before = CALLS[name](corpus([2019, 2020, 2022]))
    after = CALLS[name](corpus(TEXTS))
    pd.testing.assert_frame_equal(before, after[after["year"] < 2023].reset_index(drop=True))


def test_an_added_year_changes_only_what_must_of_the_rest() -> None:
    before, after = corpus([2019, 2020, 2022]), corpus(TEXTS)
    # The cosine weighs a word by how many reports hold it, so it alone may move.
    pairs = [themes.similarity(c).drop(columns="cosine") for c in (before, after)]
    old = pairs[1][pairs[1]["year_b"] < 2023].reset_index(drop=True)
    pd.testing.assert_frame_equal(pairs[0], old)
    # Transience looks ahead; novelty looks back, once no word waits for a second report.
    new = [themes.novelty(c, window=1, min_reports=1)["novelty"] for c in (before, after)]
    pd.testing.assert_series_equal(new[1][: len(new[0])], new[0])
    lives = [themes.term_lifecycle(c, ["就业", "疫情"]) for c in (before, after)]
    assert lives[0]["first_year"].equals(lives[1]["first_year"])
    groups = [
        themes.keyness(c, {"year": 2022}, {"year": (2019, 2020)}, min_count=1)
        for c in (before, after)
    ]
    pd.testing.assert_frame_equal(*groups)


@pytest.mark.parametrize("name", BY_YEAR)
def test_an_added_year_leaves_the_rows_of_others_alone(name) -> None:
    before = CALLS[name](corpus([2019, 2020, 2022]))
    after = CALLS[name](corpus(TEXTS))
    pd.testing.assert_frame_equal(before, after[after["year"] < 2023].reset_index(drop=True))


@pytest.mark.parametrize("name", [*BY_YEAR, *LISTED])
def test_a_missing_year_is_a_row_with_a_reason(name) -> None:
    table = CALLS[name](corpus(TEXTS))
    row = table[table["year"] == 2021]
    assert len(row) >= 1
    assert row["reason"].notna().all()
    numeric = [
        c for c in row.columns if c not in ("year", "n_reports") and row[c].dtype.kind in "if"
    ]
    assert row[numeric].isna().all(axis=None)


def test_an_added_body_is_a_row_of_zeros_in_earlier_years() -> None:
    plan = "请区财政局制定奖补方案。"
    texts = {2021: plan, 2022: plan, 2023: plan + "请区民政局制定救助方案。"}
    before = themes.compare_parties({year: texts[year] for year in (2021, 2022)})
    after = themes.compare_parties(texts)
    old = after[(after["year"] < 2023) & after["party"].isin(before["party"])]
    pd.testing.assert_frame_equal(before, old.reset_index(drop=True))
    added = after[(after["year"] < 2023) & ~after["party"].isin(before["party"])]
    assert added["n_tasks"].tolist() == [0, 0]


PRINTED = """
import sys
sys.path[:0] = sys.argv[1:]
from test_laws import CALLS, TEXTS, corpus
for name in CALLS:
    print(name, CALLS[name](corpus(TEXTS)).to_csv())
"""


def test_the_seed_of_hashes_does_not_matter() -> None:
    here = Path(__file__).parent
    runs = [
        subprocess.run(
            [sys.executable, "-c", PRINTED, str(here), str(here.parent)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert len(runs[0]) > 1000
    assert runs[0] == runs[1]


@settings(max_examples=15, deadline=None)
@given(order=st.permutations(sorted(TEXTS)), name=st.sampled_from(sorted(CALLS)))
def test_no_order_of_input_matters(order, name) -> None:
    pd.testing.assert_frame_equal(CALLS[name](corpus(TEXTS)), CALLS[name](corpus(order)))


def test_the_vocabulary_is_named() -> None:
    there = themes.term_frequency(corpus(TEXTS)).attrs["vocabulary"]
    assert there == themes.default_vocabulary().id
    own = themes.default_vocabulary().with_terms(["守住底线"])
    assert themes.term_frequency(corpus(TEXTS), vocabulary=own).attrs["vocabulary"] != there


@pytest.mark.parametrize("name", themes.__all__)
def test_every_public_name_exists_and_says_what_it_is(name) -> None:
    assert getattr(themes, name).__doc__


def test_no_public_name_is_a_module() -> None:
    """A module would take the name's place as soon as it is imported."""
    folder = Path(themes.__file__).parent
    assert not {path.stem for path in folder.glob("*.py")} & set(themes.__all__)


def test_public_names_are_sorted() -> None:
    assert themes.__all__ == sorted(themes.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        _ = themes.nothing


TABLES = [name for name in themes.__all__ if inspect.isfunction(getattr(themes, name))]


@pytest.mark.parametrize("name", TABLES)
def test_every_function_says_what_it_takes_gives_and_shows(name) -> None:
    """Examples run with the tests of the package."""
    function = getattr(themes, name)
    told = inspect.getdoc(function) or ""
    assert "Example:" in told
    if inspect.signature(function).parameters:
        assert "Args:" in told
        assert "Returns:" in told
    for parameter in inspect.signature(function).parameters:
        assert re.search(rf"^\s+(\w+, )*{parameter}(, \w+)*:", told, re.MULTILINE), parameter


def test_a_comparison_shows_itself_in_notebooks() -> None:
    shown = themes.compare(
        {2023: "要抓好<b>就业</b>工作。", 2024: "要抓好就业工作。"}
    )._repr_html_()
    assert "frequency" in shown
    assert "<b>" not in shown
