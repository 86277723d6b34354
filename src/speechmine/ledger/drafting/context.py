"""What a row is about where its own words do not say it: what stands before, and who acts there."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from speechmine.borders import SENTENCE
from speechmine.ledger.drafting.bareness import names_nothing, opens_with_deed
from speechmine.ledger.drafting.marked import (
    MARKS,
    SHORTEST,
    clauses_of,
    numberless,
    phrasing_words,
)
from speechmine.ledger.drafting.phrasing import whole_task, with_measures
from speechmine.ledger.drafting.pointing import is_rest, thing_opening
from speechmine.ledger.drafting.shortening import first_clauses, outer_clauses
from speechmine.model import Task

__all__ = ["named_task", "phrasing_of", "subject_above"]

# What is left of 在全县推开, 逐个验收 without place and manner.
_LONGEST_VERB = 3
# Longer ones say what they are about.
_LONG_ENOUGH = 12
# 将有关指标纳入考核 points back.
_POINTING = ("将", "把")
# Further back stands something else; a remark is short.
_FAR, _ROOM = 120, 40
# 抓好几项工作，一是: the point that the task itself is.
_POINT = re.compile(r"[：:，；]?[一二三四五六七八九十]{1,2}是$")
# A list's number, and a bracket in front that says who answers for the sentence before.
_BULLET = re.compile(
    r"^[①-⒛]|^[^（(]*[）)]|^（[^）]*）|^[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[）)]|[.、．](?!\d))\s*"
)


def subject_above(task: Task, text: str) -> str:
    """Who must act in the sentence before, for a task whose sentence begins with a bare 要.

    Args:
        task: the task.
        text: of its document.

    Example:
        >>> import speechmine
        >>> text = "县水利局要修好南渠闸门。要在8月底前制定管护细则。"
        >>> [subject_above(task, text) for task in speechmine.extract(text).tasks]
        ['', '县水利局']
    """
    line = text[text.rfind("\n", 0, task.start) + 1 : task.start]
    *before, opening = SENTENCE.split(line)
    words = phrasing_words()
    if words.bare.match(opening.strip(MARKS) + task.text) is None:
        return ""
    for sentence in reversed([_BULLET.sub("", said.strip(MARKS)) for said in before]):
        if words.bare.match(sentence) is None:
            subject = words.subject.match(sentence)
            return subject["who"] if subject else ""
    return ""


@dataclass(frozen=True, slots=True)
class _RowAround:
    """What a short task further inside a sentence is about: ``beside`` in the same one."""

    said: str
    beside: bool


def phrasing_of(task: Task, text: str, *, told: bool = False) -> str:
    """What a sentence begins with, for a short task further inside it (…，年内全部办结).

    A task that names nothing by itself (全部办结, 逐个验收) has it in its own words.

    Args:
        task: the task.
        text: of its document.
        told: whether rows of their own say what stands before it.

    Example:
        >>> import speechmine
        >>> text = "青石桥改建工程3月底前开工，9月底前完成主桥六成。"
        >>> [phrasing_of(task, text) for task in speechmine.extract(text).tasks]
        ['', '青石桥改建工程3月底前开工']
    """
    about = _context(task, text)
    return "" if _is_bare(task) and not _is_others(about, told=told) else about.said


def named_task(
    task: Task, text: str, *, dated: bool, told: bool = False, more: tuple[str, ...] = ()
) -> str:
    """What is owed; with what it is about where it names nothing by itself.

    Args:
        task: the task.
        text: of its document.
        dated: as for :func:`owed_words`.
        told: as for :func:`phrasing_of`.
        more: clauses beside it that no task says.

    Example:
        >>> import speechmine
        >>> text = "收购任务要坚决完成，九月底前完成百分之七十。"
        >>> [named_task(task, text, dated=True) for task in speechmine.extract(text).tasks]
        ['收购任务要坚决完成', '收购任务要坚决完成，九月底前完成百分之七十']
    """
    about = _context(task, text) if _is_bare(task) else None
    task = replace(task, measures=(*task.measures, *more)) if more else task
    if about is None or not about.said or _is_others(about, told=told):
        return whole_task(task, text, dated=dated)
    if about.beside:  # 校长每天陪餐，家委会每月进一次后厨: who does what, as the text has it
        return f"{about.said}，{with_measures(task, text, task.text.strip(MARKS))}"
    return f"（{about.said}）{whole_task(task, text, dated=dated)}"


def _is_others(about: _RowAround, *, told: bool) -> bool:
    """先总结，下月印发意见，在全市推开: what rows of their own say is a remark to the others."""
    return told and about.beside


def _is_bare(task: Task) -> bool:
    """在全县推开, 完成百分之八十, 走读的召回: what is done, and not to what."""
    if phrasing_words().headless.match(task.text):
        return True
    if task.object:
        return phrasing_words().counting.fullmatch(task.object) is not None
    return len(phrasing_words().manner.sub("", task.action).strip(MARKS)) <= _LONGEST_VERB


def _context(task: Task, text: str) -> _RowAround:
    words = phrasing_words()
    whole = whole_task(task, text, dated=True)
    headless = words.headless.match(task.text) is not None
    vague = words.vague.match(task.text) is not None
    most = _LONG_ENOUGH * 2 if headless or vague else _LONG_ENOUGH
    if task.cells or len(whole) > most:
        return _RowAround("", beside=False)
    names = {party.text for party in task.parties}
    before = SENTENCE.split(text[max(0, task.start - _FAR) : task.start])
    begun = _topic(before[-1], names if vague else ())
    beside = bool(begun)
    unnamed = all(party.source != "explicit" for party in task.parties)
    if not begun and (vague or (not headless and unnamed and _is_bare(task))):
        begun = next((topic for part in before[-2::-1] if (topic := _topic(part))), "")
    pointing = vague and task.text.startswith(_POINTING)
    found = first_clauses(_last_clause(begun)) if pointing else _fitting(task, begun, whole)
    return _RowAround("" if found in names else found, beside=beside)


def _fitting(task: Task, begun: str, said: str) -> str:
    """A short beginning whole; of a long one what a deed is part of, or what a thing belongs to."""
    if len(begun) <= _ROOM:
        return first_clauses(begun)
    deed = is_rest(said) or (opens_with_deed(said) and not names_nothing(task, said))
    return thing_opening(begun) or (first_clauses(begun) if deed else outer_clauses(begun))


def _topic(part: str, names: Collection[str] = ()) -> str:
    """A sentence's beginning without its number; nothing where no more than a word stands there.

    怎么减，班子…拿方案: a question and the name of who acts are no topic; ``names`` are left out.
    """
    topic = numberless(_BULLET.sub("", _POINT.sub("", part.strip(MARKS))))
    if names:
        clauses = [topic[start:end] for start, end in clauses_of(topic)]
        topic = "".join(c for c in clauses if not _says_nothing(c.strip(MARKS), names))
    return topic if len(topic) >= SHORTEST else ""


def _last_clause(sentence: str) -> str:
    """将有关指标纳入…: 有关 points to what was said just before."""
    spans = list(clauses_of(sentence))
    return sentence[spans[-1][0] :] if spans else sentence


def _says_nothing(clause: str, names: Collection[str]) -> bool:
    return clause in names or phrasing_words().asked.search(clause) is not None
