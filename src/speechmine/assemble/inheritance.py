"""Whether whoever was named before a row holds on in it, by weights learnt from annotated texts.

The rules say who would hold on (GUIDELINE P4). What follows may still be nobody's
(弄虚作假的，取消资格; 每户补助300元). A logistic regression over how the row begins, and how
far it stands from whoever was named, says how likely he holds on. The weights come from
``scripts/train_inheritance.py`` and are whole steps, so that their sums are the same on any
machine.
"""

from __future__ import annotations

import functools
import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from speechmine.assemble.findings import Findings, SegmentFindings
from speechmine.assemble.who_reader import head_of
from speechmine.extractors.learned_weights import ClassWeights, read_class_weights
from speechmine.model import Clause, Party, PartySource, TaskMention
from speechmine.text import starting_in

__all__ = ["HOLD_STEP", "Inheritance", "holds_on", "keys_of_inheritance", "shipped_inheritance"]

#: Weights are kept in steps of this size.
HOLD_STEP = 1 / 64
#: Whoever holds on with less than this chance does not.
LEAST_CHANCE = 0.42
_DISTANCES = (8, 16, 32, 64, 128)
_ROLES = ("lead", "responsible")
_LONG_GAP = 3


@dataclass(frozen=True, slots=True)
class Inheritance:
    """A row that names nobody who answers for it, and whoever would hold on.

    Attributes:
        part: its segment. findings: of the whole text.
        mention: the row. since: where the words begin that may be its own.
        parties: who would hold on. source: whence. named: whom it names in other parts.
    """

    part: SegmentFindings
    findings: Findings
    mention: TaskMention
    since: int
    parties: Sequence[Party]
    source: PartySource
    named: Sequence[Party]

    @property
    def clause(self) -> Clause:
        """The clause that the row begins in."""
        clauses = self.part.clauses
        return next((c for c in clauses if c.end > self.mention.start), clauses[0])


def holds_on(case: Inheritance, weights: ClassWeights | None = None) -> bool:
    """Whether somebody holds on; as the rules say where a leader joins him (由副县长任组长).

    Args:
        case: the row and who would.
        weights: those that come with the package by default.
    """
    led = any(party.role == "leader" for party in case.named)
    if led or not any(party.role in _ROLES for party in case.parties):
        return True
    known = shipped_inheritance() if weights is None else weights
    total = known.sums(keys_of_inheritance(case))[0] * HOLD_STEP
    return 1 / (1 + math.exp(-total)) >= LEAST_CHANCE


def keys_of_inheritance(case: Inheritance) -> list[str]:
    """What is seen of a row and of whoever would hold on, as keys of the weights.

    Args:
        case: the row and who would.
    """
    row, holder = list(_of_row(case)), list(_of_holder(case))
    return ["", *row, *holder, *(f"{h}|{r}" for h in holder[:2] for r in row[:8])]


def _of_row(case: Inheritance) -> Iterator[str]:
    """How the row begins, and where it stands."""
    clause, mention, text = case.clause, case.mention, case.findings.view.text
    head = head_of(clause, case.findings)
    at = clause.start
    while at in head.times:
        at = head.times[at]
    begins = head.opening(at) if at < head.end else "E"
    where, ends = _where(case), text[clause.end - 1 : clause.end]
    yield from (f"o{begins}", f"p{where}", f"op{begins}{where}", f"b{mention.modality}")
    yield f"m{begins}{clause.modality is not None:d}{clause.subject is not None:d}"
    yield from (f"d{ends}{text[clause.end : clause.end + 1]}", f"V{clause.verb}")
    yield f"x{''.join(sorted({party.role for party in case.named}))}"
    yield from (f"1{text[at : at + 1]}", f"2{text[at : at + 2]}", f"3{text[at : at + 3]}")
    yield from (f"O{head.opening(clause.start)}", f"t{at > clause.start:d}")
    yield from (
        f"l{case.part.segment.discourse}",
        f"e{ends}",
        f"E{text[mention.end - 2 : mention.end]}",
    )
    yield f"i{(mention.item or case.part.segment.item) is not None:d}"
    groups = starting_in(case.findings.groups, mention.start, mention.end)
    yield f"g{min(2, sum(1 for _ in groups))}"
    until = min(mention.end, clause.end)
    yield from (f"w{text[i : i + 2]}" for i in range(at, until - 1))


def _of_holder(case: Inheritance) -> Iterator[str]:
    """How far whoever was named stands from the row, and what kind of name he has."""
    party = next(p for p in case.parties if p.role in _ROLES)
    inside = party.start >= case.part.segment.start
    line = "\n" not in case.findings.view.text[party.start : case.mention.start]
    near = f"{case.source}{inside:d}{line:d}"
    kind = f"{party.generic:d}{party.distributive:d}{party.body is not None:d}"
    far = bisect_left(_DISTANCES, case.mention.start - party.end)
    yield from (f"N{near}", f"k{kind}{inside:d}", f"k{kind}", f"f{far}", f"Nf{near}{far}")
    yield from (f"c{len(case.parties)}", f"r{party.role}", f"a{party.text[-1:]}")
    yield f"A{party.text[-2:]}"


def _where(case: Inheritance) -> str:
    """Behind another row and what mark, in the midst of a sentence, or at the head of one."""
    text, segment = case.findings.view.text, case.part.segment
    if case.mention is not case.part.mentions[0]:
        gap = text[case.since : case.mention.start]
        return f"in{gap[:1]}{'+' * (len(gap) > _LONG_GAP)}"
    if case.clause is not case.part.clauses[0]:
        return "mid"
    line = text.rfind("\n", 0, segment.start) + 1
    return "sent" if text[line : segment.start].strip() else "line"


@functools.cache
def shipped_inheritance() -> ClassWeights:
    """The weights that come with the package.

    Example:
        >>> len(shipped_inheritance().steps) > 1000
        True
    """
    packed = (files("speechmine.assemble") / "inheritance.bin").read_bytes()
    return read_class_weights(packed, 1)
