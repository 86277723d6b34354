"""What a file is, told by its content; its name decides only among kinds of plain text."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

__all__ = ["KINDS", "SUFFIXES", "Kind", "sniff"]

Kind = Literal[
    "text",
    "markdown",
    "csv",
    "tsv",
    "html",
    "pdf",
    "docx",
    "xlsx",
    "pptx",
    "ofd",
    "odt",
    "zip",
    "doc",
    "xls",
    "locked",
    "ole",
    "rtf",
    "image",
]

#: What a suffix promises.
SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".tsv": "tsv",
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".docx": "docx",
    ".docm": "docx",
    ".doc": "doc",
    ".wps": "doc",
    ".rtf": "rtf",
    ".odt": "odt",
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".ofd": "ofd",
    ".zip": "zip",
    ".png": "image",
    ".jpg": "image",
    ".jpeg": "image",
    ".tif": "image",
    ".tiff": "image",
}
_PLAIN: tuple[Kind, ...] = ("text", "markdown", "csv", "tsv", "html")
_HTML = re.compile(
    rb"\s*+(?:<\?xml[^>]{0,200}>\s*+)?(?:<!--[^>]{0,400}-->\s*+)?<(?:!doctype\s+)?html",
    re.IGNORECASE,
)
# A PDF may have up to a thousand bytes of other matter before its mark.
_PDF_HEAD = 1024
_BOM = b"\xef\xbb\xbf"
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_OLE = b"\xd0\xcf\x11\xe0"
# Names in the directory of an OLE file, in the order they tell.
_STREAMS: tuple[tuple[str, Kind], ...] = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
)
# A member that only this kind of package has.
_MEMBERS: tuple[tuple[str, Kind], ...] = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("ppt/presentation.xml", "pptx"),
    ("OFD.xml", "ofd"),
)
_ODT = b"application/vnd.oasis.opendocument.text"
_LONGEST_MIMETYPE = 100

KINDS: tuple[Kind, ...] = tuple(dict.fromkeys(SUFFIXES.values()))


def sniff(content: bytes, suffix: str = ".txt") -> Kind:
    r"""Tell what a file is.

    Args:
        content: its bytes. What they show goes before what the name says.
        suffix: of its name; tells a table from a text, where both are plain characters.

    Example:
        >>> sniff(b"%PDF-1.7 ...", ".txt"), sniff(b"{\\rtf1 ...}", ".doc"), sniff(b"a,b", ".csv")
        ('pdf', 'rtf', 'csv')
    """
    promised = SUFFIXES.get(suffix.lower(), "text")
    if b"%PDF-" in content[:_PDF_HEAD]:
        return "pdf"
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(content, promised)
    if content.startswith(_PICTURES):
        return "image"
    if content.startswith(_OLE):
        return _ole(content, promised)
    if content.startswith(b"{\\rtf"):
        return "rtf"
    if _HTML.match(content.removeprefix(_BOM)):
        return "html"
    return promised if promised in (*_PLAIN, "xlsx", "image") else "text"


def _package(content: bytes, promised: Kind) -> Kind:
    """The kind of a ZIP package; a damaged one is what its name says it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            for member, kind in _MEMBERS:
                if member in names:
                    return kind
            if "mimetype" in names and _mimetype(archive).startswith(_ODT):
                return "odt"
    except Exception:  # noqa: BLE001, S110  # damaged data shows in zlib, zipfile and struct alike
        pass
    return promised if promised not in _PLAIN else "zip"


def _mimetype(archive: zipfile.ZipFile) -> bytes:
    with archive.open("mimetype") as stream:
        return stream.read(_LONGEST_MIMETYPE)


def _ole(content: bytes, promised: Kind) -> Kind:
    for name, kind in _STREAMS:
        if name.encode("utf-16-le") in content:
            return kind
    return promised if promised not in _PLAIN else "ole"
