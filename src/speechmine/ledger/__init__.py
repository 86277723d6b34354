"""The ledger that an office keeps (督查台账): made, filled in by people, read back, merged."""

from speechmine.ledger.excel import fill_template, update_ledger, write_ledger
from speechmine.ledger.layout import LedgerColumn, LedgerLayout, default_layout, load_layout
from speechmine.ledger.making import make_ledger
from speechmine.ledger.merging import merge_ledgers
from speechmine.ledger.reading import read_ledger
from speechmine.ledger.records import Change, Ledger, LedgerRow, Merged, MergedRow
from speechmine.ledger.word import write_division_table

__all__ = [
    "Change",
    "Ledger",
    "LedgerColumn",
    "LedgerLayout",
    "LedgerRow",
    "Merged",
    "MergedRow",
    "default_layout",
    "fill_template",
    "load_layout",
    "make_ledger",
    "merge_ledgers",
    "read_ledger",
    "update_ledger",
    "write_division_table",
    "write_ledger",
]
