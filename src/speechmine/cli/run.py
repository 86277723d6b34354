"""What the commands do: read, extract, write; failures are named and the run goes on."""

from __future__ import annotations

import functools
import itertools
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from speechmine.errors import ReadError, RuleError, UsageError

if TYPE_CHECKING:
    from speechmine.assemble.profile import Profile
    from speechmine.model import Document, Extraction, Mode
    from speechmine.readers import Input
    from speechmine.rules.schema import RuleSet
    from speechmine.writers import Writer

__all__ = ["Request", "check_target", "one_line", "run_extract", "run_print"]

_NEED_A_FILE = ("xlsx", "parquet", "sqlite")


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for.

    Attributes:
        paths: files, folders, ``-``. date, mode: as in :func:`speechmine.pipeline.extract`.
        rules: a folder of rule files. profile: a file with an office's habits.
        failures: fills up while the inputs are gone through.
    """

    paths: tuple[str, ...]
    date: str | None = None
    mode: str = "strict"
    rules: Path | None = None
    profile: Path | None = None
    failures: list[ReadError] = field(default_factory=list)


def run_extract(request: Request, *, format_name: str | None, out: str | None, force: bool) -> int:
    """Extract and write.

    Returns:
        The exit status: 0 all read, 1 some inputs failed.

    Raises:
        click.UsageError: options that do not fit together.
    """
    from speechmine.writers import format_of, writer_of

    try:
        name = format_name or (format_of(out) if out else "json")
        check_target(request, name, out)
        write = writer_of(name, several=_may_be_several(request.paths))
        found = _if_any(_extractions(request))
        if found is not None:
            _write(write, found, request, out=out, force=force)
    except (UsageError, RuleError) as error:
        raise click.UsageError(str(error)) from error
    return 1 if request.failures else 0


def run_print(request: Request, show: Callable[[Extraction], None]) -> int:
    """Print something of each input; the status is as in :func:`run_extract`."""
    try:
        for extraction in _extractions(request):
            show(extraction)
    except (UsageError, RuleError) as error:
        raise click.UsageError(str(error)) from error
    return 1 if request.failures else 0


def check_target(request: Request, name: str, out: str | None) -> None:
    """Refuse an output that the format cannot go to, or that is an input.

    Raises:
        UsageError: either of these.
    """
    if out is None and name in _NEED_A_FILE:
        raise UsageError(f"{name} needs a file to write to: -o OUT.{name}")
    if out is not None and os.path.realpath(out) in map(os.path.realpath, request.paths):
        raise UsageError(f"{out}: this is an input; write to another file")


def _may_be_several(paths: Iterable[str]) -> bool:
    """Whether JSON is an array: told by what was asked for, not by what was found."""
    listed = tuple(paths)
    return len(listed) > 1 or any(map(os.path.isdir, listed))


def _if_any(extractions: Iterator[Extraction]) -> Iterator[Extraction] | None:
    """The same again, or None where no input could be read: then nothing is written."""
    for first in extractions:
        return itertools.chain([first], extractions)
    return None


def _write(
    write: Writer,
    extractions: Iterable[Extraction],
    request: Request,
    *,
    out: str | None,
    force: bool,
) -> None:
    from speechmine.writers import open_output

    if out is None:
        write(extractions, sys.stdout.buffer, failures=request.failures)
        return
    with open_output(out, overwrite=force) as stream:
        write(extractions, stream, failures=request.failures)


def _extractions(request: Request) -> Iterator[Extraction]:
    from speechmine.assemble.profile import load_profile
    from speechmine.readers import find_inputs
    from speechmine.rules.loader import load_rules

    rules = load_rules(request.rules) if request.rules else None
    profile = load_profile(request.profile, rules=rules) if request.profile else None
    read = functools.partial(_extraction, request=request, rules=rules, profile=profile)
    inputs = find_inputs(request.paths)
    for item in _with_progress(inputs):
        try:
            yield read(_document(item))
        except (ReadError, _InternalError) as error:
            failure = error if isinstance(error, ReadError) else error.as_failure(item.source)
            request.failures.append(failure)
            click.echo(one_line(f"speechmine: {failure}"), err=True)


def _document(item: Input) -> Document:
    from speechmine.readers import MAX_BYTES, read_bytes, read_input

    if item.source == "-":
        content = sys.stdin.buffer.read(MAX_BYTES + 1)
        return read_bytes(content, id=item.id, source=item.source)
    return read_input(item)


def _extraction(
    document: Document, request: Request, rules: RuleSet | None, profile: Profile | None
) -> Extraction:
    from speechmine.pipeline import extract

    try:
        found = extract(
            document,
            date=request.date,
            mode=cast("Mode", request.mode),
            rules=rules,
            profile=profile,
        )
    except (UsageError, RuleError):
        raise
    except Exception as error:  # a fault of ours in one document must not lose the others
        raise _InternalError from error
    return _readable(found)


def _readable(extraction: Extraction) -> Extraction:
    """The same again; a file that holds nothing but a table without tasks was not read."""
    unread = [n.message for n in extraction.notices if n.code == "no_task_column"]
    if unread and not extraction.segments:
        source = extraction.document.source or extraction.document.id
        raise ReadError(source, unread[0])
    return extraction


class _InternalError(Exception):
    """A fault of speechmine itself; its cause is the exception that came up."""

    def as_failure(self, source: str) -> ReadError:
        """The same as a failed input."""
        cause = self.__cause__
        frames = traceback.extract_tb(cause.__traceback__) if cause else []
        place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
        reason = f"internal error ({type(cause).__name__}: {cause}{place})"
        return ReadError(source, reason, "please report it together with the text")


def _with_progress(inputs: tuple[Input, ...]) -> Iterator[Input]:
    """Show progress on a terminal's standard error when there is something to wait for."""
    if len(inputs) == 1 or not sys.stderr.isatty():
        yield from inputs
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(inputs, description="speechmine", console=Console(stderr=True), transient=True)


def one_line(message: str) -> str:
    """A message whose file names cannot break the line or steer the terminal."""
    return "".join(c if c.isprintable() or c in " \u3000" else f"\\x{ord(c):02x}" for c in message)
