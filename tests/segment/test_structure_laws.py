"""Laws of structure, on real texts and on texts made by chance."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import speechmine
from speechmine.model import Section
from speechmine.rules.loader import default_rules
from speechmine.segment.pasted import web_lines
from speechmine.segment.pieces import pieces_of
from speechmine.segment.sections import place_headings, sections_of

from shared import SHARED, extracted, needs_shared

STEP = 1 if os.environ.get("SPEECHMINE_ALL_TEXTS") else 7
TEXTS = sorted((SHARED / "corpus").rglob("*.txt"))
#: White space and marks without a width.
UNSEEN = " \t\r\n\f\u2028\u3000\ufeff\u200b\u200c\u200d\u200e\u200f\u2060"
#: How a file may differ without saying anything else.
CHANGES = {
    "mark": lambda text: "\ufeff" + text,
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "blanks": lambda text: text.replace("\n", "  \n") + "  \n\n",
}
PIECES = (
    "一、总体要求",
    "（一）强化领导。",
    "1．抓好春耕。",
    "一是备足农资。",
    "二要",
    "第三，",
    "各镇要在5月底前建立台账，",
    "要抓好三个方面：",
    "“放管服”",
    "（掌声）",
    "《条例》",
    "\n",
    "\r\n",
    "　",
    "\u200b",
    "。",
    "；",
    "-",
    "目　录",
    "谢谢大家！",
    "12",
)


def without_page_lines(text: str) -> str:
    """The text with blanks for what is a web page's (picture credits)."""
    for start, end in web_lines(text, default_rules()):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def check(result: speechmine.Extraction) -> None:
    """Segments cover all but white space in order; sections nest; every place is exact."""
    text, at = result.document.text, 0
    shown = without_page_lines(text)
    for segment in result.segments:
        assert segment.start >= at
        assert not shown[at : segment.start].strip(UNSEEN)
        assert text[segment.start : segment.end] == segment.text
        at = segment.end
    sections = {section.id: section for section in result.sections}
    assert all(s.section is None or s.section in sections for s in result.segments)
    for section in result.sections:
        assert 0 <= section.start < section.end <= len(text)
        if section.parent is not None:
            parent = sections[section.parent]
            assert parent.start <= section.start
            assert section.end <= parent.end
            assert section.depth == parent.depth + 1
    for one, other in itertools.pairwise(result.sections):
        assert other.start >= one.end or other.end <= one.end


@needs_shared
@pytest.mark.parametrize("path", TEXTS[::STEP], ids=lambda path: path.stem)
def test_structure_of_real_texts(path: Path) -> None:
    check(extracted(path))


@needs_shared
@pytest.mark.parametrize("path", TEXTS[:: STEP * 4], ids=lambda path: path.stem)
@pytest.mark.parametrize("change", sorted(CHANGES))
def test_marks_and_line_ends_change_nothing(path: Path, change: str) -> None:
    before = extracted(path)
    after = speechmine.extract(CHANGES[change](before.document.text), mode="full")
    assert [(s.discourse, s.text.split()) for s in after.segments] == [
        (s.discourse, s.text.split()) for s in before.segments
    ]
    assert [(s.depth, s.title) for s in after.sections] == [
        (s.depth, s.title) for s in before.sections
    ]
    if change == "mark":
        assert [s.start for s in after.segments] == [s.start + 1 for s in before.segments]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_structure_of_texts_made_by_chance(text: str) -> None:
    check(speechmine.extract(text, mode="full"))


def placed_in(lines: list[tuple[str, bool]]) -> tuple[list[Section], list[str | None]]:
    """The sections of lines of which some are headings, and in which one each piece stands."""
    text = "\n".join(line for line, _ in lines)
    pieces = pieces_of(text, default_rules())
    flags = [piece.first and lines[piece.line][1] for piece in pieces]
    tree = place_headings(pieces, flags)
    places = [None if n is None else f"s{n + 1}" for n in tree.innermost]
    return list(sections_of(pieces, tree, len(text))), places


#: Headings are marked #; each is said to be so deep, in the order of the text.
ENDED = [
    # a signature behind a numbered line that ended the heading before it
    ("#三、守住底线|#（一）管好药库|#（三）管好值班|（四）各院每季自查一次。|#县卫健局", "1221"),
    ("#一、抓排水|#（一）清淤|#一是清主沟|（二）各镇要修闸。|#二是清支沟", "1232"),
    ("#一、抓排水|#1.清淤|3.各镇要修闸。|#4.验收", "122"),
    ("#一、抓排水|#（一）清淤|二、各镇要修闸。|#附则", "121"),
    # a number of another list ends nothing
    ("#三、守住底线|#（三）管好值班|（一）各院每季自查一次。|#1.交接", "123"),
]


@pytest.mark.parametrize(("lines", "depths"), ENDED)
def test_nothing_stands_below_a_heading_that_has_ended(lines: str, depths: str) -> None:
    sections, _ = placed_in([(x.removeprefix("#"), x[0] == "#") for x in lines.split("|")])
    assert "".join(str(section.depth) for section in sections) == depths


#: Lines that may be headings, or count on past one and be none.
LINES = st.builds(
    "{}{}".format,
    st.sampled_from(
        ["", "一、", "三、", "（一）", "（二）", "（四）", "1.", "3.", "一是", "三是", "第二，"]
    ),
    st.sampled_from(["抓排水", "财政局", "修好三条路。", "各镇要清淤，一条沟一条沟过。"]),
)


@given(st.lists(st.tuples(LINES, st.booleans()), min_size=1, max_size=12))
@settings(max_examples=500, deadline=None)
def test_a_section_lies_in_its_parent_whatever_is_a_heading(lines: list[tuple[str, bool]]) -> None:
    found, places = placed_in(lines)
    sections = {section.id: section for section in found}
    for section in sections.values():
        above = sections.get(section.parent or "")
        assert section.depth == (above.depth + 1 if above else 1)
        assert above is None or above.start <= section.start < section.end <= above.end
    assert set(places) <= {None, *sections}
