"""How far a name holds on for the tasks behind it: what is seen and decided, and what comes out."""

from __future__ import annotations

from importlib.resources import files

import pytest

import speechmine
from speechmine.assemble.who import draft_rows
from speechmine.assemble.who_holding import HoldingCase, holding_keys, shipped_holding
from speechmine.extractors.learned_weights import read_weights, weights_bytes
from speechmine.judge import shipped_model
from speechmine.model import Document
from speechmine.reading import DocumentReader
from speechmine.rules.loader import default_rules
from speechmine.segment.head import complete_document, time_frame
from speechmine.text import view_of

TEXT = (
    "一、抓好供水\n"
    "县水利局要在5月底前修好三座泵站，6月底前清淤支渠20公里。7月底前建成两处水厂。\n"
    "二、抓好绿化\n"
    "4月底前栽树5000棵。"
)


def _cases(text: str, *, hold: bool) -> tuple[list[HoldingCase], list[list[str]]]:
    """The cases of a text, and whom each row names where all of them hold or none does."""
    view, rules = view_of(text), default_rules()
    document = complete_document(Document(text), view, rules)
    reader = DocumentReader(document, time_frame(document, rules), rules, shipped_model())
    cases: list[HoldingCase] = []

    def decide(case: HoldingCase) -> bool:
        cases.append(case)
        return hold

    drafts = list(draft_rows(reader.findings(view)[0], decide))
    return cases, [[party.text for party in draft.parties] for draft in drafts]


def test_a_name_holds_up_to_the_next_heading_where_it_is_held() -> None:
    cases, named = _cases(TEXT, hold=True)
    assert named == [["县水利局"], ["县水利局"], []]
    assert [case.rule for case in cases] == ["n"]
    assert [party.text for party in cases[0].named.parties] == ["县水利局"]


def test_nobody_is_held_where_it_is_not() -> None:
    assert _cases(TEXT, hold=False)[1] == [["县水利局"], [], []]


def test_what_is_seen_tells_how_far_the_name_stands() -> None:
    (keys,) = (holding_keys(case) for case in _cases(TEXT, hold=True)[0])
    assert {"dni1", "lni0", "^7月"} <= set(keys)
    assert keys == holding_keys(_cases(TEXT, hold=False)[0][0])


def test_the_shipped_file_is_one_that_the_script_writes() -> None:
    packed = (files("speechmine.assemble") / "holding.bin").read_bytes()
    steps = read_weights(packed)
    assert weights_bytes({key: step / 16 for key, step in steps.items()}) == packed
    assert steps == shipped_holding()
    assert len(packed) < 100_000


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("县水利局要在5月底前修好三座泵站；6月底前清淤支渠20公里。", ["县水利局", "县水利局"]),
        (
            "县水利局要在5月底前修好三座泵站。县林业局要在6月底前栽树5000棵。",
            ["县水利局", "县林业局"],
        ),
    ],
)
def test_who_answers(text: str, named: list[str]) -> None:
    tasks = speechmine.extract(text, mode="full").tasks
    assert [party.text for task in tasks for party in task.parties] == named
