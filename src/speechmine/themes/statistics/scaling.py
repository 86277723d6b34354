"""Texts on one scale by their words: Wordscores with references, Wordfish without."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from speechmine.themes.statistics.arrays import Floats

__all__ = ["Wordfish", "Wordscores", "wordfish", "wordscores"]


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
    alpha, psi, beta, theta = _first_guess(y)
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


def _first_guess(y: Floats) -> tuple[Floats, Floats, Floats, Floats]:
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
