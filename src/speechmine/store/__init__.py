"""Corrections that people make: kept one by one, laid over what was extracted, given out again.

    records.py    what is kept                  store.py      the database that keeps it
    acts.py       what a reader can do          folding.py    decisions laid over an extraction
    reading.py    what the text of a selection says by itself
    renewal.py    a later extraction against the decisions    agreement.py  readers side by side
    gold.py       corrected texts as annotated ones

Nothing here knows of the web.
"""

from speechmine.store.agreement import Agreement, agreement_of
from speechmine.store.entries import UnknownTextError
from speechmine.store.folding import State, fold
from speechmine.store.gold import gold_lines, gold_meta, write_gold
from speechmine.store.records import Decision, LastWord, RecordChange, StoredText
from speechmine.store.renewal import Difference, differences
from speechmine.store.store import Store, open_store

__all__ = [
    "Agreement",
    "Decision",
    "Difference",
    "LastWord",
    "RecordChange",
    "State",
    "Store",
    "StoredText",
    "UnknownTextError",
    "agreement_of",
    "differences",
    "fold",
    "gold_lines",
    "gold_meta",
    "open_store",
    "write_gold",
]
