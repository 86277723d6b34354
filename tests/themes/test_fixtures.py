"""Our own formulas against numbers that other projects print or compute."""

from __future__ import annotations

import json
import math
from collections import Counter

import numpy as np
import pandas as pd
import pytest

from speechmine.themes import load_corpus, term_frequency
from speechmine.themes.analyses.breaks import changepoints
from speechmine.themes.statistics import association
from speechmine.themes.statistics.bursting import burst_states
from speechmine.themes.statistics.cohesion import (
    npmi,
    pmi,
)
from speechmine.themes.statistics.divergence import (
    jensen_shannon,
)
from speechmine.themes.statistics.diversity import diversity
from speechmine.themes.statistics.factorising import factorise
from speechmine.themes.statistics.intervals import exact_interval
from speechmine.themes.statistics.lexical import lexical_measures
from speechmine.themes.statistics.novelty import novelty_resonance
from speechmine.themes.statistics.scaling import wordfish, wordscores
from speechmine.themes.statistics.splitting import strongest_break
from speechmine.themes.statistics.trend import mann_kendall, theil_sen
from speechmine.themes.statistics.weighting import tf_idf

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
                if measure != "lr":
                    continue
                got = association.g2(*cells, correction=correction)
                for word, value in zip(words, got, strict=True):
                    assert value == near(expected[word], given["tolerance_lr_abs"])


def test_01_keyness_order() -> None:
    given = numbers("01")
    table = given["tables"]["eight_features"]
    words = sorted(table["target"])
    k1, k2 = ([table[side][w] for w in words] for side in ("target", "reference"))
    score = association.g2(k1, sum(k1), k2, sum(k2))
    order = [w for _, w in sorted(zip(-score, words, strict=True))]
    assert order == given["order_expected"]["eight_features_lr_none"]


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


def test_09_bursts() -> None:
    given = numbers("09")
    case = given["batched"]
    assert burst_states(case["r"], case["d"], s=case["s"], gamma=case["gamma"])[0] == case["states"]


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


def test_14_coherence() -> None:
    given = numbers("14")
    case = given["confirmation"]
    first, second = (set(case["posting_list"][key]) for key in "12")
    both, total = len(first & second), case["num_docs"]
    n = (both, len(first), len(second), total)
    assert pmi(*n) == near(case["log_ratio"], given["tolerance"])
    assert npmi(*n) == near(case["normalized_log_ratio"], given["tolerance"])
    assert math.log(both / len(second)) == near(case["log_conditional_probability"], 1e-6)


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


def test_19_mann_kendall() -> None:
    given = numbers("19")
    for case in given["cases"]:
        series = np.array(case["x"], dtype=float)[:, None]
        got = mann_kendall(series)
        expected = (case["S"], case["var_S"], case["z"], case["p"], case["tau"])
        values = [float(x[0]) for x in (got.s, got.variance, got.z, got.p, got.tau)]
        assert values == pytest.approx(expected, abs=1e-9)
        slopes = theil_sen(range(len(series)), series)
        assert float(slopes[0]) == near(case["sen_slope"], 1e-9)
        trend = "no trend" if got.p[0] > 0.05 else ("increasing" if got.s[0] > 0 else "decreasing")
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
