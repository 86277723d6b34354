"""Persons by name and office: 李副县长, 教务处刘主任, 办公室小韩, 副县长李建民."""

from __future__ import annotations

from typing import TYPE_CHECKING

from speechmine.extractors.party_lexicon import patterns_of
from speechmine.extractors.party_names import Mention
from speechmine.rules.scanning import find_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from speechmine.rules.schema import RuleSet

__all__ = ["find_persons"]


def find_persons(text: str, rules: RuleSet) -> Iterator[Mention]:
    """Persons where a party can stand; all weak, as only their place makes them parties.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> text = "请秦副校长签字，教务处刘主任负责，材料交给老张"
        >>> [text[m.start : m.end] for m in find_persons(text, default_rules())]
        ['秦副校长', '教务处刘主任', '老张']
    """
    shapes = patterns_of(rules, "place_subjects")
    free = 0
    spans = (
        match.span("place")
        for kind in ("person", "labelled", "led", "told_person", "post", "bare_person")
        for match in find_all(shapes[kind], text)
    )
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= free:
            free = end
            yield Mention(start, end, start, None, weak=True)
