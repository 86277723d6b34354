"""The targets of many reports: in the terminal, or as rows in a file."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from speechmine.cli.request import Request
from speechmine.cli.run import check_target
from speechmine.cli.told import one_line
from speechmine.errors import ReadError, RuleError, UsageError

if TYPE_CHECKING:
    from rich.table import Table

    from speechmine.pledges.report import Report
    from speechmine.pledges.reports import Reports
    from speechmine.readers import Input
    from speechmine.rules.schema import RuleSet
    from speechmine.tables import Cell, Row

__all__ = ["run_targets"]

_WIDTH_OF_A_FILE = 110
_STANDARD_INPUT = "-"
# For Stata, LaTeX and Word; the other suffixes are formats of every table.
_PAPER = (".dta", ".tex", ".docx")


def run_targets(
    request: Request, *, families: bool, format_name: str | None, out: str | None, force: bool
) -> int:
    """Print or write the panel; the status is 1 where some inputs failed.

    Raises:
        click.UsageError: options that do not fit together.
    """
    from speechmine.pledges.panel import target_rows
    from speechmine.steps import progress

    try:
        paper = out is not None and format_name is None and Path(out).suffix.lower() in _PAPER
        name = _format(format_name, out, paper=paper)
        if name is not None:
            check_target(request, name, out)
        with progress():
            reports = _read_reports(request)
            rows = [row for report in reports for row in target_rows(report, families=families)]
        if paper and out is not None and (rows or not request.failures):
            _write_paper(rows, reports, out, families=families, force=force)
            return 1 if request.failures else 0
        if rows or not request.failures:
            _give(rows, request, format_name=name, out=out, force=force)
    except (RuleError, UsageError) as error:
        raise click.UsageError(str(error)) from error
    return 1 if request.failures else 0


def _format(format_name: str | None, out: str | None, *, paper: bool) -> str | None:
    from speechmine.writers import format_of

    if paper and out is not None:
        return Path(out).suffix.lower().removeprefix(".")
    return format_name or (format_of(out) if out else None)


def _write_paper(
    rows: list[Row], reports: Reports, out: str, *, families: bool, force: bool
) -> None:
    """A file for statistics or print; its record beside it has the hash of every input."""
    from speechmine.frame import frame_of
    from speechmine.paper import write_table
    from speechmine.pledges.panel import TARGETS_METHOD, note_method

    frame = note_method(frame_of(rows, "targets"), TARGETS_METHOD, reports, families=families)
    documents = [report.document for report in reports]
    write_table(frame, out, documents=documents, overwrite=force)


def _read_reports(request: Request) -> Reports:
    from speechmine.pledges.reports import reports_of
    from speechmine.rules.loader import chosen_rules

    rules = chosen_rules(request.rules)
    return reports_of(list(_reports_of_paths(request, rules)), rules)


def _reports_of_paths(request: Request, rules: RuleSet) -> Iterator[Report]:
    """The reports of all paths; what a manifest says of a file counts."""
    from speechmine.pledges.reports import Manifests, report_of_file
    from speechmine.readers import find_inputs
    from speechmine.steps import stepping

    manifests: Manifests = {}
    for item in stepping("targets", list(find_inputs(dict.fromkeys(request.paths)))):
        try:
            if item.source == _STANDARD_INPUT or item.archive is not None:
                yield _report_of_input(item, rules, request.date)
            elif item.problem is not None:
                raise item.problem
            else:
                yield report_of_file(
                    item.source, rules, date=request.date, name=item.id, manifests=manifests
                )
        except ReadError as error:
            _note_failure(request, error)


def _report_of_input(item: Input, rules: RuleSet, date: str | None) -> Report:
    from speechmine.pledges.reports import one_report
    from speechmine.readers import most_bytes, read_bytes, read_input

    if item.source == _STANDARD_INPUT:
        content = sys.stdin.buffer.read(most_bytes() + 1)
        document = read_bytes(content, id="stdin", source=item.source, rules=rules)
    else:
        document = read_input(item, rules)
    dated = document if date is None else dataclasses.replace(document, date=date)
    return one_report(dated, rules)


def _note_failure(request: Request, failure: ReadError) -> None:
    request.failures.append(failure)
    click.echo(one_line(f"speechmine: {failure}"), err=True)


def _give(
    rows: list[Row], request: Request, *, format_name: str | None, out: str | None, force: bool
) -> None:
    from speechmine.writers import open_output, write_rows

    if format_name is None:
        _print_targets(rows)
    elif out is None:
        write_rows(rows, "targets", sys.stdout.buffer, format_name=format_name)
    else:
        with open_output(out, overwrite=force) as stream:
            failures = request.failures
            write_rows(rows, "targets", stream, format_name=format_name, failures=failures)


def _print_targets(rows: list[Row]) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else _WIDTH_OF_A_FILE, highlight=False)
    console.print(_target_table(rows) if rows else Text("没有目标"))
    count = len({row["doc_id"] for row in rows})
    console.print(Text(f"目标 {len(rows)} 项；有目标的报告 {count} 篇", style="dim"))


def _target_table(rows: list[Row]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("地区", "时期"):
        table.add_column(name, no_wrap=True)
    table.add_column("指标", ratio=3, overflow="fold")
    table.add_column("目标", no_wrap=True)
    table.add_column("约束", no_wrap=True)
    table.add_column("原文", ratio=5, overflow="fold")
    for row in rows:
        place = row["place"] or row["doc_id"]
        cells = (place, row["period"], row["indicator"], _value_told(row), row["hardness"])
        wording = " ".join(str(row["wording"]).split())
        table.add_row(*(Text(_cell_shown(cell)) for cell in cells), Text(wording))
    return table


def _value_told(row: Row) -> str:
    """The number as a reader writes it: >= 8%, 6-6.5%, ~ 5%, or that none is set."""
    if row["comparator"] == "none":
        return "明示不设" if row["explicitly_absent"] else "无数值"
    if row["masked"]:
        return "脱敏"
    ends = dict.fromkeys(f"{row[n]:g}" for n in ("low", "high") if row[n] is not None)
    mark = "" if row["comparator"] in ("=", "range") else f"{row['comparator']} "
    return f"{mark}{'-'.join(ends)}{row['unit'] or ''}"


def _cell_shown(cell: Cell) -> str:
    return "—" if cell is None else str(cell)
