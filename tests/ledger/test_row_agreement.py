"""Times and remarks of a row agree with the words that stand in it."""

from __future__ import annotations

import pytest

import speechmine
from speechmine.ledger import make_ledger
from speechmine.ledger.drafting.tabled import TabledRow

DAY = "2024-05-10"


def rows(text: str, day: str | None = DAY) -> list[dict[str, str]]:
    return [row.cells for row in make_ledger([speechmine.extract(text, date=day)]).rows]


TIMES = [
    # sentence, 完成时限 and 最迟日期 of its first row
    ("县住建局6月10日前公布方案并于年底前交付96套。", "6月10日前；年底前", "2024-12-31"),
    ("县财政局牵头清理欠款名册，6月30日前收回2亿元，全年收回3亿元。", "全年", "2024-12-31"),
    ("县司法局选派律师10名坐班，7月2日起，每个工作日至少2人。", "7月2日起，每个工作日", ""),
    ("县教育局今年秋季学期先在15所幼儿园试点开设托班。", "今年秋季学期", None),
    # What is over, what names something and what says of whom is no time that is owed.
    ("县住建局编制2025年改造方案，6月底前报县政府。", "6月底前", "2024-06-30"),
    ("县水利局要修复去年3月底前损毁的水闸2座。", "", ""),
    ("县水利局6月底前修复水闸2座，兑现7月底前的承诺。", "6月底前", "2024-06-30"),
]


@pytest.mark.parametrize(("text", "deadline", "latest"), TIMES)
def test_a_row_names_every_time_that_its_words_show(
    text: str, deadline: str, latest: str | None
) -> None:
    shown = [row for row in rows(text) if row["deadline"] == deadline]
    assert shown, [(row["task"], row["deadline"]) for row in rows(text)]
    assert latest is None or shown[0]["latest"] == latest


def test_every_time_of_a_cell_stands_in_the_text() -> None:
    for text, _, _ in TIMES:
        for row in rows(text):
            assert all(said in text for said in row["deadline"].split("；"))


def test_rows_of_one_sentence_say_each_its_own_words() -> None:
    text = "北河乡试行的“联户养老”效果好，县民政局总结一下，下月提请县政府印发意见，在全县推开。"
    tasks = [row["task"].rpartition("）")[2] for row in rows(text)]
    assert len(tasks) > 1
    assert not any(a in b for a in tasks for b in tasks if a is not b)


SILENT = [
    ("继续开展巡查，建立巡查台账。", ""),
    ("县水利局要持续开展河道巡查，建立巡查台账。", "时限要求：持续"),
    ("县市场监管局要深入开展专项治理，对收受红包行为发现一起，查处一起，依法严肃处理。", ""),
]


@pytest.mark.parametrize(("text", "remark"), SILENT)
def test_words_that_ask_for_no_time_are_no_remark(text: str, remark: str) -> None:
    assert rows(text)[0]["remark"] == remark


NAMED = [
    ("县卫健委", "县卫健委", "县卫健委（牵头）"),
    ("县卫健委", "县医保局", "县卫健委（牵头）\n县医保局"),
    ("县卫健委", "", "县卫健委"),
]


@pytest.mark.parametrize(("lead", "other", "who"), NAMED)
def test_a_body_is_named_once_in_a_cell(lead: str, other: str, who: str) -> None:
    cells = {"lead": lead, "responsible": other}
    assert TabledRow(cells, {}).named().cells["who"] == who
