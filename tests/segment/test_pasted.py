"""Tables pasted into running text."""

from __future__ import annotations

import pytest

from speechmine import extract
from speechmine.segment.pasted import pasted_tables

HEAD = "河塘整治方案\n（2024年3月5日通过）\n一、任务（见下表）\n"
TAIL = "\n二、步骤\n各镇3月25日前报送分解表。"
TABBED = (
    "序号\t工作任务\t牵头单位\t配合单位\t完成时限\n"
    "1\t复核成因\t县生态环境分局\t各镇人民政府\t3月31日前\n"
    "2\t疏浚沟渠\t县水利局\t\t长期"
)
STROKED = (
    "| 序号 | 工作任务 | 牵头单位 | 配合单位 | 完成时限 |\n|---|---|---|---|---|\n"
    "| 1 | 复核成因 | 县生态环境分局 | 各镇人民政府 | 3月31日前 |\n"
    "| 2 | 疏浚沟渠 | 县水利局 | | 长期 |"
)
WIDE = STROKED.replace("|", "｜")


@pytest.mark.parametrize("table", [TABBED, STROKED, WIDE], ids=["tabs", "strokes", "wide strokes"])
def test_rows_are_read_by_the_header(table: str) -> None:
    text = HEAD + table + TAIL
    tasks = extract(text).tasks
    assert [text[t.start : t.end] for t in tasks] == ["复核成因", "疏浚沟渠", tasks[-1].text]
    assert [[(p.text, p.role) for p in t.parties] for t in tasks] == [
        [("县生态环境分局", "lead"), ("各镇人民政府", "cooperate")],
        [("县水利局", "lead")],
        [("各镇", "responsible")],
    ]
    assert tasks[0].deadline.edtf == "../2024-03-31"


PROSE = [
    "一\t二\t三\n四\t五\t六",  # no header that divides work
    "各镇要在3月底前\t报送\t清单。",
    "区教育局|区民政局|区财政局要在3月底前报送清单。",
]


@pytest.mark.parametrize("text", PROSE)
def test_other_lines_stay_prose(text: str) -> None:
    extraction = extract(text, date="2024-01-08", mode="full")
    assert "no_task_column" not in {notice.code for notice in extraction.notices}
    said = "".join(segment.text for segment in extraction.segments)
    assert "".join(said.split()) == "".join(text.split())


def test_cells_tell_their_text() -> None:
    for text in (TABBED, STROKED, WIDE):
        (table,) = pasted_tables(text)
        cells = [text[c.start : c.end] for c in table.cells if (c.row, c.column) == (1, 1)]
        assert cells == ["复核成因"]
        assert {c.row for c in table.cells} == {0, 1, 2}
