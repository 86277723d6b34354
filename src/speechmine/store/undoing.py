"""Which decisions stand, which can be taken back, and which taking back can."""

from __future__ import annotations

from collections.abc import Sequence

from speechmine.errors import UsageError
from speechmine.store.records import Decision

__all__ = ["live", "to_redo", "to_undo"]


def to_undo(standing: list[Decision], reader: str, seq: int | None) -> Decision:
    """The decision that is taken back."""
    able = (d for d in standing if d.action != "renew")
    mine = [d for d in able if (d.reader == reader if seq is None else d.seq == seq)]
    if not mine:
        raise UsageError("undo: there is nothing of yours to take back (没有可撤销的操作)")
    found = mine[-1]
    about = {(change.of, change.id) for change in found.changes}
    later = [
        d
        for d in standing
        if d.seq > found.seq and about & {(change.of, change.id) for change in d.changes}
    ]
    if later:
        raise UsageError(
            f"undo: {later[-1].reader} decided about the same later (no. {later[-1].seq}); "
            f"take that back first (之后{later[-1].reader}又改过，请先撤销后者)"
        )
    return found


def to_redo(decisions: tuple[Decision, ...], reader: str) -> Decision:
    """The taking back that is taken back."""
    undone = {d.undoes for d in decisions if d.action == "redo"}
    for decision in reversed([d for d in decisions if d.reader == reader]):
        if decision.action == "undo" and decision.seq not in undone:
            return decision
        if decision.action not in ("undo", "redo"):
            break
    raise UsageError("redo: nothing was taken back last (没有可重做的操作)")


def live(decisions: Sequence[Decision]) -> list[Decision]:
    """Those that nobody took back, without the taking back itself."""
    undone: set[int] = set()
    kept: list[Decision] = []
    for decision in reversed(decisions):
        if decision.seq in undone:
            continue
        if decision.undoes is not None:
            undone.add(decision.undoes)
        else:
            kept.append(decision)
    return kept[::-1]
