"""The texts of a document, read: its running text, the cells of its tables, its outline alone."""

from __future__ import annotations

import dataclasses
import functools
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from speechmine.assemble import Findings, assemble_tasks
from speechmine.assemble.findings import Part
from speechmine.assemble.found_rows import found_rows
from speechmine.assemble.tabular import owed_segments
from speechmine.changes import changed
from speechmine.extractors.assignment_lists import Assignment
from speechmine.extractors.assignments import find_assignments
from speechmine.extractors.metrics import find_metrics
from speechmine.extractors.party_shapes import find_place_subjects
from speechmine.judge import (
    OWED,
    Model,
    Run,
    Sentences,
    Verdict,
    judge_owed,
    judge_text,
    settled_labels,
)
from speechmine.mentions import Mentions, see_mentions
from speechmine.model import (
    Clause,
    Document,
    Metric,
    Notice,
    PartyGroup,
    Section,
    Segment,
    TableCell,
    TimeFrame,
)
from speechmine.packed import Keep, held, in_order
from speechmine.rules.schema import RuleSet
from speechmine.segment.clauses import parse_clauses
from speechmine.segment.head import complete_document, time_frame
from speechmine.segment.outline import Outline, structure_of
from speechmine.text import TextView, view_of, view_of_parts

__all__ = ["DOUBTFUL_TASK", "DocumentReader", "read_evidence", "read_outline"]

#: Code of the notice on what may be owed and was not taken.
DOUBTFUL_TASK = "doubtful_task"


@dataclass(frozen=True, slots=True)
class DocumentReader:
    """Reads the texts of one document: its prose, and the cells of its tables.

    Of rows of the prose below ``least_level`` only the wording is needed.
    """

    document: Document
    frame: TimeFrame
    rules: RuleSet
    model: Model
    keep: Keep = held
    least_level: int = 1

    def prose(self, view: TextView) -> Part:
        """What the running text gave, with offsets of the document."""
        text, rules, keep = view.text, self.rules, self.keep
        seen = see_mentions(text, self.document, self.frame, rules, keep)
        structure = structure_of(text, rules, year=self.frame.year, keep=keep)
        sentences = Sentences(text, structure, seen, self.document.date, rules)
        outline, verdicts = judge_text(text, sentences, rules, model=self.model, keep=keep)
        del structure, sentences  # what they hold is as long as the text
        metrics = keep(self._metrics(text, map(_with_number, outline.segments), seen))
        segments = keep(settled_labels(outline.segments, verdicts, metrics))
        judged = ((s, v.clauses, v.runs) for s, v in zip(segments, verdicts, strict=True))
        findings = self._findings(view, judged, outline.sections, metrics, seen)
        notices = [*outline.notices, *_doubts(findings, verdicts)]
        del seen, outline, verdicts, segments, judged  # each as long as the text
        return _restored(findings, notices)

    def cell(self, cell: TableCell, year: int | None) -> Findings:
        """A table's cell as a small text of its own, all of it owed."""
        view = view_of_parts(self.document.text, [(cell.start, cell.end)])
        frame = self.frame if year is None else TimeFrame(self.frame.date, year)
        return dataclasses.replace(self, frame=frame, least_level=1).owed(view)

    def owed(self, view: TextView) -> Findings:
        """A text that gives out work in every sentence."""
        text, rules = view.text, self.rules
        seen = see_mentions(text, self.document, self.frame, rules)
        segments = owed_segments(text, seen.quantities)
        clauses = [parse_clauses(text, s.start, s.end, rules, seen.skips) for s in segments]
        runs = judge_owed(text, clauses, seen, self.document.date, self.model, rules)
        metrics = held(self._metrics(text, segments, seen))
        judged = zip(segments, clauses, runs, strict=True)
        return self._findings(view, judged, (), metrics, seen)

    def _metrics(self, text: str, segments: Iterable[Segment], seen: Mentions) -> Iterator[Metric]:
        find = functools.partial(
            find_metrics,
            text,
            frame=self.frame,
            quantities=seen.quantities,
            doubtful=seen.doubtful,
            rules=self.rules,
        )
        return (metric for segment in segments for metric in find(segment))

    def _findings(
        self,
        view: TextView,
        judged: Iterable[tuple[Segment, tuple[Clause, ...], Sequence[Run]]],
        sections: tuple[Section, ...],
        metrics: Sequence[Metric],
        seen: Mentions,
    ) -> Findings:
        text, rules, keep = view.text, self.rules, self.keep
        places = _beside(len(text), seen.groups, find_place_subjects(text, rules))
        groups = keep(in_order(seen.groups, places))
        assignments = find_assignments(text, rules, groups=groups)
        return Findings(
            view=view,
            document=self.document,
            frame=self.frame,
            rules=rules,
            seen=seen,
            groups=groups,
            sections=sections,
            segments=keep(found_rows(text, judged, groups, assignments, rules)),
            metrics=metrics,
            assignments=assignments,
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
        times=keep(map(restore, findings.seen.times)),
        quantities=keep(map(restore, findings.seen.quantities)),
        notices=keep(map(restore, notices)),
    )


def _with_number(segment: Segment) -> Segment:
    """As its numbers are to be read: in what is owed they are targets (A4)."""
    owed = segment.discourse in OWED and segment.discourse != "target"
    return changed(segment, discourse="target") if owed else segment


def _doubts(findings: Findings, verdicts: Sequence[Verdict]) -> Iterator[Notice]:
    """What may be owed and was not taken: shown as doubtful, never as nothing."""
    for part, verdict in zip(findings.segments, verdicts, strict=True):
        for run in verdict.runs:
            if run.doubtful and run.checkable:
                start, end = part.clauses[run.first].start, part.clauses[run.last - 1].end
                if _in_note(findings.assignments, start):
                    continue
                words = findings.view.text[start:end]
                message = f"待核: may be owed, and is not listed: {words}"
                yield Notice(DOUBTFUL_TASK, message, start, end)


def _in_note(notes: Sequence[Assignment], at: int) -> bool:
    """Whether a place is within a note that says who and when: it has been read."""
    before = bisect_right(notes, at, key=lambda note: note.start)
    return before > 0 and at < notes[before - 1].end


def _beside(
    length: int, groups: Iterable[PartyGroup], places: Iterable[PartyGroup]
) -> list[PartyGroup]:
    """Places and parks as subjects (新区要…), where no body is named."""
    taken = bytearray(length)  # a character each: a long text has millions
    for group in groups:
        taken[group.start : group.end] = b"\1" * (group.end - group.start)
    return [place for place in places if not any(taken[place.start : place.end])]


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
        >>> from speechmine.rules.loader import default_rules
        >>> out = read_outline("一、抓紧收尾\n要尽快完成绿化工程。", default_rules())
        >>> [(s.discourse, s.section) for s in out.segments]
        [('heading', 's1'), ('directive', 's1')]
    """
    frame = TimeFrame(year=year) if document is None else time_frame(document, rules)
    document = document or Document(text)
    seen = see_mentions(text, document, frame, rules)
    structure = structure_of(text, rules, year=year if frame.year is None else frame.year)
    sentences = Sentences(text, structure, seen, document.date, rules)
    return judge_text(text, sentences, rules)[0]


def read_evidence(document: Document, rules: RuleSet) -> tuple[TextView, Sentences]:
    r"""A document as the judge sees it, before it is judged.

    Args:
        document: as read.
        rules: the rule set.

    Returns:
        The matching view, and in its offsets the sentences that are judged.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> document = Document("一、抓紧收尾\n要尽快完成绿化工程。")
        >>> len(read_evidence(document, default_rules())[1])
        2
    """
    view = view_of(document.text)
    document = complete_document(document, view, rules)
    frame = time_frame(document, rules)
    seen = see_mentions(view.text, document, frame, rules)
    structure = structure_of(view.text, rules, year=frame.year)
    return view, Sentences(view.text, structure, seen, document.date, rules)
