"""Licences of what is installed together with speechmine when it runs, by what each package states.

    python scripts/licences.py             the table
    python scripts/licences.py --write     into DEPENDENCIES.md

Exit status 1 where one of them asks that programs which use it be published under its own licence
(GPL, AGPL).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

FILE = Path(__file__).parent.parent / "DEPENDENCIES.md"
EXTRAS = (
    "dask",
    "keyring",
    "mcp",
    "ocr",
    "parquet",
    "plots",
    "postgresql",
    "research",
    "serve",
    "word",
)
_PASSED_ON = re.compile(r"\bA?GPL|(?<!Lesser )General Public Licen[sc]e", re.IGNORECASE)
_KNOWN = re.compile(
    r"Apache[- ](?:Software|License|2)|BSD|MIT|MPL|ISC|PSF|Python Software|Unlicense|GPL|Mozilla",
    re.IGNORECASE,
)
_HEAD = """# Licences of the dependencies

What `pip install speechmine` installs, and its extras (without dev and spark), by what each
package states of itself. Written by `python scripts/licences.py --write`; versions change, these
hardly do. None is under the GPL or the AGPL.

| package | licence |
|---|---|
"""


def main() -> None:
    """Print or write the table."""
    found = licences()
    table = "".join(f"| {name} | {licence} |\n" for name, licence in found.items())
    if "--write" in sys.argv[1:]:
        FILE.write_text(_HEAD + table, encoding="utf-8")
    else:
        print(_HEAD + table)
    sys.exit(1 if list(passed_on(found)) else 0)


def licences() -> dict[str, str]:
    """Each package with its licence, by name."""
    return {name: licence_of(distribution(name)) for name in sorted(installed_with("speechmine"))}


def passed_on(found: dict[str, str]) -> Iterator[str]:
    """Packages whose licence goes over to what uses them."""
    yield from (name for name, licence in found.items() if _PASSED_ON.search(licence))


def installed_with(package: str) -> set[str]:
    """What a package needs, and what that needs in turn; what another system needs is left out."""
    found: set[str] = set()
    waiting = [Requirement(f"{package}[{','.join(EXTRAS)}]")]
    while waiting:
        wanted = waiting.pop()
        for text in _requires(wanted.name):
            needed = Requirement(text)
            environments = [{"extra": extra} for extra in (*wanted.extras, "")]
            if needed.marker is None or any(map(needed.marker.evaluate, environments)):
                name = re.sub(r"[-_.]+", "-", needed.name).lower()
                if name not in found and _is_there(name):
                    found.add(name)
                    waiting.append(needed)
    return found - {package}


def _requires(name: str) -> list[str]:
    return distribution(name).requires or []


def _is_there(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def licence_of(package: Distribution) -> str:
    """What a package states: an expression, classifiers, or the first line of a text."""
    stated = package.metadata
    if "License-Expression" in stated:
        return str(stated["License-Expression"])
    prefix = "License :: "
    named = [c for c in stated.get_all("Classifier") or () if c.startswith(prefix)]
    last = [c.rpartition(" :: ")[2] for c in named if c != f"{prefix}OSI Approved"]
    text = str(stated["License"] or "").strip() if "License" in stated else ""
    return " / ".join(last) or text.partition("\n")[0] or _by_file(package)


def _by_file(package: Distribution) -> str:
    """The first line of its licence that names one."""
    for file in package.files or ():
        if "licen" in file.name.lower():
            lines = Path(str(file.locate())).read_text("utf-8", "replace").splitlines()
            return next((line.strip() for line in lines if _KNOWN.search(line)), "see its files")
    return "not stated"


if __name__ == "__main__":
    main()
