"""Coverage-guided fuzzing by hand: texts and files that nobody would write.

    pip install atheris
    python scripts/fuzz.py text -max_total_time=1800
    python scripts/fuzz.py files -max_total_time=1800

What is looked for: any exception but a clear refusal, and any record whose span does not hold
its words. Further arguments go to libFuzzer; what it finds stands in ``crash-*`` files.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path

import atheris  # type: ignore[import-not-found,unused-ignore]

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

with atheris.instrument_imports(include=["speechmine"]):
    from traps import PIECES

    import speechmine
    from speechmine.errors import ReadError
    from speechmine.readers import read_bytes

    # What is loaded on first use would not be seen by the fuzzer.
    for package in ("readers", "segment", "extractors", "assemble", "rules"):
        folder = importlib.import_module(f"speechmine.{package}").__path__
        for module in pkgutil.iter_modules(folder, f"speechmine.{package}."):
            importlib.import_module(module.name)

SUFFIXES = (
    ".txt",
    ".md",
    ".html",
    ".docx",
    ".pdf",
    ".ofd",
    ".rtf",
    ".doc",
    ".csv",
    ".xlsx",
    ".zip",
)


def check(result: speechmine.Extraction) -> None:
    """Each record holds the words of its span."""
    text = result.document.text
    for record in (*result.segments, *result.tasks, *result.metrics):
        if record.start is not None and text[record.start : record.end] != record.text:
            raise AssertionError(record)


def text(data: bytes) -> None:
    """A text of words of the genre and of anything else."""
    source = atheris.FuzzedDataProvider(data)
    pieces = []
    while source.remaining_bytes() and len(pieces) < 400:
        n = source.ConsumeIntInRange(0, len(PIECES) + 8)
        pieces.append(PIECES[n] if n < len(PIECES) else source.ConsumeUnicode(4))
    check(speechmine.extract("".join(pieces), date="2024-02-01", mode="full"))


def files(data: bytes) -> None:
    """Bytes with the name of any kind of file."""
    source = atheris.FuzzedDataProvider(data)
    suffix = SUFFIXES[source.ConsumeIntInRange(0, len(SUFFIXES) - 1)]
    try:
        document = read_bytes(source.ConsumeBytes(source.remaining_bytes()), id="a", suffix=suffix)
    except ReadError as error:
        if "of a form that is not known" in error.reason:  # a refusal that no reader foresaw
            raise
        return
    check(speechmine.extract(document))


if __name__ == "__main__":
    target = {"text": text, "files": files}.get(sys.argv[1] if len(sys.argv) > 1 else "")
    if target is None:
        sys.exit(__doc__)
    atheris.Setup([sys.argv[0], *sys.argv[2:]], target)
    atheris.Fuzz()
