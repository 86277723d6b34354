#!/usr/bin/env python3
"""Fail when a measured figure is worse than its floor.

    python scripts/check_floors.py NAME=FIGURES.json [NAME=FIGURES.json ...]

FIGURES.json is what the scorer or the runner of cases writes with ``--json``; the floors of each
NAME stand in tests/floors.json and are raised when the figures are.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).resolve().parent.parent / "tests" / "floors.json"


def figure(figures: Mapping[str, Any], name: str) -> float | None:
    """The figure of a dotted name such as ``party.f1``; None where it was not measured."""
    value: Any = figures
    for key in name.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def failures(figures: Mapping[str, Any], floors: Mapping[str, Any]) -> Iterator[str]:
    """One line for each figure that is missing or beyond its bound."""
    for name, bound in floors.items():
        value = figure(figures, name)
        if value is None:
            yield f"{name}: not measured"
        elif value < bound.get("least", value):
            yield f"{name}: {value} is below the floor {bound['least']}"
        elif value > bound.get("most", value):
            yield f"{name}: {value} is above the ceiling {bound['most']}"


def main() -> None:
    """Compare and exit with 1 where something fell."""
    named = [argument.partition("=") for argument in sys.argv[1:]]
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    if not named or not all(path and name in floors for name, _, path in named):
        sys.exit(__doc__)
    found = []
    for name, _, path in named:
        measured = json.loads(Path(path).read_text(encoding="utf-8"))
        found += [
            f"{name}: {line}" for line in failures(measured.get("all", measured), floors[name])
        ]
        print(f"{name}: {len(floors[name])} figures")
    print("\n".join(found) if found else "all hold their floors")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
