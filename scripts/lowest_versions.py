#!/usr/bin/env python3
"""Print the lowest versions that pyproject.toml allows, as constraints for pip.

python scripts/lowest_versions.py > lowest.txt && pip install -c lowest.txt ".[dev]"
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

_BOUND = re.compile(r"([A-Za-z0-9_.-]+)(?:\[[^]]*])?>=([0-9.]+)")
_EXTRAS = ("keyring", "parquet", "plots")


def main() -> None:
    """Print one line a library; tools of development are left as they are."""
    path = Path(__file__).resolve().parent.parent / "pyproject.toml"
    project = tomllib.loads(path.read_text(encoding="utf-8"))["project"]
    listed = list(project["dependencies"])
    for name in _EXTRAS:
        listed += project["optional-dependencies"][name]
    for entry in sorted(set(listed)):
        found = _BOUND.fullmatch(entry)
        if found is None:
            raise SystemExit(f"no lower bound: {entry}")
        print(f"{found[1]}=={found[2]}")


if __name__ == "__main__":
    main()
