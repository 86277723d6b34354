"""What a segment does: one of ten labels (GUIDELINE section 2)."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from speechmine.model import Discourse, Zone
from speechmine.rules.schema import RuleSet
from speechmine.segment.headings import Piece
from speechmine.sentences import split_clauses

__all__ = ["Context", "label_pieces"]

#: The guideline's order where cues balance: the later-listed question loses.
_ORDER: tuple[Discourse, ...] = (
    "target",
    "problem",
    "assurance",
    "directive",
    "exhortation",
    "rationale",
    "review",
)
_OBLIGED = re.compile(r"(?:^|[，：；])[^，：]{0,16}?(?<![需主重])(?:要|必须|务必|应当?|须)(?!求|素|点|是)")


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the pieces before they are labelled."""

    headings: Sequence[bool]
    zones: Sequence[Zone]
    problems: frozenset[int]
    figures: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Cue:
    label: Discourse
    weight: int
    pattern: re.Pattern[str]


@functools.lru_cache(maxsize=8)
def _cues(rules: RuleSet) -> tuple[_Cue, ...]:
    return tuple(
        _Cue(rule.value, int(rule.attribute("weight", "1")), re.compile(rule.pattern or ""))  # type: ignore[arg-type]
        for rule in rules.table("discourse")
    )


@functools.lru_cache(maxsize=8)
def _verb_classes(rules: RuleSet) -> Mapping[str, str]:
    return {term: rule.value for rule in rules.table("verbs") for term in rule.terms}


def label_pieces(
    pieces: Sequence[Piece], context: Context, rules: RuleSet
) -> tuple[Discourse, ...]:
    """A label for each piece."""
    figures = sorted(context.figures)
    return tuple(_label(pieces, i, context, figures, rules) for i in range(len(pieces)))


def _label(
    pieces: Sequence[Piece], i: int, context: Context, figures: Sequence[int], rules: RuleSet
) -> Discourse:
    piece, zone = pieces[i], context.zones[i]
    if context.headings[i]:
        return "heading"
    if zone == "opening" or zone == "closing":
        return zone
    if i in context.problems:
        return "problem"
    if zone == "review":
        return _label_in_review(piece, rules)
    has_figure = any(piece.start <= at < piece.end for at in figures)
    return _label_in_plan(piece, has_figure, rules)


def _scores(text: str, rules: RuleSet) -> dict[Discourse, int]:
    scores: dict[Discourse, int] = dict.fromkeys(_ORDER, 0)
    for cue in _cues(rules):
        if cue.pattern.search(text):
            scores[cue.label] += cue.weight
    return scores


def _label_in_review(piece: Piece, rules: RuleSet) -> Discourse:
    """A part that looks back reports, unless a sentence only gives reasons."""
    scores = _scores(piece.text, rules)
    if scores["rationale"] >= 2 and not scores["review"] and not any(c.isdigit() for c in piece.text[8:]):
        return "rationale"
    return "review"


def _label_in_plan(piece: Piece, has_figure: bool, rules: RuleSet) -> Discourse:
    scores = _scores(piece.text, rules)
    obliged = bool(_OBLIGED.search(piece.text))
    if has_figure and scores["review"] < 2:
        return "target"
    if obliged:
        scores["review"] = scores["problem"] = 0
        scores["rationale"] -= 2
    action = _action_weight(piece, rules)
    scores["directive"] += action
    if not action and not obliged and not scores["target"]:
        scores["exhortation"] += 1
    return max(_ORDER, key=lambda label: (scores[label], -_ORDER.index(label)))


def _action_weight(piece: Piece, rules: RuleSet) -> int:
    """How much the verbs that open its clauses speak for work to be done."""
    classes = [_clause_class(piece.text, span, rules) for span in split_clauses(piece.text, 0, len(piece.text))]
    if "deliver" in classes or "host" in classes:
        return 2
    return 1 if "general" in classes else 0


def _clause_class(text: str, span: tuple[int, int], rules: RuleSet) -> str:
    """Class of the first known verb in the first words of a clause."""
    classes = _verb_classes(rules)
    clause = text[span[0] : span[1]]
    for at in range(min(len(clause), 9)):
        for length in (4, 3, 2):
            found = classes.get(clause[at : at + length])
            if found and at + length < len(clause):
                return found
    return ""
