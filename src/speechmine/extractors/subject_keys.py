"""What is seen of a stretch of words that may be a subject: its ends, and what stands around them.

No list holds everybody who may be told to act (调解员, 各课题牵头校领导, 质控办). Where a name
ends shows in its last characters and in what goes on behind it, so a stretch is described by
these, and weights learnt from annotated texts say how likely it is a subject.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from speechmine.extractors.subject_places import LONGEST

if TYPE_CHECKING:
    from speechmine.extractors.subject_places import Candidate, ClauseHead

__all__ = [
    "keys_between",
    "keys_of_end",
    "keys_of_none",
    "keys_of_none_at",
    "keys_of_start",
    "subject_keys_of",
]

# Kinds of what stands before a name that is no subject.
_MARKED = frozenset("rcd")
_COMMA = "、"


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
        *(_side(place, start, 0, kind) if place.names else ()),
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
        *(_side(place, end, 1, kind) if place.names else ()),
        *_person(place, end),
        *((f"k>{kind}{next_}", f"k»{kind}{text[end : end + 2]}") if kind in _MARKED else ()),
    ]


def keys_between(place: ClauseHead, stretch: Candidate) -> list[str]:
    """What is seen of a stretch as a whole, and within its last member."""
    text, start, end = place.text, stretch.start, stretch.end
    since = text.rfind(_COMMA, start, end) + 1 or start
    length = min(end - since, 12)
    return [
        f"n{length}",
        f"w{text[since:end]}" if length < 6 else "w",
        *(f"i{character}" for character in text[since + 1 : end - 1]),
        *_inside(place, since, end),
        *_named(place, stretch),
        *(_listed(place, start, since, end) if since > start else ()),
    ]


def _listed(place: ClauseHead, start: int, since: int, end: int) -> Iterator[str]:
    """How the members before the last one end, and whether all end alike."""
    others, last = place.text[start : since - 1].split(_COMMA), place.text[end - 1]
    behind = place.opening(end)
    yield from (f"L{min(len(others), 4)}", f"L{behind}", f"L{behind}{last}")
    yield f"L={all(name[-1:] == last for name in others)}"
    yield f"Ln{min(max(map(len, others)), 12)}"
    for name in others:
        yield from (f"M1{name[-1:]}", f"M2{name[-2:]}", f"M{name}")


def _side(place: ClauseHead, at: int, side: int, kind: str) -> Iterator[str]:
    """Whether a known name begins there (or ends, by the side asked for), or is cut there."""
    if kind in _MARKED:
        return
    if any(name[side] == at for name in place.names):
        yield f"N{side}={kind}"
    elif any(start < at < end for start, end in place.names):
        yield f"N{side}x{kind}"


def _person(place: ClauseHead, end: int) -> Sequence[str]:
    """Whether a person's name seems to end there, or to go on: 宣传办韩梅负责, 监测员老许去看."""
    text, person, heads = place.text, place.cues.shapes["called"], place.cues.surnames
    since = max(place.start, end - 3)
    if heads is not None and heads.isdisjoint(text[since : end + 1]):
        return ()
    found = [
        f"P>{until - end}{place.opening(until)}"
        for until in range(end + 2, min(place.end, end + 3) + 1)
        if person.fullmatch(text, end, until)
    ]
    for start in range(since, end - 1):
        if person.fullmatch(text, start, end):
            found.append(f"P<{end - start}{text[start - 1 : start]}")
            found.append(f"P<{end - start}{place.opening(end)}")
    return found


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
        unit = any(found.end() == end for found in place.cues.shapes["unit"].finditer(text, b, end))
        counts = any(character.isdecimal() for character in rest)
        yield f"Nu{place.verb(b) > 0:d}{unit:d}{counts:d}"


def _sign(a: int, b: int) -> str:
    return "=" if a == b else "<" if a < b else ">"


def _inside(place: ClauseHead, start: int, end: int) -> Iterator[str]:
    """Words within it that a name seldom holds."""
    verbs = 0
    for at in range(start, end - 1):
        length = place.verb(at)
        if length and at + length <= end:
            verbs += 1
            yield f"v{'0' if at == start else 'e' if at + length == end else 'm'}"
        if at in place.times and place.times[at] <= end:
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
    text, start, at = place.text, place.start, place.behind_times
    modal = place.cues.context["modal"].search(text, at, min(place.end, at + LONGEST))
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
        f"-m{modal is not None:d}",
        *(f"-{key}" for key in _side(place, at, 0, "h")),
    ]
