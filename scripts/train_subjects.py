"""Train the reader of subjects that no table names: one command, same data, same bytes.

    python scripts/train_subjects.py FOLDER [FOLDER ...]              write the shipped weights
    python scripts/train_subjects.py --folds 3 --models DIR FOLDER …  weights that leave texts out

A folder holds NAME.gold.jsonl (one labelled segment a line, with its tasks and their parties)
beside NAME.txt, or NAME.meta.json says where the text is (``source``, below the folder given as
--texts). What is learnt is a choice among the stretches of a clause, or none of them (conditional
logit with an L2 penalty): clauses of tasks whose gold names a subject in so many words, and those
whose gold names none.

With ``--folds`` every text is left out of one file of weights, and a table says, for texts left
out, how much of what is taken is right (with the names that the rules know and without).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from speechmine.extractors.party_cues import cues_of
from speechmine.extractors.party_learned import chances_of, read_weights, weights_bytes
from speechmine.extractors.party_roles import clause_parties
from speechmine.extractors.subject_keys import (
    Candidate,
    ClauseHead,
    is_bare,
    keys_of_none,
    members_of,
    stretches,
    subject_keys_of,
)
from speechmine.judge.weights import Matrix, Whole
from speechmine.learning.annotated import Gold, read_gold
from speechmine.mentions import Mentions, see_mentions
from speechmine.model import Clause, Document
from speechmine.rules.loader import default_rules
from speechmine.segment.head import complete_document, time_frame
from speechmine.text import view_of

WEIGHTS = Path(__file__).resolve().parent.parent / "src/speechmine/extractors/subjects.bin"
#: Strength of the L2 penalty, steps of the fit, and in how many stretches a key must be seen.
PENALTY = 0.5
ITERATIONS = 50
COMMONEST = 2
#: The table shows what is taken from these chances on.
SURENESS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.9)
_OWING = ("lead", "responsible", "leader")


@dataclass(frozen=True)
class Example:
    """A clause: its stretches, which of them is the subject (None: none), what rules found."""

    name: str
    place: ClauseHead
    found: Sequence[Candidate]
    subject: int | None
    known: bool


def examples_of(gold: Gold) -> Iterator[Example]:
    """The clauses of a text's tasks."""
    view, rules = view_of(gold.content), default_rules()
    if view.text != gold.content:  # offsets of gold are those of the text as it is
        return
    document = complete_document(Document(gold.content, date=gold.date), view, rules)
    seen = see_mentions(view.text, document, time_frame(document, rules), rules)
    for row in gold.rows:
        clauses = seen.clauses(row["start"], row["end"])
        since = row["start"]
        for task in row.get("tasks", ()):
            here = [c for c in clauses if since <= c.start and c.end <= task["end"] + 1]
            since = task["end"]
            yield from _examples(gold.name, view.text, here, task, seen)


def _examples(
    name: str, text: str, clauses: Sequence[Clause], task: Mapping[str, Any], seen: Mentions
) -> Iterator[Example]:
    rules = default_rules()
    names = {
        party["text"]
        for party in task["parties"]
        if party["role"] in _OWING and party.get("source", "explicit") == "explicit"
    }
    for clause in clauses:
        place = ClauseHead(text, clause.start, clause.end, _times(seen, clause), cues_of(rules))
        if not is_bare(place):
            continue
        found = list(stretches(place))
        subject = _subject(place, found, names)
        if not found or (subject is None and _names_one(text, clause, names)):
            continue  # named, but not where a subject stands
        told = clause_parties(text, clause.start, clause.end, seen.groups, rules=rules)
        known = any(party.role in _OWING for party in told)
        yield Example(name, place, found, subject, known)


def _times(seen: Mentions, clause: Clause) -> dict[int, int]:
    ends = {}
    for time in seen.times:
        if time.start is not None and time.end is not None and time.start >= clause.start:
            if time.start >= clause.end:
                break
            ends[time.start] = time.end
    return ends


def _names_one(text: str, clause: Clause, names: set[str]) -> bool:
    return any(name in text[clause.start : clause.end] for name in names)


def _subject(place: ClauseHead, found: Sequence[Candidate], names: set[str]) -> int | None:
    """The longest stretch all of whose members the gold names."""
    text, cues = place.text, place.cues
    fits = [
        (stretch.end - stretch.start, -n)
        for n, stretch in enumerate(found)
        if all(text[a:b] in names for a, b in members_of(text, stretch.start, stretch.end, cues))
    ]
    return -max(fits)[1] if fits else None


def fit(examples: Sequence[Example]) -> bytes:
    """Weights in their stored form."""
    rows: list[list[str]] = []
    starts: list[int] = []
    for example in examples:
        starts.append(len(rows))
        rows.append(keys_of_none(example.place))
        rows.extend(subject_keys_of(example.place, stretch) for stretch in example.found)
    counts = Counter(key for keys in rows for key in keys)
    names = sorted(key for key, n in counts.items() if n >= COMMONEST)
    at = {key: n for n, key in enumerate(names)}
    lines = [[at[key] for key in keys if key in at] for keys in rows]
    ends = np.cumsum([0, *map(len, lines)])
    columns = np.fromiter((n for line in lines for n in line), np.int64)
    matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(names)))
    first = np.array(starts)
    chosen = first + [0 if e.subject is None else e.subject + 1 for e in examples]
    return weights_bytes(dict(zip(names, _fitted(matrix, first, chosen), strict=True)))


def _fitted(matrix: csr_matrix, first: Whole, chosen: Whole) -> list[float]:
    """The weights under which what was chosen is likeliest, beside the penalty."""
    turned = matrix.T.tocsr()
    group = np.repeat(np.arange(len(first)), np.diff([*first, matrix.shape[0]]))
    observed = np.asarray(matrix[chosen].sum(axis=0)).ravel()

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        sums = matrix @ weights
        sums -= np.maximum.reduceat(sums, first)[group]
        shares = np.exp(sums)
        totals = np.add.reduceat(shares, first)
        likely = float((sums[chosen] - np.log(totals)).sum())
        expected = turned @ (shares / totals[group])
        penalty = PENALTY / 2 * float(weights @ weights)
        return penalty - likely, PENALTY * weights + expected - observed

    start = np.zeros(matrix.shape[1])
    result = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS})
    return [float(weight) for weight in result.x]


def digest_of(content: str) -> str:
    """A text's name that does not depend on where it lies."""
    return hashlib.sha256(content.encode()).hexdigest()


def leave_out(
    texts: Mapping[str, Sequence[Example]], folds: int, folder: Path
) -> Iterator[tuple[Example, float, Candidate]]:
    """Write ``folds`` files of weights, and give what each says of the texts that it left out."""
    folder.mkdir(parents=True, exist_ok=True)
    digests = sorted(texts)
    index = {digest: n % folds for n, digest in enumerate(digests)}
    (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")
    for fold in range(folds):
        packed = fit([e for d in digests if index[d] != fold for e in texts[d]])
        (folder / f"{fold}.bin").write_bytes(packed)
        weights = read_weights(packed)
        for digest in digests:
            if index[digest] == fold:
                for example in texts[digest]:
                    chances = chances_of(example.place, weights)
                    yield example, *max(chances, key=lambda c: c[0])


def report(judged: Sequence[tuple[Example, float, Candidate]]) -> None:
    """How much of what is taken is right, and how much of what is there is taken."""
    for title, some in (
        ("all clauses", judged),
        ("clauses in which the rules find nobody", [j for j in judged if not j[0].known]),
    ):
        there = sum(example.subject is not None for example, _, _ in some)
        print(f"{title}: {len(some)}, with a subject {there}")
        for least in SURENESS:
            taken = [(e, s) for e, chance, s in some if chance >= least]
            right = sum(e.subject is not None and e.found[e.subject] == s for e, s in taken)
            share = right / max(1, len(taken))
            print(f"  from {least}: taken {len(taken)}, right {right} ({share:.2f})", flush=True)


def read_texts(folders: Sequence[Path], texts: Path | None) -> dict[str, list[Example]]:
    """The examples of each text by its digest; texts that are not at hand are named."""
    found: dict[str, list[Example]] = {}
    for file in sorted(f for folder in folders for f in folder.glob("*.gold.jsonl")):
        gold = read_gold(file, texts)
        if gold is None:
            print(f"left out, its text is not at hand: {file.name}")
            continue
        found.setdefault(digest_of(gold.content), []).extend(examples_of(gold))
    return found


def main() -> None:
    """Parse, read, train, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--texts", type=Path, help="where texts lie that are not beside their gold")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--folds", type=int, help="leave each text out of one of so many files")
    parser.add_argument("--models", type=Path, help="where those files go")
    arguments = parser.parse_args()
    texts = read_texts(arguments.folders, arguments.texts)
    if not any(texts.values()):
        sys.exit("no task with parties in " + ", ".join(map(str, arguments.folders)))
    print(f"{len(texts)} texts, {sum(map(len, texts.values()))} clauses", flush=True)
    if arguments.folds:
        report(list(leave_out(texts, arguments.folds, arguments.models)))
    else:
        arguments.out.write_bytes(fit([e for digest in sorted(texts) for e in texts[digest]]))


if __name__ == "__main__":
    main()
