"""A batch of any size: what is written is let go."""

from __future__ import annotations

import io
import itertools
import json
import tracemalloc
from collections.abc import Iterator
from typing import BinaryIO, cast

import msgspec
import pytest

import speechmine
from speechmine.writers.formats import format_names, writer_of

#: Bytes a task where a file begins with what only the last one tells, or is made of columns or
#: of calls of 500 each.
HELD = {"msproject": 8_000, "feishu": 4_000, "jira": 2_500, "parquet": 4_500}
TEXT = "一、抓好防汛\n区水务局牵头，区财政局配合，在6月底前完成12座水库的除险加固，投资增长5%。\n"
COUNT = 12


class Forgetful(io.RawIOBase):
    """Takes bytes and keeps none, as a file on a disk."""

    def write(self, data: bytes) -> int:  # type: ignore[override]
        return memoryview(data).nbytes

    def writable(self) -> bool:
        return True


def documents(count: int) -> Iterator[speechmine.Extraction]:
    """Each with an id of its own and texts of its own, made when it is asked for."""
    made = speechmine.extract(speechmine.Document(TEXT * 20, id="号码"), date="2024-02-01")
    plain = json.dumps(msgspec.to_builtins(made), ensure_ascii=False)
    for number in range(count):
        own = plain.replace("号码", f"{number:02}").replace("12座", f"{number:02}座")
        yield msgspec.convert(json.loads(own), speechmine.Extraction)


def most_memory(name: str, count: int) -> int:
    """The highest number of bytes that Python held while so many documents were written."""
    write, found = writer_of(name, several=True), documents(count)
    out = cast("BinaryIO", Forgetful())
    first = next(found)  # what is loaded once is loaded with it
    write([first], out, failures=())
    tracemalloc.start()
    try:
        write(itertools.chain([first], found), out, failures=())
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.slow
@pytest.mark.parametrize("name", format_names())
def test_memory_does_not_grow_with_the_documents(name: str) -> None:
    if name == "parquet":
        pytest.importorskip("pyarrow")
    few, many = most_memory(name, COUNT), most_memory(name, 4 * COUNT)
    tasks = sum(len(found.tasks) for found in documents(1)) * 3 * COUNT
    assert (many - few) / tasks < HELD.get(name, 1_000)
