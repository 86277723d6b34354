"""The suite of produced files is as large as it is said to be, and all of it is tested."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from produced import SUITE

TAKEN = re.compile(r'^@every\("(.+?)"\)\n(?:@.+\n)*def test_', re.MULTILINE)


def test_the_suite_has_as_many_files_as_it_says() -> None:
    counts = {kind: len(set(map(str, cases))) for kind, cases in SUITE.items()}
    assert counts == {
        "plain text": 6,
        "saved by LibreOffice": 6,
        "printed": 45,
        "web page": 40,
        "scan": 6,
    }
    assert sum(counts.values()) >= 60


def test_each_kind_is_taken_by_one_test() -> None:
    sources = [file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("*.py")]
    assert Counter(kind for source in sources for kind in TAKEN.findall(source)) == Counter(
        list(SUITE)
    )
