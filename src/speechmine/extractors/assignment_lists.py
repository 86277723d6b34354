"""What stands in a responsibility note: labels, predicates and the lists that they govern."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speechmine.borders import Span
from speechmine.extractors.party_lexicon import alternation
from speechmine.extractors.party_members import looks_like_list, members, names_only
from speechmine.extractors.party_roles import role_of
from speechmine.model import Party, PartyGroup, Role
from speechmine.patterns import compiled
from speechmine.rules.schema import Rule, RuleSet
from speechmine.rules.searching import Patterns, compile_search, patterns_by_id
from speechmine.text import starting_in

__all__ = ["LONGEST_NOTE", "Assignment", "NoteForms", "NoteReader", "note_forms"]

_END_OF_PART = r"(?=[，,；;。、\s]|$)"
_PIECE = compiled(r"[，,；;]")
_PIECES = "，,；;"
_PART = compiled(r"[，,；;。]")
_GAP = compiled(r"[\s；;，,。、]*")
_SHARES = ("lead", "cooperate")
#: No note is longer.
LONGEST_NOTE = 600


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
class NoteForms:
    """Labels and predicates, compiled; a group name leads to the rule that it came from."""

    labels: re.Pattern[str]
    predicates: re.Pattern[str]
    conventions: re.Pattern[str]
    time: re.Pattern[str]
    roles: dict[str, Rule]
    shapes: Patterns

    def role_of(self, match: re.Match[str]) -> Role | None:
        """The role that a label or a predicate gives."""
        return role_of(self.roles[match.lastgroup or ""])


@functools.lru_cache(maxsize=8)
def note_forms(rules: RuleSet) -> NoteForms:
    """The labels and predicates of a rule set."""
    sides: dict[str, list[tuple[str, Rule]]] = {}
    for number, rule in enumerate(rules.table("roles")):
        sides.setdefault(rule.attribute("side"), []).append((f"r{number}", rule))
    labels, predicates = sides["label"], sides["predicate"]
    shapes = patterns_by_id(rules, "party_shapes")
    marks = "|".join(shapes[f"assignment.{name}"].pattern for name in ("linked", "unmarked"))
    return NoteForms(
        labels=compile_search(f"(?:{_with_names(labels)})(?:{marks})"),
        predicates=compile_search(f"(?:{_with_names(predicates)}){_END_OF_PART}"),
        conventions=compile_search(alternation(rule for _, rule in sides["convention"])),
        time=compile_search(f"(?:{alternation(rule for _, rule in sides['time'])}){_END_OF_PART}"),
        roles=dict(labels + predicates),
        shapes=shapes,
    )


def _with_names(entries: list[tuple[str, Rule]]) -> str:
    return "|".join(f"(?P<{name}>{rule.pattern})" for name, rule in entries)


@dataclass(frozen=True, slots=True)
class NoteReader:
    """Reads the notes of a text; ``groups`` are its mentions, identified already."""

    text: str
    rules: RuleSet
    groups: Sequence[PartyGroup] | None

    @property
    def forms(self) -> NoteForms:
        """The labels and predicates of the rules."""
        return note_forms(self.rules)

    def bracket(self, start: int, end: int) -> tuple[Sequence[Party], bool]:
        """The parties of a bracket's inside; none where it is some other remark.

        Args:
            start: of the inside.
            end: of it.

        Returns:
            With them, whether a part, a label or a time stands beside the names.
        """
        end = self._before_convention(start, end)
        items = self.forms.shapes["assignment.items"].match(self.text, start, end)
        start = self._past_times(items.end() if items else start, end)
        if self.forms.labels.match(self.text, start, end):
            return self.labelled(start, end), True
        told = self.predicated(start, end)
        return (told, True) if told else self._parts(start, end)

    def names_group(self, start: int, end: int) -> bool:
        """Whether the first label of a note is one of a group (组长：…)."""
        label = self.forms.labels.search(self.text, start, end)
        return label is not None and self.forms.roles[label.lastgroup or ""].flag("group")

    def labelled(self, start: int, end: int) -> list[Party]:
        """责任单位：甲局、乙局: each label governs the list behind it."""
        forms, found = self.forms, list[Party]()
        labels = list(forms.labels.finditer(self.text, start, end))
        for label, following in zip(labels, [*labels[1:], None], strict=True):
            role = forms.role_of(label)
            if role:
                stop = following.start() if following else end
                stop = self._before_convention(label.end(), stop)
                found.extend(
                    p
                    for p in self._listed(label.end(), stop, role)
                    if not forms.time.fullmatch(p.text)
                    and not forms.shapes["assignment.term"].search(p.text)
                )
        return found

    def predicated(self, start: int, end: int) -> list[Party]:
        """甲局牵头，乙局、丙局配合: each predicate governs the list before it."""
        forms, found, at = self.forms, list[Party](), start
        while at < end:
            match = forms.predicates.search(self.text, at, end)
            role = forms.role_of(match) if match else None
            if not match or not role or self._in_time(at, match):
                return []
            if not self._lists(at, match.start(), end):
                return []
            found.extend(self._with_helpers(at, match.start(), role))
            at = self._past_times(self.after_gap(match.end(), end), end)
            if forms.labels.match(self.text, at, end):
                return [*found, *self.labelled(at, end)]
        return found

    def after_gap(self, at: int, end: int) -> int:
        """Where what a list goes on with begins, behind blanks and marks."""
        gap = _GAP.match(self.text, at, end)
        return gap.end() if gap else at

    def _members(self, start: int, end: int, role: Role) -> Iterator[Party]:
        """Those listed in a stretch, as the text elsewhere knows them."""
        for party in members(self.text, start, end, role, rules=self.rules):
            yield party if self.groups is None else self._identified(party, self.groups)

    def _identified(self, party: Party, groups: Sequence[PartyGroup]) -> Party:
        opens = self.forms.shapes["list.open"].search(self.text, party.start, party.end)
        end = opens.start() if opens else party.end
        near = starting_in(groups, party.start - LONGEST_NOTE, end)
        known = [p for g in near for p in g.parties if p.end == end and p.start >= party.start]
        if not known:
            return dataclasses.replace(party, name=None)
        body, name, level = known[-1].body, known[-1].name, known[-1].level
        return dataclasses.replace(party, body=body, name=name, level=level)

    def _listed(self, start: int, end: int, role: Role) -> Iterator[Party]:
        """A label's list; parts in it (甲局牵头，乙局、丙局配合) say more than it does."""
        at = start
        for match in self.forms.predicates.finditer(self.text, start, end):
            part = self.forms.role_of(match)
            if part in _SHARES and self._lists(at, match.start(), end):
                own = max(at, self._behind_piece(at, match.start()))
                yield from self._members(at, own, role)
                yield from self._with_helpers(own, match.start(), part)
                at = self.after_gap(match.end(), end)
        yield from self._members(at, end, role)

    def _behind_piece(self, start: int, end: int) -> int:
        """Where the last piece of a stretch begins."""
        return 1 + max(self.text.rfind(mark, start, end) for mark in _PIECES)

    def _parts(self, start: int, end: int) -> tuple[Sequence[Party], bool]:
        """甲局牵头，乙局；各镇，长期: parts that are times, names alone, or names and their share.

        Names are those that the table or their kind gives away; one other part, and it is a remark.
        """
        found, at, told = list[Party](), start, False
        while at < end:
            begins = self.after_gap(at, end)
            at = self._past_times(begins, end)
            told = told or at > begins
            if at >= end:
                break
            if self.forms.labels.match(self.text, at, end):
                return ([*found, *self.labelled(at, end)] if found else ()), True
            stop = _PART.search(self.text, at, end)
            part = stop.start() if stop else end
            role, names = self._share(at, part)
            if not all(names_only(self.text, *side, self.rules) for side in self._sides(*names)):
                return (), False
            found.extend(self._with_helpers(*names, role or "responsible"))
            told = told or role is not None
            at = part
        return found, told

    def _share(self, start: int, end: int) -> tuple[Role | None, Span]:
        """What a part of a note says of its names, and where they stand; of 甲局汇总 no share."""
        said = self.forms.predicates.search(self.text, start, end)
        if said is not None:
            ends = said.end() == end
            return (
                (self.forms.role_of(said), (start, said.start())) if ends else (None, (start, end))
            )
        deed = self.forms.shapes["assignment.deed"].search(self.text, start, end)
        whole = names_only(self.text, start, end, self.rules)
        if deed and not whole and names_only(self.text, start, deed.start(), self.rules):
            return None, (start, deed.start())
        return None, (start, end)

    def _sides(self, start: int, end: int) -> Sequence[Span]:
        """The lists before and behind 会同, or the only one."""
        helped = self.forms.shapes["assignment.helped"].search(self.text, start, end)
        return ((start, helped.start()), (helped.end(), end)) if helped else ((start, end),)

    def _with_helpers(self, start: int, end: int, role: Role) -> Iterator[Party]:
        """甲局会同乙局负责: what stands behind 会同 cooperates."""
        first, *helpers = self._sides(start, end)
        yield from self._members(*first, role)
        for side in helpers:
            yield from self._members(*side, "cooperate")

    def _lists(self, at: int, stop: int, end: int) -> bool:
        """A list by itself, or one short word beside a list (示例产投负责，区财政局配合)."""
        if looks_like_list(self.text, at, stop, self.rules):
            return True
        rest = _PIECE.search(self.text, stop, end)
        word = self.forms.shapes["assignment.word"].fullmatch(self.text, at, stop)
        if rest is None or word is None:
            return False
        part = self.forms.predicates.search(self.text, rest.end(), end)
        return part is not None and looks_like_list(self.text, rest.end(), part.start(), self.rules)

    def _in_time(self, at: int, predicate: re.Match[str]) -> bool:
        """Whether what looks like a part is the end of a time (各部门，持续推进)."""
        piece = self._behind_piece(at, predicate.start())
        time = self.forms.time.match(self.text, piece, predicate.end()) if piece > at else None
        return time is not None and time.end() >= predicate.end()

    def _past_times(self, at: int, end: int) -> int:
        """Where a note goes on behind the parts that only say when."""
        while at < end and (part := self.forms.time.match(self.text, at, end)) is not None:
            at = self.after_gap(part.end(), end)
        return at

    def _before_convention(self, start: int, end: int) -> int:
        """Where a remark such as 下同 begins that belongs to no list."""
        remark = self.forms.conventions.search(self.text, start, end)
        if not remark:
            return end
        return remark.start() - (self.text[remark.start() - 1] in "〔（([")
