"""Times and numbers against third-party test cases, beside two public tools.

    python benchmarks/timex.py CASES.jsonl [MORE.jsonl ...] [--scorer FILE] [--peers PYTHON]

A file of cases has one JSON object a line (``text``, ``reference_time``, ``expected`` with
``start``, ``end`` and ``norm``); the scorer that judges stands beside it as ``score.py``. The peers
run in an interpreter of their own (``pip install jionlp``, ``pip install recognizers-text-suite
"emoji<1.7"``); one that cannot run is named with the reason, and the rest goes on.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from timex_norms import quantity_norm, time_norm

from speechmine.find import find_quantities, find_times

Case = dict[str, Any]
Predictions = dict[str, list[dict[str, Any]]]

PEERS = {"jionlp": "JioNLP", "recognizers": "Recognizers-Text"}
_PEER_SCRIPT = Path(__file__).with_name("timex_peers.py")
_DATES = frozenset(
    [
        "interval",
        "window",
        "bound",
        "partial",
        "partial-range",
        "range",
        "set",
        "week-or-season",
        "duration",
        "duration_range",
        "time",
    ]
)
_MONEY = frozenset(("money", "money_range", "money_bound"))
#: What a case without an expected value forbids.
_FORBIDDEN = {
    "negative_date": _DATES,
    "negative_money": _MONEY,
    "negative_percent": frozenset(("percent", "percent_bound", "percentage_point", "fraction")),
    "negative_quantity": frozenset(("quantity", "quantity_bound", "quantity_range")),
}
#: What the scorer reads and a file of spans may leave out.
_DEFAULTS = {"convention_sensitive": [], "span_strict": True, "categories": ["(none)"]}
_FIGURES = ("value strict", "value lenient", "span exact", "span overlap")
_COUNTS = (("strict", "val"), ("lenient", "val"), ("span_exact", "span"), ("span_overlap", "span"))


def main() -> None:
    """Print the tables of every file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--scorer", type=Path, help="default: score.py beside the file")
    parser.add_argument("--peers", default=sys.executable, help="Python that has the peers")
    parser.add_argument("--misses", action="store_true", help="list what is not matched strictly")
    options = parser.parse_args()
    for path in options.files:
        scorer = load_scorer(options.scorer or path.with_name("score.py"))
        cases = read_cases(path)
        systems, absent = predictions_of_all(path, cases, options.peers)
        print_summary(path, cases, systems, scorer)
        for name, reason in absent.items():
            print(f"{name:18} not measured: {reason}")
        print_categories(scorer.run(cases, systems["speechmine"]))
        if options.misses:
            print_misses(cases, systems["speechmine"], scorer)


def load_scorer(path: Path) -> ModuleType:
    """The scorer of the cases, as a module."""
    spec = importlib.util.spec_from_file_location("timex_scorer", path)
    if spec is None or spec.loader is None or not path.is_file():
        sys.exit(f"{path}: no scorer there; name one with --scorer")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_cases(path: Path) -> list[Case]:
    """The cases of a file, with the defaults of what a file of spans leaves out."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [{**_DEFAULTS, **json.loads(line)} for line in lines if line.strip()]


def predictions_of_all(
    path: Path, cases: Sequence[Case], python: str
) -> tuple[dict[str, Predictions], dict[str, str]]:
    """What every system finds, and why one could not be run."""
    systems = {"speechmine": allowed({case["id"]: ours(case) for case in cases}, cases)}
    absent: dict[str, str] = {}
    for peer, name in PEERS.items():
        found, reason = peer_predictions(peer, path, python)
        if found is None:
            absent[name] = reason
        else:
            systems[name] = allowed(found, cases)
    return systems, absent


def ours(case: Case) -> list[dict[str, Any]]:
    """Times and quantities of one case in the scorer's form."""
    date = (case["reference_time"] or "")[:10] or None
    items = [(t.start, t.end, time_norm(t)) for t in find_times(case["text"], date=date)]
    quantities = find_quantities(case["text"], bare=True)
    items += [(q.start, q.end, quantity_norm(q)) for q in quantities]
    return [{"start": start, "end": end, "norm": norm} for start, end, norm in items]


def peer_predictions(peer: str, path: Path, python: str) -> tuple[Predictions | None, str]:
    """What a peer finds; None and the last line of its complaint where it cannot run."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "found.json"
        command = [python, str(_PEER_SCRIPT), peer, str(path), str(out)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode or not out.is_file():
            return None, (done.stderr.strip().splitlines() or ["no output"])[-1]
        found: Predictions = json.loads(out.read_text(encoding="utf-8"))
        return found, ""


def allowed(found: Predictions, cases: Sequence[Case]) -> Predictions:
    """Where nothing is expected only the forbidden kind counts, so that the rest is left out."""
    kept = dict(found)
    for case in cases:
        forbidden = next((_FORBIDDEN[c] for c in case["categories"] if c in _FORBIDDEN), None)
        if case["expected"] or not is_negative(case):
            continue
        kept[case["id"]] = [
            item
            for item in found.get(case["id"], [])
            if (kind_of(item) in forbidden if forbidden else kind_of(item) not in _DATES)
        ]
    return kept


def is_negative(case: Case) -> bool:
    """Whether the case forbids a kind."""
    return any(category.startswith("negative_") for category in case["categories"])


def kind_of(item: Mapping[str, Any]) -> str:
    """The kind of a norm, or of a span without one."""
    return str((item["norm"] or {}).get("kind", "interval"))


def print_summary(
    path: Path, cases: Sequence[Case], systems: Mapping[str, Predictions], scorer: ModuleType
) -> None:
    """One line a system and group."""
    print(f"\n{path.name}: {len(cases)} cases")
    head = "".join(f"{figure:>16}" for figure in _FIGURES)
    print(f"{'group':22} {'system':18}{head}{'forbidden':>12}")
    for group, members in groups_of(cases).items():
        for name, found in systems.items():
            total = scorer.run(members, found)["(all)"]
            cells = "".join(f"{share(total[a], total[b]):>16}" for a, b in _COUNTS)
            wrong = f"{total['fp']}/{total['neg']}" if total["neg"] else "-"
            print(f"{group:22} {name:18}{cells}{wrong:>12}")


def groups_of(cases: Sequence[Case]) -> dict[str, list[Case]]:
    """The cases with dates and durations, those with numbers, and all of them."""
    groups: dict[str, list[Case]] = {"dates and durations": [], "numbers, quantities": []}
    for case in cases:
        dated = "_date" in case["categories"][0] or any(
            (e["norm"] or {"kind": "interval"})["kind"] in _DATES for e in case["expected"]
        )
        groups["dates and durations" if dated else "numbers, quantities"].append(case)
    return {**groups, "all": list(cases)}


def share(part: int, whole: int) -> str:
    """``171/180  95%``."""
    return f"{part}/{whole} {100 * part / whole:4.0f}%" if whole else "-"


def print_categories(counts: Mapping[str, Counter[str]]) -> None:
    """The scorer's table by category, for our own predictions."""
    head = "".join(f"{figure:>16}" for figure in _FIGURES)
    print(f"\n{'category (speechmine)':24}{head}{'forbidden':>12}")
    for category, total in sorted(counts.items()):
        cells = "".join(f"{share(total[a], total[b]):>16}" for a, b in _COUNTS)
        wrong = f"{total['fp']}/{total['neg']}" if total["neg"] else "-"
        print(f"{category:24}{cells}{wrong:>12}")


def print_misses(cases: Sequence[Case], found: Predictions, scorer: ModuleType) -> None:
    """Every expectation that is not met strictly, and every forbidden item."""
    for case in cases:
        items = found.get(case["id"], [])
        total = scorer.run([case], found)["(all)"]
        marks = [a for a, b in _COUNTS if total[a] < total[b]] + ["forbidden"] * bool(total["fp"])
        if marks:
            told = [(case["text"][i["start"] : i["end"]], i["norm"]) for i in items]
            wanted = [(e["text"], e["norm"]) for e in case["expected"]]
            print(f"{' '.join(marks)} | {case['text']}\n   wanted {wanted}\n   found  {told}")


if __name__ == "__main__":
    main()
