"""Results without the report before, and what owes nothing though it reads like a goal."""

from __future__ import annotations

import pandas as pd
import pytest

from speechmine.model import Document
from speechmine.pledges import achieved, promises, ratchet, targets
from speechmine.tables import columns_of

REVIEW = "一、2023年工作回顾\n{}\n二、2024年重点任务\n{}\n"


def tables(review: str = "各项事业进步。", plan: str = "要抓好落实。") -> tuple[pd.DataFrame, ...]:
    report = Document(REVIEW.format(review, plan), id="a", date="2024-01-10", place="东河县")
    return achieved([report]), targets([report])


@pytest.mark.parametrize(
    ("review", "figures"),
    [
        ("财政收入增长5.6%。", [("2023", 5.6, None, False, False)]),
        (
            "财政收入增长5.6%，比2020年增长18%。",
            [("2023", 5.6, None, False, False), ("2023", 18, 2020, False, False)],
        ),
        (
            "新增公园7座，累计达到90座。",
            [("2023", 7, None, False, False), ("2023", 90, None, True, False)],
        ),
        ("上半年财政收入增长4%。", [("2023", 4, None, False, True)]),
        ("五年来，新建学校40所。", [("2019/2023", 40, None, False, False)]),
    ],
)
def test_figures_say_what_they_count_from(review: str, figures: list[tuple[object, ...]]) -> None:
    found, owed = tables(review)
    rows = found[["period", "low", "base", "added", "part"]].astype(object)
    assert [tuple(None if pd.isna(v) else v for v in row) for row in rows.to_numpy()] == figures
    assert owed.empty


def test_columns_hold_for_no_rows() -> None:
    empty, _ = tables()
    assert empty.columns.tolist() == [column.name for column in columns_of("achieved")]
    assert empty.dtypes.to_dict() == tables("财政收入增长5.6%。")[0].dtypes.to_dict()


@pytest.mark.parametrize(
    "review",
    [
        # Reads like a goal, below a heading that looks back.
        "制定园林专项规划，建成绿道50公里，20个街区实现绿化。",
        "预计全区地区生产总值增长5.2%左右，财政收入增长3.1%，失业率4.1%左右。",
        "推进农业强区建设，高标准农田达到13.5万亩。",
        "全年计划投资20亿元，完成投资21亿元。",
    ],
)
def test_below_a_review_nothing_is_owed(review: str) -> None:
    found, owed = tables(review)
    assert len(found)
    assert owed["wording"].tolist() in ([], ["投资20亿元"])


def test_a_list_of_deeds_ends_with_its_full_stop() -> None:
    _, owed = tables(
        plan="要扩大投资。去年已建成堤防61公里；去年已建成公路12公里；去年已建成粮仓25座。今年新建学校6所。"
    )
    assert owed["wording"].tolist() == ["学校6所"]


@pytest.mark.parametrize(
    "entry",
    [
        "3.“双百工程”：建设100个园区、100个社区。",
        "14、青苗计划：遴选支持350名左右人才。今后还将支持100名。",
        "（5）“1+3”平台：1个中心、3个分站。",
        "【氢走廊】两地投入约1000辆货车。",
    ],
)
def test_a_glossary_owes_nothing(entry: str) -> None:
    text = REVIEW.format("各项事业进步。", "新建学校6所。") + f"谢谢大家！\n名词解释\n{entry}\n"
    owed = targets([Document(text, id="a", date="2024-01-10", place="东河县")])
    assert owed["wording"].tolist() == ["学校6所"]


@pytest.mark.parametrize(
    ("plan", "wordings"),
    [
        ("新增煤炭产能80万吨，新建学校6所。", ["煤炭产能80万吨", "学校6所"]),
        ("帮扶从15个村扩大到57个村，新建学校6所。", ["57个村", "学校6所"]),
    ],
)
def test_sizes_and_beginnings_are_no_goals(plan: str, wordings: list[str]) -> None:
    assert tables(plan=plan)[1]["wording"].tolist() == wordings


PLAN = "一、2025年工作回顾\n各项事业进步。\n{}\n三、2026年重点工作\n{}\n"


@pytest.mark.parametrize(
    ("goals", "work", "expected"),
    [
        (
            "二、“十五五”时期主要目标\n地区生产总值年均增长5%左右。",
            "抓好落实。",
            [("2026/2030", 2030, "average")],
        ),
        (
            "二、“十四五”时期发展情况和“十五五”时期主要目标\n提出地区生产总值年均增长5%左右。",
            "抓好落实。",
            [("2026/2030", 2030, "average")],
        ),
        (
            "二、“十五五”时期主要目标\n综合考虑2035年远景目标，要确保地区生产总值年均增长5%。",
            "抓好落实。",
            [("2026/2030", 2030, "average")],
        ),
        (
            "二、主要目标\n到2030年，财政收入年均增长6%，城镇化率达到75%。",
            "抓好落实。",
            [("2026/2030", 2030, "average"), ("2030", 2030, "plan")],
        ),
        ("二、主要目标\n到2028年，财政收入年均增长6%。", "抓好落实。", [(None, 2028, "average")]),
        (
            "二、要求\n今年是“十五五”开局之年。",
            "抓好“十五五”规划编制。储备项目，全年新建学校6所。新建公园7座。",
            [("2026", 2026, "annual"), ("2026", 2026, "annual")],
        ),
        (
            "二、要求\n全面衔接“十五五”规划。",
            "高质量完成“十五五”规划编制，新建学校6所。",
            [("2026", 2026, "annual")],
        ),
    ],
)
def test_the_years_of_a_goal(goals: str, work: str, expected: list[tuple[object, ...]]) -> None:
    report = Document(PLAN.format(goals, work), id="a", date="2026-01-10", place="东河县")
    rows = targets([report])
    rows = rows[rows["low"].notna()][["period", "year", "horizon"]].astype(object)
    assert [tuple(None if pd.isna(v) else v for v in row) for row in rows.to_numpy()] == expected


def test_a_ratchet_takes_results_of_either_kind() -> None:
    def report(year: int, told: str, goal: str) -> Document:
        text = f"一、{year - 1}年工作回顾\n{told}\n二、{year}年工作\n今年财政收入增长{goal}。\n"
        return Document(text, id=str(year), date=f"{year}-01-10", place="贵州")

    first = report(2023, "财政收入增长4%。", "5%")
    second = report(2024, "财政收入增长5.6%，比2020年增长18%。", "6%")
    panel = targets([first, second])
    alone = ratchet(panel, achieved=achieved([first, second]))
    paired = ratchet(panel, achieved=promises(first, second))
    assert alone["deviation"].tolist()[0] == paired["deviation"].tolist()[0] == pytest.approx(0.6)
    assert alone["lift"].tolist() == pytest.approx([1.0, 0.4])


def test_parents_come_from_the_code_list() -> None:
    def report(place: str, goal: str, level: str | None = None) -> Document:
        text = f"今年的主要预期目标是：地区生产总值增长{goal}。"
        return Document(text, id=place, date="2024-01-10", place=place, level=level)  # type: ignore[arg-type]

    panel = targets([report("中国", "5%"), report("贵州", "6%"), report("遵义市", "7%")])
    table = ratchet(panel).set_index("place")
    parents = table["parent"].dropna().to_dict()
    assert parents == {"贵州省": "中国", "遵义市": "贵州省"}
    assert table["place_code"].tolist() == ["000000", "520000", "520300"]
    assert table["amplification"].fillna(0).tolist() == [0, 1, 1]
