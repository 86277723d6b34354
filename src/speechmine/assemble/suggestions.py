"""What an office profile suggests for tasks whose text leaves it open; never mixed with facts."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from speechmine.assemble.findings import INHERITED_ROLES
from speechmine.assemble.profile import DaysAllowed, PartyHabit, Profile
from speechmine.characters import bare
from speechmine.extractors.conventions import Convention, lead_convention
from speechmine.grammar.periods import days_after
from speechmine.model import Document, SuggestedDeadline, SuggestedParty, Task
from speechmine.rules.schema import RuleSet

__all__ = ["suggested"]


def suggested(
    tasks: Iterable[Task],
    profile: Profile,
    *,
    document: Document,
    rules: RuleSet,
) -> tuple[Task, ...]:
    """The tasks with the suggestions of a profile; nothing else about them changes.

    Args:
        tasks: as the text has them.
        profile: of the office.
        document: its date is where days count from; what it says of lists without a lead
            comes before the profile.
        rules: the rule set.
    """
    day = dt.date.fromisoformat(document.date) if document.date else None
    convention = lead_convention(document.text, rules)
    return tuple(
        dataclasses.replace(
            task,
            suggested_parties=tuple(_parties(task, profile, convention)),
            suggested_deadline=_suggested_deadline(task, profile, day),
        )
        for task in tasks
    )


def _parties(
    task: Task, profile: Profile, convention: Convention | None
) -> Iterator[SuggestedParty]:
    named = [p for p in task.parties if p.role in INHERITED_ROLES and not p.generic]
    led = any(party.role == "lead" for party in named)
    if profile.first_is_lead and convention is None and len(named) > 1 and not led:
        yield SuggestedParty(named[0].text, "lead", "profile:first_is_lead")
    if not named:
        yield from _usual(task, profile.habits)


def _usual(task: Task, habits: Sequence[PartyHabit]) -> Iterator[SuggestedParty]:
    """Of all entries that fit, each party once."""
    seen = set()
    for habit in habits:
        if _says(task, habit.words) or set(habit.themes) & set(task.themes):
            for role, name in habit.parties:
                if (role, name) not in seen:
                    seen.add((role, name))
                    yield SuggestedParty(name, role, f"profile:{habit.id}")


def _says(task: Task, words: Iterable[str]) -> bool:
    said = [bare(part) for part in (task.text, task.title, task.group) if part]
    return any(bare(word) in part for word in words for part in said)


def _suggested_deadline(
    task: Task, profile: Profile, day: dt.date | None
) -> SuggestedDeadline | None:
    """A limit where the text gives no date; the longest time where it gives a later one."""
    stated = task.deadline
    if stated.masked:
        return None
    if stated.latest is None:
        fits = (limit for limit in profile.limits if _fits(limit, task))
        limit = next(fits, None)
        return None if limit is None else _counted(limit.days, f"policy:{limit.id}", day)
    if profile.max_days is None or day is None:
        return None
    longest = _counted(profile.max_days, "policy:max_days", day)
    return longest if longest.date is not None and stated.latest > longest.date else None


def _fits(limit: DaysAllowed, task: Task) -> bool:
    return task.deadline.kind in limit.kinds and (not limit.words or _says(task, limit.words))


def _counted(days: int, source: str, day: dt.date | None) -> SuggestedDeadline:
    due = None if day is None else days_after(day, days)
    return SuggestedDeadline(days, None if due is None else due.isoformat(), source)
