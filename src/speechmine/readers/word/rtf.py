r"""RTF read plainly: words, paragraphs, rows of tables; list numbers as the file spells them out.

Word and WPS write before each numbered paragraph what its number looks like (``\listtext``), for
programs that cannot count; so here nothing is lost. Other programs do not.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace

from speechmine.errors import ReadError

__all__ = ["BREAK", "CELL", "ROW", "rtf_text"]

#: Ends of a cell, of a row and of a paragraph inside a cell.
CELL, ROW, BREAK = "\x07", "\x06", "\x0b"

_TOKEN = re.compile(
    rb"\\(?:'(?P<hex>[0-9a-fA-F]{2})|(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?"
    rb"|(?P<sign>[^a-zA-Z']))|(?P<brace>[{}])|[\r\n]+|(?P<bytes>[^\\{}\r\n]+)",
    re.DOTALL,
)
# Groups that hold no running text.
_ASIDE = frozenset(
    [
        "stylesheet",
        "colortbl",
        "info",
        "pict",
        "header",
        "headerl",
        "headerr",
        "headerf",
        "footer",
        "footerl",
        "footerr",
        "footerf",
        "footnote",
        "annotation",
        "atnid",
        "atnauthor",
        "filetbl",
        "listtable",
        "listoverridetable",
        "rsidtbl",
        "generator",
        "themedata",
        "datastore",
        "xmlnstbl",
        "fldinst",
        "nonshppict",
        "object",
        "bkmkstart",
        "bkmkend",
        "sp",
        "revtbl",
        "pgdsctbl",
        "latentstyles",
    ]
)
_SHOWN_THOUGH_OPTIONAL = frozenset(["shppict", "shptxt", "listtext", "pntext"])
_SIGNS = {
    **dict.fromkeys(("par", "line", "sect", "page", "softline"), "\n"),
    "tab": "\t",
    "cell": CELL,
    "nestcell": " ",
    "row": ROW,
    "nestrow": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "bullet": "•",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": " ",
    "enspace": " ",
}
_SYMBOLS = {b"~": "\u00a0", b"_": "-", b"\n": "\n", b"\r": "\n"}
_LITERAL = (b"\\", b"{", b"}")
# Code pages of the character sets that a font may have.
_CHARSETS = {134: "gb18030", 136: "big5", 128: "cp932", 129: "cp949", 0: "cp1252", 204: "cp1251"}
_MOST_DEEP = 2000


@dataclass(frozen=True, slots=True)
class _RtfState:
    """What holds inside a group until it closes."""

    hidden: bool = False
    fonts: bool = False
    skip: int = 1
    font: int | None = None
    label: bool = False
    table: bool = False


@dataclass(slots=True)
class _Reading:
    page: str = "cp1252"
    state: _RtfState = field(default_factory=_RtfState)
    outer: list[_RtfState] = field(default_factory=list)
    charsets: dict[int, str] = field(default_factory=dict)
    pieces: list[str] = field(default_factory=list)
    pending: bytearray = field(default_factory=bytearray)
    # Characters that repeat a \u for programs without Unicode.
    owed: int = 0
    optional: bool = False


def rtf_text(data: bytes, source: str) -> str:
    r"""The text of an RTF file; cells end in ``CELL``, rows in ``ROW``, their lines in ``BREAK``.

    Raises:
        ReadError: damaged: it nests too deep, or ends before its groups do.

    Example:
        >>> rtf_text(b"{\\rtf1\\ansi\\ansicpg936 \\'b1\\'b8\\'d7\\'e3\\u27801?\\u34955?\\par}", "a")
        '备足沙袋\n'
    """
    reading = _Reading()
    remedy = "open it in Word or WPS and save it as .docx"
    for token in _TOKEN.finditer(data):
        _take(token, reading)
        if len(reading.outer) > _MOST_DEEP:
            raise ReadError(source, "a damaged RTF file (its groups nest too deep)", remedy)
    _flush(reading)
    if reading.outer:
        raise ReadError(source, "a damaged RTF file (it has been cut off)", remedy)
    return _without_surrogates("".join(reading.pieces))


def _without_surrogates(text: str) -> str:
    """Pairs of surrogates as the one character that they stand for."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _take(token: re.Match[bytes], reading: _Reading) -> None:
    if token["hex"]:
        _bytes(bytes([int(token["hex"], 16)]), reading)
    elif token["bytes"]:
        _bytes(token["bytes"], reading)
    elif token["brace"]:
        _flush(reading)
        _brace(token["brace"], reading)
    elif token["word"]:
        _flush(reading)
        number = None if token["number"] is None else int(token["number"])
        _word(token["word"].decode(), number, reading)
    elif token["sign"]:
        _rtf_sign(token["sign"], reading)


def _brace(brace: bytes, reading: _Reading) -> None:
    reading.owed = 0
    reading.optional = False
    if brace == b"{":
        reading.outer.append(reading.state)
    elif reading.outer:
        reading.state = reading.outer.pop()


def _rtf_sign(sign: bytes, reading: _Reading) -> None:
    if sign in _LITERAL:
        _bytes(sign, reading)
    elif sign == b"*":
        reading.optional = True
    else:
        _flush(reading)
        _add_text(_SYMBOLS.get(sign, ""), reading)


def _word(word: str, number: int | None, reading: _Reading) -> None:
    if reading.optional or word in _ASIDE:
        reading.optional = False
        if word not in _SHOWN_THOUGH_OPTIONAL:
            reading.state = replace(reading.state, hidden=True)
    if word in ("v", "deleted"):
        reading.state = replace(reading.state, hidden=number != 0)
    elif word == "fonttbl":
        reading.state = replace(reading.state, hidden=True, fonts=True)
    elif word == "u" and number is not None:
        _unicode(number, reading)
    elif word in ("ansicpg", "uc", "f", "fcharset", "plain"):
        _letters(word, number or 0, reading)
    elif word in ("listtext", "pntext", "pard", "intbl"):
        _paragraph(word, reading)
    else:
        _add_text(_sign_of(word, reading), reading)


def _paragraph(word: str, reading: _Reading) -> None:
    """What kind of paragraph this is, or that its number comes."""
    if word in ("listtext", "pntext"):
        reading.state = replace(reading.state, label=True)
    elif not reading.state.label:
        reading.state = replace(reading.state, table=word == "intbl")


def _sign_of(word: str, reading: _Reading) -> str:
    """What a control word shows, "" for those that only set something."""
    if word == "tab":
        behind = reading.pieces[-1][-1:] if reading.pieces else ""
        return "\t" if not reading.state.label else " " if behind.isalnum() else ""
    sign = _SIGNS.get(word, "")
    return BREAK if sign == "\n" and reading.state.table else sign


def _letters(word: str, number: int, reading: _Reading) -> None:
    """How the bytes that follow are to be read."""
    if word == "ansicpg":
        reading.page = _codec(f"cp{number}")
    elif word == "uc":
        reading.state = replace(reading.state, skip=number)
    elif word == "f":
        reading.state = replace(reading.state, font=number)
    elif word == "plain":
        reading.state = replace(reading.state, font=None)
    elif reading.state.fonts and reading.state.font is not None and number in _CHARSETS:
        reading.charsets[reading.state.font] = _CHARSETS[number]


def _codec(name: str) -> str:
    """GB2312 and GBK are read as GB18030, which contains them."""
    if name == "cp936":
        return "gb18030"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def _unicode(number: int, reading: _Reading) -> None:
    """A character by its number, signed for half of them; beyond 16 bits they come in pairs."""
    _add_text(chr(number % 0x10000), reading)
    reading.owed = reading.state.skip


def _bytes(given: bytes, reading: _Reading) -> None:
    passed = min(reading.owed, len(given))
    reading.owed -= passed
    if not reading.state.hidden:
        reading.pending += given[passed:]


def _flush(reading: _Reading) -> None:
    """Decode the bytes gathered so far: a character may take several tokens."""
    if reading.pending:
        font = reading.state.font
        named = reading.charsets.get(font) if font is not None else None
        # A Western font in a Chinese file still has the file's bytes for Chinese letters.
        page = reading.page if named in (None, "cp1252") else named
        reading.pieces.append(reading.pending.decode(page or "cp1252", "replace"))
        reading.pending.clear()


def _add_text(text: str, reading: _Reading) -> None:
    if text and not reading.state.hidden:
        reading.pieces.append(text)
