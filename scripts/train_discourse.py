"""Train the discourse model and write its weights: one command, same data, same bytes.

    python scripts/train_discourse.py [--out FILE] [--compare] FOLDER [FOLDER ...]

A folder holds NAME.txt with NAME.gold.jsonl (one labelled segment a line) and NAME.meta.json.
The table printed is leave-one-document-out: each text labelled by a model that never saw it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from speechmine.pipeline import places_of, see_mentions
from speechmine.readers import read
from speechmine.rules.loader import default_rules
from speechmine.segment.discourse import structural_label
from speechmine.segment.features import features_of
from speechmine.segment.head import complete_document, time_frame
from speechmine.segment.headings import pieces_of
from speechmine.segment.outline import context_of
from speechmine.text import view_of

MODEL = Path(__file__).resolve().parent.parent / "src/speechmine/segment/discourse_model.json"
REGULARISATION = 1.0
#: Weights smaller than this change nothing and are not written.
SMALLEST = 0.02


@dataclass(frozen=True)
class Sample:
    """A labelled segment; ``settled`` is the label that structure alone gives, if any."""

    gold: str
    settled: str | None
    features: dict[str, float]


def read_samples(text_file: Path) -> list[Sample]:
    """The labelled segments of one text, headings left out."""
    rules = default_rules()
    document = read(text_file)
    view = view_of(document.text)
    rows = text_file.with_name(f"{text_file.stem}.gold.jsonl").read_text(encoding="utf-8")
    gold = {row["start"]: row["discourse"] for row in map(json.loads, rows.splitlines())}
    document = complete_document(document, view.text, rules)
    frame = time_frame(document, rules)
    seen = places_of(see_mentions(view.text, document, frame, rules))
    pieces = pieces_of(view.text, rules)
    context, _ = context_of(pieces, rules, seen, frame.year)
    samples = []
    for i, piece in enumerate(pieces):
        label = gold.get(view.place(piece.start, piece.end)[0])
        if label is not None and label != "heading":
            settled = structural_label(pieces, i, context, rules)
            samples.append(
                Sample(label, settled, dict(features_of(view.text, pieces, i, context, rules)))
            )
    return samples


def fit(samples: Sequence[Sample]) -> tuple[DictVectorizer, LogisticRegression]:
    """Learn from the segments that structure does not settle."""
    open_ones = [s for s in samples if s.settled is None]
    vectorizer = DictVectorizer(sort=True)
    matrix = vectorizer.fit_transform([s.features for s in open_ones])
    model = LogisticRegression(C=REGULARISATION, max_iter=5000)
    model.fit(matrix, [s.gold for s in open_ones])
    return vectorizer, model


def predict(
    samples: Sequence[Sample], vectorizer: DictVectorizer, model: LogisticRegression
) -> list[str]:
    """Settled labels as they are, the model's for the rest."""
    guessed = model.predict(vectorizer.transform([s.features for s in samples]))
    return [s.settled or str(label) for s, label in zip(samples, guessed, strict=True)]


def cross_validate(texts: dict[str, list[Sample]]) -> None:
    """Print accuracy and macro-F1 with each text left out of its own training."""
    gold: list[str] = []
    found: list[str] = []
    print(f"{'text':44} {'n':>5} {'accuracy':>9}")
    for name, samples in texts.items():
        rest = [s for other, ss in texts.items() if other != name for s in ss]
        labels = predict(samples, *fit(rest))
        right = sum(a == s.gold for a, s in zip(labels, samples, strict=True))
        print(f"{name:44} {len(samples):5} {right / len(samples):9.3f}")
        gold += [s.gold for s in samples]
        found += labels
    accuracy = sum(a == b for a, b in zip(gold, found, strict=True)) / len(gold)
    macro = f1_score(gold, found, average="macro", labels=sorted(set(gold)), zero_division=0)
    print(f"{'all, each held out':44} {len(gold):5} {accuracy:9.3f}  macro-F1 {macro:.3f}")


def write(path: Path, vectorizer: DictVectorizer, model: LogisticRegression) -> None:
    """Weights as JSON, sorted and rounded, so that a diff can be read."""
    rows = {}
    for k, name in enumerate(vectorizer.feature_names_):
        row = [round(float(w), 3) for w in model.coef_[:, k]]
        if max(abs(w) for w in row) >= SMALLEST:
            rows[name] = row
    data = {
        "labels": [str(c) for c in model.classes_],
        "bias": [round(float(b), 3) for b in model.intercept_],
        "weights": rows,
    }
    lines = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=0)
    path.write_text(lines.replace(",\n", ", ").replace("], ", "],\n") + "\n", encoding="utf-8")


def main() -> None:
    """Parse, validate, train, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--dry-run", action="store_true", help="print the table, write nothing")
    arguments = parser.parse_args()
    files = sorted(f for folder in arguments.folders for f in folder.glob("*.gold.jsonl"))
    texts = {
        f.name.removesuffix(".gold.jsonl"): read_samples(
            f.with_name(f.name.removesuffix(".gold.jsonl") + ".txt")
        )
        for f in files
    }
    cross_validate(texts)
    if not arguments.dry_run:
        write(arguments.out, *fit([s for samples in texts.values() for s in samples]))


if __name__ == "__main__":
    main()
