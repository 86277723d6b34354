"""What a document says of itself before it is compared: its head, and its year."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from speechmine.model import Document
from speechmine.rules.schema import RuleSet
from speechmine.segment.head import complete_document, time_frame
from speechmine.text import view_of
from speechmine.themes.corpus.texts import ComparedSource

__all__ = ["fingerprint_of", "source_of"]


def source_of(document: Document, rules: RuleSet, year: int | None = None) -> ComparedSource:
    """A document with year and head data.

    Args:
        document: as read.
        rules: by which it is read.
        year: of the report, where the metadata state it.
    """
    document = complete_document(document, view_of(document.text), rules)
    told = time_frame(document, rules).year
    if year is not None:
        return ComparedSource(document, rules, year, "metadata")
    if told is not None:
        return ComparedSource(document, rules, told, "text")
    named = re.search(r"(?<!\d)(?:19[4-9]|20[0-4])\d(?!\d)", document.id)
    if named:
        return ComparedSource(document, rules, int(named[0]), "name")
    return ComparedSource(document, rules, None, "")


def fingerprint_of(documents: Iterable[Document]) -> str:
    """A hash of texts and their names, whatever their order.

    Example:
        >>> one, two = Document("抓改革。", id="a"), Document("稳就业。", id="b")
        >>> fingerprint_of([one, two]) == fingerprint_of([two, one]) != fingerprint_of([one])
        True
    """
    lines = sorted(f"{document.id} {document.sha256}\n" for document in documents)
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:16]
