"""The suite of files that tests make with real producers: each says what its clean text says.

Tests of the readers take their cases from here, so that one test can count them.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping
from pathlib import Path

import pytest

import speechmine
from speechmine.model import Document

from web_pages import pages

__all__ = ["LAYOUTS", "PRINTED", "SUITE", "every", "told"]

_CORPUS = Path(__file__).parent.parent / "corpus"
#: Short speeches and papers, and the layouts that LibreOffice prints each of them in.
PRINTED = tuple(
    sorted(
        file
        for file in (*_CORPUS.glob("*.txt"), *(_CORPUS / "papers").glob("p0*.txt"))
        if len(file.read_text(encoding="utf-8")) < 2500
    )[:9]
)
LAYOUTS = ("plain", "sans", "bold", "columns", "vertical")
# Paper, how it was scanned, what the scan was saved as.
_SCANS = (
    ("p67", {"dpi": 200, "tilt": 0.8, "noise": 30}, "PDF"),
    ("p67", {"dpi": 300, "tilt": -1.2, "noise": 30, "blur": 0.8, "stamp": True}, "PNG"),
    ("p68", {"dpi": 200, "noise": 40, "blur": 0.5, "turned": 180}, "JPEG"),
    (
        "p70",
        {"dpi": 200, "tilt": 0.6, "noise": 20, "stamp": True, "watermark": "内部资料"},
        "JPEG",
    ),
    ("p71", {"dpi": 300, "tilt": 0.4, "noise": 25}, "TIFF"),
    ("p76", {"dpi": 200, "tilt": 0.3, "turned": 270}, "PNG"),
)
#: The cases of each kind.
SUITE: Mapping[str, tuple[object, ...]] = {
    "plain text": ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "windows lines"),
    "saved by LibreOffice": ("docx", "doc", "rtf", "odt", "html", "pdf"),
    "printed": tuple(itertools.product(PRINTED, LAYOUTS)),
    "web page": tuple(pages()),
    "scan": _SCANS,
}


def every(kind: str) -> pytest.MarkDecorator:
    """A test of each case of a kind.

    Args:
        kind: one of the suite.
    """
    return pytest.mark.parametrize("case", SUITE[kind], ids=_name)


def _name(case: object) -> str:
    return "-".join(map(_short, case if isinstance(case, tuple) else (case,)))


def _short(part: object) -> str:
    return part.stem if isinstance(part, Path) else str(getattr(part, "name", part))


def told(document: Document) -> list[tuple[object, ...]]:
    """What is owed, by whom and by when."""
    tasks = speechmine.extract(dataclasses.replace(document, date="2024-03-01")).tasks
    return [
        ("".join(t.title.split()), [p.text for p in t.parties], t.deadline.edtf, len(t.metrics))
        for t in tasks
    ]
