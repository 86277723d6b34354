"""Reports on one scale by their words: Wordscores with references, Wordfish without."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pandas as pd

from speechmine.errors import UsageError
from speechmine.themes.corpus.corpora import Corpus
from speechmine.themes.corpus.counts import token_matrix
from speechmine.themes.corpus.groups import gap_rows
from speechmine.themes.corpus.loading import CorpusLike, as_corpus
from speechmine.themes.statistics.arrays import Floats
from speechmine.themes.statistics.scaling import wordfish, wordscores
from speechmine.themes.tables.result import tidy
from speechmine.themes.words.vocabulary import Vocabulary, default_vocabulary

__all__ = ["scale_reports"]

_ALPHA, _DRAWS, _SAME = 0.05, 199, 1e-9


_WARNING = (
    "over many years the scale is mostly time itself: use it for places within a year, "
    "or read the distance from the trend"
)


def scale_reports(
    corpus: CorpusLike,
    method: Literal["wordfish", "wordscores"] = "wordfish",
    *,
    references: Mapping[str, float] | None = None,
    min_reports: int = 5,
    min_count: int = 10,
    vocabulary: Vocabulary | None = None,
) -> pd.DataFrame:
    """Reports on one scale by the words they use.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        method: ``wordfish``, or ``wordscores`` with references.
        references: known positions by document id, two or more.
        min_reports: least number of texts that hold a word.
        min_count: least occurrences of a word.
        vocabulary: of the words; the shipped one by default.

    Returns:
        ``doc_id``, ``year``, ``place``, ``theta``, ``se``, ``ci_low``, ``ci_high`` (95 %),
        ``n_words``, ``reason`` (of a year without a text). ``attrs["words"]`` lists the twenty
        words of each end; ``attrs["warning"]`` says that over many years the scale is mostly time.

        ``attrs["p"]`` is the chance that reports drawn blindly from one vocabulary differ as much
        along one line; above .05 ``attrs["note"]`` says that there is no dimension to speak of.

    Raises:
        UsageError: fewer than three texts, no references for wordscores, or no difference at all.

    Example:
        >>> texts = {2021: "抓农业抓农业。", 2022: "抓农业抓工业。", 2023: "抓工业抓工业。"}
        >>> table = scale_reports(texts, min_reports=1, min_count=1)
        >>> table["theta"].is_monotonic_increasing
        True
    """
    corpus = as_corpus(corpus)
    vocabulary = vocabulary or default_vocabulary()
    matrix, words = token_matrix(corpus.texts, vocabulary)
    held = np.asarray((matrix > 0).sum(axis=0)).ravel()
    total = np.asarray(matrix.sum(axis=0)).ravel()
    kept = np.flatnonzero((held >= min_reports) & (total >= min_count))
    if len(corpus) < 3 or not kept.size:
        raise UsageError("three texts or more with words in common are needed")
    counts = matrix[:, kept].toarray()
    p = _dimension(counts)
    theta, se, weights = _positions(corpus, counts, method, references)
    frame = corpus.metadata[["doc_id", "year", "place"]].assign(
        theta=theta, se=se, ci_low=theta - 1.96 * se, ci_high=theta + 1.96 * se
    )
    result = tidy(
        _with_gaps(frame.assign(n_words=counts.sum(axis=1)), corpus),
        "Wordfish (Slapin & Proksch 2008)"
        if method == "wordfish"
        else "Wordscores (Laver et al. 2003)",
        corpus=corpus,
        vocabulary=vocabulary,
        scale=method,
        references=dict(references or {}),
        min_reports=min_reports,
        min_count=min_count,
        words_used=int(kept.size),
    )
    order = np.argsort(np.nan_to_num(weights), kind="stable")
    chosen = [words[i] for i in kept]
    result.attrs["words"] = {
        "low": [chosen[i] for i in order[:20]],
        "high": [chosen[i] for i in order[::-1][:20]],
    }
    result.attrs |= {"warning": _WARNING, "p": p}
    if p > _ALPHA:
        result.attrs["note"] = f"no dimension beyond chance (p = {p:.3g}): do not read the order"
    return result


def _dimension(counts: Floats) -> float:
    """How often reports drawn from one vocabulary are stretched along a line as much as these.

    Raises:
        UsageError: the reports do not differ.
    """
    sizes, words = counts.sum(axis=1), counts.sum(axis=0)
    expected = np.outer(sizes, words) / max(sizes.sum(), 1)
    found = _largest_inertia(counts, expected)
    if found <= _SAME:
        raise UsageError("all reports have the same words in the same shares: there is no scale")
    random = np.random.default_rng(0)
    share = words / words.sum()
    drawn = (random.multinomial(sizes, share).astype(float) for _ in range(_DRAWS))
    as_far = sum(_largest_inertia(one, expected) >= found for one in drawn)
    return float((1 + as_far) / (1 + _DRAWS))


def _largest_inertia(counts: Floats, expected: Floats) -> float:
    """The largest inertia of the residuals, as in correspondence analysis."""
    root = np.sqrt(expected)
    rest = np.divide(counts - expected, root, out=np.zeros_like(root), where=root > 0)
    return float(np.linalg.eigvalsh(rest @ rest.T)[-1])


def _with_gaps(frame: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """The rows of the texts, and one with a reason for each year that has none."""
    gaps = gap_rows(corpus, ["year"])
    frame = frame.assign(reason=pd.array([pd.NA] * len(frame), dtype="string"))
    if gaps.empty:
        return frame
    whole = gaps.reindex(columns=frame.columns).astype({**frame.dtypes, "n_words": "Float64"})
    frame = pd.concat([frame, whole], ignore_index=True)
    return frame.sort_values(["place", "year", "doc_id"], ignore_index=True)


def _positions(
    corpus: Corpus, counts: Floats, method: str, references: Mapping[str, float] | None
) -> tuple[Floats, Floats, Floats]:
    if method == "wordfish":
        fish = wordfish(counts, direction=_first_and_last(corpus))
        return fish.theta, fish.se, fish.beta
    ids = [text.id for text in corpus.texts]
    given = [float("nan") if references is None else references.get(i, float("nan")) for i in ids]
    if np.isfinite(given).sum() < 2:
        raise UsageError(
            "wordscores needs the positions of two texts or more: references={id: value}"
        )
    scores = wordscores(counts, given)
    return scores.raw, scores.se, scores.words


def _first_and_last(corpus: Corpus) -> tuple[int, int]:
    """The earliest and the latest text: the scale rises with time."""
    years = [text.year or 0 for text in corpus.texts]
    return years.index(min(years)), len(years) - 1 - years[::-1].index(max(years))
