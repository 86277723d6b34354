"""Subjects that no table names, read by weights learnt from annotated texts.

The rules know bodies and offices by their names; whoever is told to act under another name
(质控办要收齐自查表) is given away by the words around it. A log-linear choice among the
stretches of a clause, or none of them, says how likely each is (conditional logit: McFadden
1974). The weights come from ``scripts/train_subjects.py`` and are whole steps, so that their
sums are the same on any machine.
"""

from __future__ import annotations

import functools
import itertools
import math
import zlib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING

from speechmine.extractors.party_cues import cues_of
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
from speechmine.model import Party, PartyGroup

if TYPE_CHECKING:
    from speechmine.model import Deadline
    from speechmine.rules.schema import RuleSet

__all__ = [
    "SUBJECT_SURE",
    "SubjectChances",
    "chances_of",
    "learned_parties",
    "shipped_weights",
    "weights_bytes",
]

#: How likely a stretch must be to be taken: at least so, texts left out of the training say that
#: what is taken is right more often than not by far (docs/methods.md).
SUBJECT_SURE = 0.75
#: Weights are kept in steps of this size, one byte each.
SUBJECT_STEP = 1 / 16
_LARGEST = 127
_BETWEEN = b"\0"
# A file of weights never unpacks to more than this many bytes.
_MOST = 1 << 24
_OWING = ("lead", "responsible", "leader")

#: A stretch of a clause and how likely it is the subject.
SubjectChances = Sequence[tuple[float, Candidate]]


def learned_parties(
    text: str,
    span: tuple[int, int],
    times: Sequence[Deadline],
    rules: RuleSet,
) -> tuple[Party, ...]:
    """Who is told to act in a clause in which the rules found nobody.

    Args:
        text: the matching view's text.
        span: the clause, without enumerator and connective.
        times: those that begin in it, in order.
        rules: the rule set, whose verbs and modals help to see where a name ends.

    Returns:
        The subject's members, each with its role; none where no stretch is likely enough.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> text = "质控办要收齐自查表"
        >>> [p.text for p in learned_parties(text, (0, len(text)), (), default_rules())]
        ['质控办']
    """
    ends = {t.start: t.end for t in times if t.start is not None and t.end is not None}
    place = ClauseHead(text, *span, ends, cues_of(rules))
    words = place.cues.context
    if not is_bare(place) or words["subject_past"].search(text, *span):
        return ()
    chance, stretch = max(
        chances_of(place, shipped_weights()), key=lambda c: c[0], default=(0.0, None)
    )
    if (
        stretch is None
        or chance < SUBJECT_SURE
        or words["subject_told"].search(text, stretch.start, stretch.end)
    ):
        return ()
    return _parties(text, span, stretch, rules)


def _parties(
    text: str, span: tuple[int, int], stretch: Candidate, rules: RuleSet
) -> tuple[Party, ...]:
    """The members in the role that words around them give; responsible where none does."""
    cues = cues_of(rules)
    kind = cues.context["subject_kind"]
    parties = tuple(
        Party(text=text[a:b], start=a, end=b, generic=kind.match(text, a) is not None)
        for a, b in members_of(text, stretch.start, stretch.end, cues)
    )
    group = PartyGroup(stretch.start, stretch.end, parties)
    told = clause_parties(text, *span, (group,), rules=rules) or parties
    return told if all(party.role in _OWING for party in told) else ()


def chances_of(place: ClauseHead, weights: Mapping[str, int]) -> SubjectChances:
    """How likely each stretch of a clause is its subject.

    Args:
        place: the clause.
        weights: steps by key.
    """
    found = list(stretches(place))
    sums = [_sum(subject_keys_of(place, stretch), weights) for stretch in found]
    none = _sum(keys_of_none(place), weights)
    highest = max((none, *sums))
    shares = [math.exp((value - highest) * SUBJECT_STEP) for value in sums]
    total = math.exp((none - highest) * SUBJECT_STEP) + math.fsum(shares)
    return [(share / total, stretch) for share, stretch in zip(shares, found, strict=True)]


def _sum(keys: Sequence[str], weights: Mapping[str, int]) -> int:
    return sum(map(weights.get, keys, itertools.repeat(0)))


@functools.cache
def shipped_weights() -> Mapping[str, int]:
    """The weights that come with the package.

    Example:
        >>> len(shipped_weights()) > 1000
        True
    """
    return read_weights((files("speechmine.extractors") / "subjects.bin").read_bytes())


def read_weights(packed: bytes) -> Mapping[str, int]:
    """Weights from their stored form.

    Args:
        packed: what :func:`weights_bytes` gave.
    """
    keys, _, steps = zlib.decompressobj().decompress(packed, _MOST).partition(_BETWEEN)
    if not keys:
        return {}
    return dict(zip(keys.decode("utf-8").split("\n"), memoryview(steps).cast("b"), strict=True))


def weights_bytes(weights: Mapping[str, float]) -> bytes:
    """The stored form of weights, those that round to nothing left out; same weights, same bytes.

    Args:
        weights: by key.

    Example:
        >>> dict(read_weights(weights_bytes({"a": 0.5, "b": -0.25, "c": 0.01})))
        {'a': 8, 'b': -4}
    """
    steps = {
        key: max(-_LARGEST, min(_LARGEST, round(w / SUBJECT_STEP))) for key, w in weights.items()
    }
    kept = sorted(key for key, step in steps.items() if step and key.isprintable())
    body = bytes(steps[key] & 0xFF for key in kept)
    return zlib.compress("\n".join(kept).encode("utf-8") + _BETWEEN + body, 9)
