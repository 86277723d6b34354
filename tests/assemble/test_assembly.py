"""Who and by when: inheritance, brackets, leads (GUIDELINE P4, L3)."""

from __future__ import annotations

import pytest

import speechmine


def rows(text: str) -> list[tuple[str, list[tuple[str, str, str]], str | None]]:
    """Title, parties and deadline of each row in full mode."""
    tasks = speechmine.extract(text, date="2024-02-01", mode="full").tasks
    return [
        (t.title, [(p.text, p.role, p.source) for p in t.parties], t.deadline.edtf) for t in tasks
    ]


def test_a_later_clause_takes_the_subject_of_its_sentence() -> None:
    first, second = rows("区水利局要在5月底前编制度汛方案，6月底前组建3支抢险突击队。")
    assert first[1] == [("区水利局", "responsible", "explicit")]
    assert second[1] == [("区水利局", "responsible", "sentence")]


def test_a_new_subject_ends_inheritance() -> None:
    first, second = rows("区水利局要编制度汛方案，区财政局要拨付专项资金。")
    assert [p[0] for p in first[1]] == ["区水利局"]
    assert [p[0] for p in second[1]] == ["区财政局"]


def test_a_bracket_behind_the_full_stop_covers_its_paragraph() -> None:
    text = "要改造转运站5座。要建成停车场3处。（区城管局牵头，各镇负责，8月底前完成）"
    assert [(r[1], r[2]) for r in rows(text)] == 2 * [
        (
            [("区城管局", "lead", "explicit"), ("各镇", "responsible", "explicit")],
            "../2024-08-31",
        )
    ]


def test_a_bracket_inside_a_sentence_dates_that_sentence_only() -> None:
    text = "要评选示范庭院300户。要对保洁员实行统一培训（区人社局牵头，7月底前完成）。"
    assert [r[2] for r in rows(text)] == [None, "../2024-07-31"]


DEADLINES = [
    ("要在6月底前制定方案，7月底前组建队伍。", ["../2024-06-30", "../2024-07-31"]),
    ("制定实施方案，6月底前完成。", ["../2024-06-30"]),
    ("区住建局要把开工前审批时限压缩到5天。", [None]),
    ("去年立项的工程，各镇要编制收尾方案。", [None]),
    ("今年的任务很重，各镇要建立项目清单。", [None]),
    ("今年要做好：（1）改造公厕12座；（2）新增停车位200个。", ["2024", "2024"]),
]


@pytest.mark.parametrize(("text", "expected"), DEADLINES)
def test_times_belong_to_the_verb_they_stand_before(text: str, expected: list[str | None]) -> None:
    assert [row[2] for row in rows(text)] == expected


def test_requirements_beside_a_task_are_its_measures() -> None:
    task, *_ = speechmine.extract("要建立问题台账，加强跟踪问效。").tasks
    assert task.measures == ("加强跟踪问效",)


def test_no_party_is_made_up() -> None:
    assert [row[1] for row in rows("要建立问题台账。要改造管网12公里。")] == [[], []]
