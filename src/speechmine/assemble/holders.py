"""Who has a row that names nobody who answers for it, by weights learnt from annotated texts.

Whoever was named before it in its sentence or its paragraph, at the head of its line, above it or
at the head of its list may hold on (GUIDELINE P4); so may nobody (弄虚作假的，取消资格; 每户补助
300元). A conditional logit over how the row begins, and where each of them stands, says who is
meant. The weights come from ``scripts/train_holders.py`` and are whole steps, so that their sums
are the same on any machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from speechmine.assemble.findings import INHERITED_ROLES, Findings, SegmentFindings
from speechmine.assemble.headers import NOBODY, announcer_of, header_of
from speechmine.assemble.holder_keys import Holder, UnnamedRow, keys_of_holders
from speechmine.assemble.who_reader import WhoReader
from speechmine.changes import changed
from speechmine.learned.weights import likeliest, shipped_weights
from speechmine.model import Party, PartySource, Segment
from speechmine.text import starting_in

__all__ = ["NamedBefore", "holder_of"]

# 甲局牵头，乙局配合: whoever helps in a matter may help in what follows of it.
_HELPS = "cooperate"
# Of those named in a sentence, and in a paragraph, so many may hold on.
_LATEST = 2


def holder_of(row: UnnamedRow, weights: Mapping[str, int] | None = None) -> Holder | None:
    """Who has a row; None for nobody.

    Args:
        row: with those who may have it.
        weights: those that come with the package by default.

    Example:
        >>> import speechmine
        >>> said = "县水务局要管好水源；6月底前给三号井加盖。"
        >>> found = speechmine.extract(said, date="2024-01-08", mode="full")
        >>> [(party.text, party.source) for party in found.tasks[-1].parties]
        [('县水务局', 'item')]
    """
    known = shipped_weights("holders") if weights is None else weights
    best = likeliest(keys_of_holders(row), known)
    return row.holders[best - 1] if best else None


# Whom a row names; a segment whose rows were not read stands for whomever it names.
_Naming = SegmentFindings | tuple[Party, ...]


class NamedBefore:
    """Whoever was named up to a place of a document, and what each of them reaches."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._header = self._announcer = NOBODY
        # Whom the paragraph before names, this one up to the segment, and the segment.
        self._before: list[_Naming] = []
        self._line: list[_Naming] = []
        self._here: list[tuple[Party, ...]] = []
        self._last: list[_Naming] = []
        self._since = 0

    def enter(self, part: SegmentFindings) -> None:
        """Go on to a segment."""
        segment = part.segment
        if self._findings.text.find("\n", self._since, segment.start) >= 0:
            self._before, self._line = self._line, []
        self._line.extend(self._here)  # whom the last sentence of a paragraph names goes on
        self._here = []
        self._since = segment.start
        header = header_of(part, self._findings)
        self._header = header or (self._header if self._header.reaches(segment) else NOBODY)
        if not self._announcer.reaches(segment):
            self._announcer = NOBODY
        if segment.discourse == "heading":
            self._before, self._line, self._last = [], [], []

    def leave(self, part: SegmentFindings, following: Segment | None, *, read: bool) -> None:
        """Behind a segment; one whose rows were not read is read when somebody asks."""
        if not read and part.segment.discourse != "heading":
            self._line.append(part)
            self._last.extend([part] if part.mentions else [])
        if not self._announcer.parties:
            own = WhoReader(part, self._findings).own
            self._announcer = announcer_of(part, following, own, self._findings.rules)

    def add(self, parties: Sequence[Party]) -> None:
        """Whom a row names."""
        self._here.append(tuple(parties))
        self.give(parties)

    def give(self, parties: Sequence[Party]) -> None:
        """Who has a row that names nobody."""
        self._last = [tuple(parties)]

    def holders(self) -> list[Holder]:
        """Those who may have the next row, the nearest first; who has helpers, with them too."""
        seen: dict[tuple[str, ...], list[str]] = {}
        first: dict[tuple[str, ...], tuple[Party, ...]] = {}
        for parties, source, where in self._seen():
            key = tuple(p.text for p in parties if p.role in INHERITED_ROLES)
            if key and key not in seen:
                held = (p for p in parties if p.role in INHERITED_ROLES or p.role == _HELPS)
                first[key] = tuple(changed(p, source=source) for p in held)
            if key:
                seen.setdefault(key, []).append(where)
        holders = []
        for key, parties in first.items():
            acting = tuple(p for p in parties if p.role != _HELPS)
            start, places = acting[0].start, tuple(seen[key])
            holders.append(Holder(acting, start, places))
            if len(acting) < len(parties):
                holders.append(Holder(parties, start, places, helped=True))
        return holders

    def _seen(self) -> Iterator[tuple[tuple[Party, ...], PartySource, str]]:
        """Whoever may hold on, whence, and where he was seen."""
        for n, parties in enumerate(self._here[: -_LATEST - 1 : -1]):
            yield parties, "sentence", f"s{n}"
        line, before = self._resolved(self._line), self._resolved(self._before)
        for n, parties in enumerate(line[: -_LATEST - 1 : -1]):
            yield parties, "item", f"l{n}"
        for parties in line[:1]:
            yield parties, "item", "f"
        for head, seen in ((self._header, self._header.source[0]), (self._announcer, "a")):
            if head.parties:
                yield head.parties, head.source, seen
        for parties in self._row_before():
            yield parties, "item", "p"
        for parties in before[-1:]:
            yield parties, "item", "x"

    def _row_before(self) -> Sequence[tuple[Party, ...]]:
        """Who has the row before; as far as it was not read, whomever it names."""
        named = (self._resolved([naming]) for naming in reversed(self._last))
        return next((found[-1:] for found in named if found), ())

    def _resolved(self, line: list[_Naming]) -> list[tuple[Party, ...]]:
        """Those named in a line; its segments that were not read are read now."""
        found: list[tuple[Party, ...]] = []
        for part in line:
            if isinstance(part, tuple):
                found.append(part)
            elif starting_in(self._findings.groups, part.start, part.segment.end):
                reader = WhoReader(part, self._findings)
                owns = map(reader.own, part.clauses)
                found += [own for own in owns if any(p.role in INHERITED_ROLES for p in own)]
        line[:] = found
        return found
