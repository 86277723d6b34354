"""Train how far a name holds on for the tasks behind it: one command, same data, same bytes.

    python scripts/train_holding.py FOLDER [FOLDER ...]              write the shipped weights
    python scripts/train_holding.py --folds 3 --models DIR FOLDER …  weights that leave texts out

Folders as for ``train_subjects.py``. Each row that the reader finds without a doer of its own, and
that a task of the gold matches, is an example, if somebody was named before it: whether the gold
has the task answered for by any of them (logistic regression with an L2 penalty).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from party_gold import digest_of, folds_in, parser_of, read_golds, span_in
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from speechmine.assemble.who import INHERITED_ROLES, draft_rows
from speechmine.assemble.who_holding import HOLDING_SURE, HoldingCase, holding_keys
from speechmine.extractors.learned_weights import read_weights, sum_of, weights_bytes
from speechmine.judge import shipped_model
from speechmine.learning.annotated import Gold
from speechmine.model import Document
from speechmine.reading import DocumentReader
from speechmine.rules.loader import default_rules
from speechmine.segment.head import complete_document, time_frame
from speechmine.text import view_of

WEIGHTS = Path(__file__).resolve().parent.parent / "src/speechmine/assemble/holding.bin"
#: Inverse strength of the L2 penalty, steps of the fit, and how often a key must be seen.
STRENGTH = 0.2
ITERATIONS = 300
COMMONEST = 3
# A row is a task of the gold where they share so much of the words of both.
_SHARED = 0.5


@dataclass(frozen=True)
class Example:
    """A row and whoever was named before it: what is seen, what the rules say, what is right."""

    keys: Sequence[str]
    ruled: bool
    held: bool


def examples_of(gold: Gold) -> list[Example]:
    """The rows of a text that have no doer of their own."""
    view, rules = view_of(gold.content), default_rules()
    document = complete_document(Document(gold.content, date=gold.date), view, rules)
    reader = DocumentReader(document, time_frame(document, rules), rules, shipped_model())
    cases: list[HoldingCase] = []

    def by_rule(case: HoldingCase) -> bool:
        cases.append(case)
        return case.ruled

    for _ in draft_rows(reader.findings(view)[0], by_rule):
        pass
    tasks = [(span_in(view, task), task) for row in gold.rows for task in row.get("tasks", ())]
    matched = ((case, _matching(case, tasks)) for case in cases)
    return [
        Example(holding_keys(case), case.ruled, _is_held(case, task))
        for case, task in matched
        if task is not None
    ]


def _matching(
    case: HoldingCase, tasks: Sequence[tuple[tuple[int, int], Mapping[str, Any]]]
) -> Mapping[str, Any] | None:
    start, end = case.mention.start, case.mention.end
    for (first, last), task in tasks:
        both = min(end, last) - max(start, first)
        if both > 0 and both / (max(end, last) - min(start, first)) >= _SHARED:
            return task
    return None


def _is_held(case: HoldingCase, task: Mapping[str, Any]) -> bool:
    owing = [p["text"] for p in task["parties"] if p["role"] in INHERITED_ROLES]
    said = {view_of(name).text for name in owing}
    return any(p.text in said for p in case.named.parties if p.role in INHERITED_ROLES)


def fit(examples: Sequence[Example]) -> bytes:
    """Weights in their stored form."""
    counts = Counter(key for example in examples for key in set(example.keys))
    seen = [{key: 1 for key in e.keys if counts[key] >= COMMONEST} for e in examples]
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=STRENGTH, max_iter=ITERATIONS)
    model.fit(vectorizer.fit_transform(seen), [e.held for e in examples])
    weights = dict(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True))
    weights["b"] += model.intercept_[0]
    return weights_bytes(weights)


def report(judged: Sequence[tuple[Example, int]]) -> None:
    """How the rules decide, and how the weights do, of texts left out."""
    for title, held in (
        ("the rules", [e.ruled for e, _ in judged]),
        ("the weights", [value > HOLDING_SURE for _, value in judged]),
    ):
        right = sum(e.held and h for (e, _), h in zip(judged, held, strict=True))
        print(
            f"{title}: held {sum(held)}, rightly {right}, of {sum(e.held for e, _ in judged)}"
            f" that hold among {len(judged)}",
            flush=True,
        )


def main() -> None:
    """Parse, read, train, write."""
    arguments = parser_of(__doc__ or "", WEIGHTS).parse_args()
    texts: dict[str, list[Example]] = {}
    for gold in read_golds(arguments.folders, arguments.texts):
        texts.setdefault(digest_of(gold.content), []).extend(examples_of(gold))
    if not any(texts.values()):
        sys.exit("no task with a name before it in " + ", ".join(map(str, arguments.folders)))
    print(f"{len(texts)} texts, {sum(map(len, texts.values()))} rows", flush=True)
    if not arguments.folds:
        arguments.out.write_bytes(fit([e for digest in sorted(texts) for e in texts[digest]]))
        return
    index, judged = folds_in(list(texts), arguments.folds, arguments.models), []
    for fold in range(arguments.folds):
        packed = fit(
            [e for digest in sorted(texts) if index[digest] != fold for e in texts[digest]]
        )
        (arguments.models / f"hold{fold}.bin").write_bytes(packed)
        weights = read_weights(packed)
        held = [e for digest in sorted(texts) if index[digest] == fold for e in texts[digest]]
        judged.extend((e, sum_of(e.keys, weights)) for e in held)
    report(judged)


if __name__ == "__main__":
    main()
