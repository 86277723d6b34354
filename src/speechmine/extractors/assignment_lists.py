"""What stands in a responsibility note: labels, predicates and the lists that they govern."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from speechmine.extractors.party_lexicon import alternation
from speechmine.extractors.party_members import looks_like_list, members, names_only
from speechmine.extractors.party_roles import role_of
from speechmine.model import Party, Role
from speechmine.patterns import compiled
from speechmine.rules.schema import Rule, RuleSet
from speechmine.rules.searching import Patterns, patterns_by_id

__all__ = [
    "Assignment",
    "NoteReader",
    "after_gap",
    "bracket_parties",
    "labelled_parties",
    "names_group",
    "note_forms",
    "predicated_parties",
]

_END_OF_PART = r"(?=[，,；;。、\s]|$)"
_PIECE = compiled(r"[，,；;]")
_PART = compiled(r"[，,；;。]")
_GAP = compiled(r"[\s；;，,。、]*")
_SHARES = ("lead", "cooperate")


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who is named for the work before it.

    Attributes:
        start, end: the bracket or the labelled lines.
        parties: in order, each with the role that label or predicate gives.
        block: it stands on a line of its own, so it may cover the whole block before it.
        nearest: a sentence that says who has the one before it, and nothing else.
        items: the numbers that it says it is for (第7至9条), as written; empty where it says none.
        group: it says who is in a group (组长：某某；成员单位：甲局), whose work its part holds.
    """

    start: int
    end: int
    parties: tuple[Party, ...]
    block: bool
    nearest: bool = False
    items: str = ""
    group: bool = False


@dataclass(frozen=True, slots=True)
class NoteReader:
    """A text with the rules and, by where they end, the mentions already identified."""

    text: str
    rules: RuleSet
    known: Callable[[int], Party | None] | None

    def members(self, start: int, end: int, role: Role) -> tuple[Party, ...]:
        """Those listed in a stretch, as the text elsewhere knows them."""
        found = members(self.text, start, end, role, rules=self.rules)
        return found if self.known is None else tuple(self._identified(p) for p in found)

    def _identified(self, party: Party) -> Party:
        opens = note_forms(self.rules).shapes["list.open"].search(self.text, party.start, party.end)
        known = self.known(opens.start() if opens else party.end) if self.known else None
        if known is None or known.start < party.start:
            return dataclasses.replace(party, name=None)
        return dataclasses.replace(party, body=known.body, name=known.name, level=known.level)


@dataclass(frozen=True, slots=True)
class _NoteForms:
    """Labels and predicates, compiled; a group name leads to the rule that it came from."""

    labels: re.Pattern[str]
    predicates: re.Pattern[str]
    conventions: re.Pattern[str]
    time: re.Pattern[str]
    roles: dict[str, Rule]
    shapes: Patterns


@functools.lru_cache(maxsize=8)
def note_forms(rules: RuleSet) -> _NoteForms:
    """The labels and predicates of a rule set."""
    sides: dict[str, list[tuple[str, Rule]]] = {}
    for number, rule in enumerate(rules.table("roles")):
        sides.setdefault(rule.attribute("side"), []).append((f"r{number}", rule))
    labels, predicates = sides["label"], sides["predicate"]
    shapes = patterns_by_id(rules, "party_shapes")
    marks = "|".join(shapes[f"assignment.{name}"].pattern for name in ("linked", "unmarked"))
    return _NoteForms(
        labels=compiled(f"(?:{_with_names(labels)})(?:{marks})"),
        predicates=compiled(f"(?:{_with_names(predicates)}){_END_OF_PART}"),
        conventions=compiled(alternation(rule for _, rule in sides["convention"])),
        time=compiled(f"(?:{alternation(rule for _, rule in sides['time'])}){_END_OF_PART}"),
        roles=dict(labels + predicates),
        shapes=shapes,
    )


def _with_names(entries: list[tuple[str, Rule]]) -> str:
    return "|".join(f"(?P<{name}>{rule.pattern})" for name, rule in entries)


def _role_of(match: re.Match[str], forms: _NoteForms) -> Role | None:
    return role_of(forms.roles[match.lastgroup or ""])


def bracket_parties(
    reader: NoteReader, start: int, end: int, *, bare: bool = False
) -> tuple[Party, ...]:
    """The parties of a bracket's inside; none where it is some other remark.

    Args:
        reader: the text.
        start: of the inside.
        end: of it.
        bare: names alone are enough; else a part, a label or a time must stand beside them.
    """
    forms = note_forms(reader.rules)
    stop = _before_note(reader.text, start, end, forms)
    items = forms.shapes["assignment.items"].match(reader.text, start, stop)
    start = items.end() if items else start
    start = _past_times(reader.text, start, stop, forms)
    if forms.labels.match(reader.text, start, stop):
        return labelled_parties(reader, start, stop)
    told = predicated_parties(reader, start, stop, forms)
    return told or _parts_of_note(reader, start, stop, bare=bare)


def names_group(reader: NoteReader, start: int, end: int) -> bool:
    """Whether the first label of a note is one of a group (组长：…)."""
    forms = note_forms(reader.rules)
    label = forms.labels.search(reader.text, start, end)
    return label is not None and forms.roles[label.lastgroup or ""].flag("group")


def labelled_parties(reader: NoteReader, start: int, end: int) -> tuple[Party, ...]:
    """责任单位：甲局、乙局: each label governs the list behind it."""
    forms = note_forms(reader.rules)
    found: list[Party] = []
    labels = list(forms.labels.finditer(reader.text, start, end))
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        role = _role_of(label, forms)
        stop = following.start() if following else end
        if role:
            stop = _before_note(reader.text, label.end(), stop, forms)
            found.extend(
                p
                for p in _listed(reader, label.end(), stop, role)
                if not forms.time.fullmatch(p.text)
                and not forms.shapes["assignment.term"].search(p.text)
            )
    return tuple(found)


def _listed(reader: NoteReader, start: int, end: int, role: Role) -> Iterator[Party]:
    """A label's list; parts inside it (甲局牵头，乙局、丙局配合) say more than the label does."""
    forms, at = note_forms(reader.rules), start
    for match in forms.predicates.finditer(reader.text, start, end):
        part = _role_of(match, forms)
        if part in _SHARES and _lists(reader, at, match.start(), end):
            own = 1 + max(reader.text.rfind(mark, at, match.start()) for mark in "，,；;")
            yield from reader.members(at, max(at, own), role)
            yield from _with_helpers(reader, max(at, own), match.start(), part)
            at = after_gap(reader.text, match.end(), end)
    yield from reader.members(at, end, role)


def predicated_parties(
    reader: NoteReader, start: int, end: int, forms: _NoteForms
) -> tuple[Party, ...]:
    """甲局牵头，乙局、丙局配合: each predicate governs the list before it."""
    found: list[Party] = []
    at = start
    while at < end:
        match = forms.predicates.search(reader.text, at, end)
        if match and _in_time(reader.text, at, match, forms):  # 各部门，持续推进
            return ()
        role = _role_of(match, forms) if match else None
        stop = match.start() if match else end
        if not match or not role or not _lists(reader, at, stop, end):
            return ()
        found.extend(_with_helpers(reader, at, stop, role))
        at = _past_times(reader.text, after_gap(reader.text, match.end(), end), end, forms)
        if forms.labels.match(reader.text, at, end):
            return (*found, *labelled_parties(reader, at, end))
    return tuple(found)


def _parts_of_note(reader: NoteReader, start: int, end: int, *, bare: bool) -> tuple[Party, ...]:
    """甲局牵头，乙局；各镇，长期: parts that are times, names alone, or names and their share.

    Names are those that the table or their kind gives away; one other part, and it is a remark.
    """
    forms, found, at = note_forms(reader.rules), list[Party](), start
    while at < end:
        begins = after_gap(reader.text, at, end)
        at = _past_times(reader.text, begins, end, forms)
        bare = bare or at > begins
        if at >= end:
            break
        if forms.labels.match(reader.text, at, end):
            return (*found, *labelled_parties(reader, at, end)) if found else ()
        stop = _PART.search(reader.text, at, end)
        part = stop.start() if stop else end
        role, names = _share(reader, at, part, forms)
        named = (
            names_only(reader.text, *side, reader.rules) for side in _sides(names, forms, reader)
        )
        if not all(named):
            return ()
        found.extend(_with_helpers(reader, *names, role or "responsible"))
        bare = bare or role is not None
        at = part
    return tuple(found) if bare else ()


def _share(
    reader: NoteReader, start: int, end: int, forms: _NoteForms
) -> tuple[Role | None, tuple[int, int]]:
    """What a part of a note says of its names, and where they stand; of 甲局汇总 no share."""
    said = forms.predicates.search(reader.text, start, end)
    if said is not None and said.end() == end:
        return _role_of(said, forms), (start, said.start())
    if said is not None:
        return None, (start, end)
    deed = forms.shapes["assignment.deed"].search(reader.text, start, end)
    whole = names_only(reader.text, start, end, reader.rules)
    if deed and not whole and names_only(reader.text, start, deed.start(), reader.rules):
        return None, (start, deed.start())
    return None, (start, end)


def _sides(
    names: tuple[int, int], forms: _NoteForms, reader: NoteReader
) -> tuple[tuple[int, int], ...]:
    """The lists before and behind 会同."""
    start, end = names
    helped = forms.shapes["assignment.helped"].search(reader.text, start, end)
    return ((start, helped.start()), (helped.end(), end)) if helped else (names,)


def _lists(reader: NoteReader, at: int, stop: int, end: int) -> bool:
    """A list by itself, or one short word beside a list (示例产投负责，区财政局配合)."""
    text, rules = reader.text, reader.rules
    if looks_like_list(text, at, stop, rules):
        return True
    rest, word = _PIECE.search(text, stop, end), note_forms(rules).shapes["assignment.word"]
    if rest is None or word.fullmatch(text, at, stop) is None:
        return False
    part = note_forms(rules).predicates.search(text, rest.end(), end)
    return part is not None and looks_like_list(text, rest.end(), part.start(), rules)


def _in_time(text: str, at: int, predicate: re.Match[str], forms: _NoteForms) -> bool:
    """Whether what looks like a part is the end of a time behind the list's last comma."""
    comma = max(text.rfind(mark, at, predicate.start()) for mark in "，,；;")
    time = forms.time.match(text, comma + 1, predicate.end()) if comma >= at else None
    return time is not None and time.end() >= predicate.end()


def _with_helpers(reader: NoteReader, start: int, end: int, role: Role) -> tuple[Party, ...]:
    """甲局会同乙局负责: what stands behind 会同 cooperates."""
    helped = note_forms(reader.rules).shapes["assignment.helped"].search(reader.text, start, end)
    if helped is None:
        return reader.members(start, end, role)
    return (
        *reader.members(start, helped.start(), role),
        *reader.members(helped.end(), end, "cooperate"),
    )


def _past_times(text: str, at: int, end: int, forms: _NoteForms) -> int:
    """Where a bracket goes on behind the parts that only say when."""
    while at < end:
        part = forms.time.match(text, at, end)
        if part is None:
            break
        at = after_gap(text, part.end(), end)
    return at


def _before_note(text: str, start: int, end: int, forms: _NoteForms) -> int:
    """Where a note such as 下同 begins that belongs to no list."""
    note = forms.conventions.search(text, start, end)
    if not note:
        return end
    return note.start() - (text[note.start() - 1] in "〔（([")


def after_gap(text: str, at: int, end: int) -> int:
    """Where what a list goes on with begins, behind blanks and marks."""
    gap = _GAP.match(text, at, end)
    return gap.end() if gap else at
