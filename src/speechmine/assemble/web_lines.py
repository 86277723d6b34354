"""Lines that a web page put among those of a text: captions, editors, links to other pages."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from speechmine.borders import Span
from speechmine.model import Notice
from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet

__all__ = ["is_web_line", "left_out_lines", "web_lines"]

_LINE = compiled(r"[^\n]+")
# Brackets that may stand within a line; whole lines are looked at as such.
_BRACKETS = compiled(r"[\[［【（(][^\[\]［］【】（）()\n]{2,90}[\]］】）)]")
_IN_BRACKETS = "bracketed caption"
_CREDIT = "credit"
_LONGEST = 200
# An overlay may have left no rule of a kind: then nothing is one.
_NEVER = "(?!)"
_SHOWN = 3
_LONGEST_SHOWN = 30


def is_web_line(line: str, rules: RuleSet) -> bool:
    """Whether a line is the page's, not the text's.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> is_web_line("责任编辑：赵某", default_rules())
        True
    """
    said = line.strip(" \t\u3000\u00a0")
    return len(said) <= _LONGEST and _page_line(rules).search(said) is not None


@functools.lru_cache(maxsize=8)
def _page_line(rules: RuleSet) -> re.Pattern[str]:
    found = (r for r in rules.table("page_lines") if r.value != _CREDIT)
    return compiled("|".join(f"(?:{r.pattern})" for r in found if r.pattern) or _NEVER)


@functools.lru_cache(maxsize=16)
def _within(rules: RuleSet, kind: str) -> re.Pattern[str]:
    """What is left out within a line, of one kind."""
    found = (r.pattern for r in rules.table("page_lines") if r.value == kind and r.pattern)
    return compiled("|".join(f"(?:{pattern})" for pattern in found) or _NEVER)


def web_lines(text: str, rules: RuleSet) -> list[Span]:
    r"""The lines of a text that are the page's, with their line ends, and captions in brackets.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> web_lines("抓好供水。\n责任编辑：赵某\n抓好防汛。", default_rules())
        [(6, 14)]
        >>> web_lines("抓好供水。[图为会议现场]\n抓好防汛。", default_rules())
        [(5, 13)]
    """
    lines = (match.span() for match in _LINE.finditer(text))
    return [span for line in lines for span in _page_parts(text, *line, rules)]


def _page_parts(text: str, start: int, end: int, rules: RuleSet) -> Iterator[Span]:
    """All of a line that is the page's, or the captions and credits in one that is not."""
    if is_web_line(text[start:end], rules):
        yield start, end + (end < len(text))
        return
    kept = _within(rules, _IN_BRACKETS)
    bracketed = [m.span() for m in _BRACKETS.finditer(text, start, end) if kept.search(m[0])]
    named = (m.span() for m in _within(rules, _CREDIT).finditer(text, start, end))
    outside = (c for c in named if not any(a < c[1] and c[0] < b for a, b in bracketed))
    yield from sorted((*bracketed, *outside))


def left_out_lines(lines: Sequence[str], span: Span | None = None) -> Iterator[Notice]:
    """One notice on all lines of a page that are left out.

    Args:
        lines: what they say.
        span: where the first one stands, if it is in the text.
    """
    if lines:
        shown = "；".join(_short(line) for line in lines[:_SHOWN])
        more = f" and {len(lines) - _SHOWN} more" if len(lines) > _SHOWN else ""
        message = f"lines of the web page, not of the text, are not read: {shown}{more}"
        yield Notice("page_lines", message, *(span or ()))


def _short(line: str) -> str:
    said = " ".join(line.split())
    return said if len(said) <= _LONGEST_SHOWN else f"{said[: _LONGEST_SHOWN - 1]}…"
