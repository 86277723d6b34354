"""What the cells of a row say of one task, in the words of its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from speechmine.ledger.drafting.doubts import DoubtfulRow, doubts_of
from speechmine.ledger.drafting.phrases import MARKS, without_opening
from speechmine.ledger.drafting.shown import owed_times
from speechmine.ledger.drafting.speaking import Speaking, says_speaker
from speechmine.ledger.drafting.timed import (
    deadline_words,
    is_condition,
    is_time,
    latest_day,
    with_own_time,
)
from speechmine.ledger.drafting.words import RowWords
from speechmine.ledger.layout import ledger_words
from speechmine.model import Deadline, Document, Party, Role, Task
from speechmine.tables import value_label

__all__ = ["RowSetting", "in_row_words", "task_cells"]

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
# 每月调度一次 without its 每月, or 查清后 without its event, would say something else.
_KEPT_TIMES = frozenset(("recurring", "after_event"))


@dataclass(frozen=True, slots=True)
class RowSetting:
    """What is known of a row but its task.

    Attributes:
        words: where its words stand; those of the task where that is not known.
        section: its category. headings: all above it, a line each. topic: the nearest one, where
            the category does not say it.
        speaking: who speaks in the document; None where that is not read yet.
    """

    words: RowWords | None = None
    section: str = ""
    headings: str = ""
    topic: str = ""
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
    above = _unsaid(around, document)
    speaking = around.speaking or Speaking.of(document)
    own = with_own_time(in_row_words(task, document.text, around.words), document.text)
    called = around.words.called if around.words else ""
    own, pronouns = speaking.resolved(own, called, document.text)
    own = _with_helper_answering(own, document.text)
    stated = own.deadline if is_time(own.deadline) else Deadline()
    named = own.text.strip(MARKS) if own.cells else without_opening(own.text, _named_spans(own))
    told = "" if any(p.role in _ACTING for p in own.parties) else speaking.spoken_to(named, called)
    times = (stated,) if own.cells else owed_times(named, document, stated)
    remarks = [
        *_speakers_remarks(pronouns, named, speaking),
        *_remarks(own, document, named, around),
        *((str(ledger_words()["remarks"]["carried"]),) if told else ()),
        *((str(ledger_words()["remarks"]["context"]).format(said=above),) if above else ()),
    ]
    return {
        **{name: _parties_words(own, name) for name in _PARTY_FIELDS},
        "cooperate": _parties_words(_without(own, document.text, "helped"), "cooperate"),
        "person": _parties_words(_without(own, document.text, "contact"), "person"),
        "task": named,
        "who": _who(own) or told,
        "deadline": deadline_words(own, named, times),
        "latest": latest_day(own, times),
        "source": document.title or document.id,
        "remark": "；".join(remarks),
        "cycle": own.deadline.recurrence or "",
    }


def in_row_words(task: Task, text: str, words: RowWords | None) -> Task:
    """The task with the words of its row in place of those of its clause.

    Args:
        task: the task.
        text: of its document; empty where only records are there.
        words: where they stand; where that is not known, the measures follow the task.
    """
    if task.cells:
        return task
    if words is None:
        return replace(task, text="；".join((task.text, *task.measures)))
    return replace(task, text=text[words.start : words.end], start=words.start, end=words.end)


def _unsaid(around: RowSetting, document: Document) -> str:
    """The words before a row, unless its category or the name of the text says them."""
    above = (around.words.above if around.words else "") or around.topic
    above = re.sub(str(ledger_words()["noted_above"]), "", above)
    return "" if above in around.section or above in (document.title or "") else above


def _named_spans(task: Task) -> Iterator[tuple[int, int]]:
    """Where the words of a row name those who have a column, and its time."""
    for party in task.parties:
        if party.role in _PARTY_FIELDS and task.start <= party.start and party.end <= task.end:
            yield party.start - task.start, party.end - task.start
    when = task.deadline
    once = is_time(when) and when.kind not in _KEPT_TIMES
    if once and when.start is not None and when.end is not None and task.start <= when.start:
        yield when.start - task.start, when.end - task.start


def _speakers_remarks(pronouns: str, named: str, speaking: Speaking) -> Iterator[str]:
    """What stands for a name that the row does not give: 我, 我们."""
    words = ledger_words()["remarks"]
    if pronouns:
        yield str(words["pronoun"]).format(said=pronouns)
    elif says_speaker(named):
        known = speaking.person and not re.search(str(words["nobody"]), speaking.person)
        yield str(words["speaker"]).format(who=speaking.person if known else words["speaking"])


def _without(task: Task, text: str, words: str) -> Task:
    """The task without those whom words stand before: who is to be called, or is helped."""
    before = re.compile(str(ledger_words()[words]))
    others = (p for p in task.parties if not before.search(text[max(0, p.start - 8) : p.start]))
    return replace(task, parties=tuple(others))


def _with_helper_answering(task: Task, text: str) -> Task:
    """配合有关部门编制目录: where nobody in particular is helped, whoever helps answers for it."""
    helped = re.compile(str(ledger_words()["helped"]))
    acting = [p for p in task.parties if p.role in _ACTING]
    helpers = [p for p in task.parties if p.role == "cooperate" and p.source != "explicit"]
    nobody = all(p.generic and helped.search(text[max(0, p.start - 8) : p.start]) for p in acting)
    if not (acting and helpers and nobody):
        return task
    kept = (p for p in task.parties if p not in acting and p not in helpers)
    return replace(task, parties=(*(replace(p, role="responsible") for p in helpers), *kept))


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
        p.text + ("（建议牵头）" if p.text in lead else "") + tail + _rest_of(p, after)
        for p, after in zip_longest(stated, stated[1:])
    ]
    named += [
        f"{p.text}（建议{value_label('role', 'lead') if mark else ''}）"
        for p in task.suggested_parties
        if p.role == role and p.text not in lead
    ]
    return "、".join(dict.fromkeys(named))


def _rest_of(party: Party, after: Party | None) -> str:
    """The 等 behind a name that ends an open list and does not hold it itself (甲局等部门)."""
    goes_on = after is not None and after.open_list
    return "等" if party.open_list and not goes_on and "等" not in party.text else ""


def _remarks(task: Task, document: Document, named: str, around: RowSetting) -> Iterator[str]:
    """What is worth knowing of who and when, and is no name and no time, nor said in the row."""
    owing = [p for p in task.parties if p.role in _ACTING]
    if not task.cells:
        bodies = tuple(party.text for party in owing)
        above = _unsaid(around, document)
        yield from doubts_of(DoubtfulRow(named, around.headings, above, bodies))
    yield from _time_remarks(task.deadline, document.text)
    if owing and all(p.source != "explicit" and p.text not in named for p in owing):
        yield str(ledger_words()["remarks"]["carried"])


def _time_remarks(when: Deadline, text: str) -> Iterator[str]:
    """How a deed is done, where its time says only that; a case stands in the row itself."""
    words = ledger_words()["remarks"]
    known = is_condition(when) or is_time(when)
    if when.end is not None and re.match(str(words["of_case"]), text[when.end : when.end + 60]):
        return
    if when.text and not known and not re.fullmatch(str(words["silent"]), when.text):
        yield str(words["manner"]).format(said=when.text)
