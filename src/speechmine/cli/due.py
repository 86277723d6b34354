"""The commands that remind and press: due, notice."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from speechmine.cli.options import PROFILE, check_day
from speechmine.errors import ReadError, UsageError

if TYPE_CHECKING:
    from speechmine.ledger import Reminder

__all__ = ["due", "notice"]

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_LEDGER = click.argument("source", metavar="LEDGER", type=click.Path(exists=True, dir_okay=False))
_AS_OF = click.option(
    "--as-of",
    callback=check_day,
    metavar="YYYY-MM-DD",
    help="The day that counts (对照日期); by default today.",
)
_FORCE = click.option("--force", is_flag=True, help="Replace files that exist.")


def _check_span(
    _context: click.Context, _parameter: click.Parameter, value: str | None
) -> int | None:
    from speechmine.ledger.rounds.reminders import span_of_days

    try:
        return span_of_days(value) if value is not None else None
    except UsageError as error:
        raise click.BadParameter(str(error)) from error


_WITHIN = click.option(
    "--within",
    callback=_check_span,
    metavar="DAYS",
    default="7d",
    show_default=True,
    help="Also what is due within so many days (临期), such as 7d or 2w.",
)


@click.command("due")
@_LEDGER
@_AS_OF
@_WITHIN
@click.option(
    "-o",
    "--output",
    "outs",
    multiple=True,
    metavar="OUT",
    help="OUT.ics: calendar with alarms (日历提醒); OUT.txt: messages by unit (提醒短信). May be "
    "given several times; without it a list is printed.",
)
@click.option(
    "--template",
    type=_FILE,
    metavar="FILE",
    help="Text of the messages (短信模板), a Jinja template with 单位, 日期, 事项, 逾期数, 临期数.",
)
@_FORCE
@PROFILE
def due(  # noqa: PLR0913  # one parameter an option
    *,
    source: str,
    as_of: str | None,
    within: int,
    outs: tuple[str, ...],
    template: Path | None,
    force: bool,
    profile: Path | None,
) -> None:
    """List what is overdue (逾期) or soon due (临期) in a ledger, the most urgent first.

    LEDGER is a ledger (.xlsx) that people have filled in, or the JSON of an extraction. What is
    done with (已完成 and the like) is left out. Of a cycle (每月5日前) its next day counts.

    Exit status: 0 listed; 2 wrong usage.
    """
    from speechmine.cli.rounds import Round, reminders_of, today
    from speechmine.cli.told import one_line

    day = as_of or today()
    try:
        layout = Round("", profile=profile).layout
        found = reminders_of(source, day, within, layout)
        for out in outs:
            _write_reminders(out, found, day, template, force=force)
    except (UsageError, ReadError) as error:
        raise click.UsageError(one_line(str(error))) from error
    if outs:
        counts = Counter(reminder.kind for reminder in found)
        soon = len(found) - counts["overdue"]
        told = _("{late} overdue, {soon} due within {within} days ({day})").format(
            late=counts["overdue"], soon=soon, within=within, day=day
        )
        click.echo(f"speechmine: {told}", err=True)
    else:
        from speechmine.cli.due_list import print_reminders

        print_reminders(found, day, within)


def _write_reminders(
    out: str, found: Sequence[Reminder], day: str, template: Path | None, *, force: bool
) -> None:
    from speechmine.ledger import messages, reminder_calendar
    from speechmine.writers import open_output

    suffix = Path(out).suffix.lower()
    if suffix == ".ics":
        content = reminder_calendar(found, day)
    elif suffix == ".txt":
        text = template.read_text(encoding="utf-8-sig") if template else None
        content = "\n\n".join(messages(found, day, template=text).values()).encode() + b"\n"
    else:
        raise UsageError(_("{out}: name it .ics (日历) or .txt (短信)").format(out=out))
    with open_output(out, overwrite=force) as stream:
        stream.write(content)


def _of_units(made: Mapping[str, bytes], units: tuple[str, ...]) -> dict[str, bytes]:
    missing = [name for name in units if name not in made]
    if missing:
        known = "、".join(made) or "—"
        raise UsageError(
            _("{unit}: nothing is overdue or soon due there; there are: {known}").format(
                unit=missing[0], known=known
            )
        )
    return {name: made[name] for name in units or made}


def _save_templates(
    context: click.Context, _parameter: click.Parameter, value: Path | None
) -> None:
    """Write the shipped templates and stop."""
    if value is None or context.resilient_parsing:
        return
    from speechmine.cli.rounds import write_folder
    from speechmine.ledger.rounds.notices import shipped_template

    files = {"督办通知单": shipped_template("notice"), "督查通报": shipped_template("bulletin")}
    try:
        write_folder(str(value), files, ".docx", force=False)
    except UsageError as error:
        raise click.UsageError(str(error)) from error
    context.exit()


@click.command("notice")
@_LEDGER
@_AS_OF
@_WITHIN
@click.option(
    "-o",
    "--output",
    "out",
    metavar="FOLDER",
    required=True,
    help="Folder for the papers: one Word file a unit.",
)
@click.option(
    "--template",
    type=_FILE,
    metavar="FILE",
    help="Word file of your own (模板) with fields such as {{ 单位 }}; see --save-templates.",
)
@click.option("--unit", "units", multiple=True, metavar="NAME", help="Only this unit (单位).")
@click.option(
    "--reply-by",
    callback=check_day,
    metavar="YYYY-MM-DD",
    help="Until when an answer is asked for (反馈日期).",
)
@click.option(
    "--save-templates",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    is_eager=True,
    expose_value=False,
    callback=_save_templates,
    help="Write the shipped Word templates here, to be changed, and stop.",
)
@_FORCE
@PROFILE
def notice(  # noqa: PLR0913  # one parameter an option
    *,
    source: str,
    as_of: str | None,
    within: int,
    out: str,
    template: Path | None,
    units: tuple[str, ...],
    reply_by: str | None,
    force: bool,
    profile: Path | None,
) -> None:
    """Write a 督办通知单 (Word) for each unit with something overdue or soon due.

    LEDGER is a ledger (.xlsx) that people have filled in. Who sends it is the name of the
    office profile.

    Exit status: 0 written; 2 wrong usage.
    """
    from speechmine.cli.rounds import Round, reminders_of, today, write_folder
    from speechmine.cli.told import one_line
    from speechmine.ledger import write_notices

    day = as_of or today()
    try:
        layout = Round(out, profile=profile).layout
        found = reminders_of(source, day, within, layout)
        made = write_notices(found, day, template=template, office=layout.unit, reply_by=reply_by)
        wanted = _of_units(made, units)
        write_folder(out, wanted, ".docx", force=force)
    except (UsageError, ReadError) as error:
        raise click.UsageError(one_line(str(error))) from error
    told = _("{count} notices in {out} ({day})").format(count=len(wanted), out=out, day=day)
    click.echo(f"speechmine: {told}", err=True)
    sys.exit(0)
