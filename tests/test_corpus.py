"""The corpus of our own: metadata, length, and gold that quotes its text to the character."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from pathlib import Path
from typing import Any, get_args

import pytest

from speechmine.model import (
    AdministrativeLevel,
    Change,
    Comparator,
    DeadlineKind,
    Discourse,
    Hardness,
    MetricKind,
    PartySource,
    Role,
)

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
TEXTS = sorted(CORPUS.glob("*.txt"))
GOLDS = sorted(CORPUS.glob("*.gold.jsonl"))

META_FIELDS = {
    "date", "title", "speaker", "place", "level", "kind", "licence", "author", "full",
}  # fmt: skip
ROW_FIELDS = {"seg", "start", "end", "text", "discourse", "tasks", "metrics"}
TASK_FIELDS = {"start", "end", "text", "level", "action", "object", "parties", "deadline"}
METRIC_FIELDS = {
    "start", "end", "text", "indicator", "low", "high", "unit", "comparator", "kind", "change",
    "period", "hardness", "scope",
}  # fmt: skip
#: Kinds that no calendar day belongs to (GUIDELINE L8).
# After an event only the meeting itself has a day: 会后7日内.
DATELESS = {"before_event", "recurring", "ongoing", "immediate", "per_plan", "open"}


def name(path: Path) -> str:
    return path.name.split(".")[0]


def read(stem: str) -> str:
    return (CORPUS / f"{stem}.txt").read_bytes().decode("utf-8")


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


texts = pytest.mark.parametrize("path", TEXTS, ids=name)
golds = pytest.mark.parametrize("path", GOLDS, ids=name)


def test_there_is_enough_of_it() -> None:
    assert len(TEXTS) >= 8
    assert len(GOLDS) >= 4


def test_no_two_texts_are_the_same() -> None:
    assert len({read(name(path)).strip() for path in TEXTS}) == len(TEXTS)


def test_nothing_stands_without_its_text() -> None:
    stems = {name(path) for path in TEXTS}
    assert {name(path) for path in CORPUS.glob("*.json*")} == stems


@texts
def test_text_is_plain_and_of_the_right_length(path: Path) -> None:
    text = read(name(path))
    assert 1500 <= len(text) <= 5000
    assert not {"\r", "\t", "\ufeff", "\ufffd", "\u200b"} & set(text)


@texts
def test_metadata(path: Path) -> None:
    meta = json.loads(path.with_suffix(".meta.json").read_text(encoding="utf-8"))
    assert set(meta) == META_FIELDS
    assert dt.date.fromisoformat(meta["date"])
    assert meta["level"] in get_args(AdministrativeLevel)
    assert meta["licence"] == "CC0-1.0"
    assert isinstance(meta["full"], bool)
    assert all(meta[field].strip() for field in ("title", "speaker", "place", "kind", "author"))
    assert meta["speaker"] in "".join(read(name(path)).split())  # 沈　卓 is 沈卓


@texts
def test_readme_lists_the_text_in_both_languages(path: Path) -> None:
    assert (CORPUS / "README.md").read_text(encoding="utf-8").count(f"`{name(path)}`") >= 2


@golds
def test_gold_quotes_its_text(path: Path) -> None:
    text = read(name(path))
    for row in rows(path):
        assert text[row["start"] : row["end"]] == row["text"]
        for record in (*row["tasks"], *row["metrics"]):
            assert text[record["start"] : record["end"]] == record["text"]
            assert row["start"] <= record["start"] < record["end"] <= row["end"]


@golds
def test_gold_covers_the_text_in_order(path: Path) -> None:
    text, gold = read(name(path)), rows(path)
    assert [row["seg"] for row in gold] == list(range(len(gold)))
    assert all(a["end"] <= b["start"] for a, b in itertools.pairwise(gold))
    covered = "".join(row["text"] for row in gold)
    assert "".join(covered.split()) == "".join(text.split())


@golds
def test_gold_rows(path: Path) -> None:
    for row in rows(path):
        assert set(row) == ROW_FIELDS
        assert row["discourse"] in get_args(Discourse)
        assert not (row["tasks"] and row["discourse"] in {"heading", "closing", "rationale"})


@golds
def test_gold_tasks(path: Path) -> None:
    for row in rows(path):
        spans = sorted((task["start"], task["end"]) for task in row["tasks"])
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
        for task in row["tasks"]:
            assert set(task) >= TASK_FIELDS
            assert task["level"] in {1, 2, 3}
            assert task["action"]
            assert task["object"]


@golds
def test_gold_parties(path: Path) -> None:
    text = read(name(path))
    for row in rows(path):
        for party in itertools.chain.from_iterable(task["parties"] for task in row["tasks"]):
            assert party["role"] in get_args(Role)
            assert party["source"] in get_args(PartySource)
            assert isinstance(party["generic"], bool)
            near = party["source"] in {"explicit", "sentence"}
            assert party["text"] in (row["text"] if near else text)


@golds
def test_gold_deadlines(path: Path) -> None:
    text = read(name(path))
    for deadline in (task["deadline"] for row in rows(path) for task in row["tasks"]):
        assert deadline["kind"] in get_args(DeadlineKind)
        assert deadline["text"] is None or deadline["text"] in text
        assert deadline["edtf"] is None or deadline["kind"] not in DATELESS
        assert deadline["edtf"] is None or not deadline.get("masked")


@golds
def test_gold_metrics(path: Path) -> None:
    for metric in (metric for row in rows(path) for metric in row["metrics"]):
        assert set(metric) >= METRIC_FIELDS
        assert metric["indicator"]
        assert metric["comparator"] in get_args(Comparator)
        assert metric["kind"] in get_args(MetricKind)
        assert metric["change"] in {None, *get_args(Change)}
        assert metric["hardness"] in {None, *get_args(Hardness)}


@golds
def test_gold_metric_values_agree_with_their_comparator(path: Path) -> None:
    for metric in (metric for row in rows(path) for metric in row["metrics"]):
        low, high = metric["low"], metric["high"]
        if low is None and high is None:  # masked, or qualitative
            continue
        match metric["comparator"]:
            case ">=" | ">":
                assert (low is None, high is None) == (False, True)
            case "<=" | "<":
                assert (low is None, high is None) == (True, False)
            case "range":
                assert low < high
            case _:
                assert low == high


@pytest.mark.parametrize("folder", ["papers", "offices", "kinds", "pieces"])
def test_annotated_papers_quote_their_texts(folder: str) -> None:
    golds = sorted((CORPUS / folder).glob("*.gold.jsonl"))
    assert {name(gold) for gold in golds} == {name(p) for p in (CORPUS / folder).glob("*.txt")}
    for gold in golds:
        text = read(f"{folder}/{name(gold)}")
        meta = json.loads(gold.with_name(f"{name(gold)}.meta.json").read_text(encoding="utf-8"))
        assert meta["licence"] == "CC0-1.0"
        for row in rows(gold):
            parts = [row, *row["tasks"], *row["metrics"]]
            assert all(text[part["start"] : part["end"]] == part["text"] for part in parts), gold
            assert row["discourse"] in get_args(Discourse)
