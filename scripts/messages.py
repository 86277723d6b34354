#!/usr/bin/env python3
"""Bring the Chinese catalogue of the command line up to date, and compile it.

    python scripts/messages.py          collect the messages into the .po file, compile the .mo
    python scripts/messages.py --check  only say what is missing or out of date

Messages are collected by Babel: those marked by ``_`` in the command line and in Click, and the
help texts of the commands. New ones stand in the .po file without translation until somebody
writes it.
"""

from __future__ import annotations

import datetime as dt
import inspect
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from speechmine.cli import _cli
from speechmine.cli.language import DOMAIN, LOCALE

PO = LOCALE / "zh" / "LC_MESSAGES" / f"{DOMAIN}.po"
CODE = Path(__file__).parent.parent / "src" / "speechmine" / "cli"
_MARKS = {"_": None, "gettext": None, "later": None, "ngettext": (1, 2)}


def main() -> None:
    """Do it, or check it."""
    catalog = updated(known())
    left = missing(catalog)
    if "--check" not in sys.argv:
        PO.write_bytes(po_bytes(catalog))
        PO.with_suffix(".mo").write_bytes(mo_bytes(catalog))
    for message in left:
        print(f"no Chinese: {message!r}")
    sys.exit(bool(left))


def messages() -> Iterator[str | tuple[str, str]]:
    """Every message that the command line can show, in the order of the code."""
    seen: set[str | tuple[str, str]] = set()
    for message in (*marked(CODE), *helps(_cli)):
        if message not in seen and message != "":
            seen.add(message)
            yield message


def words_of_click() -> Iterator[str | tuple[str, str]]:
    """Messages of Click itself; those that only programmers see have no translation."""
    yield from marked(Path(click.__file__).parent)


def marked(folder: Path) -> Iterator[str | tuple[str, str]]:
    """Messages marked in the modules of a folder."""
    method = [("**.py", "python")]
    found = extract_from_dir(str(folder), method_map=method, keywords=_MARKS)
    for _, _, message, _, _ in sorted(found, key=lambda entry: entry[:2]):
        yield message


def helps(command: click.Command) -> Iterator[str]:
    """Help texts of a command, its options and its commands."""
    if command.help:
        yield inspect.cleandoc(command.help)
    yield from (p.help for p in command.params if isinstance(p, click.Option) and p.help)
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None:
                yield from helps(found)


def known() -> Catalog:
    """The catalogue as it is."""
    if not PO.exists():
        return Catalog("zh", domain=DOMAIN)
    with PO.open("rb") as stream:
        return read_po(stream, locale="zh", domain=DOMAIN)


def updated(before: Catalog) -> Catalog:
    """The catalogue with just the messages that there are, and what is known of them."""
    catalog = Catalog("zh", domain=DOMAIN, project=DOMAIN, charset="utf-8")
    # No clock: the same messages give the same bytes.
    catalog.creation_date = catalog.revision_date = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    for message in messages():
        old = before.get(message)
        catalog.add(message, old.string if old is not None else None)
    for message in words_of_click():
        old = before.get(message)
        if old is not None and all(strings(old.string)):
            catalog.add(message, old.string)
    return catalog


def missing(catalog: Catalog) -> list[object]:
    """Messages without translation."""
    return [m.id for m in catalog if m.id and not all(strings(m.string))]


def strings(string: object) -> tuple[str, ...]:
    """The translation, or its forms."""
    return string if isinstance(string, tuple) else (str(string or ""),)


def po_bytes(catalog: Catalog) -> bytes:
    """The catalogue for people."""
    out = io.BytesIO()
    write_po(out, catalog, width=100, omit_header=False)
    return out.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """The catalogue for the program."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


if __name__ == "__main__":
    main()
