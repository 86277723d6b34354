"""The command that keeps a tracker in step: push."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from speechmine.errors import ReadError, SpeechmineError, UsageError

if TYPE_CHECKING:
    from speechmine.trackers import Item

__all__ = ["push"]


@click.command("push")
@click.argument("source", metavar="LEDGER", type=click.Path(exists=True, dir_okay=False))
@click.option(
    "--to",
    "address",
    required=True,
    metavar="TRACKER",
    help="caldav:URL of a calendar (日历); redmine:URL of a project; jira:URL of a project; "
    "github:owner/name; taskwarrior: (this machine's).",
)
@click.option("--dry-run", is_flag=True, help="Only show what would be done (预览).")
@click.option(
    "--overwrite",
    is_flag=True,
    help="Where people changed title, text or due day there, write the speech's again (覆盖).",
)
def push(*, source: str, address: str, dry_run: bool, overwrite: bool) -> None:
    """Push the tasks of a ledger to a tracker, as often as you like (推送到任务系统).

    LEDGER is a ledger (.xlsx), or the JSON of an extraction. A task that is there is not made
    again; state, progress, comments and person are never written. An interrupted push is
    finished by the next. Who asks is read from SPEECHMINE_USER and SPEECHMINE_PASSWORD, or
    SPEECHMINE_TOKEN, or the keyring.

    Exit status: 0 all in step; 1 some conflicts or failures, the rest done; 2 wrong usage.
    """
    from speechmine import trackers
    from speechmine.cli.run import one_line

    counts: Counter[str] = Counter()
    try:
        items = tuple(_items(source))
        for outcome in trackers.push(
            items, trackers.open_sink(address), dry_run=dry_run, overwrite=overwrite
        ):
            counts[outcome.action] += 1
            if outcome.action != "unchanged":
                said = f": {outcome.reason}" if outcome.reason else ""
                click.echo(one_line(f"{outcome.action} {outcome.item.title}{said}"))
    except UsageError as error:
        raise click.UsageError(one_line(str(error))) from error
    except SpeechmineError as error:
        click.echo(one_line(f"speechmine: {error}"), err=True)
        sys.exit(1)
    named = ("created", "updated", "unchanged", "conflict", "failed")
    told = ", ".join(f"{counts[name]} {name}" for name in named if counts[name]) or "no tasks"
    click.echo(f"speechmine: {'would be: ' if dry_run else ''}{told}", err=True)
    sys.exit(1 if counts["conflict"] or counts["failed"] else 0)


def _items(source: str) -> Iterator[Item]:
    from speechmine.ledger import make_ledger, read_ledger
    from speechmine.readers import is_former, read_former
    from speechmine.trackers import items_of

    try:
        if is_former(source):
            yield from items_of(make_ledger(read_former(source)))
        else:
            yield from items_of(read_ledger(source))
    except ReadError as error:
        advice = f"give a ledger (.xlsx) or an extraction (.json); {Path(source).name} is neither"
        raise UsageError(f"{error}; {advice}") from error
