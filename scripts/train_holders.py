"""Train who has a row that names nobody who answers for it: same data, same bytes.

    python scripts/train_holders.py --judges JUDGES FOLDER [FOLDER ...]
    python scripts/train_holders.py --judges JUDGES --folds 2 --models DIR FOLDER …

JUDGES is a folder that ``train_judge.py --folds`` wrote: each text is read by a model that has not
seen it, so its rows are those of a new text. Folders as for ``train_subjects.py``. Each row that
names nobody and that the gold has is an example: among those who may have it the one whom the gold
names, or nobody (conditional logit with an L2 penalty). Beside them stand the texts of
``taught/holders.txt``, which show one class of the language each. With ``--folds`` every text is
left out of one file of weights, and a line says how many rows of texts left out are right.
"""

from __future__ import annotations

import itertools
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from choosing import Choice, learned_choice
from gold_texts import digest_of, folds_in, parser_of, read_golds, task_of
from held_out import model_for

import speechmine
from speechmine.assemble.findings import INHERITED_ROLES
from speechmine.assemble.holder_keys import Holder, UnnamedRow, keys_of_holders
from speechmine.assemble.holders import holder_of
from speechmine.learned.weights import read_weights, weights_bytes
from speechmine.learning.annotated import SINGLE, Gold
from speechmine.model import Document
from speechmine.text import view_of

WEIGHTS = Path(__file__).resolve().parent.parent / "src/speechmine/learned/holders.bin"
TAUGHT = Path(__file__).resolve().parent / "taught/holders.txt"
DAY = "2025-03-10"
#: Strength of the L2 penalty, steps of the fit, and in how many options a key must be seen.
PENALTY = 4.0
ITERATIONS = 60
COMMONEST = 2
#: How much a row counts: of a text that one person annotated, of others, of a class.
ALONE, SEVERAL, CLASS = 1.0, 2.0, 8.0
_NEAR = frozenset(("s0", "s1", "l0", "l1", "f", "h", "i", "a"))
_HOOK = "speechmine.assemble.who.holder_of"


@dataclass(frozen=True)
class Example:
    """A row with those who may have it, and which of them the gold names; 0 for nobody."""

    row: UnnamedRow
    right: int
    weight: float

    @property
    def choice(self) -> Choice:
        """What is learnt of it."""
        keys = [sorted(set(each)) for each in keys_of_holders(self.row)]
        return Choice(keys, self.right, self.weight)


def examples_of(gold: Gold, judges: Path) -> Iterator[Example]:
    """The rows of a text that somebody may have, each behind rows as the gold has them."""
    tasks = [task for row in gold.rows for task in row.get("tasks", ())]
    weight = ALONE if gold.weight == SINGLE else SEVERAL
    found: list[Example] = []

    def watched(row: UnnamedRow) -> Holder | None:
        task = task_of(row.reader.findings.view, row.mention, tasks)
        right = None if task is None else _right(row, task["parties"])
        if right is None:
            return row.holders[0]
        found.append(Example(row, right, weight))
        return row.holders[right - 1] if right else None

    with mock.patch(_HOOK, watched):
        document = Document(gold.content, date=gold.date)
        speechmine.extract(document, mode="full", model=model_for(judges, gold.content))
    yield from found


def taught() -> Iterator[Example]:
    """The rows of the texts that show one class of the language each."""
    for line in TAUGHT.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            pieces, said = (part.split("/") for part in line.split(" | "))
            if len(pieces) != len(said):
                sys.exit(f"{TAUGHT.name}: {line}: {len(pieces)} rows, {len(said)} holders")
            yield from _of_class(pieces, [name.strip() for name in said])


def _of_class(pieces: Sequence[str], said: Sequence[str]) -> Iterator[Example]:
    """The rows of a text as its strokes part them."""
    ends = list(itertools.accumulate(map(len, pieces)))
    found: list[Example] = []

    def watched(row: UnnamedRow) -> Holder | None:
        name = said[bisect_right(ends, row.mention.start)]
        names = [{p.text for p in holder.parties} for holder in row.holders]
        right = next((n for n, each in enumerate(names, 1) if name in each), 0)
        if name == "_" or (name != "-" and not right):
            return row.holders[0]
        found.append(Example(row, right, CLASS))
        return row.holders[right - 1] if right else None

    with mock.patch(_HOOK, watched):
        text = "".join(pieces).replace("⏎", "\n")
        speechmine.extract(Document(text, date=DAY), mode="full")
    yield from found


def _right(row: UnnamedRow, parties: Sequence[Mapping[str, Any]]) -> int | None:
    """Whom the gold names, as far as he is among them; None where it names somebody else."""
    acting = [party for party in parties if party["role"] in INHERITED_ROLES]
    names = {view_of(party["text"]).text for party in acting}
    helping = {view_of(p["text"]).text for p in parties if p["role"] == "cooperate"}
    best, most = 0, (0.0, 0)
    for n, holder in enumerate(row.holders, 1):
        own = {p.text for p in holder.parties if p.role in INHERITED_ROLES}
        helps = {p.text for p in holder.parties} - own
        share = 2 * len(own & names) / max(1, len(own) + len(names))
        value = (share, 2 * len(helps & helping) - len(helps))
        if share and value > most:
            best, most = n, value
    told = all(party.get("source", "explicit") == "explicit" for party in acting)
    # Whom a bracket below gives it is no holder, even where the row before has him too.
    near = best and _NEAR.intersection(row.holders[best - 1].seen)
    return best if near or (told and not best) else None


def fit(examples: Sequence[Example]) -> bytes:
    """Weights in their stored form."""
    how = {"penalty": PENALTY, "iterations": ITERATIONS, "commonest": COMMONEST}
    return weights_bytes(learned_choice([example.choice for example in examples], **how))


def leave_out(texts: Mapping[str, Sequence[Example]], folds: int, folder: Path) -> None:
    """Write ``folds`` files of weights, and say how many rows are right."""
    digests, classes = sorted(texts), list(taught())
    index, right = folds_in(digests, folds, folder), Counter[str]()
    for fold in range(folds):
        packed = fit([*(e for d in digests if index[d] != fold for e in texts[d]), *classes])
        (folder / f"holders{fold}.bin").write_bytes(packed)
        weights = read_weights(packed)
        for example in (e for d in digests if index[d] == fold for e in texts[d]):
            found = holder_of(example.row, weights)
            meant = example.row.holders[example.right - 1] if example.right else None
            right["rows"] += 1
            right["right"] += found is meant
            right["meant"] += meant is not None
            right["given"] += found is not None
            right["both"] += meant is not None and found is meant
    print(dict(right))


def main() -> None:
    """Parse, read, train, write."""
    parser = parser_of(__doc__ or "", WEIGHTS)
    parser.add_argument("--judges", type=Path, required=True, help="models that leave texts out")
    arguments = parser.parse_args()
    texts: dict[str, list[Example]] = {}
    for gold in read_golds(arguments.folders, arguments.texts):
        texts.setdefault(digest_of(gold.content), []).extend(examples_of(gold, arguments.judges))
    if not any(texts.values()):
        sys.exit("no row that somebody may have")
    print(f"{len(texts)} texts, {sum(map(len, texts.values()))} rows", flush=True)
    if arguments.folds:
        leave_out(texts, arguments.folds, arguments.models)
    else:
        every = [e for digest in sorted(texts) for e in texts[digest]]
        arguments.out.write_bytes(fit([*every, *taught()]))


if __name__ == "__main__":
    main()
