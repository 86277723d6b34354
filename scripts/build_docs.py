#!/usr/bin/env python3
"""Write the pages of the documentation that follow from the code: fields, commands, functions.

python scripts/build_docs.py
"""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import click

import speechmine
from speechmine import explore, ledger, paper, plots, store, themes, trackers
from speechmine.cli import _cli
from speechmine.readers.kinds import KINDS
from speechmine.trackers.kinds import TRACKERS
from speechmine.writers.formats import FORMATS, ROW_FORMATS

ROOT = Path(__file__).resolve().parent.parent
_KINDS = {
    "text": "文字",
    "integer": "整数",
    "number": "数",
    "boolean": "是否",
    "date": "日期",
}


def fields() -> str:
    """Every column of every table, and what coded values are called."""
    schema = tomllib.loads(
        (files("speechmine") / "schema" / "tables.toml").read_text(encoding="utf-8")
    )
    return "\n".join(_fields(schema)) + "\n"


def _fields(schema: dict) -> Iterator[str]:
    yield "# 每张表的每一栏"
    yield ""
    yield "所有输出（表格、Parquet、pandas）用同一份栏目表。空格表示原文没有写。"
    for name, columns in schema.items():
        if isinstance(columns, list):
            yield from ("", f"## {name}", "")
            yield "| 栏 | 中文栏名 | 类型 | 可空 | 说明 |"
            yield "|---|---|---|---|---|"
            for column in columns:
                null = "是" if column.get("null") else ""
                kind = _KINDS[column["type"]]
                meaning = column["meaning"].replace("|", "\\|")
                yield f"| `{column['name']}` | {column['label']} | {kind} | {null} | {meaning} |"
    for name, values in schema["values"].items():
        yield from ("", f"## 取值：{name}", "", "| 值 | 中文 |", "|---|---|")
        yield from (f"| `{value}` | {label} |" for value, label in values.items())


def commands() -> str:
    """The help of every command, as it is shown."""
    parts = ["# 命令行", "", "各命令的帮助，照程序打印的样子。", ""]
    # As the program itself makes it: commands keep the help option that they were first asked for.
    settings = {**_cli.context_settings, "terminal_width": 78}
    context = click.Context(_cli, info_name="speechmine", **settings)
    parts += ["```text", _cli.get_help(context), "```"]
    for name in _cli.list_commands(context):
        command = _cli.get_command(context, name)
        command = copy.copy(command)
        command._help_option = None  # noqa: SLF001  # who asked a command alone before left its help option there
        inner = click.Context(command, info_name=name, parent=context, terminal_width=78)
        parts += ["", f"## {name}", "", "```text", command.get_help(inner), "```"]
    return "\n".join(parts) + "\n"


def functions() -> str:
    """Every public name, documented from its docstring."""
    parts = ["# Python 接口", "", "由程序里的说明生成。"]
    for module, title in (
        (speechmine, "提取"),
        (themes, "跨年比较"),
        (plots, "图"),
        (explore, "浏览的网页"),
        (paper, "进论文的表"),
        (ledger, "督查台账"),
        (trackers, "任务系统"),
        (store, "工作台的库"),
    ):
        parts += ["", f"## {title}（`{module.__name__}`）"]
        for name in module.__all__:
            item = getattr(module, name)
            parts += ["", f"::: {getattr(item, '__module__', module.__name__)}.{name}"]
    return "\n".join(parts) + "\n"


#: What the page on formats says in either language.
_CHINESE = {
    "title": "读写什么",
    "lead": "由程序里的声明生成。读文件时保住什么，见[读什么文件](files.md)。",
    "read": "读",
    "kinds": ("种类", "后缀", "是什么"),
    "write": "写",
    "formats": ("格式", "类", "后缀", "是什么"),
    "rows": "比较各份报告的表（`targets`）可以写成：",
    "push": "任务系统",
    "trackers": ("种类", "地址", "写入什么", "取回"),
    "back": "状态、评论",
    "records": "记录",
    "ledger": "台账",
    "lists": "清单",
}
_ENGLISH = {
    "title": "What is read and written",
    "lead": "Made from the declarations in the program. What is kept of a file: [Files](files.md).",
    "read": "Read",
    "kinds": ("Kind", "Suffixes", "What it is"),
    "write": "Written",
    "formats": ("Format", "Group", "Suffixes", "What it is"),
    "rows": "Tables that compare reports (`targets`) can be written as: ",
    "push": "Trackers",
    "trackers": ("Kind", "Address", "What is written", "Comes back"),
    "back": "states, comments",
}


def formats() -> str:
    """What is read, what is written, where tasks can be pushed."""
    return "\n".join(_formats(_CHINESE, chinese=True)) + "\n"


def formats_in_english() -> str:
    """The same in English."""
    return "\n".join(_formats(_ENGLISH, chinese=False)) + "\n"


def _formats(said: dict[str, Any], *, chinese: bool) -> Iterator[str]:
    groups = {"trackers": said["push"]} if chinese else {}
    yield from (f"# {said['title']}", "", said["lead"], "", f"## {said['read']}", "")
    yield from _table(
        said["kinds"],
        (
            (f"`{k.name}`", _listed(k.suffixes), k.chinese if chinese else k.english)
            for k in KINDS
            if k.suffixes
        ),
    )
    yield from ("", f"## {said['write']}", "")
    yield from _table(
        said["formats"],
        (
            (
                f"`{f.name}`",
                groups.get(f.group, said[f.group] if chinese else f.group),
                _listed(f".{end}" for end in f.suffixes),
                f.chinese if chinese else f.english,
            )
            for f in FORMATS
        ),
    )
    yield from ("", said["rows"] + _listed(ROW_FORMATS), "", f"## {said['push']}", "")
    yield from _table(
        said["trackers"],
        (
            (
                f"`{t.name}`",
                f"`{t.example}`",
                t.keeps[0 if chinese else 1],
                said["back"] if t.two_way else "",
            )
            for t in TRACKERS
        ),
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|---" * len(heads) + "|"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _listed(names: Iterable[str]) -> str:
    return " ".join(f"`{name}`" for name in names)


#: Page to what makes it.
PAGES = {
    "fields.md": fields,
    "cli.md": commands,
    "api.md": functions,
    "formats.md": formats,
    "en/formats.md": formats_in_english,
}


def main() -> None:
    """Write the pages."""
    for name, make in PAGES.items():
        (ROOT / "docs" / name).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    main()
