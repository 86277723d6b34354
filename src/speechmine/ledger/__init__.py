"""The ledger that an office keeps (督查台账): made, filled in by people, read back, merged."""

from speechmine.ledger.drafting.making import make_ledger
from speechmine.ledger.layout import LedgerColumn, LedgerLayout, default_layout, load_layout
from speechmine.ledger.merging import merge_ledgers
from speechmine.ledger.parties import RowParty, leaders_of, parties_of
from speechmine.ledger.records import CellChange, Ledger, LedgerRow, Merged, MergedRow
from speechmine.ledger.rounds.collecting import Collected, Conflict, Copy, collect_copies
from speechmine.ledger.rounds.excel_collected import write_collected
from speechmine.ledger.rounds.notices import shipped_template, write_bulletin, write_notices
from speechmine.ledger.rounds.parts import LedgerPart, split_ledger, write_part, write_parts
from speechmine.ledger.rounds.reminders import Reminder, due_reminders, messages, reminder_calendar
from speechmine.ledger.rounds.returns import Return, returns_of
from speechmine.ledger.rounds.standing import Standing, due_day, standing_of
from speechmine.ledger.rounds.summary import Summary, UnitSummary, summarize_ledger
from speechmine.ledger.rounds.summary_sheet import write_summary
from speechmine.ledger.sheets.excel import fill_template, update_ledger, write_ledger
from speechmine.ledger.sheets.reading import is_ledger, read_ledger, returned_by
from speechmine.ledger.word import write_division_table

__all__ = [
    "CellChange",
    "Collected",
    "Conflict",
    "Copy",
    "Ledger",
    "LedgerColumn",
    "LedgerLayout",
    "LedgerPart",
    "LedgerRow",
    "Merged",
    "MergedRow",
    "Reminder",
    "Return",
    "RowParty",
    "Standing",
    "Summary",
    "UnitSummary",
    "collect_copies",
    "default_layout",
    "due_day",
    "due_reminders",
    "fill_template",
    "is_ledger",
    "leaders_of",
    "load_layout",
    "make_ledger",
    "merge_ledgers",
    "messages",
    "parties_of",
    "read_ledger",
    "reminder_calendar",
    "returned_by",
    "returns_of",
    "shipped_template",
    "split_ledger",
    "standing_of",
    "summarize_ledger",
    "update_ledger",
    "write_bulletin",
    "write_collected",
    "write_division_table",
    "write_ledger",
    "write_notices",
    "write_part",
    "write_parts",
    "write_summary",
]
