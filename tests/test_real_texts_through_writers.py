"""Real texts through every writer, and through the ledger and back, without an error."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

import speechmine
from speechmine.ledger import (
    make_ledger,
    merge_ledgers,
    read_ledger,
    write_division_table,
    write_ledger,
)
from speechmine.model import Extraction
from speechmine.trackers import items_of
from speechmine.writers import format_names, writer_of

from shared import SHARED, needs_shared

pytestmark = needs_shared

_EVERY = 1 if os.environ.get("SPEECHMINE_ALL_TEXTS") else 40
_PLACES = ("corpus", "assignments")
TEXTS = sorted(
    path for place in _PLACES for path in (SHARED / place).rglob("*.txt") if SHARED.is_dir()
)[::_EVERY]


def _name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", TEXTS, ids=_name)
def test_every_writer_and_the_ledger(path: Path) -> None:
    result = speechmine.extract(speechmine.read(path))
    for name in format_names():
        out = io.BytesIO()
        writer_of(name)([result], out, failures=())
        assert out.getvalue() or not result.tasks
    _ledger(result)


def _ledger(result: Extraction) -> None:
    ledger = make_ledger([result])
    workbook, table = io.BytesIO(), io.BytesIO()
    write_ledger(ledger, workbook)
    write_division_table(ledger, table)
    assert table.getvalue()
    if ledger.rows:
        back = read_ledger(workbook.getvalue())
        assert len(back.rows) == len(ledger.rows)
        assert merge_ledgers(back, ledger).unchanged
        assert len(list(items_of(back))) == len(ledger.rows)
