"""One file, its bytes or a string to one document."""

from __future__ import annotations

import dataclasses
import os
import stat
from collections.abc import Callable
from pathlib import Path

from speechmine.errors import ReadError
from speechmine.model import Document
from speechmine.readers.decoding import decode_utf8
from speechmine.readers.delimited import read_csv, read_tsv
from speechmine.readers.grids import Content
from speechmine.readers.metadata import read_metadata
from speechmine.readers.sheets import read_xlsx

__all__ = ["FORMATS", "MAX_BYTES", "read", "read_bytes", "read_text"]

#: Largest input read unless told otherwise: 64 MiB, some five hundred national reports.
MAX_BYTES = 64 * 1024 * 1024


def _read_plain(content: bytes, source: str) -> Content:
    return Content(decode_utf8(content, source))


#: How the bytes of a file become text and tables, by suffix. One that is not here is tried as text.
FORMATS: dict[str, Callable[[bytes, str], Content]] = {
    ".txt": _read_plain,
    ".md": _read_plain,
    ".tsv": read_tsv,
    ".csv": read_csv,
    ".xlsx": read_xlsx,
}


def read(path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> Document:
    """Read a speech or a work-division table (任务分解表) from a file.

    Args:
        path: a UTF-8 text file, or a table: ``.tsv``, ``.csv`` (UTF-8), ``.xlsx``.
            ``NAME.meta.json`` beside it may give title, date, speaker, place and level.
        max_bytes: a larger file is refused.

    Returns:
        The document; its id is the file's name without suffix, its text the file's, unchanged.

    Raises:
        ReadError: the file is missing, empty, not text, not UTF-8, too large or not readable.
    """
    source = os.fspath(path)
    file = Path(source)
    document = read_bytes(
        _content(file, source, max_bytes),
        id=file.stem,
        source=source,
        suffix=file.suffix,
        max_bytes=max_bytes,
    )
    return dataclasses.replace(document, **read_metadata(file))


def read_bytes(
    content: bytes,
    *,
    id: str = "text",  # noqa: A002  # the contract's own name for it
    source: str | None = None,
    suffix: str = ".txt",
    max_bytes: int = MAX_BYTES,
) -> Document:
    """Read a speech from the bytes of a file, as from standard input or a download.

    Args:
        content: the bytes.
        id: name of the document.
        source: where it came from, if that has a name.
        suffix: tells the format, as a file's name would.
        max_bytes: larger content is refused.

    Raises:
        ReadError: empty, not text, not UTF-8 or too large.

    Example:
        >>> read_bytes("请区财政局制定方案。".encode(), id="a").length
        10
    """
    name = source or id
    if len(content) > max_bytes:
        raise ReadError(name, f"larger than {max_bytes:,} bytes", "split it into single speeches")
    found = FORMATS.get(suffix.lower(), _read_plain)(content, name)
    return Document(found.text, id=id, source=source, tables=found.tables)


def read_text(text: str, *, id: str = "text", date: str | None = None) -> Document:  # noqa: A002
    """A document of a string; a byte-order mark that was left in it is dropped.

    Raises:
        ReadError: the string is empty or blank.

    Example:
        >>> read_text("请区财政局制定方案。", date="2024-03-01").date
        '2024-03-01'
    """
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise ReadError(id, "the text is empty", "give the text of a speech")
    return Document(text.removeprefix("\ufeff"), id=id, date=date)


def _content(file: Path, source: str, max_bytes: int) -> bytes:
    try:
        _refuse_special(file, source)
        with file.open("rb") as stream:
            # One byte more than allowed shows that there is more, even in a file that grows.
            return stream.read(max_bytes + 1)
    except FileNotFoundError as error:
        raise ReadError(source, "no such file", "check the path") from error
    except PermissionError as error:
        raise ReadError(source, "no permission to read it", f"try: chmod u+r {source}") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(source, f"cannot be read ({reason})", "check the path") from error


def _refuse_special(file: Path, source: str) -> None:
    mode = file.stat().st_mode
    if stat.S_ISDIR(mode):
        raise ReadError(source, "this is a folder", "name a file in it, or use find_inputs")
    if not stat.S_ISREG(mode):
        raise ReadError(source, "not a regular file", "pass its content on standard input (-)")
