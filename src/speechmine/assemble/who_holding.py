"""Whether whoever was named before a task still answers for it, by weights learnt from texts.

Grammar settles most of it (GUIDELINE P4), but not how far a name holds on over a full stop, nor
where a new topic ends it. A logistic regression over what stands between the name and the task,
what the task begins with and what the rules make of it weighs these against each other.
"""

from __future__ import annotations

import dataclasses
import functools
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

from speechmine.assemble.findings import Findings
from speechmine.assemble.who_reader import CARRIED_ROLES, INHERITED_ROLES
from speechmine.extractors.learned_weights import read_weights, sum_of
from speechmine.model import Party, PartySource, Segment, TaskMention

__all__ = [
    "HOLDING_SURE",
    "HoldingCase",
    "LastNamed",
    "Owners",
    "RuledOwners",
    "holding_keys",
    "holds",
    "shipped_holding",
]

#: From this sum on, in steps of the weights, a name holds on.
HOLDING_SURE = -4
_FARTHEST = 4
_LINES = 3
# So much of a task's words is seen, and its length in such steps.
_SEEN = 14
_STEP = 8
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class LastNamed:
    """Who was last named to act, and where.

    Attributes:
        parties: those who act, and who helps them.
        segment: in which they are named; ``number`` counts the segments, -1: in a heading.
        tasks: how many tasks came since.
    """

    parties: tuple[Party, ...]
    segment: Segment
    number: int
    tasks: int = 0


@dataclass(frozen=True, slots=True)
class RuledOwners:
    """Who answers before a task by the rules, from where, and why the rules end it, if they do.

    ``ended``: ``f`` a foreign part, ``s`` another subject, ``o`` others' deed, ``l`` a leader's.
    """

    parties: tuple[Party, ...]
    source: PartySource
    ended: str = ""


@dataclass(frozen=True, slots=True)
class HoldingCase:
    """A task without a doer of its own, and whoever may hold on.

    Attributes:
        text: the matching view's text.
        mention, segment, number: the task, where it stands, and which segment that is.
        named: who may hold on.
        rule: what the rules make of it: ``h`` they hold, ``n`` they do not; else why they end.
        source: where the rules found whoever stands.
        own: parts that the task's own words give somebody.
        first: it is its segment's first.
        closed: a bracket behind it in its line says who.
    """

    text: str
    mention: TaskMention
    segment: Segment
    number: int
    named: LastNamed
    rule: str
    source: str
    own: tuple[Party, ...]
    first: bool
    closed: bool

    @property
    def ruled(self) -> bool:
        """Whether the rules hold whoever was named."""
        return self.rule == "h"


class Owners:
    """Who was last named to act, up to the next heading, and whether they answer for a task.

    Args:
        findings: of a document.
        decide: whether whoever was named before a task answers for it.
    """

    def __init__(self, findings: Findings, decide: Callable[[HoldingCase], bool]) -> None:
        self._findings, self._decide = findings, decide
        self._last: LastNamed | None = None
        self._segment = findings.segments[0].segment if findings.segments else None
        self._number = 0

    def enter(self, segment: Segment) -> None:
        """The next segment."""
        before = self._segment
        if segment.discourse == "heading" or (before and before.section != segment.section):
            self._last = None
        self._segment = segment
        self._number += 1

    def name(self, parties: Iterable[Party]) -> None:
        """Somebody is named who acts."""
        told = tuple(p for p in parties if p.role in CARRIED_ROLES)
        if self._segment is not None:
            self._last = LastNamed(told, self._segment, self._number)

    def kept(
        self, mention: TaskMention, standing: RuledOwners, own: tuple[Party, ...], *, first: bool
    ) -> tuple[Party, ...]:
        """Those who answer for a task without a doer of its own.

        Args:
            mention: the task.
            standing: whom the rules find.
            own: those whom its own words give another part.
            first: it is its segment's first.
        """
        case = self._case(mention, standing, own, first=first)
        if self._last is not None:
            self._last = dataclasses.replace(self._last, tasks=self._last.tasks + 1)
        if case is None or not (case.ruled or (case.rule == "n" and self._decide(case))):
            return ()
        return case.named.parties

    def _case(
        self, mention: TaskMention, standing: RuledOwners, own: tuple[Party, ...], *, first: bool
    ) -> HoldingCase | None:
        found = tuple(p for p in standing.parties if p.role in CARRIED_ROLES)
        last, segment = self._last, self._segment
        if segment is None:
            return None
        if any(p.role in INHERITED_ROLES for p in found):
            rule = standing.ended or "h"
            if last is None or last.parties[0].start != found[0].start:
                last = LastNamed(found, segment, -1)
        else:
            rule = standing.ended.upper() or "n"
        if last is None:
            return None
        return HoldingCase(
            text=self._findings.view.text,
            mention=mention,
            segment=segment,
            number=self._number,
            named=last,
            rule=rule,
            source=standing.source,
            own=own,
            first=first,
            closed=self._closed(mention.start),
        )

    def _closed(self, at: int) -> bool:
        """Whether a bracket in the line of a place or right below it says who."""
        notes = self._findings.assignments
        i = bisect_right(notes, at, key=lambda note: note.start)
        line = self._findings.view.text.find("\n", at)
        return i < len(notes) and (line < 0 or notes[i].start <= line + 1)


def holding_keys(case: HoldingCase) -> list[str]:
    """What is seen of a case, as keys of the weights."""
    text, start, named = case.text, case.mention.start, case.named
    owing = [p for p in named.parties if p.role in INHERITED_ROLES]
    party, at = owing[0], owing[-1].end
    far = "h" if named.number < 0 else f"{min(case.number - named.number, _FARTHEST)}"
    rule, body = f"{case.rule}{case.source[0]}", text[start : case.mention.end]
    own = "".join(sorted({p.role[:2] for p in case.own}))
    return [
        "b",
        *_distance(case, rule, far, at),
        f"k{far}{''.join(sorted({p.role[0] for p in named.parties}))}",
        f"o{own}",
        f"oo{case.rule}{own}",
        f"g{case.rule}{case.segment.discourse}",
        f"G{case.segment.discourse}{named.segment.discourse}",
        f"z{case.closed}{case.rule}",
        f"n{party.text[-1:]}",
        f"n2{party.text[-2:]}",
        f"nb{text[at : at + 1]}",
        f"nm{text[at : at + 2]}",
        f"q{party.generic:d}{party.distributive:d}{case.rule}",
        f"c{len(owing) > 1}{case.rule}",
        f"w{party.start == named.segment.start}{far}",
        *_begins_with(case, text, start),
        f"u{case.mention.subject is not None}{case.rule}",
        f"v{case.mention.rule}",
        f"vr{case.mention.rule}{case.rule}",
        f"M{case.mention.modality}",
        f"C{case.mention.checkable}{case.rule}",
        f"e{body[-1:]}",
        f"e{body[-2:]}",
        f"L{min(len(body) // _STEP, _LONGEST)}",
        *(f"x{body[i : i + 2]}" for i in range(min(len(body) - 1, _SEEN))),
    ]


def _distance(case: HoldingCase, rule: str, far: str, at: int) -> Iterator[str]:
    """Clauses, sentences and lines between a name and the task."""
    start, here, there = case.mention.start, case.segment.item, case.named.segment.item
    lines = min(case.text.count("\n", at, start), _LINES) if at < start else "a"
    tasks = min(case.named.tasks, _FARTHEST)
    item = "=" if here == there else "+" if here else "-"
    yield from (f"r{rule}", f"d{rule}{far}", f"dt{rule}{far}{tasks}", f"l{rule}{lines}")
    yield from (f"i{rule}{item}", f"il{lines}{item}{far}", f"t{case.rule}{tasks}")


def _begins_with(case: HoldingCase, text: str, start: int) -> Iterator[str]:
    """What the task begins with, and its segment, and what stands before it."""
    first = text[case.segment.start : case.segment.start + 2] if case.first else ""
    before = text[start - 1 : start]
    yield from (f"^{text[start]}", f"^{text[start : start + 2]}", f"^{text[start : start + 3]}")
    yield from (f"f{case.first}{case.rule}", f"s{first}", f"s1{first[:1]}{case.rule}")
    yield from (f"p{before}", f"pr{case.rule}{before}", f"m{text[case.segment.end - 1]}")


def holds(case: HoldingCase) -> bool:
    """Whether the name holds on for the task.

    Args:
        case: the task and the name.
    """
    return sum_of(holding_keys(case), shipped_holding()) > HOLDING_SURE


@functools.cache
def shipped_holding() -> Mapping[str, int]:
    """The weights that come with the package."""
    return read_weights((files("speechmine.assemble") / "holding.bin").read_bytes())
