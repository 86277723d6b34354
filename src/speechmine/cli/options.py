"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _
from pathlib import Path

import click

__all__ = [
    "DATE",
    "MODE",
    "MODEL",
    "PATHS",
    "PROCESSES",
    "PROFILE",
    "RULES",
    "check_day",
    "seconds_option",
]

PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH...")
RULES = click.option(
    "--rules",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Rule files of your own (规则), laid over the shipped ones.",
)
MODE = click.option(
    "--mode",
    type=click.Choice(["strict", "full"]),
    default="strict",
    show_default=True,
    help="strict: tasks fit for a ledger (台账, level 2 and 3); full: requirements (level 1) too.",
)

PROFILE = click.option(
    "--profile",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Office profile (TOML): suggests who and by when, marked apart from what the text says.",
)
MODEL = click.option(
    "--model",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Model of your own (模型), from speechmine learn; the output says that it was used.",
)


def check_day(
    _context: click.Context, _parameter: click.Parameter, value: str | None
) -> str | None:
    """Check a day here, so that a slip of the pen is wrong usage and no failed input."""
    from speechmine.readers.common.metadata import is_day

    if value is not None and not is_day(value):
        raise click.BadParameter(
            _("{value!r} is no date; write YYYY-MM-DD, such as 2024-01-05").format(value=value)
        )
    return value


DATE = click.option(
    "--date",
    metavar="YYYY-MM-DD",
    callback=check_day,
    help="Day the speech was given (讲话日期), if the text does not say; 今年, 本月 depend on it.",
)
PROCESSES = click.option(
    "--workers", type=click.IntRange(1, 64), metavar="N", help="Processes that read texts (进程数)."
)


def seconds_option(said: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The option of a server for how long it works at one thing.

    Args:
        said: its help.
    """
    return click.option(
        "--seconds", type=click.FloatRange(min=1), default=120.0, show_default=True, help=said
    )
