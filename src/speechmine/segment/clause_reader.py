"""Clauses read once and given to all who ask."""

from __future__ import annotations

from speechmine.borders import Span
from speechmine.model import Clause
from speechmine.packed import Shelf, held
from speechmine.rules.schema import RuleSet
from speechmine.segment.clauses import Skips, parse_clauses

__all__ = ["ClauseReader"]


class ClauseReader:
    """The clauses of any span of a text, each span parsed once.

    Args:
        text: the matching view's text.
        rules: the rule set.
        skips: spans that may stand before a verb (parties, times), by start.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> reader = ClauseReader("各镇要抓紧。", default_rules(), {0: (2, True)})
        >>> reader(0, 6) is reader(0, 6)
        True
    """

    def __init__(self, text: str, rules: RuleSet, skips: Skips | None = None) -> None:
        self._text = text
        self._rules = rules
        self._skips = skips or {}
        self._parsed = Shelf[tuple[Clause, ...]]()

    def __call__(self, start: int, end: int) -> tuple[Clause, ...]:
        """The clauses of a span, as :func:`parse_clauses` gives them."""
        span: Span = (start, end)
        found = self._parsed.get(span)
        if found is None:
            found = held(parse_clauses(self._text, start, end, self._rules, self._skips))
            self._parsed.put(span, found)
        return found
