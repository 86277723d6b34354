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
from speechmine.themes.corpus import Corpus, CorpusLike, as_corpus
from speechmine.themes.counts import token_matrix
from speechmine.themes.divergence import jensen_shannon
from speechmine.themes.groups import group_frame
from speechmine.themes.result import tidy
from speechmine.themes.texts import Text
from speechmine.themes.vocabulary import Vocabulary, default_vocabulary

__all__ = ["novelty", "novelty_resonance", "previous_pairs", "similarity", "tf_idf"]

Pairs = Literal["previous", "local_vs_national", "peers", "all"]
Floats = npt.NDArray[np.float64]


def tf_idf(counts: sparse.csr_matrix | npt.ArrayLike, *, smooth: bool = True) -> sparse.csr_matrix:
    """TF-IDF with rows of length one; smooth adds one document that holds every word.

    Args:
        counts: one row a document.
        smooth: ``ln((1 + n) / (1 + df)) + 1``, else ``ln(n / df) + 1``.

    Example:
        >>> tf_idf([[3, 0, 1], [2, 0, 0]]).toarray().round(3)[1].tolist()
        [1.0, 0.0, 0.0]
    """
    table = sparse.csr_matrix(counts, dtype=float)
    held = np.asarray((table > 0).sum(axis=0)).ravel()
    extra = 1 if smooth else 0
    with np.errstate(divide="ignore"):
        idf = np.log((table.shape[0] + extra) / (held + extra)) + 1
    idf[~np.isfinite(idf)] = 0
    weighted = table.multiply(idf).tocsr()
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    length[length == 0] = 1
    return sparse.csr_matrix(sparse.diags(1 / length) @ weighted)


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
    chosen = list(_pairs(corpus, pairs, lags))
    cosines = (weighted @ weighted.T).toarray()
    used = sorted({i for pair in chosen for i in pair})
    dense = {i: _dense(counts, i) for i in used}
    shared = _shared(corpus, used)
    rows = [
        _row(corpus.texts[i], corpus.texts[j])
        | {
            "relation": pairs,
            "cosine": float(cosines[i, j]),
            "jsd": float(jensen_shannon(dense[i], dense[j])),
            "jaccard": _overlap(shared, i, j),
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


def _pairs(corpus: Corpus, pairs: str, lags: Sequence[int]) -> Iterator[tuple[int, int]]:
    if pairs == "previous":
        yield from previous_pairs(corpus)
    elif pairs == "local_vs_national":
        yield from _local(corpus, lags)
    elif pairs in ("peers", "all"):
        for i, j in itertools.combinations(range(len(corpus)), 2):
            if pairs == "all" or _peers(corpus.texts[i], corpus.texts[j]):
                yield i, j
    else:
        raise UsageError(f"pairs={pairs!r}: previous, local_vs_national, peers or all is expected")


def previous_pairs(corpus: Corpus) -> Iterator[tuple[int, int]]:
    """Texts stand by place and year: the one before is the one before."""
    for i, (a, b) in enumerate(itertools.pairwise(corpus.texts)):
        same = a.source.document.place == b.source.document.place
        if same and a.year is not None and b.year is not None and a.year < b.year:
            yield i, i + 1


def _local(corpus: Corpus, lags: Sequence[int]) -> Iterator[tuple[int, int]]:
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


def _row(a: Text, b: Text) -> dict[str, object]:
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


def _shared(corpus: Corpus, used: Sequence[int]) -> npt.NDArray[np.int64]:
    """How many runs two texts share; on the diagonal how many each has."""
    rows = [_shingles(corpus.texts[i]) for i in used]
    known, columns = np.unique(np.concatenate([*rows, np.empty(0, np.int64)]), return_inverse=True)
    at = np.repeat(np.array(used, dtype=np.int64), [len(row) for row in rows])
    shape = (len(corpus), max(len(known), 1))
    table = sparse.csr_matrix((np.ones(len(columns), dtype=np.int64), (at, columns)), shape=shape)
    return np.asarray((table @ table.T).toarray())


def _overlap(shared: npt.NDArray[np.int64], i: int, j: int) -> float:
    union = shared[i, i] + shared[j, j] - shared[i, j]
    return float(shared[i, j] / union) if union else 0.0


def novelty(
    corpus: CorpusLike,
    *,
    window: int = 3,
    min_reports: int = 2,
    vocabulary: Vocabulary | None = None,
) -> pd.DataFrame:
    """How each year differs from those before it and from those after it (Barron et al. 2018).

    The windows of neighbouring years overlap: their values share reports and are not independent.
    Tests that take them to be so, such as :func:`changepoints`, find too many breaks in them.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        window: years with a report that are looked back and ahead.
        min_reports: words in fewer texts are left out: what occurs once is new by definition.
        vocabulary: of the words; the shipped one by default.

    Returns:
        ``year``, ``novelty`` (mean Jensen-Shannon divergence, base 2, from the years before),
        ``transience`` (from the years after), ``resonance`` (novelty less transience), each
        missing where the window is not whole; ``window``, ``n_reports``, ``reason``.

    Example:
        >>> texts = {2021: "抓就业", 2022: "抓就业", 2023: "修铁路", 2024: "修铁路"}
        >>> novelty(texts, window=1)["resonance"].tolist()
        [nan, -1.0, 1.0, nan]
    """
    corpus = as_corpus(corpus)
    vocabulary = vocabulary or default_vocabulary()
    counts, _ = token_matrix(corpus.texts, vocabulary)
    held = np.asarray((counts > 0).sum(axis=0)).ravel()
    kept = counts[:, np.flatnonzero(held >= min_reports)].toarray()
    years = list(corpus.years)
    of_text = [text.year for text in corpus.texts]
    table = np.array(
        [kept[[i for i, y in enumerate(of_text) if y == year]].sum(axis=0) for year in years]
    )
    scores = novelty_resonance(table, window) if years else (np.empty(0),) * 3
    found = pd.DataFrame(
        dict(zip(["novelty", "transience", "resonance"], scores, strict=True))
        | {"year": pd.array(years, dtype="Int64")}
    )
    groups = group_frame(corpus, "year").dropna(subset="year")
    frame = groups.merge(found, on="year", how="left").assign(window=window)
    columns = ["year", "novelty", "transience", "resonance", "window", "n_reports", "reason"]
    return tidy(
        frame[columns],
        "mean Jensen-Shannon divergence from the years around (Barron et al. 2018)",
        corpus=corpus,
        vocabulary=vocabulary,
        window=window,
        min_reports=min_reports,
    )


def novelty_resonance(
    table: npt.ArrayLike, window: int, base: float = 2.0
) -> tuple[Floats, Floats, Floats]:
    """Novelty, transience and resonance of rows in time order; missing at incomplete windows.

    Args:
        table: one distribution a row.
        window: rows before and after.
        base: of the logarithm.

    Example:
        >>> novelty_resonance([[1, 0], [0, 1], [0, 1]], 1)[0].tolist()
        [nan, 1.0, 0.0]
    """
    rows = np.asarray(table, dtype=float)
    n = len(rows)
    new, gone = np.full(n, np.nan), np.full(n, np.nan)
    for t in range(n):
        if t >= window:
            new[t] = jensen_shannon(rows[t], rows[t - window : t], base).mean()
        if t + window < n:
            gone[t] = jensen_shannon(rows[t], rows[t + 1 : t + 1 + window], base).mean()
    return new, gone, new - gone
