"""What stands around a place decides which entries of a table of contexts hold there."""

from __future__ import annotations

import pytest

import speechmine
from speechmine.errors import RuleError
from speechmine.rules.context import SIDES, Contexts
from speechmine.rules.loader import load_rules
from speechmine.rules.schema import Rule


def entry(
    name: str = "a", *, terms: tuple[str, ...] = (), pattern: str | None = None, **more: object
) -> Rule:
    attributes = {"side": "before", **more}
    return Rule(name, "holds", terms=terms, pattern=pattern, attributes=attributes)


# The place is what stands between the bars.
CASES = [
    ({"terms": ("第",)}, "居第|3|位", True),
    ({"terms": ("第",)}, "居第一|3|位", False),
    ({"pattern": "[前后]移"}, "前移|3|位", True),
    ({"pattern": "[前后]移"}, "前移了|3|位", False),
    ({"pattern": "(?<!不)对"}, "不对|3|家", False),
    ({"pattern": "对.{4}", "reach": 4}, "对停滞的|3|家", False),
    ({"pattern": "对.{3}", "reach": 4}, "对停滞的|3|家", True),
    ({"pattern": "比.*晚", "within": "clause"}, "比去年，晚|3|天", False),
    ({"pattern": "比.*晚"}, "比去年，晚|3|天", True),
    ({"side": "clause", "terms": ("缩短",)}, "时间缩短到了|3|天", True),
    ({"side": "clause", "terms": ("缩短",)}, "时间缩短，还剩|3|天", False),
    ({"side": "clause", "pattern": "缩[短减]"}, "时间缩减到了|3|天", True),
    ({"side": "at", "terms": ("牵头",)}, "县水利局|牵头|修渠", True),
    ({"side": "at", "terms": ("牵头",)}, "县水利局|牵头人|修渠", False),
    ({"side": "at", "pattern": "牵头人?"}, "县水利局|牵头人|修渠", True),
    ({"side": "opening", "pattern": "(?<=社)区委"}, "社|区委|会", True),
    ({"side": "opening", "terms": ("区",)}, "社|区委|会", True),
    ({"side": "behind", "terms": ("级",)}, "|5000吨|级码头", True),
    ({"side": "behind", "pattern": "(?<=吨)级"}, "|5000吨|级码头", True),
    ({"side": "behind", "terms": ("级",), "pattern": "位"}, "|3|位", True),
    ({"terms": ("把",), "behind": "[一-龥]"}, "把|3处|缺口", True),
    ({"terms": ("把",), "behind": "[一-龥]"}, "把|3处|，", False),
    ({"terms": ("把",), "not_behind": "缺口"}, "把|3处|缺口", False),
    ({"terms": ("提前",), "not_clause": "至少"}, "至少提前|3|天", False),
    ({"terms": ("提前",), "not_clause": "至少"}, "至少，提前|3|天", True),
    ({"terms": ("前",), "not_before": "底前"}, "月底前|50|户", False),
    ({"terms": ("前",), "at": "1\\d"}, "前|10|名", True),
    ({"terms": ("前",), "opening": "1"}, "前|20|名", False),
]


@pytest.mark.parametrize(("given", "marked", "expected"), CASES)
def test_an_entry_holds_by_what_stands_around(given, marked, expected) -> None:
    before, at, behind = marked.split("|")
    contexts = Contexts([entry(**given)])
    start, end = len(before), len(before + at)
    found = contexts.holding("holds", before + at + behind, start, end)
    assert (found is not None) is expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [((), None), (("counter",), "a"), (("counter", "half"), None), (("half",), None)],
)
def test_facts_are_asked_for_and_excluded(facts, expected) -> None:
    contexts = Contexts([entry(terms=("第",), when=("counter",), unless=("half",))])
    found = contexts.holding("holds", "第3", 1, 2, frozenset(facts))
    assert (found and found.id) == expected


def test_the_first_of_several_that_hold_is_told() -> None:
    """Whether they can be asked together or not."""
    plain = [entry("a", terms=("甲",)), entry("b", terms=("第",)), entry("c", terms=("居第",))]
    assert Contexts(plain).holding("holds", "居第3", 2, 3).id == "b"
    guarded = [plain[0], entry("d", terms=("第",), behind="位"), *plain[1:]]
    assert Contexts(guarded).holding("holds", "居第3位", 2, 3).id == "d"
    assert Contexts(guarded).holding("holds", "居第3名", 2, 3).id == "b"


def test_another_meaning_is_another_question() -> None:
    assert Contexts([entry(terms=("第",))]).holding("trap", "第3", 1, 2) is None


def test_an_entry_without_a_side_is_named() -> None:
    with pytest.raises(RuleError, match=f"entry 'a': field side: '' is none.*{SIDES[0]}"):
        Contexts([Rule("a", "holds", terms=("第",))])


def test_a_trap_of_the_users_own_holds(tmp_path) -> None:
    (tmp_path / "number_traps.toml").write_text(
        "[[rule]]\nid = 'mine'\nvalue = 'trap'\nside = 'before'\nterms = ['茶号']\n"
        "when = ['counter']\nexamples = ['茶号12家']\n",
        encoding="utf-8",
    )
    rules = load_rules(tmp_path)
    text = "茶号12家，新建30家"
    assert [q.text for q in speechmine.find_quantities(text)] == ["12家", "30家"]
    assert [q.text for q in speechmine.find_quantities(text, rules=rules)] == ["30家"]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("", "field side: it is missing"),
        ("side = 'above'\n", "field side: 'above' is none; there are: "),
    ],
)
def test_a_trap_without_a_sound_side_is_refused(tmp_path, more, message) -> None:
    (tmp_path / "number_traps.toml").write_text(
        f"[[rule]]\nid = 'mine'\nvalue = 'trap'\nterms = ['茶号']\n{more}", encoding="utf-8"
    )
    with pytest.raises(RuleError, match=f"number_traps.toml: entry 'mine': {message}"):
        load_rules(tmp_path)
