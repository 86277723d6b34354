"""How far a run is: a bar on a terminal, now and then a line elsewhere; standard error only."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from speechmine.errors import ReadError

if TYPE_CHECKING:
    from rich.progress import Progress

    from speechmine.batch.work import Done

__all__ = ["RunCounts", "pages_watched", "watched"]

# Seconds between two lines where there is no terminal; a short run stays silent.
_PAUSE = 10.0


@dataclass(slots=True)
class RunCounts:
    """What a run has done so far.

    Attributes:
        total: inputs in all. documents: inputs gone through. characters, tasks: found in them.
        errors: inputs that could not be read. kept: taken over from a stopped run.
    """

    total: int
    documents: int = 0
    characters: int = 0
    tasks: int = 0
    errors: int = 0
    kept: int = 0

    def add(self, done: Done) -> None:
        """Count one more."""
        self.documents += 1
        self.kept += done.kept
        if isinstance(done.result, ReadError):
            self.errors += 1
        else:
            self.characters += done.result.document.length
            self.tasks += len(done.result.tasks)

    def __str__(self) -> str:
        """One line.

        Example:
            >>> str(RunCounts(total=2000, documents=1000, characters=5_000_000, tasks=20_134))
            '1,000 of 2,000 documents, 5,000,000 characters, 20,134 tasks, 0 errors'
        """
        kept = " " + _("({count:,} from the run before)").format(count=self.kept)
        return _(
            "{documents:,} of {total:,} documents{kept}, {characters:,} characters, {tasks:,} "
            "tasks, {errors:,} errors"
        ).format(
            documents=self.documents,
            total=self.total,
            kept=kept if self.kept else "",
            characters=self.characters,
            tasks=self.tasks,
            errors=self.errors,
        )


@contextmanager
def pages_watched() -> Iterator[None]:
    """Tell how far the recognition of a file's pages is, if there is something to wait for."""
    from speechmine.readers.paged.watching import watched_by

    started = told = time.monotonic()
    pause = _PAUSE / 5 if sys.stderr.isatty() else _PAUSE

    def tell(source: str, done: int, total: int) -> None:
        nonlocal told
        now = time.monotonic()
        if not done or now - told < pause:
            return
        told = now
        seconds = (now - started) / done * (total - done)
        left = _(", {seconds:.0f} s to go").format(seconds=seconds) if done < total else ""
        said = _("{done} of {total} pages recognised").format(done=done, total=total)
        click.echo(f"speechmine: {source}: {said}{left}", err=True)

    with watched_by(tell):
        yield


def watched(made: Iterable[Done], total: int) -> Iterator[Done]:
    """The same again, telling how far it is if there is something to wait for.

    Args:
        made: what the run finishes.
        total: how many there will be.
    """
    if total > 1 and sys.stderr.isatty():
        return _with_bar(made, RunCounts(total))
    return _with_lines(made, RunCounts(total))


def _with_bar(made: Iterable[Done], counts: RunCounts) -> Iterator[Done]:
    with _progress_bar() as bar:
        shown = bar.add_task("", total=counts.total)
        for done in made:
            counts.add(done)
            bar.update(shown, completed=counts.documents, description=_short_count(counts))
            yield done


def _progress_bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    columns = (MofNCompleteColumn(), BarColumn(), Remaining(), TextColumn("{task.description}"))
    return Progress(*columns, console=Console(stderr=True), transient=True)


def _short_count(counts: RunCounts) -> str:
    return _("{characters:,} 字 · {tasks:,} tasks · {errors:,} errors").format(
        characters=counts.characters, tasks=counts.tasks, errors=counts.errors
    )


def _with_lines(made: Iterable[Done], counts: RunCounts) -> Iterator[Done]:
    started = told = time.monotonic()
    for done in made:
        counts.add(done)
        now = time.monotonic()
        if now - told >= _PAUSE:
            told = now
            click.echo(f"speechmine: {counts}{_remaining(counts, now - started)}", err=True)
        yield done
    if told > started:
        click.echo(f"speechmine: {counts}", err=True)


def _remaining(counts: RunCounts, elapsed: float) -> str:
    """Time to go, by the documents of this run (those kept took none)."""
    made = counts.documents - counts.kept
    if made == 0:
        return ""
    seconds = elapsed / made * (counts.total - counts.documents)
    if seconds >= 60:
        return _(", about {minutes:.0f} min to go").format(minutes=seconds / 60)
    return _(", {seconds:.0f} s to go").format(seconds=seconds)
