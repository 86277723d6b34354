"""A model fitted to an office's judgement: the weights there are, moved as little as need be.

Each of the judge's four fits is a multinomial logistic regression. Here the same regressions are
fitted to the office's texts with a Gaussian prior whose mean is the weights of the model that one
begins with, not zero: what the texts say nothing of stays as it is (maximum a posteriori
adaptation of maximum entropy models: Chelba and Acero 2004, EMNLP). The sum is plain weights
again, and is stored as any model is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import hstack
from scipy.special import log_softmax
from sklearn.feature_extraction import DictVectorizer

from speechmine.judge import load_model
from speechmine.judge.labels import Around, softmax
from speechmine.judge.model import model_bytes, weights_of_model
from speechmine.judge.scoring import sums_of
from speechmine.judge.weights import Matrix
from speechmine.learning.annotated import TaughtText
from speechmine.learning.features import (
    CLASSES,
    Fitted,
    LabelledFeatures,
    WeightTable,
    label_rows,
    level_rows,
    link_rows,
    tag_rows,
)

__all__ = ["Strength", "adapted"]

_MOST_CASES = 4000
_NOISE = 1e-6
_ITERATIONS = 60
_COMMONEST = 2


@dataclass(frozen=True, slots=True)
class Strength:
    """How far the weights may move for a sentence: the inverse of the prior's precision.

    Attributes:
        labels, around, tags, levels: of the four fits. Chosen by texts left out: the same number
            gives more where there is more to see, and none gives less than the model began with.
    """

    labels: float = 0.1
    around: float = 0.03
    tags: float = 0.1
    levels: float = 0.1


def adapted(base: bytes, texts: Sequence[TaughtText], strength: Strength | None = None) -> bytes:
    """A model in its stored form; the same texts in any order give the same bytes.

    Args:
        base: the stored form of the model to begin with.
        texts: annotated ones.
        strength: of what is learnt.
    """
    strength = strength or Strength()
    ordered = sorted(texts, key=lambda text: _digest_of_lesson(text.content))
    begun = load_model(base)
    # The model that one begins with has not seen these texts: its chances are as doubtful as they
    # will be on the next ones.
    chances = [softmax(sums_of(text.sentences, begun).labels) for text in ordered]
    pairs = zip(ordered, chances, strict=True)
    settled = [Around(given, text.places).settled(begun) for text, given in pairs]
    table = WeightTable(*weights_of_model(base))
    _move(table, "labels", label_rows(ordered), strength.labels)
    _move(table, "around", link_rows(ordered, chances), strength.around)
    _move(table, "tags", tag_rows(ordered, settled), strength.tags)
    _move(table, "levels", level_rows(ordered, settled), strength.levels)
    table.small["version"] = f"{begun.version}+{_digest_of_lesson(_all_learnt(ordered))[:8]}"
    return model_bytes(table.rows, table.small)


def _move(table: WeightTable, part: str, rows: LabelledFeatures, strength: float) -> None:
    """Move the weights of a part of the model towards what the rows say."""
    if not rows:
        return
    classes = CLASSES[part]
    vectorizer = DictVectorizer(sort=True, dtype=np.float64)
    matrix = vectorizer.fit_transform([features for features, _, _ in rows])
    names = vectorizer.feature_names_
    before = matrix @ np.array(list(table.weights(part, names))) + np.array(table.bias(part))
    common = np.flatnonzero(np.asarray((matrix != 0).sum(axis=0)).ravel() >= _COMMONEST)
    right = np.zeros(before.shape)
    right[range(len(rows)), [classes.index(answer) for _, answer, _ in rows]] = 1.0
    counts = strength * np.array([weight for _, _, weight in rows])
    moved = _fitted(matrix[:, common], before, right, counts)
    weights = {names[k]: moved[n].tolist() for n, k in enumerate(common)}
    table.add(part, Fitted(weights, [round(float(w), 3) for w in moved[-1]]))


def _fitted(matrix: Any, before: Matrix, right: Matrix, counts: Matrix) -> Matrix:
    """What to add to the weights, the last row to the bias: the likeliest under the prior.

    Args:
        matrix: a row of features for each case (sparse).
        before: log-odds that the model there is gives to each case.
        right: one for the right answer, else none.
        counts: how much each case counts.
    """
    basis = _basis(matrix)
    shape = (basis.shape[1], before.shape[1])

    def missed(flat: Matrix) -> tuple[Matrix, Matrix]:
        logs = log_softmax(before + basis @ flat.reshape(shape), axis=1)
        return logs, counts[:, None] * (np.exp(logs) - right)

    def loss(flat: Matrix) -> tuple[float, Matrix]:
        logs, wrong = missed(flat)
        lost = 0.5 * float(flat @ flat) - float(counts @ (logs * right).sum(axis=1))
        return lost, flat + (basis.T @ wrong).ravel()

    start = np.zeros(shape[0] * shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _ITERATIONS})
    # Where the slope is nought, the weights are what the cases still miss, by their features.
    wrong = missed(found.x)[1]
    weights: Matrix = -np.vstack([matrix.T @ wrong, wrong.sum(axis=0)])
    return weights


def _basis(matrix: Any) -> Any:
    """The cases in as few numbers each as there are cases, as nothing else can move.

    (Representer theorem: Kimeldorf and Wahba 1971.) Of many cases the features themselves, and one
    for the bias.
    """
    cases, features = matrix.shape
    if cases < features and cases <= _MOST_CASES:
        products = (matrix @ matrix.T).toarray() + 1.0
        return np.linalg.cholesky(products + _NOISE * np.eye(cases))
    return hstack([matrix, np.ones((cases, 1))], format="csr")


def _digest_of_lesson(content: str) -> str:
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def _all_learnt(texts: Sequence[TaughtText]) -> str:
    """All that a model has learnt from: the texts, the labels and the tags."""
    return "\0".join(f"{text.content}\0{text.labels}\0{text.tags}" for text in texts)
