"""What a task says is owed, in the words and the order of its text.

Who answers and by when stand in columns of their own: what opens a clause and says no more than
that is left away, and so is a clause that only says who helps. Nothing else is.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from speechmine.ledger.cells import squeezed
from speechmine.ledger.layout import ledger_words
from speechmine.model import Task

__all__ = ["named_task", "owed_words", "phrasing_of", "subject_above", "whole_task"]

_OPEN, _CLOSE = "（(《“‘[【", "）)》”’]】"
_SHORT_WORD = 2
_LAST_WORD = re.compile(r"[，,；;。：:]([\u4e00-\u9fff]{1,2})$")
# Marks between two clauses that stay as they are.
_BETWEEN = ("，", ",", "；", ";", "、")
_MARKS = "，,；;。、：: —\u3000\n•●○■□▲△★☆◆◇→·"
_SHORTEST = 4
# What is left of 在全县推开, 逐个验收 without place and manner.
_LONGEST_VERB = 3
# Longer ones say what they are about.
_LONG_ENOUGH = 12
# More than this between two pieces is another matter.
_WIDEST = 90
# Further back stands something else; a remark is short.
_FAR, _MOST_CONTEXT = 120, 40
_SENTENCE = re.compile(r"[。；;！？\n]")
_ARTICLE = re.compile(
    r"第[一二三四五六七八九十百\d]+条[ \u3000]+|[一二三四五六七八九十]{1,2}是(?=[一-龥]{2})"
    r"|\d+(?:\.\d+)+[ \u3000]+"
)
# 抓好几项工作，一是: the point that the task itself is.
_POINT = re.compile(r"[：:，；]?[一二三四五六七八九十]{1,2}是$")
# A list's number, and a bracket in front that says who answers for the sentence before.
_BULLET = re.compile(
    r"^[①-⒛]|^[^（(]*[）)]|^（[^）]*）|^[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[）)]|[.、．](?!\d))\s*"
)


def owed_words(task: Task, *, dated: bool) -> str:
    """The text of a task without what its other columns say.

    Args:
        task: the task.
        dated: whether its deadline is a time, and stands in its own column.

    Example:
        >>> import speechmine
        >>> text = "县水利局要在6月底前完成水库加固，做好蓄水准备，县财政局等部门配合。"
        >>> [owed_words(task, dated=True) for task in speechmine.extract(text).tasks]
        ['完成水库加固，做好蓄水准备']
    """
    reader = _MarkedText(task.text, tuple(_named_spans(task, dated=dated)))
    kept = _numberless("".join(reader.clauses()).strip(_MARKS))
    return kept if len(kept) >= _SHORTEST else task.text.strip(_MARKS)


def _numberless(said: str) -> str:
    """Without the number of an article, of a point (二是) or of a paragraph (5.1.2)."""
    number = _ARTICLE.match(said)
    return said[number.end() :] if number else said


def whole_task(task: Task, text: str, *, dated: bool) -> str:
    """What is owed with its measures, in the order of the text.

    Args:
        task: the task.
        text: of its document; empty where only records are there, then the measures follow.
        dated: as for :func:`owed_words`.
    """
    return _with_measures(task, text, owed_words(task, dated=dated))


def _with_measures(task: Task, text: str, own: str) -> str:
    """The task in the words given and its measures, each where the text has it."""
    more = [m for m in task.measures if squeezed(m) not in squeezed(own)]
    if not text:
        return "；".join((own, *more))
    start = text.rfind("\n", 0, task.start) + 1
    end = text.find("\n", task.end)
    paragraph = text[start : end if end >= 0 else len(text)]
    at = task.start - start
    # Where each piece stands in the paragraph, with what is said of it.
    pieces = [(at, at + len(task.text), own)]
    for measure in more:
        place = _nearest(paragraph, measure, at)
        begun = _clause_start(paragraph, place)
        pieces.append((begun, place + len(measure), paragraph[begun:place] + measure))
    return _numberless(_rejoined(sorted(pieces, key=lambda piece: piece[0]), paragraph))


def _rejoined(pieces: Sequence[tuple[int, int, str]], paragraph: str) -> str:
    """The pieces; between two of one sentence what the text has there, if it is short."""
    said = pieces[0][2]
    for (_, end, _), (start, _, words) in pairwise(pieces):
        said += _between(paragraph[end:start].strip()) + words
    return said


def _between(gap: str) -> str:
    """The mark between two pieces, or the words that are no piece (，特别是)."""
    inside = not _SENTENCE.search(gap.strip("；;")) and 0 < len(gap) <= _WIDEST
    return gap if inside and gap[0] in _BETWEEN else "；"


def _nearest(paragraph: str, words: str, at: int) -> int:
    """Where words stand that are next to a place; behind everything where they do not."""
    found = [match.start() for match in re.finditer(re.escape(words), paragraph)]
    return min(found, key=lambda place: abs(place - at), default=len(paragraph))


def _clause_start(paragraph: str, place: int) -> int:
    """Where the clause begins, if only a word (将, 确保) stands before the place."""
    before = paragraph[max(0, place - _SHORT_WORD - 1) : place]
    word = _LAST_WORD.search(before)
    return place - len(word[1]) if word else place


def subject_above(task: Task, text: str) -> str:
    """Who must act in the sentence before, for a task whose sentence begins with a bare 要.

    Args:
        task: the task.
        text: of its document.

    Example:
        >>> import speechmine
        >>> text = "县商务局要办好消费节。要在8月底前制定补贴细则。"
        >>> [subject_above(task, text) for task in speechmine.extract(text).tasks]
        ['', '县商务局']
    """
    line = text[text.rfind("\n", 0, task.start) + 1 : task.start]
    *before, opening = _SENTENCE.split(line)
    words = _phrasing_words()
    if words.bare.match(opening.strip(_MARKS) + task.text) is None:
        return ""
    for sentence in reversed([_BULLET.sub("", said.strip(_MARKS)) for said in before]):
        if words.bare.match(sentence) is None:
            subject = words.subject.match(sentence)
            return subject["who"] if subject else ""
    return ""


@dataclass(frozen=True, slots=True)
class _Context:
    """What a short task further inside a sentence is about: ``beside`` in the same one."""

    said: str
    beside: bool


def phrasing_of(task: Task, text: str) -> str:
    """What a sentence begins with, for a short task further inside it (…，年内全部办结).

    A task that names nothing by itself (全部办结, 逐个验收) has it in its own words.

    Args:
        task: the task.
        text: of its document.

    Example:
        >>> import speechmine
        >>> text = "青石桥改建工程3月底前开工，9月底前完成主桥六成。"
        >>> [phrasing_of(task, text) for task in speechmine.extract(text).tasks]
        ['', '青石桥改建工程3月底前开工']
    """
    return "" if _is_bare(task) else _context(task, text).said


def named_task(task: Task, text: str, *, dated: bool) -> str:
    """What is owed; with what it is about where it names nothing by itself.

    Args:
        task: the task.
        text: of its document.
        dated: as for :func:`owed_words`.

    Example:
        >>> import speechmine
        >>> text = "收购任务要坚决完成，九月底前完成百分之七十。"
        >>> [named_task(task, text, dated=True) for task in speechmine.extract(text).tasks]
        ['收购任务要坚决完成', '收购任务要坚决完成，九月底前完成百分之七十']
    """
    about = _context(task, text) if _is_bare(task) else None
    if about is None or not about.said:
        return whole_task(task, text, dated=dated)
    if about.beside:  # 校长每天陪餐，家委会每月进一次后厨: who does what, as the text has it
        return f"{about.said}，{_with_measures(task, text, task.text.strip(_MARKS))}"
    return f"（{about.said}）{whole_task(task, text, dated=dated)}"


def _is_bare(task: Task) -> bool:
    """在全县推开, 完成百分之八十, 走读的召回: what is done, and not to what."""
    if _phrasing_words().headless.match(task.text):
        return True
    if task.object:
        return _phrasing_words().counting.fullmatch(task.object) is not None
    return len(_phrasing_words().manner.sub("", task.action).strip(_MARKS)) <= _LONGEST_VERB


def _context(task: Task, text: str) -> _Context:
    whole = whole_task(task, text, dated=True)
    headless = _phrasing_words().headless.match(task.text) is not None
    most = _LONG_ENOUGH * 2 if headless else _LONG_ENOUGH
    if task.cells or len(whole) > most:
        return _Context("", beside=False)
    before = _SENTENCE.split(text[max(0, task.start - _FAR) : task.start])
    begun = _topic(before[-1])
    beside = bool(begun)
    unnamed = all(party.source != "explicit" for party in task.parties)
    if not begun and not headless and unnamed and _is_bare(task):
        begun = next((topic for part in before[-2::-1] if (topic := _topic(part))), "")
    found = _beginning(begun)
    named = found in {party.text for party in task.parties}
    return _Context("" if named else found, beside=beside)


def _topic(part: str) -> str:
    """A sentence's beginning without its number; nothing where no more than a word stands there."""
    topic = _numberless(_BULLET.sub("", _POINT.sub("", part.strip(_MARKS))))
    return topic if len(topic) >= _SHORTEST else ""


def _beginning(sentence: str) -> str:
    """As many of its clauses as a remark has room for, at least a piece of the first."""
    clauses = [sentence[start:end] for start, end in _clauses(sentence)]
    said = ""
    for clause in clauses:
        if said and len(said) + len(clause) > _MOST_CONTEXT:
            break
        said += clause
    bare = said.strip(_MARKS)
    return bare if len(bare) <= _MOST_CONTEXT else f"{bare[:_MOST_CONTEXT]}…"


def _named_spans(task: Task, *, dated: bool) -> Iterator[tuple[int, int]]:
    """Where the text names those who answer, and the time."""
    for party in task.parties:
        if party.role in _SAID and task.start <= party.start and party.end <= task.end:
            yield party.start - task.start, party.end - task.start
    when = task.deadline
    once = dated and when.kind not in _KEPT_TIMES
    if once and when.start is not None and when.end is not None and task.start < when.end:
        yield max(0, when.start - task.start), when.end - task.start


#: 每月调度一次 without its 每月, or 查清后 without its event, would say something else.
_KEPT_TIMES = frozenset(("recurring", "after_event"))
#: Roles that have a column.
_SAID = frozenset(("lead", "responsible", "cooperate", "supervise", "leader", "person"))


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Clauses with the mark behind them; marks inside brackets and quotes part nothing."""
    start = depth = 0
    for at, mark in enumerate(text):
        depth = max(0, depth + (mark in _OPEN) - (mark in _CLOSE))
        after = text[at + 1 : at + 2]
        if mark in "，,；;。" and not depth and after not in "，,；;。":
            yield start, at + 1
            start = at + 1
    if start < len(text):
        yield start, len(text)


@dataclass(frozen=True, slots=True)
class _Words:
    """Words around names and times.

    Attributes:
        before, behind: on either side of them. helping: what ends a clause that says no more.
        bound: what binds a name to the words behind it (的同志).
        counting: objects that only count. manner: what says how and where beside a deed.
        bare: how a sentence begins that names no subject (要继续…). subject: one that does.
        headless: those that fail, and no word of what they are (走读的召回).
    """

    before: re.Pattern[str]
    behind: re.Pattern[str]
    helping: re.Pattern[str]
    bound: re.Pattern[str]
    counting: re.Pattern[str]
    manner: re.Pattern[str]
    bare: re.Pattern[str]
    subject: re.Pattern[str]
    headless: re.Pattern[str]


@functools.cache
def _phrasing_words() -> _Words:
    said = ledger_words()["phrasing"]
    return _Words(**{name: re.compile(str(pattern)) for name, pattern in said.items()})


@dataclass(frozen=True, slots=True)
class _MarkedText:
    """A text with the names and times in it."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def clauses(self) -> Iterator[str]:
        """The text; its opening without names and times, later clauses whole or not at all."""
        opening = True
        for start, end in _clauses(self.text):
            at = self._behind_opening(start, end)
            bare = self.text[at:end].strip(_MARKS)
            if at > start and (not bare or _phrasing_words().helping.fullmatch(bare)):
                continue
            yield self.text[at if opening else start : end]
            opening = False

    def _behind_opening(self, start: int, end: int) -> int:
        at = start
        while (after := self._behind_one(at, end)) > at:
            at = after
        return start if _phrasing_words().bound.match(self.text, at, end) else at

    def _behind_one(self, at: int, end: int) -> int:
        """Behind a name or time here, with the words around it; ``at`` where none stands."""
        words = _phrasing_words()
        begin = words.before.match(self.text, at, end)
        opening = begin.end() if begin else at
        stops = [stop for start, stop in self.spans if start == opening and stop <= end]
        if stops:
            behind = words.behind.match(self.text, max(stops), end)
            return behind.end() if behind else max(stops)
        return at
