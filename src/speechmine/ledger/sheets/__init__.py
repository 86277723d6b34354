"""Ledgers as Excel sheets: written, recognised, read back, brought up to date in place."""
