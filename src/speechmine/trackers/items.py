"""A row of a ledger as what a tracker holds: our fields, and nothing of what people fill in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from speechmine.ledger import Ledger, LedgerRow, due_day
from speechmine.ledger.memory import named_rows
from speechmine.ledger.records import STATE_PUSHED
from speechmine.ledger.states import StateKind, kind_of_state
from speechmine.writers.todo import unbroken, writable

__all__ = ["Item", "item_title", "items_of"]

_LONGEST_TITLE = 250  # Redmine takes 255, Jira 254
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Item:
    """A task as every tracker can hold it.

    Attributes:
        id: the row's own; stays through revisions of the speech.
        title: one line. text: wording, units, time as worded, source.
        due: last day owed, ISO 8601; None: the text gives none.
        begun: day of the speech. labels: themes.
        state: what the state in the ledger means; seen, mark: what it meant when it came from the
            tracker last, and what had been pushed then.
        cycle: rule of a cycle (RFC 5545). project: title of the speech.
    """

    id: str
    title: str
    text: str
    due: str | None = None
    begun: str | None = None
    labels: tuple[str, ...] = ()
    state: StateKind = ""
    seen: StateKind = ""
    mark: str = ""
    cycle: str = ""
    project: str = ""

    @property
    def hash(self) -> str:
        """Tells our fields from other ones; compared with what the tracker remembers.

        Example:
            >>> Item("t-1", "修路", "修好县道。").hash == Item("t-1", "修路", "修好县道").hash
            False
        """
        return content_hash(self.title, self.text, self.due)


def content_hash(title: str, text: str, due: str | None) -> str:
    """A short name of what our three fields say, whatever blanks a tracker puts around them."""
    lines = (line.rstrip() for line in text.strip().splitlines())
    said = "\x1f".join((title.strip(), "\n".join(lines), due or ""))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def items_of(ledger: Ledger) -> Iterator[Item]:
    """The tasks of a ledger that the speech still has.

    Rows that people wrote by hand go out like any other.

    Example:
        >>> import speechmine
        >>> from speechmine.ledger import make_ledger
        >>> ledger = make_ledger([speechmine.extract("请区财政局6月底前制定奖补方案。")])
        >>> [item.title for item in items_of(ledger)]
        ['制定奖补方案']
    """
    for row in named_rows(ledger.rows):
        if row.cells.get("task") and not row.dropped:
            yield _item(row, ledger)


def _item(row: LedgerRow, ledger: Ledger) -> Item:
    found = _DATE.search(row.document)
    due = due_day(row)
    return Item(
        row.id or "",
        item_title(row),
        writable("\n".join(_text_lines(row, ledger))),
        due.isoformat() if due else None,
        found[0] if found else None,
        tuple(filter(None, row.known("themes").split("、"))),
        kind_of_state(row.cells.get("state", "")),
        kind_of_state((row.written or {}).get("state", "")),
        (row.written or {}).get(STATE_PUSHED, ""),
        row.known("cycle"),
        unbroken(ledger.documents.get(row.document) or row.document),
    )


def item_title(row: LedgerRow) -> str:
    r"""What a task is called: one line, as long as every tracker takes it.

    Example:
        >>> item_title(LedgerRow("t-1", cells={"task": "修好\n水渠"}))
        '修好 水渠'
    """
    title = unbroken(row.cells["task"])
    return title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1] + "…"


def _text_lines(row: LedgerRow, ledger: Ledger) -> Iterator[str]:
    yield row.known("text") or row.cells["task"]
    who = row.cells.get("who") or row.known("who")
    source = ledger.documents.get(row.document) or row.document
    named = (
        ("责任单位", who),
        ("配合单位", row.cells.get("cooperate", "")),
        ("完成时限", row.cells.get("deadline", "")),
        ("量化指标", row.cells.get("metrics", "")),
        ("来源", source),
    )
    yield from (f"{label}：{unbroken(said)}" for label, said in named if said)
    yield f"编号：{row.id}"
