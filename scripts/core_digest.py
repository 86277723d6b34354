"""What the core says of generated texts, as one hash: the same on every version of Python.

    python scripts/core_digest.py            prints version, files compiled, hash

``.ci/pythons`` runs it on the Pythons 3.12 and 3.13 that npm has as WebAssembly, and compares. All
sources are compiled with warnings as errors; structure, times, numbers, parties and the laws run.
"""

from __future__ import annotations

import hashlib
import sys
import warnings
from pathlib import Path

HOME = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent)
SEEDS = range(4)


def compiled(home: Path) -> int:
    """How many sources there are; each is compiled."""
    warnings.simplefilter("error")
    paths = [*home.joinpath("src").rglob("*.py"), *home.joinpath("tests").rglob("*.py")]
    for path in paths:
        compile(path.read_text(encoding="utf-8"), str(path), "exec", dont_inherit=True)
    return len(paths)


def digest() -> str:
    """The hash of all that is found in the texts of :mod:`generated`."""
    from generated import KINDS, text_of
    from speechmine.extractors.parties import find_party_groups
    from speechmine.find import find_quantities, find_times
    from speechmine.rules.loader import default_rules
    from speechmine.text import view_of

    found = hashlib.sha256()
    for kind in KINDS:
        for seed in SEEDS:
            text, date = text_of(kind, seed)
            view = view_of(text).text
            groups = find_party_groups(view, default_rules())
            said = (find_times(text, date), find_quantities(text, bare=True), groups)
            found.update(repr(said).encode("utf-8", "surrogatepass"))
    return found.hexdigest()[:16]


def main() -> None:
    """Print version, number of sources, hash."""
    sys.path[:0] = [str(HOME / "src"), str(HOME / "tests")]
    count = compiled(HOME)
    print(".".join(map(str, sys.version_info[:2])), count, digest())


if __name__ == "__main__":
    main()
