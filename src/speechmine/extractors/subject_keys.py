"""What is seen of a stretch of words that may be a subject: its ends, and what stands around them.

No list holds everybody who may be told to act (调解员, 各课题牵头校领导, 质控办). Where a name
ends shows in its last characters and in what goes on behind it, so a stretch is described by
these, and weights learnt from annotated texts say how likely it is a subject.
"""

from __future__ import annotations

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
    "keys_between",
    "keys_of_end",
    "keys_of_none",
    "keys_of_none_at",
    "keys_of_start",
    "marks_in",
    "members_of",
    "names_of",
    "stretches",
    "stretches_from",
    "subject_keys_of",
]

#: No subject is longer, and its list neither.
LONGEST = 22
_SHORTEST = 2
_LEAST = 4
_SPEAKER = "我"
# So far into a clause somebody is handed a task.
_REACH = 24
_BRACKETED = compiled(r"[（(][^（()）]*[）)]")
# A short quotation is a part of a name: “两委”成员.
_STOPS = compiled(
    r"[，。；：！？《》,;:!?\s—…]|“(?![^“”，。；：]{1,6}”)|(?<!“.)(?<!“..)(?<!“...)(?<!“....)(?<!“.{5})(?<!“.{6})”"
)
_PREDICATES = frozenset("MVAPE")
# Kinds of what stands before a name that is no subject.
_MARKED = frozenset("rcd")

#: Where a name may begin, and what stands before it.
Mark = tuple[int, str]


@dataclass(frozen=True, slots=True)
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
    shortest = _SHORTEST - place.text.startswith(_SPEAKER, start)
    for end in range(start + shortest, last + 1):
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


def names_of(groups: Iterable[PartyGroup], end: int) -> tuple[Sequence[Span], Sequence[Span]]:
    """Where the names of a clause stand: those of a list together, and each by itself.

    Args:
        groups: those that begin in the clause.
        end: where it ends.
    """
    whole = [group.parties for group in groups if group.parties[-1].end <= end]
    single = [(party.start, party.end) for parties in whole for party in parties]
    return [(parties[0].start, parties[-1].end) for parties in whole], single


def is_bare(place: ClauseHead) -> bool:
    """Whether a clause may have a subject: it begins with no verb, or 由 or a name is in it.

    Args:
        place: the clause.
    """
    if place.end - place.start < _LEAST:
        return False
    at = _behind_times(place)
    if place.names or place.opening(at) not in _PREDICATES or _handed(place) is not None:
        return True
    # 排水班, 督查组: names that begin as a verb does.
    words, until = place.cues.context, min(place.end, at + LONGEST)
    named = words["subject_named"].match(place.text, at, place.end)
    return named is not None or words["modal"].search(place.text, at + _SHORTEST, until) is not None


def _begins(place: ClauseHead) -> int:
    """Where a clause begins behind the number of its article."""
    article = place.cues.context["subject_article"].match(place.text, place.start, place.end)
    return article.end() if article else place.start


def _behind_times(place: ClauseHead) -> int:
    at = _begins(place)
    while at in place.times:
        at = place.times[at]
    return at


def _handed(place: ClauseHead) -> int | None:
    """Where a name begins behind a word that hands it a task."""
    word = place.cues.context["subject_handed"]
    handed = word.search(place.text, place.start, min(place.end, place.start + _REACH))
    return handed.end() if handed else None


def _starts(place: ClauseHead) -> Iterator[tuple[int, str]]:
    start = _begins(place)
    yield start, "h"
    at, handed = _behind_times(place), _handed(place)
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


def members_of(place: ClauseHead, start: int, end: int) -> Iterator[tuple[int, int]]:
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
    text, at = place.text, start
    for joint in place.cues.context["subject_joint"].finditer(text, start, end):
        a, b = joint.span()
        within = _BRACKETED.search(text, at, end)
        inside = within is not None and within.start() < a < within.end()
        if inside or any(since <= a and b <= until for since, until in place.members):
            continue
        if min(a - at, end - b) >= _SHORTEST or text[at:a] == _SPEAKER:
            yield at, a
            at = b
    yield at, end


def subject_keys_of(place: ClauseHead, stretch: Candidate) -> list[str]:
    """What is seen of a stretch, as keys of the weights.

    Args:
        place: the clause.
        stretch: of it.
    """
    return [
        *keys_of_start(place, stretch.start, stretch.kind),
        *keys_of_end(place, stretch.end, stretch.kind),
        *keys_between(place, stretch),
    ]


def keys_of_start(place: ClauseHead, start: int, kind: str) -> list[str]:
    """What is seen where a stretch begins."""
    text = place.text
    return [
        "b",
        f"k{kind}",
        f"^{text[start]}",
        f"^{text[start : start + 2]}",
        f"o{place.opening(start)}{kind}",
        *_side(place, start, 0, kind),
        *((f"<{text[start - 1]}", f"<<{text[max(0, start - 2) : start]}") if kind == "n" else ()),
    ]


def keys_of_end(place: ClauseHead, end: int, kind: str) -> list[str]:
    """What is seen where a stretch ends, and of what goes on behind it."""
    text = place.text
    last, two, next_ = text[end - 1], text[end - 2 : end], text[end : end + 1]
    behind = place.opening(end)
    return [
        f"1{last}",
        f"2{two}",
        f"3{text[max(place.start, end - 3) : end]}",
        f">{next_}",
        f"»{text[end : end + 2]}",
        f"|{last}{next_}",
        f"|{two}{next_}",
        f"c{behind}",
        f"c{behind}{last}",
        f"c{behind}{two}",
        f"ck{behind}{kind}",
        *_side(place, end, 1, kind),
        *_person(place, end),
        *((f"k>{kind}{next_}", f"k»{kind}{text[end : end + 2]}") if kind in _MARKED else ()),
    ]


def keys_between(place: ClauseHead, stretch: Candidate) -> list[str]:
    """What is seen of a stretch as a whole, and within it."""
    text, start, end = place.text, stretch.start, stretch.end
    length = min(end - start, 12)
    return [
        f"n{length}",
        f"w{text[start:end]}" if length < 6 else "w",
        *(f"i{character}" for character in text[start + 1 : end - 1]),
        *_inside(place, stretch),
        *_named(place, stretch),
    ]


def _person(place: ClauseHead, end: int) -> Iterator[str]:
    """Whether a person's name seems to end there, or to go on: 宣传办韩梅负责, 监测员老许去看."""
    text, person = place.text, place.cues.called
    for until in range(end + 2, min(place.end, end + 3) + 1):
        if person.fullmatch(text, end, until):
            yield f"P>{until - end}{place.opening(until)}"
    for start in range(max(place.start, end - 3), end - 1):
        if person.fullmatch(text, start, end):
            yield f"P<{end - start}{text[start - 1 : start]}"
            yield f"P<{end - start}{place.opening(end)}"


def _side(place: ClauseHead, at: int, side: int, kind: str) -> Iterator[str]:
    """Whether a known name begins there (or ends, by the side asked for), or is cut there."""
    if kind in _MARKED:
        return
    if any(name[side] == at for name in place.names):
        yield f"N{side}={kind}"
    elif any(start < at < end for start, end in place.names):
        yield f"N{side}x{kind}"


def _named(place: ClauseHead, stretch: Candidate) -> Iterator[str]:
    """What a stretch has in common with the names that the rules know."""
    text, start, end = place.text, stretch.start, stretch.end
    over = [(a, b) for a, b in place.names if a < end and start < b]
    if not over or stretch.kind in _MARKED:
        return
    a, b = over[0]
    same = f"{_sign(a, start)}{_sign(b, end)}{min(len(over), 3)}"
    yield from (f"N{same}", f"Nk{same}{stretch.kind}")
    if start == a and b < end:
        rest = text[b:end]
        yield from (f"Nr{rest}", f"Nr^{rest[0]}", f"Nr$1{rest[-1]}", f"Nr$2{rest[-2:]}")
        yield f"Nrn{min(end - b, 6)}{place.opening(b)}"


def _sign(a: int, b: int) -> str:
    return "=" if a == b else "<" if a < b else ">"


def _inside(place: ClauseHead, stretch: Candidate) -> Iterator[str]:
    """Words within it that a name seldom holds."""
    verbs = 0
    for at in range(stretch.start, stretch.end - 1):
        length = place.verb(at)
        if length and at + length <= stretch.end:
            verbs += 1
            yield f"v{'0' if at == stretch.start else 'e' if at + length == stretch.end else 'm'}"
        if at in place.times and place.times[at] <= stretch.end:
            yield "vt"
    yield f"vn{min(verbs, 3)}"


def keys_of_none_at(place: ClauseHead, start: int, kind: str) -> list[str]:
    """What is seen of a mark that may have no name behind it."""
    text = place.text
    return [
        "-",
        f"-k{kind}",
        f"-k{kind}{text[start - 1 : start]}",
        f"-k{kind}{text[start - 2 : start]}",
        f"-kb{kind}{text[start - 3 : start]}",
        f"-ko{kind}{place.opening(start)}",
        f"-k^{kind}{text[start : start + 1]}",
        f"-k^{text[start : start + 2]}",
        f"-k^{text[start : start + 3]}",
    ]


def keys_of_none(place: ClauseHead) -> list[str]:
    """What is seen of a clause that may have no subject at all."""
    text, start, at = place.text, place.start, _behind_times(place)
    return [
        "-",
        f"-t{at > start}",
        f"-c{place.opening(at)}",
        f"-^{text[at : at + 1]}",
        f"-^{text[at : at + 2]}",
        f"-^{text[at : at + 3]}",
        f"-n{min(place.end - start, 30) // 3}",
        f"-e{text[place.end - 1 : place.end]}",
        f"-x{text[place.end : place.end + 1]}",
        f"-p{text[start - 1 : start]}",
        *(f"-{key}" for key in _side(place, at, 0, "h")),
    ]


def _class(place: ClauseHead, at: int) -> str:
    """What begins at a place: a modal, a verb, a time, a figure, a preposition."""
    text, cues = place.text, place.cues
    if at >= place.end:
        return "E"
    told = _told(text, at, cues) if text[at] in cues.heads else None
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
