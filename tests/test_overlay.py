"""Rules of the user's own hold wherever the shipped ones do."""

from __future__ import annotations

from pathlib import Path

import pytest

import speechmine
from speechmine.rules.loader import load_rules
from speechmine.rules.schema import RuleSet

#: A body, a word for a part in the work, a phrase for a deadline, an indicator, a kind of heading.
OWN = {
    "body_aliases.csv": (
        "id,value,terms,use,scope\nmine.chaye,agriculture_rural,茶业发展促进专班,name,prefix\n"
    ),
    "roles.toml": (
        "[[rule]]\nid = 'mine.role'\nextends = 'role.after.supervise'\n"
        "pattern = '跟进督导'\nexamples = ['由县纪委监委跟进督导']\n"
    ),
    "deadline_cues.toml": (
        "[[rule]]\nid = 'mine.cue'\nvalue = 'immediate'\npattern = '说干就干地?'\n"
        "examples = ['说干就干修好水渠']\n"
    ),
    "indicators.toml": (
        "[[rule]]\nid = 'mine.rate'\nvalue = '茶园机采率'\nterms = ['茶园机采率']\n"
        "unit = '%'\nbetter = 'more'\nexamples = ['茶园机采率达到六成']\n"
    ),
    "headings.toml": (
        "[[rule]]\nid = 'mine.heading'\nextends = 'heading.scope'\n"
        "pattern = '^拉回来说[^，。]{2,8}。$'\nexamples = ['拉回来说茶园管护。']\n"
    ),
}


@pytest.fixture
def rules(tmp_path: Path) -> RuleSet:
    for name, content in OWN.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return load_rules(tmp_path)


def test_each_kind_of_rule_reaches_the_records(rules: RuleSet) -> None:
    text = (
        "在全县茶产业推进会上的讲话\n同志们：\n"
        "拉回来说茶园管护。茶业发展促进专班要说干就干修好水渠12公里，由县纪委监委跟进督导。\n"
        "今年茶园机采率要达到60%以上。"
    )
    plain = speechmine.extract(text, date="2025-03-02", mode="full")
    own = speechmine.extract(text, date="2025-03-02", mode="full", rules=rules)
    task = next(t for t in own.tasks if "水渠" in t.text)
    roles = {(p.text, p.role) for t in own.tasks for p in t.parties}
    assert ("县纪委监委", "supervise") in roles
    assert "茶业发展促进专班" in [p.text for p in task.parties]
    assert task.deadline.kind == "immediate"
    assert [m.indicator_id for m in own.metrics if m.unit == "%"] == ["mine.rate"]
    labels = {s.text: s.discourse for s in own.segments}
    assert labels["拉回来说茶园管护。"] == "heading"
    assert plain.tasks != own.tasks
    assert all(t.rule.endswith(f"@{rules.version}") for t in own.tasks)
