"""The functions that a kind of file names; a module is loaded when its kind comes up."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Protocol, cast

from speechmine.declared import declared
from speechmine.errors import ReadError
from speechmine.model import Document
from speechmine.readers.kinds import FileKind
from speechmine.rules.loader import RulesLike, chosen_rules

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["PageDrawer", "Reader", "drawer_of", "reader_of"]


class Reader(Protocol):
    """Bytes to a document."""

    def __call__(self, data: bytes, *, id: str, source: str | None) -> Document:  # noqa: A002
        """Read the bytes; ``source`` is their name in messages, ``id`` the document's."""


class PageDrawer(Protocol):
    """Bytes to pictures of pages."""

    def __call__(
        self, data: bytes, pages: Iterable[int], dpi: int, source: str
    ) -> Iterator[tuple[int, Image]]:
        """Draw the pages of these numbers, from 1; each is given with its number."""


def reader_of(kind: FileKind, source: str, rules: RulesLike | None = None) -> Reader:
    """The reader of a kind.

    Args:
        kind: one that has a reader.
        source: name of the input, for the message.
        rules: by which readers read whose kind asks for them.

    Raises:
        ReadError: this installation cannot read it.
    """
    try:
        reader = declared("speechmine.readers", kind.reader)
    except ModuleNotFoundError as error:
        reason = f"no reader for {kind.name} in this installation ({error.name} is missing)"
        remedy = "reinstall speechmine, or save the file as plain text (另存为 纯文本)"
        raise ReadError(source, reason, remedy) from error
    by_rules = functools.partial(reader, rules=chosen_rules(rules)) if kind.by_rules else reader
    return cast("Reader", by_rules)


def drawer_of(kind: FileKind) -> PageDrawer | None:
    """What draws the pages of a kind; None where it has none."""
    if not kind.pictures:
        return None
    return cast("PageDrawer", declared("speechmine.readers", kind.pictures))
