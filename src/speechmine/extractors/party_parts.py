"""Parts of known names that no rule settles, by weights learnt from annotated texts.

The rules tell a part by the words that surely give one. Where they give a name none, a
multinomial logistic regression over the words around it says how likely each part is, or none
(看完以后县志办七月里拿稿子). The weights come from ``scripts/train_parts.py`` and are whole steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from speechmine.learned.weights import ClassWeights, shares_of, shipped_classes

if TYPE_CHECKING:
    from speechmine.extractors.subject_places import ClauseHead
    from speechmine.model import Party, PartyGroup, Role

__all__ = ["PARTS", "PART_SURE", "learned_part", "likeliest_part", "part_keys"]

#: The parts that are learnt; ``none`` is none.
PARTS = (
    "none",
    "responsible",
    "lead",
    "cooperate",
    "report_to",
    "decider",
    "supervise",
    "leader",
    "person",
)
#: How likely a part must be to be taken.
PART_SURE = 0.5
#: How likely another than the rules give must be to take its place.
OTHER_PART_SURE = 0.45
#: How likely it must be that a name which the rules give a part has none.
NO_PART_SURE = 0.82


def learned_part(
    place: ClauseHead, group: PartyGroup, around: Sequence[str], ruled: str = "", *, modal: bool
) -> Role | None:
    """The part that the words around a name give it; None where it has none.

    Args:
        place: the clause.
        group: the name, or a list of them.
        around: the parts of whoever is named right before and behind it in the clause.
        ruled: the part that the rules give it; nothing for none. It stays where no other is
            likely enough; whoever is said to lead (甲局牵头) has a part in any case.
        modal: the clause has a modal.
    """
    keys = part_keys(place, group, around, ruled, modal=modal)
    part, chance = likeliest_part(keys, shipped_classes("parts", len(PARTS)))
    if part == "none":
        keeps = ruled == "lead" or (ruled and not _has_none(place, group, chance))
        return cast("Role", ruled) if keeps else None
    if chance < (OTHER_PART_SURE if ruled else PART_SURE):
        return cast("Role", ruled) if ruled else None
    return cast("Role", part)


def _has_none(place: ClauseHead, group: PartyGroup, chance: float) -> bool:
    """Whether a name to which the rules give a part has none; not one right before 要."""
    return chance >= NO_PART_SURE and place.opening(group.end) != "M"


def likeliest_part(keys: Sequence[str], weights: ClassWeights) -> tuple[str, float]:
    """The likeliest part, and how likely it is."""
    chance, part = max(zip(shares_of(weights.sums(keys)), PARTS, strict=True), key=lambda c: c[0])
    return part, chance


# So many characters before a name and behind it are seen.
_BEFORE = 8
_BEHIND = 10
_FARTHEST = 5


def part_keys(
    place: ClauseHead, group: PartyGroup, around: Sequence[str], ruled: str, *, modal: bool
) -> list[str]:
    """What is seen of a name, as keys of the weights.

    Args:
        place: the clause.
        group: the name, or a list of them.
        around: the parts of whoever is named right before and behind it in the clause.
        ruled: the part that the rules give it; nothing for none.
        modal: the clause has a modal.
    """
    text, a, b = place.text, group.start, group.end
    head = "h" if a == place.start else "t" if a in place.times.values() else "m"
    behind = place.opening(b)
    timed = place.times.get(b, b)
    opens = place.opening(timed) if timed > b else behind
    kind = _kind_of_name(group.parties[0])
    last = group.parties[-1].text
    before, after = text[place.start : a], text[b : place.end]
    return [
        "b",
        f"g{kind}",
        f"o{opens}",
        f"h{head}",
        f"ho{head}{opens}",
        f"hg{head}{kind}",
        f"og{opens}{kind}",
        f"<{text[a - 1 : a]}",
        f"<2{text[max(0, a - 2) : a]}",
        f"<3{text[max(0, a - 3) : a]}",
        f">{text[b : b + 1]}",
        f">2{text[b : b + 2]}",
        f">3{text[b : b + 3]}",
        f"l{last[-1:]}",
        f"l2{last[-2:]}",
        f"w{last}",
        f"f{last[:1]}",
        f"n{min(len(group.parties), 3)}",
        f"d{min(len(before) // 4, _FARTHEST)}",
        f"e{min(len(after) // 4, _FARTHEST)}",
        f"m{modal:d}{head}",
        f"p{around[0]}",
        f"N{around[1]}",
        f"S{text[place.start - 1 : place.start]}",
        f"E{text[place.end : place.end + 1]}",
        *_seen_around(before[-_BEFORE:], after[:_BEHIND]),
        *_seen_of_clauses(place, ruled, after),
        *_seen_of_rule(ruled, (head, opens, kind), (last, before, after)),
        *(() if timed == b else (f"t{text[timed : timed + 1]}", f"t2{text[timed : timed + 2]}")),
    ]


def _kind_of_name(party: Party) -> str:
    return (
        f"{'G' if party.generic else 'n'}{'D' if party.distributive else ''}"
        f"{'L' if party.role == 'leader' else ''}{'b' if party.body else ''}"
    )


def _seen_of_clauses(place: ClauseHead, ruled: str, after: str) -> Iterator[str]:
    """How the clause before ends, and this one: 甲局牵头，乙局派人参加; 报区政府审定."""
    text, start, end = place.text, place.start, place.end
    before, last = text[max(0, start - 3) : max(0, start - 1)], text[max(start, end - 2) : end]
    yield from (f"Q{before}", f"Q{before}{ruled}", f"Q{before}{after[:1]}")
    yield from (f"L{last}", f"L{last}{ruled}", f"L{before}{last}")
    yield f"Y{text[end + 1 : end + 3]}{ruled}"


def _seen_of_rule(
    ruled: str, shape: tuple[str, str, str], words: tuple[str, str, str]
) -> Iterator[str]:
    """What the rules say, and beside what words they say it."""
    head, opens, kind = shape
    last, before, after = words
    yield from (f"R{ruled}", f"Rh{ruled}{head}{opens}", f"Rk{ruled}{kind}")
    yield from (f"Rl{ruled}{last[-1:]}", f"Rl2{ruled}{last[-2:]}")
    yield from (f"R>{ruled}{after[:1]}", f"R>2{ruled}{after[:2]}", f"R<{ruled}{before[-1:]}")
    for i in range(min(len(after), _BEHIND) - 1):
        yield f"RA{ruled}{after[i : i + 2]}"


def _seen_around(before: str, after: str) -> Iterator[str]:
    for character in sorted(set(before)):
        yield f"B{character}"
    for i in range(len(after) - 1):
        yield f"A{after[i : i + 2]}"
