"""One module or folder an analysis: a corpus in, a table out. None of them knows another.

A module that declares ``ANALYSES`` and is named in :data:`MODULES` is in the comparison, its files,
its page, its help and its documentation.
"""

from __future__ import annotations

import functools
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from speechmine.themes.declaring.analysis import Analysis

__all__ = ["MODULES", "declared"]

#: Modules with a table of the comparison, in the order in which readers meet them.
MODULES = (
    "audit",
    "frequency.declared",
    "keyness",
    "trends",
    "terms.declared",
    "bursts",
    "formulations",
    "attention",
    "tone",
    "topics.declared",
    "likeness",
    "novelty",
    "carryover",
    "evidence",
    "records.declared",
)


@functools.cache
def declared() -> tuple[Analysis, ...]:
    """All analyses, in order.

    Example:
        >>> [analysis.name for analysis in declared()][:2]
        ['audit', 'frequency']
    """
    modules = (import_module(f"speechmine.themes.analyses.{name}") for name in MODULES)
    return tuple(analysis for module in modules for analysis in module.ANALYSES)
