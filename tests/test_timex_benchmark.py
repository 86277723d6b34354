"""The benchmark runs on a file of its form, without peers, and judges with the scorer beside it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from shared import SHARED

SCRIPT = Path(__file__).parent.parent / "benchmarks" / "timex.py"
SCORER = """
import collections

def run(gold, pred):
    totals = collections.defaultdict(collections.Counter)
    for case in gold:
        items = pred[case["id"]]
        for wanted in case["expected"]:
            total = totals["(all)"]
            total["val"] += 1
            total["span"] += case["span_strict"]
            total["strict"] += wanted["norm"] in [item["norm"] for item in items]
        if not case["expected"]:
            totals["(all)"]["neg"] += 1
            totals["(all)"]["fp"] += bool(items)
    return totals
"""


def case(name: str, text: str, norm: dict[str, object] | None, category: str) -> str:
    expected = [] if norm is None else [{"text": text, "start": 0, "end": len(text), "norm": norm}]
    return json.dumps(
        {
            "id": name,
            "text": text,
            "reference_time": "2026-01-20T00:00:00",
            "expected": expected,
            "categories": [category],
        }
    )


def run(*arguments: object) -> str:
    command = [sys.executable, str(SCRIPT), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_table_has_the_figures_of_our_own_cases(tmp_path: Path) -> None:
    day = {"kind": "interval", "start": "2026-06-30", "end": "2026-06-30"}
    money = {"kind": "money", "value": "1000.0", "currency": "CNY"}
    lines = [
        case("a", "6月30日", day, "month_day"),
        case("b", "一千元", money, "money"),
        case("c", "只有三天", None, "negative_money"),
        case("d", "6月29日", day, "month_day"),
    ]
    (tmp_path / "cases.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "score.py").write_text(SCORER, encoding="utf-8")
    out = run(tmp_path / "cases.jsonl", "--peers", sys.executable)
    rows = {line[:22].strip(): line for line in out.splitlines() if "speechmine" in line[22:41]}
    assert "1/2" in rows["dates and durations"]
    assert "1/1" in rows["numbers, quantities"]
    assert rows["all"].rstrip().endswith("0/1")
    assert out.count("not measured") == 2


@pytest.mark.skipif(not (SHARED / "timex").is_dir(), reason="no third-party cases")
@pytest.mark.parametrize(
    ("name", "group", "least"),
    [
        ("dev.jsonl", "dates and durations", (80, 92)),
        ("dev.jsonl", "numbers, quantities", (85, 95)),
        ("spans_dev.jsonl", "all", (None, None, 80, 93)),
    ],
)
def test_third_party_cases_hold_their_figures(
    name: str, group: str, least: tuple[int | None, ...]
) -> None:
    out = run(SHARED / "timex" / name)
    row = next(line for line in out.splitlines() if line.startswith(group))
    figures = [int(cell.rstrip("%")) for cell in row.split() if cell.endswith("%")]
    for figure, floor in zip(figures, least, strict=False):
        assert floor is None or figure >= floor
