"""What must hold on real texts; skipped where they are not at hand."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import speechmine

from shared import SHARED, extracted, needs_shared

pytestmark = needs_shared

# Every seventh text: all kinds and times, in a few seconds.
TEXTS = sorted((SHARED / "corpus").rglob("*.txt"))[::7]


def schema() -> jsonschema.Draft202012Validator:
    path = files("speechmine") / "schema" / "extraction.schema.json"
    return jsonschema.Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))


def quotes(record: Any) -> list[tuple[int, int, str]]:
    """Every place with its quote, at any depth."""
    if isinstance(record, list):
        return [quote for item in record for quote in quotes(item)]
    if not isinstance(record, dict):
        return []
    inside = [quote for value in record.values() for quote in quotes(value)]
    if isinstance(record.get("text"), str) and record.get("start") is not None:
        return [(record["start"], record["end"], record["text"]), *inside]
    return inside


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_output_holds_to_the_schema_and_quotes_the_text(path: Path) -> None:
    result = extracted(path)
    data = result.to_dict()
    assert list(schema().iter_errors(data)) == []
    for start, end, quote in quotes(data):
        assert result.document.text[start:end] == quote


@pytest.fixture(scope="module")
def seed() -> speechmine.Extraction:
    return speechmine.extract(speechmine.read(SHARED / "gold" / "dev" / "seed-district-2021.txt"))


@pytest.mark.parametrize(
    ("target", "parties"),
    [
        ("项目建设工作组", ["区纪委", "政法委", "法院", "检察院", "司法"]),
        ("相关配套政策", ["人社局", "民政局", "财政局"]),
    ],
)
def test_the_ledger_names_who_is_responsible(seed, target, parties) -> None:
    (task,) = [t for t in seed.tasks if t.object == target]
    assert [p.text for p in task.parties if p.role == "responsible"] == parties


def test_a_masked_text_gives_no_full_date(seed) -> None:
    dates = [t.deadline.edtf for t in seed.tasks]
    assert all(date is None or "X" in date for date in dates)


def test_a_list_shorter_than_announced_is_told(seed) -> None:
    told = [n.message for n in seed.notices if n.code == "enumeration_mismatch"]
    assert any("announces 5" in message and "4 follow" in message for message in told)
