"""How new each year is against those before it and those after it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from speechmine.themes.corpus.counts import token_matrix
from speechmine.themes.corpus.groups import group_frame
from speechmine.themes.corpus.loading import CorpusLike, as_corpus
from speechmine.themes.declaring.analysis import Analysis, Chart, as_series
from speechmine.themes.declaring.run import ComparisonRun
from speechmine.themes.declaring.views import last_rows
from speechmine.themes.statistics.novelty import novelty_resonance
from speechmine.themes.tables.result import tidy
from speechmine.themes.words.vocabulary import Vocabulary, default_vocabulary

__all__ = ["ANALYSES", "novelty"]


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


def _years_around(run: ComparisonRun) -> int:
    """Years around each that it is set against: three, fewer where there are few."""
    return min(3, max(len(run.corpus.years) // 3, 1))


def _new_and_gone(table: pd.DataFrame) -> pd.DataFrame:
    return as_series(table, ("novelty", "transience"), "divergence")


ANALYSES = (
    Analysis(
        "novelty",
        lambda run: novelty(run.corpus, window=_years_around(run)),
        view=last_rows("novelty", "transience", "resonance"),
        charts=(Chart("lines", prepare=_new_and_gone),),
    ),
)
