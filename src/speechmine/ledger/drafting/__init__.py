"""The first ledger of a speech or a table: its words, cut and joined as an office writes them."""
