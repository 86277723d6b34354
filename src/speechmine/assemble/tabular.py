"""Documents with tables: their rows are read as matters, what stands around them as text."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speechmine.assemble.findings import Findings, Part
from speechmine.assemble.pasted import left_out_lines, pasted_tables, web_lines
from speechmine.assemble.table_columns import Layout, column_examples, headings_of, layouts_of
from speechmine.assemble.table_rows import CellReader, TablePart, TableSource, tasks_of_table
from speechmine.borders import split_blocks, split_segments
from speechmine.extractors.conventions import lead_convention
from speechmine.model import Deadline, Discourse, Document, Notice, Quantity, Segment, Table
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import patterns_by_id
from speechmine.text import TextView, view_of, view_of_parts

__all__ = ["Parted", "owed_segments", "part_tables", "read_tables", "titled"]

_SHOWN_HEADINGS = 8
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Parted:
    """A document with its tables set apart.

    Attributes:
        head: the view that the document's own head is read from: running text, and the rows
            above the headers of tables.
        prose: the view of the running text alone.
        layouts: the tables that divide work.
        unread: a notice for each table that names no task, and for the lines of a web page.
    """

    head: TextView
    prose: TextView
    layouts: tuple[Layout, ...] = ()
    unread: tuple[Notice, ...] = ()


def part_tables(document: Document, rules: RuleSet) -> Parted:
    """Set the tables of a document apart from its running text.

    Where its reader kept no table, lines of the text that make one are a table by their header.
    """
    aside = web_lines(document.text, rules)
    found = [(table, layouts_of(document.text, table, rules)) for table in document.tables]
    if not found:
        pasted = ((t, layouts_of(document.text, t, rules)) for t in pasted_tables(document.text))
        found = [pair for pair in pasted if pair[1]]
    if not found:
        view = view_of(document.text)
        prose = _without(document, aside) if aside else view
        return Parted(view, prose, (), tuple(_aside(document, aside)))
    tables = [(table.start, table.end) for table, _ in found]
    unread = (_unread(table, document, rules) for table, layouts in found if not layouts)
    return Parted(
        head=_without(document, [(_header_start(*pair), pair[0].end) for pair in found]),
        prose=_without(document, sorted([*tables, *aside])),
        layouts=tuple(layout for _, layouts in found for layout in layouts),
        unread=(*unread, *_aside(document, _between(aside, tables))),
    )


def _between(
    spans: Sequence[tuple[int, int]], tables: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The lines that stand in no table."""
    return [s for s in spans if not any(a <= s[0] < b for a, b in tables)]


def _aside(document: Document, spans: Sequence[tuple[int, int]]) -> Iterator[Notice]:
    lines = [document.text[start:end] for start, end in spans]
    return left_out_lines(lines, spans[0] if spans else None)


def _without(document: Document, taken: Sequence[tuple[int, int]]) -> TextView:
    return view_of_parts(document.text, list(_outside(taken, document.length)))


def titled(document: Document, layouts: Sequence[Layout], rules: RuleSet) -> Document:
    """The document; where it has no title, with the first line above the header of a table."""
    if document.title is not None:
        return document
    untitled = patterns_by_id(rules, "table_words")["title.none"]
    for layout in layouts:
        for row in range(layout.header):
            said = {layout.grid.said(row, column) for column in range(layout.grid.width)} - {""}
            line = " ".join(next(iter(said), "").split())
            if len(said) == 1 and 1 < len(line) <= _LONGEST_TITLE and not untitled.search(line):
                return dataclasses.replace(document, title=line)
    return document


def _unread(table: Table, document: Document, rules: RuleSet) -> Notice:
    headings = headings_of(document.text, table, rules)
    shown = "、".join(" ".join(h.split()) for h in headings[:_SHOWN_HEADINGS]) or "none"
    wanted = "、".join(column_examples(rules))
    message = f"a table without a column for the task (headings found: {shown})"
    if all(cell.column == 0 for cell in table.cells):
        message += "; each row is one cell: cells are parted by tabs in .tsv, by commas in .csv"
    else:
        message += f"; name the column that says what is to be done, for example {wanted}"
    return Notice("no_task_column", message, table.start, table.end)


def _header_start(table: Table, layouts: Sequence[Layout]) -> int:
    if not layouts:
        return table.start
    first = min(cell.start for cell in table.cells if cell.row == layouts[0].header)
    return max(table.start, layouts[0].grid.text.rfind("\n", 0, first) + 1)


def _outside(taken: Sequence[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    at = 0
    for start, end in taken:
        if at < start:
            yield at, start
        at = max(at, end)
    if at < length:
        yield at, length


def read_tables(
    layouts: Sequence[Layout],
    document: Document,
    rules: RuleSet,
    *,
    read: CellReader,
    split: bool = False,
) -> Iterator[Part]:
    """The tasks of each table with all that stands in its cells.

    Args:
        layouts: the tables, in order.
        document: where they stand; what it says of leads holds for all of them.
        rules: the rule set.
        read: reads a cell as a small text.
        split: a row that owes several things is several tasks.
    """
    if not layouts:
        return
    convention = lead_convention(document.text, rules)
    sections = 0
    for layout in layouts:
        found = tasks_of_table(
            layout, TableSource(document, rules, read, convention, sections, split=split)
        )
        sections += len(found.sections)
        yield _part(found, layout)


def _part(found: TablePart, layout: Layout) -> Part:
    readings = [findings for findings, _ in found.readings]
    part = Part(
        tasks=tuple(found.tasks),
        metrics=tuple(found.metrics),
        sections=tuple(found.sections),
        segments=tuple(s for reading in found.readings for s in _segments(*reading)),
        times=tuple(r.view.restore(t) for r in readings for t in r.times),
        quantities=tuple(r.view.restore(q) for r in readings for q in r.quantities),
        notices=(*found.notices, *_empty(found, layout)),
    )
    return dataclasses.replace(part, times=(*part.times, *_unread_times(part)))


def _unread_times(part: Part) -> Iterator[Deadline]:
    return (t.deadline for t in part.tasks if t.deadline.note == "unread_time")


def _empty(found: TablePart, layout: Layout) -> Iterator[Notice]:
    if not found.tasks:
        heading = layout.columns[layout.task].heading
        yield Notice("empty_table", f"a table with no row under its column {heading}")


def _segments(findings: Findings, section: str | None) -> Iterator[Segment]:
    for part in findings.segments:
        yield dataclasses.replace(findings.view.restore(part.segment), section=section)


def owed_segments(text: str, quantities: Sequence[Quantity]) -> tuple[Segment, ...]:
    """The sentences of a cell: targets where a number stands (A4), directives elsewhere."""
    found = []
    for block in split_blocks(text):
        for start, end in split_segments(text, *block):
            counted = any(start <= q.start < end for q in quantities)
            label: Discourse = "target" if counted else "directive"
            found.append(Segment(start, end, text[start:end], None, None, label))
    return tuple(found)
