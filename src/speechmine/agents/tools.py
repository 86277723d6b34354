"""The tools: name, description, arguments, answer, and who does the work."""

from __future__ import annotations

import functools
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from speechmine.agents import asked, schemas, work
from speechmine.errors import UsageError
from speechmine.limits import LIMITS
from speechmine.workbench import jobs
from speechmine.workbench.settings import ReadBy

if TYPE_CHECKING:
    from pydantic import BaseModel

    from speechmine.readers import Input
    from speechmine.workbench.hands import ReadingHands

__all__ = ["Tool", "ToolDesk", "tools_of"]


@dataclass(frozen=True, slots=True)
class ToolDesk:
    """What every call shares.

    Attributes:
        hands: processes that do the work.
        folders: whose files may be read, by the name that stands before their paths; none: texts
            come in the call alone.
        reading: what texts are read with.
    """

    hands: ReadingHands
    folders: dict[str, Path] = field(default_factory=dict)
    reading: ReadBy = field(default_factory=ReadBy)

    def files(self) -> dict[str, Input]:
        """The files that may be read, by name."""
        return {
            f"{before}/{name}" if before else name: item
            for before, folder in self.folders.items()
            for name, item in jobs.folder_files(folder).items()
        }

    def given(self, texts: list[asked.TextIn]) -> list[jobs.Given]:
        """Texts as they are read.

        Raises:
            UsageError: they are too long together, or a file is none of the folders'.
        """
        limit = LIMITS["FILE_MB"]
        if sum(len(text.text) for text in texts) > limit.value << 20:
            raise UsageError(f"texts: more than {limit.value:,} MiB in one call; give fewer")
        files = self.files() if any(text.file for text in texts) else {}
        return [
            jobs.Given(
                text.id or text.file or (f"text{number}" if len(texts) > 1 else "text"),
                text=None if text.file else text.text,
                item=self.one(text.file, files) if text.file else None,
                date=text.date,
                place=text.place,
            )
            for number, text in enumerate(texts, start=1)
        ]

    def one(self, name: str, files: dict[str, Input]) -> Input:
        """A file by its name.

        Raises:
            UsageError: it is none of the folders'.
        """
        if not self.folders:
            raise UsageError(
                f"file {name!r:.200}: no folder is open; give text, or start with --folder"
            )
        if name not in files:
            raise UsageError(f"file {name!r:.200}: list_files gives the names that can be read")
        return files[name]


ToolRun = Callable[[ToolDesk, Any], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool.

    Attributes:
        name, title, about: what an agent reads of it.
        arguments: their model. answer: schema of what it gives. run: what it does.
    """

    name: str
    title: str
    about: str
    arguments: type[BaseModel]
    answer: Callable[[], dict[str, Any]]
    run: ToolRun


def tools_of(desk: ToolDesk) -> tuple[Tool, ...]:
    """The tools that there is something for: those for files where folders are open."""
    return (*_TOOLS, *_FILE_TOOLS) if desk.folders else _TOOLS


def _row_window(rows: Any) -> work.RowWindow:
    return work.RowWindow(rows.limit, rows.skip)


async def _extract(desk: ToolDesk, asked_: asked.ExtractIn) -> bytes:
    (given,) = desk.given([asked_])
    return await desk.hands.do(
        work.extract, given, asked_.mode, desk.reading, asked_.parts, name=given.name
    )


async def _find_tasks(desk: ToolDesk, asked_: asked.FindTasksIn) -> bytes:
    (given,) = desk.given([asked_])
    wanted = work.TaskFilter(asked_.party, asked_.words, asked_.due_by)
    how = (asked_.mode, desk.reading, wanted, _row_window(asked_))
    return await desk.hands.do(work.find_tasks, given, *how, name=given.name)


async def _targets(desk: ToolDesk, asked_: asked.TargetsIn) -> bytes:
    given = desk.given(asked_.texts)
    return await desk.hands.do(
        work.targets, given, asked_.families, desk.reading, _row_window(asked_), name=given[0].name
    )


async def _promises(desk: ToolDesk, asked_: asked.PromisesIn) -> bytes:
    first, second = desk.given([asked_.report, asked_.next_report])
    return await desk.hands.do(
        work.promises,
        first,
        second,
        asked_.families,
        desk.reading,
        _row_window(asked_),
        name=first.name,
    )


async def _compare(desk: ToolDesk, asked_: asked.CompareIn) -> bytes:
    given = desk.given(asked_.texts)
    how = (asked_.terms, asked_.dictionary, asked_.tables, desk.reading, _row_window(asked_))
    return await desk.hands.do(work.compare, given, *how, name=given[0].name)


async def _explain(desk: ToolDesk, asked_: asked.ExplainIn) -> bytes:
    given = desk.given(asked_.texts)
    place = None if asked_.start is None else (asked_.start, asked_.end)
    what = (asked_.term, asked_.years, place, desk.reading, _row_window(asked_))
    return await desk.hands.do(work.explain, given, *what, name=given[0].name)


async def _list_files(desk: ToolDesk, asked_: asked.FilesIn) -> bytes:
    import anyio.to_thread

    found = list(await anyio.to_thread.run_sync(desk.files))
    plain = {"files": _row_window(asked_).of(found), "total": len(found)}
    return json.dumps(plain, ensure_ascii=False).encode("utf-8", "backslashreplace")


async def _read_file(desk: ToolDesk, asked_: asked.ReadFileIn) -> bytes:
    (given,) = desk.given([asked.TextIn.model_validate({"file": asked_.file})])
    return await desk.hands.do(
        work.read, given, asked_.start, asked_.end, desk.reading, name=given.name
    )


_TOOLS = (
    Tool(
        "extract",
        "Extract (提取)",
        "Read a Chinese government speech or report (讲话, 政府工作报告) into sections, tasks "
        "(任务: who, what, by when), metrics (指标) and notices (what is doubtful, 待核). Every "
        "record has start and end, Unicode code points of the text: text[start:end] is its quote. "
        "What the text does not say is null; nothing is guessed.",
        asked.ExtractIn,
        schemas.extraction,
        _extract,
    ),
    Tool(
        "find_tasks",
        "Find tasks (查任务)",
        "Tasks (任务) of one text, by responsible body (责任单位), words or last day (时限), page "
        "by page, with their metrics and sections. text, parties and deadline have offsets for "
        "quoting; confidence below 0.6 is doubtful (待核).",
        asked.FindTasksIn,
        schemas.tasks,
        _find_tasks,
    ),
    Tool(
        "targets",
        "Targets (预期目标)",
        "The quantitative targets (预期目标) that reports set, one row a wording: place, year, "
        "indicator (指标), value, comparator (左右, 以上), hardness (约束). wording is "
        "text[start:end] of doc_id. An indicator without a row has no target found; "
        "explicitly_absent quotes the report saying that none is set.",
        asked.TargetsIn,
        functools.partial(schemas.table, "targets"),
        _targets,
    ),
    Tool(
        "promises",
        "Promises kept (目标完成情况)",
        "Each target (预期目标) of a report with what the place's next report says of it: "
        "met is true, false or null with met_reason, reporting says whether it answers openly, in "
        "words or not at all. wording is at start, end of doc_id; answer_wording at answer_start, "
        "answer_end of next_doc_id.",
        asked.PromisesIn,
        schemas.promises,
        _promises,
    ),
    Tool(
        "compare",
        "Compare years (历年比较)",
        "Tables over reports of several years (历年报告): how often terms (提法) occur, what is "
        "new or gone, attention to topics (议题关注度), sentences carried over (沿用; unit_id "
        "holds doc_id and offsets). left_out says why a table is missing. Follow a number to its "
        "sentences with explain.",
        asked.CompareIn,
        schemas.comparison,
        _compare,
    ),
    Tool(
        "explain",
        "Explain (溯源)",
        "The words behind a number or a record. term: every place of a term (提法) in its "
        "context; years: what the second year took over from the first (沿用); start and end of "
        "one text: section, label of the sentence (句子性质), tasks, metrics and doubts (待核) "
        "read there, each with the rule that made it. All with offsets for quoting.",
        asked.ExplainIn,
        schemas.evidence,
        _explain,
    ),
)
_FILE_TOOLS = (
    Tool(
        "list_files",
        "List files (文件)",
        "Names of the files (Word, PDF, OFD, HTML, text ...) that may be given as file.",
        asked.FilesIn,
        schemas.names,
        _list_files,
    ),
    Tool(
        "read_file",
        "Read a file (原文)",
        "Text of a file as it is read, by the offsets that all answers use.",
        asked.ReadFileIn,
        schemas.stretch,
        _read_file,
    ),
)
