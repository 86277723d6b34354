"""What the discourse model sees of a segment: cues, verbs, place, words at the borders."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from speechmine.model import Clause, Discourse, Zone
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import compile_search
from speechmine.segment.clause_reader import ClauseReader
from speechmine.segment.headings import Piece

__all__ = ["Context", "Marks", "cue_scores", "features_of"]

_OBLIGED = re.compile(
    r"(?:^|[，：；])[^，：]{0,16}?(?<![需主重])(?:要|必须|务必|应当?|须|^请|(?<=，)请)(?!求|素|点|是|示|教)"
)
# How much the model heeds single words beside cues and counts (chosen by cross-validation).
_WORD = 0.5
_LONG = 150
_MANY = 8
_ACTING = frozenset(("deliver", "host", "event"))
_MUSING = frozenset(("attitude", "result", "none"))


#: Sorted starts of mentions in the text by what they are: ``figure``, ``party``, ``time``.
Marks = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the pieces before they are labelled.

    Attributes:
        headings: which are headings.
        zones: where each stands.
        problems: those in a list of problems.
        marks: sorted places of what else was found in the text, by name (figure, party, time).
        clauses: gives the clauses of a piece.
        titles: for each piece the headings it stands under, joined.
        sections: for each piece the number of its innermost section, 0 before the first.
        parts: for each piece the number of its main part, 0 before the first.
    """

    headings: Sequence[bool]
    zones: Sequence[Zone]
    problems: frozenset[int]
    marks: Marks
    clauses: ClauseReader
    titles: Sequence[str]
    sections: Sequence[int]
    parts: Sequence[int]


@dataclass(frozen=True, slots=True)
class _Cue:
    id: str
    label: Discourse
    weight: int
    pattern: re.Pattern[str]


@functools.lru_cache(maxsize=8)
def _cues(rules: RuleSet) -> tuple[_Cue, ...]:
    return tuple(
        _Cue(
            rule.id,
            cast("Discourse", rule.value),
            int(rule.attribute("weight", "1")),
            compile_search(rule.pattern or ""),
        )
        for rule in rules.table("discourse")
    )


def cue_scores(text: str, rules: RuleSet) -> Mapping[Discourse, int]:
    """The weight of the cues for each label that speak in a text."""
    scores: dict[Discourse, int] = {}
    for cue in _cues(rules):
        if cue.pattern.search(text):
            scores[cue.label] = scores.get(cue.label, 0) + cue.weight
    return scores


def features_of(
    text: str, pieces: Sequence[Piece], i: int, context: Context, rules: RuleSet
) -> Mapping[str, float]:
    """Named features of one piece, each between 0 and 1.

    Args:
        text: the matching view's text.
        pieces: all of them.
        i: which one.
        context: what is known of the pieces.
        rules: the rule set.
    """
    piece = pieces[i]
    obliged = bool(_OBLIGED.search(piece.text))
    found: dict[str, float] = {f"zone={context.zones[i]}": 1.0}
    for name, holds in (
        ("obliged", obliged),
        ("problem", i in context.problems),
        ("first", piece.first),
        ("last", piece.last),
        ("item", piece.enumerator is not None),
        ("after_heading", i > 0 and context.headings[i - 1]),
        ("assigned", _is_assigned(pieces, i, rules)),
    ):
        if holds:
            found[name] = 1.0
    for name, places in context.marks.items():
        at = bisect_left(places, piece.start)
        if at < len(places) and places[at] < piece.end:
            found[name] = found[f"{name}{'+' if obliged else '-'}"] = 1.0
    found[f"end={piece.text[-1]}"] = 1.0
    found["length"] = min(len(piece.text), _LONG) / _LONG
    found.update(_cue_features(piece.text, context.titles[i], obliged, rules))
    found.update(_verb_features(text, context.clauses(piece.start, piece.end)))
    return found


@functools.lru_cache(maxsize=8)
def _assigned(rules: RuleSet) -> re.Pattern[str]:
    (rule,) = [rule for rule in rules.table("zones") if rule.id == "zone.plan.assigned"]
    return re.compile(rule.pattern or "")


def _is_assigned(pieces: Sequence[Piece], i: int, rules: RuleSet) -> bool:
    """Words that say who answers stand in the piece, or in a bracket just behind it."""
    pattern = _assigned(rules)
    if pattern.search(pieces[i].text):
        return True
    following = pieces[i + 1] if i + 1 < len(pieces) else None
    behind = following is not None and following.text[0] in "（([〔【"
    return behind and following is not None and pattern.match(following.text) is not None


def _cue_features(
    text: str, title: str, obliged: bool, rules: RuleSet
) -> Iterator[tuple[str, float]]:
    for cue in _cues(rules):
        if cue.pattern.search(text):
            yield f"cue={cue.id}", 1.0
            yield f"cue={cue.id}{'+' if obliged else '-'}", 1.0
            if cue.pattern.search(text[:14]):
                yield f"cue0={cue.id}", 1.0
    for cue_id in _cues_of_title(title, rules):
        yield f"title={cue_id}", 1.0


@functools.lru_cache(maxsize=64)  # a title stands over many pieces in a row
def _cues_of_title(title: str, rules: RuleSet) -> tuple[str, ...]:
    return tuple(cue.id for cue in _cues(rules) if cue.pattern.search(title))


def _verb_features(text: str, clauses: Sequence[Clause]) -> Iterator[tuple[str, float]]:
    if not clauses:
        return
    verbs = [clause.verb for clause in clauses]
    yield f"verb0={verbs[0]}", 1.0
    yield f"verb-1={verbs[-1]}", 1.0
    for clause in clauses:
        yield f"verb={clause.verb}", 1.0
        if clause.modality is not None:
            yield f"verb={clause.verb}+", 1.0
    yield "acting", sum(verb in _ACTING for verb in verbs) / len(verbs)
    yield "musing", sum(verb in _MUSING for verb in verbs) / len(verbs)
    yield "clauses", min(len(verbs), _MANY) / _MANY
    if any(clause.subject for clause in clauses):
        yield "subject", 1.0
    yield f"word0={text[clauses[0].start : clauses[0].start + 2]}", _WORD
    for clause in clauses:
        if clause.action[1] > clause.action[0]:
            yield f"act={text[slice(*clause.action)][-2:]}", _WORD
        if clause.object[1] - clause.object[0] > 1:
            yield f"head={text[slice(*clause.object)][-2:]}", _WORD
