"""Ledgers that came back: which files they are, read one by one, and what is said of them."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

import click

from speechmine.cli.request import Request
from speechmine.cli.told import one_line
from speechmine.errors import ReadError, UsageError
from speechmine.ledger import Collected, Copy, Return, read_ledger, returned_by
from speechmine.rules.loader import RulesLike

__all__ = ["CopiesByOffice", "lines_on", "parted_paths", "read_copies"]

_MEMORY = b'name="speechmine"'
_MOST_NAMED = 20
# Spreadsheets that are read, and those of other programs that nobody should miss in silence.
_READ, _OTHERS = (".xlsx", ".xlsm"), (".xls", ".et", ".ods", ".csv")


@dataclass(frozen=True, slots=True)
class CopiesByOffice:
    """What was named: speeches, ledgers to merge, and the one among them that was sent out."""

    speeches: tuple[str, ...]
    ledgers: tuple[str, ...]
    sent: str | None


def parted_paths(request: Request, merge: Sequence[str], out: str) -> CopiesByOffice:
    """The speeches among the inputs, and the files to merge.

    A workbook that holds a ledger of ours is one to merge: an unquoted ``--merge returned/*.xlsx``
    hands all files but the first to the command as inputs.

    Args:
        request: its paths.
        merge: files, folders and patterns.
        out: the output, which is no input.

    Raises:
        UsageError: nothing is named, a file does not exist, or a folder holds no workbook.
    """
    if not request.paths and not merge:
        raise UsageError(_("name a speech, or ledgers that came back (--merge)"))
    ledgers = [path for path in request.paths if merge and _holds_ledger(path)]
    speeches = [path for path in request.paths if path not in ledgers]
    found = {
        os.path.realpath(path): path
        for path in (*ledgers, *_expanded(merge, out, request.failures))
    }
    sent = ledgers[0] if len(ledgers) == 1 and len(found) > 1 else None
    return CopiesByOffice(tuple(speeches), tuple(found.values()), sent)


def _expanded(merge: Iterable[str], out: str, failures: list[ReadError]) -> Iterator[str]:
    for given in merge:
        if Path(given).is_file():
            yield given
            continue
        there = list(_spreadsheets(given, out))
        copies = [path for path in there if path.lower().endswith(_READ)]
        for path in there:
            if path not in copies:
                _note_copies(
                    ReadError(path, "only .xlsx is read here", "save it as .xlsx"), failures
                )
        if not copies:
            raise UsageError(
                _("--merge {given}: no such file, and no workbook (.xlsx) is there").format(
                    given=given
                )
            )
        yield from copies


def _spreadsheets(given: str, out: str) -> Iterator[str]:
    """Those of a folder and the folders in it, or of a pattern."""
    if Path(given).is_dir():
        paths = [str(path) for path in Path(given).rglob("*") if path.is_file()]
    else:
        paths = glob.glob(given, recursive=True)  # noqa: PTH207  # a pattern may be absolute
    for path in sorted(paths):
        if path.lower().endswith((*_READ, *_OTHERS)) and _is_copy(path, out):
            yield path


def _note_copies(error: ReadError, failures: list[ReadError]) -> None:
    failures.append(error)
    click.echo(one_line(f"speechmine: {error}"), err=True)


def _is_copy(path: str, out: str) -> bool:
    """Neither the file by which Excel marks an open one, nor what is to be written."""
    return not Path(path).name.startswith("~$") and os.path.realpath(path) != os.path.realpath(out)


def _holds_ledger(path: str) -> bool:
    import zipfile

    if not path.lower().endswith(".xlsx") or not Path(path).is_file():
        return False
    try:
        with zipfile.ZipFile(path) as package:
            return _MEMORY in package.read("xl/workbook.xml")
    except (OSError, LookupError, zipfile.BadZipFile):
        return False


def read_copies(
    paths: Sequence[str], failures: list[ReadError], rules: RulesLike | None = None
) -> list[Copy]:
    """The files that can be read; the others are told of, one line each.

    Args:
        paths: the files.
        failures: takes those that cannot be read.
        rules: as in :func:`speechmine.ledger.read_ledger`.

    Raises:
        ReadError: none of them can.
    """
    found: list[Copy] = []
    for path, name in zip(paths, _file_names(paths), strict=True):
        try:
            ledger, office = read_ledger(path, rules=rules), returned_by(path, rules=rules)
            found.append(Copy(name, ledger, office, path))
        except ReadError as error:
            if len(paths) == 1:
                raise
            _note_copies(error, failures)
    if not found:
        raise ReadError(", ".join(paths), "no ledger among them can be read")
    return found


def _file_names(paths: Sequence[str]) -> list[str]:
    """Names of files; with their folder where two are called the same."""
    bare = [Path(path).name for path in paths]
    return [n if bare.count(n) == 1 else p for n, p in zip(bare, paths, strict=True)]


def lines_on(collected: Collected, returns: Sequence[Return]) -> Iterator[str]:
    """What somebody should know of the copies: entries, conflicts, who is late.

    Args:
        collected: the ledger with their entries.
        returns: department by department.
    """
    cells = sum(sum(rows.values()) for rows in collected.entries.values())
    yield _(
        "{copies} copies with entries, laid on {base}: {cells} cells filled in, {added} rows of "
        "people's own added, {conflicts} cells in conflict (冲突)"
    ).format(
        copies=len(collected.entries),
        base=collected.base,
        cells=cells,
        added=len(collected.added),
        conflicts=len(collected.conflicts),
    )
    for found in collected.conflicts[:_MOST_NAMED]:
        entries = "; ".join(f"{file}: {text!r}" for file, text in found.entries)
        told = _("{column} of {task}: {entries}; kept is {kept!r}").format(
            column=found.column,
            task=f"{found.no} {found.task[:30]}",
            entries=entries,
            kept=found.kept,
        )
        yield f"  {told}"
    if len(collected.conflicts) > _MOST_NAMED:
        more = len(collected.conflicts) - _MOST_NAMED
        yield "  " + _("... and {count} more, all in the sheet 冲突清单").format(count=more)
    yield from _returns_told(returns)


def _returns_told(returns: Sequence[Return]) -> Iterator[str]:
    back = [r.party + _how(r) for r in returns if r.party and r.files]
    late = [r.party for r in returns if r.party and not r.files]
    yield _("returned (已交回) {count}: {units}").format(
        count=len(back), units="、".join(back) or "—"
    )
    yield _("not returned (未交回) {count}: {units}").format(
        count=len(late), units="、".join(late) or "—"
    )
    for found in returns:
        if not found.party:
            yield _(
                "whose copy these are nobody can tell: {files}; name the department in 填报单位： "
                "or in the name of the file"
            ).format(files=", ".join(found.files))


def _how(found: Return) -> str:
    return "（由所填的行推定）" if found.by == "rows" else ""
