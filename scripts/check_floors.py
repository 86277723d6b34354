#!/usr/bin/env python3
"""Fail when a measured figure is worse than its floor.

    python scripts/check_floors.py FIGURES.json

FIGURES.json is what the scorer writes with ``--json``; the floors stand in tests/floors.json
and are raised when the figures are.
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
    if len(sys.argv) != 2:  # the script and its one argument
        sys.exit(__doc__)
    figures = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["all"]
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    found = list(failures(figures, floors))
    print("\n".join(found) if found else f"all {len(floors)} figures hold their floors")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
