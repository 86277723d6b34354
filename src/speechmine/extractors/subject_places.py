"""Where a clause may have its subject: the stretches of it that may be one.

A name may stand at the head of a clause, behind its times, behind a word that hands somebody a
task, or where a known name begins; and behind marks (报, 会同, 经) that say what it is to the task.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from speechmine.borders import Span
from speechmine.changes import quickly_made
from speechmine.patterns import compiled

if TYPE_CHECKING:
    from speechmine.extractors.party_cues import Cues
    from speechmine.model import PartyGroup

__all__ = [
    "Candidate",
    "ClauseHead",
    "Mark",
    "is_bare",
    "marks_in",
    "members_of",
    "spans_of_names",
    "stretches",
    "stretches_from",
]

#: No subject is longer, and its list neither.
LONGEST = 22
_SHORTEST = 2
_LEAST = 4
_OPENED, _CLOSED = frozenset("（(“"), frozenset("）)”")
# So far into a clause somebody is handed a task.
_REACH = 24
_BRACKETED = compiled(r"[（(][^（()）]*[）)]")
# A short quotation is a part of a name: “两委”成员.
_STOPS = compiled(
    r"[，。；：！？《》【】〔〕［］,;:!?\s—…●■▲◆★☆□○◇△※•▪►▶➢✓]|“(?![^“”，。；：]{1,6}”)"
)
_PREDICATES = frozenset("MVAPE")

#: Where a name may begin, and what stands before it.
Mark = tuple[int, str]


@dataclass(frozen=True)
class ClauseHead:
    """A clause, the ends of the times in it by where they begin, and the names that rules know.

    ``names`` are whole lists of them, ``members`` each by itself.
    """

    text: str
    start: int
    end: int
    times: Mapping[int, int]
    cues: Cues
    names: Sequence[Span] = ()
    members: Sequence[Span] = ()
    _classes: dict[int, str] = field(default_factory=dict, repr=False)
    _verbs: dict[int, int] = field(default_factory=dict, repr=False)

    @functools.cached_property
    def begin(self) -> int:
        """Where it begins behind the number of its article, or the sign of its line."""
        article = self.cues.context["subject_article"].match(self.text, self.start, self.end)
        at = article.end() if article else self.start
        while at < self.end and not (self.text[at].isalnum() or self.text[at] in _OPENED):
            at += 1
        return at

    @functools.cached_property
    def behind_times(self) -> int:
        """Where it begins behind these and its times."""
        at = self.begin
        while at in self.times:
            at = self.times[at]
        return at

    @functools.cached_property
    def handed(self) -> int | None:
        """Where a name begins behind a word that hands it a task."""
        word = self.cues.context["subject_handed"]
        found = word.search(self.text, self.start, min(self.end, self.start + _REACH))
        return found.end() if found else None

    def opening(self, at: int) -> str:
        """What begins at a place: a modal, a verb, a time, a figure, a preposition."""
        if at not in self._classes:
            self._classes[at] = _class(self, at)
        return self._classes[at]

    def verb(self, at: int) -> int:
        """The length of the known verb that begins at a place."""
        if at not in self._verbs:
            self._verbs[at] = self.cues.verbs.longest_at(self.text, at)
        return self._verbs[at]


@quickly_made
@dataclass(frozen=True, slots=True)
class Candidate:
    """``text[start:end]`` as a subject; ``kind`` says what stands before it.

    ``h``: the clause begins with it; ``t``: a time; ``g``: a word that hands it a task.
    """

    start: int
    end: int
    kind: str


def stretches(place: ClauseHead) -> Iterator[Candidate]:
    """Every stretch of a clause that may be its subject.

    Args:
        place: the clause.
    """
    for start, kind in _starts(place):
        yield from stretches_from(place, start, kind)


def stretches_from(place: ClauseHead, start: int, kind: str) -> Iterator[Candidate]:
    """Every stretch that begins at one place of a clause.

    Args:
        place: the clause.
        start: where they begin.
        kind: what stands before them.
    """
    stop = _STOPS.search(place.text, start, min(place.end, start + LONGEST))
    last = stop.start() if stop else min(place.end, start + LONGEST)
    speaker = place.cues.context["speaker"]
    shortest, within = _SHORTEST - bool(speaker.match(place.text, start)), 0
    if place.text[start : start + 1] in ("（", "("):  # （甲局牵头）乙局 is two names
        return
    for end in range(start + 1, last + 1):
        mark = place.text[end - 1]
        within += (mark in _OPENED) - (mark in _CLOSED)
        if not within and end - start >= shortest:
            yield Candidate(start, end, kind)


def marks_in(text: str, start: int, end: int, cues: Cues) -> Iterator[Mark]:
    """Where a name may stand behind a word that says what it is to the task.

    ``r``: it receives something (报, 送, 向); ``c``: it helps (会同, 跟); ``d``: it decides (经).

    Args:
        text: the matching view's text.
        start: where a clause begins.
        end: where it ends.
        cues: the role rules, compiled.

    Example:
        >>> from speechmine.extractors.party_cues import cues_of
        >>> from speechmine.rules.loader import default_rules
        >>> list(marks_in("清单报法规处", 0, 6, cues_of(default_rules())))
        [(3, 'r')]
    """
    for mark in cues.context["mark"].finditer(text, start, end):
        if mark.lastgroup:
            yield mark.end(), mark.lastgroup


def spans_of_names(groups: Iterable[PartyGroup], end: int) -> tuple[Sequence[Span], Sequence[Span]]:
    """Where the names of a clause stand: those of a list together, and each by itself.

    Args:
        groups: those that begin in the clause.
        end: where it ends.
    """
    whole = [group.parties for group in groups if group.parties[-1].end <= end]
    if not whole:
        return (), ()
    single = [(party.start, party.end) for parties in whole for party in parties]
    return [(parties[0].start, parties[-1].end) for parties in whole], single


def is_bare(place: ClauseHead) -> bool:
    """Whether a clause may have a subject: it begins with no verb, or 由 or a name is in it.

    Args:
        place: the clause.
    """
    if place.end - place.start < _LEAST:
        return False
    at = place.behind_times
    if place.handed is not None:
        return True
    if place.cues.context["subject_governs"].match(place.text, at):
        return False
    plain = place.opening(at) not in _PREDICATES
    return plain or bool(place.names) or _may_be_named_so(place, at)


def _may_be_named_so(place: ClauseHead, at: int) -> bool:
    """排水班, 督查组: names that begin as a verb does."""
    words, until = place.cues.context, min(place.end, at + LONGEST)
    named = words["subject_named"].match(place.text, at, place.end)
    return named is not None or words["modal"].search(place.text, at + _SHORTEST, until) is not None


def _starts(place: ClauseHead) -> Iterator[tuple[int, str]]:
    start, at, handed = place.begin, place.behind_times, place.handed
    yield start, "h"
    if at > start:
        yield at, "t"
    if handed and handed > at:
        yield handed, "g"
    inside = {name for name, _ in place.names}
    inside.update(
        m.start() for m in place.cues.context["subject_inside"].finditer(place.text, at, place.end)
    )
    for name in sorted(inside):
        if name > at and name != handed:
            yield name, "n"


def members_of(place: ClauseHead, start: int, end: int) -> Iterator[Span]:
    """The members of a list: 党员、村民代表 are two, 县（市、区）政府 and 粮食和物资局 are one.

    Args:
        place: the clause.
        start: where the list begins.
        end: where it ends.

    Example:
        >>> from speechmine.extractors.party_cues import cues_of
        >>> from speechmine.rules.loader import default_rules
        >>> place = ClauseHead("党员、村民代表", 0, 7, {}, cues_of(default_rules()))
        >>> [place.text[a:b] for a, b in members_of(place, 0, 7)]
        ['党员', '村民代表']
    """
    edges = [start]
    for joint in _joints(place, start, end):
        edges.extend(joint)
    edges.append(end)
    found = list(zip(edges[::2], edges[1::2], strict=True))
    speaker = place.cues.context["speaker"]
    if all(b - a >= _SHORTEST or speaker.fullmatch(place.text, a, b) for a, b in found):
        yield from found
    else:  # 东、中、西部地区, 水和电: parts of one name
        yield start, end


def _joints(place: ClauseHead, start: int, end: int) -> Iterator[Span]:
    """What stands between names, not within one or within brackets."""
    brackets = [found.span() for found in _BRACKETED.finditer(place.text, start, end)]
    within = (*brackets, *place.members)
    for joint in place.cues.context["subject_joint"].finditer(place.text, start, end):
        a, b = joint.span()
        if not any(since <= a and b <= until for since, until in within):
            yield a, b


def _class(place: ClauseHead, at: int) -> str:
    """What begins at a place: a modal, a verb, a time, a figure, a preposition."""
    text, cues = place.text, place.cues
    if at >= place.end:
        return "E"
    told = _told(text, at, cues) if cues.heads is None or text[at] in cues.heads else None
    if at in place.times and told != "M":
        return "T"
    if told is not None:
        return told
    return "D" if cues.context["deed"].match(text, at) else "O"


def _told(text: str, at: int, cues: Cues) -> str | None:
    """The same by words that tell it by their first characters."""
    if cues.context["modal"].match(text, at):
        return "M"
    if cues.context["subject_counted"].match(text, at):
        return "N"
    if cues.context["subject_joined"].match(text, at):
        return text[at]
    if cues.openers.longest_at(text, at):
        return "V"
    if cues.adverbs.longest_at(text, at):
        return "A"
    if cues.context["subject_led"].match(text, at):
        return "P"
    return None
