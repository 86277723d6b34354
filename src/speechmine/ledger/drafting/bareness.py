"""Whether words name a thing, or only what is done and how often."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

from speechmine.ledger.drafting.marked import MARKS, clauses_of, phrasing_words
from speechmine.ledger.layout import ledger_words
from speechmine.model import Task
from speechmine.rules.loader import default_rules
from speechmine.rules.matcher import Matcher
from speechmine.segment.predicates import predicates_of

__all__ = [
    "deeds_in",
    "first_deed",
    "is_thing",
    "names_nothing",
    "opens_as_order",
    "opens_with_deed",
    "says_little",
    "stands_alone",
]

_HAN = re.compile(r"[\u4e00-\u9fff]")
# So many clauses are read: what opens a row tells what it is about.
_FEWEST = 2
# 主动上门，手续…: so few words say how the rest is done.
_BRIEF = 5
# 滨河湿地公园 is known by its name, 水闸 and 机制 are not.
_NAME, _LONG_NAME = 4, 8


def names_nothing(task: Task, said: str, *, throughout: bool = False) -> bool:
    """Whether a row says what is done and how often, and not to what: 每半月调度一次.

    Of a row with several clauses the first must name a thing: 总结一下，下月印发意见.

    Args:
        task: the task of the row.
        said: its words.
        throughout: whether none of its clauses names a thing.

    Example:
        >>> import speechmine
        >>> task = speechmine.extract("县水利局要每半月调度一次。").tasks[0]
        >>> names_nothing(task, "每半月调度一次"), names_nothing(task, "每半月调度一次水库蓄水")
        (True, False)
    """
    names = [party.text for party in task.parties] + [task.deadline.text or ""]
    left = _without(said, names)
    clauses = [left[a:b] for a, b in clauses_of(left)]
    spoken = [clause for clause in clauses if len(clause.strip(MARKS)) >= _FEWEST]
    if throughout:
        return bool(spoken) and not any(map(_things, spoken))
    first = spoken[0] if spoken else ""
    few = len(spoken) > 1 and len(first.strip(MARKS)) <= _BRIEF and not opens_with_deed(first)
    return bool(first) and len(_things(first)) <= (_FEWEST if few else 0)


def says_little(said: str, names: Iterable[str] = ()) -> bool:
    """Whether words name hardly a matter of their own: no thing, or one that is always of another.

    Args:
        said: the words.
        names: who acts and when, which say nothing of the matter.

    Example:
        >>> says_little("本月底配齐", ["本月底"]), says_little("公布分级标准")
        (True, True)
        >>> says_little("修好南坡水渠")
        False
    """
    left = _of_others().sub("", _without(said, names))
    things = "".join(_things(left[start:end]) for start, end in clauses_of(left))
    return len(things) <= _FEWEST


def stands_alone(said: str) -> bool:
    """Whether a row says by itself what is to be done to what: 建成滨河湿地公园.

    Args:
        said: its words.

    Example:
        >>> [stands_alone(said) for said in ("建成滨河湿地公园", "完善工作机制", "台账报镇里")]
        [True, False, False]
    """
    if not opens_with_deed(said) or _loose().match(said):
        return False
    return len(_things(said)) >= (_LONG_NAME if _generic().search(said) else _NAME)


def opens_with_deed(said: str) -> bool:
    """Whether words begin with a verb, behind what says how.

    Args:
        said: the words.

    Example:
        >>> opens_with_deed("加快建成滨河湿地公园"), opens_with_deed("台账报镇里")
        (True, False)
    """
    words = predicates_of(default_rules())
    at = 0
    while adverb := words.adverbs.first_at(said, at):
        at = adverb.end
    verb = _verbs().first_at(said, at)
    return verb is not None and verb.text not in words.nominal


def opens_as_order(said: str) -> bool:
    """Whether words begin with a verb or with what says how: 统筹城乡供水.

    Args:
        said: the words.

    Example:
        >>> opens_as_order("统筹城乡供水"), opens_as_order("城乡供水")
        (True, False)
    """
    words = predicates_of(default_rules())
    return opens_with_deed(said) or words.adverbs.first_at(said, 0) is not None


def deeds_in(words: str) -> Iterator[tuple[int, int]]:
    """Where verbs stand in some words, in order.

    Args:
        words: of a row.

    Example:
        >>> list(deeds_in("努力实现镇区建成"))
        [(0, 4), (6, 8)]
    """
    yield from ((match.start, match.end) for match in _verbs().find(words))


def first_deed(words: str) -> int:
    """Where the first verb stands that is no thing as well; the length of the words without one.

    Args:
        words: of a row.

    Example:
        >>> first_deed("村综合服务中心"), first_deed("留守儿童进行评估")
        (7, 4)
    """
    nominal = predicates_of(default_rules()).nominal
    starts = (match.start for match in _verbs().find(words) if match.text not in nominal)
    return next(starts, len(words))


def is_thing(clause: str) -> bool:
    """Whether a clause only names a thing: 村里漏水的旧管, not 更换旧管.

    Args:
        clause: without the mark behind it.

    Example:
        >>> is_thing("村里漏水的旧管"), is_thing("更换村里漏水的旧管")
        (True, False)
    """
    words = predicates_of(default_rules())
    opening = _verbs().first_at(clause, 0)
    if words.adverbs.first_at(clause, 0) or (opening and opening.end + _FEWEST < len(clause)):
        return False
    acts = [m for m in _verbs().find(clause) if m.text not in words.nominal]
    described = clause.rfind(words.of)
    return not acts or (acts[0].start > 0 and acts[-1].end <= described)


def _without(said: str, names: Iterable[str]) -> str:
    for name in filter(None, names):
        said = said.replace(name, "")
    return said


def _things(clause: str) -> str:
    """What is left of a clause without verbs, manner, times and numbers."""
    taken = {at for start, end in _spans(clause) for at in range(start, end)}
    return "".join(c for at, c in enumerate(clause) if at not in taken and _HAN.match(c))


def _spans(clause: str) -> Iterator[tuple[int, int]]:
    for pattern in (phrasing_words().manner, _empty()):
        yield from (match.span() for match in pattern.finditer(clause))
    words = predicates_of(default_rules())
    yield from ((match.start, match.end) for match in words.adverbs.find(clause))
    acted = False
    for match in _verbs().find(clause):
        # 深化教育改革: behind another verb these are things.
        if not (acted and match.text in words.nominal):
            yield match.start, match.end
        acted = True


@functools.cache
def _verbs() -> Matcher:
    return Matcher(default_rules().table("verbs"))


@functools.cache
def _empty() -> re.Pattern[str]:
    return re.compile(str(ledger_words()["above"]["empty"]))


@functools.cache
def _of_others() -> re.Pattern[str]:
    return re.compile(str(ledger_words()["above"]["of_others"]))


@functools.cache
def _generic() -> re.Pattern[str]:
    return re.compile(str(ledger_words()["above"]["generic"]))


@functools.cache
def _loose() -> re.Pattern[str]:
    return re.compile(str(ledger_words()["above"]["loose"]))
