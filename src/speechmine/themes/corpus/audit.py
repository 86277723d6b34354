"""What to know about a corpus before counting: lengths, leftovers, duplicates, damage, gaps."""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Iterator

import pandas as pd

from speechmine.themes.corpus.groups import gap_rows
from speechmine.themes.corpus.texts import Text, Texts
from speechmine.themes.tables.result import tidy
from speechmine.themes.words.entries import shipped

__all__ = ["audit"]

_SHINGLE = 8
_SKETCH = 200
_SAME = 0.8


# Shares and counts above which a column is worth a doubt.
_SHORT, _LONG = 1 / 3, 3.0


_RARE_SHARE = 0.002
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


_SPACED = re.compile(r"\d[ \u3000]+\d")


_WIDE = re.compile(r"[０-９]")


_HAN = re.compile(r"[\u3400-\u9fff]")


_ENDS = 400
_TYPES = {
    "doc_id": "string",
    "year": "Int64",
    "place": "string",
    "level": "string",
    "n_chars": "Int64",
    "n_paragraphs": "Int64",
    "footer": "string",
    "duplicate_of": "string",
    "overlap": "Float64",
    "rare_share": "Float64",
    "replaced": "Int64",
    "zero_width": "Int64",
    "spaced_digits": "Int64",
    "wide_digits": "Int64",
    "doubts": "string",
    "reason": "string",
}


def audit(corpus: Texts) -> pd.DataFrame:
    r"""One row a text and one row a missing year.

    Args:
        corpus: what is to be compared.

    Returns:
        ``n_chars`` (Han characters), ``n_paragraphs``; ``footer`` (a site's or licence's words
        left in the last or first 400 characters); ``duplicate_of`` and ``overlap`` (Jaccard
        similarity of 8-character shingles, estimated from the 200 smallest hashes: Broder 1997);
        ``rare_share`` (Han characters outside GB 2312: traditional script or wrong characters),
        ``replaced`` (U+FFFD), ``zero_width``, ``spaced_digits``, ``wide_digits``; ``doubts``
        sums up; ``reason`` says why a year is missing.

    Example:
        >>> from speechmine.themes import load_corpus
        >>> table = audit(load_corpus({2021: "抓改革。", 2023: "穩就業。\n版权所有"}))
        >>> table[["year", "doubts"]].fillna("").values.tolist()
        [[2021, ''], [2022, ''], [2023, 'footer;rare characters']]
    """
    lengths = sorted(text.n_chars for text in corpus.texts)
    middle = lengths[len(lengths) // 2] if lengths else 0
    rows = [_audit_row(text, middle) for text in corpus.texts]
    for row, (twin, overlap) in zip(rows, _twins(corpus), strict=True):
        row["duplicate_of"], row["overlap"] = twin, overlap
        row["doubts"] = ";".join([*_parted_doubts(row["doubts"]), *(["duplicate"] if twin else [])])
    for row in rows:
        row["doubts"] = row["doubts"] or None
    frame = pd.DataFrame(rows, columns=list(_TYPES), dtype=object)
    gaps = gap_rows(corpus, ("year", "place", "level")).drop(columns="n_reports")
    frame = pd.concat([frame, gaps], ignore_index=True).reindex(columns=list(_TYPES))
    frame = frame.astype(_TYPES).sort_values(["place", "year", "doc_id"])
    return tidy(frame, "audit of texts", corpus=corpus, shingle=_SHINGLE, same=_SAME)


def _parted_doubts(doubts: object) -> list[str]:
    return [doubt for doubt in str(doubts).split(";") if doubt]


def _audit_row(text: Text, middle: int) -> dict[str, object]:
    original, document = text.source.document.text, text.source.document
    row: dict[str, object] = {
        "doc_id": text.id,
        "year": text.year,
        "place": document.place,
        "level": document.level,
        "n_chars": text.n_chars,
        "n_paragraphs": len(text.spans),
        "footer": _leftover(original, "footer"),
        "rare_share": _rare_share(original),
        "replaced": original.count("\ufffd"),
        "zero_width": len(_INVISIBLE.findall(original)),
        "spaced_digits": len(_SPACED.findall(original)),
        "wide_digits": len(_WIDE.findall(original)),
    }
    row["doubts"] = ";".join(_doubts_about(row, text, middle))
    return row


def _doubts_about(row: dict[str, object], text: Text, middle: int) -> Iterator[str]:
    if text.year is None:
        yield "no year"
    if text.n_chars < middle * _SHORT:
        yield "short"
    if text.n_chars > middle * _LONG:
        yield "long"
    if _leftover(text.source.document.text, "abridged"):
        yield "abridged"
    if row["footer"]:
        yield "footer"
    if float(str(row["rare_share"])) > _RARE_SHARE:
        yield "rare characters"
    if row["replaced"]:
        yield "unreadable characters"


@functools.cache
def _patterns_of(value: str) -> re.Pattern[str]:
    found = (e["pattern"] for e in shipped("audit.toml") if e["value"] == value)
    return re.compile("|".join(found))


def _leftover(text: str, value: str) -> str | None:
    """The line in head or tail that holds such words."""
    for part in (text[:_ENDS], text[-_ENDS:]):
        for line in part.splitlines():
            if _patterns_of(value).search(line):
                return line.strip()[:60]
    return None


def _rare_share(text: str) -> float:
    han = _HAN.findall(text)
    rare = sum(not _in_gb2312(char) for char in han)
    return rare / len(han) if han else 0.0


@functools.lru_cache(maxsize=8192)
def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _twins(corpus: Texts) -> Iterator[tuple[str | None, float | None]]:
    """For each text the earlier one that is most of the same, if any."""
    sketches = [_sketch(text.joined) for text in corpus.texts]
    for i, sketch in enumerate(sketches):
        best = max(
            ((_sketch_overlap(sketch, sketches[j]), -j) for j in range(i)),
            default=(0.0, 0),
        )
        found = best[0] >= _SAME
        yield (corpus.texts[-best[1]].id, round(best[0], 3)) if found else (None, None)


def _sketch(text: str) -> frozenset[int]:
    solid = "".join(text.split()).encode("utf-16-le")
    shingles = {
        zlib.crc32(solid[at : at + 2 * _SHINGLE])
        for at in range(0, max(len(solid) - 2 * _SHINGLE, 0) + 1, 2)
    }
    return frozenset(sorted(shingles)[:_SKETCH])


def _sketch_overlap(a: frozenset[int], b: frozenset[int]) -> float:
    """Share of the smallest hashes of the union that both have."""
    if not a.intersection(b):
        return 0.0
    smallest = sorted(a | b)[:_SKETCH]
    return sum(value in a and value in b for value in smallest) / len(smallest)
