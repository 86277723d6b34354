"""A table's row that owes several things, taken apart: who and by when hold for all of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from speechmine.assemble.findings import Findings
from speechmine.assemble.rows import assemble_tasks
from speechmine.assemble.table_columns import ROLES
from speechmine.borders import Span
from speechmine.model import Metric, TableCell, Task, content_id
from speechmine.text import legible

__all__ = ["RowToSplit", "short_title", "steps_of"]

_LONGEST_TITLE = 60
_MARKS = "，；。,;、 \u3000\r\n"


@dataclass(frozen=True, slots=True)
class RowToSplit:
    """A row that may owe several things.

    Attributes:
        whole: the row as one task.
        cell, text: the cell that says what is owed, and the document's text.
        booked: uses of columns (parties, the deadline) in which the row says something.
        metrics: of the row, among others.
    """

    whole: Task
    cell: TableCell
    text: str
    booked: frozenset[str]
    metrics: Sequence[Metric]


def steps_of(row: RowToSplit, findings: Findings, document: str) -> list[Task]:
    """What a row owes, each for itself; the row as it is where that is one thing.

    Args:
        row: the row.
        findings: what its cell says.
        document: identifier of the document.
    """
    steps = {step.start: step for step in assemble_tasks(findings)}
    spans = list(_spans(row, findings, list(steps)))
    if len(spans) < 2:  # one thing is not to be split
        return [row.whole]
    return [_step(row, _step_in(span, steps), span, document) for span in spans]


def _spans(row: RowToSplit, findings: Findings, steps: Sequence[int]) -> Iterator[Span]:
    """The cell from step to step and from sentence to sentence, so that no word is lost."""
    cell = row.cell
    sentences = (findings.view.restore(part.segment).start for part in findings.segments)
    starts = sorted({cell.start, *sentences, *steps[1:]})
    for start, end in pairwise([*starts, cell.end]):
        said = row.text[start:end]
        left = start + len(said) - len(said.lstrip(_MARKS))
        right = start + len(said.rstrip(_MARKS))
        if left < right:
            yield left, right


def _step_in(span: Span, steps: Mapping[int, Task]) -> Task | None:
    return next((step for at, step in steps.items() if span[0] <= at < span[1]), None)


def _step(row: RowToSplit, step: Task | None, span: Span, document: str) -> Task:
    """One of several things that a row owes; its own words count where no column speaks."""
    whole, text = row.whole, row.text[span[0] : span[1]]
    part = step or dataclasses.replace(
        whole,
        text=text,
        start=span[0],
        end=span[1],
        title=short_title(text),
        object=text,
        measures=(),
    )
    numbers = {m.id for m in row.metrics if span[0] <= m.start < span[1]}
    own = step is not None and step.parties and row.booked.isdisjoint(ROLES)
    timed = step is not None and "deadline" not in row.booked
    task = dataclasses.replace(
        part,
        id=content_id("t", (document, *span, text)),
        parties=part.parties if own else whole.parties,
        deadline=part.deadline if timed else whole.deadline,
        metrics=tuple(m for m in whole.metrics if m in numbers),
    )
    return _with_row(whole, task, text, span)


def _with_row(whole: Task, step: Task, text: str, span: Span) -> Task:
    """One of several things that a row owes, with what the row says of all of them.

    Args:
        whole: the row as one task.
        step: one thing, with its parties and times.
        text: what of the cell is its own.
        span: where that stands.
    """
    cells = (
        dataclasses.replace(c, text=text, start=span[0], end=span[1]) if c.use == "task" else c
        for c in whole.cells
    )
    return dataclasses.replace(
        step,
        section=whole.section,
        item=whole.item,
        group=whole.group,
        rule=whole.rule,
        other=whole.other,
        cells=tuple(cells),
    )


def short_title(title: str) -> str:
    """A title that fits into a line.

    Example:
        >>> short_title("修复 水渠"), len(short_title("修" * 99))
        ('修复水渠', 60)
    """
    joined = "".join(legible(title).split())
    return joined if len(joined) <= _LONGEST_TITLE else joined[: _LONGEST_TITLE - 1] + "…"
