"""Tables for a paper: files that statistics programs open, a codebook, a record of how made.

>>> from speechmine.paper import codebook, record_of
>>> from speechmine.themes import term_frequency
>>> table = term_frequency({2023: "抓改革。", 2024: "促改革。"}, ["改革"])
>>> record_of(table)["tables"][0]["params"]["base"]
'chars'
>>> codebook(table)["variable"].tolist()[:3]
['year', 'term', 'n']
"""

from speechmine.paper.books import codebook
from speechmine.paper.citing import cite
from speechmine.paper.files import TABLE_FORMATS, read_table, to_latex, write_table
from speechmine.paper.records import concat, record_of

__all__ = [
    "TABLE_FORMATS",
    "cite",
    "codebook",
    "concat",
    "read_table",
    "record_of",
    "to_latex",
    "write_table",
]
