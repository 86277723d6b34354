"""How a table was made, so that it can be made again: versions, parameters, hashes of inputs."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import pandas as pd

from speechmine.errors import UsageError
from speechmine.model import Document
from speechmine.themes.corpus.loading import CorpusLike, as_corpus

__all__ = ["as_plain", "concat", "record_of"]

#: What changes numbers when it changes.
_PACKAGES = ("speechmine", "jieba", "numpy", "pandas", "scipy", "scikit-learn")
_PARTS = "parts"


def record_of(
    table: pd.DataFrame,
    corpus: CorpusLike | None = None,
    *,
    documents: Iterable[Document] = (),
) -> dict[str, Any]:
    """All that is needed to make a table again, as plain values that JSON holds.

    Args:
        table: of this package, or several put together by :func:`concat`.
        corpus: what it was made from; its texts are then listed with their hashes.
        documents: what it was made from, where no corpus was; listed in the same way.

    Returns:
        ``software`` (versions), ``tables`` (of each part: method, parameters, vocabulary,
        selection, number of reports, hash of its inputs), ``rows``, ``columns``, ``content``
        (a hash of the cells, so that a changed table is seen); ``inputs`` with a corpus or
        documents.

    Example:
        >>> from speechmine.themes import tone
        >>> record = record_of(tone({2024: "要抓改革。"}), {2024: "要抓改革。"})
        >>> sorted(record)
        ['columns', 'content', 'inputs', 'rows', 'software', 'tables']
        >>> record["inputs"][0]["doc_id"]
        '2024'
    """
    record: dict[str, Any] = {
        "software": _software(),
        "tables": [as_plain(part) for part in _record_parts(table)],
        "rows": len(table),
        "columns": [str(name) for name in table.columns],
        "content": _content_hash(table),
    }
    inputs = [_input_of(document, document.id) for document in documents]
    if corpus is not None:
        inputs += [
            {**_input_of(text.source.document, text.id), "year": text.year}
            for text in as_corpus(corpus).texts
        ]
    if inputs or corpus is not None:
        record["inputs"] = inputs
    return record


def _input_of(document: Document, name: str) -> dict[str, Any]:
    return {"doc_id": name, "sha256": document.sha256, "length": len(document.text)}


def _software() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def _record_parts(table: pd.DataFrame) -> Sequence[Mapping[Any, Any]]:
    parts: Sequence[Mapping[Any, Any]] = table.attrs.get(_PARTS) or [table.attrs]
    return parts


def _content_hash(table: pd.DataFrame) -> str:
    """A hash of the cells as CSV has them: the same after a file is read again."""
    text = table.to_csv(index=False, lineterminator="\n", float_format="%.12g")
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def as_plain(value: object) -> Any:
    """A value as JSON holds it; a tuple becomes a list, what it has no name for a string.

    Example:
        >>> as_plain({"years": (2018, 2022), "by": None})
        {'years': [2018, 2022], 'by': None}
    """
    if isinstance(value, Mapping):
        return {str(key): as_plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_plain(one) for one in value]
    if isinstance(value, (set, frozenset)):
        return sorted(map(str, value))
    number = value.item() if hasattr(value, "item") else value
    return number if number is None or isinstance(number, (str, int, float, bool)) else str(value)


def concat(tables: Sequence[pd.DataFrame], **options: Any) -> pd.DataFrame:
    """Tables below one another, as ``pandas.concat`` does it, and the record of each is kept.

    pandas drops ``attrs`` where they differ.

    Args:
        tables: of this package.
        options: of ``pandas.concat``; the index is new unless ``ignore_index=False``.

    Returns:
        The frame; its ``attrs`` hold what all share, and under ``parts`` those of each.

    Raises:
        UsageError: there is no table.

    Example:
        >>> from speechmine.themes import term_frequency
        >>> parts = [term_frequency({year: "抓改革。"}, ["改革"]) for year in (2023, 2024)]
        >>> whole = concat(parts)
        >>> len(whole), len(whole.attrs["parts"])
        (2, 2)
    """
    listed = list(tables)
    if not listed:
        raise UsageError("concat: one table at least is expected")
    frame: pd.DataFrame = pd.concat(listed, **{"ignore_index": True, **options})
    parts = [dict(part) for table in listed for part in _record_parts(table)]
    shared = {
        key: value
        for key, value in parts[0].items()
        if all(key in part and part[key] == value for part in parts)
    }
    frame.attrs.clear()
    frame.attrs.update({**shared, _PARTS: parts})
    return frame
