"""Train whether whoever was named before a row holds on in it: same data, same bytes.

    python scripts/train_inheritance.py --judges JUDGES FOLDER [FOLDER ...]
    python scripts/train_inheritance.py --judges JUDGES --folds 4 --models DIR FOLDER …

JUDGES is a folder that ``train_judge.py --folds`` wrote: each text is read by a model that has not
seen it, so its rows are those of a new text. Folders as for ``train_subjects.py``. Each row where
the rules let somebody hold on is an example: by the gold he has it, or not (logistic regression
with an L2 penalty). With ``--folds`` every text is left out of one file of weights, and a line says
how many rows are right for texts left out, by the rules alone and with the weights.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from gold_texts import digest_of, folds_in, parser_of, read_golds
from held_out import model_for
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

import speechmine
from speechmine.assemble.inheritance import (
    HOLD_STEP,
    Inheritance,
    holds_on,
    keys_of_inheritance,
)
from speechmine.extractors.learned_weights import class_weights_bytes, read_class_weights
from speechmine.learning.annotated import Gold
from speechmine.model import Document
from speechmine.text import view_of

WEIGHTS = Path(__file__).resolve().parent.parent / "src/speechmine/assemble/inheritance.bin"
#: Inverse strength of the L2 penalty, steps of the fit, and how often a key must be seen.
STRENGTH = 0.3
ITERATIONS = 300
COMMONEST = 2
#: Two spans that share this much of both are of one row.
_SHARED = 0.5
_HOOK = "speechmine.assemble.who.holds_on"


@dataclass(frozen=True)
class Example:
    """A row with whoever would hold on, and whether he has it by the gold."""

    case: Inheritance
    holds: bool


def examples_of(gold: Gold, judges: Path) -> Iterator[Example]:
    """The rows of a text in which somebody would hold on, each behind rows as the gold has them."""
    tasks = [task for row in gold.rows for task in row.get("tasks", ())]
    found: list[Example] = []

    def watched(case: Inheritance) -> bool:
        names = {party.text for party in case.parties if party.role in ("lead", "responsible")}
        task = _task_of(case, tasks)
        if task is None or not names:
            return True
        holds = any(view_of(party["text"]).text in names for party in task["parties"])
        found.append(Example(case, holds))
        return holds

    with mock.patch(_HOOK, watched):
        document = Document(gold.content, date=gold.date)
        speechmine.extract(document, mode="full", model=model_for(judges, gold.content))
    yield from found


def _task_of(case: Inheritance, tasks: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The task of the gold that a row is."""
    start, end = case.findings.view.place(case.mention.start, case.mention.end)
    best = max(tasks, key=lambda task: _share(task, start, end), default=None)
    return best if best is not None and _share(best, start, end) >= _SHARED else None


def _share(task: Mapping[str, Any], start: int, end: int) -> float:
    both = min(end, task["end"]) - max(start, task["start"])
    return max(0, both) / (max(end, task["end"]) - min(start, task["start"]))


def fit(examples: Sequence[Example]) -> bytes:
    """Weights in their stored form."""
    seen = [set(keys_of_inheritance(example.case)) for example in examples]
    counts = Counter(key for keys in seen for key in keys)
    vectorizer = DictVectorizer()
    rows = [{key: 1 for key in sorted(keys) if counts[key] >= COMMONEST} for keys in seen]
    model = LogisticRegression(C=STRENGTH, max_iter=ITERATIONS)
    model.fit(vectorizer.fit_transform(rows), [example.holds for example in examples])
    names = vectorizer.get_feature_names_out()
    weights = {key: (float(model.coef_[0][n]),) for n, key in enumerate(names)}
    weights[""] = (weights[""][0] + float(model.intercept_[0]),)
    return class_weights_bytes(weights, HOLD_STEP)


def leave_out(texts: Mapping[str, Sequence[Example]], folds: int, folder: Path) -> None:
    """Write ``folds`` files of weights, and say how many rows are right."""
    digests = sorted(texts)
    index, right = folds_in(digests, folds, folder), 0
    for fold in range(folds):
        packed = fit([e for d in digests if index[d] != fold for e in texts[d]])
        (folder / f"inheritance{fold}.bin").write_bytes(packed)
        weights = read_class_weights(packed, 1)
        held = [e for d in digests if index[d] == fold for e in texts[d]]
        right += sum(holds_on(e.case, weights) == e.holds for e in held)
    every = [e for examples in texts.values() for e in examples]
    print(f"{len(every)} rows, right by rules {sum(e.holds for e in every)}, with weights {right}")


def main() -> None:
    """Parse, read, train, write."""
    parser = parser_of(__doc__ or "", WEIGHTS)
    parser.add_argument("--judges", type=Path, required=True, help="models that leave texts out")
    arguments = parser.parse_args()
    texts: dict[str, list[Example]] = {}
    for gold in read_golds(arguments.folders, arguments.texts):
        texts.setdefault(digest_of(gold.content), []).extend(examples_of(gold, arguments.judges))
    if not any(texts.values()):
        sys.exit("no row in which somebody would hold on")
    print(f"{len(texts)} texts, {sum(map(len, texts.values()))} rows", flush=True)
    if arguments.folds:
        leave_out(texts, arguments.folds, arguments.models)
    else:
        arguments.out.write_bytes(fit([e for digest in sorted(texts) for e in texts[digest]]))


if __name__ == "__main__":
    main()
