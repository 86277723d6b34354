"""Annotated texts as the trainers read them, and the folds that leave texts out."""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from speechmine.extractors.party_cues import cues_of
from speechmine.extractors.subject_places import ClauseHead, spans_of_names
from speechmine.learning.annotated import Gold, read_gold
from speechmine.mentions import Mentions, see_mentions
from speechmine.model import Clause, Document, TaskMention
from speechmine.rules.loader import default_rules
from speechmine.segment.clauses import parse_clauses
from speechmine.segment.head import complete_document, time_frame
from speechmine.text import TextView, starting_in, view_of


@dataclass(frozen=True)
class SeenText:
    """An annotated text with what is found in it; offsets are those of the matching view."""

    gold: Gold
    view: TextView
    seen: Mentions

    @classmethod
    def of(cls, gold: Gold) -> SeenText:
        """The text as the extractors see it."""
        view, rules = view_of(gold.content), default_rules()
        document = complete_document(Document(gold.content, date=gold.date), view, rules)
        frame = time_frame(document, rules)
        return cls(gold, view, see_mentions(view.text, document, frame, rules))

    def tasks(self) -> Iterator[tuple[Mapping[str, Any], int, Sequence[Clause]]]:
        """Each task of the gold, where its own words begin, and its clauses.

        Its clauses are those of its segment from the end of the task before.
        """
        for row in self.gold.rows:
            since, end = span_in(self.view, row)
            clauses = self.clauses(since, end)
            for task in row.get("tasks", ()):
                start, end = span_in(self.view, task)
                yield task, start, [c for c in clauses if since <= c.start and c.end <= end + 1]
                since = end

    def clauses(self, start: int, end: int) -> Sequence[Clause]:
        """The clauses of a span."""
        return parse_clauses(self.view.text, start, end, default_rules(), self.seen.skips)

    def times(self, clause: Clause) -> dict[int, int]:
        """The ends of the times that begin in a clause by where they begin."""
        ends = {}
        for time in self.seen.times:
            if time.start is not None and time.end is not None and time.start >= clause.start:
                if time.start >= clause.end:
                    break
                ends[time.start] = time.end
        return ends

    def head(self, clause: Clause) -> ClauseHead:
        """A clause as the learned readers see it."""
        groups = starting_in(self.seen.groups, clause.start, clause.end)
        names, cues = spans_of_names(groups, clause.end), cues_of(default_rules())
        return ClauseHead(
            self.view.text, clause.start, clause.end, self.times(clause), cues, *names
        )


#: Sentences in which whoever has a part stands in braces, the part behind a stroke.
NAMED = Path(__file__).resolve().parent / "taught/named.txt"
_NAMED = re.compile(r"\{([^{}|]+)\|?([a-z_]*)\}")
_DAY = "2025-03-10"


@dataclass(frozen=True)
class Taught:
    """A sentence that shows who is named: as it is seen, and the parts by name."""

    text: SeenText
    clauses: Sequence[Clause]
    parts: Mapping[str, str]


def taught_sentences(file: Path = NAMED) -> Iterator[Taught]:
    """The sentences of a file; lines that begin with # say what they are."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            sentence = _NAMED.sub(r"\1", line)
            text = SeenText.of(Gold(line, sentence, _DAY, (), 1.0))
            parts = {
                view_of(name).text: part or "responsible" for name, part in _NAMED.findall(line)
            }
            yield Taught(text, text.clauses(0, len(text.view.text)), parts)


def span_in(view: TextView, record: Mapping[str, Any]) -> tuple[int, int]:
    """Where a record of the text as it is stands in the matching view."""
    start, end = record["start"], record["end"]
    if view.origin is None:
        return start, end
    return bisect_left(view.origin, start), bisect_left(view.origin, end)


#: Two spans that share this much of both are of one row.
SHARED = 0.5


def task_of(
    view: TextView, mention: TaskMention, tasks: Sequence[Mapping[str, Any]]
) -> Mapping[str, Any] | None:
    """The task of the gold that a row is; None where it has none.

    Args:
        view: the matching view of the text.
        mention: the row.
        tasks: of the gold.
    """

    def share(task: Mapping[str, Any]) -> float:
        both = min(end, task["end"]) - max(start, task["start"])
        return max(0, both) / (max(end, task["end"]) - min(start, task["start"]))

    start, end = view.place(mention.start, mention.end)
    best = max(tasks, key=share, default=None)
    return best if best is not None and share(best) >= SHARED else None


def digest_of(content: str) -> str:
    """A text's name that does not depend on where it lies."""
    return hashlib.sha256(content.encode()).hexdigest()


def read_golds(folders: Sequence[Path], texts: Path | None) -> Iterator[Gold]:
    """The annotated texts of some folders; those that are not at hand are named."""
    for file in sorted(f for folder in folders for f in folder.glob("*.gold.jsonl")):
        gold = read_gold(file, texts)
        if gold is None:
            print(f"left out, its text is not at hand: {file.name}")
        else:
            yield gold


def folds_in(digests: Sequence[str], folds: int, folder: Path) -> Mapping[str, int]:
    """Which fold leaves each text out, as ``index.json`` of a folder says from then on."""
    folder.mkdir(parents=True, exist_ok=True)
    index = {digest: n % folds for n, digest in enumerate(sorted(digests))}
    (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")
    return index


def parser_of(description: str, out: Path) -> argparse.ArgumentParser:
    """The options that all trainers have."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--texts", type=Path, help="where texts lie that are not beside their gold")
    parser.add_argument("--out", type=Path, default=out)
    parser.add_argument("--folds", type=int, help="leave each text out of one of so many files")
    parser.add_argument("--models", type=Path, help="where those files go")
    return parser
