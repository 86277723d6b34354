"""Labels and rows of a whole text, each with how sure they are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from speechmine.changes import changed, quickly_made
from speechmine.judge.certain import Certain, certain_of
from speechmine.judge.evidence import (
    BODILESS,
    HEADING,
    JOINED,
    NUMBERED,
    PRINCIPLES,
    Sentence,
    Sentences,
)
from speechmine.judge.keys import clause_keys, signs_of
from speechmine.judge.labels import Around, places_of, softmax
from speechmine.judge.model import LABELS, Model, shipped_model
from speechmine.judge.orders import unlisted
from speechmine.judge.scoring import Sums, parts_of, sums_between, sums_of
from speechmine.judge.tagging import Run, tagged_rows
from speechmine.judge.weights import Matrix
from speechmine.mentions import Mentions
from speechmine.model import Clause, Discourse, Metric, MetricKind, Segment
from speechmine.packed import Keep, held
from speechmine.rules.schema import RuleSet
from speechmine.segment.outline import Outline, outline_of

__all__ = ["OWED", "Verdict", "judge_owed", "judge_text", "settled_labels"]

#: Labels of sentences that oblige (GUIDELINE T0).
OWED = ("directive", "assurance", "target")
_OWED_AT = [LABELS.index(label) for label in OWED]
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
# An owed number makes a target where its words allow it; without one they must be nearly sure.
_OWED_NUMBERS: frozenset[MetricKind] = frozenset(("target", "plan"))
_NUMBERED, _UNNUMBERED = 0.1, 0.85


@quickly_made
@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided of one sentence.

    ``confidence`` is the chance of its label; ``owed`` the chances of the labels that oblige, in
    the order of :data:`OWED`; ``runs`` are of its ``clauses``.
    """

    label: Discourse
    confidence: float
    clauses: tuple[Clause, ...]
    runs: tuple[Run, ...]
    owed: tuple[float, float, float]


def judge_text(
    text: str,
    sentences: Sentences,
    rules: RuleSet,
    *,
    model: Model | None = None,
    keep: Keep = held,
) -> tuple[Outline, Sequence[Verdict]]:
    """What each segment of a text does and what it owes.

    Args:
        text: the matching view's text.
        sentences: its sentences.
        rules: the rule set.
        model: the shipped one by default.
        keep: keeps what was decided.
    """
    verdicts = keep(_verdicts(sentences, model or shipped_model(), rules))
    labels: list[Discourse] = []
    sure: list[float] = []
    for verdict in verdicts:
        labels.append(verdict.label)
        sure.append(round(verdict.confidence, 2))
    return outline_of(text, sentences.structure, labels, sure, rules, keep), verdicts


def _verdicts(sentences: Sentences, model: Model, rules: RuleSet) -> Iterator[Verdict]:
    """Some sentences after the other, so that a long text takes no more room than a short one."""
    count = len(sentences)
    if not count:
        return
    model, certain = model.fitting(count), certain_of(rules)
    parts = list(parts_of(count))
    sums = [sums_between(sentences, first, last, model) for first, last in parts]
    chances = np.concatenate([softmax(each.labels) for each in sums])
    around = Around(chances, places_of(sentences.structure))
    for (first, last), own in zip(parts, sums, strict=True):
        settled = around.settled(model, first, last)
        yield from _judged(sentences[first:last], own, settled, model, certain)


def _judged(
    sentences: Sequence[Sentence], sums: Sums, chances: Matrix, model: Model, certain: Certain
) -> Iterator[Verdict]:
    chances = _allowed(sentences, chances, certain)
    runs = tagged_rows(sentences, sums, chances, model, DOUBT)
    pairs = zip(sentences, runs, chances.tolist(), _honest(chances).tolist(), strict=True)
    for sentence, found, own, honest in pairs:
        yield _verdict(sentence, tuple(certain.runs(sentence, found)), own, honest)


def _honest(chances: Matrix) -> Matrix:
    """Chances as often right as they say on texts held out (temperature: Guo et al. 2017)."""
    raised = chances**_TEMPER
    shares: Matrix = raised / raised.sum(axis=1, keepdims=True)
    return shares


def _allowed(sentences: Sequence[Sentence], chances: Matrix, certain: Certain) -> Matrix:
    """What does not look like a heading is one only where its words are nearly sure of it.

    What has no body heads nothing. What only tells in a part that looks back obliges nobody; what
    whoever qualifies is given is no target.
    """
    out = np.zeros(chances.shape, bool)
    for at, (sentence, headed) in enumerate(
        zip(sentences, (chances[:, _HEADING] >= _UNHEADED).tolist(), strict=True)
    ):
        may_head = headed or HEADING in sentence.flags
        out[at, _HEADING] = not may_head or _heads_nothing(sentence)
        if certain.only_tells(sentence) or certain.explains(sentence):
            out[at, _OWED_AT] = True
        elif certain.grants(sentence):
            out[at, _TARGET] = True
    rest = 1 - np.where(out, chances, 0.0).sum(axis=1, keepdims=True)
    shares = np.where(out, 0.0, chances) / np.where(rest > 0, rest, 1.0)
    return np.where(rest > 0, shares, chances)


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
    return len(_ORDERED & said) > 1 or (asked and _COUNTED in said)


def _verdict(
    sentence: Sentence, runs: Sequence[Run], chances: Sequence[float], honest: Sequence[float]
) -> Verdict:
    looks_headed = HEADING in sentence.flags
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
    owing = sum([honest[at] for at in _OWED_AT])
    confidence = owing if taken else honest[best]
    kept = tuple([run for run in runs if run.doubtful or label in OWED])
    if not kept and (label in OWED or owing >= DOUBT) and PRINCIPLES not in sentence.flags:
        kept = unlisted(sentence)
    directive, assurance, target = (chances[at] for at in _OWED_AT)
    clauses = held(keys.clause for keys in sentence.clauses)
    return Verdict(label, confidence, clauses, kept, (directive, assurance, target))


def judge_owed(
    text: str,
    clauses: Sequence[Sequence[Clause]],
    seen: Mentions,
    date: str | None,
    model: Model,
    rules: RuleSet,
) -> list[list[Run]]:
    """The rows of sentences that are known to be owed, as in a table's cell.

    Args:
        text: the matching view's text.
        clauses: of each sentence.
        seen: what was found in the text.
        date: the day of the speech (ISO 8601), if it is known.
        model: the model.
        rules: the rule set.
    """
    model, signs = model.fitting(len(clauses)), signs_of(seen, date)
    sentences = [
        Sentence(tuple(clause_keys(text, clause, signs, rules) for clause in each), (), ())
        for each in clauses
    ]
    if not sentences:
        return []
    owed = np.array([[float(label == OWED[0]) for label in LABELS]] * len(sentences))
    return tagged_rows(sentences, sums_of(sentences, model), owed, model, 1.0)


def settled_labels(
    segments: Sequence[Segment], verdicts: Sequence[Verdict], metrics: Sequence[Metric]
) -> Iterator[Segment]:
    """Of what is owed that is a target in which an owed number stands (D4, A4), and only that.

    A sentence without a row in which all numbers are achieved reports (D5).

    Args:
        segments: as they were judged.
        verdicts: of each.
        metrics: what was found in them, in order.
    """
    kinds_at = sorted((metric.start, metric.kind) for metric in metrics)
    for segment, verdict in zip(segments, verdicts, strict=True):
        if segment.discourse not in OWED:
            yield segment
            continue
        first, last = (bisect_left(kinds_at, (at,)) for at in (segment.start, segment.end))
        label = _settled(verdict, {kind for _, kind in kinds_at[first:last]} - {"count"})
        yield segment if label == segment.discourse else changed(segment, discourse=label)


def _settled(verdict: Verdict, kinds: set[MetricKind]) -> Discourse:
    if kinds and not kinds & _OWED_NUMBERS and all(run.doubtful for run in verdict.runs):
        return "review"
    directive, assurance, target = verdict.owed
    share = target / (sum(verdict.owed) or 1.0)
    if share > (_NUMBERED if kinds & _OWED_NUMBERS else _UNNUMBERED):
        return "target"
    return "assurance" if assurance > directive + target else "directive"
