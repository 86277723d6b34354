"""The round around a ledger to files: parts, summary, papers, reminders."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

import click

from speechmine.cli.request import Request
from speechmine.cli.run import gather
from speechmine.cli.told import one_line
from speechmine.errors import UsageError
from speechmine.ledger import (
    Ledger,
    LedgerLayout,
    Reminder,
    default_layout,
    due_reminders,
    is_ledger,
    load_layout,
    make_ledger,
    read_ledger,
    split_ledger,
    summarize_ledger,
    write_bulletin,
    write_ledger,
    write_part,
    write_parts,
    write_summary,
)
from speechmine.ledger.rounds.parts import PartedBy
from speechmine.writers import open_output

__all__ = ["Round", "is_folder", "ledger_file", "run_parts", "run_summary", "today", "write_folder"]

_NO_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Round:
    """What shall be made of a ledger, and where it goes."""

    out: str
    as_of: str | None = None
    template: Path | None = None
    profile: Path | None = None
    force: bool = False

    @property
    def layout(self) -> LedgerLayout:
        """How the office wants its ledger."""
        return load_layout(self.profile) if self.profile else default_layout()


def today() -> str:
    """The day, where a command is about now and none was named."""
    return dt.datetime.now().astimezone().date().isoformat()


def ledger_file(request: Request, layout: LedgerLayout) -> bytes:
    """The ledger as a workbook: one that is given as it is, else one made of the speeches.

    Raises:
        UsageError: a ledger and other files are given together.
    """
    ours = [path for path in request.paths if is_ledger(path)]
    if ours and len(request.paths) > 1:
        advice = _("give it alone, or bring it up to date first (--merge)")
        raise UsageError(_("{path}: this is a ledger").format(path=ours[0]) + f"; {advice}")
    if ours:
        return Path(ours[0]).read_bytes()
    out = io.BytesIO()
    write_ledger(make_ledger(gather(request), layout=layout), out, layout=layout)
    return out.getvalue()


def run_parts(request: Request, wanted: Round, by: PartedBy) -> int:
    """Take the ledger apart: a sheet each, or with a folder as output a file each.

    Returns:
        The exit status: 0 all read, 1 some inputs failed.
    """
    layout = wanted.layout
    source = ledger_file(request, layout)
    rules = request.rules
    parts = split_ledger(read_ledger(source, rules=rules), by)
    if is_folder(wanted.out):
        made = {part.name: io.BytesIO() for part in parts}
        for part in parts:
            write_part(
                source, part, made[part.name], layout=layout, as_of=wanted.as_of, rules=rules
            )
        files = {name: out.getvalue() for name, out in made.items()}
        write_folder(wanted.out, files, ".xlsx", force=wanted.force)
    else:
        _check_suffix(wanted.out, (".xlsx",))
        with open_output(wanted.out, overwrite=wanted.force) as stream:
            write_parts(source, parts, stream, layout=layout, as_of=wanted.as_of, rules=rules)
    for part in parts:
        click.echo(
            one_line(
                "speechmine: "
                + _("{part}: {count} tasks").format(part=part.name, count=len(part.rows))
            ),
            err=True,
        )
    return 1 if request.failures else 0


def run_summary(request: Request, wanted: Round) -> int:
    """The figures of the ledger: .xlsx one page with a chart, .docx a draft 督查通报.

    Returns:
        The exit status: 0 all read, 1 some inputs failed.
    """
    _check_suffix(wanted.out, (".xlsx", ".docx"))
    layout, day = wanted.layout, wanted.as_of or today()
    ledger = read_ledger(ledger_file(request, layout), rules=request.rules)
    summary = summarize_ledger(ledger, day, layout=layout)
    with open_output(wanted.out, overwrite=wanted.force) as stream:
        if Path(wanted.out).suffix.lower() == ".docx":
            late = due_reminders(ledger, day, 0, layout=layout)
            office = layout.unit
            write_bulletin(summary, late, stream, template=wanted.template, office=office)
        else:
            write_summary(summary, stream)
    whole = summary.whole
    told = _("{tasks} tasks of {units} units: {done} done, {late} overdue ({day})").format(
        tasks=whole.total,
        units=len(summary.units),
        done=whole.done,
        late=whole.overdue,
        day=day,
    )
    click.echo(f"speechmine: {told}", err=True)
    return 1 if request.failures else 0


def is_folder(out: str) -> bool:
    """Whether an output names a folder: it ends with a slash, or is one."""
    return out.endswith(("/", "\\")) or Path(out).is_dir()


def write_folder(out: str, files: Mapping[str, bytes], suffix: str, *, force: bool) -> None:
    """Files by name into a folder, which is made where it does not exist.

    Raises:
        UsageError: a file exists, or the folder cannot be made.
    """
    folder = Path(out)
    named = dict(_named_files(files))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            _("{folder}: cannot be made ({reason})").format(folder=folder, reason=error.strerror)
        ) from error
    there = [name for name in named if (folder / f"{name}{suffix}").exists()]
    if there and not force:
        raise UsageError(
            _("{path}: the file exists; use --force to replace it").format(
                path=f"{folder / there[0]}{suffix}"
            )
        )
    for name, content in named.items():
        with open_output(folder / f"{name}{suffix}", overwrite=force) as stream:
            stream.write(content)


def _named_files(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Names that a folder can hold, no two alike."""
    taken: set[str] = set()
    for name, content in files.items():
        plain = _NO_NAME.sub(" ", name).strip(" .")[:_LONGEST_NAME] or "_"
        found, nth = plain, 1
        while found.casefold() in taken:
            nth += 1
            found = f"{plain}({nth})"
        taken.add(found.casefold())
        yield found, content


def _check_suffix(out: str, suffixes: tuple[str, ...]) -> None:
    if Path(out).suffix.lower() not in suffixes:
        raise UsageError(_("{out}: name it {names}").format(out=out, names=" / ".join(suffixes)))


def reminders_of(
    source: str, as_of: str, within: int, layout: LedgerLayout
) -> tuple[Reminder, ...]:
    """What a ledger, or the JSON of an extraction, has to remind of."""
    return due_reminders(ledger_at(source, layout), as_of, within, layout=layout)


def ledger_at(source: str, layout: LedgerLayout) -> Ledger:
    """A ledger file, or the ledger of an earlier extraction."""
    from speechmine.readers import is_former, read_former

    if is_former(source):
        return make_ledger(read_former(source), layout=layout)
    return read_ledger(source)
