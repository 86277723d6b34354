"""Whether a row names what it is about, and the words before it that do."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from speechmine.ledger.drafting.bareness import (
    deeds_in,
    is_thing,
    names_nothing,
    opens_as_order,
    says_little,
    stands_alone,
)
from speechmine.ledger.drafting.marked import phrasing_words
from speechmine.ledger.layout import ledger_words
from speechmine.model import Task

__all__ = [
    "above_words",
    "is_matter",
    "is_pointing",
    "is_rest",
    "thing_opening",
    "with_its_thing",
]

# A bracket before a row is short, and so is a row that needs one.
_ROOM, _SHORT = 42, 24
# A thing that tells what a row is about has a name of so many characters.
_NAME = 4
_LEFT_OUT, _CUT = "……", "…"
# 去挂牌子: so short a row names hardly a thing.
_SHORTEST = 6


def with_its_thing(task: Task, named: str, before: str) -> str:
    """A row that names no thing behind what it is about, in brackets.

    Args:
        task: the task of the row.
        named: what the row says is to be done.
        before: the words before it that tell what it is about.

    Example:
        >>> import speechmine
        >>> task = speechmine.extract("张家支渠去年就说要衬砌，水利站去量一遍。").tasks[-1]
        >>> with_its_thing(task, "量一遍", "张家支渠去年就说要衬砌")
        '（张家支渠去年就说要衬砌）量一遍'
        >>> with_its_thing(task, "张家支渠量一遍", "开会说了")
        '张家支渠量一遍'
    """
    bare = len(named) <= _SHORT and _is_bare(task, named)
    if bare and len(before) > _ROOM:  # what opens a long sentence tells what it is about
        before = before.partition(_LEFT_OUT)[0]
    if task.cells or not before or len(before) > _ROOM or "；" in before:
        return named
    words = above_words()
    if words["case"].match(named) and words["case"].match(before):  # one beside another
        return named
    if names_nothing(task, before, throughout=True):
        return named
    if before.endswith(_CUT) or before.count("（") != before.count("）"):
        return named
    if words["except"].fullmatch(before):  # 除水源地外，建立台账
        return f"{before}，{named}"
    shown = bare
    if len(named) <= _ROOM:
        topic = _is_topic(before) and not stands_alone(named)
        headless = phrasing_words().headless.match(named) is not None
        rest = words["bare_rest"].match(named) is not None
        shown = shown or topic or headless or rest or is_pointing(named)
    return f"（{before}）{named}" if shown else named


def _is_bare(task: Task, named: str) -> bool:
    """Whether words say hardly more than what is done, and by whom and when."""
    when = task.deadline.text if task.deadline.kind != "after_event" else None
    names = [name for name in (*(p.text for p in task.parties), when) if name]
    thing = task.object
    for name in names:
        thing = thing.replace(name, "")
    shortest = len(named) <= _SHORTEST and len(thing) < _NAME - 1
    return shortest or (len(thing) < _NAME and says_little(named, names))


def thing_opening(sentence: str) -> str:
    """The thing that opens a sentence whose clauses say what happens to it; empty where none does.

    Args:
        sentence: the words.

    Example:
        >>> thing_opening("村里漏水的旧管，6月底前摸清底数，10月底前换完")
        '村里漏水的旧管'
    """
    words = above_words()
    dealt = words["by_whom"].match(sentence)
    if dealt and _is_list_of_things(dealt["said"]):
        return dealt["said"]
    topic = words["topic"].match(sentence) or words["named_topic"].match(sentence)
    return topic["said"] if topic and is_thing(topic["said"]) else ""


def _is_list_of_things(said: str) -> bool:
    """规划核实、竣工备案, 长乐、大坪两个县; not 新建商圈、步行街, which is an order."""
    return not any(opens_as_order(item) and not _ends_with_deed(item) for item in said.split("、"))


def _ends_with_deed(said: str) -> bool:
    return any(end == len(said) for _, end in deeds_in(said))


def is_matter(said: str) -> bool:
    """Whether words only name the matter that the next ones deal with: 学生上学的事, 准备阶段.

    Args:
        said: the words.

    Example:
        >>> is_matter("家里漏雨的39户"), is_matter("逐户看一遍")
        (True, False)
    """
    return above_words()["matter"].fullmatch(said) is not None and not opens_as_order(said)


def _is_topic(said: str) -> bool:
    """Whether words only name the thing that the next ones deal with: 县里的粮库, 准备阶段."""
    return is_matter(said) or thing_opening(said) == said


def is_pointing(said: str) -> bool:
    """Whether words say where a thing is brought or whom something is for, and not what or who.

    Args:
        said: the words.

    Example:
        >>> is_pointing("打到860户的卡上"), is_pointing("给他们记功"), is_pointing("给师傅记功")
        (True, True, False)
    """
    words = above_words()
    theirs = words["they"].search(said) and not words["group"].search(said)
    failing = words["failing"].match(said) is not None
    return bool(theirs) or failing or words["brought"].fullmatch(said) is not None


def is_rest(said: str) -> bool:
    """Whether words speak of the rest of what was counted before: 其余四家.

    Args:
        said: the words.

    Example:
        >>> is_rest("其余四家年底前投用"), is_rest("四家年底前投用")
        (True, False)
    """
    return above_words()["rest"].match(said) is not None


@functools.cache
def above_words() -> Mapping[str, re.Pattern[str]]:
    """What the shipped table ``above`` says of how a row points back."""
    return {
        name: re.compile(str(said))
        for name, said in ledger_words()["above"].items()
        if name != "pairs"
    }
