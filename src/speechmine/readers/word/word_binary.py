"""Old Word files (.doc, and .wps of WPS) by their piece table: the words alone, without numbers."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from speechmine.errors import ReadError

__all__ = ["WordStreams", "main_text", "open_word"]

_SIGNATURES = (0xA5EC, 0xA5DC)
_WORD_97 = 193
_LOCKED, _SECOND_TABLE = 0x0100, 0x0200
# Where the file information block keeps flags, the length of the main text, and the piece table.
_FLAGS, _LENGTH, _PIECES = 0x0A, 0x4C, 0x1A2
_BLOCK = _PIECES + 8
_BYTES = 0x40000000
_PROPERTIES, _TABLE = 1, 2
_REMEDY = "open it in Word or WPS and save it as .docx"
_BEGIN, _SEPARATE, _END = "\x13", "\x14", "\x15"
_CELLS = re.compile(r"\x07\x07?")
# Paragraph, line and page ends; hyphens; signs for pictures and references.
_SIGNS = str.maketrans(
    {"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": None}
    | dict.fromkeys(map(chr, (*range(7), 8)), None)
)


@dataclass(frozen=True, slots=True)
class WordStreams:
    """The two streams of a file that hold its text.

    Attributes:
        main: information and words.
        table: where the words stand.
        version: of the format; 193 is Word 97.
    """

    main: bytes
    table: bytes
    version: int


def open_word(data: bytes, source: str) -> WordStreams:
    """Open an old Word file.

    Raises:
        ReadError: locked, damaged, or no Word file.
    """
    streams = _streams(data)
    main = streams.get("WordDocument", b"")
    if len(main) < _BLOCK or _short_at(main, 0) not in _SIGNATURES:
        raise ReadError(source, "a damaged Word file (it may have been cut off)", _REMEDY)
    flags = _short_at(main, _FLAGS)
    if flags & _LOCKED:
        remedy = "open it, take the password away and save it as .docx"
        raise ReadError(source, "the file is locked with a password", remedy)
    table = streams.get("1Table" if flags & _SECOND_TABLE else "0Table", b"")
    return WordStreams(main, table, _short_at(main, 2))


def main_text(streams: WordStreams, source: str) -> str:
    """The words of a file: paragraphs as lines, rows of tables with tabs, results of fields.

    Raises:
        ReadError: damaged, or older than Word 97.
    """
    if streams.version < _WORD_97:
        raise ReadError(source, "a file of Word 95 or older", _REMEDY)
    try:
        length = _long(streams.main, _LENGTH)
        raw = "".join(_text_pieces(streams))[:length]
    except (struct.error, ValueError, UnicodeDecodeError) as error:
        raise ReadError(source, f"a damaged Word file ({error})", _REMEDY) from error
    rows = _CELLS.sub(lambda mark: "\t" if len(mark[0]) == 1 else "\n", raw)
    return "".join(_without_codes(rows)).translate(_SIGNS)


def _streams(data: bytes) -> dict[str, bytes]:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            names = ("WordDocument", "0Table", "1Table")
            return {name: file.openstream(name).read() for name in names if file.exists(name)}
    except Exception:  # noqa: BLE001  # damaged files raise errors of many kinds
        return {}


def _text_pieces(streams: WordStreams) -> Iterator[str]:
    """Stretches of text in reading order; Latin ones have a byte a character."""
    table = _piece_table(streams)
    count = (len(table) - 4) // 12
    starts = struct.unpack_from(f"<{count + 1}I", table)
    for n in range(count):
        place = _long(table, 4 * (count + 1) + 8 * n + 2)
        size = starts[n + 1] - starts[n]
        if size < 0 or size > len(streams.main):
            raise ValueError("its piece table is out of order")
        if place & _BYTES:
            at = (place & ~_BYTES) // 2
            yield streams.main[at : at + size].decode("cp1252", "replace")
        else:
            yield streams.main[place : place + 2 * size].decode("utf-16-le")


def _piece_table(streams: WordStreams) -> bytes:
    """The table behind the property lists that may stand before it."""
    at, size = struct.unpack_from("<2I", streams.main, _PIECES)
    listed, at = streams.table[at : at + size], 0
    while at < len(listed) and listed[at] == _PROPERTIES:
        at += 3 + _short_at(listed, at + 1)
    if at >= len(listed) or listed[at] != _TABLE:
        raise ValueError("it has no piece table")
    return listed[at + 5 : at + 5 + _long(listed, at + 1)]


def _without_codes(text: str) -> Iterator[str]:
    """The text without the codes of fields; their results stay."""
    open_: list[bool] = []
    codes = 0  # of the open fields those that have not come to their result
    for character in text:
        if character == _BEGIN:
            open_.append(False)
            codes += 1
        elif character == _SEPARATE and open_:
            codes -= not open_[-1]
            open_[-1] = True
        elif character == _END and open_:
            codes -= not open_.pop()
        elif not codes:
            yield character


def _short_at(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 2], "little")


def _long(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", data, at)[0])
