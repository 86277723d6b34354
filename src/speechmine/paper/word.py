"""A table in Word, as journals set it: lines above, below the headings and at the end."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["docx_bytes"]

_EPOCH = (2000, 1, 1, 0, 0, 0)
_SIZE = 9
# Sides of a cell, in eighths of a point.
_THICK, _THIN = "12", "6"


def docx_bytes(table: pd.DataFrame, headings: Sequence[str], note: str = "") -> bytes:
    """A document with the table, its headings on each page, and a note below.

    Args:
        table: with None for what is missing.
        headings: one a column.
        note: below it.

    Example:
        >>> import docx
        >>> import pandas as pd
        >>> content = docx_bytes(pd.DataFrame({"n": [3]}), ["次数"])
        >>> [c.text for c in docx.Document(io.BytesIO(content)).tables[0].rows[0].cells]
        ['次数']
    """
    import docx
    from docx.shared import Pt

    file = docx.Document()
    grid = file.add_table(rows=1 + len(table), cols=max(len(headings), 1))
    cells = list(grid._cells)  # noqa: SLF001  # row by row is quadratic in python-docx
    texts = [*headings, *(_cell_words(v) for row in table.itertuples(index=False) for v in row)]
    for cell, text in zip(cells, texts, strict=False):
        run = cell.paragraphs[0].add_run(text)
        run.font.size = Pt(_SIZE)
    _repeat_head(grid.rows[0])
    width = len(headings)
    for cell in cells[:width]:
        _set_rule(cell, top=_THICK, bottom=_THIN)
    for cell in cells[-width:] if len(table) else ():
        _set_rule(cell, bottom=_THICK)
    if note:
        file.add_paragraph().add_run(note).font.size = Pt(_SIZE - 1)
    return _without_clock(file)


def _cell_words(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _repeat_head(row: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001  # python-docx has no other way


def _set_rule(cell: Any, **sides: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tcBorders")
    for side, size in sides.items():
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "single")
        line.set(qn("w:sz"), size)
        borders.append(line)
    cell._tc.get_or_add_tcPr().append(borders)  # noqa: SLF001  # python-docx has no other way


def _without_clock(file: Any) -> bytes:
    """The same table gives the same bytes: no member carries the time of day."""
    import datetime as dt

    stamp = dt.datetime(*_EPOCH)  # noqa: DTZ001  # the format knows no time zone
    file.core_properties.created = file.core_properties.modified = stamp
    packed, out = io.BytesIO(), io.BytesIO()
    file.save(packed)
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()
