"""What is known about the files of a folder: a manifest as JSON lines, CSV or frame."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from speechmine.errors import ReadError

__all__ = ["ManifestRecord", "read_manifest", "records_of"]

#: One row of a manifest; cells that are empty are left out.
ManifestRecord = Mapping[str, object]


_NAMES = ("manifest.jsonl", "manifest.csv")


def read_manifest(
    folder: Path, given: str | os.PathLike[str] | pd.DataFrame | None
) -> dict[str, ManifestRecord]:
    """Records by file name and by document id.

    Args:
        folder: whose manifest is looked for, in it or right above it, if none is given.
        given: a frame, or the path of a ``.jsonl`` or ``.csv`` file.

    Raises:
        ReadError: the manifest is not readable.
    """
    frame = given if isinstance(given, pd.DataFrame) else _load(folder, given)
    known: dict[str, ManifestRecord] = {}
    for record in records_of(frame):
        for key in ("file", "doc_id", "id"):
            if key in record:
                known[Path(str(record[key])).name] = record
    return known


def records_of(frame: pd.DataFrame) -> Iterable[ManifestRecord]:
    """The rows, without their empty cells.

    Example:
        >>> list(records_of(pd.DataFrame({"doc_id": ["a"], "year": [None]})))
        [{'doc_id': 'a'}]
    """
    for row in frame.to_dict("records"):
        yield {str(key): value for key, value in row.items() if not _is_empty(value)}


def _is_empty(value: object) -> bool:
    return value is None or value is pd.NA or value == "" or value != value  # noqa: PLR0124  # NaN


def _load(folder: Path, given: str | os.PathLike[str] | None) -> pd.DataFrame:
    places = [folder / name for name in _NAMES] + [folder.parent / name for name in _NAMES]
    path = Path(given) if given is not None else next((p for p in places if p.is_file()), None)
    if path is None:
        return pd.DataFrame()
    try:
        return _manifest_rows(path)
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise ReadError(
            str(path), f"not a manifest ({error})", "mend it or name another"
        ) from error


def _manifest_rows(path: Path) -> pd.DataFrame:
    if path.suffix == ".csv":
        return pd.read_csv(path, dtype=str)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    rows: list[dict[str, Any]] = [json.loads(line) for line in lines if line.strip()]
    return pd.DataFrame(rows).astype(object)
