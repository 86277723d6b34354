"""Markdown: the text that is shown, without the marks; numbers of lists stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from speechmine.model import Document
from speechmine.readers.common.building import DocumentBuilder
from speechmine.readers.common.decoding import decode, notices_on
from speechmine.readers.common.grids import GridCell

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["read_markdown"]

_PLAIN = ("code_block", "fence")


def read_markdown(data: bytes, *, id: str, source: str | None) -> Document:  # noqa: A002
    """Read a Markdown file; the places of its paragraphs are lines of the file.

    Raises:
        ReadError: no text, or of no known encoding.
    """
    from markdown_it import MarkdownIt

    decoded = decode(data, source or id)
    builder = DocumentBuilder()
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(decoded.text)
    _add_tokens(tokens, builder)
    for notice in notices_on(decoded):
        builder.note(notice.code, notice.message)
    return builder.document(id, source)


def _add_tokens(tokens: Sequence[Token], builder: DocumentBuilder) -> None:
    depth: int | None = None
    label = ""
    rows: list[list[str]] | None = None
    for token in tokens:
        line = token.map[0] + 1 if token.map else 0
        if token.type == "heading_open":
            depth = int(token.tag[1])
        elif token.type == "list_item_open":
            label = f"{token.info}{token.markup}" if token.info else ""
        elif token.type == "table_open":
            rows, start = [], line
        elif token.type == "table_close" and rows is not None:
            builder.add_table(list(_markdown_cells(rows)), paragraph=start)
            rows = None
        elif token.type == "tr_open" and rows is not None:
            rows.append([])
        elif token.type == "inline" and rows is not None:
            rows[-1].append(_token_text(token))
        elif token.type == "inline" or token.type in _PLAIN:
            text = _token_text(token) if token.type == "inline" else token.content
            builder.add(label + text, depth=depth, paragraph=line)
            depth, label = None, ""


def _token_text(token: Token) -> str:
    """The words of a paragraph; a line end in the file stays one."""
    pieces = []
    for part in token.children or ():
        if part.type in ("softbreak", "hardbreak"):
            pieces.append("\n")
        elif part.type in ("text", "code_inline"):
            pieces.append(part.content)
    return "".join(pieces)


def _markdown_cells(rows: Sequence[Sequence[str]]) -> Iterator[GridCell]:
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            yield GridCell(row, column, text)
