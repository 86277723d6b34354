"""Train what tells a metric, and its kind: same data, same bytes.

    python scripts/train_metrics.py --judges JUDGES FOLDER [FOLDER ...]    write the shipped weights
    python scripts/train_metrics.py --judges JUDGES --models DIR FOLDER …  leave texts out

JUDGES is a folder that ``train_judge.py --folds`` wrote: the labels of sentences are a sign of what
a number is, so each text is read by a model that has not seen it. Folders as for
``train_subjects.py``. Two choices are learnt (multinomial logit with an L2 penalty): whether a
number that the rules take for none measures something, and of what kind each number is, or none.
The second is learnt with what the first lets through.

With ``--models`` every text is left out of one of the weights of each choice, and a table says, for
texts left out, how many numbers are judged right.
"""

from __future__ import annotations

import functools
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from gold_texts import digest_of, folds_in, parser_of, read_golds
from held_out import model_for
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

import speechmine
from speechmine.extractors.metric_context import MetricContext
from speechmine.extractors.metric_keys import SeenMetric, keys_of_doubt, keys_of_metric
from speechmine.extractors.metric_learned import (
    KIND_STEP,
    NO_METRIC,
    OUTCOMES,
    VERDICTS,
    learned_kind,
    learned_measures,
    measures,
)
from speechmine.extractors.quantities import DoubtfulQuantity
from speechmine.judge.weights import Matrix
from speechmine.learned.weights import (
    WEIGHT_STEP,
    ClassWeights,
    class_weights_bytes,
    read_class_weights,
)
from speechmine.learning.annotated import Gold
from speechmine.model import Document, MetricKind
from speechmine.text import TextView, view_of

WEIGHTS = Path(__file__).resolve().parent.parent / "src/speechmine/learned/metrics.bin"
BESIDE = "measures.bin"
#: In so many parts texts are left out, unless asked otherwise.
FOLDS = 6
#: Strength of the L2 penalty, steps of the fit, and in how many numbers a key must be seen.
PENALTY = 2.0
ITERATIONS = 60
COMMONEST = 2
#: Two wordings that share this much of both are of one number.
_SHARED = 0.3
_KINDS = "speechmine.extractors.metrics.learned_kind"
_HOOK = "speechmine.extractors.metrics.learned_measures"

#: Weights by which no number measures anything.
NOTHING = class_weights_bytes({"": (1.0, -1.0)})

Span = tuple[int, int]
Texts = Mapping[str, Sequence["Example"]]
Fit = Callable[[Sequence["Example"]], bytes]


@dataclass(frozen=True)
class Example:
    """A number, what is seen of it, and what it is by the gold."""

    keys: Sequence[str]
    outcome: Hashable
    judged: Callable[[ClassWeights], Hashable]


@dataclass
class Watched:
    """What an extraction is asked of numbers, in offsets of the text as it is."""

    view: TextView
    weights: ClassWeights
    kinds: list[tuple[Span, SeenMetric, MetricContext]] = field(default_factory=list)
    doubts: list[tuple[Span, DoubtfulQuantity, MetricContext]] = field(default_factory=list)

    def kind(self, seen: SeenMetric, context: MetricContext) -> MetricKind:
        """In place of the learnt kind: any, for nothing else hangs on it."""
        self.kinds.append((self._place(seen.start, seen.end, context), seen, context))
        return "target"

    def measures(
        self, doubts: Iterable[DoubtfulQuantity], context: MetricContext
    ) -> list[DoubtfulQuantity]:
        """In place of the shipped weights: those given."""
        asked = list(doubts)
        for doubt in asked:
            number = doubt.quantity
            place = self._place(number.number_start, number.end, context)
            self.doubts.append((place, doubt, context))
        return learned_measures(asked, context, self.weights)

    def _place(self, start: int, end: int, context: MetricContext) -> Span:
        since = context.segment.start
        return self.view.place(since + start, since + end)


def watched(gold: Gold, models: Path, weights: ClassWeights) -> Watched:
    """An extraction of a text with what was asked of its numbers."""
    seen = Watched(view_of(gold.content), weights)
    with mock.patch(_KINDS, seen.kind), mock.patch(_HOOK, seen.measures):
        document = Document(gold.content, date=gold.date)
        speechmine.extract(document, mode="full", model=model_for(models, gold.content))
    return seen


def doubts_of(gold: Gold, seen: Watched) -> Iterator[Example]:
    """The numbers of a text that the rules take for none."""
    told = _told(gold)
    for place, doubt, context in seen.doubts:
        inside = [m for m in told if m["start"] <= place[0] and place[1] <= m["end"] + 1]
        ends = (doubt.quantity.low, doubt.quantity.high)
        meant = any((m["low"], m["high"]) == ends for m in inside)
        if _in_rows(place, gold) and (meant or not inside):
            keys = keys_of_doubt(doubt, context)
            yield Example(keys, meant, functools.partial(measures, keys))


def kinds_of(gold: Gold, seen: Watched) -> Iterator[Example]:
    """The numbers of a text that are read as metrics or as counts."""
    told = _told(gold)
    inside = [f for f in seen.kinds if _in_rows(f[0], gold)]
    outcomes = _outcomes([span for span, _, _ in inside], told)
    for (span, metric, context), outcome in zip(inside, outcomes, strict=True):
        if outcome == NO_METRIC and any(_share(span, (m["start"], m["end"])) > 0 for m in told):
            continue  # two numbers of one wording, or another cut of it
        judged = functools.partial(_judged, metric, context)
        yield Example(keys_of_metric(metric, context), outcome, judged)


def _judged(seen: SeenMetric, context: MetricContext, weights: ClassWeights) -> str:
    kind = learned_kind(seen, context, weights)
    return NO_METRIC if kind == "count" else str(kind)


def _told(gold: Gold) -> list[Mapping[str, Any]]:
    """Its metrics; a count of what is there is none."""
    told = (metric for row in gold.rows for metric in row.get("metrics", ()))
    return [metric for metric in told if metric["kind"] in OUTCOMES]


def _in_rows(place: Span, gold: Gold) -> bool:
    return any(row["start"] <= place[0] < row["end"] for row in gold.rows)


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
            outcomes[n] = str(told[m]["kind"])
    return outcomes


def _share(one: Span, other: Span) -> float:
    both = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, both) / (max(one[1], other[1]) - min(one[0], other[0]))


def fit(examples: Sequence[Example], outcomes: Sequence[Hashable], step: float) -> bytes:
    """Weights in their stored form."""
    counts = Counter(key for example in examples for key in set(example.keys))
    names = sorted(key for key, n in counts.items() if n >= COMMONEST)
    at = {key: n for n, key in enumerate(names)}
    lines = [[at[key] for key in dict.fromkeys(e.keys) if key in at] for e in examples]
    ends = np.cumsum([0, *map(len, lines)])
    columns = np.fromiter((n for line in lines for n in line), np.int64)
    matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(lines), len(names)))
    chosen = np.array([outcomes.index(example.outcome) for example in examples])
    rows = _fitted(matrix, chosen, len(outcomes)).tolist()
    return class_weights_bytes(dict(zip(names, rows, strict=True)), step)


def fit_kinds(examples: Sequence[Example]) -> bytes:
    """Weights of the choice among kinds."""
    return fit(examples, OUTCOMES, KIND_STEP)


def fit_measures(examples: Sequence[Example]) -> bytes:
    """Weights of the choice whether a number measures something."""
    return fit(examples, VERDICTS, WEIGHT_STEP)


def _fitted(matrix: csr_matrix, chosen: Any, outcomes: int) -> Matrix:
    """The weights under which the outcomes are likeliest, beside the penalty."""
    size = (matrix.shape[1], outcomes)
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


def left_out(texts: Texts, fit_them: Fit, index: Mapping[str, int], folder: Path) -> list[bytes]:
    """For each fold the weights of all other texts, written to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    packed = []
    for fold in sorted(set(index.values())):
        packed.append(fit_them([e for d in sorted(texts) if index[d] != fold for e in texts[d]]))
        (folder / f"{fold}.bin").write_bytes(packed[-1])
    return packed


def show(
    name: str, texts: Texts, index: Mapping[str, int], weights: Sequence[ClassWeights]
) -> None:
    """How many numbers are judged right by weights that have not seen them."""
    right = [e.judged(weights[index[d]]) == e.outcome for d in texts for e in texts[d]]
    print(f"{name}: of {len(right)} right {sum(right)}", flush=True)


def main() -> None:
    """Parse, read, train, write."""
    parser = parser_of(__doc__ or "", WEIGHTS)
    parser.add_argument(
        "--judges", type=Path, required=True, help="what train_judge.py --folds wrote"
    )
    arguments = parser.parse_args()
    golds = {
        digest_of(gold.content): gold
        for gold in read_golds(arguments.folders, arguments.texts)
        if any("metrics" in row for row in gold.rows)
    }
    if not golds:
        sys.exit("no metrics in " + ", ".join(map(str, arguments.folders)))
    with tempfile.TemporaryDirectory() as scratch:
        models = arguments.models or Path(scratch)
        train(golds, arguments.judges, models, arguments.folds or FOLDS, arguments.out)


def train(golds: Mapping[str, Gold], judges: Path, models: Path, folds: int, out: Path) -> None:
    """Both choices, one after the other, and their tables; weights of all texts go to ``out``."""
    index = folds_in(list(golds), folds, models)
    none = read_class_weights(NOTHING, len(VERDICTS))
    doubts = {d: list(doubts_of(g, watched(g, judges, none))) for d, g in golds.items()}
    first = left_out(doubts, fit_measures, index, models / "measures")
    known = [read_class_weights(packed, len(VERDICTS)) for packed in first]
    show("measures", doubts, index, known)
    every = sorted(golds)
    whole = fit_measures([e for d in every for e in doubts[d]])
    taken = read_class_weights(whole, len(VERDICTS))
    kinds = {d: list(kinds_of(g, watched(g, judges, taken))) for d, g in golds.items()}
    second = left_out(kinds, fit_kinds, index, models)
    show("kinds", kinds, index, [read_class_weights(packed, len(OUTCOMES)) for packed in second])
    out.write_bytes(fit_kinds([e for d in every for e in kinds[d]]))
    out.with_name(BESIDE).write_bytes(whole)


if __name__ == "__main__":
    main()
