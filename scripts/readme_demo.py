#!/usr/bin/env python3
"""Put the demo's ledger, as it is now, into both READMEs.

python scripts/readme_demo.py
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SPEECH = "corpus/yanhu-2024-dubanhui.txt"
PLACE = re.compile(r"(<!-- demo:begin -->\n```text\n).*?(```\n<!-- demo:end -->)", re.DOTALL)


def ledger() -> str:
    """What the demo prints, without the blanks at the ends of lines."""
    command = [sys.executable, "-m", "speechmine", "show", SPEECH]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    lines = [line.rstrip() for line in shown.decode().splitlines()]
    return "\n".join(lines).strip() + "\n"


def main() -> None:
    """Replace the picture in each page."""
    picture = ledger()
    for name in ("README.md", "README.en.md"):
        page = ROOT / name
        text = page.read_text(encoding="utf-8")
        page.write_text(
            PLACE.sub(lambda place: place[1] + picture + place[2], text), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
