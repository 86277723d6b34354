"""Numbered pieces of a text that have no body, and so head nothing (GUIDELINE A2)."""

from __future__ import annotations

from collections.abc import Sequence

from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import patterns_by_id
from speechmine.segment.pieces import Piece

__all__ = ["BRACKETED", "heads_nothing"]

#: A bracket that closes an item (（区财政局负责）) is no body for a heading.
BRACKETED = compiled(r"[（(\[〔【][^）)]{2,300}[）)\]〕】][。；]?$")
# So many lines at most say who answers for an item and by when.
_MOST_FIELDS = 6


def heads_nothing(pieces: Sequence[Piece], i: int, rules: RuleSet) -> bool:
    r"""A numbered piece with no body: the next of its list follows, or what is above, or nothing.

    It says itself what is to be done or was done (1.新建泵站2座; 二是编制规划): of 1,506 such
    pieces in annotated texts two were headings. Who answers for it may stand behind or below it.

    Args:
        pieces: the whole text.
        i: the place of the line.
        rules: the rule set.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> from speechmine.segment.pieces import pieces_of
        >>> rules = default_rules()
        >>> pieces = pieces_of("一、水利\n1.新建泵站2座\n2.疏浚河道（县水利局）", rules)
        >>> [heads_nothing(pieces, i, rules) for i in range(3)]
        [False, True, True]
    """
    piece, mark = pieces[i], pieces[i].enumerator
    if mark is None:
        return False
    following = pieces[i + 1] if i + 1 < len(pieces) else None
    if following is None or (piece.last and not piece.first):
        return True
    if following.enumerator is not None and following.enumerator.style == mark.style:
        return True
    noted = following.last and BRACKETED.match(following.text)  # （县水利局负责）
    return piece.first and bool(piece.last or noted) and _ends_behind(pieces, i, rules)


def _ends_behind(pieces: Sequence[Piece], i: int, rules: RuleSet) -> bool:
    """Whether the lines below only say who answers, and then a number as high or higher comes."""
    mark, field = pieces[i].enumerator, patterns_by_id(rules, "headings")["heading.field"]
    since = i + 1 + (not pieces[i].last)
    below = next((p for p in pieces[since : i + _MOST_FIELDS] if not field.match(p.text)), None)
    if below is None or below.enumerator is None or mark is None:
        return below is None
    return below.enumerator.style == mark.style or below.enumerator.rank < mark.rank
