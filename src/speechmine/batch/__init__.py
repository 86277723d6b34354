"""Many documents: worker processes, a journal to go on from, one failure a bad input."""

from __future__ import annotations

from speechmine.batch.journal import Journal, open_journal
from speechmine.batch.packing import pack, unpack
from speechmine.batch.work import Done, Job, run_batch

__all__ = [
    "Done",
    "Job",
    "Journal",
    "journal_folder",
    "open_journal",
    "pack",
    "run_batch",
    "unpack",
]
