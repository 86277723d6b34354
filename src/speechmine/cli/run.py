"""What the commands do: read, extract, write; failures are named and the run goes on."""

from __future__ import annotations

import contextlib
import itertools
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from speechmine.cli.request import INTERRUPTED, Request
from speechmine.cli.stopping import heard_ctrl_c, told_how_to_go_on, until_pressed
from speechmine.cli.told import one_line
from speechmine.cli.working import extractions_of, inputs_of
from speechmine.errors import ReadError, RuleError, UsageError

if TYPE_CHECKING:
    from speechmine.batch.journal import Journal
    from speechmine.model import Extraction
    from speechmine.readers import Input
    from speechmine.writers import Writer

__all__ = ["check_target", "gather", "run_extract", "run_print", "streamed"]


@contextlib.contextmanager
def streamed(request: Request) -> Iterator[Iterator[Extraction] | None]:
    """The extractions of all inputs, until Ctrl-C; None where nothing could be read."""
    with heard_ctrl_c() as pressed:
        yield _if_any(until_pressed(pressed, extractions_of(request, inputs_of(request))))


def run_extract(request: Request, *, format_name: str | None, out: str | None, force: bool) -> int:
    """Extract and write.

    Returns:
        The exit status: 0 all read, 1 some inputs failed, 130 stopped by the user.

    Raises:
        click.UsageError: options that do not fit together.
    """
    from speechmine.writers.formats import format_named, format_of, writer_of

    try:
        name = format_name or (format_of(out) if out else "json")
        check_target(request, name, out)
        write = writer_of(name, several=_may_be_several(request.paths))
        inputs = inputs_of(request)
        with _journal(inputs, out, force=force) as journal, heard_ctrl_c() as pressed:
            alone = len(inputs) == 1 and format_named(name).by_record
            made = extractions_of(request, inputs, journal, alone=alone)
            found = _if_any(until_pressed(pressed, made))
            if found is not None:
                _write_extractions(write, found, request, out=out, force=force, journal=journal)
    except (UsageError, RuleError) as error:
        raise click.UsageError(str(error)) from error
    except KeyboardInterrupt:
        click.echo(told_how_to_go_on(out), err=True)
        return INTERRUPTED
    return 1 if request.failures else 0


def gather(request: Request) -> Iterator[Extraction]:
    """The extractions of all inputs; files of an earlier extraction are taken as they are.

    Raises:
        UsageError: an input does not exist.
    """
    from speechmine.readers import is_former, read_former

    for former, paths in itertools.groupby(request.paths, key=is_former):
        if not former:
            some = replace(request, paths=tuple(paths))
            yield from extractions_of(some, inputs_of(some))
            continue
        for path in paths:
            try:
                yield from read_former(path)
            except ReadError as error:
                request.failures.append(error)
                click.echo(one_line(f"speechmine: {error}"), err=True)


def run_print(request: Request, show: Callable[[Extraction], None]) -> int:
    """Print something of each input; the status is as in :func:`run_extract`."""
    try:
        for extraction in extractions_of(request, inputs_of(request)):
            show(extraction)
    except (UsageError, RuleError) as error:
        raise click.UsageError(str(error)) from error
    return 1 if request.failures else 0


def check_target(request: Request, name: str, out: str | None) -> None:
    """Refuse an output that the format cannot go to, or that is an input.

    Raises:
        UsageError: either of these.
    """
    from speechmine.writers.formats import format_named

    if out is None and format_named(name).binary:
        raise UsageError(_("{name} needs a file to write to: -o OUT.{name}").format(name=name))
    if out is not None and os.path.realpath(out) in map(os.path.realpath, request.paths):
        raise UsageError(_("{out}: this is an input; write to another file").format(out=out))


def _may_be_several(paths: Iterable[str]) -> bool:
    """Whether JSON is an array: told by what was asked for, not by what was found."""
    listed = tuple(paths)
    return len(listed) > 1 or any(map(os.path.isdir, listed))


def _if_any(extractions: Iterator[Extraction]) -> Iterator[Extraction] | None:
    """The same again, or None where no input could be read: then nothing is written."""
    for first in extractions:
        return itertools.chain([first], extractions)
    return None


def _write_extractions(
    write: Writer,
    extractions: Iterable[Extraction],
    request: Request,
    *,
    out: str | None,
    force: bool,
    journal: Journal | None,
) -> None:
    from speechmine.writers import open_output

    if out is None:
        write(extractions, sys.stdout.buffer, failures=request.failures)
        return
    folder = journal.folder if journal is not None else None
    with open_output(out, overwrite=force, draft_folder=folder) as stream:
        write(extractions, stream, failures=request.failures)


def _journal(
    inputs: Sequence[Input], out: str | None, *, force: bool
) -> AbstractContextManager[Journal | None]:
    """Where finished work is kept: of several inputs, beside a file."""
    if out is None or len(inputs) <= 1 or (os.path.exists(out) and not os.path.isfile(out)):  # noqa: PTH110, PTH113
        return nullcontext()
    if not force and os.path.exists(out):  # noqa: PTH110
        raise UsageError(_("{path}: the file exists; use --force to replace it").format(path=out))
    if not Path(out).parent.is_dir():
        return nullcontext()  # whoever opens the output says so
    from speechmine.batch.journal import open_journal

    return open_journal(out)
