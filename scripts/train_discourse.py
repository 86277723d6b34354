"""Train the discourse model and write its weights: one command, same data, same bytes.

    python scripts/train_discourse.py [--out FILE] [--dry-run] [--compare] [--least SHARE]
        FOLDER [FOLDER ...]

A folder holds NAME.txt with NAME.gold.jsonl (one labelled segment a line) and NAME.meta.json.
The table printed is leave-one-document-out: each text labelled by a model that never saw it;
--compare prints it for what else was tried.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from speechmine.pipeline import places_of as places_of_mentions
from speechmine.pipeline import see_mentions
from speechmine.readers import read
from speechmine.rules.loader import default_rules
from speechmine.segment.classifier import (
    Chances,
    Linear,
    Model,
    Place,
    load_model,
    neighbourhood,
    with_wording,
)
from speechmine.segment.discourse import likeliest, places_of, structural_label
from speechmine.segment.features import cue_scores, features_of
from speechmine.segment.head import complete_document, time_frame
from speechmine.segment.headings import pieces_of
from speechmine.segment.outline import context_of
from speechmine.segment.wording import gram_counts
from speechmine.text import view_of

MODEL = Path(__file__).resolve().parent.parent / "src/speechmine/segment/discourse_model.json"
#: Inverse strength of the L2 penalty, and the parts a training set is cut into for the second pass.
INVERSE_PENALTY = 1.0
FOLDS = 5
#: Grams in fewer segments than this are left out; smaller weights change nothing.
COMMONEST = 3
SMALLEST = 0.05


@dataclass(frozen=True)
class Sample:
    """A segment; ``settled`` is the label that structure alone gives, ``gold`` the clerk's."""

    text: str
    place: Place
    gold: str | None
    settled: str | None
    features: Mapping[str, float]

    @property
    def open(self) -> bool:
        """Whether words must decide."""
        return self.settled is None

    @property
    def counts(self) -> bool:
        """Whether a label is known that is not a matter of headings."""
        return self.gold not in (None, "heading")


def read_samples(text_file: Path) -> list[Sample]:
    """The segments of one text."""
    rules = default_rules()
    document = read(text_file)
    view = view_of(document.text)
    rows = text_file.with_name(f"{text_file.stem}.gold.jsonl").read_text(encoding="utf-8")
    gold = {row["start"]: row["discourse"] for row in map(json.loads, rows.splitlines())}
    document = complete_document(document, view, rules)
    frame = time_frame(document, rules)
    seen = places_of_mentions(see_mentions(view.text, document, frame, rules))
    pieces = pieces_of(view.text, rules)
    context, _ = context_of(pieces, rules, seen, frame.year)
    places = places_of(pieces, context)
    return [
        Sample(
            piece.text,
            places[i],
            gold.get(view.place(piece.start, piece.end)[0]),
            structural_label(i, context),
            dict(features_of(view.text, pieces, i, context, rules)),
        )
        for i, piece in enumerate(pieces)
    ]


Texts = Sequence[Sequence[Sample]]


def rarity_of(texts: Texts) -> dict[str, float]:
    """Inverse document frequency of each gram, a segment counting as a document."""
    segments = [set(gram_counts(s.text)) for samples in texts for s in samples]
    counts = Counter(gram for grams in segments for gram in grams)
    return {
        gram: round(1 + math.log(len(segments) / count), 2)
        for gram, count in sorted(counts.items())
        if count >= COMMONEST
    }


def learn(rows: Sequence[tuple[Mapping[str, float], str]]) -> Linear:
    """Multinomial logistic regression over named features."""
    vectorizer = DictVectorizer(sort=True)
    matrix = vectorizer.fit_transform([features for features, _ in rows])
    model = LogisticRegression(C=INVERSE_PENALTY, max_iter=1000)
    model.fit(matrix, [label for _, label in rows])
    weights = {
        name: tuple(float(w) for w in model.coef_[:, k])
        for k, name in enumerate(vectorizer.feature_names_)
    }
    labels = tuple(str(c) for c in model.classes_)
    return Linear(labels, tuple(float(b) for b in model.intercept_), weights)


def learn_first(texts: Texts, rarity: Mapping[str, float]) -> Linear:
    """The pass that sees one segment at a time."""
    return learn(
        [
            (with_wording(s.text, s.features, rarity), str(s.gold))
            for samples in texts
            for s in samples
            if s.open and s.counts
        ]
    )


def chances_of(
    samples: Sequence[Sample], first: Linear, rarity: Mapping[str, float]
) -> list[Chances]:
    """Settled labels as certain, the first pass for the rest."""
    return [
        {s.settled: 1.0} if s.settled else first.chances(with_wording(s.text, s.features, rarity))
        for s in samples
    ]


def train(texts: Texts) -> Model:
    """Both passes; the second learns from chances given by models that did not see the text."""
    rarity = rarity_of(texts)
    rows: list[tuple[Mapping[str, float], str]] = []
    for fold in range(FOLDS):
        first = learn_first([t for n, t in enumerate(texts) if n % FOLDS != fold], rarity)
        for samples in texts[fold::FOLDS]:
            wanted = [i for i, s in enumerate(samples) if s.open and s.counts]
            chances = chances_of(samples, first, rarity)
            places = [s.place for s in samples]
            rows += [
                (features, str(samples[i].gold))
                for i, features in neighbourhood(chances, places, wanted)
            ]
    return Model(learn_first(texts, rarity), learn(rows), rarity)


def predict(samples: Sequence[Sample], model: Model) -> list[str]:
    """Settled labels as they are, the model's for the rest."""
    labels = [s.settled for s in samples]
    chances = chances_of(samples, model.first, model.rarity)
    wanted = [i for i, s in enumerate(samples) if s.open]
    for i, second in model.second_pass(chances, [s.place for s in samples], wanted):
        labels[i] = likeliest(second, samples[i].features)
    return [str(label) for label in labels]


def _chosen(sample: Sample, chances: Chances) -> str:
    return sample.settled or likeliest(chances, sample.features)


def by_both_passes(texts: Texts, samples: Sequence[Sample]) -> list[str]:
    """What is shipped."""
    return predict(samples, train(texts))


def by_first_pass(texts: Texts, samples: Sequence[Sample]) -> list[str]:
    """Features and wording of the segment alone."""
    rarity = rarity_of(texts)
    chances = chances_of(samples, learn_first(texts, rarity), rarity)
    return [_chosen(s, given) for s, given in zip(samples, chances, strict=True)]


def by_features(texts: Texts, samples: Sequence[Sample]) -> list[str]:
    """Cues, verbs, place and mentions, without the wording."""
    chances = chances_of(samples, learn_first(texts, {}), {})
    return [_chosen(s, given) for s, given in zip(samples, chances, strict=True)]


def by_cues(texts: Texts, samples: Sequence[Sample]) -> list[str]:
    """The rules alone: the label with the heaviest cues, else the commonest."""
    common = Counter(str(s.gold) for ss in texts for s in ss if s.open and s.counts)
    rules = default_rules()

    def label(sample: Sample) -> str:
        scores = cue_scores(sample.text, rules)
        return sample.settled or max(scores or common, key=(scores or common).__getitem__)

    return [label(s) for s in samples]


Labeller = Callable[[Texts, Sequence[Sample]], list[str]]


def cross_validate(texts: Mapping[str, Sequence[Sample]], labeller: Labeller) -> float:
    """Print accuracy and macro-F1 with each text left out of its own training; the accuracy."""
    gold: list[str] = []
    found: list[str] = []
    print(f"{labeller.__doc__}\n{'text':44} {'n':>5} {'accuracy':>9}")
    for name, samples in texts.items():
        labels = labeller([ss for other, ss in texts.items() if other != name], samples)
        pairs = [(str(s.gold), label) for s, label in zip(samples, labels, strict=True) if s.counts]
        right = sum(a == b for a, b in pairs)
        print(f"{name:44} {len(pairs):5} {right / len(pairs):9.3f}", flush=True)
        gold += [a for a, _ in pairs]
        found += [b for _, b in pairs]
    accuracy = sum(a == b for a, b in zip(gold, found, strict=True)) / len(gold)
    macro = f1_score(gold, found, average="macro", labels=sorted(set(gold)), zero_division=0)
    print(f"{'all, each held out':44} {len(gold):5} {accuracy:9.3f}  macro-F1 {macro:.3f}\n")
    return float(accuracy)


def as_data(model: Model) -> dict[str, Any]:
    """The model's stored form, rounded, so that a diff can be read."""
    return {
        "labels": list(model.first.labels),
        "rarity": dict(model.rarity),
        "first": _table(model.first),
        "second": _table(model.second),
    }


def _table(linear: Linear) -> dict[str, Any]:
    rows = {
        name: [round(w, 2) for w in row]
        for name, row in linear.weights.items()
        if max(abs(w) for w in row) >= SMALLEST
    }
    return {"bias": [round(b, 2) for b in linear.bias], "weights": rows}


def write(path: Path, model: Model) -> None:
    """The model as JSON, a feature a line."""
    text = json.dumps(as_data(model), ensure_ascii=False, sort_keys=True, indent=0)
    path.write_text(text.replace(",\n", ", ").replace("], ", "],\n") + "\n", encoding="utf-8")
    load_model(json.loads(path.read_text(encoding="utf-8")))


def main() -> None:
    """Parse, validate, train, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--dry-run", action="store_true", help="print the table, write nothing")
    parser.add_argument("--compare", action="store_true", help="tables of simpler ways, too")
    parser.add_argument("--least", type=float, default=0.0, help="fail below this accuracy")
    arguments = parser.parse_args()
    files = sorted(f for folder in arguments.folders for f in folder.glob("*.gold.jsonl"))
    texts = {
        f.name.removesuffix(".gold.jsonl"): read_samples(
            f.with_name(f.name.removesuffix(".gold.jsonl") + ".txt")
        )
        for f in files
    }
    for labeller in (by_cues, by_features, by_first_pass) if arguments.compare else ():
        cross_validate(texts, labeller)
    accuracy = cross_validate(texts, by_both_passes)
    if accuracy < arguments.least:
        sys.exit(f"held out accuracy {accuracy:.3f} is below {arguments.least}: nothing is written")
    if not arguments.dry_run:
        write(arguments.out, train(list(texts.values())))


if __name__ == "__main__":
    main()
