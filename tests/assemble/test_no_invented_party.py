"""A cell that a careful reader leaves empty stays empty; skipped where no gold is at hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import speechmine

from shared import SHARED, needs_shared

pytestmark = needs_shared

GOLD = SHARED / "gold" / "dev"
TEXTS = sorted(GOLD.glob("*.gold.jsonl"))
LEAST_OVERLAP = 0.5
# Of the tasks found, at most these may name a party where the reader saw none.
MOST_INVENTED = 0.03


def text_of(path: Path) -> Path:
    return path.with_name(path.name.replace(".gold.jsonl", ".txt"))


def gold_tasks(path: Path) -> list[dict[str, Any]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [task for line in lines for task in json.loads(line).get("tasks", [])]


def overlap(task: speechmine.Task, gold: dict[str, Any]) -> float:
    shared = min(task.end, gold["end"]) - max(task.start, gold["start"])
    return max(0, shared) / (max(task.end, gold["end"]) - min(task.start, gold["start"]))


def pairs(path: Path) -> list[tuple[speechmine.Task, dict[str, Any]]]:
    """Each task with the gold task that it overlaps most."""
    tasks = speechmine.extract(speechmine.read(text_of(path)), mode="full").tasks
    gold = gold_tasks(path)
    best = ((t, max(gold, key=lambda g: overlap(t, g), default=None)) for t in tasks)
    return [(t, g) for t, g in best if g is not None and overlap(t, g) >= LEAST_OVERLAP]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_party_stands_in_the_text(path: Path) -> None:
    text = text_of(path).read_text(encoding="utf-8-sig")
    for task in speechmine.extract(speechmine.read(text_of(path)), mode="full").tasks:
        for party in task.parties:
            assert text[party.start : party.end] == party.text


def test_no_party_where_the_reader_left_none() -> None:
    found = [pair for path in TEXTS for pair in pairs(path)]
    invented = [
        (task.text, [p.text for p in task.parties])
        for task, gold in found
        if task.parties and not gold.get("parties")
    ]
    assert len(found) > 100
    assert len(invented) / len(found) <= MOST_INVENTED, invented


def test_no_role_beside_the_readers() -> None:
    """Where the reader names somebody, nobody else is named beside him in the same role."""
    beside = [
        (task.text, party.text)
        for path in TEXTS
        for task, gold in pairs(path)
        for party in task.parties
        if gold.get("parties") and party.text not in {p["text"] for p in gold["parties"]}
    ]
    assert beside == []
