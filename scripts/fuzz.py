"""Coverage-guided fuzzing: texts and files that nobody would write.

    pip install atheris
    python scripts/fuzz.py TARGET [FOLDER] -max_total_time=1800

TARGET is ``words`` (words of the genre in any order), ``text`` (any text and day), ``docx``,
``html``, ``xlsx``, ``ofd`` (the main part of such a file), ``pdf``, or ``files`` (bytes under the
name of any kind of file). The first seeds are made from ``corpus/``; FOLDER keeps what was learnt.

What is looked for: any exception but a clear refusal, and any record that breaks a law of
``speechmine.checks``. Further arguments go to libFuzzer; what it finds stands in ``crash-*`` files.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import atheris  # type: ignore[import-not-found,unused-ignore]

HOME = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(HOME / "benchmarks"), str(HOME / "scripts")]

with atheris.instrument_imports(include=["speechmine"]):
    from traps import PIECES

    import speechmine
    from speechmine.errors import ReadError
    from speechmine.readers import read_bytes

    # What is loaded on first use would not be seen by the fuzzer.
    for package in ("readers", "segment", "extractors", "assemble", "judge", "rules"):
        folder = importlib.import_module(f"speechmine.{package}").__path__
        for module in pkgutil.iter_modules(folder, f"speechmine.{package}."):
            importlib.import_module(module.name)

from fuzz_seeds import PACKED, packed, seeds  # noqa: E402  # after what is to be instrumented

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
DAYS = (None, "2024-02-01", "0001-01-01", "1000-06-30", "9998-12-31", "9999-12-31")
DEFAULTS = {"-timeout": "120", "-rss_limit_mb": "4000", "-max_len": "8000"}


def check(document: speechmine.Document, day: str | None = None) -> None:
    """Extract, and look at every record."""
    faults = speechmine.extract(document, date=day, mode="full").check()
    if faults:
        raise AssertionError(faults[0])


def words(data: bytes) -> None:
    """A text of words of the genre and of anything else."""
    source = atheris.FuzzedDataProvider(data)
    pieces = []
    while source.remaining_bytes() and len(pieces) < 400:
        n = source.ConsumeIntInRange(0, len(PIECES) + 8)
        pieces.append(PIECES[n] if n < len(PIECES) else source.ConsumeUnicode(4))
    # A document: a text as short as ``.`` would be refused as the name of a file.
    check(speechmine.Document("".join(pieces)), "2024-02-01")


def text(data: bytes) -> None:
    """Any text; the first byte chooses the day of the speech."""
    day = DAYS[data[0] % len(DAYS)] if data else None
    check(speechmine.Document(data[1:].decode("utf-8", "replace")), day)


def read(content: bytes, suffix: str) -> None:
    """A file's document, or a refusal that a reader foresaw."""
    try:
        document = read_bytes(content, id="a", suffix=suffix)
    except ReadError as error:
        if "of a form that is not known" in error.reason:
            raise
        return
    check(document)


def files(data: bytes) -> None:
    """Bytes with the name of any kind of file."""
    if data:
        read(data[1:], SUFFIXES[data[0] % len(SUFFIXES)])


def whole(suffix: str) -> Callable[[bytes], None]:
    """Bytes as a whole file."""
    return lambda data: read(data, suffix)


def part(name: str) -> Callable[[bytes], None]:
    """Bytes as the main part of a packed file, so that not all of them fail at the packing."""
    return lambda data: read(packed(name, data), f".{name}")


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "words": words,
    "text": text,
    "html": whole(".html"),
    "pdf": whole(".pdf"),
    "files": files,
    **{name: part(name) for name in PACKED},
}


def main() -> None:
    """Fuzz one target until libFuzzer ends."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in TARGETS:
        sys.exit(__doc__)
    given = sys.argv[2:]
    kept = [f"{flag}={value}" for flag, value in DEFAULTS.items() if not _names(given, flag)]
    with tempfile.TemporaryDirectory() as folder:
        for n, seed in enumerate(seeds(name, HOME / "corpus")):
            (Path(folder) / f"seed-{n}").write_bytes(seed)
        atheris.Setup([sys.argv[0], *given, folder, *kept], TARGETS[name])
        atheris.Fuzz()


def _names(arguments: list[str], flag: str) -> bool:
    return any(argument.startswith(f"{flag}=") for argument in arguments)


if __name__ == "__main__":
    main()
