"""What starts a length of time: 合同签订后10日内, 接到预警，两小时内, 发现火情15分钟内."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechmine.borders import STATEMENT, start_before

if TYPE_CHECKING:
    from speechmine.grammar.lexicon import TimeLexicon

__all__ = ["Condition", "condition_before", "is_conditional"]

# How far before a length its condition may begin, and how long its own clause may be before it.
_REACH = 48
_COMMA = "，"


@dataclass(frozen=True, slots=True)
class Condition:
    """The event that a length is counted from; ``adjoins``: it stands right before the length."""

    start: int
    end: int
    adjoins: bool


def condition_before(text: str, at: int, lexicon: TimeLexicon) -> Condition | None:
    """The event that the length at ``at`` is counted from.

    Example:
        >>> from speechmine.grammar.lexicon import lexicon_of
        >>> from speechmine.rules.loader import default_rules
        >>> said = "资金在合同签订后10日内到位"
        >>> found = condition_before(said, said.index("10"), lexicon_of(default_rules()))
        >>> said[found.start : found.end]
        '合同签订'
    """
    floor = _sentence_start(text, at)
    said = text[floor:at]
    for name in ("condition.after", "condition.done", "condition.met"):
        match = lexicon.parts[name].search(said, said.rfind(_COMMA) + 1)
        if match is not None and not lexicon.parts["meeting.held"].search(match["name"]):
            start = match.start("name") + _name_offset(match["name"], lexicon)
            return Condition(floor + start, floor + match.end("name"), adjoins=True)
    match = lexicon.parts["condition.met_before"].search(said)
    if match is not None:
        return Condition(floor + match.start("name"), floor + match.end("name"), adjoins=False)
    return None


def is_conditional(text: str, at: int, lexicon: TimeLexicon) -> bool:
    """Whether the sentence before ``at`` speaks of any case that may come."""
    said = text[_sentence_start(text, at) : at]
    return lexicon.parts["condition.any_case"].search(said) is not None


def _sentence_start(text: str, at: int) -> int:
    return start_before(STATEMENT, text, at, max(0, at - _REACH))


def _name_offset(name: str, lexicon: TimeLexicon) -> int:
    words = lexicon.parts["condition.left"].finditer(name)
    return max((word.end() for word in words if word.end() < len(name)), default=0)
