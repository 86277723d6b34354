"""The one place that finds the measuring data; tests that need it skip where it is absent."""

from __future__ import annotations

import functools
import os
from pathlib import Path

import pytest

import speechmine

SHARED = Path(
    os.environ.get("SPEECHMINE_SHARED", Path(__file__).resolve().parent.parent.parent / "shared")
)

needs_shared = pytest.mark.skipif(
    not (SHARED / "gold" / "dev").is_dir(), reason=f"no measuring data at {SHARED}"
)


@functools.cache
def extracted(path: Path) -> speechmine.Extraction:
    """A real text in full mode, read once for all tests."""
    return speechmine.extract(speechmine.read(path), mode="full")
