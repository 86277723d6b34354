"""The order of the work, written once: text in, frozen records out."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from speechmine.assemble import Findings, assemble_tasks
from speechmine.assemble.doubts import doubted, doubtful_metrics
from speechmine.assemble.duplicates import link_duplicates
from speechmine.assemble.follows import link_stages
from speechmine.assemble.found_rows import found_rows
from speechmine.assemble.notices import notices_of
from speechmine.assemble.parts import Part
from speechmine.assemble.profile import Profile
from speechmine.assemble.rows import with_deed
from speechmine.assemble.suggestions import suggested
from speechmine.assemble.tabular import owed_segments, part_tables, read_tables, titled
from speechmine.changes import changed
from speechmine.errors import UsageError
from speechmine.extractors.assignments import find_assignments
from speechmine.extractors.metrics import find_metrics
from speechmine.extractors.parties import behind_times, find_party_groups
from speechmine.extractors.party_places import find_place_subjects
from speechmine.extractors.quantities import find_quantities
from speechmine.extractors.themes import themes_of
from speechmine.find import document_of, parse_date
from speechmine.grammar.times import find_deadline_cues, find_times
from speechmine.judge import (
    OWED,
    Evidence,
    Model,
    Run,
    Sign,
    evidence_of,
    judge_owed,
    judge_text,
    settled_labels,
    shipped_model,
    signs_of,
)
from speechmine.model import (
    Deadline,
    Document,
    Extraction,
    Metric,
    Mode,
    Notice,
    PartyGroup,
    Quantity,
    Section,
    Segment,
    TableCell,
    Task,
    TimeFrame,
)
from speechmine.packed import Keep, held, in_order, keep_for
from speechmine.rules.loader import default_rules
from speechmine.rules.schema import RuleSet
from speechmine.segment.clause_reader import ClauseReader
from speechmine.segment.head import complete_document, time_frame
from speechmine.segment.outline import Outline
from speechmine.segment.skips import skips_of
from speechmine.text import TextView, view_of, view_of_parts

__all__ = ["Mentions", "extract", "extract_packed", "read_evidence", "read_outline", "see_mentions"]

_DOUBTFUL = "doubtful_task"
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
    rules = rules or default_rules()
    document = document_of(document)
    if date is not None:
        document = dataclasses.replace(document, date=parse_date(date).isoformat())
    keep = keep_for(document.length)
    parted = part_tables(document, rules)
    view, layouts = parted.prose, parted.layouts
    document = titled(complete_document(document, parted.head, rules), layouts, rules)
    frame = time_frame(document, rules)
    model = model or shipped_model()
    reader = _Reader(document, frame, rules, model, keep, _LEAST_LEVEL[mode])
    tables = read_tables(layouts, document, rules, read=functools.cache(reader.cell), split=split)
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
            *notices_of(part, rules),
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
    doubtful = sum(notice.code == _DOUBTFUL for notice in part.notices)
    if not tasks and (part.tasks or doubtful):
        yield Notice(
            "no_task_taken",
            f"no task was taken, though the text holds {len(part.tasks)} requirements of level 1 "
            f"(要求; mode 'full' lists them) and {doubtful} doubtful clauses (待核)",
        )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the texts of one document: its prose, and the cells of its tables."""

    document: Document
    frame: TimeFrame
    rules: RuleSet
    model: Model
    keep: Keep = held
    least_level: int = 1

    def prose(self, view: TextView) -> Part:
        """What the running text gave, with offsets of the document."""
        keep = self.keep
        seen = see_mentions(view.text, self.document, self.frame, self.rules, keep)
        judged = judge_text(
            view.text,
            self.rules,
            clauses=seen.clauses,
            signs=seen.signs(self.document.date),
            year=self.frame.year,
            model=self.model,
            keep=keep,
        )
        outline, verdicts = judged.outline, judged.verdicts
        owed = map(_with_number, outline.segments)
        metrics = keep(self._metrics(view.text, owed, seen.quantities))
        segments = keep(settled_labels(outline.segments, verdicts, metrics))
        outline = dataclasses.replace(outline, segments=segments)
        del judged  # what it holds is as long as the text
        runs = keep(verdict.runs for verdict in verdicts)
        findings = self._findings(view, outline, runs, metrics, seen)
        notices = [*outline.notices, *_doubts(findings, runs)]
        del seen, outline, verdicts, segments, runs  # each as long as the text
        return _restored(findings, notices)

    def cell(self, cell: TableCell, year: int | None) -> Findings:
        """A table's cell as a small text of its own, all of it owed."""
        view = view_of_parts(self.document.text, [(cell.start, cell.end)])
        frame = self.frame if year is None else TimeFrame(self.frame.date, year)
        return dataclasses.replace(self, frame=frame, least_level=1).owed(view)

    def owed(self, view: TextView) -> Findings:
        """A text that gives out work in every sentence."""
        seen = see_mentions(view.text, self.document, self.frame, self.rules)
        outline = Outline((), owed_segments(view.text, seen.quantities), ())
        clauses = [seen.clauses(s.start, s.end) for s in outline.segments]
        runs = judge_owed(
            view.text, clauses, seen.signs(self.document.date), self.model, self.rules
        )
        metrics = held(self._metrics(view.text, outline.segments, seen.quantities))
        return self._findings(view, outline, runs, metrics, seen)

    def _metrics(
        self, text: str, segments: Iterable[Segment], quantities: Sequence[Quantity]
    ) -> Iterator[Metric]:
        find = functools.partial(
            find_metrics, text, frame=self.frame, quantities=quantities, rules=self.rules
        )
        return (metric for segment in segments for metric in find(segment))

    def _findings(
        self,
        view: TextView,
        outline: Outline,
        runs: Sequence[Sequence[Run]],
        metrics: Sequence[Metric],
        seen: Mentions,
    ) -> Findings:
        text, rules, keep = view.text, self.rules, self.keep
        named = find_place_subjects(text, rules)
        places = _places_as_subjects(len(text), seen.groups, named, outline.segments)
        groups = keep(in_order(seen.groups, places))
        assignments = find_assignments(text, rules, groups=groups)
        return Findings(
            view=view,
            document_id=self.document.id,
            segments=keep(found_rows(text, outline, seen.clauses, assignments, runs, rules)),
            groups=groups,
            times=seen.times,
            metrics=metrics,
            assignments=assignments,
            figures=array("q", [quantity.start for quantity in seen.quantities]),
            rules=rules,
            year=self.frame.year,
            date=self.frame.date,
            quantities=seen.quantities,
            sections=outline.sections,
            level=self.document.level,
            keep=keep,
            least_level=self.least_level,
        )


def _restored(findings: Findings, notices: Iterable[Notice]) -> Part:
    """What was found in the prose, in offsets of the document."""
    restore, keep = findings.view.restore, findings.keep
    return Part(
        tasks=assemble_tasks(findings),
        metrics=keep(map(restore, findings.metrics)),
        sections=keep(map(restore, findings.sections)),
        segments=keep(restore(part.segment) for part in findings.segments),
        times=keep(map(restore, findings.times)),
        quantities=keep(map(restore, findings.quantities)),
        notices=keep(map(restore, notices)),
    )


def _with_number(segment: Segment) -> Segment:
    """As its numbers are to be read: in what is owed they are targets (A4)."""
    owed = segment.discourse in OWED and segment.discourse != "target"
    return changed(segment, discourse="target") if owed else segment


def _doubts(findings: Findings, runs: Sequence[Sequence[Run]]) -> Iterator[Notice]:
    """What may be owed and was not taken: shown as doubtful, never as nothing."""
    for part, found in zip(findings.segments, runs, strict=True):
        for run in found:
            if run.doubtful and run.checkable:
                start, end = part.clauses[run.first].start, part.clauses[run.last - 1].end
                words = findings.view.text[start:end]
                message = f"待核: may be owed, and is not listed: {words}"
                yield Notice(_DOUBTFUL, message, start, end)


@dataclass(frozen=True, slots=True)
class Mentions:
    """Mentions that need no structure to be found, and the clauses that look past them."""

    quantities: Sequence[Quantity]
    groups: Sequence[PartyGroup]
    times: Sequence[Deadline]
    clauses: ClauseReader

    def signs(self, date: str | None) -> Sequence[Sign]:
        """What was found, as the judge sees it; times before ``date`` lie in the past."""
        return signs_of(self.times, self.groups, self.quantities, date)


def see_mentions(
    text: str, document: Document, frame: TimeFrame, rules: RuleSet, keep: Keep = held
) -> Mentions:
    """Quantities, parties and times of a text, found before its structure is known.

    Args:
        text: the matching view's text.
        document: whose text it is.
        frame: what 今年 means.
        rules: the rule set.
        keep: keeps what is found.
    """
    times = keep(_times(text, frame, rules))
    found = find_party_groups(text, rules, level=document.level, date=document.date)
    groups = keep(behind_times(found, times, rules))
    del found  # as long as the text
    return Mentions(
        quantities=keep(find_quantities(text, rules)),
        groups=groups,
        times=times,
        clauses=ClauseReader(text, rules, skips_of(times, groups, keep)),
    )


def read_outline(
    text: str, rules: RuleSet, *, year: int | None = None, document: Document | None = None
) -> Outline:
    r"""The outline of a text: its sections, and what each of its segments does.

    Args:
        text: the matching view's text.
        rules: the rule set.
        year: the year that 今年 means, if known; of a document it is used where its own head
            does not say.
        document: the text is of; a text without one by default.

    Example:
        >>> out = read_outline("一、抓紧收尾\n要尽快完成绿化工程。", default_rules())
        >>> [(s.discourse, s.section) for s in out.segments]
        [('heading', 's1'), ('directive', 's1')]
    """
    frame = TimeFrame(year=year) if document is None else time_frame(document, rules)
    document = document or Document(text)
    seen = see_mentions(text, document, frame, rules)
    signs = seen.signs(document.date)
    year = year if frame.year is None else frame.year
    return judge_text(text, rules, clauses=seen.clauses, signs=signs, year=year).outline


def read_evidence(document: Document, rules: RuleSet) -> tuple[TextView, Evidence]:
    r"""A document as the judge sees it, before it is judged.

    Args:
        document: as read.
        rules: the rule set.

    Returns:
        The matching view, and in its offsets the structure and sentences that are judged.

    Example:
        >>> document = Document("一、抓紧收尾\n要尽快完成绿化工程。")
        >>> len(read_evidence(document, default_rules())[1].sentences)
        2
    """
    view = view_of(document.text)
    document = complete_document(document, view, rules)
    frame = time_frame(document, rules)
    seen = see_mentions(view.text, document, frame, rules)
    signs = seen.signs(document.date)
    evidence = evidence_of(view.text, rules, clauses=seen.clauses, signs=signs, year=frame.year)
    return view, evidence


def _places_as_subjects(
    length: int,
    groups: Iterable[PartyGroup],
    places: Sequence[PartyGroup],
    segments: Iterable[Segment],
) -> list[PartyGroup]:
    """Places and parks as subjects (新区要…), where work is given out and no body is named."""
    open_spans = [(s.start, s.end) for s in segments if s.discourse in OWED]
    starts = [start for start, _ in open_spans]
    taken = bytearray(length)  # a character each: a long text has millions
    for group in groups:
        taken[group.start : group.end] = b"\1" * (group.end - group.start)
    return [
        place
        for place in places
        if not any(taken[place.start : place.end])
        and (i := bisect_right(starts, place.start)) > 0
        and place.end <= open_spans[i - 1][1]
    ]


def _times(text: str, frame: TimeFrame, rules: RuleSet) -> tuple[Deadline, ...]:
    found = (*find_times(text, frame, rules), *find_deadline_cues(text, rules))
    return tuple(sorted(found, key=lambda t: (t.start or 0, -(t.end or 0))))


def _finished(task: Task, rules: RuleSet, made_by: str) -> Task:
    """The task with its themes and the version of what made it: rules, and a model of one's own."""
    themes = themes_of(task.text, rules)
    return changed(task, themes=themes, rule=f"{task.rule}@{made_by}")


def _linked(metrics: Sequence[Metric], tasks: Sequence[Task], version: str) -> Iterator[Metric]:
    owner = {metric: task.id for task in reversed(tasks) for metric in task.metrics}
    for metric in metrics:
        rule = f"{metric.rule}@{version}"
        yield changed(metric, task=owner.get(metric.id), rule=rule)
