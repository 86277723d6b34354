"""The section tree in the terminal."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from speechmine.model import Document, Extraction, OutlineNode, Segment
from speechmine.rules.loader import chosen_rules
from speechmine.rules.schema import RuleSet
from speechmine.segment.head import time_frame

__all__ = ["outline_lines", "print_outline"]

_INDENT = "  "


def print_outline(
    extraction: Extraction, *, sentences: bool = False, rules: Path | None = None
) -> None:
    """Print the tree of sections with what the sentences under each do.

    Args:
        extraction: of one document.
        sentences: every sentence with its label too.
        rules: the folder of the user's own rules that it was made with.
    """
    for line in outline_lines(extraction, sentences=sentences, rules=rules):
        click.echo(line)


@functools.cache
def _known(folder: Path | None) -> RuleSet:
    """The rules that the extraction was made with."""
    return chosen_rules(folder)


def outline_lines(
    extraction: Extraction, *, sentences: bool = False, rules: Path | None = None
) -> Iterator[str]:
    """The lines that :func:`print_outline` prints."""
    document = extraction.document
    yield "  ".join(str(fact) for fact in (document.title or document.id, document.date) if fact)
    if facts := "  ".join(_head_facts(document, rules)):
        yield facts
    for node in extraction.outline:
        yield from _node(node, 0, sentences=sentences)
    for notice in extraction.notices:
        if notice.code == "enumeration_mismatch":
            yield f"! {notice.message}"
    yield ""


def _head_facts(document: Document, rules: Path | None) -> Iterator[str]:
    """What else the head states, and the year that 今年 means."""
    if document.speaker or document.office:
        yield " ".join(part for part in (document.office, document.speaker) if part)
    place = " ".join(part for part in (document.place, document.level) if part)
    yield from (fact for fact in (document.occasion, place, document.salutation) if fact)
    year = time_frame(document, _known(rules)).year
    if year is not None:
        yield f"今年={year}"


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
