"""Extractions to the rows of a ledger: what each cell says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from speechmine.ledger.cells import clean
from speechmine.ledger.layout import LedgerLayout, default_layout, known_columns
from speechmine.ledger.records import Ledger, LedgerRow
from speechmine.model import Document, Extraction, Party, Section, Task, content_id
from speechmine.tables import task_rows, value_label

__all__ = ["make_ledger", "squeezed"]

_BLANK = re.compile(r"[\s、，。；：,;:]+")
_PARTY_FIELDS = ("lead", "responsible", "cooperate", "supervise", "leader", "person")


def make_ledger(extractions: Iterable[Extraction], *, layout: LedgerLayout | None = None) -> Ledger:
    """The rows of a ledger, in the order of the speeches.

    A task that only repeats an earlier one of the same speech has no row of its own.

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
    wanted = layout or default_layout()
    taken: set[str] = set()
    rows: list[LedgerRow] = []
    documents: dict[str, str] = {}
    for extraction in extractions:
        key = _key(extraction.document)
        documents[key] = extraction.document.title or ""
        for name, cells in _cells(extraction, wanted.category_depth):
            cells |= {"no": str(len(rows) + 1), "state": wanted.initial}
            rows.append(LedgerRow(_free(name, taken), key, cells, dict(cells)))
    return Ledger(tuple(rows), documents, _fields(rows, documents, wanted))


def _free(name: str, taken: set[str]) -> str:
    """The identifier that the task has everywhere; another only where a text is given twice."""
    found, nth = name, 1
    while found in taken:
        nth += 1
        found = content_id("t", (name, nth))
    taken.add(found)
    return found


def squeezed(text: str) -> str:
    """A wording without blanks and the marks that a revision changes first."""
    return _BLANK.sub("", text)


def _key(document: Document) -> str:
    """What the speech is called; a file may be renamed."""
    if document.title:
        return clean(f"{document.title} {document.date or ''}").strip()
    return clean(document.id)


def _fields(
    rows: Iterable[LedgerRow], documents: Mapping[str, str], layout: LedgerLayout
) -> tuple[str, ...]:
    """Fields of the columns; of the customary ones, those that say something."""
    named = (c.field for c in layout.columns if c.field and not c.theirs)
    if not layout.customary:
        return tuple(named)
    idle = set() if any(row.cells["section"] for row in rows) else {"section"}
    if len(documents) < 2:
        idle.add("source")
    return tuple(name for name in named if name not in idle)


def _cells(extraction: Extraction, depth: int) -> Iterator[tuple[str, dict[str, str]]]:
    tasks = {task.id: task for task in extraction.tasks}
    sections = {section.id: section for section in extraction.sections}
    document = extraction.document
    for task, row in zip(extraction.tasks, task_rows(extraction), strict=True):
        first = tasks.get(task.duplicate_of or "")
        if first is not None and _adds_nothing(task, first):
            continue
        plain = {name: value_label(name, value) for name, value in row.items()}
        found = {
            **plain,
            **{name: _parties(task, name) for name in _PARTY_FIELDS},
            "task": _task(task),
            "who": "、".join(filter(None, (_parties(task, "lead", mark=True), _named(task)))),
            "deadline": _deadline(task),
            "latest": _latest(task),
            "section": _category(task.section, sections, depth),
            "source": document.title or document.id,
            "cycle": task.deadline.recurrence or "",
        }
        yield task.id, {name: clean(found.get(name, "")) for name in known_columns()}


def _adds_nothing(task: Task, first: Task) -> bool:
    times = task.deadline.text in (None, first.deadline.text)
    parties = {p.text for p in task.parties} <= {p.text for p in first.parties}
    return times and parties and not task.metrics


def _task(task: Task) -> str:
    """What is owed, with its measures; who and by when stand in columns of their own."""
    more = [m for m in task.measures if squeezed(m) not in squeezed(task.title)]
    return f"{task.title}：{'；'.join(more)}" if more else task.title


def _named(task: Task) -> str:
    return _parties(task, "responsible")


def _parties(task: Task, role: str, *, mark: bool = False) -> str:
    """Names of one role; what only the profile suggests is marked so."""
    lead = {p.text for p in task.suggested_parties if p.source.endswith("first_is_lead")}
    tail = f"（{value_label('role', role)}）" if mark else ""
    stated = [p for p in task.parties if p.role == role]
    named = [p.text + ("（建议牵头）" if p.text in lead else "") + tail for p in stated]
    named += [
        f"{p.text}（建议{value_label('role', 'lead') if mark else ''}）"
        for p in task.suggested_parties
        if p.role == role and p.text not in lead
    ]
    return "、".join(dict.fromkeys(named)) + _open_end(stated)


def _open_end(parties: Iterable[Party]) -> str:
    return "等" if any(party.open_list for party in parties) else ""


def _deadline(task: Task) -> str:
    deadline, limit = task.deadline, task.suggested_deadline
    stated = deadline.text or (
        "" if deadline.kind == "open" else value_label("deadline_kind", deadline.kind)
    )
    if limit is None:
        return stated
    advised = f"{limit.days}日内{f'，{limit.date}前' if limit.date else ''}（建议）"
    return f"{stated}\n{advised}" if stated else advised


def _latest(task: Task) -> str:
    limit = task.suggested_deadline
    days = [day for day in (task.deadline.latest, limit.date if limit else None) if day]
    return min(days, default="")


def _category(section: str | None, sections: Mapping[str, Section], depth: int) -> str:
    """The heading it stands under, with the number of the one above: 二、（三）压实责任."""
    path: list[Section] = []
    while section is not None and section in sections:
        path.append(sections[section])
        section = path[-1].parent
    kept = path[::-1][:depth]
    above = "".join(part.label or "" for part in kept[:-1])
    return f"{above}{kept[-1].label or ''}{kept[-1].title}" if kept else ""
