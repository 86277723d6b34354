"""The command that tells how well files could be read: check."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from speechmine.cli.options import DATE, PATHS
from speechmine.errors import ReadError, UsageError

if TYPE_CHECKING:
    from speechmine.cli.health import Health
    from speechmine.model import Extraction
    from speechmine.readers import Input

__all__ = ["check"]


@click.command("check")
@PATHS
@DATE
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line instead of words.")
def check(*, paths: tuple[str, ...], date: str | None, as_json: bool) -> None:
    """Tell how well each file could be read (体检): a short health report.

    Which kind of file it is and in which encoding, its pages and whether they were recognised
    from pictures (扫描件、文字识别), the title, date and head (文头) that were found, its parts,
    how much text was left out and why (页眉、页码、脚注、水印、印章), and what is doubtful (存疑).

    Exit status: 0 all read; 1 some could not be, each named; 2 wrong usage.
    """
    from speechmine.cli.health import health_lines
    from speechmine.cli.told import one_line

    failed = False
    try:
        for found in _checked_paths(paths, date):
            if isinstance(found, ReadError):
                failed = True
                _tell_health(found)
            elif as_json:
                click.echo(json.dumps(found.to_dict(), ensure_ascii=False))
            else:
                click.echo("\n".join(map(one_line, health_lines(found))))
    except UsageError as error:
        raise click.UsageError(str(error)) from error
    sys.exit(1 if failed else 0)


def _tell_health(error: ReadError) -> None:
    from speechmine.cli.told import one_line

    click.echo(one_line(f"speechmine: {error}"), err=True)


def _checked_paths(paths: tuple[str, ...], date: str | None) -> Iterator[Health | ReadError]:
    from speechmine.cli.health import health_of
    from speechmine.readers import find_inputs

    for item in find_inputs(paths):
        try:
            content, extraction = _extracted(item, date)
        except ReadError as error:
            yield error
        else:
            yield health_of(item, content, extraction)


def _extracted(item: Input, date: str | None) -> tuple[bytes, Extraction]:
    """The bytes of an input and what is found in it.

    Raises:
        ReadError: it cannot be read.
    """
    from speechmine.cli.progress import pages_watched
    from speechmine.cli.told import internal_error
    from speechmine.pipeline import extract
    from speechmine.readers import STANDARD_INPUT, most_bytes, read_bytes, read_input
    from speechmine.readers.inputs import content_of

    if item.source == STANDARD_INPUT:
        content = sys.stdin.buffer.read(most_bytes() + 1)
    else:
        content = content_of(item)
    try:
        with pages_watched():
            if item.source == STANDARD_INPUT:
                document = read_bytes(content, id=item.id, source=item.source)
            else:
                document = read_input(item)
            return content, extract(document, date=date)
    except (ReadError, UsageError):
        raise
    except Exception as error:  # a fault of ours in one document must not lose the others
        raise internal_error(error, item.source) from error
