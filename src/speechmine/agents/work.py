"""What is done for a tool in a process of its own: JSON comes out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from speechmine.errors import ReadError, UsageError
from speechmine.find import parse_date
from speechmine.model import Mode
from speechmine.workbench import jobs
from speechmine.workbench.jobs import Given
from speechmine.workbench.settings import ReadBy

if TYPE_CHECKING:
    import pandas as pd

    from speechmine.rules.schema import RuleSet

__all__ = [
    "RowWindow",
    "TaskFilter",
    "compare",
    "explain",
    "extract",
    "find_tasks",
    "promises",
    "read",
    "targets",
]

#: An agent cannot read more at once; it is told to ask for less.
LONGEST_ANSWER = 2_000_000
_READ_AT_ONCE = 20_000
_Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowWindow:
    """Which rows of an answer are wanted.

    Attributes:
        limit: most of them. skip: how many are left out first.
    """

    limit: int
    skip: int

    def of(self, rows: Sequence[Any]) -> list[Any]:
        """The rows wanted."""
        return list(rows[self.skip : self.skip + self.limit])


def extract(given: Given, mode: Mode, reading: ReadBy, parts: Sequence[str]) -> bytes:
    """An extraction as the contract's object, with the parts asked for."""
    plain = jobs.extracted(given, mode, reading).to_dict()
    head = ("schema_version", "mode", "document")
    return _as_answer({key: plain[key] for key in plain if key in (*head, *parts)})


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which tasks are wanted.

    Attributes:
        party: part of the name of a body; words: of the task; nothing: any.
        due_by: the latest last day, ISO 8601; a task without a stated one is then none.
    """

    party: str = ""
    words: str = ""
    due_by: str | None = None

    def fits(self, task: Mapping[str, Any]) -> bool:
        """Whether a task is one of them."""
        return (
            self.words in task["text"]
            and (not self.party or any(self._is(party) for party in task["parties"]))
            and (self.due_by is None or self._due(task["deadline"]["latest"]))
        )

    def _is(self, party: Mapping[str, Any]) -> bool:
        return self.party in party["text"] or self.party in (party["name"] or "")

    def _due(self, latest: str | None) -> bool:
        return latest is not None and parse_date(latest) <= parse_date(self.due_by or "")


def find_tasks(
    given: Given, mode: Mode, reading: ReadBy, wanted: TaskFilter, page: RowWindow
) -> bytes:
    """Tasks that are wanted, with the metrics and the sections that they name."""
    if wanted.due_by is not None:
        parse_date(wanted.due_by)
    plain = jobs.extracted(given, mode, reading).to_dict()
    found = [task for task in plain["tasks"] if wanted.fits(task)]
    shown = page.of(found)
    named = {metric for task in shown for metric in task["metrics"]}
    return _as_answer(
        {
            "document": plain["document"],
            "total": len(found),
            "tasks": shown,
            "metrics": [metric for metric in plain["metrics"] if metric["id"] in named],
            "sections": _sections_above(plain["sections"], [task["section"] for task in shown]),
        }
    )


def _sections_above(sections: Sequence[_Plain], ids: Iterable[str | None]) -> list[_Plain]:
    """The sections of some ids with those that they stand in."""
    parents = {section["id"]: section["parent"] for section in sections}
    wanted: set[str] = set()
    for name in ids:
        above = name
        while above is not None and above not in wanted:
            wanted.add(above)
            above = parents[above]
    return [section for section in sections if section["id"] in wanted]


def targets(given: Sequence[Given], families: bool, reading: ReadBy, page: RowWindow) -> bytes:
    """The targets that reports set."""
    from speechmine.pledges import targets as found

    def made() -> _Plain:
        rules = jobs.loaded_reading(reading)[0]
        frame = found(_documents(given, rules), families=families, rules=rules)
        return _rows_of_page(frame, page)

    return _answered(given[0].name, made)


def promises(
    first: Given, second: Given, families: bool, reading: ReadBy, page: RowWindow
) -> bytes:
    """Each target of a report with what the next one says of it."""
    from speechmine.pledges import promises as found

    def made() -> _Plain:
        rules = jobs.loaded_reading(reading)[0]
        report, answer = _documents([first, second], rules)
        frame = found(report, answer, families=families, rules=rules)
        named = ("value", "text", "start", "end")
        verdicts = [
            dict(zip(named, verdict, strict=True)) for verdict in frame.attrs["general_verdicts"]
        ]
        return _rows_of_page(frame, page) | {"general_verdicts": verdicts}

    return _answered(first.name, made)


def compare(
    given: Sequence[Given],
    terms: Sequence[str],
    dictionary: str,
    tables: Sequence[str],
    reading: ReadBy,
    page: RowWindow,
) -> bytes:
    """Tables of a comparison by year."""
    from speechmine.themes import Plan, dictionary_names
    from speechmine.themes import compare as found

    if dictionary not in dictionary_names():  # a name: a path is none
        raise UsageError(f"dictionary {dictionary!r}: there are {', '.join(dictionary_names())}")

    def made() -> _Plain:
        plan = Plan(terms=tuple(terms), dictionary=dictionary, tables=tuple(dict.fromkeys(tables)))
        rules = jobs.loaded_reading(reading)[0]
        result = found(_documents(given, rules), plan, rules=rules)
        return {
            "tables": {name: _rows_of_page(frame, page) for name, frame in result.tables.items()},
            "left_out": dict(result.left_out),
        }

    return _answered(given[0].name, made)


def explain(
    given: Sequence[Given],
    term: str,
    years: tuple[int, int] | None,
    place: tuple[int, int] | None,
    reading: ReadBy,
    page: RowWindow,
) -> bytes:
    """The words behind a number, or what was read at a place."""
    if place is not None:
        return _as_answer({"place": _read_at(given[0], *place, reading)})
    from speechmine.themes import explain as found
    from speechmine.themes import load_corpus

    def made() -> _Plain:
        rules = jobs.loaded_reading(reading)[0]
        corpus = load_corpus(_documents(given, rules), rules=rules)
        return _rows_of_page(found(corpus, years or term), page)

    return _answered(given[0].name, made)


def _read_at(given: Given, start: int, end: int, reading: ReadBy) -> _Plain:
    extraction = jobs.extracted(given, "full", reading)
    document, plain = extraction.document, extraction.to_dict()
    if end > document.length:
        raise UsageError(f"end {end}: the text has {document.length} characters")
    found = {
        name: [one for one in plain[name] if _meets(one, start, end)]
        for name in ("segments", "tasks", "metrics", "notices")
    }
    sections = _sections_above(plain["sections"], [one["section"] for one in found["segments"]])
    return {
        "start": start,
        "end": end,
        "text": document.text[start:end],
        "sections": sections,
        **found,
    }


def _meets(record: Mapping[str, Any], start: int, end: int) -> bool:
    return record["start"] is not None and record["start"] < end and record["end"] > start


def read(given: Given, start: int, end: int | None, reading: ReadBy) -> bytes:
    """Characters of a file, as offsets count them."""
    document = jobs.dated(given, jobs.loaded_reading(reading)[0])
    end = min(start + _READ_AT_ONCE if end is None else end, document.length)
    if start > end:
        raise UsageError(f"start {start}: beyond end {end}; the text ends at {document.length}")
    text = document.text[start:end]
    return _as_answer({"text": text, "start": start, "end": end, "length": document.length})


def _documents(given: Sequence[Given], rules: RuleSet | None) -> list[Any]:
    return [jobs.dated(one, rules) for one in given]


def _answered(name: str, made: Callable[[], _Plain]) -> bytes:
    with jobs.telling(name):
        return _as_answer(made())


def _rows_of_page(frame: pd.DataFrame, page: RowWindow) -> _Plain:
    part = frame.iloc[page.skip : page.skip + page.limit]
    rows = json.loads(part.to_json(orient="records", force_ascii=False, date_format="iso"))
    return {"rows": rows, "total": len(frame), "method": str(frame.attrs.get("method", ""))}


def _as_answer(plain: _Plain) -> bytes:
    found = json.dumps(plain, ensure_ascii=False).encode("utf-8", "backslashreplace")
    if len(found) > LONGEST_ANSWER:
        reason = f"the answer has {len(found):,} bytes, more than {LONGEST_ANSWER:,}"
        raise ReadError("answer", reason, "ask for fewer parts or rows, or give fewer texts")
    return found
