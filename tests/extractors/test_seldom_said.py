"""Ways to say it that few texts use."""

from __future__ import annotations

import pytest

import speechmine

# Sentence, number, indicator, what it is of, whether level, share or change.
METRICS = [
    ("全市规上工业力争实现增加值增长8%。", "增长8%", "全市", "yoy"),
    ("全区上下力争实现税收收入增长8%。", "增长8%", "全区", "yoy"),
    ("高新技术产业占比达到45%。", "达到45%", None, "share"),
    ("清洁能源占比提高到30%。", "提高到30%", None, "share"),
    ("高新技术产业占比提高5个百分点。", "提高5个百分点", None, "ppt"),
    ("清洁能源占比提高5%。", "提高5%", None, "share"),
]
# A bracket within a bracket that says nothing more; who is named in it.
BRACKETS = [
    ("建设水厂2座（市水务局牵头，市财政局配合）。", ("市水务局", "市财政局")),
    (
        "建设水厂（市水务局（含水文中心）牵头，市财政局配合）。",
        ("市水务局（含水文中心）", "市财政局"),
    ),
    ("建设水厂（6月底前，市水务局牵头）。", ("市水务局",)),
    ("要建设水厂（6月底前）。", ()),
]


@pytest.mark.parametrize(("sentence", "number", "scope", "change"), METRICS)
def test_what_a_number_is_of(sentence: str, number: str, scope: str | None, change: str) -> None:
    (metric,) = speechmine.extract(sentence, date="2024-02-01").metrics
    assert number in metric.text
    assert (metric.scope, metric.change) == (scope, change)


@pytest.mark.parametrize(("sentence", "parties"), BRACKETS)
def test_who_is_named_in_a_bracket(sentence: str, parties: tuple[str, ...]) -> None:
    (task,) = speechmine.extract(sentence, date="2024-02-01").tasks
    assert tuple(party.text for party in task.parties) == parties


def test_an_item_ends_behind_doubled_brackets() -> None:
    sentence = "要在6月底前建成水厂（（市水务局牵头））。"
    (task,) = speechmine.extract(sentence, date="2024-02-01").tasks
    assert task.text == sentence.removeprefix("要").rstrip("。")


@pytest.mark.parametrize("indent", ["", "\u3000", "\t", " \u3000\t", "\u3000\u3000"])
def test_a_label_opens_a_line_behind_any_indent(indent: str) -> None:
    text = f"一、要在6月底前建成水厂。\n{indent}责任单位：市水务局。"
    assert any("市水务局" in p.text for t in speechmine.extract(text).tasks for p in t.parties)
