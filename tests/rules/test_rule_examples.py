"""Every rule file is its own test table: examples must fire, counterexamples must not."""

from __future__ import annotations

import re

import pytest

from speechmine.errors import RuleError
from speechmine.rules.loader import default_rules, load_rules
from speechmine.rules.schema import Rule

RULES = [(name, rule) for name, table in default_rules().tables.items() for rule in table]
EXAMPLES = [(rule, text) for _, rule in RULES for text in rule.examples]
COUNTEREXAMPLES = [(rule, text) for _, rule in RULES for text in rule.counterexamples]


def holds(rule: Rule, text: str) -> bool:
    """A term of the rule, or its pattern (a guard may match between characters), is there."""
    literal = any(term in text for term in rule.terms)
    return literal or bool(rule.pattern and re.search(rule.pattern, text))


def label(value: object) -> str:
    return value.id if isinstance(value, Rule) else str(value)


@pytest.mark.parametrize(("rule", "text"), EXAMPLES, ids=label)
def test_rule_holds_in_its_examples(rule: Rule, text: str) -> None:
    assert holds(rule, text)


@pytest.mark.parametrize(("rule", "text"), COUNTEREXAMPLES, ids=label)
def test_rule_does_not_hold_in_its_counterexamples(rule: Rule, text: str) -> None:
    assert not holds(rule, text)


def test_every_hand_written_rule_shows_examples() -> None:
    bare = [
        f"{name}: {rule.id}"
        for name, rule in RULES
        if (rule.pattern or rule.terms) and not rule.examples and not name.startswith("bod")
    ]
    assert bare == []


def test_ids_are_unique_within_a_table() -> None:
    for name, table in default_rules().tables.items():
        ids = [rule.id for rule in table]
        assert len(ids) == len(set(ids)), name


def test_overlay_replaces_and_adds(tmp_path) -> None:
    (tmp_path / "verb_roles.toml").write_text(
        '[[rule]]\nid = "verb_role.closing"\nvalue = "closing"\nterms = ["成就"]\n'
        '[[rule]]\nid = "verb_role.mine"\nvalue = "closing"\nterms = ["擦亮"]\n',
        encoding="utf-8",
    )
    rules = load_rules(tmp_path)
    assert {"成就", "擦亮"} < rules.terms("verb_roles")
    assert "打造" not in rules.terms("verb_roles")
    assert rules.version != default_rules().version


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("[[rule]]\nvalue = 'v'\n", "bad.toml: entry '(no id)': field id"),
        ("[[rule]]\nid = 'a'\n", "bad.toml: entry 'a': field value"),
        ("[[rule]]\nid='a'\nvalue='v'\npattern='('\n", "bad.toml: entry 'a': field pattern"),
        ("[[rule]]\nid='a'\nvalue='v'\npattern='{none}'\n", "no fragment 'none'"),
        ("[[rule]]\nid='a'\nvalue='v'\n[[rule]]\nid='a'\nvalue='v'\n", "used twice"),
        ("[[rule", "not valid TOML"),
        (
            "[fragments]\na='{b}'\nb='{a}'\n[[rule]]\nid='a'\nvalue='v'\npattern='{a}'\n",
            "refer to each other",
        ),
    ],
)
def test_a_bad_rule_file_is_named_with_entry_and_field(tmp_path, content, expected) -> None:
    (tmp_path / "bad.toml").write_text(content, encoding="utf-8")
    with pytest.raises(RuleError, match=re.escape(expected)):
        load_rules(tmp_path)


def test_unknown_table_names_the_known_ones() -> None:
    with pytest.raises(RuleError, match=r"there are: .*verbs"):
        default_rules().table("nothing")
