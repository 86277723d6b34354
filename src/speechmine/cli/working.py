"""From inputs to extractions, in one process or several."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from speechmine.cli.request import Request
from speechmine.cli.told import internal_error, one_line
from speechmine.errors import ReadError, RuleError, UsageError

if TYPE_CHECKING:
    from speechmine.assemble.profile import Profile
    from speechmine.batch.journal import Journal
    from speechmine.judge import Model
    from speechmine.model import Document, Extraction, Mode
    from speechmine.readers import Input
    from speechmine.rules.schema import RuleSet

__all__ = ["extractions_of", "inputs_of"]

# A worker takes half a second to start; so many documents take it longer.
_WORTH_A_WORKER = 16


def inputs_of(request: Request) -> tuple[Input, ...]:
    """The inputs that are asked for."""
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


def extractions_of(
    request: Request,
    inputs: Sequence[Input],
    journal: Journal | None = None,
    *,
    alone: bool = False,
) -> Iterator[Extraction]:
    """The extractions of inputs; that of one ``alone`` may be packed if it is long.

    What fails is told and the run goes on.
    """
    from speechmine.batch.work import Job, run_batch
    from speechmine.cli.progress import watched

    job = Job(functools.partial(_prepared_worker, request, alone=alone), _options(request))
    workers = request.workers or _useful_workers(len(inputs))
    for done in watched(run_batch(inputs, job, workers=workers, journal=journal), len(inputs)):
        if isinstance(done.result, ReadError):
            request.failures.append(done.result)
            click.echo(one_line(f"speechmine: {done.result}"), err=True)
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


def _prepared_worker(request: Request, *, alone: bool = False) -> Callable[[Input], Extraction]:
    """What a process needs to know before the first input."""
    from speechmine.assemble.profile import load_profile
    from speechmine.judge import open_model
    from speechmine.rules.loader import load_rules

    rules = load_rules(request.rules) if request.rules else None
    profile = load_profile(request.profile, rules=rules) if request.profile else None
    model = open_model(request.model) if request.model else None
    known = _Known(rules, profile, model, alone)
    return functools.partial(_read_and_extract, request=request, known=known)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a process has read before the first input; ``alone``: it is the only one."""

    rules: RuleSet | None
    profile: Profile | None
    model: Model | None
    alone: bool = False


def _read_and_extract(item: Input, *, request: Request, known: _Known) -> Extraction:
    from speechmine.cli.progress import pages_watched
    from speechmine.pipeline import extract, extract_packed

    # Written down at once, a long text's records need not all be there; others are handed on.
    make = extract_packed if known.alone else extract

    try:
        with pages_watched():
            document = _document_of(item, known.rules)
        found = make(
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
    return _readable(_without_faults(found, item.source) if request.check else found)


def _without_faults(extraction: Extraction, source: str) -> Extraction:
    """The same again, all its records well formed."""
    faults = extraction.check()
    if faults:
        reason = f"{len(faults)} of its records are not well formed: {faults[0].message}"
        raise ReadError(source, reason, "please report it; without --check they are written")
    return extraction


def _document_of(item: Input, rules: RuleSet | None) -> Document:
    from speechmine.readers import STANDARD_INPUT, most_bytes, read_bytes, read_input

    if item.source == STANDARD_INPUT:
        content = sys.stdin.buffer.read(most_bytes() + 1)
        return read_bytes(content, id=item.id, source=item.source, rules=rules)
    return read_input(item, rules)


def _readable(extraction: Extraction) -> Extraction:
    """The same again; a file that holds nothing but a table without tasks was not read."""
    unread = [n.message for n in extraction.notices if n.code == "no_task_column"]
    if unread and not extraction.segments:
        source = extraction.document.source or extraction.document.id
        raise ReadError(source, unread[0])
    return extraction
