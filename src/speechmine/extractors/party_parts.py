"""Parts of known names that no rule settles, by weights learnt from annotated texts.

The rules tell a part by the words that surely give one. Where they give a name none, a
multinomial logistic regression over the words around it says how likely each part is, or none
(看完以后县志办七月里拿稿子). The weights come from ``scripts/train_parts.py`` and are whole steps.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, cast

from speechmine.extractors.learned_weights import WEIGHT_STEP, lanes_of, read_lanes
from speechmine.extractors.part_keys import part_keys

if TYPE_CHECKING:
    from speechmine.extractors.subject_keys import ClauseHead
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
PART_SURE = 0.65


def learned_part(
    place: ClauseHead, group: PartyGroup, around: Sequence[str], *, modal: bool
) -> Role | None:
    """The part that the words around a name give it; None where no part is likely enough.

    Args:
        place: the clause.
        group: the name, or a list of them.
        around: the parts of whoever is named right before and behind it in the clause.
        modal: the clause has a modal.
    """
    part, chance = likeliest_part(part_keys(place, group, around, modal=modal), shipped_parts())
    return None if part == "none" or chance < PART_SURE else cast("Role", part)


def likeliest_part(keys: Sequence[str], weights: Mapping[str, int]) -> tuple[str, float]:
    """The likeliest part, and how likely it is."""
    sums = lanes_of((weights[key] for key in keys if key in weights), len(PARTS))
    best = max(range(len(PARTS)), key=sums.__getitem__)
    total = math.fsum(math.exp((value - sums[best]) * WEIGHT_STEP) for value in sums)
    return PARTS[best], 1 / total


@functools.cache
def shipped_parts() -> Mapping[str, int]:
    """The weights that come with the package.

    Example:
        >>> len(shipped_parts()) > 1000
        True
    """
    return read_lanes((files("speechmine.extractors") / "parts.bin").read_bytes(), len(PARTS))
