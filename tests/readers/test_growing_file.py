"""A file that is written to while it is read."""

from __future__ import annotations

import threading
from pathlib import Path

import speechmine
from speechmine.readers import read

# 64 bytes, which divide a page of memory: what is read may end at a page, and cuts no character.
LINE = "区财政局要在3月底前制定奖补考核方案12345项。\n"


def test_what_is_read_is_a_beginning_of_the_file_and_offsets_hold(tmp_path: Path) -> None:
    path = tmp_path / "growing.txt"
    path.write_text(LINE, encoding="utf-8")
    stop = threading.Event()

    def grow() -> None:
        with path.open("ab", buffering=0) as stream:
            while not stop.is_set():
                stream.write(LINE.encode())

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        documents = [read(path) for _ in range(20)]
    finally:
        stop.set()
        writer.join()
    whole = path.read_text(encoding="utf-8")
    assert all(whole.startswith(document.text.rstrip("\n")) for document in documents)
    shortest = min(documents, key=lambda document: len(document.text))
    result = speechmine.extract(shortest)
    assert all(shortest.text[t.start : t.end] == t.text for t in result.tasks)
