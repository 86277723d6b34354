"""How well a file could be read: what it is, what was found, what was left out, doubts."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from speechmine.errors import ReadError
from speechmine.model import AsideKind, Document, Extraction
from speechmine.readers import Input
from speechmine.tables import UNSURE_MARK, is_unsure

__all__ = ["Health", "health_lines", "health_of"]

_ASIDES: dict[AsideKind, str] = {
    "header": "running heads (页眉)",
    "footer": "page numbers and feet (页码、页脚)",
    "footnote": "footnotes (脚注)",
    "endnote": "endnotes (尾注)",
    "comment": "comments (批注)",
    "textbox": "text beside the body (文本框)",
    "watermark": "watermarks (水印)",
    "stamp": "stamps (印章)",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Health:
    """What is known of an input after it was read.

    Attributes:
        source: its path. kind: pdf, docx ... encoding: of plain files.
        pages: with text; None where the format knows none. recognised: pages that were
            recognised from pictures. characters: of the text. doubtful: of those, how many were
            recognised without certainty.
        head: title, date, speaker ... as found. parts: sections, sentences, tables, tasks ...
        left_out: kind, how many, how many characters. doubts: code, how many, the first message.
    """

    source: str
    kind: str | None
    encoding: str | None
    pages: int | None
    recognised: tuple[int, ...]
    characters: int
    doubtful: int
    head: dict[str, str]
    parts: dict[str, int]
    left_out: tuple[tuple[str, int, int], ...]
    doubts: tuple[tuple[str, int, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain dicts and lists."""
        return dataclasses.asdict(self)


def health_of(item: Input, content: bytes | None, extraction: Extraction) -> Health:
    """Put together what is known.

    Args:
        item: the input.
        content: its bytes.
        extraction: of it.
    """
    document = extraction.document
    kind = None if content is None else _kind_of_file(item, content)
    pages = [place.page for place in document.places if place.page is not None]
    stretches = [n for n in document.notices if n.code == "doubtful_characters"]
    return Health(
        source=item.source,
        kind=kind,
        encoding=_encoding(kind, content, item.source),
        pages=len(set(pages)) or None,
        recognised=document.recognised,
        characters=document.length,
        doubtful=sum((n.end or 0) - (n.start or 0) for n in stretches),
        head=dict(_head_facts(document)),
        parts=_counted_parts(extraction),
        left_out=tuple(_left_out_lines(document)),
        doubts=tuple(_doubts_of(extraction)),
    )


def _kind_of_file(item: Input, content: bytes) -> str:
    from speechmine.readers.kinds import sniff

    return sniff(content, Path(item.member or item.source).suffix or ".txt")


def _encoding(kind: str | None, content: bytes | None, source: str) -> str | None:
    from speechmine.readers.common.decoding import decode
    from speechmine.readers.kinds import kind_named

    if content is None or kind is None or not kind_named(kind).plain:
        return None
    try:
        return decode(content, source).encoding
    except ReadError:
        # Markup names its encoding itself, and may be read by that.
        return None


def _head_facts(document: Document) -> Iterator[tuple[str, str]]:
    for name in ("title", "date", "speaker", "office", "place", "level", "occasion", "salutation"):
        value = getattr(document, name)
        if value:
            yield name, value


def _counted_parts(extraction: Extraction) -> dict[str, int]:
    return {
        "sections": len(extraction.sections),
        "sentences": len(extraction.segments),
        "tables": len(extraction.document.tables),
        "tasks": len(extraction.tasks),
        "unsure": sum(map(is_unsure, extraction.tasks)),
        "metrics": len(extraction.metrics),
    }


def _left_out_lines(document: Document) -> Iterator[tuple[str, int, int]]:
    counts = Counter(aside.kind for aside in document.asides)
    for kind, count in counts.items():
        size = sum(len(aside.text) for aside in document.asides if aside.kind == kind)
        yield kind, count, size


def _doubts_of(extraction: Extraction) -> Iterator[tuple[str, int, str]]:
    counts = Counter(notice.code for notice in extraction.notices)
    for code, count in counts.items():
        first = next(notice for notice in extraction.notices if notice.code == code)
        yield code, count, first.message


def health_lines(health: Health) -> Iterator[str]:
    """The lines that a terminal shows of one input."""
    yield health.source
    yield f"  文件 file      {_file_told(health)}"
    yield f"  文头 head      {_head_told(health.head)}"
    yield f"  结构 parts     {_parts_told(health.parts)}"
    yield f"  未入正文 left out  {'; '.join(_by_place(health)) or 'nothing'}"
    if not health.doubts:
        yield "  存疑 doubts    none"
    for code, count, message in health.doubts:
        times = f" ×{count}" if count > 1 else ""
        yield f"  存疑 doubt     {code}{times}: {message}"
    yield ""


def _by_place(health: Health) -> Iterator[str]:
    """What was left out, in the order of the kinds."""
    for kind, name in _ASIDES.items():
        for found, count, size in health.left_out:
            if found == kind:
                yield f"{name} {count}, {size} characters"


def _file_told(health: Health) -> str:
    facts = [health.kind or "?", health.encoding, f"{health.characters:,} characters"]
    if health.pages:
        facts.append(f"{health.pages} pages")
    if health.recognised:
        share = health.doubtful / max(health.characters, 1)
        facts.append(
            f"{len(health.recognised)} recognised from pictures (文字识别), {health.doubtful} "
            f"characters doubtful ({share:.1%}, {UNSURE_MARK})"
        )
    return ", ".join(fact for fact in facts if fact)


def _head_told(head: dict[str, str]) -> str:
    missing = [name for name in ("title", "date") if name not in head]
    found = [f"{name} {value}" for name, value in head.items()]
    return "; ".join([*found, *(f"no {name} found" for name in missing)])


def _parts_told(parts: dict[str, int]) -> str:
    tasks = f"tasks {parts['tasks']}"
    if parts["unsure"]:
        tasks += f" ({parts['unsure']} {UNSURE_MARK})"
    names = ("sections", "sentences", "tables")
    return ", ".join(
        [*(f"{name} {parts[name]}" for name in names), tasks, f"metrics {parts['metrics']}"]
    )
