"""Corrected texts as annotated ones, in the form of the project's own corpus."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from speechmine.model import Deadline, Extraction, Metric, Party, Task
from speechmine.store.store import Store

__all__ = ["gold_lines", "gold_meta", "write_gold"]

_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


def gold_lines(extraction: Extraction) -> Iterator[dict[str, Any]]:
    """One object a sentence: its label, its tasks, its figures.

    Args:
        extraction: corrected, in mode ``full``.

    Example:
        >>> import speechmine
        >>> result = speechmine.extract("请区财政局制定奖补方案。", mode="full")
        >>> [(line["discourse"], len(line["tasks"])) for line in gold_lines(result)]
        [('directive', 1)]
    """
    for number, segment in enumerate(extraction.segments):
        yield {
            "seg": number,
            "start": segment.start,
            "end": segment.end,
            "text": segment.text,
            "discourse": segment.discourse,
            "tasks": [
                _gold_task(t) for t in extraction.tasks if segment.start <= t.start < segment.end
            ],
            "metrics": [
                _gold_metric(m)
                for m in extraction.metrics
                if segment.start <= m.start < segment.end
            ],
        }


def gold_meta(extraction: Extraction) -> dict[str, Any]:
    """What is known of the document, as ``NAME.meta.json`` has it."""
    document = extraction.document
    named = ("date", "title", "speaker", "place", "level")
    return {**{name: getattr(document, name) for name in named}, "full": extraction.mode == "full"}


def write_gold(store: Store, folder: Path, *, unfinished: bool = False) -> list[Path]:
    """Write NAME.txt, NAME.gold.jsonl and NAME.meta.json of each text that was read to its end.

    Args:
        store: where the texts are.
        folder: where the files go; it is made if need be.
        unfinished: whether texts that nobody has finished go with them.

    Returns:
        The gold files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for entry in store.texts():
        state = store.state(entry.key)
        if state.finished is None and not unfinished:
            continue
        found = state.extraction()
        name = _UNFIT.sub(" ", entry.name).strip(" .") or entry.key
        while (folder / f"{name}.gold.jsonl") in written:
            name = f"{name}-{entry.key}"
        path = folder / f"{name}.gold.jsonl"
        _write_lines(
            path, "".join(json.dumps(x, ensure_ascii=False) + "\n" for x in gold_lines(found))
        )
        _write_lines(folder / f"{name}.txt", found.document.text)
        meta = json.dumps(gold_meta(found), ensure_ascii=False)
        _write_lines(folder / f"{name}.meta.json", meta + "\n")
        written.append(path)
    return written


def _write_lines(path: Path, content: str) -> None:
    path.write_bytes(content.encode("utf-8", "surrogatepass"))


def _gold_task(task: Task) -> dict[str, Any]:
    named = ("start", "end", "text", "level", "action", "object")
    return {
        **{name: getattr(task, name) for name in named},
        "parties": [_gold_party(party) for party in task.parties],
        "deadline": _gold_deadline(task.deadline),
    }


def _gold_party(party: Party) -> dict[str, Any]:
    named = ("text", "role", "source", "generic")
    return {name: getattr(party, name) for name in named}


def _gold_deadline(deadline: Deadline) -> dict[str, Any]:
    """What the text says; a date that only a person knew is none of the text."""
    stated = deadline if deadline.text is not None else Deadline()
    found = {"text": stated.text, "kind": stated.kind, "edtf": stated.edtf}
    return {**found, "masked": True} if stated.masked else found


def _gold_metric(metric: Metric) -> dict[str, Any]:
    named = ("start", "end", "text", "indicator", "low", "high", "unit", "comparator", "kind")
    more = ("change", "period", "hardness", "scope")
    return {name: getattr(metric, name) for name in (*named, *more)}
