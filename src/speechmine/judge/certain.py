"""What holds whatever the model makes of the words (GUIDELINE A3, T1, T4).

Few regularities are certain; each says which rows it rules out, and why.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from speechmine.judge.evidence import PRINCIPLES, Sentence
from speechmine.judge.tagging import Run

__all__ = ["certain_runs"]

# Signs of times that lie ahead or have no end; a past day beside one of them is not the deadline.
_AHEAD = frozenset(f"has={sign}" for sign in "ＢＷＡＥＲＩＳ")


def certain_runs(sentence: Sentence, runs: Iterable[Run]) -> Iterator[Run]:
    """The rows that may stand, some of them at a lower level.

    Args:
        sentence: where they stand.
        runs: what the model takes.
    """
    if PRINCIPLES in sentence.flags:  # A3: 指导思想, 基本原则 hold no tasks
        return
    for run in runs:
        if _is_over(sentence, run):
            continue
        weak = run.checkable and _is_attitude(sentence, run)
        yield dataclasses.replace(run, checkable=False) if weak else run


def _is_over(sentence: Sentence, run: Run) -> bool:
    """T4: 水利局在3月20日前完成清淤, said in December, is a deed; 要 would still owe it."""
    clauses = sentence.clauses[run.first : run.last]
    flags = {flag for keys in clauses for flag in keys.flags}
    obliged = any(keys.clause.modality is not None for keys in clauses)
    return "has=Ｌ" in flags and not obliged and flags.isdisjoint(_AHEAD)


def _is_attitude(sentence: Sentence, run: Run) -> bool:
    """T1: 要在2月底前统一思想 has a day, and still nothing that a file would show."""
    clauses = sentence.clauses[run.first : run.last]
    flags = {flag for keys in clauses for flag in keys.flags}
    verbs = {keys.clause.verb for keys in clauses if keys.clause.verb != "none"}
    return verbs == {"attitude"} and "has=Ｎ" not in flags
