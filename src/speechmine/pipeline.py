"""The order of the work, written once: text in, frozen records out."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import functools
import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

from speechmine.assemble.duplicates import link_duplicates, link_stages
from speechmine.assemble.findings import Part
from speechmine.assemble.notices import doubted, doubtful_metrics, notices_of
from speechmine.assemble.profile import Profile
from speechmine.assemble.rows import themes_of, with_deed
from speechmine.assemble.suggestions import suggested
from speechmine.assemble.tabular import part_tables, read_tables, titled
from speechmine.changes import changed
from speechmine.errors import UsageError
from speechmine.find import document_of, parse_date
from speechmine.judge import (
    Model,
    shipped_model,
)
from speechmine.model import (
    Document,
    Extraction,
    Metric,
    Mode,
    Notice,
    Section,
    Segment,
    Task,
)
from speechmine.packed import LONG, keep_for
from speechmine.reading import DOUBTFUL_TASK, DocumentReader
from speechmine.rules.loader import chosen_rules
from speechmine.rules.schema import RuleSet
from speechmine.segment.head import complete_document, time_frame

__all__ = ["extract", "extract_packed"]

_LEAST_LEVEL: Mapping[Mode, int] = {"strict": 2, "full": 1}


def extract(  # noqa: PLR0913  # one parameter a choice of the user
    document: Document | str,
    *,
    date: str | dt.date | None = None,
    mode: Mode = "strict",
    rules: RuleSet | None = None,
    profile: Profile | None = None,
    model: Model | None = None,
    split: bool = False,
) -> Extraction:
    """Read a speech or report into sections, segments, tasks and metrics.

    Args:
        document: a document, or just its text.
        date: the day it was given (ISO 8601, or a ``datetime.date``); takes the place of the
            document's own.
        mode: ``strict`` gives tasks of level 2 and 3, ``full`` requirements (level 1) too; a
            row of a table that divides work is on the books, and stands in both.
        rules: a rule set of your own; the shipped one by default.
        profile: habits of an office; they give suggestions beside what the text states.
        model: a model of your own that judges labels and levels; the shipped one by default.
        split: a table's row that owes several things is several tasks; by default a row is one.

    Returns:
        Everything found, in document order; offsets point into ``document.text``.

    Raises:
        UsageError: the mode or the date is none, or what is given is no text.

    Example:
        >>> result = extract("区财政局要在3月底前制定奖补方案。", date="2024-01-08")
        >>> task = result.tasks[0]
        >>> task.title, [p.text for p in task.parties], task.deadline.edtf
        ('制定奖补方案', ['区财政局'], '../2024-03-31')
    """
    found = extract_packed(
        document,
        date=date,
        mode=mode,
        rules=rules,
        profile=profile,
        model=model,
        split=split,
    )
    return dataclasses.replace(
        found,
        sections=tuple(found.sections),
        segments=tuple(found.segments),
        tasks=tuple(found.tasks),
        metrics=tuple(found.metrics),
    )


def extract_packed(  # noqa: PLR0913  # one parameter a choice of the user
    document: Document | str,
    *,
    date: str | dt.date | None = None,
    mode: Mode = "strict",
    rules: RuleSet | None = None,
    profile: Profile | None = None,
    model: Model | None = None,
    split: bool = False,
) -> Extraction:
    """The same as :func:`extract`; of a long text the records are packed until they are looked at.

    For those who write them down one after the other: what stands for a tuple is a sequence that
    makes its records anew each time, in a tenth of the room.

    Example:
        >>> found = extract_packed("区财政局要在3月底前制定奖补方案。", date="2024-01-08")
        >>> [task.title for task in found.tasks]
        ['制定奖补方案']
    """
    if mode not in _LEAST_LEVEL:
        raise UsageError(f"mode {mode!r}: 'strict' or 'full' is expected")
    document = document_of(document)
    if date is not None:
        document = dataclasses.replace(document, date=parse_date(date).isoformat())
    with _garbage_left() if document.length < LONG else contextlib.nullcontext():
        rules, model = chosen_rules(rules), model or shipped_model()
        return _extracted(document, mode, rules, profile, model, split=split)


@contextlib.contextmanager
def _garbage_left() -> Iterator[None]:
    """Look for no circles of garbage meanwhile; whoever looks for none stays so.

    Every few hundred new records the interpreter would look through those it has. The records of a
    text hold no circles, and all of them live until the text is done.
    """
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()


def _extracted(
    document: Document,
    mode: Mode,
    rules: RuleSet,
    profile: Profile | None,
    model: Model,
    *,
    split: bool,
) -> Extraction:
    keep = keep_for(document.length)
    parted = part_tables(document, rules)
    view, layouts = parted.prose, parted.layouts
    document = complete_document(document, parted.head, rules)
    if layouts:
        document = titled(document, layouts, rules)
    frame = time_frame(document, rules)
    reader = DocumentReader(document, frame, rules, model, keep, _LEAST_LEVEL[mode])
    tables: Iterable[Part] = ()
    if layouts:
        read = functools.cache(reader.cell)
        tables = read_tables(layouts, document, rules, read=read, split=split)
    part = reader.prose(view).joined([*tables, Part(notices=parted.unread)], keep)
    linked = link_stages(part.tasks, part.segments, rules)
    made_by = rules.version + _learnt(model)
    taken = (t for t in linked if t.cells or t.level >= _LEAST_LEVEL[mode])
    tasks = keep(_finished(task, rules, made_by) for task in taken)
    compared = link_duplicates(tasks, part.times, part.quantities, rules=rules, keep=keep)
    tasks = keep(doubted(map(with_deed, compared), document.doubts))
    if profile is not None:
        tasks = keep(suggested(tasks, profile, document=document, rules=rules))
    metrics = keep(_linked(part.metrics, tasks, rules.version))
    return Extraction(
        mode=mode,
        document=document,
        sections=cast("tuple[Section, ...]", part.sections),
        segments=cast("tuple[Segment, ...]", part.segments),
        tasks=cast("tuple[Task, ...]", tasks),
        metrics=cast("tuple[Metric, ...]", metrics),
        notices=(
            *document.notices,
            *notices_of(part),
            *doubtful_metrics(part.metrics, document.doubts),
            *_nothing_taken(tasks, part),
            *_judged_by(model),
        ),
    )


def _learnt(model: Model) -> str:
    """What the version of a rule has behind it where the model is not the shipped one."""
    return "" if model.version == shipped_model().version else f"+{model.version}"


def _judged_by(model: Model) -> Iterator[Notice]:
    """An extraction says so when another model than the shipped one judged its text."""
    if _learnt(model):
        version, shipped = model.version, shipped_model().version
        yield Notice(
            "other_model",
            f"labels and levels (标签、层级) were judged by model {version}, not the shipped one "
            f"({shipped})",
        )


def _nothing_taken(tasks: Sequence[Task], part: Part) -> Iterator[Notice]:
    """A text that seems to owe something and gave no task says so."""
    doubtful = sum(notice.code == DOUBTFUL_TASK for notice in part.notices)
    if not tasks and (part.tasks or doubtful):
        yield Notice(
            "no_task_taken",
            f"no task was taken, though the text holds {len(part.tasks)} requirements of level 1 "
            f"(要求; mode 'full' lists them) and {doubtful} doubtful clauses (待核)",
        )


def _finished(task: Task, rules: RuleSet, made_by: str) -> Task:
    """The task with its themes and the version of what made it: rules, and a model of one's own."""
    themes = themes_of(task.text, rules)
    return changed(task, themes=themes, rule=f"{task.rule}@{made_by}")


def _linked(metrics: Sequence[Metric], tasks: Sequence[Task], version: str) -> Iterator[Metric]:
    owner = {metric: task.id for task in reversed(tasks) for metric in task.metrics}
    for metric in metrics:
        rule = f"{metric.rule}@{version}"
        yield changed(metric, task=owner.get(metric.id), rule=rule)
