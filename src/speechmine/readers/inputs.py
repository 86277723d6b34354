"""Paths as given on a command line to the single inputs of a run."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from speechmine.errors import ReadError
from speechmine.model import Document
from speechmine.readers.files import load, most_bytes, read, read_bytes
from speechmine.readers.kinds import SUFFIXES, is_speech_name
from speechmine.rules.loader import RulesLike

__all__ = ["STANDARD_INPUT", "Input", "content_of", "find_inputs", "read_input"]

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read.

    Attributes:
        source: its path, or ``-`` for standard input.
        id: name of its document, unique within the run.
        problem: why it cannot be read, where that is known without opening it.
        archive, member: of a file in a ZIP archive: the archive's path and its name in there.
    """

    source: str
    id: str
    problem: ReadError | None = None
    archive: str | None = None
    member: str | None = None


def find_inputs(paths: Iterable[str | os.PathLike[str]]) -> tuple[Input, ...]:
    """Expand folders and ZIP archives, in sorted order; files and ``-`` are kept as they are.

    From a folder come all files of a known kind in it and below it, apart from hidden ones,
    READMEs, annotation (``*.gold.*``) and metadata. An input named twice is read once. A path
    that does not exist is kept: reading it gives the error.

    Args:
        paths: files, folders, ``-``.

    Returns:
        The inputs. Documents are named by the file's stem; where two have the same, by path.
    """
    found = [item for path in paths for item in _expand(os.fspath(path))]
    return tuple(_with_unique_ids(_without_repeats(found)))


def read_input(item: Input, rules: RulesLike | None = None) -> Document:
    """Read one input of :func:`find_inputs` (standard input is its caller's to read).

    Args:
        item: the input.
        rules: as in :func:`speechmine.readers.read`.

    Raises:
        ReadError: it cannot be read, or could not be found.
    """
    if item.problem is None and item.member is None:
        return replace(read(item.source, rules=rules), id=item.id)
    suffix = Path(item.member or item.source).suffix
    content = content_of(item)
    return read_bytes(content, id=item.id, source=item.source, suffix=suffix, rules=rules)


def content_of(item: Input) -> bytes:
    """The bytes of one input of :func:`find_inputs`, one more than are read where it is larger.

    Raises:
        ReadError: it cannot be read, or could not be found.
    """
    if item.problem is not None:
        raise item.problem
    if item.archive is None or item.member is None:
        return load(Path(item.source))
    from speechmine.readers.archives import read_zip_member

    return read_zip_member(item.archive, item.member, max_bytes=most_bytes())


def _expand(source: str) -> Iterator[Input]:
    path = Path(source)
    if source == STANDARD_INPUT:
        yield Input(source, "stdin")
    elif not os.path.isdir(source):  # noqa: PTH112  # Path.is_dir raises on a NUL in the name
        yield from _file(source)
    else:
        yield from _folder(path, source)


def _file(source: str) -> Iterator[Input]:
    """A file as it is; of an archive each file in it."""
    path = Path(source)
    if path.suffix.lower() != ".zip" or not path.is_file():
        yield Input(source, path.stem or source)
        return
    try:
        members = _members(source)
    except ReadError as error:
        yield Input(source, path.stem, error)
        return
    for name in members:
        yield Input(f"{source}/{name}", Path(name).stem, archive=source, member=name)


def _members(source: str) -> tuple[str, ...]:
    from speechmine.readers.archives import zip_members

    return zip_members(source)


def _folder(folder: Path, source: str) -> Iterator[Input]:
    unreadable: list[OSError] = []
    root = folder.resolve()
    found: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=unreadable.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files = (Path(parent, name) for name in names if is_speech_name(name))
        found.extend(file for file in files if file.resolve().is_relative_to(root))
    for file in sorted(found):
        yield from _file(str(file))
    for error in unreadable:
        name = str(error.filename)
        problem = ReadError(name, f"cannot be read ({error.strerror})", "check its permissions")
        yield Input(name, name, problem)
    if not found and not unreadable:
        suffixes = " or ".join(sorted(SUFFIXES))
        problem = ReadError(source, f"a folder without {suffixes} files", "put speeches into it")
        yield Input(source, source, problem)


def _without_repeats(inputs: Iterable[Input]) -> Iterator[Input]:
    seen: set[str] = set()
    for item in inputs:
        place = item.source if item.source == STANDARD_INPUT else os.path.realpath(item.source)
        if place not in seen:
            seen.add(place)
            yield item


def _with_unique_ids(inputs: Iterable[Input]) -> Iterator[Input]:
    """``a/x.txt`` and ``b/x.txt`` become ``a/x`` and ``b/x``; beside ``x.md`` the suffix stays."""
    listed = list(inputs)
    stems = Counter(item.id for item in listed)
    paths = Counter(_without_suffix(item.source) for item in listed)
    for item in listed:
        path = _without_suffix(item.source)
        if stems[item.id] == 1:
            yield item
        else:
            yield replace(item, id=path if paths[path] == 1 else Path(item.source).as_posix())


def _without_suffix(source: str) -> str:
    return Path(source).with_suffix("").as_posix() if Path(source).name else source
