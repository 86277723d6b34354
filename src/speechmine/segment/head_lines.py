"""The lines of a text above its salutation, freed of what a web page sets around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speechmine.borders import split_blocks
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import Patterns, patterns_by_id

__all__ = ["Head", "read_head"]

# A head takes no more lines and characters than this.
_MOST_LINES = 10
_MOST_CHARACTERS = 900
# A salutation may stand behind the speaker's name in one line, not deep in a paragraph.
_BEFORE_SALUTATION = 100
_LONGEST_LINE = 100
_FIRST_WORDS = 120


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the body.

    Attributes:
        lines: its lines, broken ones joined and merged ones parted.
        salutation: the words that address the audience, without their mark.
        start: the first words of the body.
    """

    lines: tuple[str, ...]
    salutation: str | None
    start: str


def read_head(text: str, rules: RuleSet) -> Head:
    r"""Find the head of a text; without a salutation only lines that a title opens are one.

    Args:
        text: the matching view's text.
        rules: the rule set.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> read_head("政府工作报告\n区长　林远山\n各位代表：\n我报告工作。", default_rules())
        Head(lines=('政府工作报告', '区长　林远山'), salutation='各位代表', start='我报告工作。')
    """
    patterns = patterns_by_id(rules, "head")
    lines: list[str] = []
    blocks = [text[a:b] for a, b in split_blocks(text[:_MOST_CHARACTERS])]
    for n, block in enumerate(blocks):
        if patterns["head.furniture"].match(block):
            continue
        found = _salutation(block, patterns)
        if found is not None:
            lines.append(block[: found.start()].strip(" 　"))
            start = block[found.end() :].strip() or "".join(blocks[n + 1 : n + 2])
            parted = tuple(_cut_lines([line for line in lines if line], patterns))
            return Head(parted, re.sub(r"\s", "", found["salutation"]), start[:_FIRST_WORDS])
        if len(lines) == _MOST_LINES or _is_body(block, patterns):
            return _without_salutation(lines, "\n".join(blocks[n : n + 2]), patterns)
        lines.append(block)
    return _without_salutation(lines, "", patterns)


def _salutation(block: str, patterns: Patterns) -> re.Match[str] | None:
    found = patterns["head.salutation"].search(block[: 2 * _BEFORE_SALUTATION])
    before = block[: found.start()] if found else ""
    return found if len(before) <= _BEFORE_SALUTATION and "。" not in before else None


def _is_body(block: str, patterns: Patterns) -> bool:
    """A paragraph, or a heading of the body; …作政府工作报告。 is still a line of the head."""
    if len(block) > _LONGEST_LINE or patterns["head.body"].match(block):
        return True
    told = patterns["head.sentence"].search(block)
    return told is not None and not patterns["head.reports"].search(block)


def _without_salutation(lines: Sequence[str], body: str, patterns: Patterns) -> Head:
    """Title, date and speaker may stand without one; a first line that names no text heads none."""
    merged = patterns["head.merged"].match(body)
    if merged and not lines:
        return Head((merged["title"], merged["date"]), None, body[merged.end() :][:_FIRST_WORDS])
    parted = tuple(_cut_lines(lines, patterns))
    if not any(patterns["head.title"].search(line) for line in parted[:3]):
        parted = ()
    return Head(parted, None, body[:_FIRST_WORDS])


def _cut_lines(lines: Sequence[str], patterns: Patterns) -> Iterator[str]:
    """Broken lines joined, then cut at dashes and after …会议上."""
    joined: list[str] = []
    for line in lines:
        if joined and patterns["head.open_end"].search(joined[-1]):
            joined[-1] += line
        elif not joined or line != joined[-1]:
            joined.append(line)
    for line in joined:
        for piece in patterns["head.dash"].split(line):
            parts = patterns["head.at_meeting"].split(piece)
            yield from (part.strip(" 　") for part in parts if part.strip(" 　"))
