"""Lines that a web page put among those of a text: captions, editors, links to other pages."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from speechmine.model import Notice
from speechmine.rules.schema import RuleSet

__all__ = ["is_web_line", "left_out_lines", "web_lines"]

Span = tuple[int, int]

_LINE = re.compile(r"[^\n]+")
_LONGEST = 200
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
    return re.compile("|".join(f"(?:{r.pattern})" for r in rules.table("page_lines") if r.pattern))


def web_lines(text: str, rules: RuleSet) -> list[Span]:
    r"""The lines of a text that are the page's, with their line ends.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> web_lines("抓好供水。\n责任编辑：赵某\n抓好防汛。", default_rules())
        [(6, 14)]
    """
    found = (match.span() for match in _LINE.finditer(text))
    return [(a, b + (b < len(text))) for a, b in found if is_web_line(text[a:b], rules)]


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
