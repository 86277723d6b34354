"""Train what tells a metric, and its kind, where the rules may err: same data, same bytes.

    python scripts/train_metrics.py --judges JUDGES FOLDER [FOLDER ...]    write the shipped weights
    python scripts/train_metrics.py --judges JUDGES --folds 6 --models DIR FOLDER …  leave texts out

JUDGES is a folder that ``train_judge.py --folds`` wrote: the labels of sentences are a sign of what
a number is, so each text is read by a model that has not seen it. Folders as for
``train_subjects.py``. What is learnt is a choice among the kinds, or none, for each number that the
rules read as a metric (multinomial logit with an L2 penalty).

With ``--folds`` every text is left out of one file of weights, and a table says, for texts left
out, how many numbers are judged right by the rules alone and with the weights.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from gold_texts import digest_of, folds_in, parser_of, read_golds
from held_out import model_for
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

import speechmine
from speechmine.extractors.learned_weights import class_weights_bytes, read_class_weights
from speechmine.extractors.metric_context import MetricContext
from speechmine.extractors.metric_keys import SeenMetric, keys_of_metric
from speechmine.extractors.metric_learned import (
    KIND_STEP,
    NO_METRIC,
    OUTCOMES,
    learned_kind,
)
from speechmine.judge.weights import Matrix
from speechmine.learning.annotated import Gold
from speechmine.model import Document, MetricKind
from speechmine.text import view_of

WEIGHTS = Path(__file__).resolve().parent.parent / "src/speechmine/extractors/metrics.bin"
#: Strength of the L2 penalty, steps of the fit, and in how many numbers a key must be seen.
PENALTY = 2.0
ITERATIONS = 60
COMMONEST = 2
#: Two wordings that share this much of both are of one number.
_SHARED = 0.3
_HOOK = "speechmine.extractors.metrics.learned_kind"

Span = tuple[int, int]


@dataclass(frozen=True)
class Example:
    """A number as the rules read it, what is seen of it, and what it is by the gold."""

    seen: SeenMetric
    context: MetricContext
    keys: Sequence[str]
    outcome: str


def examples_of(gold: Gold, models: Path) -> Iterator[Example]:
    """The numbers of a text that the rules read as metrics or as counts."""
    view = view_of(gold.content)
    found: list[tuple[Span, SeenMetric, MetricContext]] = []

    def watched(seen: SeenMetric, context: MetricContext) -> tuple[MetricKind, str]:
        start = context.segment.start
        found.append((view.place(start + seen.start, start + seen.end), seen, context))
        return seen.kind, seen.rule

    with mock.patch(_HOOK, watched):
        document = Document(gold.content, date=gold.date)
        speechmine.extract(document, mode="full", model=model_for(models, gold.content))
    told = [metric for row in gold.rows for metric in row.get("metrics", ())]
    inside = [f for f in found if any(r["start"] <= f[0][0] < r["end"] for r in gold.rows)]
    outcomes = _outcomes([span for span, _, _ in inside], told)
    for (span, seen, context), outcome in zip(inside, outcomes, strict=True):
        if outcome == NO_METRIC and any(_share(span, (m["start"], m["end"])) > 0 for m in told):
            continue  # two numbers of one wording, or another cut of it
        yield Example(seen, context, keys_of_metric(seen, context), outcome)


def _outcomes(spans: Sequence[Span], told: Sequence[Mapping[str, Any]]) -> list[str]:
    """The kind of the metric that each wording shares most with; none where there is none left."""
    pairs = [
        (shared, n, m)
        for n, span in enumerate(spans)
        for m, metric in enumerate(told)
        if (shared := _share(span, (metric["start"], metric["end"]))) >= _SHARED
    ]
    outcomes, taken = [NO_METRIC] * len(spans), set[int]()
    done = set[int]()
    for _, n, m in sorted(pairs, reverse=True):
        if n not in done and m not in taken:
            done.add(n)
            taken.add(m)
            kind = str(told[m]["kind"])
            outcomes[n] = kind if kind in OUTCOMES else NO_METRIC
    return outcomes


def _share(one: Span, other: Span) -> float:
    both = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, both) / (max(one[1], other[1]) - min(one[0], other[0]))


def fit(examples: Sequence[Example]) -> bytes:
    """Weights in their stored form."""
    counts = Counter(key for example in examples for key in set(example.keys))
    names = sorted(key for key, n in counts.items() if n >= COMMONEST)
    at = {key: n for n, key in enumerate(names)}
    lines = [[at[key] for key in dict.fromkeys(e.keys) if key in at] for e in examples]
    ends = np.cumsum([0, *map(len, lines)])
    columns = np.fromiter((n for line in lines for n in line), np.int64)
    matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(lines), len(names)))
    chosen = np.array([OUTCOMES.index(example.outcome) for example in examples])
    rows = _fitted(matrix, chosen).tolist()
    return class_weights_bytes(dict(zip(names, rows, strict=True)), KIND_STEP)


def _fitted(matrix: csr_matrix, chosen: Any) -> Matrix:
    """The weights under which the outcomes are likeliest, beside the penalty."""
    size = (matrix.shape[1], len(OUTCOMES))
    turned, rows = matrix.T.tocsr(), np.arange(len(chosen))

    def loss(flat: Matrix) -> tuple[float, Matrix]:
        weights = flat.reshape(size)
        sums = matrix @ weights
        sums -= sums.max(axis=1, keepdims=True)
        shares = np.exp(sums)
        totals = shares.sum(axis=1, keepdims=True)
        likely = float((sums[rows, chosen] - np.log(totals[:, 0])).sum())
        over = shares / totals
        over[rows, chosen] -= 1
        slope = turned @ over + PENALTY * weights
        return PENALTY / 2 * float(flat @ flat) - likely, np.asarray(slope).ravel()

    start = np.zeros(size[0] * size[1])
    result = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS})
    return np.asarray(result.x.reshape(size), np.float64)


def leave_out(texts: Mapping[str, Sequence[Example]], folds: int, folder: Path) -> None:
    """Write ``folds`` files of weights, and say how they judge the texts that each left out."""
    index = folds_in(list(texts), folds, folder)
    right: Counter[str] = Counter()
    for fold in range(folds):
        packed = fit([e for d in sorted(texts) if index[d] != fold for e in texts[d]])
        (folder / f"{fold}.bin").write_bytes(packed)
        weights = read_class_weights(packed, len(OUTCOMES))
        for example in (e for d in texts if index[d] == fold for e in texts[d]):
            kind, _ = learned_kind(example.seen, example.context, weights)
            right["rules"] += _outcome(example.seen.kind) == example.outcome
            right["with weights"] += _outcome(kind) == example.outcome
    whole = sum(map(len, texts.values()))
    for who, n in right.items():
        print(f"{who}: right {n} of {whole} ({n / whole:.3f})", flush=True)


def _outcome(kind: MetricKind) -> str:
    return NO_METRIC if kind == "count" else str(kind)


def read_texts(
    folders: Sequence[Path], texts: Path | None, judges: Path
) -> dict[str, list[Example]]:
    """The examples of each text by its digest."""
    found: dict[str, list[Example]] = {}
    for gold in read_golds(folders, texts):
        if any("metrics" in row for row in gold.rows):
            found.setdefault(digest_of(gold.content), []).extend(examples_of(gold, judges))
    return found


def main() -> None:
    """Parse, read, train, write."""
    parser = parser_of(__doc__ or "", WEIGHTS)
    parser.add_argument(
        "--judges", type=Path, required=True, help="what train_judge.py --folds wrote"
    )
    arguments = parser.parse_args()
    texts = read_texts(arguments.folders, arguments.texts, arguments.judges)
    if not any(texts.values()):
        sys.exit("no metrics in " + ", ".join(map(str, arguments.folders)))
    print(f"{len(texts)} texts, {sum(map(len, texts.values()))} numbers", flush=True)
    if arguments.folds:
        leave_out(texts, arguments.folds, arguments.models)
    else:
        arguments.out.write_bytes(fit([e for digest in sorted(texts) for e in texts[digest]]))


if __name__ == "__main__":
    main()
