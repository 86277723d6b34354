"""Parts of known names that no rule settles, by weights learnt from annotated texts.

The rules tell a part by the words that surely give one. Where they give a name none, a
multinomial logistic regression over the words around it says how likely each part is, or none
(看完以后县志办七月里拿稿子). The weights come from ``scripts/train_parts.py`` and are whole steps.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, cast

from speechmine.extractors.learned_weights import ClassWeights, read_class_weights, shares_of
from speechmine.extractors.part_keys import part_keys

if TYPE_CHECKING:
    from speechmine.extractors.subject_places import ClauseHead
    from speechmine.model import PartyGroup, Role

__all__ = ["PARTS", "PART_SURE", "learned_part", "likeliest_part", "shipped_parts"]

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
            likely enough.
        modal: the clause has a modal.
    """
    keys = part_keys(place, group, around, ruled, modal=modal)
    part, chance = likeliest_part(keys, shipped_parts())
    if part == "none":
        return cast("Role", ruled) if ruled and not _has_none(place, group, chance) else None
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


@functools.cache
def shipped_parts() -> ClassWeights:
    """The weights that come with the package.

    Example:
        >>> len(shipped_parts().steps) > 1000
        True
    """
    packed = (files("speechmine.extractors") / "parts.bin").read_bytes()
    return read_class_weights(packed, len(PARTS))
