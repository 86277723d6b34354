"""What is shown of a text: its rows and lines as markup, made anew only where something changed."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_args

from speechmine.model import Extraction, Notice, Role, Segment, Task
from speechmine.report.marking import MarkedPiece, TextMark, marked_pieces
from speechmine.store import State
from speechmine.store.records import key_of
from speechmine.tables import is_unsure
from speechmine.workbench.rendering import render_template
from speechmine.workbench.words import Language, PageWords, page_words

__all__ = ["Desk", "View", "counts_of"]

_KEPT = 16
_P = TypeVar("_P", TextMark, Segment)
_DOUBTFUL = "doubtful_task"


@dataclass(slots=True)
class _PagePart:
    """A piece of markup with what it was made from.

    Attributes:
        seen: what it shows. html: how. since: the decision that it last changed with.
    """

    seen: object
    html: str
    since: int


@dataclass(slots=True)
class View:
    """A text as a page shows it.

    Attributes:
        seq: of the last decision in it. first: of the decision that it was first made with.
        rows: of the ledger, by id, in their order. lines: of the text.
        starts: of the lines of the text.
        numbers: a lasting number for each id, as marks of the text name rows.
    """

    base: Extraction
    seq: int
    first: int
    starts: list[int]
    rows: dict[str, _PagePart] = field(default_factory=dict)
    lines: list[_PagePart] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)


class Desk:
    """Keeps what was shown, so that a correction costs only what it changes."""

    def __init__(self) -> None:
        self._views: dict[tuple[str, Language], View] = {}
        self._lock = threading.Lock()

    def view(self, key: str, state: State, language: Language) -> View:
        """A text as it is now, for a page."""
        with self._lock:
            found = self._views.pop((key, language), None)
            if found is None or found.base is not state.base:
                found = View(
                    state.base, state.seq, state.seq, _line_starts(state.base.document.text)
                )
                _fill_view(found, state, page_words(language))
            elif found.seq < state.seq:
                found.seq = state.seq
                _fill_view(found, state, page_words(language))
            while len(self._views) >= _KEPT:
                self._views.pop(next(iter(self._views)))
            self._views[key, language] = found
            return found

    def news(self, key: str, state: State, language: Language, since: int) -> dict[str, Any]:
        """What a page that has seen everything up to a decision does not know yet.

        Args:
            key: of the text.
            state: as it is now.
            language: of the page.
            since: number of the decision that the page knows.
        """
        view = self.view(key, state, language)
        since = since if since >= view.first else -1
        return {
            "seq": view.seq,
            "order": list(view.rows),
            "rows": {name: part.html for name, part in view.rows.items() if part.since > since},
            "lines": {
                str(at): part.html for at, part in enumerate(view.lines) if part.since > since
            },
            "counts": counts_of(state),
            "finished": state.finished.reader if state.finished else None,
        }


def counts_of(state: State) -> dict[str, int]:
    """How far the reading of a text has come."""
    tasks = [task for task in state.tasks.values() if task.level > 1]
    return {
        "tasks": len(tasks),
        "checked": sum(task.id in state.marks for task in tasks),
        "doubtful": sum(map(state_doubts(state), tasks)) + len(list(_maybes(state))),
        "gone": len(state.gone),
    }


def state_doubts(state: State) -> Any:
    """Tells whether a task is to be looked at first."""
    return lambda task: task.id not in state.marks and is_unsure(task)


def _maybes(state: State) -> Iterator[Notice]:
    return (n for n in state.notices.values() if n.code == _DOUBTFUL and n.start is not None)


def _line_starts(text: str) -> list[int]:
    return [0, *(at + 1 for at, sign in enumerate(text) if sign == "\n")]


def _fill_view(view: View, state: State, words: PageWords) -> None:
    for name in (*state.tasks, *state.gone):
        view.numbers.setdefault(name, len(view.numbers))
    view.rows = _ledger_parts(view, state, words)
    view.lines = list(_text_parts(view, state, words))


def _ledger_parts(view: View, state: State, words: PageWords) -> dict[str, _PagePart]:
    placed: list[tuple[int, str, str, Task | Notice]] = [
        *((t.start, t.id, "task", t) for t in state.tasks.values()),
        *((t.start, t.id, "gone", t) for t in state.gone.values()),
        *((n.start or 0, key_of(n), "maybe", n) for n in _maybes(state)),
    ]
    titles = {section.id: section for section in state.base.sections}
    rows: dict[str, _PagePart] = {}
    for _, name, kind, record in sorted(placed, key=lambda row: (row[0], row[1])):
        seen: tuple[object, ...] = (kind, record, state.marks.get(name))
        if isinstance(record, Task):
            figures = tuple(state.metrics[m] for m in record.metrics if m in state.metrics)
            seen = (*seen, figures, state.segment_at(record.start))
        known = view.rows.get(name)
        if known is not None and known.seen == seen:
            rows[name] = known
        else:
            html = render_template("row.html", words, **_row_values(name, seen, titles))
            rows[name] = _PagePart(seen, html, view.seq)
    return rows


def _row_values(name: str, seen: Sequence[Any], titles: Mapping[str, Any]) -> dict[str, Any]:
    kind, record, mark, *more = seen
    if kind == "maybe":
        words = record.message.partition(": ")[2].partition(": ")[2] or record.message
        return {"id": name, "kind": kind, "notice": record, "quote": words}
    path: list[str] = []
    section = record.section
    while section in titles:
        path.insert(0, f"{titles[section].label or ''}{titles[section].title}")
        section = titles[section].parent
    return {
        "id": name,
        "kind": kind,
        "task": record,
        "mark": mark,
        "metrics": more[0],
        "segment": more[1],
        "runs": [
            (role, [p for p in record.parties if p.role == role])
            for role in get_args(Role)
            if any(p.role == role for p in record.parties)
        ],
        "path": " › ".join(path),
        "doubt": kind == "task" and mark is None and is_unsure(record),
    }


def _text_parts(view: View, state: State, words: PageWords) -> Iterator[_PagePart]:
    text = state.base.document.text
    starts, ends = view.starts, [*(start - 1 for start in view.starts[1:]), len(text)]
    marks = _by_line(starts, _marks(view, state))
    segments = _by_line(starts, state.segments.values())
    depths = {section.start: section.depth for section in state.base.sections}
    names = {number: name for name, number in view.numbers.items()}
    shown = 0
    for at, (start, end) in enumerate(zip(starts, ends, strict=True)):
        here, sentences = marks.get(at, ()), segments.get(at, ())
        if not here and not sentences and not text[start:end].strip():
            continue
        seen = (tuple(here), tuple(sentences))
        known = view.lines[shown] if shown < len(view.lines) else None
        if known is not None and known.seen == seen:
            yield known
        else:
            first = end - len(text[start:end].lstrip())
            last = start + len(text[start:end].rstrip())
            alone = any(
                (s.start, s.end, s.discourse) == (first, last, "heading") for s in sentences
            )
            html = render_template(
                "line.html",
                words,
                at=start,
                line=shown,
                depth=depths.get(first, 1) if alone else 0,
                parts=list(_sentences_of_line(text, start, end, here, sentences)),
                names=names,
            )
            yield _PagePart(seen, html, view.seq)
        shown += 1


def _sentences_of_line(
    text: str, start: int, end: int, marks: Sequence[TextMark], segments: Sequence[Segment]
) -> Iterator[tuple[Segment | None, list[MarkedPiece]]]:
    """The sentences of a line, each with its pieces; what stands between them has none."""
    at = start
    for segment in segments:
        first, last = max(start, segment.start), min(end, segment.end)
        if first > at:
            yield None, list(marked_pieces(text, at, first, marks))
        if last > first:
            yield segment, list(marked_pieces(text, first, last, marks))
        at = max(at, last)
    if at < end:
        yield None, list(marked_pieces(text, at, end, marks))


def _marks(view: View, state: State) -> Iterator[TextMark]:
    for task in state.tasks.values():
        number = (view.numbers[task.id],)
        yield TextMark(task.start, task.end, "task", number)
        if task.level == 1:
            yield TextMark(task.start, task.end, "wish", number)
        for party in task.parties:
            yield TextMark(party.start, party.end, "party", number)
        time = task.deadline
        if time.start is not None and time.end is not None:
            yield TextMark(time.start, time.end, "time", number)
    for metric in state.metrics.values():
        yield TextMark(metric.start, metric.end, "metric")
    for notice in _maybes(state):
        yield TextMark(notice.start or 0, notice.end or 0, "maybe")


def _by_line(starts: Sequence[int], records: Iterable[_P]) -> dict[int, list[_P]]:
    """What touches each line, in the order of the text."""
    found: dict[int, list[_P]] = defaultdict(list)
    for record in sorted(records, key=lambda record: (record.start, record.end)):
        first = bisect_right(starts, record.start) - 1
        found[first].append(record)
        for at in range(first + 1, len(starts)):
            if starts[at] >= record.end:
                break
            found[at].append(record)
    return found
