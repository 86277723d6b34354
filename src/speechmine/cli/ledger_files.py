"""Ledgers to files: made, filled into a template, merged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from gettext import gettext as _
from pathlib import Path
from typing import BinaryIO, Self

import click

from speechmine.cli.language import later
from speechmine.cli.ledger_copies import CopiesByOffice, lines_on, parted_paths, read_copies
from speechmine.cli.request import Request
from speechmine.cli.run import check_target, gather
from speechmine.cli.told import one_line
from speechmine.errors import ReadError, RuleError, UsageError
from speechmine.ledger import (
    Collected,
    Copy,
    Ledger,
    LedgerLayout,
    Merged,
    MergedRow,
    Return,
    collect_copies,
    default_layout,
    fill_template,
    load_layout,
    make_ledger,
    merge_ledgers,
    returns_of,
    write_collected,
    write_division_table,
    write_ledger,
)
from speechmine.ledger.layout import known_columns
from speechmine.writers import open_output

__all__ = ["LedgerOptions", "run_ledger"]

_MOST_NAMED = 20
_KINDS = {
    "kept": later("kept"),
    "changed": later("changed"),
    "added": later("added"),
    "dropped": later("no longer in the speech (文中已删)"),
    "restored": later("back in the speech"),
    "own": later("rows of your own"),
    "conflicts": later("cells that both you and the speech changed (yours kept)"),
    "removed": later("deleted by you and left out"),
}


@dataclass(frozen=True, slots=True)
class LedgerOptions:
    """What shall be written where."""

    out: str
    merge: tuple[str, ...] = ()
    template: Path | None = None
    as_of: str | None = None
    rules: Path | None = None
    force: bool = False


def run_ledger(request: Request, wanted: LedgerOptions) -> int:
    """Make the ledger and write it.

    Returns:
        The exit status: 0 all read, 1 some inputs failed.

    Raises:
        click.UsageError: options that do not fit together.
    """
    try:
        _check_options(request, wanted)
        layout = load_layout(request.profile) if request.profile else default_layout()
        given = parted_paths(request, wanted.merge, wanted.out)
        round_ = _Round.of(given, request) if given.ledgers else None
        ledger = None
        if given.speeches:
            ledger = make_ledger(gather(replace(request, paths=given.speeches)), layout=layout)
            if not ledger.documents:
                return 1  # nothing could be read, and the log has said why
        merged = _merged_ledger(round_, ledger, layout)
        with open_output(wanted.out, overwrite=wanted.force) as stream:
            _write_ledger(ledger, round_, merged, wanted, layout, stream)
    except (UsageError, RuleError, ReadError) as error:
        raise click.UsageError(one_line(str(error))) from error
    _tell_round(ledger, round_, merged)
    return 1 if request.failures else 0


@dataclass(frozen=True, slots=True)
class _Round:
    """The ledgers that came back, laid together."""

    copies: tuple[Copy, ...]
    base: Copy
    collected: Collected
    returns: tuple[Return, ...]

    @classmethod
    def of(cls, given: CopiesByOffice, request: Request) -> Self:
        copies = read_copies(given.ledgers, request.failures, request.rules)
        sent = next((copy for copy in copies if copy.path == given.sent), None)
        collected = collect_copies(copies, base=sent)
        base = next(copy for copy in copies if copy.name == collected.base)
        several = len(copies) > 1
        back = [copy for copy in copies if copy is not sent]
        returns = returns_of(collected, back) if several else ()
        return cls(tuple(copies), base, collected, returns)


def _merged_ledger(
    round_: _Round | None, ledger: Ledger | None, layout: LedgerLayout
) -> Merged | None:
    if round_ is None or ledger is None:
        return None
    return merge_ledgers(round_.collected.ledger, ledger, layout=layout)


def _check_options(request: Request, wanted: LedgerOptions) -> None:
    suffix = Path(wanted.out).suffix.lower()
    if suffix not in (".xlsx", ".docx"):
        raise UsageError(
            _("{out}: name it .xlsx (督查台账) or .docx (任务分解表)").format(out=wanted.out)
        )
    if suffix == ".docx" and (wanted.template or wanted.as_of):
        raise UsageError(_("a template and colours are of .xlsx; leave them out, or name OUT.xlsx"))
    if wanted.merge and wanted.template:
        raise UsageError(_("--merge keeps the looks of the old ledger; leave out --template"))
    check_target(request, suffix[1:], wanted.out)


def _write_ledger(  # what there is to write
    ledger: Ledger | None,
    round_: _Round | None,
    merged: Merged | None,
    wanted: LedgerOptions,
    layout: LedgerLayout,
    stream: BinaryIO,
) -> None:
    if round_ is None:
        if ledger is not None:
            _write_new(ledger, wanted, layout, stream)
        return
    if Path(wanted.out).suffix.lower() == ".docx":
        whole = merged.ledger if merged else round_.collected.ledger
        write_division_table(whole, stream, layout=layout)
        return
    write_collected(
        round_.base,
        round_.collected,
        round_.returns,
        stream,
        merged=merged,
        layout=layout,
        as_of=wanted.as_of,
        rules=wanted.rules,
    )


def _write_new(
    ledger: Ledger, wanted: LedgerOptions, layout: LedgerLayout, stream: BinaryIO
) -> None:
    if Path(wanted.out).suffix.lower() == ".docx":
        write_division_table(ledger, stream, layout=layout)
    elif wanted.template is not None:
        as_of, rules = wanted.as_of, wanted.rules
        template = wanted.template
        for label in fill_template(
            template, ledger, stream, layout=layout, as_of=as_of, rules=rules
        ):
            _say_line(
                _("the template has no column for {label}; that is left out").format(label=label)
            )
    else:
        write_ledger(ledger, stream, layout=layout, as_of=wanted.as_of)


def _tell_round(ledger: Ledger | None, round_: _Round | None, merged: Merged | None) -> None:
    """What was done: numbers, and what somebody should look at."""
    if round_ is not None and len(round_.copies) > 1:
        for line in lines_on(round_.collected, round_.returns):
            _say_line(line)
    if merged is None:
        if ledger is not None:
            _say_line(
                _("{tasks} tasks of {documents} documents").format(
                    tasks=len(ledger.rows), documents=len(ledger.documents)
                )
            )
        return
    told = (f"{n} {_(_KINDS[name])}" for name, n in merged.counts.items() if n or name == "kept")
    _say_line("; ".join(told))
    notable = [line for row in merged.rows for line in _conflict_lines(row)]
    for line in notable[:_MOST_NAMED]:
        _say_line(line)
    if len(notable) > _MOST_NAMED:
        _say_line(
            _("... and {count} more; they are marked in the ledger").format(
                count=len(notable) - _MOST_NAMED
            )
        )


def _conflict_lines(row: MergedRow) -> list[str]:
    named = f"{row.row.cells.get('no', '')} {row.row.cells.get('task', '')[:30]}".strip()
    found = (
        [f"  {_(_KINDS[row.kind])}: {named}"]
        if row.kind in ("added", "dropped", "restored")
        else []
    )
    labels = known_columns()
    found += [
        "  "
        + _("{label} of {task}: the speech says {now!r}, kept is {kept!r}").format(
            label=labels[c.field].label, task=named, now=c.now or "（无）", kept=c.kept
        )
        for c in row.changes
        if c.kept is not None
    ]
    return found


def _say_line(line: str) -> None:
    click.echo(one_line(f"speechmine: {line}"), err=True)
