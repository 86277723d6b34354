"""Which reader reads which kind of file; a reader's module is loaded when its kind comes up."""

from __future__ import annotations

import importlib
from typing import Protocol, cast

from speechmine.errors import ReadError
from speechmine.model import Document
from speechmine.readers.kinds import Kind

__all__ = ["Reader", "reader_of"]


class Reader(Protocol):
    """Bytes to a document."""

    def __call__(self, data: bytes, *, id: str, source: str | None) -> Document:  # noqa: A002
        """Read the bytes; ``source`` is their name in messages, ``id`` the document's."""


#: Module (in this package) and function of each kind.
_READERS: dict[Kind, str] = {
    "text": "plain:read_plain",
    "csv": "plain:read_csv_file",
    "tsv": "plain:read_tsv_file",
    "xlsx": "plain:read_xlsx_file",
    "markdown": "markdown:read_markdown",
    "html": "html:read_html",
    "pdf": "pdf:read_pdf",
    "ofd": "ofd:read_ofd",
    "image": "images:read_image",
    "zip": "archives:read_zip",
    "docx": "docx:read_docx",
    "doc": "office:read_doc",
    "rtf": "office:read_rtf",
    "odt": "office:read_odt",
    "locked": "ole:read_locked",
    "ole": "ole:read_other_ole",
    "xls": "ole:read_xls",
    "pptx": "ole:read_slides",
}


def reader_of(kind: Kind, source: str) -> Reader:
    """The reader of a kind.

    Args:
        kind: as :func:`speechmine.readers.kinds.sniff` tells it.
        source: name of the input, for the message.

    Raises:
        ReadError: this installation cannot read it.
    """
    module, function = _READERS[kind].split(":")
    try:
        found = importlib.import_module(f"speechmine.readers.{module}")
    except ModuleNotFoundError as error:
        reason = f"no reader for {kind} in this installation ({error.name} is missing)"
        remedy = "reinstall speechmine, or save the file as plain text (另存为 纯文本)"
        raise ReadError(source, reason, remedy) from error
    return cast("Reader", getattr(found, function))
