"""Every kind of file that is known: how it is told, and which reader reads it.

A new kind is an entry here and a module that reads it; suffixes, messages, the table in the
documentation and what a folder is searched for follow. The content of a file tells its kind; its
name decides only among kinds of plain text.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["KINDS", "SUFFIXES", "FileKind", "is_speech_name", "kind_named", "sniff"]


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file.

    Attributes:
        name: of the kind.
        reader: module (in this package) and function that read it; empty of an archive, whose
            single files are read.
        suffixes: what its names end in.
        chinese, english: what it is called.
        mark: pattern of its first bytes.
        member: a file that only this kind of ZIP package has; ``mimetype``: what the file of that
            name in the package begins with.
        streams: names in the directory of an OLE file that only this kind has.
        plain: characters without a mark of their kind: the name tells which.
        trusted: the name is believed where the content shows nothing, so that the reader can say
            what is wrong with it. Plain texts are.
        pictures: module and function that draw its pages.
        by_rules: its reader takes rules: they tell lines of the text from those around it.
    """

    name: str
    reader: str
    suffixes: tuple[str, ...]
    chinese: str
    english: str
    mark: bytes = b""
    member: str = ""
    mimetype: bytes = b""
    streams: tuple[str, ...] = ()
    plain: bool = False
    trusted: bool = False
    pictures: str = ""
    by_rules: bool = False


_HTML = (
    rb"(?i)(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]{0,200}>\s*+)?(?:<!--[^>]{0,400}-->\s*+)?"
    rb"<(?:!doctype\s+)?html"
)
# A PDF may have up to a thousand bytes of other matter before its mark.
_PDF = rb"(?s).{0,1019}?%PDF-"
_PICTURE = rb"\x89PNG\r\n|\xff\xd8\xff|II\*\x00|MM\x00\*"

#: In the order in which they are tried: of two that a file could be, the first one is meant.
KINDS: tuple[FileKind, ...] = (
    FileKind("text", "plain:read_plain", (".txt",), "文本", "text", plain=True),
    FileKind(
        "markdown",
        "web.markdown:read_markdown",
        (".md", ".markdown"),
        "Markdown",
        "Markdown",
        plain=True,
    ),
    FileKind(
        "tsv",
        "tables.files:read_tsv_file",
        (".tsv",),
        "制表符分隔的表",
        "table with tabs",
        plain=True,
    ),
    FileKind(
        "csv",
        "tables.files:read_csv_file",
        (".csv",),
        "逗号分隔的表",
        "table with commas",
        plain=True,
    ),
    FileKind(
        "pdf",
        "paged.pdf:read_pdf",
        (".pdf",),
        "PDF",
        "PDF",
        mark=_PDF,
        pictures="paged.pdf:pdf_pictures",
    ),
    FileKind(
        "html",
        "web.html:read_html",
        (".html", ".htm"),
        "网页",
        "web page",
        mark=_HTML,
        plain=True,
        by_rules=True,
    ),
    FileKind(
        "docx",
        "word.docx:read_docx",
        (".docx", ".docm"),
        "Word 文档",
        "Word document",
        member="word/document.xml",
    ),
    FileKind(
        "xlsx",
        "tables.files:read_xlsx_file",
        (".xlsx",),
        "Excel 工作簿",
        "Excel workbook",
        member="xl/workbook.xml",
        trusted=True,
    ),
    FileKind(
        "pptx",
        "word.ole:read_slides",
        (),
        "幻灯片",
        "slides",
        member="ppt/presentation.xml",
    ),
    FileKind(
        "ofd",
        "paged.ofd:read_ofd",
        (".ofd",),
        "OFD 版式文件",
        "OFD",
        member="OFD.xml",
        pictures="paged.ofd:ofd_pictures",
    ),
    FileKind(
        "odt",
        "word.office:read_odt",
        (".odt",),
        "OpenDocument 文字",
        "OpenDocument text",
        mimetype=b"application/vnd.oasis.opendocument.text",
    ),
    FileKind("rtf", "word.office:read_rtf", (".rtf",), "RTF", "RTF", mark=rb"\{\\rtf"),
    FileKind(
        "locked",
        "word.ole:read_locked",
        (),
        "加密的文件",
        "locked Office file",
        streams=("EncryptedPackage",),
    ),
    FileKind(
        "doc",
        "word.office:read_doc",
        (".doc", ".wps"),
        "旧版 Word、WPS 文档",
        "old Word file, WPS",
        streams=("WordDocument",),
    ),
    FileKind(
        "xls",
        "word.ole:read_xls",
        (),
        "旧版 Excel 工作簿",
        "old Excel workbook",
        streams=("Workbook", "Book"),
    ),
    FileKind(
        "image",
        "paged.images:read_image",
        (".png", ".jpg", ".jpeg", ".tif", ".tiff"),
        "扫描、拍照的页",
        "scan or photograph of pages",
        mark=_PICTURE,
        trusted=True,
        pictures="paged.images:image_pictures",
    ),
    FileKind("zip", "", (".zip",), "压缩包", "ZIP archive"),
    FileKind("ole", "word.ole:read_other_ole", (), "其他 Office 文件", "other old Office file"),
)
_BY_NAME: Mapping[str, FileKind] = {kind.name: kind for kind in KINDS}
#: What a suffix promises: the name of a kind.
SUFFIXES: Mapping[str, str] = {suffix: kind.name for kind in KINDS for suffix in kind.suffixes}
_PACKAGES = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0"
_MIMETYPE = "mimetype"
_LONGEST_MIMETYPE = 100


def kind_named(name: str) -> FileKind:
    """The kind of a name that :func:`sniff` gave.

    Example:
        >>> kind_named("ofd").suffixes
        ('.ofd',)
    """
    return _BY_NAME[name]


def is_speech_name(name: str) -> bool:
    """Whether a file of a folder or an archive is read: of a known kind, and no note beside one.

    Args:
        name: without folders.

    Example:
        >>> [is_speech_name(name) for name in ("讲话.docx", "README.md", "讲话.gold.csv", ".a.txt")]
        [True, False, False, False]
    """
    stem, suffix = os.path.splitext(name.lower())  # noqa: PTH122  # plain names, many of them
    hidden = name.startswith(".") or ".gold." in name.lower()
    return suffix in SUFFIXES and not hidden and stem != "readme"


def sniff(content: bytes, suffix: str = ".txt") -> str:
    r"""Tell what a file is.

    Args:
        content: its bytes. What they show goes before what the name says.
        suffix: of its name; tells a table from a text, where both are plain characters.

    Returns:
        The name of one of :data:`KINDS`.

    Example:
        >>> sniff(b"%PDF-1.7 ...", ".txt"), sniff(b"{\\rtf1 ...}", ".doc"), sniff(b"a,b", ".csv")
        ('pdf', 'rtf', 'csv')
    """
    promised = _BY_NAME[SUFFIXES.get(suffix.lower(), "text")]
    for kind in KINDS:
        if kind.mark and re.match(kind.mark, content):
            return kind.name
    if content.startswith(_PACKAGES):
        return _in_package(content) or _unless_plain(promised, "zip")
    if content.startswith(_OLE):
        return _in_ole(content) or _unless_plain(promised, "ole")
    return promised.name if promised.plain or promised.trusted else "text"


def _unless_plain(promised: FileKind, other: str) -> str:
    """A damaged file is what its name says that it is, but no text."""
    return other if promised.plain else promised.name


def _in_package(content: bytes) -> str | None:
    """The kind of a ZIP package, where its files tell."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            found = (kind.name for kind in KINDS if kind.member and kind.member in names)
            return next(found, None) or _of_mimetype(archive, names)
    except Exception:  # noqa: BLE001  # damaged data shows in zlib, zipfile and struct alike
        return None


def _of_mimetype(archive: zipfile.ZipFile, names: set[str]) -> str | None:
    if _MIMETYPE not in names:
        return None
    with archive.open(_MIMETYPE) as stream:
        said = stream.read(_LONGEST_MIMETYPE)
    return next((k.name for k in KINDS if k.mimetype and said.startswith(k.mimetype)), None)


def _in_ole(content: bytes) -> str | None:
    """The kind of an OLE file, where the names in its directory tell."""
    streams = ((kind.name, stream) for kind in KINDS for stream in kind.streams)
    return next((name for name, said in streams if said.encode("utf-16-le") in content), None)
