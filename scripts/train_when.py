"""Train which of the times around a row is its own: same data, same bytes.

    python scripts/train_when.py FOLDER [FOLDER ...]
    python scripts/train_when.py --folds 4 --models DIR FOLDER …

Folders as for ``train_subjects.py``. Each row that the program finds and the gold has is an
example: among the times that may be its own, the one that has the kind and the value of the gold,
or that there is none. Of texts that were graded in haste the kind is enough. Beside them stand the
sentences of ``taught/times.txt``, which show one class of the language each. With ``--folds``
every text is left out of one file of weights, and a line says how many rows of texts left out are
right, in kind and in value.
"""

from __future__ import annotations

import datetime as dt
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
from gold_texts import (
    SeenText,
    digest_of,
    folds_in,
    parser_of,
    read_golds,
    task_of,
)

import speechmine
from speechmine.assemble.findings import Findings, SegmentFindings
from speechmine.assemble.found_rows import mentioned_rows
from speechmine.assemble.tabular import owed_segments
from speechmine.assemble.when import keys_of_row, time_of
from speechmine.assemble.when_places import BAN, NONE, RowTime, TimedRow, candidates_of
from speechmine.judge import Run
from speechmine.learned.weights import read_weights, weights_bytes
from speechmine.learning.annotated import GRADED, SINGLE, Gold
from speechmine.model import Deadline, Document, TimeFrame
from speechmine.rules.loader import default_rules

WEIGHTS = Path(__file__).resolve().parent.parent / "src/speechmine/learned/when.bin"
TAUGHT = Path(__file__).resolve().parent / "taught/times.txt"
DAY = "2025-03-10"
#: Strength of the L2 penalty, steps of the fit, and in how many options a key must be seen.
PENALTY = 2.0
ITERATIONS = 60
COMMONEST = 3
#: How much a row counts: of a text that one person annotated, of others, of a sentence of a class.
ALONE, SEVERAL, CLASS = 1.0, 3.0, 3.0
_HOOK = "speechmine.assemble.rows.time_of"


@dataclass(frozen=True)
class Example:
    """A row with the times that may be its own, which is meant, and what the gold says."""

    row: TimedRow
    found: Sequence[RowTime]
    right: int
    said: Mapping[str, Any]
    weight: float

    @property
    def choice(self) -> Choice:
        """What is learnt of it."""
        keys = keys_of_row(self.row, self.found)
        return Choice([sorted(set(each)) for each in keys], self.right, self.weight)


def examples_of(gold: Gold) -> Iterator[Example]:
    """The rows of a text that the gold has."""
    tasks = [task for row in gold.rows for task in row.get("tasks", ()) if "deadline" in task]
    rows: list[TimedRow] = []

    def watched(row: TimedRow) -> RowTime:
        rows.append(row)
        return time_of(row)

    with mock.patch(_HOOK, watched):
        speechmine.extract(Document(gold.content, date=gold.date), mode="full")
    for row in rows:
        task = task_of(row.findings.view, row.mention, tasks)
        if task is not None:
            said = task["deadline"]
            found = candidates_of(row)
            right = _right(row, found, said, dated=gold.weight != GRADED)
            weight = ALONE if gold.weight == SINGLE else SEVERAL
            if right is not None and len(found) > 1:
                yield Example(row, found, right, said, weight)


def _right(
    row: TimedRow, found: Sequence[RowTime], said: Mapping[str, Any], *, dated: bool
) -> int | None:
    """Which time has the kind and the value of the gold, or else its words; None for none."""

    def has(time: Deadline) -> bool:
        return time.kind == said["kind"] and (not dated or time.edtf == said.get("edtf"))

    words = said.get("text") or "\n"
    alike = [n for n, c in enumerate(found) if _are_of(c.time.text, words)]
    fits = [n for n, c in enumerate(found) if has(c.time)]
    best = [n for n in fits if n in alike] or fits
    if not best and row.above is not None and has(row.above):
        # A line above says it where the row says nothing.
        best = [n for n, c in enumerate(found) if c.place == NONE]
    best = best or [n for n in alike if found[n].time.kind == said["kind"]] or alike
    return best[0] if best else None


def _are_of(one: str | None, other: str) -> bool:
    return one is not None and (one in other or other in one)


def taught() -> Iterator[Example]:
    """The sentences that show one class of the language each."""
    for line in TAUGHT.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            sentence, _, said = line.partition(" | ")
            yield from _of_sentence(sentence, said.split(" ; "))


def _of_sentence(sentence: str, said: Sequence[str]) -> Iterator[Example]:
    """The rows of a sentence as its strokes part them."""
    pieces, rules = sentence.split("/"), default_rules()
    text = SeenText.of(Gold(sentence, "".join(pieces), DAY, (), CLASS))
    ends = list(itertools.accumulate(map(len, pieces)))
    day = dt.date.fromisoformat(DAY)
    frame = TimeFrame(day, day.year)
    findings = Findings(text.view, Document(""), frame, rules, text.seen, text.seen.groups)
    for segment in owed_segments(text.view.text, text.seen.quantities):
        clauses = text.clauses(segment.start, segment.end)
        of = [bisect_right(ends, clause.start) for clause in clauses]
        runs = {
            n: Run(of.index(n), len(of) - of[::-1].index(n), said[n] != "!", 1.0)
            for n in dict.fromkeys(of)
            if said[n] != "_"
        }
        taken = list(runs.values())
        mentions = mentioned_rows(text.view.text, clauses, taken, group=None, rules=rules)
        part = SegmentFindings(segment, tuple(clauses), mentions)
        for mention, n in zip(mentions, runs, strict=True):
            row = TimedRow(part, mention, findings)
            found = candidates_of(row)
            yield Example(row, found, _named(found, said[n], sentence), {}, CLASS)


def _named(found: Sequence[RowTime], words: str, sentence: str) -> int:
    """Which time a sentence of a class says to be meant."""
    said, _, kind = words.partition("=")
    place = {"-": NONE, "!": BAN}.get(said)
    for n, each in enumerate(found):
        as_said = not each.reading
        named = each.time.text == said and (each.time.kind == kind if kind else as_said)
        if each.place == place or named:
            return n
    sys.exit(f"{TAUGHT.name}: {sentence}: no {words} among {[c.time.text for c in found]}")


def fit(examples: Sequence[Example]) -> bytes:
    """Weights in their stored form."""
    choices = [example.choice for example in examples]
    how = {"penalty": PENALTY, "iterations": ITERATIONS, "commonest": COMMONEST}
    return weights_bytes(learned_choice(choices, **how))


def leave_out(
    texts: Mapping[str, Sequence[Example]], classes: Sequence[Example], folds: int, folder: Path
) -> None:
    """Write ``folds`` files of weights, and say how many rows are right."""
    digests = sorted(texts)
    index, right = folds_in(digests, folds, folder), Counter[str]()
    for fold in range(folds):
        known = [e for d in digests if index[d] != fold for e in texts[d]]
        packed = fit([*known, *classes])
        (folder / f"when{fold}.bin").write_bytes(packed)
        weights = read_weights(packed)
        for example in (e for d in digests if index[d] == fold for e in texts[d]):
            time = time_of(example.row, weights).time
            right["rows"] += 1
            right["kind"] += time.kind == example.said["kind"]
            if example.said.get("edtf"):
                right["dated"] += 1
                right["value"] += time.edtf == example.said["edtf"]
    print(
        f"{right['rows']} rows, kind right {right['kind']}; "
        f"{right['dated']} with a value, right {right['value']}"
    )


def main() -> None:
    """Parse, read, train, write."""
    arguments = parser_of(__doc__ or "", WEIGHTS).parse_args()
    texts: dict[str, list[Example]] = {}
    for gold in read_golds(arguments.folders, arguments.texts):
        texts.setdefault(digest_of(gold.content), []).extend(examples_of(gold))
    classes = list(taught())
    if not any(texts.values()):
        sys.exit("no row with a time in " + ", ".join(map(str, arguments.folders)))
    print(f"{len(texts)} texts, {sum(map(len, texts.values()))} rows, {len(classes)} of a class")
    if arguments.folds:
        leave_out(texts, classes, arguments.folds, arguments.models)
    else:
        every = [e for digest in sorted(texts) for e in texts[digest]]
        arguments.out.write_bytes(fit([*every, *classes]))


if __name__ == "__main__":
    main()
