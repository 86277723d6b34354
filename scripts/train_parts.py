"""Train what part a known name has where no rule says: one command, same data, same bytes.

    python scripts/train_parts.py FOLDER [FOLDER ...]              write the shipped weights
    python scripts/train_parts.py --folds 3 --models DIR FOLDER …  weights that leave texts out

Folders as for ``train_subjects.py``. Each name in a clause of a task is an example: the part that
the gold gives it there, or none (multinomial logistic regression with an L2 penalty). Names whose
part the rules tell are learnt from too, for the words around them are the same; so are the
sentences of ``taught/named.txt``, which show a class of the language each.
"""

from __future__ import annotations

import dataclasses
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gold_texts import (
    SeenText,
    digest_of,
    folds_in,
    parser_of,
    read_golds,
    taught_sentences,
)
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from speechmine.assemble.who_reader import parts_around
from speechmine.extractors.party_cues import cues_of
from speechmine.extractors.party_parts import PARTS, likeliest_part, part_keys
from speechmine.extractors.party_roles import clause_parties
from speechmine.extractors.subject_places import ClauseHead
from speechmine.learned.weights import class_weights_bytes, read_class_weights
from speechmine.model import Clause
from speechmine.rules.loader import default_rules
from speechmine.text import starting_in, view_of

WEIGHTS = Path(__file__).resolve().parent.parent / "src/speechmine/learned/parts.bin"
#: Inverse strength of the L2 penalty, steps of the fit, and how often a key must be seen.
STRENGTH = 0.5
ITERATIONS = 300
COMMONEST = 2
#: Sentences of a class name somebody oftener than texts do; this key takes up how much.
SHOWN = "shown"
#: The table shows what is taken from these chances on.
SURENESS = (0.45, 0.5, 0.55, 0.6, 0.7, 0.8)
_NONE = "none"
# The weight of a part that no example has.
NEVER = -5.0


@dataclass(frozen=True)
class Example:
    """A name: what is seen of it, its part in the gold, and the part that the rules give it."""

    keys: Sequence[str]
    part: str
    ruled: str
    weight: float


def examples_of(text: SeenText) -> Iterator[Example]:
    """The names in a text's tasks."""
    for task, start, clauses in text.tasks():
        parts = {view_of(p["text"]).text: p["role"] for p in reversed(task["parties"])}
        for clause in clauses:
            if clause.start >= start - 2:
                yield from _examples(text, clause, parts)


def taught() -> Iterator[Example]:
    """The names in the sentences that show who is named."""
    for sentence in taught_sentences():
        for clause in sentence.clauses:
            for example in _examples(sentence.text, clause, sentence.parts):
                yield dataclasses.replace(example, keys=[*example.keys, SHOWN])


def _examples(text: SeenText, clause: Clause, parts: Mapping[str, str]) -> Iterator[Example]:
    rules, said = default_rules(), text.view.text
    place = ClauseHead(said, clause.start, clause.end, text.times(clause), cues_of(rules))
    named = clause_parties(said, clause.start, clause.end, text.seen.groups, rules=rules)
    ruled = {party.start: party.role for party in named}
    for group in starting_in(text.seen.groups, clause.start, clause.end):
        if group.end > clause.end:
            continue
        ruled_part = ruled.get(group.parties[0].start, "")
        around, modal = parts_around(group, named), clause.modality is not None
        keys = part_keys(place, group, around, ruled_part, modal=modal)
        told = Counter(parts.get(party.text, _NONE) for party in group.parties)
        yield Example(keys, told.most_common(1)[0][0], ruled_part, len(group.parties))


def fit(examples: Sequence[Example]) -> bytes:
    """Weights in their stored form."""
    examples = [*examples, *taught()]
    counts = Counter(key for example in examples for key in set(example.keys))
    seen = [{key: 1 for key in e.keys if counts[key] >= COMMONEST} for e in examples]
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=STRENGTH, max_iter=ITERATIONS)
    model.fit(vectorizer.fit_transform(seen), [e.part for e in examples])
    at = {part: n for n, part in enumerate(model.classes_)}
    weights = {
        key: [model.coef_[at[part]][n] if part in at else 0.0 for part in PARTS]
        for n, key in enumerate(vectorizer.get_feature_names_out())
    }
    for lane, part in enumerate(PARTS):
        weights["b"][lane] += model.intercept_[at[part]] if part in at else NEVER
    return class_weights_bytes(weights)


def report(judged: Sequence[tuple[Example, str, float]]) -> None:
    """What is taken where the rules give no part, and how much of it is right."""
    left = [(e, part, chance) for e, part, chance in judged if not e.ruled]
    there = sum(e.part != _NONE for e, _, _ in left)
    print(f"names that the rules give no part: {len(left)}, with a part {there}")
    for least in SURENESS:
        taken = [(e, part) for e, part, chance in left if part != _NONE and chance >= least]
        right = sum(e.part == part for e, part in taken)
        share = right / max(1, len(taken))
        print(f"  from {least}: taken {len(taken)}, right {right} ({share:.2f})", flush=True)


def main() -> None:
    """Parse, read, train, write."""
    arguments = parser_of(__doc__ or "", WEIGHTS).parse_args()
    texts: dict[str, list[Example]] = {}
    for gold in read_golds(arguments.folders, arguments.texts):
        texts.setdefault(digest_of(gold.content), []).extend(examples_of(SeenText.of(gold)))
    if not any(texts.values()):
        sys.exit("no name in a task in " + ", ".join(map(str, arguments.folders)))
    print(f"{len(texts)} texts, {sum(map(len, texts.values()))} names", flush=True)
    if not arguments.folds:
        arguments.out.write_bytes(fit([e for digest in sorted(texts) for e in texts[digest]]))
        return
    index, judged = folds_in(list(texts), arguments.folds, arguments.models), []
    for fold in range(arguments.folds):
        packed = fit(
            [e for digest in sorted(texts) if index[digest] != fold for e in texts[digest]]
        )
        (arguments.models / f"parts{fold}.bin").write_bytes(packed)
        weights = read_class_weights(packed, len(PARTS))
        held = [e for digest in sorted(texts) if index[digest] == fold for e in texts[digest]]
        judged.extend((e, *likeliest_part(e.keys, weights)) for e in held)
    report(judged)


if __name__ == "__main__":
    main()
