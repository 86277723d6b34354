"""Every rule file is its own test table: examples must fire, counterexamples must not."""

from __future__ import annotations

import re

import pytest

from speechmine.errors import RuleError
from speechmine.rules.loader import default_rules, load_rules
from speechmine.rules.schema import Rule
from speechmine.rules.tables import checked

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
        '[[rule]]\nid = "verb_role.chain"\nvalue = "chain"\nterms = ["成就"]\n'
        '[[rule]]\nid = "verb_role.mine"\nvalue = "chain"\nterms = ["擦亮"]\n',
        encoding="utf-8",
    )
    rules = load_rules(tmp_path)
    assert rules.terms("verb_roles") == {"成就", "擦亮"}
    assert rules.version != default_rules().version


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("[[rule]]\nvalue = 'v'\n", "bad.toml: entry '(no id)': field id"),
        ("[[rule]]\nid = 'a'\n", "bad.toml: entry 'a': field value"),
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


#: What a table cannot read, and what is said of it: file, entry, field, remedy.
UNREADABLE = [
    ("deadline_cues.toml", "pattern='('\nvalue='open'", "field pattern: missing )"),
    (
        "roles.toml",
        "terms=['包抓']\nvalue='lead'\nside='after'",
        "field terms: this",
    ),
    (
        "roles.toml",
        "pattern='包抓'\nvalue='leads'\nside='after'",
        "field value: 'leads' is none",
    ),
    (
        "roles.toml",
        "pattern='包抓'\nvalue='lead'\nside='behind'",
        "field side: 'behind' is none",
    ),
    ("roles.toml", "pattern='包抓'\nvalue='lead'", "field side: it is missing; entries"),
    ("verbs.toml", "pattern='包抓'\nvalue='deliver'", "field pattern: this table"),
    ("verbs.toml", "value='deliver'", "field pattern: it holds nowhere"),
    (
        "verbs.toml",
        "terms=['包抓']\nvalue='deliver'\nweight=3",
        "field weight: no field",
    ),
    (
        "units.toml",
        "terms=['亩分']\nvalue='measure'\ndefiner='yes'",
        "field definer: 'yes' is",
    ),
    ("times.toml", "pattern='开春'\nvalue='saeson'", "field value: 'saeson' is none; there are: "),
    ("headings.toml", "pattern='^说说'\nvalue='heading'", "field id: nothing reads it"),
    (
        "headings.toml",
        "pattern='^说说'\nextends='heading.said'",
        "field extends: no entry",
    ),
    (
        "deadline_cues.toml",
        "pattern='开春'\nvalue='open'\nexamples=['入冬以前']",
        "field examples: it does not hold in '入冬以前'",
    ),
    (
        "deadline_cues.toml",
        "pattern='开春'\nvalue='open'\ncounterexamples=['开春以前']",
        "field counterexamples: it holds in '开春以前'",
    ),
    (
        "verb.toml",
        "terms=['包抓']\nvalue='deliver'",
        "no table is called so",
    ),
]


@pytest.mark.parametrize(("file", "fields", "expected"), UNREADABLE)
def test_an_entry_that_its_table_cannot_read_is_refused_with_the_remedy(
    tmp_path, file, fields, expected
) -> None:
    (tmp_path / file).write_text(f"[[rule]]\nid='mine'\n{fields}\n", encoding="utf-8")
    with pytest.raises(RuleError, match=re.escape(expected)) as raised:
        load_rules(tmp_path)
    assert file in str(raised.value)


@pytest.mark.parametrize(("name", "rule"), RULES, ids=label)
def test_the_shipped_entries_are_what_their_tables_read(name: str, rule: Rule) -> None:
    assert checked(f"{name}.toml", rule, default_rules().table(name)) is rule


def test_an_entry_may_extend_a_shipped_one(tmp_path) -> None:
    (tmp_path / "headings.toml").write_text(
        "[[rule]]\nid='mine'\nextends='heading.scope'\npattern='^说到[^，。]{2,8}。$'\n"
        "examples=['说到秋粮收购。']\n",
        encoding="utf-8",
    )
    (rule,) = (r for r in load_rules(tmp_path).table("headings") if r.id == "heading.scope")
    assert rule.value == "heading"
    assert {"说到秋粮收购。", "安全生产方面。"} <= set(rule.examples)
    assert all(holds(rule, text) for text in rule.examples)


def test_unknown_table_names_the_known_ones() -> None:
    with pytest.raises(RuleError, match=r"there are: .*verbs"):
        default_rules().table("nothing")
