"""Annotated texts as the judge sees them: a label for each sentence, a tag for each clause."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from speechmine.judge import Sentence, places_of
from speechmine.judge.grams import Whole
from speechmine.model import Document
from speechmine.readers import read
from speechmine.reading import read_evidence
from speechmine.rules.loader import chosen_rules
from speechmine.rules.schema import RuleSet
from speechmine.text import TextView

__all__ = ["CALIBRATED", "Gold", "TaughtText", "as_text", "read_gold"]

#: A segment of complete gold counts more than one of a text that was graded in haste, and this more
#: than one that a single person annotated (``readers`` of its meta file): people differ in what a
#: level or a label is, and texts left out are read better so. Who had read the complete gold before
#: (``calibrated``) differs less.
COMPLETE, GRADED, CALIBRATED, SINGLE = 10.0, 7.0, 3.0, 1.5
_HALF = 0.5


@dataclass(frozen=True)
class Gold:
    """An annotated text as it is stored: what it says, its day, one row a segment."""

    name: str
    content: str
    date: str | None
    rows: Sequence[Mapping[str, Any]]
    weight: float


@dataclass(frozen=True)
class TaughtText:
    """A text with its gold: a label for each sentence, a tag for each clause, or None."""

    name: str
    content: str
    sentences: Sequence[Sentence]
    places: Whole
    labels: Sequence[str | None]
    tags: Sequence[Sequence[str] | None]
    weight: float

    @property
    def known(self) -> list[int]:
        """Indices of labelled sentences."""
        return [i for i, label in enumerate(self.labels) if label is not None]


def read_gold(gold_file: Path, texts: Path | None = None) -> Gold | None:
    """One annotated text from its files; None where its text is not at hand.

    Args:
        gold_file: NAME.gold.jsonl; NAME.txt and NAME.meta.json lie beside it.
        texts: folder of texts that lie elsewhere, as their meta file says.
    """
    name = gold_file.name.removesuffix(".gold.jsonl")
    meta_file = gold_file.with_name(f"{name}.meta.json")
    meta = json.loads(meta_file.read_text(encoding="utf-8")) if meta_file.exists() else {}
    source = gold_file.with_name(f"{name}.txt")
    if "source" in meta and texts is not None:
        source = texts / meta["source"]
    if not source.exists():
        return None
    rows = [json.loads(row) for row in gold_file.read_text(encoding="utf-8").splitlines() if row]
    return Gold(name, read(source).text, meta.get("date"), rows, _weight_of(meta))


def _weight_of(meta: Mapping[str, Any]) -> float:
    if meta.get("readers") == 1:
        return CALIBRATED if meta.get("calibrated") else SINGLE
    return GRADED if meta.get("metrics") is False else COMPLETE


def as_text(gold: Gold, rules: RuleSet | None = None) -> TaughtText:
    """An annotated text as the judge sees it.

    Args:
        gold: what people made of it.
        rules: the rule set; the shipped one by default.
    """
    document = Document(gold.content, id=gold.name, date=gold.date)
    view, seen = read_evidence(document, chosen_rules(rules))
    spans = [view.place(piece.start, piece.end) for piece in seen.structure.pieces]
    tasks = [task for row in gold.rows for task in row.get("tasks", ())]
    teaches = any("tasks" in row for row in gold.rows)
    return TaughtText(
        gold.name,
        gold.content,
        seen,
        places_of(seen.structure),
        _labels_of_spans(spans, gold.rows),
        [_tags_of_clauses(sentence, tasks, view) if teaches else None for sentence in seen],
        gold.weight,
    )


def _labels_of_spans(
    spans: Sequence[tuple[int, int]], gold: Sequence[Mapping[str, Any]]
) -> list[str | None]:
    starts = [row["start"] for row in gold]
    found: list[str | None] = []
    for start, end in spans:
        best, most = None, _HALF * (end - start)
        for row in gold[max(0, bisect_left(starts, start) - 1) :]:
            if row["start"] >= end:
                break
            shared = min(end, row["end"]) - max(start, row["start"])
            if shared > most:
                best, most = row["discourse"], shared
        found.append(best)
    return found


def _tags_of_clauses(
    sentence: Sentence, tasks: Iterable[Mapping[str, Any]], view: TextView
) -> list[str]:
    tags, before = [], None
    tasks = list(tasks)
    for keys in sentence.clauses:
        start, end = view.place(keys.clause.start, keys.clause.end)
        held = [
            task
            for task in tasks
            if min(end, task["end"]) - max(start, task["start"]) >= _HALF * (end - start) > 0
        ]
        task = held[0] if held else None
        begins = "B1" if task is not None and task["level"] == 1 else "B2"
        tags.append("O" if task is None else "I" if task is before else begins)
        before = task
    return tags
