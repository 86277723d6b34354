"""A text's labelled outline with the rows of its sentences: structure, then judgement."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from speechmine.judge.deciding import Judgement, judge_sentences, places_of
from speechmine.judge.evidence import Sentences
from speechmine.judge.keys import Sign
from speechmine.judge.model import Model, shipped_model
from speechmine.model import Discourse
from speechmine.packed import Keep, held
from speechmine.rules.schema import RuleSet
from speechmine.segment.clause_reader import ClauseReader
from speechmine.segment.outline import Outline, Structure, outline_of, structure_of

__all__ = ["Evidence", "Judged", "evidence_of", "judge_text"]


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
    signs: Sequence[Sign] = (),
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
