"""What one text costs as a process of its own, beside the start of Python itself.

    python benchmarks/start.py FILE [--rounds 15]

Commands take turns within a round; what counts is processor time of the process with all that it
starts, and the median of all rounds. A ratio is that of ``python -c "import re, json"``. Files of
bytecode are there (the first round writes them and is left out), and so is the file of prepared
patterns where the package was built or installed (``python -m speechmine.preparing``).
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from speechmine.prepared import prepared


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("file", type=Path)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    print(f"{len(prepared().codes)} prepared patterns")
    print(table(measured(_commands(options.file), options.rounds)))


def _commands(file: Path) -> Mapping[str, Sequence[str]]:
    """The measure of the others first."""
    python = sys.executable
    own = [python, "-m", "speechmine"]
    return {
        'python -c "import re, json"': [python, "-c", "import re, json"],
        'python -c "import speechmine"': [python, "-c", "import speechmine"],
        'python -c "import numpy"': [python, "-c", "import numpy"],
        "speechmine --version": [*own, "--version"],
        "speechmine extract FILE": [*own, "extract", str(file)],
        "speechmine show FILE": [*own, "show", str(file)],
    }


def measured(
    commands: Mapping[str, Sequence[str]], rounds: int
) -> dict[str, tuple[float, float, float]]:
    """Ratio to the first command, seconds of the processor, seconds by the clock: medians.

    Args:
        commands: by name.
        rounds: each command runs once in each, and once before.
    """
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": cache}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        taken = [
            {name: _time(command, environment) for name, command in commands.items()}
            for _ in range(1 + rounds)
        ][1:]
    first = next(iter(commands))
    return {
        name: (
            statistics.median(spent[name][0] / spent[first][0] for spent in taken),
            statistics.median(spent[name][0] for spent in taken),
            statistics.median(spent[name][1] for spent in taken),
        )
        for name in commands
    }


def _time(command: Sequence[str], environment: Mapping[str, str]) -> tuple[float, float]:
    before, began = _spent(), time.perf_counter()
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
    return _spent() - before, time.perf_counter() - began


def _spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def table(found: Mapping[str, tuple[float, float, float]]) -> str:
    """The figures as a Markdown table."""
    lines = ["| command | ratio | processor, s | clock, s |", "|---|---:|---:|---:|"]
    lines += [f"| `{name}` | {r:.1f} | {s:.3f} | {c:.3f} |" for name, (r, s, c) in found.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
