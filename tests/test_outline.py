"""The section tree in Python and on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

import speechmine
from speechmine.cli.outline import outline_lines

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
TEXT = """在全区防汛会议上的讲话
同志们：
今天这个会只讲防汛。
一、认清形势
今年汛情来得早、来得猛，形势不容乐观。
二、抓好准备
（一）备足物资。
各镇要在5月底前备足沙袋，登记造册，专人保管。
（二）管好队伍。
要组建抢险突击队。"""


def test_the_tree_holds_every_segment_once() -> None:
    result = speechmine.extract(TEXT)
    seen = []

    def walk(nodes) -> None:
        for node in nodes:
            seen.extend(node.segments)
            walk(node.children)

    walk(result.outline)
    assert sorted(seen, key=lambda s: s.start) == list(result.segments)


def test_the_tree_nests_as_the_sections_do() -> None:
    tree = speechmine.extract(TEXT).outline
    shape = [
        (node.section and node.section.title, [child.section.title for child in node.children])
        for node in tree
    ]
    assert shape == [(None, []), ("认清形势", []), ("抓好准备", ["备足物资", "管好队伍"])]


def test_lines_show_headings_and_labels() -> None:
    lines = list(outline_lines(speechmine.extract(TEXT), sentences=True))
    assert lines[0] == "在全区防汛会议上的讲话"
    assert any(line.startswith("  （一） 备足物资") for line in lines)
    assert any("各镇要在5月底前" in line for line in lines)


def test_a_mismatch_is_told() -> None:
    result = speechmine.extract("要抓好三个方面：一是防汛。二是防火。")
    assert "! the text announces 3 (三个方面), 2 follow" in list(outline_lines(result))


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
@pytest.mark.parametrize(("change", "shift"), [("bom", 1), ("crlf", 0), ("blanks", 0)])
def test_furniture_of_a_file_changes_nothing_but_offsets(path, change, shift) -> None:
    """A byte-order mark, CRLF line ends or trailing blanks give the same records."""
    text = path.read_text(encoding="utf-8")
    changed = {
        "bom": "\ufeff" + text,
        "crlf": text.replace("\n", "\r\n"),
        "blanks": text.replace("\n", "  \n") + "  \n\n",
    }[change]
    before, after = speechmine.extract(text, mode="full"), speechmine.extract(changed, mode="full")
    assert [s.discourse for s in after.segments] == [s.discourse for s in before.segments]
    assert [t.title for t in after.tasks] == [t.title for t in before.tasks]
    assert [(s.depth, s.title) for s in after.sections] == [
        (s.depth, s.title) for s in before.sections
    ]
    for record in (*after.segments, *after.tasks, *after.metrics):
        assert changed[record.start : record.end] == record.text
    if change == "bom":
        assert [t.start for t in after.tasks] == [t.start + shift for t in before.tasks]
