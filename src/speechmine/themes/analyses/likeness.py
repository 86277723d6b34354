"""How alike reports are, and how new each is."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from speechmine.errors import UsageError
from speechmine.themes.corpus.corpora import Corpus
from speechmine.themes.corpus.counts import token_matrix
from speechmine.themes.corpus.loading import CorpusLike, as_corpus
from speechmine.themes.corpus.neighbours import previous_pairs
from speechmine.themes.corpus.texts import Text
from speechmine.themes.declaring.analysis import PARTED, Analysis, Chart
from speechmine.themes.declaring.run import ComparisonRun
from speechmine.themes.declaring.views import last_rows, top
from speechmine.themes.statistics.arrays import Floats
from speechmine.themes.statistics.divergence import jensen_shannon
from speechmine.themes.statistics.weighting import tf_idf
from speechmine.themes.tables.result import tidy
from speechmine.themes.words.vocabulary import Vocabulary, default_vocabulary

__all__ = ["ANALYSES", "Pairs", "similarity"]

Pairs = Literal["previous", "local_vs_national", "peers", "all"]


def similarity(
    corpus: CorpusLike,
    pairs: Pairs = "previous",
    *,
    lags: Sequence[int] = (0, 1),
    vocabulary: Vocabulary | None = None,
) -> pd.DataFrame:
    """Likeness of pairs of reports by words and by runs of three characters.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        pairs: ``previous`` (each with the last earlier one of its place that there is),
            ``local_vs_national`` (each local one with the national ones ``lags`` years earlier),
            ``peers`` (same level and year), ``all``.
        lags: years by which the national report precedes. Local meetings are held before the
            national one, so 0 sets a local report against one given weeks after it.
        vocabulary: of the words; the shipped one by default.

    Returns:
        ``report_a``, ``report_b``, ``year_a``, ``year_b``, ``place_a``, ``place_b``,
        ``relation``, ``gap_years`` (b minus a), ``cosine`` (of TF-IDF, the weights from the
        whole corpus), ``jsd`` (of words, base 2: Lin 1991), ``jaccard`` (of three-character
        runs). ``report_a`` is the earlier or the national one.

    Raises:
        UsageError: no such pairs.

    Example:
        >>> texts = {2022: "扩大就业。", 2023: "扩大就业。", 2024: "修建铁路。"}
        >>> table = similarity(texts)
        >>> table[["year_a", "year_b", "jaccard"]].values.tolist()
        [[2022, 2023, 1.0], [2023, 2024, 0.0]]
    """
    corpus = as_corpus(corpus)
    vocabulary = vocabulary or default_vocabulary()
    counts, _ = token_matrix(corpus.texts, vocabulary)
    weighted = tf_idf(counts)
    chosen = list(_chosen_pairs(corpus, pairs, lags))
    cosines = (weighted @ weighted.T).toarray()
    used = sorted({i for pair in chosen for i in pair})
    dense = {i: _dense(counts, i) for i in used}
    shared = _shared_runs(corpus, used)
    rows = [
        _pair_row(corpus.texts[i], corpus.texts[j])
        | {
            "relation": pairs,
            "cosine": float(cosines[i, j]),
            "jsd": float(jensen_shannon(dense[i], dense[j])),
            "jaccard": _jaccard(shared, i, j),
        }
        for i, j in chosen
    ]
    columns = ["report_a", "report_b", "year_a", "year_b", "place_a", "place_b"]
    columns += ["relation", "gap_years", "cosine", "jsd", "jaccard"]
    frame = pd.DataFrame(rows, columns=columns)
    return tidy(
        frame.astype({"year_a": "Int64", "year_b": "Int64", "gap_years": "Int64"}),
        "cosine of TF-IDF, Jensen-Shannon divergence of words, Jaccard of 3-character runs",
        corpus=corpus,
        vocabulary=vocabulary,
        pairs=pairs,
        lags=list(lags),
    )


def _dense(counts: sparse.csr_matrix, i: int) -> Floats:
    return np.asarray(counts[[i]].toarray(), dtype=float).ravel()


def _chosen_pairs(corpus: Corpus, pairs: str, lags: Sequence[int]) -> Iterator[tuple[int, int]]:
    if pairs == "previous":
        yield from previous_pairs(corpus)
    elif pairs == "local_vs_national":
        yield from _local_pairs(corpus, lags)
    elif pairs in ("peers", "all"):
        for i, j in itertools.combinations(range(len(corpus)), 2):
            if pairs == "all" or _peers(corpus.texts[i], corpus.texts[j]):
                yield i, j
    else:
        raise UsageError(f"pairs={pairs!r}: previous, local_vs_national, peers or all is expected")


def _local_pairs(corpus: Corpus, lags: Sequence[int]) -> Iterator[tuple[int, int]]:
    national = {
        text.year: i
        for i, text in enumerate(corpus.texts)
        if text.source.document.level == "national"
    }
    for j, text in enumerate(corpus.texts):
        if text.source.document.level != "national" and text.year is not None:
            for lag in lags:
                if text.year - lag in national:
                    yield national[text.year - lag], j


def _peers(a: Text, b: Text) -> bool:
    return a.year == b.year and a.source.document.level == b.source.document.level


def _pair_row(a: Text, b: Text) -> dict[str, object]:
    years = (a.year, b.year)
    return {
        "report_a": a.id,
        "report_b": b.id,
        "year_a": a.year,
        "year_b": b.year,
        "place_a": a.source.document.place,
        "place_b": b.source.document.place,
        "gap_years": None if years[0] is None or years[1] is None else years[1] - years[0],
    }


def _shingles(text: Text) -> npt.NDArray[np.int64]:
    """Runs of three characters within a paragraph, each as one number, once, ascending."""
    codes = np.frombuffer(text.joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    points = codes.astype(np.int64)
    runs = (points[:-2] << 42) | (points[1:-1] << 21) | points[2:]
    border = points == ord("\n")
    return np.unique(runs[~(border[:-2] | border[1:-1] | border[2:])])


def _shared_runs(corpus: Corpus, used: Sequence[int]) -> npt.NDArray[np.int64]:
    """How many runs two texts share; on the diagonal how many each has."""
    rows = [_shingles(corpus.texts[i]) for i in used]
    known, columns = np.unique(np.concatenate([*rows, np.empty(0, np.int64)]), return_inverse=True)
    at = np.repeat(np.array(used, dtype=np.int64), [len(row) for row in rows])
    shape = (len(corpus), max(len(known), 1))
    table = sparse.csr_matrix((np.ones(len(columns), dtype=np.int64), (at, columns)), shape=shape)
    return np.asarray((table @ table.T).toarray())


def _jaccard(shared: npt.NDArray[np.int64], i: int, j: int) -> float:
    union = shared[i, i] + shared[j, j] - shared[i, j]
    return float(shared[i, j] / union) if union else 0.0


_MANY_REPORTS = 80
_PAIR = ("year_a", "year_b", "place_b", "cosine", "jsd", "jaccard")


def _all_pairs(run: ComparisonRun) -> pd.DataFrame:
    if len(run.corpus) > _MANY_REPORTS:
        raise UsageError(f"all pairs of more than {_MANY_REPORTS} reports: select fewer")
    return similarity(run.corpus, "all")


ANALYSES = (
    Analysis(
        "similarity",
        lambda run: similarity(run.corpus, "previous"),
        view=last_rows(*_PAIR),
        terminal=True,
    ),
    Analysis(
        "likeness",
        _all_pairs,
        by=PARTED,
        view=top(("cosine",), *_PAIR),
        charts=(Chart("heat_map", by=PARTED),),
        page="figure",
    ),
)
