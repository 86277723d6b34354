"""Learn a choice among options by what is seen of each: a conditional logit with an L2 penalty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from speechmine.judge.grams import Whole
from speechmine.judge.weights import Matrix


@dataclass(frozen=True)
class Choice:
    """Options by their keys, which of them is right, and how much it counts in the fit."""

    options: Sequence[Sequence[str]]
    right: int
    weight: float = 1.0


def learned_choice(
    choices: Sequence[Choice], *, penalty: float, iterations: int, commonest: int
) -> dict[str, float]:
    """The weights of keys that are seen in so many options at least.

    Args:
        choices: in any order; the same order gives the same weights.
        penalty: strength of the L2 penalty.
        iterations: steps of the fit.
        commonest: in how many options a key must be seen.
    """
    rows = [option for choice in choices for option in choice.options]
    first = np.cumsum([0, *(len(choice.options) for choice in choices[:-1])])
    counts = Counter(key for keys in rows for key in keys)
    names = sorted(key for key, n in counts.items() if n >= commonest)
    at = {key: n for n, key in enumerate(names)}
    lines = [[at[key] for key in keys if key in at] for keys in rows]
    ends = np.cumsum([0, *map(len, lines)])
    columns = np.fromiter((n for line in lines for n in line), np.int64)
    matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(names)))
    chosen = first + [choice.right for choice in choices]
    heavy = np.array([choice.weight for choice in choices])
    fitted = _fitted(matrix, first, chosen, heavy, (penalty, iterations))
    return dict(zip(names, fitted, strict=True))


def _fitted(
    matrix: csr_matrix, first: Whole, chosen: Whole, heavy: Matrix, how: tuple[float, int]
) -> list[float]:
    """The weights under which what was chosen is likeliest, beside the penalty."""
    strength, steps = how
    turned = matrix.T.tocsr()
    group = np.repeat(np.arange(len(first)), np.diff([*first, matrix.shape[0]]))
    observed = np.asarray(heavy @ matrix[chosen]).ravel()

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        sums = matrix @ weights
        sums -= np.maximum.reduceat(sums, first)[group]
        shares = np.exp(sums)
        totals = np.add.reduceat(shares, first)
        likely = float(heavy @ (sums[chosen] - np.log(totals)))
        expected = turned @ (shares * (heavy / totals)[group])
        penalty = strength / 2 * float(weights @ weights)
        return penalty - likely, strength * weights + expected - observed

    start = np.zeros(matrix.shape[1])
    result = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps})
    return [float(weight) for weight in result.x]
