from __future__ import annotations

import functools
from collections.abc import Callable

import pytest

import speechmine
from speechmine.model import Extraction

from shared import SHARED


@pytest.fixture(scope="session")
def national() -> Callable[[int], Extraction]:
    """The national report of a year, read once however many tests ask for it."""

    @functools.cache
    def report_of(year: int) -> Extraction:
        path = SHARED / "corpus" / "national" / f"national-中国-{year}.txt"
        return speechmine.extract(speechmine.read(path), date=f"{year}-03-05")

    return report_of
