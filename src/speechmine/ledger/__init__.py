"""The ledger that an office keeps (督查台账): made, filled in by people, read back, merged."""

from speechmine.ledger.collecting import Collected, Conflict, Copy, collect_copies
from speechmine.ledger.excel import fill_template, update_ledger, write_ledger
from speechmine.ledger.excel_collected import write_collected
from speechmine.ledger.layout import LedgerColumn, LedgerLayout, default_layout, load_layout
from speechmine.ledger.making import make_ledger
from speechmine.ledger.merging import merge_ledgers
from speechmine.ledger.parties import RowParty, parties_of
from speechmine.ledger.reading import read_ledger, unit_of
from speechmine.ledger.records import Change, Ledger, LedgerRow, Merged, MergedRow
from speechmine.ledger.returns import Return, returns_of
from speechmine.ledger.word import write_division_table

__all__ = [
    "Change",
    "Collected",
    "Conflict",
    "Copy",
    "Ledger",
    "LedgerColumn",
    "LedgerLayout",
    "LedgerRow",
    "Merged",
    "MergedRow",
    "Return",
    "RowParty",
    "collect_copies",
    "default_layout",
    "fill_template",
    "load_layout",
    "make_ledger",
    "merge_ledgers",
    "parties_of",
    "read_ledger",
    "returns_of",
    "unit_of",
    "update_ledger",
    "write_collected",
    "write_division_table",
    "write_ledger",
]
