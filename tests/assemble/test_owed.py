"""A block that names who answers for it is owed, whatever its verb."""

from __future__ import annotations

import pytest

import speechmine

# text -> (task text, level, parties) of each row in full mode
BLOCKS = [
    (
        "经评定的示范应用项目，按实际投入的三成予以资助。（区工信局负责）",
        [("经评定的示范应用项目，按实际投入的三成予以资助", 3, ["区工信局"])],
    ),
    (
        "双聘人才可同等享受落户补贴（市人社局牵头，市公安局配合）。",
        [("双聘人才可同等享受落户补贴", 1, ["市人社局", "市公安局"])],
    ),
    ("资助标准另定（区财政局负责）。", [("资助标准另定", 1, ["区财政局"])]),
    # A row stands in the block already: none is added.
    ("要制定资助细则。去年资助12人。（区财政局负责）", [("制定资助细则", 3, ["区财政局"])]),
    # No bracket that gives work: nothing is owed.
    ("双聘人才可同等享受落户政策（详见附件）。", []),
]


@pytest.mark.parametrize(("text", "expected"), BLOCKS)
def test_assigned_blocks(text: str, expected: list[tuple[str, int, list[str]]]) -> None:
    tasks = speechmine.extract(f"一、支持政策\n{text}", date="2024-03-01", mode="full").tasks
    assert [(t.text, t.level, [p.text for p in t.parties]) for t in tasks] == expected
