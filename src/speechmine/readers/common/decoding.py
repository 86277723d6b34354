"""Bytes to text: UTF-8, and what Chinese offices still write: GB18030 (GBK), UTF-16, Big5.

The ladder: a byte-order mark tells; else UTF-8 if the bytes are well-formed (others hardly ever
are); else the encoding under which nearly all characters are in common use. What none explains is
refused: a guess would change the text.
"""

from __future__ import annotations

import codecs
import functools
import re
from dataclasses import dataclass

from speechmine.errors import ReadError
from speechmine.model import Notice

__all__ = ["Decoded", "decode", "decode_as", "notices_on"]

_MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "an Office (docx, xlsx) or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF file"),
)
_SAVE_AS_TEXT = "save it as plain text in UTF-8 (另存为 纯文本, 编码 UTF-8)"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before that of UTF-16, which it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# In this order where two explain the bytes equally well: GBK is by far the most usual.
_CANDIDATES = ("gb18030", "utf-16-le", "utf-16-be", "big5")
# A tab, line ends, form feed and the old end-of-file mark belong to text.
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_MOST_CONTROL_SHARE = 0.02
_IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")
# After so many well-formed ideographs the file is UTF-8 with a damaged place. (同志 in GBK
# happens to be well-formed UTF-8 too, but for other letters.)
_ENOUGH_TO_BE_UTF8 = 4
# Right readings of 10 characters have 0.9 and more of them in common use, wrong ones below 0.7.
_LEAST_SHARE = 0.8
_SAMPLE = 1 << 16
_PLAIN = frozenset(
    "\t\n\r\f\u3000 。，、；：？！“”‘’（）《》〈〉【】〔〕「」『』—…·～％＋－／＝○〇①②③④⑤⑥⑦⑧⑨⑩"
)
_ASCII = frozenset(map(chr, range(0x20, 0x7F)))
_FULL_WIDTH = frozenset(map(chr, range(0xFF10, 0xFF5B)))


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding that it was read by.

    Attributes:
        text: without a byte-order mark, else unchanged.
        encoding: as Python names it.
        certain: whether a mark or UTF-8's own form told it, and not the look of the characters.
    """

    text: str
    encoding: str
    certain: bool


def decode(content: bytes, source: str) -> Decoded:
    """The text of a file.

    Args:
        content: the file's bytes.
        source: the file's name, for the message.

    Raises:
        ReadError: nothing but blanks, a binary file, damaged, or of no encoding that explains it.

    Example:
        >>> decode("同志们：".encode("gbk"), "a.txt")
        Decoded(text='同志们：', encoding='gb18030', certain=False)
    """
    if not content.strip():
        raise ReadError(source, "the file is empty", "put the text of the speech into it")
    for magic, name in _MAGIC:
        if content.startswith(magic):
            raise ReadError(source, f"this is {name}, not a text file", _SAVE_AS_TEXT)
    found = _decoded_by_mark(content, source) or _utf8(content, source) or _by_looks(content)
    if found is None:
        raise _unknown(content, source)
    if not found.text.strip():
        raise ReadError(source, "the file holds only blanks", "put the text of the speech into it")
    return found


def decode_as(content: bytes, encoding: str, source: str) -> Decoded:
    """The text of a file that says itself what its encoding is, if that is true; else as above.

    Args:
        content: the file's bytes.
        encoding: what the file says: gb2312 and gbk are read as gb18030, which contains them.
        source: the file's name, for the message.

    Raises:
        ReadError: as :func:`decode`.

    Example:
        >>> decode_as("同志们：".encode("gbk"), "gb2312", "a.html").text
        '同志们：'
    """
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        return decode(content, source)
    name = "gb18030" if name in ("gb2312", "gbk", "hz", "cp936") else name
    try:
        text = content.decode(name)
    except (UnicodeError, LookupError):  # not true, or no encoding of texts (rot13, zip)
        return decode(content, source)
    return Decoded(text.removeprefix("\ufeff"), name, certain=True)


def notices_on(decoded: Decoded) -> tuple[Notice, ...]:
    """A word on an encoding that only the look of the characters told.

    Example:
        >>> [notice.code for notice in notices_on(decode("同志们：".encode("gbk"), "a.txt"))]
        ['encoding_inferred']
    """
    if decoded.certain:
        return ()
    message = f"read as {decoded.encoding.upper()}, by its characters; the file does not say so"
    return (Notice("encoding_inferred", message),)


def _decoded_by_mark(content: bytes, source: str) -> Decoded | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                text = content.removeprefix(mark).decode(encoding)
            except UnicodeDecodeError as error:
                raise _damaged(content, source, encoding, error.start + len(mark)) from error
            return Decoded(text, encoding, certain=True)
    return None


def _utf8(content: bytes, source: str) -> Decoded | None:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        well_formed = content[: error.start].decode("utf-8", "replace")
        if len(_IDEOGRAPH.findall(well_formed)) >= _ENOUGH_TO_BE_UTF8:
            raise _damaged(content, source, "utf-8", error.start) from error
        return None
    return None if _is_binary(content) else Decoded(text, "utf-8", certain=True)


def _is_binary(content: bytes) -> bool:
    controls = _CONTROL.findall(content)
    return b"\x00" in controls or len(controls) > len(content) * _MOST_CONTROL_SHARE


def _by_looks(content: bytes) -> Decoded | None:
    """The reading with most characters in common use, where that is nearly all of them."""
    readings = [(_share(content, name), -at, name) for at, name in enumerate(_CANDIDATES)]
    share, _, name = max(readings)
    if share < _LEAST_SHARE:
        return None
    try:
        return Decoded(content.decode(name), name, certain=False)
    except UnicodeDecodeError:
        return None


def _share(content: bytes, encoding: str) -> float:
    """Share of the characters beyond ASCII that are in common use; 0 where there are none."""
    if _is_binary(content) and not encoding.startswith("utf-16"):
        return 0.0
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(content[:_SAMPLE])
    except UnicodeDecodeError:
        return 0.0
    beyond = [c for c in text if c not in _ASCII and not c.isspace()]
    if not beyond:
        return 0.0
    common = _common()
    return sum(c in common for c in beyond) / len(beyond)


@functools.cache
def _common() -> frozenset[str]:
    """Characters in common use: the first levels of the standards GB 2312 and Big5, and marks."""
    simplified = _characters_of_rows("gb2312", (0xB0, 0xD7))
    traditional = _characters_of_rows("big5", (0xA4, 0xC6))
    return _PLAIN | _FULL_WIDTH | simplified | traditional


def _characters_of_rows(encoding: str, rows: tuple[int, int]) -> frozenset[str]:
    pairs = (
        bytes((row, cell)) for row in range(rows[0], rows[1] + 1) for cell in range(0x40, 0xFF)
    )
    return frozenset(c for c in (p.decode(encoding, "ignore") for p in pairs) if len(c) == 1)


def _damaged(content: bytes, source: str, encoding: str, at: int) -> ReadError:
    before = content[:at].decode(encoding, "replace")
    where = f"byte {at} (line {before.count(chr(10)) + 1}, after {before[-6:].strip()!r})"
    remedy = "mend that place or save the file again as UTF-8"
    return ReadError(source, f"damaged {encoding.upper()} at {where}", remedy)


def _unknown(content: bytes, source: str) -> ReadError:
    if _is_binary(content):
        control = _CONTROL.findall(content)[0]
        return ReadError(
            source,
            f"this is a binary file (control character 0x{control.hex()} "
            f"at byte {content.find(control)})",
            f"give a text file; if it is a document, {_SAVE_AS_TEXT}",
        )
    try:
        content.decode("utf-8")
        at = 0
    except UnicodeDecodeError as error:
        at = error.start
    return ReadError(source, f"not UTF-8 (byte {at}), encoding unknown", _SAVE_AS_TEXT)
