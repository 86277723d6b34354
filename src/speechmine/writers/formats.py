"""Every format that extractions can be written in.

A new one is an entry here and a module that writes it; the command line's choices and help, the
table in the documentation and the messages on what there is follow.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, Protocol, cast

from speechmine.declared import declared
from speechmine.errors import ReadError, UsageError
from speechmine.model import Extraction
from speechmine.tables import Row

__all__ = [
    "FORMATS",
    "ROW_FORMATS",
    "Format",
    "FormatGroup",
    "RowWriter",
    "Writer",
    "format_named",
    "format_names",
    "format_of",
    "row_writer_of",
    "writer_of",
]

#: What a format is for: all records, one row a task, a list to read, a tracker's import.
FormatGroup = Literal["records", "ledger", "lists", "trackers"]


class Writer(Protocol):
    """Writes all extractions; ``failures`` is complete only when they have been gone through."""

    def __call__(
        self, extractions: Iterable[Extraction], out: BinaryIO, *, failures: Sequence[ReadError]
    ) -> None:
        """Write."""


class RowWriter(Protocol):
    """Writes rows of a table that compares reports."""

    def __call__(
        self, rows: Iterable[Row], table: str, out: BinaryIO, *, failures: Sequence[ReadError]
    ) -> None:
        """Write."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files.

    Attributes:
        name: of the format.
        group: what it is for.
        write: module (in this package) and function that write it: a :class:`Writer`.
        chinese, english: what its file is, for the documentation.
        suffixes: of names that mean it; where it has none, it must be named.
        several: what writes more than one document, where that is another function.
        rows: what writes a table that compares reports, where it can: a :class:`RowWriter`.
        binary: nothing for a terminal.
        by_record: written while a text's records are made.
    """

    name: str
    group: FormatGroup
    write: str
    chinese: str
    english: str
    suffixes: tuple[str, ...] = ()
    several: str = ""
    rows: str = ""
    binary: bool = False
    by_record: bool = False


#: In the order in which they are listed.
FORMATS: tuple[Format, ...] = (
    Format(
        "json",
        "records",
        "records.jsonl:write_json",
        "提取结果，一个对象；几份是一个数组",
        "the extraction as one object; of several documents, an array",
        suffixes=("json",),
        several="records.jsonl:write_json_array",
        by_record=True,
    ),
    Format(
        "jsonl",
        "records",
        "records.jsonl:write_jsonl",
        "提取结果，一份一行",
        "the extraction, one line a document",
        suffixes=("jsonl",),
        rows="records.jsonl:write_jsonl_rows",
        by_record=True,
    ),
    Format(
        "csv",
        "ledger",
        "records.delimited:write_csv",
        "台账，一行一个任务；Excel 直接打开",
        "the ledger, one row a task; opens in Excel",
        suffixes=("csv",),
        rows="records.delimited:write_csv_rows",
        by_record=True,
    ),
    Format(
        "xlsx",
        "ledger",
        "records.excel:write_xlsx",
        "台账、指标、提示、说明各一张表",
        "ledger, metrics, notices and explanations, one sheet each",
        suffixes=("xlsx",),
        rows="records.excel:write_xlsx_rows",
        binary=True,
    ),
    Format(
        "parquet",
        "ledger",
        "records.parquet:write_parquet",
        "台账，带类型（要装 `speechmine[parquet]`）",
        "the ledger with its types (needs `speechmine[parquet]`)",
        suffixes=("parquet",),
        rows="records.parquet:write_parquet_rows",
        binary=True,
    ),
    Format(
        "ics",
        "lists",
        "todos.ics:write_ics",
        "日历里的待办（RFC 5545）",
        "to-dos of a calendar (RFC 5545)",
        suffixes=("ics",),
    ),
    Format(
        "sqlite",
        "records",
        "records.sqlite:write_sqlite",
        "数据库，一种记录一张表",
        "a database, one table a kind of record",
        suffixes=("sqlite", "db"),
        binary=True,
    ),
    Format(
        "markdown",
        "lists",
        "todos.markdown:write_markdown",
        "清单，可勾选",
        "a list with boxes to tick",
        suffixes=("md",),
    ),
    Format("org", "lists", "todos.org:write_org", "Org 大纲", "an Org outline", suffixes=("org",)),
    Format("todotxt", "lists", "todos.todotxt:write_todotxt", "todo.txt", "todo.txt"),
    Format(
        "taskwarrior",
        "trackers",
        "todos.taskwarrior:write_taskwarrior",
        "Taskwarrior 导入的 JSON",
        "JSON that Taskwarrior imports",
    ),
    Format(
        "msproject",
        "trackers",
        "todos.msproject:write_msproject",
        "Microsoft Project 的 XML",
        "XML of Microsoft Project",
    ),
    Format("jira", "trackers", "todos.jira:write_jira", "Jira 导入的 CSV", "CSV that Jira imports"),
    Format(
        "gitlab",
        "trackers",
        "todos.gitlab:write_gitlab",
        "GitLab 导入的 CSV",
        "CSV that GitLab imports",
    ),
    Format(
        "todoist",
        "trackers",
        "todos.todoist:write_todoist",
        "Todoist 导入的 CSV",
        "CSV that Todoist imports",
    ),
    Format(
        "feishu",
        "trackers",
        "todos.feishu:write_feishu",
        "飞书多维表格接口的调用，500 条一次",
        "calls of Feishu's Bitable, 500 records each",
    ),
    Format(
        "dingtalk",
        "trackers",
        "todos.dingtalk:write_dingtalk",
        "钉钉待办接口的调用",
        "calls of DingTalk's to-dos",
    ),
)
_BY_NAME: Mapping[str, Format] = {entry.name: entry for entry in FORMATS}
_BY_SUFFIX: Mapping[str, str] = {end: entry.name for entry in FORMATS for end in entry.suffixes}
#: Names of the formats that a table that compares reports can be written in.
ROW_FORMATS: tuple[str, ...] = tuple(entry.name for entry in FORMATS if entry.rows)


def format_names(group: FormatGroup | None = None) -> tuple[str, ...]:
    """Names of the formats, of a group or of all.

    Example:
        >>> format_names("ledger")
        ('csv', 'xlsx', 'parquet')
    """
    return tuple(entry.name for entry in FORMATS if group in (None, entry.group))


def format_named(name: str) -> Format:
    """The format of a name.

    Raises:
        UsageError: there is none.
    """
    if name not in _BY_NAME:
        raise UsageError(f"no format named {name!r}; there are: {', '.join(_BY_NAME)}")
    return _BY_NAME[name]


def format_of(path: str | os.PathLike[str]) -> str:
    """The name of the format that a file's suffix means; json for a name without suffix.

    Raises:
        UsageError: the suffix means none.

    Example:
        >>> format_of("台账.xlsx")
        'xlsx'
    """
    suffix = Path(path).suffix.lower().removeprefix(".")
    if suffix and suffix not in _BY_SUFFIX:
        raise UsageError(
            f"{path}: the suffix names no format; name it (--format, format_name) or use one of: "
            f"{', '.join(_BY_SUFFIX)}"
        )
    return _BY_SUFFIX[suffix] if suffix else "json"


def writer_of(name: str, *, several: bool = False) -> Writer:
    """The writer of a format.

    Args:
        name: of one of :data:`FORMATS`.
        several: whether there may be more than one document: JSON is then an array.

    Raises:
        UsageError: there is no such format.
    """
    entry = format_named(name)
    target = entry.several if several and entry.several else entry.write
    return cast("Writer", declared("speechmine.writers", target))


def row_writer_of(name: str) -> RowWriter:
    """What writes rows of a table that compares reports (targets, promises, ratchet).

    Args:
        name: one of :data:`ROW_FORMATS`.

    Raises:
        UsageError: there is no such format.
    """
    if name not in ROW_FORMATS:
        known = ", ".join(ROW_FORMATS)
        raise UsageError(f"rows cannot be written as {name!r}; there are: {known}")
    return cast("RowWriter", declared("speechmine.writers", _BY_NAME[name].rows))
