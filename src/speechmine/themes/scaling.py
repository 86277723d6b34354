"""Reports on one scale by their words: Wordscores with references, Wordfish without."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from speechmine.errors import UsageError
from speechmine.themes.corpus import Corpus, CorpusLike, as_corpus
from speechmine.themes.counts import token_matrix
from speechmine.themes.groups import gap_rows
from speechmine.themes.result import tidy
from speechmine.themes.vocabulary import Vocabulary, default_vocabulary

__all__ = ["Wordfish", "Wordscores", "scale_reports", "wordfish", "wordscores"]

Floats = npt.NDArray[np.float64]
_ALPHA, _DRAWS, _SAME = 0.05, 199, 1e-9
_WARNING = (
    "over many years the scale is mostly time itself: use it for places within a year, "
    "or read the distance from the trend"
)


@dataclass(frozen=True, eq=False)
class Wordscores:
    """Scores of words (``nan`` where no reference holds them) and of texts, with errors."""

    words: Floats
    raw: Floats
    se: Floats
    rescaled_mv: Floats
    rescaled_lbg: Floats


@dataclass(frozen=True, eq=False)
class Wordfish:
    """Positions (mean 0, deviation 1) with errors, text effects, word weights and effects."""

    theta: Floats
    se: Floats
    alpha: Floats
    beta: Floats
    psi: Floats


def wordscores(counts: npt.ArrayLike, references: npt.ArrayLike) -> Wordscores:
    """Scores of texts from texts with known positions (Laver, Benoit & Garry 2003).

    Args:
        counts: one row a text, one column a word.
        references: the position of each text; ``nan`` for those to be placed.

    Returns:
        Raw scores and standard errors of all texts, and the rescaled ones of Laver, Benoit &
        Garry and of Martin & Vanberg (2007, from the first and last reference).

    Example:
        >>> result = wordscores([[2, 0], [0, 2], [1, 1]], [-1, 1, float("nan")])
        >>> result.raw.tolist()
        [-1.0, 1.0, 0.0]
    """
    table = np.asarray(counts, dtype=float)
    known = np.asarray(references, dtype=float)
    held = ~np.isnan(known)
    shares = table[held] / table[held].sum(axis=1, keepdims=True)
    total = shares.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = (shares * known[held][:, None]).sum(axis=0) / total
    scored = np.where(total > 0, table, 0.0)
    sizes = scored.sum(axis=1, keepdims=True)
    within = np.divide(scored, sizes, out=np.zeros_like(scored), where=sizes > 0)
    filled = np.nan_to_num(scores)
    raw = within @ filled
    spread = (within * (filled[None, :] - raw[:, None]) ** 2).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        se = np.sqrt(spread / sizes.ravel())
    return Wordscores(scores, raw, se, *_rescaled(raw, known, held))


def _rescaled(raw: Floats, known: Floats, held: npt.NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Raw scores crowd in the middle: two ways to spread them again."""
    order = np.argsort(known[held])
    ends = np.flatnonzero(held)[[order[0], order[-1]]]
    low, high = raw[ends]
    mv = (raw - low) * (known[ends[1]] - known[ends[0]]) / (high - low) + known[ends[0]]
    # Mean and deviation of all texts: with one text to place there is no other deviation.
    lbg = (raw - raw.mean()) * known[held].std(ddof=1) / raw.std(ddof=1) + raw.mean()
    return mv, lbg


def wordfish(
    counts: npt.ArrayLike,
    *,
    direction: tuple[int, int] = (0, -1),
    prior: float = 3.0,
    tolerance: float = 1e-7,
    steps: int = 500,
) -> Wordfish:
    """Positions of texts from word counts alone (Slapin & Proksch 2008).

    ``log E[count] = alpha + psi + beta * theta``, by conditional Newton steps, texts and words in
    turn; theta has mean 0 and deviation 1, alpha of the first text is 0, beta has a normal prior.

    Args:
        counts: one row a text, one column a word that occurs.
        direction: two texts of which the first stands lower.
        prior: standard deviation of beta's prior.
        tolerance: largest change of theta at the end.
        steps: no more rounds than that.

    Example:
        >>> result = wordfish([[9, 1, 5], [5, 5, 5], [1, 9, 5]])
        >>> bool(result.theta[0] < result.theta[1] < result.theta[2])
        True
    """
    y = np.asarray(counts, dtype=float)
    alpha, psi, beta, theta = _start(y)
    for _ in range(steps):
        old = theta.copy()
        psi, beta = _newton(y.T, psi, beta, alpha, theta, 1 / prior**2)
        alpha, theta = _newton(y, alpha, theta, psi, beta, 0.0)
        psi, alpha = psi + alpha[0], alpha - alpha[0]
        middle, spread = theta.mean(), theta.std(ddof=1)
        psi, beta, theta = psi + beta * middle, beta * spread, (theta - middle) / spread
        if np.abs(theta - old).max() < tolerance:
            break
    if theta[direction[0]] > theta[direction[1]]:
        theta, beta = -theta, -beta
    mean = np.exp(alpha[:, None] + psi + theta[:, None] * beta)
    se = np.sqrt(
        1 / (mean * (beta - (mean * beta).sum(1)[:, None] / mean.sum(1)[:, None]) ** 2).sum(1)
    )
    return Wordfish(theta, se, alpha, beta, psi)


def _start(y: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """From the leading singular vectors of the doubly centred logarithms."""
    logs = np.log(y + 0.1)
    alpha, psi = logs.mean(axis=1) - logs.mean(axis=1)[0], logs.mean(axis=0)
    rest = logs - logs.mean(axis=1, keepdims=True) - psi + logs.mean()
    left, size, right = np.linalg.svd(rest, full_matrices=False)
    theta = left[:, 0] - left[:, 0].mean()
    spread = theta.std(ddof=1) or 1.0
    return alpha, psi, right[0] * size[0] * spread, theta / spread


def _newton(
    y: Floats, level: Floats, slope: Floats, other_level: Floats, other_slope: Floats, ridge: float
) -> tuple[Floats, Floats]:
    """Level and slope of each row, those of the columns held; two parameters a row."""
    for _ in range(4):
        mean = np.exp(np.clip(level[:, None] + other_level + slope[:, None] * other_slope, -50, 50))
        rest = y - mean
        g0, g1 = rest.sum(axis=1), (rest * other_slope).sum(axis=1) - ridge * slope
        h00, h01 = mean.sum(axis=1), (mean * other_slope).sum(axis=1)
        h11 = (mean * other_slope**2).sum(axis=1) + ridge + 1e-9
        det = np.maximum(h00 * h11 - h01**2, 1e-12)
        level = level + np.clip((h11 * g0 - h01 * g1) / det, -2, 2)
        slope = slope + np.clip((h00 * g1 - h01 * g0) / det, -2, 2)
    return level, slope


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
    theta, se, weights = _scaled(corpus, counts, method, references)
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
    found = _stretch(counts, expected)
    if found <= _SAME:
        raise UsageError("all reports have the same words in the same shares: there is no scale")
    random = np.random.default_rng(0)
    share = words / words.sum()
    drawn = (random.multinomial(sizes, share).astype(float) for _ in range(_DRAWS))
    as_far = sum(_stretch(one, expected) >= found for one in drawn)
    return float((1 + as_far) / (1 + _DRAWS))


def _stretch(counts: Floats, expected: Floats) -> float:
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


def _scaled(
    corpus: Corpus, counts: Floats, method: str, references: Mapping[str, float] | None
) -> tuple[Floats, Floats, Floats]:
    if method == "wordfish":
        fish = wordfish(counts, direction=_ends(corpus))
        return fish.theta, fish.se, fish.beta
    ids = [text.id for text in corpus.texts]
    given = [float("nan") if references is None else references.get(i, float("nan")) for i in ids]
    if np.isfinite(given).sum() < 2:
        raise UsageError(
            "wordscores needs the positions of two texts or more: references={id: value}"
        )
    scores = wordscores(counts, given)
    return scores.raw, scores.se, scores.words


def _ends(corpus: Corpus) -> tuple[int, int]:
    """The earliest and the latest text: the scale rises with time."""
    years = [text.year or 0 for text in corpus.texts]
    return years.index(min(years)), len(years) - 1 - years[::-1].index(max(years))
