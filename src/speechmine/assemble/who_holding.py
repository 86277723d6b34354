"""Whether whoever was named before a task still answers for it, by weights learnt from texts.

Grammar settles most of it (GUIDELINE P4), but not how far a name holds on over a full stop, nor
where a new topic ends it. A logistic regression over what stands between the name and the task,
what the task begins with and what the rules make of it weighs these against each other.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from speechmine.extractors.learned_weights import read_weights, sum_of
from speechmine.model import Party, Segment, TaskMention

__all__ = ["HOLDING_SURE", "HoldingCase", "Named", "holding_keys", "holds", "shipped_holding"]

#: From this sum on, in steps of the weights, a name holds on.
HOLDING_SURE = 0
_OWING = ("lead", "responsible")
_FARTHEST = 4


@dataclass(frozen=True, slots=True)
class Named:
    """Who was last named to act, and where.

    Attributes:
        parties: those who act, and who helps them.
        segment: in which they are named; ``number`` counts the segments.
        tasks: how many tasks came since.
    """

    parties: tuple[Party, ...]
    segment: Segment
    number: int
    tasks: int = 0


@dataclass(frozen=True, slots=True)
class HoldingCase:
    """A task without a doer of its own, and whoever may hold on.

    Attributes:
        text: the matching view's text.
        mention, segment, number: the task, where it stands, and which segment that is.
        named: who may hold on. rule: what the rules make of it. source: where they stand.
        own: parts that the task's own words give somebody. first: it is its segment's first.
        closed: a bracket behind it in its line says who.
    """

    text: str
    mention: TaskMention
    segment: Segment
    number: int
    named: Named
    rule: str
    source: str
    own: tuple[Party, ...]
    first: bool
    closed: bool


def holding_keys(case: HoldingCase) -> list[str]:
    """What is seen of a case, as keys of the weights."""
    text, start, end = case.text, case.mention.start, case.mention.end
    named, owing = case.named, [p for p in case.named.parties if p.role in _OWING]
    at = owing[-1].end if owing else named.segment.start
    party = owing[0] if owing else named.parties[0]
    far = min(case.number - named.number, _FARTHEST) if named.number >= 0 else "h"
    lines = min(text.count("\n", at, start), 3) if at < start else "a"
    tasks = min(named.tasks, _FARTHEST)
    item = "=" if case.segment.item == named.segment.item else "+" if case.segment.item else "-"
    rule = f"{case.rule}{case.source[0]}"
    place = f"{rule}{far}"
    first = text[case.segment.start : case.segment.start + 2] if case.first else ""
    before = text[start - 1 : start] if start else ""
    roles = "".join(sorted({p.role[0] for p in named.parties}))
    own = "".join(sorted({p.role[0:2] for p in case.own}))
    last = party.text[-1]
    two, three = text[start : start + 2], text[start : start + 3]
    body = text[start:end]
    mark = text[case.segment.end - 1]
    subject = case.mention.subject is not None
    return [
        "b",
        f"r{rule}",
        f"d{place}",
        f"dt{place}{tasks}",
        f"l{rule}{lines}",
        f"i{rule}{item}",
        f"il{lines}{item}{far}",
        f"t{case.rule}{tasks}",
        f"g{case.rule}{case.segment.discourse}",
        f"G{case.segment.discourse}{named.segment.discourse}",
        f"k{far}{roles}",
        f"o{own}",
        f"oo{case.rule}{own}",
        f"^{text[start]}",
        f"^{two}",
        f"^{three}",
        f"f{case.first}{case.rule}",
        f"s{first}",
        f"s1{first[:1]}{case.rule}",
        f"p{before}",
        f"pr{case.rule}{before}",
        f"n{last}",
        f"n2{party.text[-2:]}",
        f"nb{text[at:at + 1]}",
        f"nm{text[at:at + 2]}",
        f"q{party.generic:d}{party.distributive:d}{case.rule}",
        f"c{len(owing) > 1}{case.rule}",
        f"w{party.start == named.segment.start}{far}",
        f"z{case.closed}{case.rule}",
        f"m{mark}",
        f"u{subject}{case.rule}",
        f"v{case.mention.rule}",
        f"vr{case.mention.rule}{case.rule}",
        f"M{case.mention.modality}",
        f"C{case.mention.checkable}{case.rule}",
        f"e{body[-1:]}",
        f"e{body[-2:]}",
        f"L{min(len(body) // 8, 6)}",
        *(f"x{body[i:i + 2]}" for i in range(0, min(len(body) - 1, 14))),
    ]


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
