"""Documents with tables: their rows are read as matters, what stands around them as text."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speechmine.assemble.findings import Part
from speechmine.assemble.table_columns import column_examples, headings_of, layouts_of
from speechmine.assemble.table_grid import Layout
from speechmine.assemble.table_rows import CellReader, TablePart, TableReader
from speechmine.borders import Span, split_blocks, split_segments
from speechmine.extractors.conventions import lead_convention
from speechmine.model import Discourse, Document, Notice, Quantity, Segment, Table
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import patterns_by_id
from speechmine.segment.pasted import left_out_lines, pasted_tables, web_lines
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
    text, aside = document.text, web_lines(document.text, rules)
    found = [(table, layouts_of(text, table, rules)) for table in document.tables]
    if not found:
        pasted = ((table, layouts_of(text, table, rules)) for table in pasted_tables(text))
        found = [pair for pair in pasted if pair[1]]
    if not found:
        view = view_of(text)
        prose = _without(text, aside) if aside else view
        return Parted(view, prose, (), tuple(_aside(text, aside)))
    tables = [(table.start, table.end) for table, _ in found]
    unread = (_unread(table, document, rules) for table, layouts in found if not layouts)
    outside = [s for s in aside if not any(start <= s[0] < end for start, end in tables)]
    return Parted(
        head=_without(text, [(_header_start(*pair), pair[0].end) for pair in found]),
        prose=_without(text, sorted([*tables, *aside])),
        layouts=tuple(layout for _, layouts in found for layout in layouts),
        unread=(*unread, *_aside(text, outside)),
    )


def _without(text: str, taken: Sequence[Span]) -> TextView:
    """The view of what stands outside of some spans."""
    kept, at = [], 0
    for start, end in (*taken, (len(text), len(text))):
        if at < start:
            kept.append((at, start))
        at = max(at, end)
    return view_of_parts(text, kept)


def _aside(text: str, lines: Sequence[Span]) -> Iterator[Notice]:
    """A notice on the lines of a web page in a text."""
    return left_out_lines([text[slice(*line)] for line in lines], lines[0] if lines else None)


def titled(document: Document, layouts: Sequence[Layout], rules: RuleSet) -> Document:
    """The document; where it has no title, with the first line above the header of a table."""
    if document.title is not None:
        return document
    untitled = patterns_by_id(rules, "table_words")["title.none"]
    for layout in layouts:
        for row in range(layout.header):
            said = set(layout.grid.row(row)) - {""}
            line = " ".join(next(iter(said), "").split())
            if len(said) == 1 and 1 < len(line) <= _LONGEST_TITLE and not untitled.search(line):
                return dataclasses.replace(document, title=line)
    return document


def _unread(table: Table, document: Document, rules: RuleSet) -> Notice:
    headings = headings_of(document.text, table, rules)
    shown = "、".join(" ".join(h.split()) for h in headings[:_SHOWN_HEADINGS]) or "none"
    message = f"a table without a column for the task (headings found: {shown})"
    if all(cell.column == 0 for cell in table.cells):
        message += "; each row is one cell: cells are parted by tabs in .tsv, by commas in .csv"
    else:
        wanted = "、".join(column_examples(rules))
        message += f"; name the column that says what is to be done, for example {wanted}"
    return Notice("no_task_column", message, table.start, table.end)


def _header_start(table: Table, layouts: Sequence[Layout]) -> int:
    """Where the line of a table's first header begins."""
    if not layouts:
        return table.start
    first = min(cell.start for cell in table.cells if cell.row == layouts[0].header)
    return max(table.start, layouts[0].grid.text.rfind("\n", 0, first) + 1)


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
    reader = TableReader(document, rules, read, lead_convention(document.text, rules), split)
    sections = 0
    for layout in layouts:
        found = reader.part_of(layout, sections)
        sections += len(found.sections)
        if not found.tasks:
            heading = layout.columns[layout.task].heading
            message = f"a table with no row under its column {heading}"
            found.notices.append(Notice("empty_table", message))
        yield _part(found)


def _part(found: TablePart) -> Part:
    views = [(findings.seen, findings.view.restore) for findings, _ in found.readings]
    unread = (t.deadline for t in found.tasks if t.deadline.note == "unread_time")
    return Part(
        tasks=tuple(found.tasks),
        metrics=tuple(found.metrics),
        sections=tuple(found.sections),
        segments=tuple(
            dataclasses.replace(findings.view.restore(part.segment), section=section)
            for findings, section in found.readings
            for part in findings.segments
        ),
        times=(*(restore(t) for seen, restore in views for t in seen.times), *unread),
        quantities=tuple(restore(q) for seen, restore in views for q in seen.quantities),
        notices=tuple(found.notices),
    )


def owed_segments(text: str, quantities: Sequence[Quantity]) -> tuple[Segment, ...]:
    """The sentences of a cell: targets where a number stands (A4), directives elsewhere."""
    found = []
    for block in split_blocks(text):
        for start, end in split_segments(text, *block):
            counted = any(start <= q.start < end for q in quantities)
            label: Discourse = "target" if counted else "directive"
            found.append(Segment(start, end, text[start:end], None, None, label))
    return tuple(found)
