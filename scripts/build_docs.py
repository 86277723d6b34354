#!/usr/bin/env python3
"""Write the pages of the documentation that follow from the code: fields, commands, functions.

python scripts/build_docs.py
"""

from __future__ import annotations

import copy
import functools
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


#: What the page on formats says, in Chinese and in English.
_SAID: dict[str, tuple[Any, Any]] = {
    "title": ("读写什么", "What is read and written"),
    "lead": (
        "由程序里的声明生成。读文件时保住什么，见[读什么文件](files.md)。",
        "Made from the declarations in the program. What is kept of a file: [Files](files.md).",
    ),
    "read": ("读", "Read"),
    "kinds": (("种类", "后缀", "是什么"), ("Kind", "Suffixes", "What it is")),
    "write": ("写", "Written"),
    "formats": (("格式", "类", "后缀", "是什么"), ("Format", "Group", "Suffixes", "What it is")),
    "records": ("记录", "records"),
    "ledger": ("台账", "ledger"),
    "lists": ("清单", "lists"),
    "trackers": ("任务系统", "trackers"),
    "rows": (
        "比较各份报告的表（`targets`）可以写成：",
        "Tables that compare reports (`targets`) can be written as: ",
    ),
    "push": ("任务系统", "Trackers"),
    "addresses": (
        ("种类", "地址", "写入什么", "取回"),
        ("Kind", "Address", "What is written", "Comes back"),
    ),
    "back": ("状态、评论", "states, comments"),
}


def formats(language: int = 0) -> str:
    """What is read, what is written, where tasks can be pushed; in Chinese, or in English (1)."""
    said = {name: words[language] for name, words in _SAID.items()}
    return "\n".join(_formats(said, language)) + "\n"


def _formats(said: dict[str, Any], language: int) -> Iterator[str]:
    yield from (f"# {said['title']}", "", said["lead"], "", f"## {said['read']}", "")
    kinds = (
        (f"`{k.name}`", _listed(k.suffixes), (k.chinese, k.english)[language])
        for k in KINDS
        if k.suffixes
    )
    yield from _table(said["kinds"], kinds)
    yield from ("", f"## {said['write']}", "")
    written = (
        (f"`{f.name}`", said[f.group], _listed(f".{end}" for end in f.suffixes), text)
        for f in FORMATS
        for text in [(f.chinese, f.english)[language]]
    )
    yield from _table(said["formats"], written)
    yield from ("", said["rows"] + _listed(ROW_FORMATS), "", f"## {said['push']}", "")
    trackers = (
        (f"`{t.name}`", f"`{t.example}`", t.keeps[language], said["back"] if t.two_way else "")
        for t in TRACKERS
    )
    yield from _table(said["addresses"], trackers)


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
    "en/formats.md": functools.partial(formats, 1),
}


def main() -> None:
    """Write the pages."""
    for name, make in PAGES.items():
        (ROOT / "docs" / name).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    main()
