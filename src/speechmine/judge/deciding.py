"""Labels and rows of a whole text, each with how sure they are."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from speechmine.changes import quickly_made
from speechmine.extractors.objects import object_lexicon
from speechmine.judge.certain import Certain, certain_of
from speechmine.judge.evidence import (
    BODILESS,
    JOINED,
    NUMBERED,
    PRINCIPLES,
    Sentence,
    Sentences,
)
from speechmine.judge.keys import Signs, clause_keys
from speechmine.judge.labels import Around, Chances, SentencePlace, first_pass
from speechmine.judge.model import LABELS, Model, shipped_model
from speechmine.judge.orders import unlisted
from speechmine.judge.scoring import Sums, parts_of, sums_between, sums_of
from speechmine.judge.tagging import Run, tagged_rows
from speechmine.judge.weights import Matrix
from speechmine.model import Clause, Discourse
from speechmine.packed import Keep, held
from speechmine.rules.schema import RuleSet
from speechmine.segment.clauses import ClauseReader
from speechmine.segment.outline import Outline, Structure, outline_of, structure_of

__all__ = [
    "OWED",
    "Evidence",
    "Judged",
    "Judgement",
    "Verdict",
    "evidence_of",
    "judge_owed",
    "judge_sentences",
    "judge_text",
    "places_of",
]

#: Labels of sentences that oblige (GUIDELINE T0).
OWED = ("directive", "assurance", "target")
_OWED_AT = tuple(LABELS.index(label) for label in OWED)
_TARGET = LABELS.index("target")
_COUNTED = "Ｎ"
_ORDERED = frozenset("ＰＮＢ")
# What looks like a heading is one unless its words speak against it; what does not is one only
# where its words are nearly sure (both by texts held out).
_HEADING = LABELS.index("heading")
_HEADED, _UNHEADED, _HALF = 0.4, 0.7, 0.5
# The labels are surer of themselves than they should be; the tags are not.
_TEMPER = 0.8
#: A clause with this chance of being a row, and yet none, is shown as doubtful.
DOUBT = 0.35


@quickly_made
@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided of one sentence.

    ``confidence`` is the chance of its label; ``chances`` those of all, in the order of LABELS.
    """

    label: Discourse
    confidence: float
    runs: tuple[Run, ...]
    chances: Chances


Judgement = Sequence[Verdict]


def judge_sentences(
    sentences: Sequence[Sentence],
    places: Sequence[SentencePlace],
    model: Model,
    rules: RuleSet,
    keep: Keep = held,
) -> Judgement:
    """Decide what each sentence does and which of its clauses are rows.

    Args:
        sentences: of a whole text, in order.
        places: where each stands.
        model: the model.
        rules: the rule set.
        keep: keeps the verdicts.
    """
    if not sentences:
        return ()
    model = model.fitting(len(sentences))
    chances = np.empty((len(sentences), len(LABELS)))
    tags: list[Sums] = []
    for first, last in parts_of(len(sentences)):
        sums = sums_between(sentences, first, last, model)
        chances[first:last] = first_pass(sums)
        tags.append(dataclasses.replace(sums, labels=sums.labels[:0].copy()))
    around = Around(chances, places)
    return keep(_verdicts(sentences, tags, around, model, certain_of(rules)))


def _verdicts(
    sentences: Sequence[Sentence],
    sums: Sequence[Sums],
    around: Around,
    model: Model,
    certain: Certain,
) -> Iterator[Verdict]:
    """Some sentences after the other, so that a long text takes no more room than a short one."""
    for (first, last), own in zip(parts_of(len(sentences)), sums, strict=True):
        settled = around.settled(first, last, model)
        yield from _judged(sentences[first:last], own, settled, model, certain)


def _judged(
    sentences: Sequence[Sentence], sums: Sums, chances: Matrix, model: Model, certain: Certain
) -> Iterator[Verdict]:
    pairs = zip(sentences, map(tuple, chances.tolist()), strict=True)
    given = [_allowed(sentence, own, certain) for sentence, own in pairs]
    runs = tagged_rows(sentences, sums, np.array(given), model, DOUBT)
    for sentence, allowed, found in zip(sentences, given, runs, strict=True):
        yield _verdict(sentence, allowed, tuple(certain.runs(sentence, found)))


def _honest(chances: Chances) -> Chances:
    """Chances as often right as they say on texts held out (temperature: Guo et al. 2017)."""
    raised = [chance**_TEMPER for chance in chances]
    whole = sum(raised)
    return tuple([number / whole for number in raised])


def _allowed(sentence: Sentence, chances: Chances, certain: Certain) -> Chances:
    """What does not look like a heading is one only where its words are nearly sure of it.

    What has no body heads nothing. What only tells in a part that looks back obliges nobody; what
    whoever qualifies is given is no target.
    """
    headed = "heading" in sentence.flags or chances[_HEADING] >= _UNHEADED
    headed = headed and not _heads_nothing(sentence)
    out = _OWED_AT if certain.only_tells(sentence) or certain.explains(sentence) else ()
    out = (*out, _TARGET) if not out and certain.grants(sentence) else out
    out = out if headed else (*out, _HEADING)
    if not out:
        return chances
    rest = 1 - sum([chances[at] for at in out])
    if rest <= 0:
        return chances
    return tuple([0.0 if at in out else chance / rest for at, chance in enumerate(chances)])


def _heads_nothing(sentence: Sentence) -> bool:
    """A numbered line with no body, or with an order in it: two of who, how much and by when.

    Of 600 such sentences in annotated texts none is a heading; of 134 with a modal and a number
    three are. Nor is what a semicolon joins.
    """
    if BODILESS in sentence.flags or JOINED in sentence.flags:
        return True
    if NUMBERED not in sentence.flags:
        return False
    said = {sign for keys in sentence.clauses for sign in keys.signs}
    asked = any(keys.clause.modality is not None for keys in sentence.clauses)
    return len(_ORDERED.intersection(said)) > 1 or (asked and _COUNTED in said)


def _verdict(sentence: Sentence, chances: Chances, runs: Sequence[Run]) -> Verdict:
    looks_headed = "heading" in sentence.flags
    # no line with an order in it is a heading
    headed = looks_headed and chances[_HEADING] >= _HALF and not any(run.ordered for run in runs)
    taken = bool(runs) and not headed and any(r.checkable and not r.doubtful for r in runs)
    if taken:
        best = max(_OWED_AT, key=chances.__getitem__)
    elif chances[_HEADING] >= (_HEADED if looks_headed else _UNHEADED):
        best = _HEADING
    else:
        best = max(range(1, len(LABELS)), key=chances.__getitem__)
    label = LABELS[best]
    honest = _honest(chances)
    owing = sum([honest[at] for at in _OWED_AT])
    confidence = owing if taken else honest[best]
    kept = tuple([run for run in runs if run.doubtful or label in OWED])
    if not kept and (label in OWED or owing >= DOUBT) and PRINCIPLES not in sentence.flags:
        kept = unlisted(sentence)
    return Verdict(label, confidence, kept, chances)


def places_of(structure: Structure) -> list[SentencePlace]:
    """Where each sentence stands among the others."""
    context = structure.context
    rows = zip(structure.pieces, context.sections, context.parts, strict=True)
    return [SentencePlace(piece.line, section, part) for piece, section, part in rows]


def judge_owed(
    text: str,
    clauses: Sequence[Sequence[Clause]],
    signs: Signs,
    model: Model,
    rules: RuleSet,
) -> list[tuple[Run, ...]]:
    """The rows of sentences that are known to be owed, as in a table's cell.

    Args:
        text: the matching view's text.
        clauses: of each sentence.
        signs: what was found in the text.
        model: the model.
        rules: the rule set.
    """
    model = model.fitting(len(clauses))
    heads = object_lexicon(rules)
    sentences = [
        Sentence(tuple(clause_keys(text, clause, signs, heads) for clause in each), (), ())
        for each in clauses
    ]
    owed = np.array([[float(label == OWED[0]) for label in LABELS]] * len(sentences))
    if not sentences:
        return []
    return [
        tuple(runs) for runs in tagged_rows(sentences, sums_of(sentences, model), owed, model, 1.0)
    ]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a text is judged by: its structure, and what is seen of each of its sentences."""

    structure: Structure
    sentences: Sentences


@dataclass(frozen=True, slots=True)
class Judged:
    """An outline, and what was decided of each of its segments."""

    outline: Outline
    verdicts: Judgement


def evidence_of(
    text: str,
    rules: RuleSet,
    *,
    clauses: ClauseReader,
    signs: Signs,
    year: int | None = None,
    keep: Keep = held,
) -> Evidence:
    """What :func:`judge_text` judges by, and what a model learns from.

    Args:
        text: the matching view's text.
        rules: the rule set.
        clauses: gives the clauses of a span.
        signs: what else was found in the text.
        year: the year that 今年 means, if known.
        keep: keeps the pieces.
    """
    structure = structure_of(text, rules, clauses=clauses, year=year)
    structure = dataclasses.replace(structure, pieces=keep(structure.pieces))
    return Evidence(structure, Sentences(text, structure, signs, rules))


def judge_text(
    text: str,
    evidence: Evidence,
    rules: RuleSet,
    *,
    model: Model | None = None,
    keep: Keep = held,
) -> Judged:
    """What each segment of a text does and what it owes.

    Args:
        text: the matching view's text.
        evidence: of it, by :func:`evidence_of`.
        rules: the rule set.
        model: the shipped one by default.
        keep: keeps what was decided.
    """
    structure = evidence.structure
    places, model = places_of(structure), model or shipped_model()
    verdicts = judge_sentences(evidence.sentences, places, model, rules, keep)
    labels: list[Discourse] = []
    sure: list[float] = []
    for verdict in verdicts:
        labels.append(verdict.label)
        sure.append(round(verdict.confidence, 2))
    return Judged(outline_of(text, structure, labels, sure, rules, keep), verdicts)
