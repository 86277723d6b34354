"""Work-division tables to tasks: one matter, one task, every part of it in its own cell."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from speechmine.assemble.findings import FIRM_KINDS, INHERITED_ROLES, Findings
from speechmine.assemble.owed import with_owed_deed
from speechmine.assemble.rows import assemble_tasks
from speechmine.assemble.table_body import OUR_ID, Matter, OpenBody, heading_rows
from speechmine.assemble.table_cells import deadline_in, parties_in
from speechmine.assemble.table_contents import is_body
from speechmine.assemble.table_figures import figures_of
from speechmine.assemble.table_grid import ROLES, Layout
from speechmine.assemble.table_steps import short_title, steps_of
from speechmine.characters import bare
from speechmine.extractors.conventions import Convention
from speechmine.model import (
    Deadline,
    Document,
    Metric,
    Notice,
    OtherCell,
    Party,
    Section,
    TableCell,
    Task,
    content_id,
)
from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import patterns_by_id
from speechmine.segment.objects import object_kind, object_lexicon

__all__ = ["CellReader", "TablePart", "TableReader"]

#: Reads a cell as a small text of its own; the year is the one its column's heading names.
CellReader = Callable[[TableCell, int | None], Findings]

_SHORTEST_TITLE = 4
_LEAST_FLAGS = 2
_END = compiled(r"[\s。；;，,、]+\Z")
# How a ledger of ours writes a day.
_ISO_DAY = compiled(r"\d{4}-\d{2}-\d{2}")
_FULL_YEAR = compiled(r"(?<!\d)(?:19|20)\d{2}")
_SHOWN = frozenset(("deliverable", "product", "project"))
_MADE = frozenset(("deliverable", "product"))
_NAMING_USES = ("category", "name", "task", "content")
_READ_USES = frozenset((*ROLES, *_NAMING_USES, "number", "deadline", "latest", "target"))


@dataclass(slots=True)
class TablePart:
    """What one table gives."""

    tasks: list[Task] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    metrics: list[Metric] = field(default_factory=list)
    readings: list[tuple[Findings, str | None]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TableReader:
    """Reads the tables of a document whose headers are known.

    Attributes:
        document, rules: the document, and by what it is read.
        read: reads a cell.
        convention: what the document says of lists without a lead.
        split: a row that owes several things is several tasks.
    """

    document: Document
    rules: RuleSet
    read: CellReader
    convention: Convention | None
    split: bool

    def part_of(self, layout: Layout, sections: int) -> TablePart:
        """What a table gives, where the document has so many sections before it."""
        body = OpenBody(layout, self.rules)
        matters = list(body.matters())
        part = TablePart(sections=list(heading_rows(matters, sections)), notices=body.left)
        ids = {section.start: section.id for section in part.sections}
        names = Counter(layout.said(cell) for m in matters for cell in m.names.values())
        for matter in matters:
            section = ids[matter.heading.start] if matter.heading else None
            row = _RowReader(matter, layout, self, names, part, section)
            part.tasks += row.tasks() if self.split else [row.task()]
        return part


@dataclass(frozen=True, slots=True)
class _RowReader:
    """One matter under work; what is read goes to ``part`` too."""

    matter: Matter
    layout: Layout
    table: TableReader
    names: Counter[str]
    part: TablePart
    section: str | None

    def task(self) -> Task:
        cell = self.matter.task
        findings = self._read(cell, None)
        steps = assemble_tasks(with_owed_deed(findings))
        main = max(steps, key=lambda step: (step.level, -step.start), default=None)
        text = _END.sub("", self.layout.said(cell))
        parties = tuple(self._parties()) or (main.parties if main else ())
        deadline = self._deadline() or (main.deadline if main else Deadline())
        metrics = [*_restored_metrics(findings, None), *self._targets()]
        self.part.metrics += metrics
        title, group = self._title_and_group()
        shown = self.layout.said(title) or (main.title if main else text)
        task = Task(
            id=self._id(cell.start, text),
            text=text,
            start=cell.start,
            end=cell.start + len(text),
            title=short_title(shown),
            level=1,
            action=main.action if main else "",
            object=main.object if main else text,
            modality=main.modality if main else "obliged",
            section=self.section,
            item=self.matter.number,
            group=self.layout.said(group) or None,
            parties=parties,
            deadline=deadline,
            metrics=tuple(metric.id for metric in metrics),
            measures=tuple(step.text for step in steps if step is not main),
            result=main.result if main else None,
            duplicate_of=None,
            themes=(),
            rule="table.row",
            other=tuple(self._other(title, group)),
            cells=tuple(self.matter.cells(self.layout)),
        )
        return dataclasses.replace(task, level=self._level(task, findings))

    def tasks(self) -> list[Task]:
        """What the row owes, each for itself; who and by when hold for all of it."""
        whole, cell = self.task(), self.matter.task
        booked = [use for use in (*ROLES, "deadline") if self._booked(use)]
        findings = self.table.read(cell, None)
        return steps_of(whole, cell, findings, booked=booked, metrics=self.part.metrics)

    def _booked(self, *uses: str) -> bool:
        return any(True for _ in self._cells(*uses))

    def _read(self, cell: TableCell, year: int | None) -> Findings:
        findings = self.table.read(cell, year)
        self.part.readings.append((findings, self.section))
        return findings

    def _cells(self, *uses: str) -> Iterator[tuple[int, TableCell]]:
        """The cells of such columns in all rows of the matter, each once."""
        columns = list(self.layout.of(*uses))
        found = {
            cell: column
            for row in self.matter.rows
            for column in columns
            if (cell := row[column]) is not None
        }
        return ((column, cell) for cell, column in found.items())

    def _said_in(self, use: str) -> Iterator[str]:
        return (self.layout.said(cell) for _, cell in self._cells(use))

    def _parties(self) -> Iterator[Party]:
        """Those of the row; with a role that the row leaves open, those beside a name above it."""
        table = self.table
        found = [
            party
            for use, cell in self._party_cells()
            for party in parties_in(table.read(cell, None), use, table.document, table.rules)
        ]
        taken = {party.role for party in found}
        above = [p for p in self._parties_above() if p.role not in taken]
        led = {party.text for party in above if party.role == "lead"}
        found = [p for p in found if p.role != "responsible" or p.text not in led]
        return _led([*above, *found], table.convention)

    def _party_cells(self) -> Iterator[tuple[str, TableCell]]:
        """Cells that say who; where no column does, names of rows that are those of bodies."""
        columns = self.layout.columns
        stated = [(columns[column].use, cell) for column, cell in self._cells(*ROLES)]
        yield from stated
        for column, cell in () if stated else self.matter.names.items():
            if columns[column].bodies and is_body(self.layout.said(cell), self.table.rules):
                yield "responsible", cell

    def _parties_above(self) -> Iterator[Party]:
        """医疗健康（牵头单位：省卫生健康委）: a group that says who leads all of it."""
        for cell in self.matter.names.values():
            findings = self.table.read(cell, None)
            for assignment in findings.assignments:
                for party in assignment.parties:
                    yield findings.view.restore(dataclasses.replace(party, source="heading"))

    def _id(self, start: int, text: str) -> str:
        """The one that a ledger of ours has given the row; else what the row is."""
        given = next(filter(OUR_ID.fullmatch, self._said_in("number")), None)
        if given is not None and all(given != task.id for task in self.part.tasks):
            return given
        return content_id("t", (self.table.document.id, start, start + len(text), text))

    def _deadline(self) -> Deadline | None:
        latest = next(self._said_in("latest"), "")
        year = int(latest[:4]) if _ISO_DAY.fullmatch(latest) else None
        found = [deadline_in(self.table.read(cell, year)) for _, cell in self._cells("deadline")]
        read = next((d for d in found if d.note != "unread_time"), found[0] if found else None)
        if year is None or (read is not None and _FULL_YEAR.search(read.text or "")):
            return read
        if read is not None and read.latest == latest:
            return read
        # 明年 was said in another year than this one, which only the worked out day still knows.
        return dataclasses.replace(read or Deadline(), latest=latest, earliest=None, edtf=None)

    def _targets(self) -> Iterator[Metric]:
        """What the columns of figures hold; of words beside a goal's number what they say."""
        read, rules = self.table.read, self.table.rules
        for column, cell, metric in figures_of(self.matter, self.layout, read, rules):
            if column.use == "target":
                findings = self._read(cell, column.year)
                yield from (metric,) if metric else _restored_metrics(findings, column.year)
            elif metric is not None:
                yield metric

    def _title_and_group(self) -> tuple[TableCell | None, TableCell | None]:
        """The cells that name the row and its group; a name of several matters groups them."""
        title, group = None, None
        reference = patterns_by_id(self.table.rules, "table_words")["cell.reference"]
        for column, cell in self.matter.names.items():
            said = self.layout.said(cell)
            if reference.match(said):
                continue
            alone = self.names[said] == 1 and len(said) >= _SHORTEST_TITLE
            named = self.layout.columns[column].rank > 1 and not self._is_party(cell)
            if title is None and alone and named:
                title = cell
            else:
                group = group or cell
        return title, group

    def _is_party(self, cell: TableCell) -> bool:
        findings = self.table.read(cell, None)
        whole = (0, len(findings.view.text))
        return any((group.start, group.end) == whole for group in findings.groups)

    def _other(self, *used: TableCell | None) -> Iterator[OtherCell]:
        """Cells that no field holds: those of unknown columns, and names beside name and group."""
        unknown = {c.use for c in self.layout.columns} - _READ_USES
        for column, cell in (*self._cells(*unknown), *self.matter.names.items()):
            if cell not in used:
                heading = self.layout.columns[column].heading
                yield OtherCell(heading, self.layout.said(cell), cell.start, cell.end)

    def _level(self, task: Task, findings: Findings) -> Literal[1, 2, 3]:
        """As for sentences (GUIDELINE section 3); the row's own columns give the flags.

        A row that says who or by when has been put on the books (立项), so it is a task.
        """
        mentions = [m for part in findings.segments for m in part.mentions]
        lexicon = object_lexicon(self.table.rules)
        kinds = {object_kind(bare(text), lexicon) for text in (task.title, task.object)}
        counted = bool(findings.seen.quantities) or bool(task.metrics)
        clear = bool(kinds & _SHOWN) or any(m.checkable for m in mentions)
        if not (clear or counted or self._booked(*ROLES, "deadline")):
            return 1
        dated = task.deadline.kind in FIRM_KINDS
        made = bool(kinds & _MADE) or any(m.deliverable for m in mentions)
        named = any(p.role in INHERITED_ROLES and not p.generic for p in task.parties)
        return 3 if sum((dated, counted, made, named)) >= _LEAST_FLAGS else 2


def _restored_metrics(findings: Findings, year: int | None) -> Iterator[Metric]:
    for metric in findings.metrics:
        found = findings.view.restore(metric)
        period = found.period or (str(year) if year else None)
        own = content_id("m", (found.start, found.end, found.indicator, found.low, found.high))
        yield dataclasses.replace(found, id=own, period=period)


def _led(parties: Sequence[Party], convention: Convention | None) -> Iterator[Party]:
    """Where no lead is named, what the document says of such lists holds."""
    led = any(party.role == "lead" for party in parties)
    for party in parties:
        takes = not led and party.role == "responsible" and convention in ("first", "all")
        led = led or (takes and convention == "first")
        yield dataclasses.replace(party, role="lead") if takes else party
