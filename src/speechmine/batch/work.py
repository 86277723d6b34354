"""A batch: inputs in, extractions out in the same order, by one process or several."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections import deque
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from speechmine.batch.hands import Here, Prepare, Promise, WorkingHands
from speechmine.batch.packing import pack_extraction, unpack_extraction
from speechmine.errors import ReadError
from speechmine.model import Extraction
from speechmine.readers import STANDARD_INPUT, Input

if TYPE_CHECKING:
    from speechmine.batch.journal import Journal

__all__ = ["Done", "Job", "run_batch"]


@dataclass(frozen=True, slots=True)
class Job:
    """What is done with each input, and how its result is known again.

    Attributes:
        prepare: loads what is needed and gives the function that makes an extraction of an input.
        options: all that the result depends on beside the input and the version.
    """

    prepare: Prepare
    options: tuple[str, ...] = ()

    def key(self, item: Input) -> str | None:
        """Hash of an input's content, the options and the version; None where it has no file."""
        from importlib.metadata import version

        path = Path(item.archive or item.source)
        told = [version("speechmine"), item.id, item.source, *self.options]
        digest = hashlib.sha256(json.dumps(told).encode())
        try:
            for part in (path, path.with_suffix(".meta.json")):
                digest.update(_content_hash(part))
        except (OSError, ValueError):
            return None
        return digest.hexdigest()


def _content_hash(path: Path) -> bytes:
    if path.suffix == ".json" and not path.is_file():
        return b""
    if not path.is_file():
        raise OSError(path)
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()


@dataclass(frozen=True, slots=True)
class Done:
    """One input with its extraction or what is wrong with it.

    Attributes:
        item: the input. result: its extraction, or the error. kept: whether it is a former run's.
    """

    item: Input
    result: Extraction | ReadError
    kept: bool = False


def run_batch(
    inputs: Iterable[Input], job: Job, *, workers: int = 1, journal: Journal | None = None
) -> Generator[Done, None, None]:
    """Each input with its extraction or what is wrong with it, in the order of the inputs.

    What the journal has is not made again. What a worker held that
    died is read again; an input that processes die over twice is an error. Who stops in the middle
    leaves no process behind: they end when the batch is closed, dropped, or the program ends.

    Args:
        inputs: of :func:`speechmine.readers.find_inputs`. Standard input is read here.
        job: what is done; what ``prepare`` raises is raised before the first input.
        workers: processes; one works in this process.
        journal: where finished work is kept; errors are not, they are tried again.
    """
    here = Here(job.prepare())
    with contextlib.closing(_pool(job, workers) if workers > 1 else here) as hands:
        waiting: deque[_Begun] = deque()
        for item in inputs:
            chosen = here if item.source == STANDARD_INPUT else hands
            waiting.append(_begin(item, job, chosen, journal))
            if len(waiting) > hands.ahead:
                yield _finish(waiting.popleft(), journal)
        while waiting:
            yield _finish(waiting.popleft(), journal)


def _pool(job: Job, workers: int) -> WorkingHands:
    from speechmine.batch.pool import Pool

    return Pool(job.prepare, workers)


@dataclass(frozen=True, slots=True)
class _Begun:
    item: Input
    key: str | None
    promise: Promise | None
    kept: Extraction | None = None


def _begin(item: Input, job: Job, hands: WorkingHands, journal: Journal | None) -> _Begun:
    key = job.key(item) if journal is not None and item.problem is None else None
    kept = _kept_extraction(key, journal)
    return _Begun(item, key, None if kept else hands.begin(item), kept)


def _kept_extraction(key: str | None, journal: Journal | None) -> Extraction | None:
    packed = journal.get(key) if journal is not None and key is not None else None
    if packed is None:
        return None
    try:
        return unpack_extraction(packed)
    except ValueError:  # damaged: it is made again
        return None


def _finish(begun: _Begun, journal: Journal | None) -> Done:
    if begun.promise is None:
        assert begun.kept is not None  # noqa: S101  # one of the two is there
        return Done(begun.item, begun.kept, kept=True)
    result = begun.promise.result()
    if isinstance(result, ReadError):
        return Done(begun.item, result)
    if journal is not None and begun.key is not None:
        journal.add(begun.key, result if isinstance(result, bytes) else pack_extraction(result))
    return Done(begun.item, unpack_extraction(result) if isinstance(result, bytes) else result)
