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

import dataclasses
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from choosing import Choice, learned_choice
from gold_texts import SeenText, digest_of, folds_in, parser_of, read_golds

from speechmine.extractors.party_cues import cues_of
from speechmine.extractors.party_learned import shares
from speechmine.extractors.party_roles import clause_parties
from speechmine.extractors.subject_keys import keys_of_none, keys_of_none_at, subject_keys_of
from speechmine.extractors.subject_places import (
    Candidate,
    ClauseHead,
    is_bare,
    marks_in,
    members_of,
    stretches,
    stretches_from,
)
from speechmine.learned.weights import read_weights, weights_bytes
from speechmine.model import Clause
from speechmine.rules.loader import default_rules
from speechmine.text import view_of

WEIGHTS = Path(__file__).resolve().parent.parent / "src/speechmine/learned/subjects.bin"
#: Strength of the L2 penalty, steps of the fit, and in how many stretches a key must be seen.
PENALTY = 0.25
ITERATIONS = 50
COMMONEST = 2
#: So many names a clause is taught under beside its own, and how much they weigh together.
COPIES = 8
COPIED = 0.5
#: A list is taught as one of so many names at most.
MOST_LISTED = 3
_AROUND = 3
NAMES = Path(__file__).resolve().parent / "taught/doers.txt"
#: The table shows what is taken from these chances on.
SURENESS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.9)
_OWING = ("lead", "responsible", "leader")
_MARKED = {"r": ("report_to",), "c": ("cooperate",), "d": ("decider", "report_to")}


@dataclass(frozen=True)
class Example:
    """A clause: its stretches, which of them is the subject (None: none), what rules found.

    ``weight``: how much it counts in the fit; ``start``: behind which mark it stands.
    """

    name: str
    place: ClauseHead
    found: Sequence[Candidate]
    subject: int | None
    known: bool
    weight: float = 1.0
    start: int | None = None

    @property
    def none(self) -> list[str]:
        """What is seen where nobody is meant."""
        if self.start is None:
            return keys_of_none(self.place)
        return keys_of_none_at(self.place, self.start, self.found[0].kind)


def examples_of(text: SeenText) -> Iterator[Example]:
    """The clauses of a text's tasks."""
    for task, _, clauses in text.tasks():
        names = {view_of(p["text"]).text for p in task["parties"] if p["role"] in _OWING}
        parts: dict[str, set[str]] = {}
        for party in task["parties"]:
            parts.setdefault(party["role"], set()).add(view_of(party["text"]).text)
        for clause in clauses:
            yield from _example(text, clause, names)
            yield from _marked(text, clause, parts)


def _example(text: SeenText, clause: Clause, names: set[str]) -> Iterator[Example]:
    rules, said = default_rules(), text.view.text
    place = text.head(clause)
    found = list(stretches(place)) if is_bare(place) else []
    subject = _subject(place, found, names)
    if not found or (subject is None and _names_one(said, clause, names)):
        return  # named, but not where a subject stands
    told = clause_parties(said, clause.start, clause.end, text.seen.groups, rules=rules)
    known = any(party.role in _OWING for party in told)
    yield Example(text.gold.name, place, found, subject, known)


def _marked(text: SeenText, clause: Clause, parts: Mapping[str, set[str]]) -> Iterator[Example]:
    """Each mark of a clause, and who stands behind it."""
    rules, said = default_rules(), text.view.text
    place = text.head(clause)
    told = clause_parties(said, clause.start, clause.end, text.seen.groups, rules=rules)
    for start, kind in marks_in(said, clause.start, clause.end, cues_of(rules)):
        found = list(stretches_from(place, start, kind))
        if found:
            names = set().union(*(parts.get(role, ()) for role in _MARKED[kind]))
            known = any(party.start == start for party in told)
            subject = _subject(place, found, names)
            yield Example(text.gold.name, place, found, subject, known, start=start)


def _names_one(text: str, clause: Clause, names: set[str]) -> bool:
    return any(name in text[clause.start : clause.end] for name in names)


def _subject(place: ClauseHead, found: Sequence[Candidate], names: set[str]) -> int | None:
    """The longest stretch all of whose members the gold names."""
    text = place.text
    fits = [
        (stretch.end - stretch.start, -n)
        for n, stretch in enumerate(found)
        if all(text[a:b] in names for a, b in members_of(place, stretch.start, stretch.end))
    ]
    return -max(fits)[1] if fits else None


def taught_names() -> list[str]:
    """Doers as offices name them."""
    lines = NAMES.read_text(encoding="utf-8").splitlines()
    return sorted({name for line in lines if not line.startswith("#") for name in line.split()})


def fit(texts: Sequence[Example]) -> bytes:
    """Weights in their stored form."""
    doers = taught_names()
    examples = [more for example in texts for more in renamed(example, doers)]
    choices = [
        Choice(
            [example.none, *(subject_keys_of(example.place, each) for each in example.found)],
            0 if example.subject is None else example.subject + 1,
            example.weight,
        )
        for example in examples
    ]
    how = {"penalty": PENALTY, "iterations": ITERATIONS, "commonest": COMMONEST}
    return weights_bytes(learned_choice(choices, **how))


def renamed(example: Example, names: Sequence[str]) -> Iterator[Example]:
    """The clause once more under other names that the rules do not know.

    So what is learnt is where a name ends and what goes on behind it, not who was named.
    """
    place = example.place
    if example.subject is None:
        yield example
        return
    stretch = example.found[example.subject]
    said = place.text[place.start : place.end]
    seed = int(digest_of(f"{example.name} {said}")[:8], 16)
    listed = min(MOST_LISTED, len(list(members_of(place, stretch.start, stretch.end))))
    chosen = np.random.default_rng(seed).choice(len(names), (COPIES, listed), replace=False)
    yield dataclasses.replace(example, weight=1 - COPIED)
    unknown = dataclasses.replace(
        place,
        names=[name for name in place.names if _beside(name, stretch)],
        members=[name for name in place.members if _beside(name, stretch)],
    )
    copy = dataclasses.replace(example, place=unknown)
    for some in chosen:
        called = "、".join(names[n] for n in some)
        yield from _called(copy, stretch, called, COPIED / COPIES)


def _beside(name: tuple[int, int], stretch: Candidate) -> bool:
    return name[1] <= stretch.start or name[0] >= stretch.end


def _called(example: Example, stretch: Candidate, name: str, weight: float) -> Iterator[Example]:
    place = example.place
    since, until = max(0, place.start - _AROUND), place.end + _AROUND
    text = place.text[since : stretch.start] + name + place.text[stretch.end : until]
    longer = len(name) - (stretch.end - stretch.start)
    times = {
        a - since + (longer if a >= stretch.end else 0): b
        - since
        + (longer if b > stretch.end else 0)
        for a, b in place.times.items()
        if a >= stretch.end or b <= stretch.start
    }
    start = stretch.start - since
    names, members = (
        [_moved(name, stretch, longer, since) for name in spans]
        for spans in (place.names, place.members)
    )
    until = place.end - since + longer
    head = ClauseHead(text, place.start - since, until, times, place.cues, names, members)
    marked = example.start is not None
    found = list(stretches_from(head, start, stretch.kind) if marked else stretches(head))
    meant = Candidate(start, start + len(name), stretch.kind)
    if meant in found:
        yield dataclasses.replace(
            example,
            place=head,
            found=found,
            subject=found.index(meant),
            weight=weight,
            start=start if marked else None,
        )


def _moved(name: tuple[int, int], stretch: Candidate, longer: int, since: int) -> tuple[int, int]:
    """Where a name that the rules know stands when the stretch is so much longer."""
    start, end = name
    if start >= stretch.end:
        start += longer
    if end >= stretch.end:
        end += longer
    elif end > stretch.start:
        end = max(stretch.start + 1, min(end, stretch.end + longer - 1))
    return start - since, max(end, start + 1) - since


def leave_out(
    texts: Mapping[str, Sequence[Example]], folds: int, folder: Path
) -> Iterator[tuple[Example, float, Candidate]]:
    """Write ``folds`` files of weights, and give what each says of the texts that it left out."""
    digests = sorted(texts)
    index = folds_in(digests, folds, folder)
    for fold in range(folds):
        packed = fit([e for d in digests if index[d] != fold for e in texts[d]])
        (folder / f"{fold}.bin").write_bytes(packed)
        weights = read_weights(packed)
        for digest in digests:
            if index[digest] == fold:
                for example in texts[digest]:
                    chances = shares(example.place, example.found, example.none, weights)
                    yield (
                        example,
                        *max(chances, key=lambda c: c[0], default=(0.0, example.found[0])),
                    )


def report(judged: Sequence[tuple[Example, float, Candidate]]) -> None:
    """How much of what is taken is right, and how much of what is there is taken."""
    for title, some in (
        ("all clauses and marks", judged),
        (
            "clauses in which the rules find nobody",
            [j for j in judged if _left(j[0], marked=False)],
        ),
        ("marks behind which they find nobody", [j for j in judged if _left(j[0], marked=True)]),
    ):
        there = sum(example.subject is not None for example, _, _ in some)
        print(f"{title}: {len(some)}, with a subject {there}")
        for least in SURENESS:
            taken = [(e, s) for e, chance, s in some if chance >= least]
            right = sum(e.subject is not None and e.found[e.subject] == s for e, s in taken)
            share = right / max(1, len(taken))
            print(f"  from {least}: taken {len(taken)}, right {right} ({share:.2f})", flush=True)


def _left(example: Example, *, marked: bool) -> bool:
    return not example.known and (example.start is not None) == marked


def read_texts(folders: Sequence[Path], texts: Path | None) -> dict[str, list[Example]]:
    """The examples of each text by its digest; texts that are not at hand are named."""
    found: dict[str, list[Example]] = {}
    for gold in read_golds(folders, texts):
        found.setdefault(digest_of(gold.content), []).extend(examples_of(SeenText.of(gold)))
    return found


def main() -> None:
    """Parse, read, train, write."""
    arguments = parser_of(__doc__ or "", WEIGHTS).parse_args()
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
