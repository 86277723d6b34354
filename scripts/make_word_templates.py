#!/usr/bin/env python3
"""Make the Word templates that ship with speechmine: 督查通报 and 督办通知单.

python scripts/make_word_templates.py

An office replaces them by files of its own; what they may say is in docs/round.md.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from speechmine.ledger.rounds.looks import HEI, SONG, TITLE_FONT
from speechmine.ledger.word import without_clock

TEMPLATES = Path(__file__).parent.parent / "src" / "speechmine" / "ledger" / "templates"
LINE = Pt(28)


def main() -> None:
    """Write both."""
    for name, make in (("notice.docx", notice), ("bulletin.docx", bulletin)):
        file = docx.Document()
        page(file)
        make(file)
        packed = io.BytesIO()
        file.save(packed)
        with (TEMPLATES / name).open("wb") as out:
            without_clock(packed, out)


def page(file: Any) -> None:
    """A4 with the margins of GB/T 9704."""
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = "FangSong", Pt(16)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), SONG)


def line(file: Any, text: str, font: str = SONG, size: int = 16, align: str = "indent") -> None:
    """A paragraph: indented by two characters, centred, left or right."""
    paragraph = file.add_paragraph()
    spacing = paragraph.paragraph_format
    spacing.space_after = spacing.space_before = Pt(0)
    spacing.line_spacing = LINE
    if align == "indent":
        spacing.first_line_indent = Pt(2 * size)
    elif align == "centre":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif align == "right":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001


def table(file: Any, loop: str, columns: list[tuple[str, str, float]]) -> None:
    """A table whose middle row is repeated: headings, loop, cells, end of the loop."""
    made = file.add_table(rows=4, cols=len(columns))
    made.style = "Table Grid"
    made.autofit = False
    for at, (heading, field, width) in enumerate(columns):
        made.columns[at].width = Cm(width)
        cells = [row.cells[at] for row in made.rows]
        for cell in cells:
            cell.width = Cm(width)
        put(cells[0], heading, HEI, centred=True)
        put(cells[2], field, SONG, centred=width < 3)
    put(made.rows[1].cells[0], f"{{%tr for {loop} %}}", SONG)
    put(made.rows[3].cells[0], "{%tr endfor %}", SONG)
    flag(made.rows[0], "w:tblHeader")
    flag(made.rows[2], "w:cantSplit")


def put(cell: Any, text: str, font: str, *, centred: bool = False) -> None:
    """The text of a cell."""
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    run = paragraph.add_run(text)
    run.font.size = Pt(11)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001


def flag(row: Any, name: str) -> None:
    """A property of a row that python-docx has no name for."""
    element = OxmlElement(name)
    element.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(element)  # noqa: SLF001


def notice(file: Any) -> None:
    """督办通知单: to one unit, its tasks that are late or soon due."""
    line(file, "督办通知单", TITLE_FONT, 22, "centre")
    line(file, "{{ 文号 }}", SONG, 14, "centre")
    line(file, "{{ 单位 }}：", align="left")
    line(
        file,
        "经梳理《督查台账》，截至{{ 日期 }}，你单位承担的事项中"
        "{% if 逾期数 %}有{{ 逾期数 }}项已逾期{% endif %}{% if 逾期数 and 临期数 %}、{% endif %}"
        "{% if 临期数 %}有{{ 临期数 }}项将于近期到期{% endif %}，现予督办：",
    )
    table(
        file,
        "项 in 事项",
        [
            ("序号", "{{ 项.序号 }}", 1.2),
            ("督办事项", "{{ 项.任务 }}", 5.6),
            ("完成时限", "{{ 项.时限 }}", 2.6),
            ("角色", "{{ 项.角色 }}", 1.3),
            (
                "办理情况",
                "{{ 项.状态 }}{% if 项.状态 and 项.进展 %}：{% endif %}{{ 项.进展 }}",
                2.7,
            ),
            ("提示", "{{ 项.提示 }}", 2.2),
        ],
    )
    line(
        file,
        "请你单位高度重视，明确专人负责，抓紧推进落实，"
        "{% if 反馈日期 %}于{{ 反馈日期 }}前{% else %}及时{% endif %}"
        "将办理情况书面反馈{{ 办公室 }}。",
    )
    line(file, "", align="left")
    line(file, "{{ 办公室 }}", align="right")
    line(file, "{{ 日期 }}", align="right")


def bulletin(file: Any) -> None:
    """督查通报: how all units stand, draft for the office to complete."""
    line(file, "督查通报", TITLE_FONT, 22, "centre")
    line(file, "{{ 文号 }}", SONG, 14, "centre")
    line(file, "{{ 标题 }}", HEI, 16, "centre")
    line(
        file,
        "截至{{ 日期 }}，列入督查台账的事项共{{ 总数 }}项"
        "{% if 来源 %}（来源：{{ 来源 }}）{% endif %}。"
        "现将办理情况通报如下。",
    )
    line(file, "一、总体情况", HEI)
    line(
        file,
        "{{ 总数 }}项事项中，"
        "{% for 格 in 状态 %}{{ 格.名称 }}{{ 格.数量 }}项"
        "{% if not loop.last %}、{% endif %}{% endfor %}；"
        "本月到期尚未办结{{ 本月到期 }}项，逾期未办结{{ 逾期数 }}项"
        "{% if 按时办结率 %}，按时办结率{{ 按时办结率 }}{% endif %}。",
    )
    line(file, "二、各单位办理情况", HEI)
    table(
        file,
        "行 in 单位表",
        [
            ("责任单位", "{{ 行.单位 }}", 4.8),
            ("承办", "{{ 行.承办 }}", 1.6),
            ("配合", "{{ 行.配合 }}", 1.6),
            ("已办结", "{{ 行.已办结 }}", 1.8),
            ("本月到期", "{{ 行.本月到期 }}", 2.0),
            ("逾期未办结", "{{ 行.逾期 }}", 1.9),
            ("按时办结率", "{{ 行.按时办结率 }}", 1.9),
        ],
    )
    line(file, "注：一项由几个单位承办的，各单位都计。", SONG, 11, "left")
    line(file, "三、逾期事项", HEI)
    line(file, "{%p if not 逾期事项 %}", align="left")
    line(file, "无逾期事项。")
    line(file, "{%p else %}", align="left")
    table(
        file,
        "项 in 逾期事项",
        [
            ("序号", "{{ 项.序号 }}", 1.2),
            ("事项", "{{ 项.任务 }}", 5.0),
            ("责任单位", "{{ 项.责任单位 }}", 3.4),
            ("完成时限", "{{ 项.时限 }}", 2.9),
            (
                "办理情况",
                "{{ 项.状态 }}{% if 项.状态 and 项.进展 %}：{% endif %}{{ 项.进展 }}",
                3.1,
            ),
        ],
    )
    line(file, "{%p endif %}", align="left")
    line(file, "四、下一步要求", HEI)
    line(file, "（请督查室补充。）")
    line(file, "", align="left")
    line(file, "{{ 办公室 }}", align="right")
    line(file, "{{ 日期 }}", align="right")


if __name__ == "__main__":
    main()
