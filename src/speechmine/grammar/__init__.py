"""How times are written, in one place: what a phrase says as a period, and how far it reaches.

``periods`` is the calendar in EDTF; ``points`` and ``ranges`` read dates, ``productions`` the other
phrases, each by the entry of ``rules/data/times.toml`` that matched; ``times`` finds them all.
``spans`` reads the years that a figure holds for.
"""
