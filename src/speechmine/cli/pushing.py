"""The commands that keep a ledger and a tracker in step: push, pull."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from speechmine.cli.language import ListingOption, is_chinese, later
from speechmine.cli.options import PROFILE
from speechmine.errors import ReadError, SpeechmineError, UsageError

if TYPE_CHECKING:
    from speechmine.trackers import Item, Pulled, PulledRow, Sink

__all__ = ["pull", "push"]

_PUSHED = ("created", "updated", "unchanged", "conflict", "failed")
_PULLED = ("changed", "unchanged", "conflict", "missing")
#: What was done, and what a dry run only says.
_DONE = {
    "created": later("created"),
    "updated": later("updated"),
    "changed": later("changed"),
    "unchanged": later("unchanged"),
    "conflict": later("conflict"),
    "missing": later("missing"),
    "failed": later("failed"),
}
_WOULD = {
    "created": later("would be created"),
    "updated": later("would be updated"),
    "changed": later("would be changed"),
}


def _done(action: str, dry_run: bool = False) -> str:  # noqa: FBT002
    return _((_WOULD if dry_run else _DONE).get(action, _DONE[action]))


def _counts_told(counts: Counter[str], actions: tuple[str, ...], dry_run: bool) -> str:
    said = [f"{counts[name]} {_done(name, dry_run)}" for name in actions if counts[name]]
    return ", ".join(said) or _("no tasks")


def _tracker_names(*, two_way: bool = False) -> dict[str, str]:
    """Addresses of trackers, in words: of all, or of those that states come back from."""
    from speechmine.trackers.kinds import TRACKERS

    named = (
        f"{kind.name}:{kind.chinese if is_chinese() else kind.english}"
        for kind in TRACKERS
        if kind.two_way or not two_way
    )
    return {"trackers": ("；" if is_chinese() else "; ").join(named)}


def _two_way_names() -> dict[str, str]:
    return _tracker_names(two_way=True)


_LEDGER = click.argument("source", metavar="LEDGER", type=click.Path(exists=True, dir_okay=False))


@click.command("push")
@_LEDGER
@click.option(
    "--to",
    "address",
    cls=ListingOption,
    required=True,
    metavar="TRACKER",
    help="Where to (推送到哪里): {trackers}.",
    listed=_tracker_names,
)
@click.option("--dry-run", is_flag=True, help="Only show what would be done (预览).")
@click.option(
    "--overwrite",
    is_flag=True,
    help="Where people changed title, text, due day or state there, write the ledger's (覆盖).",
)
@PROFILE
def push(
    *, source: str, address: str, dry_run: bool, overwrite: bool, profile: Path | None
) -> None:
    """Push the tasks of a ledger to a tracker, as often as you like (推送到任务系统).

    LEDGER is a ledger (.xlsx), or the JSON of an extraction. A task that is there is not made
    again. A state (状态) goes out where it was changed in the ledger alone; progress, comments
    and person are never written. Rows that people wrote go out like any other. An interrupted
    push is finished by the next. The table [tracker] of an office profile names tracker and
    category in Redmine and the project in Taskwarrior. Who asks is read from SPEECHMINE_USER and
    SPEECHMINE_PASSWORD, or SPEECHMINE_TOKEN, or the keyring.

    Exit status: 0 all in step; 1 some conflicts or failures, the rest done; 2 wrong usage.
    """
    from speechmine import trackers
    from speechmine.cli.told import one_line

    counts: Counter[str] = Counter()
    try:
        items = tuple(_items_of_file(source))
        for outcome in trackers.push(
            items, _sink(address, profile), dry_run=dry_run, overwrite=overwrite
        ):
            counts[outcome.action] += 1
            if outcome.action != "unchanged":
                said = f": {outcome.reason}" if outcome.reason else ""
                click.echo(one_line(f"{_done(outcome.action, dry_run)} {outcome.item.title}{said}"))
    except UsageError as error:
        raise click.UsageError(one_line(str(error))) from error
    except SpeechmineError as error:
        click.echo(one_line(f"speechmine: {error}"), err=True)
        sys.exit(1)
    click.echo(f"speechmine: {_counts_told(counts, _PUSHED, dry_run)}", err=True)
    sys.exit(1 if counts["conflict"] or counts["failed"] else 0)


def _sink(address: str, profile: Path | None) -> Sink:
    from speechmine.trackers import load_tracker_options, open_sink

    return open_sink(address, load_tracker_options(profile) if profile else None)


def _items_of_file(source: str) -> Iterator[Item]:
    from speechmine.ledger import make_ledger, read_ledger
    from speechmine.readers import is_former, read_former
    from speechmine.trackers import items_of

    try:
        if is_former(source):
            yield from items_of(make_ledger(read_former(source)))
        else:
            yield from items_of(read_ledger(source))
    except ReadError as error:
        advice = _("give a ledger (.xlsx) or an extraction (.json); {name} is neither").format(
            name=Path(source).name
        )
        raise UsageError(f"{error}; {advice}") from error


@click.command("pull")
@_LEDGER
@click.option(
    "--from",
    "address",
    cls=ListingOption,
    required=True,
    metavar="TRACKER",
    help="Where from (从哪里取回): {trackers}.",
    listed=_two_way_names,
)
@click.option(
    "-o",
    "--output",
    "out",
    metavar="OUT",
    help="Write the ledger here (.xlsx); without it LEDGER itself is brought up to date.",
)
@click.option("--dry-run", is_flag=True, help="Only show what would come back (预览).")
@click.option("--force", is_flag=True, help="Replace OUT if it exists.")
@PROFILE
def pull(  # one parameter an option
    *,
    source: str,
    address: str,
    out: str | None,
    dry_run: bool,
    force: bool,
    profile: Path | None,
) -> None:
    """Bring states, progress and comments of a tracker back into a ledger (从任务系统取回).

    A state comes back where it was changed there alone; where the ledger changed it too, both
    are listed as a conflict and the ledger's stays. Comments (评论) and the share done are added
    to 进展情况, each once. Titles and days that people changed there are listed and stay there.

    Exit status: 0 all in step; 1 some conflicts, the rest done; 2 wrong usage.
    """
    from speechmine.cli.told import one_line

    try:
        found = _pulled(source, _sink(address, profile), out, profile, dry_run=dry_run, force=force)
    except UsageError as error:
        raise click.UsageError(one_line(str(error))) from error
    except SpeechmineError as error:
        click.echo(one_line(f"speechmine: {error}"), err=True)
        sys.exit(1)
    _tell_outcomes(found, dry_run=dry_run)
    sys.exit(1 if any(row.action == "conflict" for row in found.rows) else 0)


def _pulled(
    source: str, sink: Sink, out: str | None, profile: Path | None, *, dry_run: bool, force: bool
) -> Pulled:
    """The ledger after the pull; written where something came back, or to a file of its own."""
    from speechmine import trackers
    from speechmine.ledger import default_layout, load_layout, read_ledger, update_ledger
    from speechmine.writers import open_output

    layout = load_layout(profile) if profile else default_layout()
    found = trackers.pull(read_ledger(source), sink, layout=layout)
    if not dry_run and (out or not found.unchanged):
        with open_output(out or source, overwrite=force or out is None) as stream:
            update_ledger(source, found.merged, stream, layout=layout)
    return found


def _tell_outcomes(found: Pulled, *, dry_run: bool) -> None:
    from speechmine.cli.told import one_line

    for line in (line for row in found.rows for line in _pulled_lines(row, dry_run=dry_run)):
        click.echo(one_line(line))
    for label in found.no_column:
        told = _("the ledger has no column {label}; that is left out").format(label=label)
        click.echo(f"speechmine: {told}", err=True)
    if found.strangers:
        told = _("{count} tasks there have no row in the ledger").format(count=len(found.strangers))
        click.echo(f"speechmine: {told}", err=True)
    counts = Counter[str](row.action for row in found.rows)
    click.echo(f"speechmine: {_counts_told(counts, _PULLED, dry_run)}", err=True)


def _pulled_lines(row: PulledRow, *, dry_run: bool) -> Iterator[str]:
    """What came back, or is in dispute, a line each."""
    from speechmine.ledger.layout import known_columns

    task = row.row.cells.get("task", "")
    if row.remote is None:
        yield f"{_done('missing')} {task}"
    for change in row.changes:
        label = known_columns()[change.field].label
        if change.kept is not None:
            said = _("{kept} kept, there {now}").format(kept=change.kept, now=change.now)
            yield f"{_done('conflict')} {task}: {label}: {said}"
        elif change.field == "progress":
            fresh = [x for x in change.now.split("\n") if x not in change.before.split("\n")]
            yield f"{_done('changed', dry_run)} {task}: {label}: {'；'.join(fresh)}"
        else:
            said = f"{change.before or '（空）'} → {change.now}"
            yield f"{_done('changed', dry_run)} {task}: {label}: {said}"
    for difference in row.differs:
        yield f"{_done('conflict')} {task}: " + _("there") + f" {difference}"
