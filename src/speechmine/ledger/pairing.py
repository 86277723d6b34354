"""Which row of a ledger a task of a later extraction is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from speechmine.ledger.cells import squeezed
from speechmine.ledger.records import Ledger, LedgerRow

__all__ = ["pair_rows", "renamed_documents"]

# Likeness of two wordings from which on the later one is the earlier one revised.
_LEAST = 0.5
# Share of equal tasks from which on a speech under another title is the same speech.
_SAME_SPEECH = 0.5


def renamed_documents(old: Ledger, new: Ledger) -> dict[str, str]:
    """Speeches under a title that the ledger does not know, by the key that it has for them."""
    free = {key: _wordings(old.rows, key) for key in old.documents if key not in new.documents}
    found: dict[str, str] = {}
    for key in new.documents:
        own = _wordings(new.rows, key)
        if key in old.documents or not own:
            continue
        shared = {name: (wordings & own).total() for name, wordings in free.items()}
        best = max(shared, key=lambda name: shared[name], default=None)
        if best is not None and shared[best] >= _SAME_SPEECH * own.total():
            found[key] = best
            del free[best]
    return found


def _wordings(rows: Iterable[LedgerRow], document: str) -> Counter[str]:
    return Counter(_wording(row) for row in rows if not row.by_people and row.document == document)


def pair_rows(
    old: Sequence[LedgerRow], new: Sequence[LedgerRow], renamed: Mapping[str, str]
) -> dict[int, int]:
    """Which of the new rows each old row is: by wording, else by identifier, else by likeness.

    Args:
        old: rows that are there; one of no known speech may be of any.
        new: rows of the later extraction; each is used once at most, within its speech.
        renamed: as :func:`renamed_documents` gives it.

    Returns:
        Places in ``new`` by places in ``old``.
    """
    ours: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(old):
        if not row.by_people:
            ours[row.document].append(at)
    theirs: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(new):
        theirs[renamed.get(row.document, row.document)].append(at)
    found: dict[int, int] = {}
    for key, places in theirs.items():
        stray = [at for at in ours[""] if at not in found]
        found.update(_paired_rows(old, new, [*ours[key], *(stray if key else ())], places))
    return found


def _paired_rows(
    old: Sequence[LedgerRow], new: Sequence[LedgerRow], ours: list[int], theirs: list[int]
) -> dict[int, int]:
    found: dict[int, int] = {}
    for name in (_wording, _identifier):
        matched = dict(_equal(old, new, (ours, theirs), name))
        found.update(matched)
        ours = [at for at in ours if at not in matched]
        theirs = sorted(set(theirs) - set(matched.values()))
    found.update(_alike(old, new, ours, theirs))
    return found


def _wording(row: LedgerRow) -> str:
    return squeezed(row.known("text") or row.known("task"))


def _identifier(row: LedgerRow) -> str:
    return row.id or ""


def _equal(
    old: Sequence[LedgerRow],
    new: Sequence[LedgerRow],
    places: tuple[Iterable[int], Iterable[int]],
    name: Callable[[LedgerRow], str],
) -> Iterator[tuple[int, int]]:
    """Rows of one name, in their order."""
    ours, theirs = places
    waiting: dict[str, list[int]] = defaultdict(list)
    for at in ours:
        waiting[name(old[at])].append(at)
    for at in theirs:
        if waiting[name(new[at])]:
            yield waiting[name(new[at])].pop(0), at


def _alike(
    old: Sequence[LedgerRow], new: Sequence[LedgerRow], ours: list[int], theirs: list[int]
) -> Iterator[tuple[int, int]]:
    """The pairs with the greatest sum of likeness, without those that have too little of it."""
    if not ours or not theirs:
        return
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    before = [_character_pairs(_wording(old[at])) for at in ours]
    after = [_character_pairs(_wording(new[at])) for at in theirs]
    likeness = np.array([[_dice(a, b) for b in after] for a in before])
    likeness[likeness < _LEAST] = 0.0
    for i, j in zip(*linear_sum_assignment(likeness, maximize=True), strict=True):
        if likeness[i, j] > 0:
            yield ours[i], theirs[j]


def _character_pairs(text: str) -> Counter[str]:
    return Counter(text[at : at + 2] for at in range(len(text) - 1)) or Counter([text])


def _dice(a: Counter[str], b: Counter[str]) -> float:
    return 2 * (a & b).total() / (a.total() + b.total())
