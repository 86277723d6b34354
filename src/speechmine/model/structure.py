"""How a text is built: sections with headings, segments with what they do, their tree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from speechmine.changes import quickly_made
from speechmine.model.kinds import Discourse, Zone

__all__ = ["OutlineNode", "Section", "Segment", "section_tree"]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with all that stands under it (``start`` of the heading to ``end`` of its body)."""

    id: str
    parent: str | None
    depth: int
    label: str | None
    title: str
    start: int
    end: int


@quickly_made
@dataclass(frozen=True, slots=True)
class Segment:
    """The unit of discourse labels: a block split after 。！？； (GUIDELINE U2).

    ``item`` is the enumerator that the segment opens with or stands under (``一是``);
    ``zone`` says in which part of the document it stands; ``confidence`` is the chance that the
    label is right, None where no model decided it (a table's cell).
    """

    start: int
    end: int
    text: str
    section: str | None
    item: str | None
    discourse: Discourse
    zone: Zone = "plan"
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class OutlineNode:
    """A section with the segments right under it and the sections inside it.

    ``section`` is None for what stands before the first heading.
    """

    section: Section | None
    segments: tuple[Segment, ...]
    children: tuple[OutlineNode, ...]


def section_tree(
    sections: Iterable[Section], segments: Iterable[Segment]
) -> tuple[OutlineNode, ...]:
    """The tree of sections, in document order.

    Args:
        sections: in document order, a parent before its children.
        segments: each names the section it stands right under.

    Example:
        >>> first = Section("s-1", None, 1, "一、", "抓防汛", 0, 9)
        >>> second = Section("s-2", "s-1", 2, "（一）", "备足物资", 5, 9)
        >>> [len(node.children) for node in section_tree((first, second), ())]
        [1]
    """
    under: dict[str | None, list[Segment]] = {}
    for segment in segments:
        under.setdefault(segment.section, []).append(segment)
    nodes: dict[str | None, list[OutlineNode]] = {}
    for section in reversed(tuple(sections)):  # children are complete before their parent
        children = tuple(reversed(nodes.pop(section.id, [])))
        node = OutlineNode(section, tuple(under.get(section.id, ())), children)
        nodes.setdefault(section.parent, []).append(node)
    top = tuple(reversed(nodes.get(None, [])))
    before = tuple(under.get(None, ()))
    return (OutlineNode(None, before, ()), *top) if before else top
