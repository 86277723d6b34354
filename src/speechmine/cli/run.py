"""What the commands do: read, extract, write; failures are named and the run goes on."""

from __future__ import annotations

import contextlib
import functools
import itertools
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from gettext import gettext as _
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, cast

import click

from speechmine.errors import ReadError, RuleError, UsageError

if TYPE_CHECKING:
    from speechmine.assemble.profile import Profile
    from speechmine.batch.journal import Journal
    from speechmine.judge import Model
    from speechmine.model import Document, Extraction, Mode
    from speechmine.readers import Input
    from speechmine.rules.schema import RuleSet
    from speechmine.writers import Writer

__all__ = [
    "INTERRUPTED",
    "Request",
    "check_target",
    "gather",
    "internal_error",
    "printable",
    "run_extract",
    "run_print",
    "streamed",
]

#: What a shell reports for a program that Ctrl-C stopped.
INTERRUPTED = 130
# A worker takes half a second to start; so many documents take it longer.
_WORTH_A_WORKER = 16


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for.

    Attributes:
        paths: files, folders, ``-``. date, mode: as in :func:`speechmine.pipeline.extract`.
        rules: a folder of rule files. profile: a file with an office's habits.
        model: a file that ``speechmine learn`` wrote.
        workers: processes; 0: as many as there are processors, where there is enough to do.
        check: an input whose records break a law of :mod:`speechmine.checks` has failed.
        limit: only so many inputs. since: only files changed on that day or later.
        split: several tasks of a table's row where it owes several things.
        failures: fills up while the inputs are gone through.
    """

    paths: tuple[str, ...]
    date: str | None = None
    mode: str = "strict"
    rules: Path | None = None
    profile: Path | None = None
    model: Path | None = None
    workers: int = 1
    check: bool = False
    limit: int | None = None
    since: str | None = None
    split: bool = False
    failures: list[ReadError] = field(default_factory=list)


@contextlib.contextmanager
def streamed(request: Request) -> Iterator[Iterator[Extraction] | None]:
    """The extractions of all inputs, until Ctrl-C; None where nothing could be read."""
    with _heard_ctrl_c() as pressed:
        yield _if_any(_until(pressed, _extractions(request, _inputs(request))))


def run_extract(request: Request, *, format_name: str | None, out: str | None, force: bool) -> int:
    """Extract and write.

    Returns:
        The exit status: 0 all read, 1 some inputs failed, 130 stopped by the user.

    Raises:
        click.UsageError: options that do not fit together.
    """
    from speechmine.writers import format_of, writer_of

    try:
        name = format_name or (format_of(out) if out else "json")
        check_target(request, name, out)
        write = writer_of(name, several=_may_be_several(request.paths))
        inputs = _inputs(request)
        with _journal(inputs, out, force=force) as journal, _heard_ctrl_c() as pressed:
            found = _if_any(_until(pressed, _extractions(request, inputs, journal)))
            if found is not None:
                _write_output(write, found, request, out=out, force=force, journal=journal)
    except (UsageError, RuleError) as error:
        raise click.UsageError(str(error)) from error
    except KeyboardInterrupt:
        click.echo(_stopped(out), err=True)
        return INTERRUPTED
    return 1 if request.failures else 0


@contextlib.contextmanager
def _heard_ctrl_c() -> Iterator[list[int]]:
    """Note each Ctrl-C: Python loses the exception where it comes up while an object is deleted."""
    pressed: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield pressed  # only the main thread hears signals
        return

    def note(number: int, frame: FrameType | None) -> None:
        pressed.append(number)
        signal.default_int_handler(number, frame)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)


def _until(pressed: Sequence[int], extractions: Iterable[Extraction]) -> Iterator[Extraction]:
    for extraction in extractions:
        if pressed:
            raise KeyboardInterrupt
        yield extraction


def gather(request: Request) -> Iterator[Extraction]:
    """The extractions of all inputs; files of an earlier extraction are taken as they are.

    Raises:
        UsageError: an input does not exist.
    """
    from speechmine.readers import is_former, read_former

    for former, paths in itertools.groupby(request.paths, key=is_former):
        if not former:
            some = replace(request, paths=tuple(paths))
            yield from _extractions(some, _inputs(some))
            continue
        for path in paths:
            try:
                yield from read_former(path)
            except ReadError as error:
                request.failures.append(error)
                click.echo(printable(f"speechmine: {error}"), err=True)


def run_print(request: Request, show: Callable[[Extraction], None]) -> int:
    """Print something of each input; the status is as in :func:`run_extract`."""
    try:
        for extraction in _extractions(request, _inputs(request)):
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


def _write_output(
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


def _stopped(out: str | None) -> str:
    if out is None:
        return "speechmine: " + _("stopped")
    told = _("stopped; the same command again goes on where it was ({out})").format(out=out)
    return f"speechmine: {told}"


def _inputs(request: Request) -> tuple[Input, ...]:
    from speechmine.readers import find_inputs

    found = find_inputs(request.paths)
    if request.since is not None:
        found = tuple(item for item in found if _changed_since(item, request.since))
    return found[: request.limit]


def _changed_since(item: Input, day: str) -> bool:
    """Whether a file was changed on a day or later; what has no such time is kept."""
    try:
        changed = Path(item.archive or item.source).stat().st_mtime
    except (OSError, ValueError):
        return True
    return changed >= datetime.fromisoformat(day).timestamp()


def _extractions(
    request: Request, inputs: Sequence[Input], journal: Journal | None = None
) -> Iterator[Extraction]:
    from speechmine.batch.work import Job, run_batch
    from speechmine.cli.progress import watched

    job = Job(functools.partial(_prepared, request), _options(request))
    workers = request.workers or _useful_workers(len(inputs))
    for done in watched(run_batch(inputs, job, workers=workers, journal=journal), len(inputs)):
        if isinstance(done.result, ReadError):
            request.failures.append(done.result)
            click.echo(printable(f"speechmine: {done.result}"), err=True)
        else:
            yield done.result


def _useful_workers(inputs: int) -> int:
    """As many as there are processors, if each has enough to do to be worth its start."""
    return max(1, min(os.cpu_count() or 1, inputs // _WORTH_A_WORKER))


def _options(request: Request) -> tuple[str, ...]:
    """All that a result depends on beside its input."""
    files = [file for file in (request.profile, request.model) if file]
    files += sorted(request.rules.rglob("*")) if request.rules else []
    read = (f"{path}={path.read_bytes()!r}" for path in files if path.is_file())
    checked = ("checked",) if request.check else ()
    return (str(request.date), request.mode, f"split={request.split}", *checked, *read)


def _prepared(request: Request) -> Callable[[Input], Extraction]:
    """What a process needs to know before the first input."""
    from speechmine.assemble.profile import load_profile
    from speechmine.judge import open_model
    from speechmine.rules.loader import load_rules

    rules = load_rules(request.rules) if request.rules else None
    profile = load_profile(request.profile, rules=rules) if request.profile else None
    model = open_model(request.model) if request.model else None
    known = _Known(rules, profile, model)
    return functools.partial(_read_and_extract, request=request, known=known)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a process has read before the first input."""

    rules: RuleSet | None
    profile: Profile | None
    model: Model | None


def _read_and_extract(item: Input, *, request: Request, known: _Known) -> Extraction:
    from speechmine.cli.progress import pages_watched
    from speechmine.pipeline import extract

    try:
        with pages_watched():
            document = _input_document(item)
        found = extract(
            document,
            date=request.date,
            mode=cast("Mode", request.mode),
            rules=known.rules,
            profile=known.profile,
            model=known.model,
            split=request.split,
        )
    except (ReadError, UsageError, RuleError):
        raise
    except MemoryError as error:
        raise ReadError(item.source, "too large for this machine's memory", "split it") from error
    except Exception as error:  # a fault of ours in one document must not lose the others
        raise internal_error(error, item.source) from error
    return _readable(_checked(found, item.source) if request.check else found)


def _checked(extraction: Extraction, source: str) -> Extraction:
    """The same again, all its records well formed."""
    faults = extraction.check()
    if faults:
        reason = f"{len(faults)} of its records are not well formed: {faults[0].message}"
        raise ReadError(source, reason, "please report it; without --check they are written")
    return extraction


def _input_document(item: Input) -> Document:
    from speechmine.readers import STANDARD_INPUT, most_bytes, read_bytes, read_input

    if item.source == STANDARD_INPUT:
        content = sys.stdin.buffer.read(most_bytes() + 1)
        return read_bytes(content, id=item.id, source=item.source)
    return read_input(item)


def _readable(extraction: Extraction) -> Extraction:
    """The same again; a file that holds nothing but a table without tasks was not read."""
    unread = [n.message for n in extraction.notices if n.code == "no_task_column"]
    if unread and not extraction.segments:
        source = extraction.document.source or extraction.document.id
        raise ReadError(source, unread[0])
    return extraction


def internal_error(error: Exception, source: str) -> ReadError:
    """A fault of speechmine itself as a failed input.

    Args:
        error: the fault.
        source: name of the input.
    """
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    reason = f"internal error ({type(error).__name__}: {error}{place})"
    return ReadError(source, reason, "please report it together with the text")


def printable(message: str) -> str:
    """A message whose file names cannot break the line or steer the terminal."""
    return "".join(c if c.isprintable() or c in " \u3000" else f"\\x{ord(c):02x}" for c in message)
