"""Many documents: worker processes, a journal to go on from, one failure a bad input."""

from __future__ import annotations

from speechmine.batch.journal import Journal, open_journal
from speechmine.batch.work import Counts, Job, run_batch

__all__ = ["Counts", "Job", "Journal", "open_journal", "run_batch"]
