"""Which clauses are rows, at what level, with which span (GUIDELINE sections 3 and 4)."""

from __future__ import annotations

import pytest

import speechmine

# sentence -> (level, span text) of each row in full mode
ROWS = [
    ("要尽快成立工作专班，确保任务落实。", [(3, "尽快成立工作专班")]),
    ("要建立问题台账。", [(2, "建立问题台账")]),
    ("要加快推进全县重点项目建设。", [(1, "加快推进全县重点项目建设")]),
    ("加快北环快速路建设。", [(2, "加快北环快速路建设")]),
    ("实施城市更新行动。", [(2, "实施城市更新行动")]),
    ("加强基层队伍建设。", [(1, "加强基层队伍建设")]),
    ("改造老旧小区32个。", [(2, "改造老旧小区32个")]),
    ("完善会商机制，建立健全联席会议制度。", [(1, "完善会商机制"), (2, "建立健全联席会议制度")]),
    ("打造一批特色品牌。", [(1, "打造一批特色品牌")]),
    ("滨河路年内建成通车。", [(3, "滨河路年内建成通车")]),
    ("推动东站片区开园运营。", [(2, "推动东站片区开园运营")]),
    ("争取北湖水库纳入省级规划。", [(2, "争取北湖水库纳入省级规划")]),
    ("落实河长责任制。", [(2, "落实河长责任制")]),
    ("落实惠企政策。", [(1, "落实惠企政策")]),
    ("出台惠企政策。", [(2, "出台惠企政策")]),
    ("县住建局要制定整治方案。", [(3, "县住建局要制定整治方案")]),
    ("确保拆除违建2.3万平方米。", [(2, "拆除违建2.3万平方米")]),
    ("严禁擅自离岗脱岗。", [(1, "严禁擅自离岗脱岗")]),
    (
        "新增规上企业不少于20家，限上商贸企业不少于15家。",
        [(2, "新增规上企业不少于20家，限上商贸企业不少于15家")],
    ),
    ("对每个在建项目都要建立进度台账。", [(2, "对每个在建项目都要建立进度台账")]),
    (
        "要重点抓好两个片区建设：一是东湖片区规划；二是北站片区规划。",
        [(2, "东湖片区规划"), (2, "北站片区规划")],
    ),
    ("谋划成长性好、附加值高的项目。", [(1, "谋划成长性好、附加值高的项目")]),
    ("开展“百企联百村”活动。", [(2, "开展“百企联百村”活动")]),
    ("要组织召开现场推进会。", [(2, "组织召开现场推进会")]),
    ("县交通局要在5月20日前组织设备进场。", [(3, "县交通局要在5月20日前组织设备进场")]),
    ("要赶在汛期前疏通排水管网。", [(2, "赶在汛期前疏通排水管网")]),
    (
        "绕行方案由县交警大队于8月10日前向社会公布。",
        [(3, "绕行方案由县交警大队于8月10日前向社会公布")],
    ),
    ("东站安置房要在年底前竣工。", [(3, "东站安置房要在年底前竣工")]),
]

NO_ROWS = [
    "要坚持以人民为中心，始终牢记初心使命。",
    "干部作风有了明显好转，效能得到提升。",
    "产业发展是强县富民的根本。",
    "确保全年目标任务圆满完成。",
    "县委提出的“三个坚持”，是做好工作的根本遵循。",
    "谢谢大家！",
    "工业产值平均每年增长8%左右。",
]


#: What a bare 改造…。 does, told or asked, is known by what stands above it.
PLAN = "在全县重点工作推进会上的讲话\n同志们：\n二、下一步重点工作\n各级各部门要抓紧推进。\n"


#: So many of the table hold; where level 1 ends and level 2 begins is learnt, not written.
LEAST = 0.78


def rows(text: str) -> list[tuple[int, str]]:
    tasks = speechmine.extract(PLAN + text, date="2024-03-01", mode="full").tasks
    return [(task.level, task.text) for task in tasks if task.start >= len(PLAN)]


def test_rows() -> None:
    wrong = [(text, found) for text, expected in ROWS if (found := rows(text)) != expected]
    assert len(wrong) <= (1 - LEAST) * len(ROWS), wrong


@pytest.mark.parametrize("text", [text for text, _ in ROWS])
def test_no_row_is_passed_over_in_silence(text: str) -> None:
    """A row is listed, or a notice says that something may be owed."""
    result = speechmine.extract(PLAN + text, date="2024-03-01", mode="full")
    noticed = [n for n in result.notices if n.code == "doubtful_task"]
    assert any(record.start >= len(PLAN) for record in (*result.tasks, *noticed))


@pytest.mark.parametrize("text", NO_ROWS)
def test_no_rows(text: str) -> None:
    assert speechmine.extract(text, mode="full").tasks == ()


def test_strict_drops_requirements_only() -> None:
    text = "要加强统筹协调。要制定考核办法。"
    full = speechmine.extract(text, mode="full").tasks
    strict = speechmine.extract(text).tasks
    assert [t.level for t in full] == [1, 2]
    assert strict == tuple(t for t in full if t.level > 1)


def test_same_matter_named_twice_is_linked() -> None:
    first, second = speechmine.extract("要建立整改工作台账。\n各科室要建立整改工作台账。").tasks
    assert first.duplicate_of is None
    assert second.duplicate_of == first.id


def test_the_same_text_gives_the_same_ids() -> None:
    text = "各镇要建立防汛值班台账，县水利局要编制度汛方案。"
    ids = [t.id for t in speechmine.extract(text).tasks]
    assert ids == [t.id for t in speechmine.extract(text).tasks]
    assert len(set(ids)) == len(ids)
