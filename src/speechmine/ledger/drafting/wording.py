"""What the cells of a row say of one task, in the words of its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from speechmine.ledger.cells import squeezed
from speechmine.ledger.drafting.above import unspoken, words_above
from speechmine.ledger.drafting.antecedents import antecedent
from speechmine.ledger.drafting.bareness import stands_alone
from speechmine.ledger.drafting.context import named_task, phrasing_of, subject_above
from speechmine.ledger.drafting.doubts import DoubtfulRow, doubts_of, explains
from speechmine.ledger.drafting.plain import plain_words, says_speaker
from speechmine.ledger.drafting.pointing import with_its_thing
from speechmine.ledger.drafting.shown import owed_times
from speechmine.ledger.drafting.speaking import Speaking
from speechmine.ledger.drafting.timed import (
    condition_words,
    deadline_words,
    is_condition,
    is_time,
    latest_day,
    with_own_time,
)
from speechmine.ledger.drafting.unsaid import Unsaid
from speechmine.ledger.layout import ledger_words
from speechmine.model import Deadline, Document, Party, Role, Task
from speechmine.tables import value_label
from speechmine.typed_marks import with_known_stops

__all__ = ["RowSetting", "task_cells"]

_PARTY_FIELDS: tuple[Role, ...] = (
    "lead",
    "responsible",
    "cooperate",
    "supervise",
    "leader",
    "person",
)
#: Who must act, and does not only watch.
_ACTING = ("lead", "responsible")
_CLAUSES = re.compile("[，,；;]|……")


@dataclass(frozen=True, slots=True)
class RowSetting:
    """What is known of the words around a row.

    Attributes:
        told: whether rows of their own say what stands before it in its sentence.
        section: its category, which a remark need not repeat.
        unsaid: clauses beside it that no row says.
        speaking: who speaks in the document; None where that is not read yet.
    """

    told: bool = False
    section: str = ""
    unsaid: Unsaid = field(default_factory=Unsaid)
    speaking: Speaking | None = None


def task_cells(task: Task, document: Document, around: RowSetting | None = None) -> dict[str, str]:
    """Fields of a row by name, apart from what only its place in the document tells.

    Args:
        task: the task.
        document: its speech.
        around: what stands around it.

    Example:
        >>> import speechmine
        >>> speech = speechmine.extract("县水利局要持续抓好堤防巡查，每月报送巡查台账。")
        >>> cells = task_cells(speech.tasks[-1], speech.document)
        >>> cells["who"], cells["deadline"]
        ('县水利局', '每月')
    """
    around = around or RowSetting()
    speaking = around.speaking or Speaking.of(document)
    task, pronouns = speaking.resolved(with_own_time(task, document.text))
    stated = task.deadline if is_time(task.deadline) else Deadline()
    named = named_task(
        task,
        document.text,
        dated=is_time(task.deadline),
        told=around.told,
        more=around.unsaid.more,
    )
    if not task.cells:
        named = plain_words(named, [p.text for p in task.parties if p.role in _ACTING])
    times = (stated,) if task.cells else owed_times(named, document, stated)
    before = _context_words(task, with_known_stops(document.text), named, around)
    shown = with_its_thing(task, named, before)
    remarks = [
        *_speakers_remarks(pronouns, named, speaking),
        *_remarks(task, document, named, around, before),
        *_context_remarks("" if shown != named else before, around.unsaid.beside),
    ]
    return {
        **{name: _parties_words(task, name) for name in _PARTY_FIELDS},
        "person": _parties_words(_without_contacts(task, document.text), "person"),
        "task": shown,
        "who": _who(task),
        "deadline": deadline_words(task, named, times),
        "latest": latest_day(task, times),
        "source": document.title or document.id,
        "remark": "；".join(remarks),
        "cycle": task.deadline.recurrence or "",
    }


def _speakers_remarks(pronouns: str, named: str, speaking: Speaking) -> Iterator[str]:
    """What stands for a name that the row does not give: 我, 我们."""
    words = ledger_words()["remarks"]
    if pronouns:
        yield str(words["pronoun"]).format(said=pronouns)
    elif says_speaker(named):
        known = speaking.person and not re.search(str(words["nobody"]), speaking.person)
        yield str(words["speaker"]).format(who=speaking.person if known else words["speaking"])


def _without_contacts(task: Task, text: str) -> Task:
    """The task without those whom the text names as somebody to call (联系人：)."""
    contact = re.compile(str(ledger_words()["contact"]))
    answer = (p for p in task.parties if not contact.search(text[max(0, p.start - 8) : p.start]))
    return replace(task, parties=tuple(answer))


def _who(task: Task) -> str:
    return "、".join(
        filter(None, (_parties_words(task, "lead", mark=True), _parties_words(task, "responsible")))
    )


def _parties_words(task: Task, role: Role, *, mark: bool = False) -> str:
    """Names of one role; what only the profile suggests is marked so."""
    lead = {p.text for p in task.suggested_parties if p.source.endswith("first_is_lead")}
    tail = f"（{value_label('role', role)}）" if mark else ""
    stated = [p for p in task.parties if p.role == role]
    named = [
        _party_name(p, after) + ("（建议牵头）" if p.text in lead else "") + tail
        for p, after in zip_longest(stated, stated[1:])
    ]
    named += [
        f"{p.text}（建议{value_label('role', 'lead') if mark else ''}）"
        for p in task.suggested_parties
        if p.role == role and p.text not in lead
    ]
    return "、".join(dict.fromkeys(named))


def _party_name(party: Party, after: Party | None) -> str:
    """The name, with 等 where it ends an open list and does not hold it itself (甲局等部门)."""
    goes_on = after is not None and after.open_list
    ends = party.open_list and not goes_on and "等" not in party.text
    return f"{party.text}等" if ends else party.text


def _context_remarks(before: str, beside: str) -> Iterator[str]:
    """What stands around a row and is said in no cell."""
    words = ledger_words()["remarks"]
    if before:
        yield str(words["context"]).format(said=before)
    if beside:
        yield str(words["beside"]).format(said=beside)


def _remarks(
    task: Task, document: Document, named: str, around: RowSetting, before: str
) -> Iterator[str]:
    """What is worth knowing of who and when, and is no name and no time, nor said in the row."""
    words, text = ledger_words()["remarks"], with_known_stops(document.text)
    owing = [p for p in task.parties if p.role in _ACTING]
    if not task.cells:
        bodies = tuple(party.text for party in owing)
        explained = explains(text, task.start)
        yield from doubts_of(DoubtfulRow(named, around.section, before, bodies, explained))
    yield from _time_remarks(task.deadline, named)
    if owing and all(p.source != "explicit" and p.text not in named for p in owing):
        yield str(words["carried"])
    above = "" if owing or task.cells else subject_above(task, text)
    if above:
        yield str(words["above"]).format(said=above)


def _time_remarks(when: Deadline, named: str) -> Iterator[str]:
    """What a time says that is no time: a case that must come first, or how it is done."""
    words = ledger_words()["remarks"]
    if is_condition(when):
        first = condition_words(when, named)
        if first:
            yield str(words["first"]).format(said=first)
    elif when.text and not is_time(when) and not re.fullmatch(str(words["silent"]), when.text):
        yield str(words["manner"]).format(said=when.text)


def _context_words(task: Task, text: str, named: str, around: RowSetting) -> str:
    """The words before a row that it needs, and those that no row says, each once."""
    needed = antecedent(task, text, named)
    if not needed and not stands_alone(named):
        needed = unspoken(phrasing_of(task, text, told=around.told))
    needed = needed or unspoken(words_above(task, text, named, around.section))
    if squeezed(_unlabelled(needed)) in squeezed(named):
        needed = ""
    needed = _with_antecedent(task, text, needed)
    left = unspoken(around.unsaid.above)
    shown = squeezed(f"{needed}{named}{around.section}")
    if not left or squeezed(left) in shown or squeezed(_unlabelled(left)) in squeezed(named):
        return needed
    if _holds(left, needed):
        return left
    return needed if _holds(needed, left) else f"{needed}；{left}"


def _unlabelled(words: str) -> str:
    """县住建局：11月底前…: without whom they are for."""
    return words.rpartition("：")[2]


def _holds(words: str, others: str) -> bool:
    """Whether words say most of the clauses of others."""
    clauses = [squeezed(clause) for clause in _CLAUSES.split(others) if clause]
    return not clauses or sum(c in squeezed(words) for c in clauses) * 2 > len(clauses)


def _with_antecedent(task: Task, text: str, said: str) -> str:
    """报告出来就公开，不合格的重做: what the words before a row point to is meant there too."""
    meant = antecedent(task, text, said) if said else ""
    held = squeezed(meant) in squeezed(said) or squeezed(said) in squeezed(meant)
    return said if held else f"{meant}；{said}"
