#!/usr/bin/env python3
"""Set up this project in .venv and run it.

    python3 dev.py demo     the ledger of a speech in corpus/
    python3 dev.py test     the test suite

Both install what they need on first use and are quick afterwards. On Windows: py dev.py demo
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
DEMO = "corpus/yanhu-2024-dubanhui.txt"
LEAST = (3, 11)


def main() -> None:
    """Run the command given."""
    if sys.version_info < LEAST:
        found = ".".join(map(str, sys.version_info[:2]))
        sys.exit(
            f"speechmine needs Python 3.11 or newer; this is {found} ({sys.executable}).\n"
            "Install a newer one from https://www.python.org/downloads/ and run, for example, "
            "python3.11 dev.py demo"
        )
    commands = {"demo": demo, "test": test}
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in commands:
        sys.exit(__doc__)
    sys.exit(commands[name](sys.argv[2:]))


def demo(arguments: "list[str]") -> int:
    """Show the ledger of a speech; other paths may be given instead."""
    python = environment("")
    return run(python, "-m", "speechmine", "show", *(arguments or [str(ROOT / DEMO)]))


def test(arguments: "list[str]") -> int:
    """Run the tests; further arguments go to pytest."""
    python = environment("[dev]")
    return run(python, "-m", "pytest", *arguments)


def environment(extra: str) -> Path:
    """Python of a virtual environment that has the project with an extra installed."""
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = VENV / f"installed{extra}.txt"
    wanted = fingerprint()
    if not python.exists():
        print("Creating", VENV, "...", flush=True)
        create()
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        print("Installing (a minute or two, the first time only) ...", flush=True)
        pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        if run(python, *pip, "--editable", str(ROOT) + extra):
            sys.exit("The installation failed; is the package registry within reach?")
        stamp.write_text(wanted, encoding="utf-8")
    return python


def create() -> None:
    """Create the virtual environment."""
    if run(sys.executable, "-m", "venv", "--clear", str(VENV)):
        sys.exit(
            "No virtual environment could be created. On Debian and Ubuntu install it first:\n"
            "    sudo apt-get install python3-venv"
        )


def fingerprint() -> str:
    """What the installation depends on: the project file, the interpreter, the place."""
    parts = ((ROOT / "pyproject.toml").read_bytes(), sys.version.encode(), str(ROOT).encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def run(python: "str | Path", *arguments: str) -> int:
    """Run a command in the project's folder and return its exit status."""
    return subprocess.call([str(python), *arguments], cwd=str(ROOT))


if __name__ == "__main__":
    main()
