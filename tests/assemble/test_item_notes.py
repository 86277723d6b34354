"""Notes at the end of numbered items that say which of them they are for."""

from __future__ import annotations

import pytest

import speechmine

# Numbered items with a note; the parties of each row in turn.
NOTES = [
    (
        (
            "1.新建蜂场6个。〔责任单位：区农业农村局〕\n2.引进加工企业2家。\n3.培育示范社3家。\n"
            "4.建成冷库1座。〔第2至4条责任单位：区商务局、区工信局〕\n"
        ),
        ["区农业农村局", "区商务局 区工信局", "区商务局 区工信局", "区商务局 区工信局"],
    ),
    (
        "（五）新增车位90个。\n（六）更换路灯60盏。\n（第五、六项由区城管局负责）\n",
        ["区城管局", "区城管局"],
    ),
    (
        ("3.新建驿站3个。\n4.修建步道8公里。\n5.新建球场2个。（第3、5条责任单位：区体育局）\n"),
        ["区体育局", "", "区体育局"],
    ),
    # The numbering before it began anew: the other 2 is out of reach.
    (
        (
            "1.新建泵站2座。\n2.疏浚河道3公里。\n一、其他\n1.新建书屋5座。\n"
            "2.修缮祠堂1处。（第1至2条责任单位：区文旅局）\n"
        ),
        ["", "", "区文旅局", "区文旅局"],
    ),
    # Numbers that no item has give nobody anything.
    ("1.新建泵站2座。\n（第7至9条责任单位：区水利局）\n", ["区水利局"]),
]


@pytest.mark.parametrize(("text", "expected"), NOTES)
def test_a_note_holds_for_the_items_it_names(text: str, expected: list[str]) -> None:
    tasks = speechmine.extract(f"关于办好实事的若干措施\n{text}").tasks
    assert [" ".join(p.text for p in task.parties) for task in tasks] == expected
