"""One module or folder an analysis: a corpus in, a table out. None of them knows another.

A module declares its tables in ``ANALYSES``; a table that is named in :data:`TABLES` is in the
comparison, its files, its page, its help and its documentation.
"""

from __future__ import annotations

import functools
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from speechmine.themes.declaring.analysis import Analysis

__all__ = ["TABLES", "all_analyses"]

#: Tables of the comparison in the order in which readers meet them, with the module of each.
TABLES = {
    "audit": "audit",
    "frequency": "frequency.declared",
    "ranks": "frequency.declared",
    "keyness": "keyness",
    "trends": "trends",
    "new_terms": "terms.declared",
    "disappeared_terms": "terms.declared",
    "lifecycle": "terms.declared",
    "bursts": "bursts",
    "formulations": "formulations",
    "attention": "attention",
    "diversity": "attention",
    "tone": "tone",
    "topics": "topics.declared",
    "prevalence": "topics.declared",
    "paragraphs": "topics.declared",
    "similarity": "likeness",
    "likeness": "likeness",
    "novelty": "novelty",
    "carry_summary": "carryover",
    "carry_over": "carryover",
    "evidence": "evidence",
    "tasks": "records.declared",
    "parties": "records.declared",
    "deadlines": "records.declared",
    "metrics": "records.declared",
}


@functools.cache
def all_analyses() -> tuple[Analysis, ...]:
    """All analyses, in order.

    Example:
        >>> [analysis.name for analysis in all_analyses()][:2]
        ['audit', 'frequency']
    """
    modules = {name: import_module(f"{__name__}.{name}") for name in set(TABLES.values())}
    known = {one.name: one for module in modules.values() for one in module.ANALYSES}
    return tuple(known[name] for name in TABLES)
