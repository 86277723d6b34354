"""Our own formulas against numbers that other projects print or compute."""

from __future__ import annotations

import itertools
import json
import math
import re
from collections import Counter

import numpy as np
import pandas as pd
import pytest

from speechmine.themes import association, load_corpus, term_frequency
from speechmine.themes.breaks import changepoints, strongest_break
from speechmine.themes.counts import tally
from speechmine.themes.divergence import (
    align,
    bag_jaccard,
    containment,
    jaccard,
    jensen_shannon,
    rank_turbulence,
    shift,
)
from speechmine.themes.intervals import exact_interval, normal_interval
from speechmine.themes.kleinberg import burst_states, event_bursts
from speechmine.themes.lexical import lexical_measures
from speechmine.themes.likeness import novelty_resonance, tf_idf
from speechmine.themes.phrases import (
    c_values,
    collocation,
    nested_counts,
    npmi,
    phrase_score,
    pmi,
)
from speechmine.themes.scaling import wordfish, wordscores
from speechmine.themes.shares import diversity
from speechmine.themes.topics import factorise
from speechmine.themes.trends import mann_kendall, theil_sen

from shared import SHARED

FOLDER = SHARED / "facts" / "themes_fixtures"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"no fixtures at {FOLDER}")


def numbers(prefix: str) -> dict:
    return json.loads(next(FOLDER.glob(f"{prefix}_*.json")).read_text(encoding="utf-8"))


def near(value: float, tolerance: float) -> object:
    return pytest.approx(value, rel=0, abs=tolerance)


def test_01_keyness() -> None:
    given = numbers("01")
    for name, table in given["tables"].items():
        words = list(dict.fromkeys([*table["target"], *table["reference"]]))
        k1, k2 = ([table[side].get(w, 0) for w in words] for side in ("target", "reference"))
        cells = (k1, sum(k1), k2, sum(k2))
        for measure, corrections in given["expected"][name].items():
            for correction, expected in corrections.items():
                if measure == "chi2" and correction == "williams":
                    continue  # upstream multiplies by q where it should divide; see below
                got = {
                    "chi2": lambda c=cells, k=correction: association.chi_square(*c, correction=k),
                    "lr": lambda c=cells, k=correction: association.g2(*c, correction=k),
                    "pmi": lambda c=cells: association.pointwise(*c),
                }[measure]()
                close = given["tolerance_lr_abs"] if measure == "lr" else given["tolerance"]
                for word, value in zip(words, got, strict=True):
                    # Upstream adds 1e-9 inside its logarithms: absent words get -20.7, not -inf.
                    if math.isfinite(value):
                        assert value == near(expected[word], close)
    # The corrected value stands in a test that upstream commented out.
    assert association.chi_square(7, 10, 2, 9, correction="williams") == near(4.017626, 1e-6)


def test_01_keyness_order() -> None:
    given = numbers("01")
    table = given["tables"]["eight_features"]
    words = sorted(table["target"])
    k1, k2 = ([table[side][w] for w in words] for side in ("target", "reference"))
    score = association.chi_square(k1, sum(k1), k2, sum(k2), correction="yates")
    order = [w for _, w in sorted(zip(-score, words, strict=True))]
    assert order == given["order_expected"]["eight_features_chi2_default"]
    score = association.g2(k1, sum(k1), k2, sum(k2))
    order = [w for _, w in sorted(zip(-score, words, strict=True))]
    assert order == given["order_expected"]["eight_features_lr_none"]


def test_01_exact_test_and_contingency_tables() -> None:
    given = numbers("01")
    ratio, p = association.fisher(7, 10, 2, 9)
    # R stops its search for the ratio at 1e-4.
    assert ratio == near(given["fisher_two_features"]["odds_ratio_conditional_mle"], 1e-4)
    assert p == near(given["fisher_two_features"]["p"], 1e-9)
    tables = given["chisq_R"]
    for correction in ("yates", "none"):
        two = association.chi_square(7, 10, 2, 9, correction=correction)
        assert float(two) == near(tables[f"two_features_{correction}"], 1e-9)
        rest = association.chi_square(7, 10, 5, 15, correction=correction)
        assert float(rest) == near(tables["three_docs_target_vs_rest"][correction], 1e-9)


def test_02_log_likelihood() -> None:
    for label, o1, n1, o2, n2, expected, side in numbers("02")["rows"]:
        value = float(association.g2(o1, n1, o2, n2, formula="rayson"))
        # One row is an approximation by hand upstream.
        close = 1e-2 if label == "bnc_spoken_vs_written_the" else 1e-3
        assert abs(value) == pytest.approx(expected, rel=close, abs=1e-9)
        assert {"A": value > 0, "B": value < 0, "neutral": abs(value) < 1e-9}[side]


def test_03_log_ratio() -> None:
    given = numbers("03")
    for row in given["rows"]:
        cells = (row["f"], row["f1"], row["f2"] - row["f"], row["N"] - row["f1"])
        lrc = association.conservative_log_ratio(*cells, candidates=599)
        assert float(association.log_ratio(*cells)) == near(row["lr"], given["tolerance"])
        assert float(lrc) == near(row["lrc"], given["tolerance"])
        # Their one-sided variant is the bare lower bound, below 0 too.
        lower = exact_interval(*cells, candidates=599, level=0.9)[0]
        assert float(lower) == near(row["lrc.positive"], given["tolerance"])
        for name, level in (("clr", 0.99), ("lrc.normal", 0.95)):
            low, high = map(float, normal_interval(*cells, candidates=599, level=level))
            kept = low if low > 0 else min(high, 0.0)
            assert kept == near(row[name], given["tolerance"])


def test_04_log_odds() -> None:
    given = numbers("04")
    words = sorted({*given["counts1"], *given["counts2"]})
    k1, k2 = ([given[c].get(w, 0) for w in words] for c in ("counts1", "counts2"))
    priors = {"flat_prior_0_01": 0.01, "informative_prior_pooled_counts_plus_0_01": None}
    for name, prior in priors.items():
        delta, variance, z = association.log_odds(k1, k2, prior)
        for i, word in enumerate(words):
            expected = given[name][word]
            assert delta[i] == near(expected["delta"], 1e-9)
            assert variance[i] == near(expected["variance"], 1e-9)
            assert z[i] == near(expected["z"], 1e-9)
    other = given["hessel"]
    first, second = (Counter(other[text].split()) for text in ("text1", "text2"))
    words = sorted({*first, *second})
    z = association.log_odds([first[w] for w in words], [second[w] for w in words], 0.01)[2]
    assert dict(zip(words, z, strict=True)) == pytest.approx(other["z"], abs=1e-6)  # float32


@pytest.mark.parametrize(
    ("name", "group", "word", "informative"),
    [
        ("words_empirical_bayes", "document", "word", True),
        ("words_uninformative", "document", "word", False),
        ("numeric_group_ids", "id", "word", True),
        ("mtcars_gear", "vs", "gear", True),
        ("mtcars_gear_uninformative", "vs", "gear", False),
    ],
)
def test_05_weighted_log_odds(name, group, word, informative) -> None:
    given = numbers("05")
    rows = pd.DataFrame(given[name]).rename(columns={"frequency": "n"})
    table = rows.pivot_table(index=group, columns=word, values="n", fill_value=0)
    delta, weighted = association.weighted_log_odds(table.to_numpy(), informative=informative)
    for row in rows.to_dict("records"):
        i, j = table.index.get_loc(row[group]), table.columns.get_loc(row[word])
        assert delta[i, j] == near(row["log_odds"], given["tolerance"])
        assert weighted[i, j] == near(row["log_odds_weighted"], given["tolerance"])


def test_06_wordscores() -> None:
    given = numbers("06")
    known = [math.nan if score is None else score for score in given["reference_scores"]]
    got = wordscores(np.array(given["counts_word_by_doc"]).T, known)
    expected, close = given["expected"], given["tolerance"]
    assert got.words.tolist() == pytest.approx(list(given["wordscores"].values()), abs=1e-12)
    assert got.raw[-1] == near(expected["V1_raw"], close["raw"])
    assert got.se[-1] == near(expected["V1_se"], close["raw"])  # the paper's .018 is a misprint
    # Upstream's interval is 0.95 errors wide on each side, where 1.96 are needed.
    ends = [got.raw[-1] + side * 0.95 * got.se[-1] for side in (-1, 1)]
    assert ends == pytest.approx(expected["V1_ci95"], abs=close["raw"])
    assert got.rescaled_mv[-1] == near(expected["V1_mv_rescaled"], close["mv"])
    assert got.rescaled_lbg[-1] == near(expected["V1_lbg_rescaled"], close["lbg"])


def test_07_wordfish() -> None:
    given = numbers("07")
    low, high = (i - 1 for i in given["dir"])
    got = wordfish(given["counts_doc_by_word"], direction=(low, high))
    theta = np.array(given["theta"])
    scaled = (theta - theta.mean()) / theta.std(ddof=1)
    assert np.abs(got.theta - scaled).max() < 5e-3
    assert np.corrcoef(got.beta, given["beta"])[0, 1] > 0.999
    assert np.corrcoef(got.psi, given["psi"])[0, 1] > 0.999
    assert np.corrcoef(got.alpha, given["alpha"])[0, 1] > 0.99  # no tolerance is given
    assert got.se == pytest.approx(given["theta_se"], rel=0.01)
    toy = numbers("06")
    placed = wordfish(np.array(toy["counts_word_by_doc"]).T, direction=(0, 4)).theta
    assert np.corrcoef(placed, given["lbg"]["theta"])[0, 1] > 0.98


@pytest.mark.parametrize(
    ("kind", "key"), [("jsd", "JSD"), ("entropy", "entropy"), ("proportion", "proportion")]
)
def test_08_word_shift(kind, key) -> None:
    given = numbers("08")
    for case in given["cases"]:
        expected = case[key]
        # Upstream leaves the parts as they are where the difference is exactly 0.
        raw = expected["diff"] == 0
        total, parts = shift(case["system1"], case["system2"], kind, normalise=not raw)
        assert total == near(expected["diff"], given["tolerance"])
        assert parts == pytest.approx(expected["scores"], abs=given["tolerance"])
        if "scipy_jsd_base2" in case and kind == "jsd":
            words = sorted({*case["system1"], *case["system2"]})
            sides = [[case[side].get(w, 0) for w in words] for side in ("system1", "system2")]
            shares = [np.array(side) / sum(side) for side in sides]
            other = float(jensen_shannon(*shares, 2))
            assert other == near(case["scipy_jsd_base2"], given["tolerance"])


def test_09_bursts() -> None:
    given = numbers("09")
    for name in ("enumerating", "enumerating_2"):
        case = given[name]
        got = event_bursts(case["offsets"], s=case["s"], gamma=case["gamma"])
        assert [list(burst) for burst in got] == case["bursts"]
    case = given["batched"]
    assert burst_states(case["r"], case["d"], s=case["s"], gamma=case["gamma"])[0] == case["states"]
    assert event_bursts(given["enumerating_2"]["offsets"], gamma=1) == [(1, 4, 92)]


def test_10_text_reuse() -> None:
    given = numbers("10")
    for name, measure in (
        ("jaccard", jaccard),
        ("jaccard_bag", bag_jaccard),
        ("ratio_of_matches", containment),
    ):
        for case in given[name]:
            assert measure(case["a"], case["b"]) == near(case["value"], given["tolerance"])
    case = given["align_local"]
    first, second = align(*(re.findall(r"\w+", case[side].lower()) for side in "ab"))
    assert (" ".join(first), " ".join(second)) == (case["a_edits"], case["b_edits"])
    for case in given["count_matches"]:
        assert containment(case["b"], case["a"]) * len(case["a"]) <= case["value"]
        assert sum(element in set(case["a"]) for element in case["b"]) == case["value"]
    case = given["shared_bigrams"]
    grams = [[" ".join(pair) for pair in itertools.pairwise(case[side].split())] for side in "ab"]
    assert [gram for gram in grams[0] if gram in grams[1]] == case["matches"]


def test_11_lexical_diversity_and_frequency() -> None:
    given = numbers("11")
    for case in given["lexdiv"]:
        got = lexical_measures(case["text"].split())
        names = {
            "TTR": "ttr",
            "CTTR": "cttr",
            "R": "root_ttr",
            "C": "herdan",
            "Maas": "maas",
            "yule_I": "yule_i",
        }
        for name, column in names.items():
            if name in case:
                assert got[column] == near(case[name], case.get("tol", given["tolerance"]))
    case = given["frequency"]
    documents = [text.split() for text in case["docs"]]
    whole = tally(documents)
    for column in ("feature", "frequency", "rank", "docfreq"):
        assert whole[column].tolist() == case["all"][column]
    grouped = tally(documents, case["groups"])
    for column in ("feature", "frequency", "docfreq", "group"):
        assert grouped[column].tolist() == case["grouped"][column]
    shares = tally(documents, weight="share")
    assert shares["feature"].tolist() == case["prop_weighted"]["feature"]
    assert shares["frequency"].tolist() == pytest.approx(
        case["prop_weighted"]["frequency"], abs=0.01
    )
    case = given["rank_ties_min"]
    ties = tally([text.split() for text in case["docs"]])
    assert ties["feature"].tolist() == case["feature"]
    assert ties["rank"].tolist() == case["rank"]


def test_12_collocations() -> None:
    given = numbers("12")
    for case in given["cases"]:
        n = case["counts"]
        pairs = list(itertools.pairwise(case["tokens"]))
        first, second = case["bigram"].split()
        table = Counter((a == first, b == second) for a, b in pairs)
        keys = {"n11": (True, True), "n10": (True, False), "n01": (False, True)}
        keys["n00"] = (False, False)
        assert {name: table[key] for name, key in keys.items()} == n
        got = collocation(n["n11"], n["n10"], n["n01"], n["n00"])
        assert got["lambda"] == near(case["lam"], given["tolerance"])
        assert got["G2"] == near(case["G2"], given["tolerance"])
        # Errors come from an iterative fit upstream, which stops at 1e-6; the closed form is exact.
        assert got["se"] == near(case["se"], 2e-6)
        assert got["z"] == near(case["z"], 2e-6)


def test_12_nested_counts() -> None:
    given = numbers("12")["nested_counts"]
    units = [unit.split() for doc in given["docs"] for unit in doc.split(" .")]
    grams = [tuple(name.split()) for name in given["collocation"]]
    counts = Counter(
        tuple(unit[i : i + n]) for unit in units for n in (2, 3) for i in range(len(unit) - n + 1)
    )
    assert [counts[gram] for gram in grams] == given["count"]
    nested = nested_counts(units, grams)
    assert [nested[gram] for gram in grams] == given["count_nested"]


def test_13_c_value() -> None:
    given = numbers("13")
    assert c_values(given["frequency"]) == pytest.approx(given["expected"], abs=given["tolerance"])


def test_14_coherence() -> None:
    given = numbers("14")
    case = given["confirmation"]
    first, second = (set(case["posting_list"][key]) for key in "12")
    both, total = len(first & second), case["num_docs"]
    n = (both, len(first), len(second), total)
    assert pmi(*n) == near(case["log_ratio"], given["tolerance"])
    assert npmi(*n) == near(case["normalized_log_ratio"], given["tolerance"])
    assert math.log(both / len(second)) == near(case["log_conditional_probability"], 1e-6)


def test_14_phrase_scores() -> None:
    """The counts behind the printed scores: pairs, first words, second words."""
    printed = re.findall(r"\{([\d., ]+)\}", numbers("14")["phrases"]["note"])
    default, normalised = ([float(score) for score in group.split(",")] for group in printed)
    counts = [(3, 4, 3), (2, 3, 3)]
    scores = [phrase_score(*c, 31, min_count=1) for c in counts]
    assert [round(score, 3) for score in scores] == default
    # Thirty-four words stand in the sentences.
    assert [round(npmi(*c, 34), 3) for c in counts] == normalised


def test_15_tf_idf() -> None:
    given = numbers("15")
    smooth, plain = (tf_idf(given["counts"], smooth=s).toarray() for s in (True, False))
    assert np.abs(smooth - np.array(given["tfidf_default"])).max() < given["tolerance"]
    assert np.abs(plain - np.array(given["tfidf_smooth_idf_false"])).max() < given["tolerance"]
    counts = np.array(given["counts"], float)
    unit = counts / np.linalg.norm(counts, axis=1, keepdims=True)
    assert (unit @ unit[0]).tolist() == pytest.approx(given["cosine_row0"], abs=1e-8)


def test_16_changepoints() -> None:
    given = numbers("16")
    signal = given["signal"]
    assert strongest_break(signal)[0] == given["binseg_1"][0]
    table = pd.DataFrame({"year": range(len(signal)), "term": "", "rate": signal})
    assert changepoints(table)["break_year"].tolist() == given["dynp_2"][:-1]


def test_17_novelty() -> None:
    given = numbers("17")
    got = novelty_resonance(given["theta"], given["window"], math.e)
    for name, values in zip(("novelty", "transience", "resonance"), got, strict=True):
        known = ~np.isnan(values)
        expected = np.array(given[name])
        assert np.abs(values[known] - expected[known]).max() < given["tolerance"]
        assert (expected[~known] == 0).all()  # upstream writes 0 where the window is not whole
    first, third = given["theta"][0], given["theta"][2]
    assert float(jensen_shannon(first, third, math.e)) == near(given["jsd_0_2"], 1e-9)


@pytest.mark.parametrize(("key", "alpha"), [("alpha_1", 1.0), ("alpha_1_3", 1 / 3)])
def test_18_rank_turbulence(key, alpha) -> None:
    given = numbers("18")
    total, parts = rank_turbulence(given["list1"], given["list2"], alpha)
    assert total == near(given[key]["divergence"], given["tolerance"])
    assert parts == pytest.approx(given[key]["contributions"], abs=given["tolerance"])


def test_19_mann_kendall() -> None:
    given = numbers("19")
    for case in given["cases"]:
        got = mann_kendall(case["x"])
        expected = (case["S"], case["var_S"], case["z"], case["p"], case["tau"])
        assert (got.s, got.variance, got.z, got.p, got.tau) == pytest.approx(expected, abs=1e-9)
        assert theil_sen(range(len(case["x"])), case["x"]) == near(case["sen_slope"], 1e-9)
        trend = "no trend" if got.p > 0.05 else ("increasing" if got.s > 0 else "decreasing")
        assert trend == case["trend"]


def test_20_diversity() -> None:
    given = numbers("20")
    h, norm, inverse = diversity(given["shares"])
    assert h == near(given["H_nat"], given["tolerance"])
    assert h / math.log(2) == near(given["H_bits"], given["tolerance"])
    assert norm == near(given["H_norm_5"], given["tolerance"])
    assert inverse == near(given["inverse_HHI"], given["tolerance"])
    toy = numbers("06")
    columns = np.array(toy["counts_word_by_doc"]).T
    for name, counts in zip(toy["docs"], columns, strict=True):
        bits = diversity(counts)[0] / math.log(2)
        assert bits == near(given["lbg_doc_entropy_bits"][name], 1e-9)


def test_21_published_counts() -> None:
    folder = SHARED / "corpus" / "national"
    if not folder.is_dir():
        pytest.skip(f"no texts at {folder}")
    corpus = load_corpus(folder)
    for row in numbers("21")["rows"]:
        table = term_frequency(corpus.select(year=row["year"]), [row["term"]])
        n = int(table["n"].iloc[0])
        if row["year"] == 2022:
            assert n == row["published"] == row["literal_count"]
        # Other copies differ by a word or two; the press counts 要 and 发展 as words.
        assert n == pytest.approx(row["literal_count"], abs=2)


def test_22_nmf() -> None:
    given = numbers("22")
    w, h = factorise(given["X"], 2, init="nndsvda", steps=2000, tolerance=1e-6)
    assert (w >= 0).all()
    assert (h >= 0).all()
    assert np.linalg.norm(np.array(given["X"]) - w @ h) < 1e-3
    assert w == pytest.approx(np.array(given["W"]), abs=1e-2)
    assert h == pytest.approx(np.array(given["H"]), abs=1e-2)
