"""Where the mentioned stand in their clause: what is before them, and what words call for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechmine.extractors.party_cues import Cues, behind_name, cues_of, modal_at
from speechmine.patterns import compiled

if TYPE_CHECKING:
    from speechmine.model import PartyGroup
    from speechmine.rules.schema import RuleSet

__all__ = ["CLAUSE_END", "GroupPlace", "clause_before", "is_cued", "leads_in", "stands_free"]

_LONGEST_CLAUSE = 80
CLAUSE_END = compiled(r"[，。；：、！？\s]|$")


@dataclass(frozen=True, slots=True)
class GroupPlace:
    """A group in its clause: ``before`` is the clause up to it."""

    text: str
    group: PartyGroup
    before: str
    cues: Cues

    @property
    def end(self) -> int:
        """Where the words behind it begin."""
        return behind_name(self.text, self.group.end, self.cues)

    @property
    def named(self) -> bool:
        """Somebody in particular, not a kind (各部门)."""
        return not any(party.generic for party in self.group.parties)

    @property
    def text_of_last(self) -> str:
        """The name that stands before those words."""
        return self.group.parties[-1].text

    @property
    def person(self) -> bool:
        """Persons by office, who lend a matter their name (高区长包小区)."""
        answers = self.cues.context["answers"]
        return all(
            p.role == "leader" or answers.search(p.text) or self.cues.titled.search(p.text)
            for p in self.group.parties
        )

    @property
    def office(self) -> bool:
        """Named, or an office by kind (相关部门); 企业 and 群众 are helped, not followed."""
        parties = self.group.parties
        kind = self.cues.context["office_kind"]
        return any(not p.generic or kind.search(p.text) for p in parties)


def clause_before(text: str, at: int, cues: Cues) -> str:
    """What stands before a place in its clause."""
    window = text[max(0, at - _LONGEST_CLAUSE) : at]
    found = cues.context["clause_break"].match(window)
    return window[found.end() :] if found else window


def is_cued(text: str, start: int, end: int, rules: RuleSet) -> bool:
    """Whether ``text[start:end]`` stands before a modal or a role word, or is handed a task.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> is_cued("企业要抓整改", 0, 2, default_rules())
        True
    """
    cues = cues_of(rules)
    before = clause_before(text, start, cues)
    if cues.context["instructed"].search(before) or cues.asked.search(before):
        return True
    if any(ahead.search(before) and behind.match(text, end) for ahead, behind in cues.asked_around):
        return True
    modal = modal_at(text, end, cues)
    if before and not cues.context["lead_in"].fullmatch(before):
        return modal and cues.context["attributive"].search(before) is not None
    return modal or any(
        pattern.match(text, end) for rule, pattern in cues.after if not rule.flag("by")
    )


def stands_free(text: str, start: int, cues: Cues) -> bool:
    """Whether nothing but connectives, times and 让 or 派 stands before a place in its clause."""
    before = clause_before(text, start, cues)
    return leads_in(before, cues) or cues.context["sent"].fullmatch(before) is not None


def leads_in(before: str, cues: Cues) -> bool:
    """Nothing, or connectives and times: 另外, 散会以后今晚."""
    if cues.context["lead_in"].fullmatch(before):
        return True
    at = 0
    while time := cues.context["when"].match(before, at):
        at = time.end()
    rest = before[at:]
    return not rest or cues.context["lead_in"].fullmatch(rest) is not None
