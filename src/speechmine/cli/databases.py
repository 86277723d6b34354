"""Extractions into databases that may be there already."""

from __future__ import annotations

from gettext import gettext as _

import click

from speechmine.cli.request import INTERRUPTED, Request
from speechmine.cli.run import check_target, streamed
from speechmine.errors import RuleError, UsageError

__all__ = ["run_update"]


def run_update(request: Request, out: str, format_name: str | None) -> int:
    """Extract into a database: documents of the same identifier are replaced, the others stay.

    Returns:
        The exit status: 0 all read, 1 some inputs failed; after 130 the database is as it was.

    Raises:
        click.UsageError: this is no database, or it cannot be written.
    """
    from speechmine.writers.records.database import is_database, update_database
    from speechmine.writers.records.sqlite import update_sqlite

    try:
        _check_database(request, out, format_name)
        update = update_database if is_database(out) else update_sqlite
        with streamed(request) as found:
            if found is not None:
                update(found, out, failures=request.failures)
    except (UsageError, RuleError) as error:
        raise click.UsageError(str(error)) from error
    except KeyboardInterrupt:
        told = _("stopped; the database is as it was")
        click.echo(f"speechmine: {told}", err=True)
        return INTERRUPTED
    return 1 if request.failures else 0


def _check_database(request: Request, out: str, format_name: str | None) -> None:
    from speechmine.writers import format_of
    from speechmine.writers.records.database import is_database

    if not is_database(out):
        if (format_name or format_of(out)) != "sqlite":
            raise UsageError(
                _("{out}: only a database can be added to (.sqlite, postgresql://)").format(out=out)
            )
        check_target(request, "sqlite", out)
    elif format_name not in (None, "sqlite"):
        raise UsageError(
            _("{name} is a file; a database takes tables; leave out --format").format(
                name=format_name
            )
        )
