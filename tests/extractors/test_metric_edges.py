"""Where the wording of a figure begins: at a word or a clause, never inside one."""

from __future__ import annotations

import pytest

import speechmine

WORDINGS = [
    # sentence, wordings
    ("三季度储备并购对象三到四个。", ["并购对象三到四个"]),
    ("市国资委年内盘活并购资金3亿元。", ["并购资金3亿元"]),
    ("县医保局6月底前办理并轨手续120件。", ["并轨手续120件"]),
    ("车棚还要再加20个，7号院先装8个，5月底前装好。", ["加20个", "7号院先装8个"]),
    ("县供水公司从7月起每吨降到三元。", ["每吨降到三元"]),
    ("从下个月起每方水降到两块三。", ["每方水降到两块三"]),
    ("市大数据局6月底前把政务外网时延降到5毫秒以内。", ["政务外网时延降到5毫秒以内"]),
    ("市通信办打造市内1ms、全省5ms低时延圈。", ["市内1ms", "5ms低时延圈"]),
    ("每亩补助3000元，最高30万元。", ["每亩补助3000元", "最高30万元"]),
    ("县旅游局要在渡口早上8点到10点增设疏导员6名。", ["疏导员6名"]),
    ("县林业局在9个路口摆放宣传牌30块。", ["9个路口", "宣传牌30块"]),
    # 起 of a word of its own stays.
    ("年内新增起重机10台。", ["起重机10台"]),
    ("全县城镇新增就业5万人，并培训护理员300人。", ["城镇新增就业5万人", "护理员300人"]),
]


@pytest.mark.parametrize(("text", "wordings"), WORDINGS)
def test_a_wording_is_cut_at_a_border(text: str, wordings: list[str]) -> None:
    found = speechmine.extract(text, date="2024-05-10").metrics
    assert [metric.text for metric in found] == wordings
