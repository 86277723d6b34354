"""One file, its bytes or a string to one document."""

from __future__ import annotations

import dataclasses
import os
import stat
from pathlib import Path

from speechmine.errors import ReadError, SpeechmineError, UsageError
from speechmine.limits import LIMITS, RefusedError, timed
from speechmine.model import Document
from speechmine.readers.common.metadata import read_metadata
from speechmine.readers.kinds import kind_named, sniff
from speechmine.readers.registry import reader_of
from speechmine.rules.loader import RulesLike

__all__ = ["load", "most_bytes", "read", "read_bytes", "read_text"]

_ENTRY = b"PK\x01\x02"
_LONGEST = 200


def read(
    path: str | os.PathLike[str] | bytes,
    *,
    max_bytes: int | None = None,
    rules: RulesLike | None = None,
) -> Document:
    """Read a speech or a work-division table (任务分解表) from a file or from the bytes of one.

    Args:
        path: of a file, or its bytes: plain text, Markdown, a table (``.tsv``, ``.csv``,
            ``.xlsx``), Word (``.docx``, ``.doc``, ``.wps``, ``.rtf``), ``.odt``, ``.pdf``,
            ``.ofd``, ``.html``. What it is, its content tells. ``NAME.meta.json`` may
            give title, date, speaker, place and level.
        max_bytes: a larger file is refused; by default see :mod:`speechmine.limits`.
        rules: rules of your own, or their folder, that tell what a web page puts around its text.

    Returns:
        The document; its id is the file's name without suffix. The text of a plain file is
        unchanged; that of any other has one line a paragraph.

    Raises:
        ReadError: missing, empty, too large, locked, damaged or of no kind that can be read.

    Example:
        >>> read("请区财政局制定方案。".encode()).length
        10
    """
    if isinstance(path, bytes):
        return read_bytes(path, max_bytes=max_bytes, rules=rules)
    if not isinstance(path, str | os.PathLike):
        raise UsageError(f"a path or the bytes of a file are expected, not {type(path).__name__}")
    source = os.fspath(path)
    file = Path(source)
    document = read_bytes(
        load(file, max_bytes=max_bytes),
        id=file.stem,
        source=source,
        suffix=file.suffix,
        max_bytes=max_bytes,
        rules=rules,
    )
    return dataclasses.replace(document, **read_metadata(file))


def read_bytes(  # one parameter a choice of the user
    content: bytes,
    *,
    id: str = "text",  # noqa: A002  # the contract's own name for it
    source: str | None = None,
    suffix: str = ".txt",
    max_bytes: int | None = None,
    rules: RulesLike | None = None,
) -> Document:
    """Read a speech from the bytes of a file, as from standard input or a download.

    Args:
        content: the bytes.
        id: name of the document.
        source: where it came from, if that has a name.
        suffix: of the file's name; it tells a table from a text, the content tells the rest.
        max_bytes: larger content is refused; by default see :mod:`speechmine.limits`.
        rules: as in :func:`read`.

    Raises:
        ReadError: empty, too large, locked, damaged or of no kind that can be read.

    Example:
        >>> read_bytes("请区财政局制定方案。".encode(), id="a").length
        10
    """
    name = source or id
    most = max_bytes or most_bytes()
    if len(content) > most:
        remedy = f"split it into single speeches, or {LIMITS['FILE_MB'].advice}"
        raise ReadError(name, f"larger than {most:,} bytes", remedy)
    try:
        with timed():
            if content.startswith(b"PK"):
                LIMITS["FILES"].check(content.count(_ENTRY))
            return _read_kind(content, suffix, id, source, rules)
    except RefusedError as error:
        raise ReadError(name, error.reason, error.remedy) from error
    except MemoryError as error:
        raise ReadError(name, "too large for this machine's memory", "split it") from error
    except SpeechmineError:
        raise
    except Exception as error:  # what is damaged shows in as many ways as there are libraries
        reason = f"damaged, or of a form that is not known ({_why(error)})"
        raise ReadError(name, reason, "open it in its program and save it again") from error


def _read_kind(
    content: bytes, suffix: str, id_: str, source: str | None, rules: RulesLike | None
) -> Document:
    """What the reader of its kind makes of it; of an archive, the only file in it."""
    name = source or id_
    kind = kind_named(sniff(content, suffix))
    if kind.reader:
        return reader_of(kind, name, rules)(content, id=id_, source=source)
    from speechmine.readers.archives import only_member

    member, inner = only_member(content, name, max_bytes=most_bytes())
    source, suffix = f"{name}/{member}", Path(member).suffix
    return read_bytes(inner, id=id_, source=source, suffix=suffix, rules=rules)


def _why(error: Exception) -> str:
    """What is said of an error, in one line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:_LONGEST]


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


def most_bytes() -> int:
    """Size of the largest file that is read now."""
    return LIMITS["FILE_MB"].value << 20


def load(file: Path, *, max_bytes: int | None = None) -> bytes:
    """The bytes of a file; one more than ``max_bytes`` where it is larger.

    Raises:
        ReadError: it is missing, no file, or not readable.
    """
    source = str(file)
    try:
        _refuse_special(file, source)
        with file.open("rb") as stream:
            # One byte more than allowed shows that there is more, even in a file that grows.
            return stream.read((max_bytes or most_bytes()) + 1)
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
