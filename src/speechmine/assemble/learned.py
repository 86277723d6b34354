"""Whom the clauses of a row tell to act where no table knows the name."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from speechmine.assemble.findings import Findings, times_between
from speechmine.extractors.party_learned import learned_parties
from speechmine.model import Clause, Party

__all__ = ["learned_subject"]


def learned_subject(
    clauses: Sequence[Clause], named: Sequence[Party], findings: Findings
) -> tuple[Party, ...]:
    """The first subject that the learned reader is sure of.

    Args:
        clauses: those of a row, in order.
        named: whom the rules found in them, in other parts than those who act.
        findings: the document that they are of.

    Returns:
        Its members; none where it is not sure, or where they have another part already.
    """
    text, taken = findings.view.text, [(p.start, p.end) for p in named]
    found = (
        learned_parties(
            text,
            (clause.start, clause.end),
            times_between(findings.times, clause.start, clause.end),
            findings.rules,
        )
        for clause in clauses
    )
    first: tuple[Party, ...] = next(filter(None, found), ())
    pairs = itertools.product(first, taken)
    return () if any(p.start < end and start < p.end for p, (start, end) in pairs) else first
