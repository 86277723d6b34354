"""A table's row that owes several things, taken apart: who and by when hold for all of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from speechmine.assemble.findings import Findings
from speechmine.assemble.rows import assemble_tasks
from speechmine.assemble.table_grid import ROLES
from speechmine.borders import Span
from speechmine.model import Metric, TableCell, Task, content_id
from speechmine.text import legible

__all__ = ["short_title", "steps_of"]

_LONGEST_TITLE = 60
_MARKS = "，；。,;、 \u3000\r\n"


def steps_of(
    whole: Task,
    cell: TableCell,
    findings: Findings,
    *,
    booked: Collection[str],
    metrics: Sequence[Metric],
) -> list[Task]:
    """What a row owes, each for itself; the row as it is where that is one thing.

    Args:
        whole: the row as one task.
        cell: the one that says what is owed.
        findings: what it says.
        booked: uses of columns (parties, the deadline) in which the row says something.
        metrics: of the row, among others.
    """
    steps = {step.start: step for step in assemble_tasks(findings)}
    spans = list(_step_spans(cell, findings, list(steps)))
    if len(spans) < 2:  # one thing is not to be split
        return [whole]
    found = []
    for start, end in spans:
        text = findings.view.original[start:end]
        step = next((steps[at] for at in steps if start <= at < end), None)
        said = step or dataclasses.replace(
            whole,
            text=text,
            start=start,
            end=end,
            title=short_title(text),
            object=text,
            measures=(),
        )
        # Its own words count where no column speaks.
        parties = step.parties if step and not set(booked) & ROLES else ()
        numbers = {m.id for m in metrics if start <= m.start < end}
        cells = (
            dataclasses.replace(c, text=text, start=start, end=end) if c.use == "task" else c
            for c in whole.cells
        )
        found.append(
            dataclasses.replace(
                said,
                id=content_id("t", (findings.document.id, start, end, text)),
                parties=parties or whole.parties,
                deadline=step.deadline if step and "deadline" not in booked else whole.deadline,
                metrics=tuple(m for m in whole.metrics if m in numbers),
                section=whole.section,
                item=whole.item,
                group=whole.group,
                rule=whole.rule,
                other=whole.other,
                cells=tuple(cells),
            )
        )
    return found


def _step_spans(cell: TableCell, findings: Findings, steps: Sequence[int]) -> Iterator[Span]:
    """The cell from step to step and from sentence to sentence, so that no word is lost."""
    sentences = (findings.view.restore(part.segment).start for part in findings.segments)
    starts = sorted({cell.start, *sentences, *steps[1:]})
    for start, end in pairwise([*starts, cell.end]):
        said = findings.view.original[start:end]
        left = start + len(said) - len(said.lstrip(_MARKS))
        right = start + len(said.rstrip(_MARKS))
        if left < right:
            yield left, right


def short_title(title: str) -> str:
    """A title that fits into a line.

    Example:
        >>> short_title("修复 水渠"), len(short_title("修" * 99))
        ('修复水渠', 60)
    """
    joined = "".join(legible(title).split())
    return joined if len(joined) <= _LONGEST_TITLE else joined[: _LONGEST_TITLE - 1] + "…"
