"""Train the judge of labels and tasks: one command, same data, same bytes.

    python scripts/train_judge.py FOLDER [FOLDER ...]             write the shipped model
    python scripts/train_judge.py --brief FOLDER [FOLDER ...]     the one for a few sentences
    python scripts/train_judge.py --folds 5 --models DIR FOLDER …  models that leave texts out

A folder holds NAME.gold.jsonl (one labelled segment a line, with its tasks) beside NAME.txt, or
NAME.meta.json says where the text is (``source``, below the folder given as --texts). Texts
without tasks teach labels only; texts that are not there are left out, and named.

With ``--folds`` every text is left out of one model; ``DIR/index.json`` says of which, and
``scripts/held_out.py`` extracts a text with the model that has not seen it.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import re
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from gold_texts import digest_of, parser_of
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from speechmine.judge import Model, load_model
from speechmine.judge.grams import Whole
from speechmine.judge.labels import Around, softmax
from speechmine.judge.model import LABELS, ROW_LEVELS, TAGS, model_bytes
from speechmine.judge.scoring import sums_of
from speechmine.judge.weights import STEP, Matrix
from speechmine.learning.annotated import CALIBRATED, Gold, TaughtText, as_text, read_gold
from speechmine.learning.features import (
    Fitted,
    LabelledFeatures,
    WeightTable,
    label_rows,
    level_rows,
    link_rows,
    tag_rows,
)

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

MODEL = Path(__file__).resolve().parent.parent / "src/speechmine/judge/model.bin"
#: Parts that a training set is cut into for what learns from the chances of the first pass.
PARTS = 3
#: Keys in fewer sentences (an excerpt's counting again) than this are left out, and those whose
#: weights are all smaller than this.
COMMONEST = 6
SMALLEST = 0.09
ITERATIONS = 80
#: Excerpts have at most so many lines.
LONGEST_EXCERPT = 4


@dataclasses.dataclass(frozen=True)
class Recipe:
    """How a model is fitted (chosen by texts left out).

    Attributes:
        labels, around, tags, levels: inverse strength of the L2 penalty for the labels, the second
            pass over them, the tags and the levels.
        lines: how much an excerpt of a few lines counts beside its text.
        alone: how much each sentence alone counts; under_heads: each second line or sentence under
            the text's head.
        several: what counts of the weight of a text that several people annotated.
    """

    labels: float
    around: float
    tags: float
    levels: float
    lines: float
    alone: float = 0.0
    under_heads: float = 0.0
    several: float = 1.0


#: For whole texts: what stands alone tells nothing of how they hang together.
WHOLE = Recipe(labels=0.4, around=0.3, tags=0.25, levels=0.6, lines=0.15)
#: For texts of a few sentences, as users paste them: what a sentence does must be known by its
#: words where little stands around it.
BRIEF = Recipe(
    labels=1.0,
    around=0.3,
    tags=0.1,
    levels=0.3,
    lines=0.4,
    alone=0.4,
    under_heads=0.6,
    several=0.6,
)


def excerpts(gold: Gold, recipe: Recipe) -> Iterator[Gold]:
    """Short texts out of a long one, as the recipe wants them."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", gold.content)]
    lines = [span for span in lines if any(_within(row, span) for row in gold.rows)]
    at, size = 0, 0
    while at < len(lines):
        size = size % LONGEST_EXCERPT + 1
        start, end = lines[at][0], lines[min(at + size, len(lines)) - 1][1]
        rows = [_moved(row, -start) for row in gold.rows if _within(row, (start, end))]
        name = f"{gold.name}:{start}"
        yield Gold(name, gold.content[start:end], gold.date, rows, gold.weight * recipe.lines)
        at += size
    if recipe.under_heads:
        yield from _under_heads(gold, lines, recipe.under_heads)
    for row in gold.rows if recipe.alone else ():
        if row["discourse"] != "heading":
            start, end = row["start"], row["end"]
            name, said = f"{gold.name}:{start}!", gold.content[start:end]
            yield Gold(name, said, gold.date, [_moved(row, -start)], gold.weight * recipe.alone)


def _under_heads(gold: Gold, lines: Sequence[tuple[int, int]], share: float) -> Iterator[Gold]:
    """A title and a salutation with one line or sentence: they say nothing of what follows."""
    labels = {row["start"]: row["discourse"] for row in gold.rows}
    opening = list(
        itertools.takewhile(lambda span: labels.get(span[0]) in ("heading", "opening"), lines)
    )
    if not opening:
        return
    bodies = [(row["start"], row["end"]) for row in gold.rows if row["discourse"] != "heading"]
    bodies = [span for span in bodies if span[0] >= opening[-1][1]]
    chosen = [*lines[len(opening) :: 2], *bodies[::2]]
    for at, span in enumerate(chosen):
        kept = opening[-(at % 3 + 1) :]
        yield _joined(gold, (kept[0][0], kept[-1][1]), span, gold.weight * share)


def _joined(gold: Gold, head: tuple[int, int], span: tuple[int, int], weight: float) -> Gold:
    """Two stretches of a text as a text of two lines."""
    said = gold.content[slice(*head)]
    by = len(said) + 1 - span[0]
    rows = [_moved(row, -head[0]) for row in gold.rows if _within(row, head)]
    rows += [_moved(row, by) for row in gold.rows if _within(row, span)]
    content = f"{said}\n{gold.content[slice(*span)]}"
    return Gold(f"{gold.name}:{span[0]}^{span[1]}", content, gold.date, rows, weight)


def _within(row: Mapping[str, Any], span: tuple[int, int]) -> bool:
    return bool(span[0] <= row["start"] and row["end"] <= span[1])


def _moved(row: Mapping[str, Any], by: int) -> dict[str, Any]:
    tasks = {"tasks": [_moved(task, by) for task in row["tasks"]]} if "tasks" in row else {}
    return {**row, **tasks, "start": row["start"] + by, "end": row["end"] + by}


def read_texts(files: Sequence[Path], texts: Path | None, recipe: Recipe) -> list[list[TaughtText]]:
    """For each text the whole first, then its excerpts; parts annotated apart are one text."""
    golds: dict[str, Gold] = {}
    for file in files:
        gold = read_gold(file, texts)
        if gold is None:
            print(f"left out, its text is not at hand: {file.name}")
            continue
        known = golds.get(gold.content)
        if known is not None:
            rows = sorted([*known.rows, *gold.rows], key=lambda row: row["start"])
            gold = dataclasses.replace(known, rows=rows)
        elif gold.weight > CALIBRATED:
            gold = dataclasses.replace(gold, weight=gold.weight * recipe.several)
        golds[gold.content] = gold
    return [[as_text(gold), *map(as_text, excerpts(gold, recipe))] for gold in golds.values()]


@dataclasses.dataclass(frozen=True)
class Seen:
    """Rows of named features as one matrix, the right answers, and how much each row counts."""

    matrix: csr_matrix
    names: Whole
    answers: Whole
    weights: Matrix

    def only(self, kept: Whole) -> Seen:
        """Some of the rows."""
        return Seen(self.matrix[kept], self.names, self.answers[kept], self.weights[kept])


def seen(rows: LabelledFeatures) -> Seen:
    """Rows as a fit takes them."""
    vectorizer = DictVectorizer(sort=True, dtype=np.float64)
    matrix = vectorizer.fit_transform([features for features, _, _ in rows])
    names = np.array(vectorizer.feature_names_, dtype=object)
    return Seen(matrix, names, np.array([y for _, y, _ in rows]), np.array([w for *_, w in rows]))


def fit(rows: Seen, classes: Sequence[str], penalty: float) -> Fitted:
    """Multinomial logistic regression over named features."""
    common = np.flatnonzero(np.asarray((rows.matrix != 0).sum(axis=0)).ravel() >= COMMONEST)
    model = LogisticRegression(C=penalty, max_iter=ITERATIONS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(rows.matrix[:, common], rows.answers, sample_weight=rows.weights)
    order = [list(model.classes_).index(name) for name in classes]
    coefficients, intercepts = _of_all(model.coef_), _of_all(model.intercept_)
    weights = np.round(coefficients[order] / STEP).T * STEP
    return Fitted(
        {
            str(name): weights[n].tolist()
            for n, name in enumerate(rows.names[common])
            if np.abs(weights[n]).max() > SMALLEST
        },
        [round(float(intercepts[k]), 3) for k in order],
    )


def _of_all(numbers: Matrix) -> Matrix:
    """Numbers of each class: of two classes only those of the second come, which speak for both."""
    both: Matrix = np.concatenate([-numbers, numbers]) / 2 if len(numbers) == 1 else numbers
    return both


class Taught:
    """All texts, each with its excerpts behind it, and what the labels' fit sees of them.

    Args:
        families: the texts; their order does not matter.
        recipe: how the fits are made.
    """

    def __init__(self, families: Sequence[Sequence[TaughtText]], recipe: Recipe) -> None:
        self.recipe = recipe
        self.families = sorted(families, key=lambda f: digest_of(f[0].content))
        texts = [text for family in self.families for text in family]
        self._rows = seen(label_rows(texts))
        counts = [sum(len(text.known) for text in family) for family in self.families]
        self._family = np.repeat(np.arange(len(counts)), counts)

    def labels_of(self, kept: Sequence[int]) -> Fitted:
        """The pass that sees a sentence and its neighbours' wording, fitted on some texts."""
        return fit(self._rows.only(np.isin(self._family, kept)), LABELS, self.recipe.labels)


def crossed(taught: Taught, kept: Sequence[int]) -> list[Matrix]:
    """Chances of the first pass for each text, by a fit that has not seen it or its excerpts."""
    models = []
    for part in range(PARTS):
        others = [family for n, family in enumerate(kept) if n % PARTS != part]
        models.append(unfinished(labels=taught.labels_of(others)))
    return [
        softmax(sums_of(text.sentences, models[n % PARTS]).labels)
        for n, family in enumerate(kept)
        for text in taught.families[family]
    ]


def stored(version: str, **fits: Fitted) -> bytes:
    """The stored form: keys of the wording in one table, the rest in small ones."""
    table = WeightTable(small={"version": version})
    for part, fitted in fits.items():
        table.add(part, fitted)
    return model_bytes(table.rows, table.small)


def unfinished(**fits: Fitted) -> Model:
    """A model of some of the fits: the others say nothing."""
    return load_model(stored("0", **fits))


def train(taught: Taught, kept: Sequence[int]) -> bytes:
    """The whole model, in its stored form.

    Args:
        taught: all texts.
        kept: numbers of those that it learns from.
    """
    chances = crossed(taught, kept)
    texts = [text for family in kept for text in taught.families[family]]
    around = fit(seen(link_rows(texts, chances)), LABELS, taught.recipe.around)
    halfway = unfinished(around=around)
    pairs = zip(texts, chances, strict=True)
    settled = [Around(given, text.places).settled(halfway) for text, given in pairs]
    digest = digest_of("".join(t.content for t in texts))[:8]
    return stored(
        digest,
        labels=taught.labels_of(kept),
        around=around,
        tags=fit(seen(tag_rows(texts, settled)), TAGS, taught.recipe.tags),
        levels=fit(seen(level_rows(texts, settled)), ROW_LEVELS, taught.recipe.levels),
    )


def leave_out(taught: Taught, folds: int, folder: Path) -> None:
    """Write ``folds`` models, each trained without its share of the texts, and who is left out."""
    folder.mkdir(parents=True, exist_ok=True)
    numbers = range(len(taught.families))
    for fold in range(folds):
        kept = [n for n in numbers if n % folds != fold]
        (folder / f"{fold}.bin").write_bytes(train(taught, kept))
        print(f"model {fold}: {len(kept)} texts", flush=True)
    index = {digest_of(taught.families[n][0].content): n % folds for n in numbers}
    (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")


def main() -> None:
    """Parse, read, train, write."""
    parser = parser_of(__doc__ or "", MODEL)
    parser.add_argument("--brief", action="store_true", help="the model for a few sentences")
    arguments = parser.parse_args()
    recipe = BRIEF if arguments.brief else WHOLE
    files = sorted(f for folder in arguments.folders for f in folder.glob("*.gold.jsonl"))
    if not files:
        sys.exit("no NAME.gold.jsonl in " + ", ".join(map(str, arguments.folders)))
    texts = read_texts(files, arguments.texts, recipe)
    print(
        f"{len(texts)} texts, {sum(len(t[0].known) for t in texts)} labelled sentences", flush=True
    )
    taught = Taught(texts, recipe)
    if arguments.folds:
        leave_out(taught, arguments.folds, arguments.models)
    else:
        shipped = arguments.out == MODEL and arguments.brief
        out = MODEL.with_name("brief.bin") if shipped else arguments.out
        out.write_bytes(train(taught, range(len(taught.families))))


if __name__ == "__main__":
    main()
