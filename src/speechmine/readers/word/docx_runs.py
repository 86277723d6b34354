"""Words of a Word paragraph as a page shows them: changes accepted, fields by their results."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from speechmine.model import AsideKind
from speechmine.readers.common.figures import figure
from speechmine.readers.common.invisible import visible
from speechmine.readers.common.number_formats import format_number
from speechmine.readers.word.docx_package import W, on
from speechmine.readers.word.docx_styles import Styles

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["MC", "NoteMark", "RunReader", "WordLine", "branch_of"]

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_BOX = f"{W}txbxContent"
# Elements whose children stand in the paragraph like its own. Not among them, and so dropped:
# w:del and w:moveFrom, which a reader who accepts the changes never sees.
_CONTAINERS = tuple(
    W + name
    for name in (
        *("ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple"),
        *("bdo", "dir", "sdtContent", "ruby", "rubyBase"),
    )
)
_NOTES: dict[str, AsideKind] = {
    f"{W}footnoteReference": "footnote",
    f"{W}endnoteReference": "endnote",
    f"{W}commentReference": "comment",
}
# Words of a drawn shape, which are no paragraphs of Word's.
_DRAWN_WORDS = "{http://schemas.openxmlformats.org/drawingml/2006/main}txBody"
_DRAWN = (f"{W}drawing", f"{W}pict", f"{W}object")
_PLAIN = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}
_HYPHEN = f"{W}noBreakHyphen"
_LINE_ENDS = str.maketrans("\t\r\n", "   ")
_TOC = re.compile(r"\s*TOC\b", re.IGNORECASE)
_ENTRY = re.compile(r"\S[\t.…· ]+\d{1,4}\s*$")
# 带圈字符: Word sets ① as a field that draws a ring over a number.
_RING = re.compile(r"\s*eq\s*\\o\s*\\ac\s*\(\s*○\s*[,，;；]\s*([^()]{1,8}?)\s*\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A reference to a note: which one, and where in the line."""

    kind: AsideKind
    key: str
    at: int


@dataclass(frozen=True, slots=True)
class WordLine:
    """A paragraph's own words, with the notes and text boxes that hang on it."""

    text: str = ""
    marks: tuple[NoteMark, ...] = ()
    boxes: tuple[etree._Element, ...] = ()

    def then(self, other: WordLine) -> WordLine:
        """Both as one line."""
        moved = tuple(NoteMark(m.kind, m.key, m.at + len(self.text)) for m in other.marks)
        return WordLine(self.text + other.text, self.marks + moved, self.boxes + other.boxes)

    def trimmed(self, label: str) -> WordLine:
        """Without blanks around it, behind its number."""
        lead = len(self.text) - len(self.text.lstrip())
        text = label + self.text.strip()
        marks = tuple(
            NoteMark(m.kind, m.key, min(max(m.at - lead, 0) + len(label), len(text)))
            for m in self.marks
        )
        return WordLine(text, marks, self.boxes)


@dataclass(slots=True)
class _Field:
    """A field that has begun: its code, and whether its result is what comes now."""

    code: str = ""
    shows: bool = False


@dataclass(slots=True)
class _LineDraft:
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[NoteMark] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


class RunReader:
    """Reads the paragraphs of one story in order: a field may go on over several.

    Args:
        styles: a style may hide text.
    """

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[_Field] = []
        # How many of them have not come to their result.
        self._codes = 0
        self._draft = _LineDraft()

    def read(self, paragraph: etree._Element) -> WordLine:
        """The words of a paragraph."""
        self._draft = _LineDraft()
        contents = self._in_contents()
        if not self._styles.hides(paragraph):
            self._inside(paragraph)
        contents = contents or self._in_contents()
        # A code ends in the paragraph it begins in; one that does not is damaged, and must not
        # swallow the rest of the text.
        if self._codes:
            self._fields = [open_ for open_ in self._fields if open_.shows]
            self._codes = 0
        draft = self._draft
        text = "".join(draft.pieces)
        # An entry only repeats a heading; any other line in the field is text that a lost end
        # of the field put there.
        if contents and _ENTRY.search(text):
            text = ""
        return WordLine(text, tuple(draft.marks), tuple(draft.boxes))

    def _in_contents(self) -> bool:
        """Whether a table of contents goes on."""
        return any(_TOC.match(open_.code) for open_ in self._fields)

    def _inside(self, element: etree._Element) -> None:
        for child in element:
            if child.tag == f"{W}r":
                self._run(child)
            elif child.tag in _CONTAINERS:
                self._inside(child)
            elif child.tag == f"{W}sdt":
                self._control(child)
            elif child.tag in (f"{_MATH}oMath", f"{_MATH}oMathPara"):
                self._say("".join(t.text or "" for t in child.iter(f"{_MATH}t")))
            elif child.tag == f"{MC}AlternateContent":
                self._inside(branch_of(child))

    def _control(self, control: etree._Element) -> None:
        """A content control; 单击此处输入文字 is no text."""
        if not on(control, "sdtPr/showingPlcHdr"):
            self._inside(control)

    def _run(self, run: etree._Element) -> None:
        hidden = self._styles.hidden(run)
        for child in run:
            if child.tag == f"{W}fldChar":
                self._field_mark(child.get(f"{W}fldCharType"), hidden)
            elif child.tag == f"{W}instrText":
                if self._fields:
                    self._fields[-1].code += child.text or ""
            elif not hidden:
                self._shown(child)

    def _field_mark(self, kind: str | None, hidden: bool) -> None:
        if kind == "begin":
            self._fields.append(_Field())
            self._codes += 1
        elif kind == "separate" and self._fields:
            self._codes -= not self._fields[-1].shows
            self._fields[-1].shows = True
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            self._codes -= not ended.shows
            if not ended.shows and not hidden:
                self._say(_ringed(ended.code))

    def _shown(self, child: etree._Element) -> None:
        """What stands in a run that is not hidden."""
        if child.tag == f"{W}t":
            self._say(visible(child.text or "").translate(_LINE_ENDS))
        elif child.tag in _PLAIN:
            self._say(_PLAIN[child.tag])
        elif child.tag == _HYPHEN:
            self._say("-")
        elif child.tag == f"{W}sym":
            self._say(_symbol_sign(child.get(f"{W}char", "")))
        elif child.tag in _NOTES:
            at, key = self._draft.length, child.get(f"{W}id", "")
            self._draft.marks.append(NoteMark(_NOTES[child.tag], key, at))
        else:
            self._other(child)

    def _other(self, child: etree._Element) -> None:
        if child.tag == f"{W}ruby":
            self._inside(child)
        elif child.tag in _DRAWN:
            self._draft.boxes += _boxes(child)
        elif child.tag == f"{MC}AlternateContent":
            branch = branch_of(child)
            self._draft.boxes += _boxes(branch)
            for inner in branch:
                if inner.tag not in _DRAWN:
                    self._shown(inner)

    def _say(self, words: str) -> None:
        if words and not self._codes:
            self._draft.pieces.append(words)
            self._draft.length += len(words)


def branch_of(choice: etree._Element) -> etree._Element:
    """One of the forms in which the same thing is given: the first, or the one with text."""
    branches: list[etree._Element] = list(choice)
    with_text = (b for b in branches if next(b.iter(_BOX, _DRAWN_WORDS), None) is not None)
    return next(with_text, branches[0] if branches else choice)


def _boxes(drawing: etree._Element) -> list[etree._Element]:
    return list(_each_box(drawing))


def _each_box(element: etree._Element) -> Iterator[etree._Element]:
    """Text boxes of a drawing, each once; one inside another belongs to that one's text."""
    for child in element:
        if child.tag in (_BOX, _DRAWN_WORDS):
            yield child
        elif child.tag == f"{MC}AlternateContent":
            yield from _each_box(branch_of(child))
        else:
            yield from _each_box(child)


def _ringed(code: str) -> str:
    """The sign that a field draws, "" for any other field without a result."""
    drawn = _RING.match(code)
    if not drawn:
        return ""
    inside = drawn[1]
    number = figure(inside, -1)
    return inside if number < 0 else format_number(number, "decimalEnclosedCircle")


def _symbol_sign(code: str) -> str:
    """A sign given by its number; those of picture fonts mean nothing outside their font."""
    try:
        sign = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return "" if "\ue000" <= sign <= "\uf8ff" or not sign.isprintable() else sign
