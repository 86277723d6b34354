"""The section tree in the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import click

from speechmine.model import Extraction, OutlineNode, Segment

__all__ = ["outline_lines", "print_outline"]

_INDENT = "  "


def print_outline(extraction: Extraction, *, sentences: bool = False) -> None:
    """Print the tree of sections with what the sentences under each do.

    Args:
        extraction: of one document.
        sentences: every sentence with its label too.
    """
    for line in outline_lines(extraction, sentences=sentences):
        click.echo(line)


def outline_lines(extraction: Extraction, *, sentences: bool = False) -> Iterator[str]:
    """The lines that :func:`print_outline` prints."""
    document = extraction.document
    yield "  ".join(str(fact) for fact in (document.title or document.id, document.date) if fact)
    for node in extraction.outline:
        yield from _node(node, 0, sentences=sentences)
    for notice in extraction.notices:
        if notice.code == "enumeration_mismatch":
            yield f"! {notice.message}"
    yield ""


def _node(node: OutlineNode, depth: int, *, sentences: bool) -> Iterator[str]:
    section = node.section
    name = f"{section.label or '·'} {section.title}" if section else "（标题之前）"
    yield f"{_INDENT * depth}{name}  [{_summary(node.segments)}]"
    if sentences:
        for segment in (s for s in node.segments if s.discourse != "heading"):
            item = f"{segment.item} " if segment.item else ""
            yield f"{_INDENT * (depth + 1)}{segment.discourse:12}{item}{segment.text}"
    for child in node.children:
        yield from _node(child, depth + 1, sentences=sentences)


def _summary(segments: tuple[Segment, ...]) -> str:
    counts = Counter(s.discourse for s in segments if s.discourse != "heading")
    return ", ".join(f"{label} {count}" for label, count in counts.most_common()) or "—"
