"""The work-division table (任务分解表) that goes out with a notice, in Word."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, BinaryIO

from speechmine.ledger.cells import clean
from speechmine.ledger.columns import columns_of_ledger
from speechmine.ledger.layout import LedgerColumn, LedgerLayout, default_layout, ledger_words
from speechmine.ledger.records import Ledger, LedgerRow

if TYPE_CHECKING:
    from docx.document import Document as WordFile

# python-docx has no public way to these elements of the format.
# ruff: noqa: SLF001

__all__ = ["without_clock", "write_division_table"]

_SONG, _HEI, _TITLE_FONT = "仿宋", "黑体", "方正小标宋简体"
_PAGE_WIDTH, _MARGIN = 29.7, 2.0
_EPOCH = (2000, 1, 1, 0, 0, 0)


def write_division_table(
    ledger: Ledger, out: BinaryIO, *, layout: LedgerLayout | None = None
) -> None:
    """An attachment (附件) in landscape A4: title, headings on each page, one task a row.

    A category stands across the table above its tasks. Columns that nobody has filled yet are
    left to the ledger.

    Args:
        ledger: the rows.
        out: a binary stream.
        layout: how the office wants it; the customary one by default.
    """
    import docx

    wanted = layout or default_layout()
    file = docx.Document()
    _set_page(file)
    _paragraph(file, "附件", _HEI, 16, centred=False)
    _paragraph(file, _division_title(ledger, wanted), _TITLE_FONT, 22, centred=True)
    _add_division_table(file, ledger.rows, _division_columns(ledger, wanted))
    packed = io.BytesIO()
    file.save(packed)
    without_clock(packed, out)


def _division_title(ledger: Ledger, layout: LedgerLayout) -> str:
    titles = list(dict.fromkeys(title for title in ledger.documents.values() if title))
    if len(titles) == 1 and titles[0].endswith(tuple(ledger_words()["titles"])):
        return clean(layout.title or titles[0])
    return clean(layout.title or "".join(f"《{title}》" for title in titles) + "任务分解表")


def _division_columns(ledger: Ledger, layout: LedgerLayout) -> list[LedgerColumn]:
    left_out = set(ledger_words()["not_in_word"])
    columns = columns_of_ledger(ledger, layout)
    return [c for c in columns if c.field not in left_out and not c.hidden]


def _set_page(file: WordFile) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    section = file.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(_PAGE_WIDTH), Cm(21)
    section.left_margin = section.right_margin = Cm(_MARGIN)
    normal: Any = file.styles["Normal"]
    normal.font.name, normal.font.size = "FangSong", Pt(12)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _SONG)


def _paragraph(file: WordFile, text: str, font: str, size: int, *, centred: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = file.add_paragraph()
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    _font(run, font)


def _font(run: Any, font: str) -> None:
    from docx.oxml.ns import qn

    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _add_division_table(
    file: WordFile, rows: Sequence[LedgerRow], columns: Sequence[LedgerColumn]
) -> None:
    table = file.add_table(rows=1, cols=len(columns))
    table.style = "Table Grid"
    table.autofit = False
    for cell, column in zip(table.rows[0].cells, columns, strict=True):
        _write_cell(cell, column.label, _HEI, centred=True)
    _flag(table.rows[0], "w:tblHeader")
    for category, members in groupby(rows, key=lambda row: row.cells.get("section", "")):
        if category:
            cells = table.add_row().cells
            across = cells[0].merge(cells[-1])
            _write_cell(across, category, _HEI, centred=False)
            across.paragraphs[0].paragraph_format.keep_with_next = True
        for row in members:
            added = table.add_row()
            _flag(added, "w:cantSplit")
            for cell, column in zip(added.cells, columns, strict=True):
                text = row.cells.get(column.field, row.own.get(column.label, ""))
                _write_cell(cell, text, _SONG, centred=column.field in ("no", "deadline"))
    _widths(table, columns)


def _write_cell(cell: Any, text: str, font: str, *, centred: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    _font(paragraph.add_run(text), font)


def _flag(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    element.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(element)


def _widths(table: Any, columns: Sequence[LedgerColumn]) -> None:
    """By the columns of the ledger; some programs heed the column, others each cell."""
    from docx.shared import Cm

    room = (_PAGE_WIDTH - 2 * _MARGIN) / sum(column.width for column in columns)
    for at, column in enumerate(columns):
        table.columns[at].width = Cm(column.width * room)
    for row in table.rows:
        for cell, column in zip(row.cells, columns, strict=False):
            if len(set(map(id, (c._tc for c in row.cells)))) == len(columns):
                cell.width = Cm(column.width * room)


def without_clock(packed: io.BytesIO, out: BinaryIO) -> None:
    """The same rows give the same bytes: no member carries the time of day."""
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
