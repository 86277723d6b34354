"""The text of Word paragraphs: as printed after all tracked changes have been accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from speechmine.readers.docx_package import W
from speechmine.readers.docx_styles import Styles

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["Mention", "Paragraph", "inner_paragraphs", "read_paragraph"]

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# What was taken out, and what is no text of the page.
_DROPPED = frozenset(
    {f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr")}
    | {f"{_MC}Fallback", f"{W}object", f"{W}rt"}
)
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_NOTES = {
    f"{W}footnoteReference": "footnote",
    f"{W}endnoteReference": "endnote",
    f"{W}commentReference": "comment",
}
_TEXT = (f"{W}t", f"{_MATH}t")
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a paragraph refers to a note.

    Attributes:
        kind: footnote, endnote or comment. id: of the note. at: offset in the paragraph.
    """

    kind: str
    id: str
    at: int


@dataclass(slots=True)
class Paragraph:
    """A paragraph's text.

    Attributes:
        text: without its number. mentions: of notes. boxes: text boxes that hang on it.
        pictures: how many it holds. joined: whether its end was taken out, so that the next one
            goes on in it.
    """

    text: str = ""
    mentions: list[Mention] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    pictures: int = 0
    joined: bool = False


def read_paragraph(element: etree._Element, styles: Styles) -> Paragraph:
    """Read a paragraph.

    Args:
        element: ``w:p``.
        styles: tell which runs are hidden.
    """
    found = Paragraph(joined=bool(_mark_was_deleted(element)))
    pieces: list[str] = []
    length = 0
    fields: list[bool] = []  # of each open field, whether its result has begun
    for node in _shown(element, styles, found):
        if node.tag == f"{W}fldChar":
            _turn(fields, node.get(f"{W}fldCharType"))
        elif node.tag in _NOTES:
            found.mentions.append(Mention(_NOTES[node.tag], node.get(f"{W}id", ""), length))
        elif all(fields):
            piece = (node.text or "") if node.tag in _TEXT else _SIGNS.get(node.tag, "")
            pieces.append(piece)
            length += len(piece)
    found.text = "".join(pieces)
    return found


def inner_paragraphs(element: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs below an element that are not taken out, tables within it flattened."""
    for child in element.iterchildren("{*}*"):
        if child.tag == f"{W}p":
            yield child
        elif child.tag not in _DROPPED:
            yield from inner_paragraphs(child)


def _turn(fields: list[bool], kind: str | None) -> None:
    """A field has a code, which is not printed, and behind it its result, which is."""
    if kind == "begin":
        fields.append(False)
    elif fields and kind == "separate":
        fields[-1] = True
    elif fields and kind == "end":
        fields.pop()


def _mark_was_deleted(element: etree._Element) -> bool:
    place = f"{W}pPr/{W}rPr"
    return any(element.find(f"{place}/{W}{name}") is not None for name in ("del", "moveFrom"))


def _shown(element: etree._Element, styles: Styles, found: Paragraph) -> Iterator[etree._Element]:
    """All that is printed, in order; text boxes and pictures are put apart."""
    waiting = list(reversed(element))
    while waiting:
        node = waiting.pop()
        if not isinstance(node.tag, str) or node.tag in _DROPPED:
            continue
        if node.tag == f"{W}txbxContent":
            found.boxes.append(node)
        elif node.tag == _PICTURE:
            found.pictures += 1
        elif node.tag == f"{W}r" and styles.hidden(node):
            continue
        else:
            yield node
            waiting.extend(reversed(node))
