"""Bytes to text: UTF-8 only, and for anything else a clear word on what it is."""

from __future__ import annotations

import codecs
import re

from speechmine.errors import ReadError

__all__ = ["decode_utf8"]

_MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "an Office (docx, xlsx) or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF file"),
)
_SAVE_AS_TEXT = "save it as plain text in UTF-8 (另存为 纯文本, 编码 UTF-8)"
_OTHER_ENCODINGS = ("gb18030", "big5", "utf-16-le", "utf-16-be")
# A tab, line ends, form feed and the old end-of-file mark belong to text.
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_MOST_CONTROL_SHARE = 0.02
_CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\x09\x0a\x0d\x20-\x7e]")
_CHINESE_SHARE = 0.95
_IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")
# Words and marks that nearly every Chinese sentence has: a wrong decoding rarely hits them.
_TELLTALE = re.compile(r"[的，。、]")
# After so many well-formed ideographs the file is UTF-8 with a damaged place. (同志 in GBK
# happens to be well-formed UTF-8 too, but for other letters.)
_ENOUGH_TO_BE_UTF8 = 4
_SAMPLE = 4096


def decode_utf8(content: bytes, source: str) -> str:
    """The text of a UTF-8 file, byte-order mark dropped, nothing else changed.

    Args:
        content: the file's bytes.
        source: the file's name, for the message.

    Raises:
        ReadError: nothing but blanks, a binary file, or another encoding.

    Example:
        >>> decode_utf8("\ufeff同志们：".encode(), "a.txt")
        '同志们：'
    """
    if not content.strip():
        raise ReadError(source, "the file is empty", "put the text of the speech into it")
    _refuse_binary(content, source)
    try:
        text = content.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(content, source) from error
    if not text.strip():
        raise ReadError(source, "the file holds only blanks", "put the text of the speech into it")
    return text


def _refuse_binary(content: bytes, source: str) -> None:
    for magic, name in _MAGIC:
        if content.startswith(magic):
            raise ReadError(source, f"this is {name}, not a text file", _SAVE_AS_TEXT)
    controls = _CONTROL.findall(content)
    if b"\x00" not in controls and len(controls) <= len(content) * _MOST_CONTROL_SHARE:
        return
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _other_encoding(content):
        raise _not_utf8(content, source)
    raise ReadError(
        source,
        f"this is a binary file (control character 0x{controls[0].hex()} "
        f"at byte {content.find(controls[0])})",
        f"give a text file; if it is a document, {_SAVE_AS_TEXT}",
    )


def _not_utf8(content: bytes, source: str) -> ReadError:
    """Where UTF-8 breaks off, and what the file may be instead."""
    at = _first_bad_byte(content)
    well_formed = content[:at].decode("utf-8", "replace")
    if len(_IDEOGRAPH.findall(well_formed)) >= _ENOUGH_TO_BE_UTF8:
        line = well_formed.count("\n") + 1
        return ReadError(
            source,
            f"damaged UTF-8 at byte {at} (line {line}, after {well_formed[-6:].strip()!r})",
            "mend that place or save the file again as UTF-8",
        )
    name = _other_encoding(content)
    if name is None:
        return ReadError(source, f"not UTF-8 (byte {at}), encoding unknown", _SAVE_AS_TEXT)
    return ReadError(
        source,
        f"not UTF-8 (byte {at}) but probably {name}",
        f"convert it (iconv -f {name} -t UTF-8 OLD > NEW; in an editor: 另存为, 编码 UTF-8)",
    )


def _first_bad_byte(content: bytes) -> int:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return max(content.find(b"\x00"), 0)


def _other_encoding(content: bytes) -> str | None:
    """The encoding under which the bytes read as Chinese, if there is one."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    for name in _OTHER_ENCODINGS:
        if _reads_as_chinese(content[:_SAMPLE], name):
            return "UTF-16" if name.startswith("utf-16") else name.upper()
    return None


def _reads_as_chinese(content: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        text = decoder.decode(content)
    except UnicodeDecodeError:
        return False
    share = len(_CHINESE.findall(text)) / max(len(text), 1)
    return share >= _CHINESE_SHARE and _TELLTALE.search(text) is not None
