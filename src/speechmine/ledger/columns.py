"""The columns of a ledger that is written anew: the layout's, and those that tables bring."""

from __future__ import annotations

from collections.abc import Iterator

from speechmine.ledger.cells import text_width
from speechmine.ledger.layout import LedgerColumn, LedgerLayout, known_columns
from speechmine.ledger.records import Ledger

__all__ = ["columns_of_ledger"]

_NARROWEST, _WIDEST = 6, 24


def columns_of_ledger(ledger: Ledger, layout: LedgerLayout) -> tuple[LedgerColumn, ...]:
    """The columns in their order.

    Those of the layout that the ledger fills or people do; then what tables bring beside them:
    left of the task what stood left of it there, the others behind what speechmine fills.

    Args:
        ledger: the rows.
        layout: how the office wants it.

    Example:
        >>> from speechmine.ledger.layout import default_layout
        >>> ledger = Ledger((), fields=("no", "task"), own=("资金",))
        >>> [c.label for c in columns_of_ledger(ledger, default_layout())]
        ['序号', '工作任务', '资金', '进展情况', '状态', '备注']
    """
    kept = list(_kept_columns(ledger, layout))
    labels = {column.label for column in kept}
    own = [name for name in ledger.own if name not in labels]
    before = [_own(name, ledger) for name in own if name in ledger.leading]
    behind = [_own(name, ledger) for name in own if name not in ledger.leading]
    fields = [column.field for column in kept]
    task = next((i for i, name in enumerate(fields) if name in ("task", "title", "text")), 0)
    theirs = next((i for i, c in enumerate(kept) if i > task and (c.theirs or c.hidden)), len(kept))
    return (*kept[:task], *before, *kept[task:theirs], *behind, *kept[theirs:])


def _kept_columns(ledger: Ledger, layout: LedgerLayout) -> Iterator[LedgerColumn]:
    """The layout's columns; in the customary one each field of the ledger has its place."""
    ordered = layout.columns
    if layout.customary:
        more = (n for n in ledger.fields if n not in {c.field for c in layout.columns})
        ordered = tuple(_woven(layout.columns, [known_columns()[name] for name in more]))
    return (c for c in ordered if c.theirs or c.field in ledger.fields)


def _woven(columns: tuple[LedgerColumn, ...], more: list[LedgerColumn]) -> Iterator[LedgerColumn]:
    """Those who lead and answer in place of the one cell for both; others behind who helps."""
    first = [c for c in more if c.field in ("lead", "responsible")]
    for column in columns:
        yield from first if column.field == "who" else ()
        yield column
        yield from (c for c in more if c not in first and column.field == "cooperate")


def _own(name: str, ledger: Ledger) -> LedgerColumn:
    """As wide as its longest cell needs, within what a page can give."""
    longest = max((text_width(row.own.get(name, "")) for row in ledger.rows), default=0)
    needed = max(text_width(name), min(longest, _WIDEST)) + 2
    return LedgerColumn("", name, min(max(needed, _NARROWEST), _WIDEST))
