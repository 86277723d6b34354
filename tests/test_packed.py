"""Packed records are those that went in; what a long text gives is what a short one gives."""

from __future__ import annotations

import io
import tracemalloc
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import speechmine
from speechmine import packed, pipeline
from speechmine.cli.extracting import extract as command
from speechmine.judge import scoring
from speechmine.model import Notice
from speechmine.packed import (
    Packed,
    held,
    in_order,
    keep_for,
    starting_after,
    starting_at,
)
from speechmine.pipeline import extract_packed
from speechmine.rules import scanning
from speechmine.writers import writer_of

CORPUS = sorted((Path(__file__).parent.parent / "corpus").glob("*.txt"))
PLACES = st.lists(st.one_of(st.none(), st.integers(0, 50)), max_size=400)


@dataclass(frozen=True)
class One:
    """A record of one field."""

    only: tuple[int, ...]


def notices(places: list[int | None]) -> list[Notice]:
    return [Notice(str(n), "甲", at) for n, at in enumerate(places)]


@settings(deadline=None)
@given(PLACES)
def test_packed_records_are_those_that_went_in(places: list[int | None]) -> None:
    records = notices(places)
    kept = Packed(records)
    assert (len(kept), list(kept), list(kept[3:9])) == (len(records), records, records[3:9])
    assert [kept[at] for at in range(-len(records), len(records))] == records * 2
    with pytest.raises(IndexError):
        kept[len(records)]


@settings(deadline=None)
@given(PLACES, PLACES)
def test_records_of_groups_come_in_the_order_of_their_places(
    one: list[int | None], other: list[int | None]
) -> None:
    groups = notices(one), notices(other)
    expected = sorted([*groups[0], *groups[1]], key=lambda notice: notice.start or 0)
    assert list(in_order(*groups)) == expected
    assert list(in_order(*map(Packed, groups))) == expected


@settings(deadline=None)
@given(PLACES, st.integers(-1, 51))
def test_places_are_found_in_packed_records_as_in_others(
    places: list[int | None], place: int
) -> None:
    records = sorted(notices(places), key=lambda notice: notice.start or 0)
    starts = [notice.start or 0 for notice in records]
    for kept in (records, Packed(records)):
        assert starting_at(kept, place) == bisect_left(starts, place)
        assert starting_after(kept, place) == bisect_right(starts, place)


def test_a_record_of_one_field_and_collections_are_packed_too() -> None:
    values = [One((1, 2)), {"甲": frozenset((1,))}, None, 0.1, "\ud800"]
    assert list(Packed(values)) == values


@pytest.mark.parametrize("name", ["json", "jsonl", "csv"])
@pytest.mark.parametrize("at_once", [1, 7])
def test_a_long_text_gives_the_same_bytes(
    name: str, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = speechmine.read(CORPUS[0])
    expected = written(name, speechmine.extract(document, mode="full"))
    monkeypatch.setattr(packed, "LONG", 1)
    monkeypatch.setattr(scoring, "AT_ONCE", at_once)
    found = extract_packed(document, mode="full")
    assert isinstance(found.tasks, Packed)
    assert written(name, found) == expected
    assert speechmine.extract(document, mode="full").tasks == tuple(found.tasks)


def written(name: str, extraction: speechmine.Extraction) -> bytes:
    out = io.BytesIO()
    writer_of(name)([extraction], out, failures=[])
    return out.getvalue()


@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "xlsx"])
def test_the_command_writes_a_long_text_as_a_short_one(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few, many = tmp_path / f"few.{name}", tmp_path / f"many.{name}"
    run(CORPUS[0], few)
    monkeypatch.setattr(packed, "LONG", 1)
    run(CORPUS[0], many)
    if name != "xlsx":  # it holds the time at which it was written
        assert few.read_bytes() == many.read_bytes()


def run(source: Path, out: Path) -> None:
    result = CliRunner().invoke(command, [str(source), "-o", str(out)])
    assert (result.exit_code, out.exists()) == (0, True), result.output


@pytest.mark.slow
def test_a_long_text_takes_little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weighed all at once it took 440 bytes a character at its highest."""
    for module in (packed, pipeline):  # of a long text circles of garbage are looked for, too
        monkeypatch.setattr(module, "LONG", 1)
    monkeypatch.setattr(scoring, "AT_ONCE", 200)
    # What is weighed at a time is kept for a while, however long the text is.
    monkeypatch.setattr(scanning, "_BLOCK", 1 << 10)
    text = "\n".join(path.read_text(encoding="utf-8") for path in CORPUS)[:8000]
    for _ in range(2):  # the rules are loaded, and what is known of their words
        highest(text * 3)
    assert highest(text * 3) - highest(text) < 150 * 2 * len(text)


def highest(text: str) -> int:
    """The most bytes that an extraction takes."""
    tracemalloc.start()
    try:
        extract_packed(text)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_what_is_kept_is_packed_from_a_length_on() -> None:
    assert keep_for(packed.LONG - 1) is held
    assert keep_for(packed.LONG) is Packed
