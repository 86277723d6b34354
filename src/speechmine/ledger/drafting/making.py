"""Extractions to the rows of a ledger."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, count

from speechmine.assemble.table_body import left_out
from speechmine.ledger.cells import clean
from speechmine.ledger.drafting.categories import (
    category_of,
    section_of,
    strays_of,
    titles_above,
    topic_of,
)
from speechmine.ledger.drafting.doubts import explains
from speechmine.ledger.drafting.figures import figure_items
from speechmine.ledger.drafting.speaking import Speaking
from speechmine.ledger.drafting.tabled import OLD_NUMBER, Tabled, TabledRow
from speechmine.ledger.drafting.wording import RowSetting, in_row_words, task_cells
from speechmine.ledger.drafting.words import RowWords, row_words
from speechmine.ledger.layout import LedgerLayout, default_layout, known_columns, ledger_words
from speechmine.ledger.records import WHERE_NAMED, Ledger, LedgerRow, answered
from speechmine.model import Document, Extraction, Task, content_id
from speechmine.tables import task_rows, value_label

__all__ = ["make_ledger"]


def make_ledger(extractions: Iterable[Extraction], *, layout: LedgerLayout | None = None) -> Ledger:
    """The rows of a ledger, in the order of the speeches.

    A task that only repeats an earlier one of the same speech has no row of its own, nor has one
    that only caps what the task before it owes (单个项目不超过500亩); it goes with that. What
    explains a word (名词解释) is no row; a line at the foot counts those left out. A row of a table
    is one of the ledger, word for word; columns that the ledger does not know it keeps.

    Args:
        extractions: what the speeches gave.
        layout: how the office wants it; the customary one by default.

    Example:
        >>> import speechmine
        >>> speech = speechmine.extract("请区财政局6月底前制定奖补方案。")
        >>> row = make_ledger([speech]).rows[0]
        >>> row.cells["task"], row.cells["who"], row.cells["deadline"]
        ('制定奖补方案', '区财政局', '6月底前')
    """
    making = _Making(layout or default_layout())
    for extraction in extractions:
        making.add(extraction)
    return making.ledger()


@dataclass(slots=True)
class _Making:
    """A ledger that grows by one document after the other."""

    layout: LedgerLayout
    rows: list[LedgerRow] = field(default_factory=list)
    documents: dict[str, str] = field(default_factory=dict)
    foot: list[str] = field(default_factory=list)
    # Headings of columns that tables bring, with whether they stand before the task.
    own: dict[str, bool] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    led: bool = False

    def add(self, extraction: Extraction) -> None:
        key = _key(extraction.document)
        self.documents[key] = extraction.document.title or ""
        tabled = Tabled.of(extraction.tasks)
        self.led = self.led or tabled.leads
        self.own |= {c: c in tabled.before for c in tabled.order if tabled.places[c] is None}
        self.foot += filter(None, map(left_out, extraction.notices))
        self.foot += strays_of(extraction.sections)
        self.foot += _explained(extraction)
        for task, cells in _cells_of_tasks(extraction, self.layout.category_depth):
            row = tabled.row(task) if task.cells else TabledRow({}, {})
            self._add_row(row.id or self._free(task.id), key, cells, row)

    def _free(self, name: str) -> str:
        """The identifier that the task has everywhere; another where a text is given twice."""
        names = (content_id("t", (name, nth)) for nth in count(2))
        found = next(given for given in chain((name,), names) if given not in self.taken)
        self.taken.add(found)
        return found

    def _add_row(self, name: str, key: str, cells: dict[str, str], tabled: TabledRow) -> None:
        number = tabled.cells.get("no", "")
        found = {**cells, **tabled.cells, "no": str(len(self.rows) + 1)}
        found["state"] = found.get("state") or self.layout.initial
        own = {**({OLD_NUMBER: number} if number else {}), **tabled.own}
        issued = {n: found[n] for n, c in known_columns().items() if c.theirs and found.get(n)}
        row = LedgerRow(name, key, found, dict(found), own, issued={**issued, **own})
        self.rows.append(answered(row, self._shown()))

    def _shown(self) -> tuple[str, ...]:
        """Fields that have a column, as far as that is known before the last row."""
        return (
            *(c.field for c in self.layout.columns),
            *(WHERE_NAMED if self.layout.customary else ()),
        )

    def ledger(self) -> Ledger:
        own = {OLD_NUMBER: True, **self.own} if self._numbered_otherwise() else self.own
        rows = (
            dataclasses.replace(r, own=_only(r.own, own), issued=_known(r, own)) for r in self.rows
        )
        return Ledger(
            tuple(rows),
            self.documents,
            tuple(self._fields()),
            tuple(own),
            leading=tuple(name for name, before in own.items() if before),
            foot=tuple(self.foot),
        )

    def _numbered_otherwise(self) -> bool:
        """Whether the tables' serial numbers are not just those of the ledger."""
        said = [
            (row.own[OLD_NUMBER], row.cells["no"]) for row in self.rows if OLD_NUMBER in row.own
        ]
        return any(number.rstrip(".、．") != ours for number, ours in said)

    def _fields(self) -> Iterator[str]:
        """Fields of the columns; of the customary ones, those that say something."""
        named = [c.field for c in self.layout.columns if c.field and not c.theirs]
        if not self.layout.customary:
            yield from named
            return
        spoken = {name for row in self.rows for name, said in row.cells.items() if said}
        for name in named:
            if name == "who" and self.led:
                yield from (n for n in ("lead", "responsible") if n in spoken or n == "lead")
            elif name == "cooperate":
                yield from (name, *(n for n in WHERE_NAMED if n in spoken))
            elif name == "source":
                yield from (name for _ in range(len(self.documents) > 1))
            elif name != "section" or name in spoken:
                yield name


def _explained(extraction: Extraction) -> Iterator[str]:
    """How many tasks were left out because they stand where words are explained."""
    count = sum(
        not t.cells and explains(extraction.document.text, t.start) for t in extraction.tasks
    )
    if count:
        yield str(ledger_words()["left_out"]).format(count=count)


def _only(own: Mapping[str, str], headings: Mapping[str, bool]) -> dict[str, str]:
    return {name: said for name, said in own.items() if name in headings}


def _known(row: LedgerRow, headings: Mapping[str, bool]) -> dict[str, str]:
    dropped = set(row.own) - set(headings)
    return {name: said for name, said in (row.issued or {}).items() if name not in dropped}


def _key(document: Document) -> str:
    """What the speech is called; a file may be renamed."""
    if document.title:
        return clean(f"{document.title} {document.date or ''}").strip()
    return clean(document.id)


def _cells_of_tasks(extraction: Extraction, depth: int) -> Iterator[tuple[Task, dict[str, str]]]:
    tasks = {task.id: task for task in extraction.tasks}
    sections = {section.id: section for section in extraction.sections}
    words, speaking = row_words(extraction), Speaking.of(extraction.document)
    for task, row in zip(extraction.tasks, task_rows(extraction), strict=True):
        first = tasks.get(task.duplicate_of or "")
        if first is not None and not task.cells and _adds_nothing(task, first):
            continue
        if not task.cells and explains(extraction.document.text, task.start):
            continue
        place = section_of(task, sections, extraction.document.text)
        section = category_of(place, sections, depth, extraction.document)
        around = RowSetting(
            words.get(task.id),
            section,
            titles_above(place, sections),
            topic_of(task, sections, depth, extraction.document.text),
            speaking,
        )
        cells = task_cells(task, extraction.document, around)
        found = {
            **{name: value_label(name, value) for name, value in row.items()},
            **cells,
            "metrics": _figure_cell(task, extraction, around.words, cells["task"]),
            "section": section,
        }
        kept = {name: found.get(name, "") for name in known_columns()}
        yield task, {name: clean(_unnoted(task, name, said)) for name, said in kept.items()}


def _unnoted(task: Task, name: str, said: str) -> str:
    """“五张清单”［18］: the mark of a footnote is no part of a cell, though of its source."""
    if task.cells or name == "text":
        return said
    return re.sub(str(ledger_words()["note_mark"]), "", said)


def _figure_cell(task: Task, extraction: Extraction, words: RowWords | None, named: str) -> str:
    """The figures that a row asks for; of a table's row, those of other columns stand in theirs."""
    text = extraction.document.text
    own = in_row_words(task, text, words)
    pieces = [
        (cell.start, text[cell.start : cell.end]) for cell in task.cells if cell.use == "task"
    ]
    pieces = pieces or [(own.start + max(0, own.text.rfind(named)), named)]
    items = (figure_items(said, extraction.metrics, start) for start, said in pieces)
    return "；".join(dict.fromkeys(chain.from_iterable(items)))


def _adds_nothing(task: Task, first: Task) -> bool:
    times = task.deadline.text in (None, first.deadline.text)
    parties = {p.text for p in task.parties} <= {p.text for p in first.parties}
    return times and parties and not task.metrics
