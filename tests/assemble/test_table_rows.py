"""Work-division tables: one matter a row, every part of it from its own cell."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

import speechmine
from speechmine.model import Extraction
from speechmine.readers import read_bytes

from shared import SHARED

DAY = "2026-03-01"


def table(*rows: str, suffix: str = ".tsv") -> Extraction:
    """Rows with their cells parted by ``|``, in full mode."""
    mark = "," if suffix == ".csv" else "\t"
    content = "\n".join(row.replace("|", mark) for row in rows)
    document = read_bytes(content.encode(), suffix=suffix)
    return speechmine.extract(document, date=DAY, mode="full")


def who(result: Extraction) -> list[list[tuple[str, str]]]:
    return [[(p.text, p.role) for p in task.parties] for task in result.tasks]


def test_each_column_has_its_part() -> None:
    result = table(
        "序号|工作任务|牵头单位|责任单位|配合单位|完成时限|备注",
        "1|新建农村公路60公里|区交通局|各镇|区财政局、区林业局|9月底前|含桥梁2座",
    )
    (task,) = result.tasks
    assert (task.text, task.action, task.object) == (
        "新建农村公路60公里",
        "新建",
        "农村公路60公里",
    )
    assert who(result) == [
        [
            ("区交通局", "lead"),
            ("各镇", "responsible"),
            ("区财政局", "cooperate"),
            ("区林业局", "cooperate"),
        ]
    ]
    assert (task.deadline.text, task.deadline.edtf) == ("9月底前", "../2026-09-30")
    assert (task.level, task.item) == (3, "1")
    assert [(m.low, m.unit) for m in result.metrics if m.id in task.metrics] == [(60, "公里")]
    assert [(cell.column, cell.text) for cell in task.other] == [("备注", "含桥梁2座")]


HEADERS = [
    "序号|重点任务|主办单位|协办单位|办结期限",
    "编号|工作事项|牵头部门|配合部门|时间节点",
    "序 号|工 作 任 务|牵 头 单 位|配 合 单 位|完 成 时 限",
    "序号|目标任务|牵头责任单位|协同单位|完成时间（月）",
    "No.|督办事项|主责单位|参与单位|要求完成时间",
    "id|task|lead|co|deadline",
]


@pytest.mark.parametrize("header", HEADERS)
def test_columns_go_by_many_names(header: str) -> None:
    result = table(header, "1|修订防汛预案|区水利局|各镇|5月底前")
    assert who(result) == [[("区水利局", "lead"), ("各镇", "cooperate")]]
    assert result.tasks[0].deadline.edtf == "../2026-05-31"


def test_columns_stand_in_any_order() -> None:
    result = table("完成时限|配合单位|工作任务|牵头单位", "5月底前|各镇|修订防汛预案|区水利局")
    assert who(result) == [[("各镇", "cooperate"), ("区水利局", "lead")]]
    assert result.tasks[0].title == "修订防汛预案"


def test_a_header_may_stand_below_a_title() -> None:
    result = table(
        "云岭区2026年重点任务分解表|||",
        "填报单位：区政府办|||",
        "序号|工作任务|责任单位|完成时限",
        "1|建成便民服务站12个|区民政局|年底前",
    )
    assert result.document.title == "云岭区2026年重点任务分解表"
    assert who(result) == [[("区民政局", "responsible")]]


def test_a_header_may_take_two_rows() -> None:
    result = table(
        "序号|工作任务|责任分工||完成时限",
        "||牵头单位|配合单位|",
        "1|举办春季招聘会|区人社局|区工会|3月底前",
    )
    assert who(result) == [[("区人社局", "lead"), ("区工会", "cooperate")]]


def test_tables_one_below_the_other_have_headers_of_their_own() -> None:
    result = table(
        "序号|工作任务|牵头单位|完成时限",
        "1|修缮桥梁3座|区交通局|6月底前",
        "序号|配合单位|责任单位|重点工作",
        "1|各镇|区水利局|清淤河道5公里",
    )
    assert [t.title for t in result.tasks] == ["修缮桥梁3座", "清淤河道5公里"]
    assert who(result)[1] == [("各镇", "cooperate"), ("区水利局", "responsible")]


def test_heading_rows_are_sections_and_numbers_start_again() -> None:
    result = table(
        "序号|工作任务|责任单位",
        "一|城市更新|",
        "1|改造老旧小区8个|区住建局",
        "二|生态保护|",
        "1|补植行道树300株|区林业局",
    )
    assert [(s.label, s.title, s.depth) for s in result.sections] == [
        ("一", "城市更新", 1),
        ("二", "生态保护", 1),
    ]
    assert [(t.section, t.item) for t in result.tasks] == [("s1", "1"), ("s2", "1")]


def test_an_empty_category_goes_on_and_a_shared_name_groups() -> None:
    result = table(
        "类别|重点任务|具体措施|责任单位",
        "民生|办好养老实事|新建老年食堂6个|区民政局",
        "||培训护理员200人|区人社局",
        "|办好助学实事|发放助学金300万元|区教育局",
    )
    assert [(t.title, t.group) for t in result.tasks] == [
        ("新建老年食堂6个", "办好养老实事"),
        ("培训护理员200人", "办好养老实事"),
        ("办好助学实事", "民生"),
    ]


def test_a_row_without_task_adds_to_the_one_above() -> None:
    result = table(
        "序号|工作任务|责任单位|完成时限",
        "1|排查危旧房屋|区住建局|4月底前",
        "||区应急局|",
        "2|印发排查通报|区政府办|5月底前",
    )
    assert who(result)[0] == [("区住建局", "responsible"), ("区应急局", "responsible")]
    assert len(result.tasks) == 2


def test_marks_of_emptiness_and_repetition() -> None:
    result = table(
        "序号|工作任务|牵头单位|配合单位|完成时限",
        "1|编制供水规划|区水利局|/|6月底前",
        "2|编制排水规划|同上|—|同上",
    )
    assert who(result) == [[("区水利局", "lead")], [("区水利局", "lead")]]
    assert [t.deadline.edtf for t in result.tasks] == 2 * ["../2026-06-30"]


def test_target_columns_give_metrics_of_their_year() -> None:
    result = table(
        "序号|工作内容|2026年目标|2027年目标|牵头单位",
        "1|培育数字农场|建成数字农场5个|建成数字农场9个|区农业农村局",
    )
    assert [(m.low, m.period, m.kind) for m in result.metrics] == [
        (5, "2026", "target"),
        (9, "2027", "target"),
    ]
    assert len(result.tasks[0].metrics) == 2


def test_totals_notes_and_repeated_headers_are_no_matters() -> None:
    result = table(
        "序号|工作任务|责任单位",
        "1|修缮桥梁3座|区交通局",
        "序号|工作任务|责任单位",
        "2|清淤河道5公里|区水利局",
        "合计|2项|",
        "注：每月底报送进度。||",
    )
    assert [t.title for t in result.tasks] == ["修缮桥梁3座", "清淤河道5公里"]


def test_a_cell_may_say_roles_of_its_own() -> None:
    result = table(
        "工作任务|责任分工|完成时限",
        "办好丰收节|区农业农村局牵头，区文旅局、区商务局配合|9月",
        "拆除违建2万平方米|牵头单位：区城管局；责任单位：各街道|持续推进",
    )
    assert who(result) == [
        [("区农业农村局", "lead"), ("区文旅局", "cooperate"), ("区商务局", "cooperate")],
        [("区城管局", "lead"), ("各街道", "responsible")],
    ]
    assert [t.deadline.kind for t in result.tasks] == ["within", "ongoing"]


def test_names_that_lost_their_line_break_are_parted() -> None:
    result = table("工作任务|责任单位", "建立联席会议制度|区教育局区卫健局")
    assert who(result) == [[("区教育局", "responsible"), ("区卫健局", "responsible")]]


def test_a_group_that_says_who_leads_it() -> None:
    result = table(
        "领域|工作任务|责任单位",
        "教育（牵头单位：区教育局）|扩建小学2所|各镇",
        "教育（牵头单位：区教育局）|新招教师50名|区人社局",
    )
    assert who(result)[1] == [("区教育局", "lead"), ("区人社局", "responsible")]
    assert [p.source for p in result.tasks[1].parties] == ["heading", "explicit"]


def test_rows_short_of_cells_keep_to_the_right() -> None:
    result = table(
        "序号|考核项目|分值|工作内容|责任单位",
        "1|河道管护|10|清理河道垃圾200吨|区水利局",
        "5|安装警示牌40块|各镇",
    )
    assert [(t.text, t.group) for t in result.tasks] == [
        ("清理河道垃圾200吨", "河道管护"),
        ("安装警示牌40块", "河道管护"),
    ]


def test_quoted_cells_hold_commas_and_lines() -> None:
    result = table(
        "工作任务|牵头单位|完成时限",
        '"编制“一河一策”，\n明确河长"|"区水利局、区城管局"|8月底前',
        suffix=".csv",
    )
    assert who(result) == [[("区水利局", "lead"), ("区城管局", "lead")]]
    assert result.tasks[0].text == "编制“一河一策”，\n明确河长"


def test_a_time_that_no_rule_reads_keeps_its_wording() -> None:
    result = table("工作任务|责任单位|完成时限", "整治集市|各镇|视墒情而定")
    assert (result.tasks[0].deadline.text, result.tasks[0].deadline.edtf) == ("视墒情而定", None)
    assert [n.code for n in result.notices] == ["unread_time"]


def test_a_row_that_says_who_is_a_task_and_one_that_says_nothing_is_judged_by_its_words() -> None:
    booked = table("工作任务|责任单位", "提升工作水平|各镇")
    bare = table("序号|工作任务", "1|提升工作水平", "2|新建公园2个")
    assert [t.level for t in booked.tasks] == [2]
    assert [t.level for t in bare.tasks] == [1, 2]


def test_of_two_times_the_one_that_a_rule_reads_counts() -> None:
    result = table("工作任务|责任单位|完成时限|完成时间", "整治集市|各镇|视墒情而定|9月底前")
    assert [(t.deadline.text, t.deadline.edtf) for t in result.tasks] == [
        ("9月底前", "../2026-09-30")
    ]


LATEST = [
    # said in an earlier year, which only the day worked out then still knows
    ("明年3月底前", "2026-03-31", (None, "2026-03-31")),
    ("2031年3月底前", "2032-03-31", ("../2031-03-31", "2031-03-31")),
]


@pytest.mark.parametrize(("said", "latest", "expected"), LATEST)
def test_a_day_worked_out_before_tells_which_year_was_meant(
    said: str, latest: str, expected: tuple[str | None, str]
) -> None:
    result = table("工作任务|责任单位|完成时限|最迟日期", f"整治集市|各镇|{said}|{latest}")
    (deadline,) = [task.deadline for task in result.tasks]
    assert (deadline.edtf, deadline.latest) == expected


def test_the_first_of_those_who_answer_leads_whoever_helps_before_it() -> None:
    result = table(
        "序号|工作任务|配合单位|责任单位（列第一位的为牵头单位）",
        "1|扩建粮库|区审计局|区发改委、区财政局",
    )
    assert [p.role for p in result.tasks[0].parties] == ["cooperate", "lead", "responsible"]


LEADS = [
    ("序号|工作任务|责任单位（列第一位的为牵头单位）", "", ["lead", "responsible"]),
    ("序号|工作任务|责任单位", "注：责任单位中排在第一位的为牵头单位。||", ["lead", "responsible"]),
    ("序号|工作任务|责任单位", "", ["responsible", "responsible"]),
    ("序号|工作任务|责任单位", "注：责任单位排名不分先后。||", ["responsible", "responsible"]),
]


@pytest.mark.parametrize(("header", "note", "roles"), LEADS)
def test_the_first_leads_only_where_the_document_says_so(
    header: str, note: str, roles: list[str]
) -> None:
    result = table(header, "1|扩建粮库|区发改委、区财政局", note)
    assert [p.role for p in result.tasks[0].parties] == roles


def test_every_part_points_to_its_characters() -> None:
    result = table(
        "序号|工作任务|牵头单位|完成时限|备注",
        "1|新建公园２ 个。|区住建局|１０月底前|重点",
    )
    text = result.document.text
    (task,) = result.tasks
    records = [task, *task.parties, *task.other, *result.metrics, *result.segments]
    assert all(text[r.start : r.end] == r.text for r in records)
    assert task.text == "新建公园２ 个"
    assert task.deadline.text == "１０月底前"
    assert task.deadline.latest == "2026-10-31"


def test_text_around_a_table_is_read_as_text() -> None:
    grid = table("工作任务|责任单位", "修缮桥梁3座|区交通局").document
    before = "一、工作要求\n各单位要建立值班台账。\n"
    cells = grid.tables[0].cells
    moved = tuple(
        dataclasses.replace(c, start=c.start + len(before), end=c.end + len(before)) for c in cells
    )
    end = len(before) + len(grid.text)
    placed = dataclasses.replace(grid.tables[0], start=len(before), end=end, cells=moved)
    document = dataclasses.replace(grid, text=before + grid.text, tables=(placed,))
    result = speechmine.extract(document)
    assert [(t.title, t.rule.split("@")[0]) for t in result.tasks] == [
        ("建立值班台账", "task.deliver"),
        ("修缮桥梁3座", "table.row"),
    ]


def test_a_table_without_task_column_is_a_notice() -> None:
    result = table("序号|姓名|电话", "1|甲|123")
    (notice,) = result.notices
    assert notice.code == "no_task_column"
    assert "序号、姓名、电话" in notice.message
    assert result.tasks == ()


def test_a_table_without_rows_is_a_notice() -> None:
    assert [n.code for n in table("序号|工作任务|责任单位").notices] == ["empty_table"]


REAL = sorted((SHARED / "assignments" / "tables").glob("*.tsv"))


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_real_tables_give_a_task_a_row(path: Path) -> None:
    result = speechmine.extract(speechmine.read(path), date=DAY, mode="full")
    lines = [line for line in result.document.text.splitlines() if line[:1].isdigit()]
    text = result.document.text
    assert len(result.tasks) >= 0.95 * len(lines)
    for task in result.tasks:
        parts = [task, *task.parties, *task.other]
        assert all(text[r.start : r.end] == r.text for r in parts)
    assert len({task.id for task in result.tasks}) == len(result.tasks)


@pytest.mark.skipif(not REAL, reason="no measuring data")
def test_nearly_all_rows_of_real_tables_name_somebody() -> None:
    tasks = [
        task
        for path in REAL
        if path.stem != "county-石城县-2018-1"  # a table of marks, without column for parties
        for task in speechmine.extract(speechmine.read(path), date=DAY, mode="full").tasks
    ]
    assert sum(bool(task.parties) for task in tasks) >= 0.98 * len(tasks)
