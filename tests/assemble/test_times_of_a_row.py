"""Times that open a sentence, last as long as an event, or say how often."""

from __future__ import annotations

import pytest

import speechmine

HOLDS = [
    # sentence, deadlines of its tasks
    (
        "县数据局到2024年底前，建成政务云平台，编制数据目录，开通统一登录。",
        ["到2024年底前", "到2024年底前", "到2024年底前"],
    ),
    # Another body's clause is not covered, nor is one behind a semicolon.
    (
        "市交通局到2025年6月前，改造农村公路80公里，县财政局安排资金2000万元。",
        ["到2025年6月前", None],
    ),
    (
        "县水利局到2024年底前，建成泵站6座；开展渠道巡查。",
        ["到2024年底前", None],
    ),
    ("考试两天校医室要备足药品。", ["考试两天"]),
    ("县投促局分季度发布机会清单。", ["分季度"]),
    ("社区在楼栋群里天天转发提醒短信。", ["天天"]),
]


@pytest.mark.parametrize(("text", "times"), HOLDS)
def test_a_time_reaches_its_deeds(text: str, times: list[str | None]) -> None:
    found = speechmine.extract(text, date="2024-05-10").tasks
    assert [task.deadline.text for task in found] == times


@pytest.mark.parametrize("text", ["12号院先装充电桩。", "2号库要腾空。", "5号桥先修。"])
def test_the_number_of_a_place_is_no_day(text: str) -> None:
    assert all(t.deadline.text is None for t in speechmine.extract(text, date="2024-05-10").tasks)
