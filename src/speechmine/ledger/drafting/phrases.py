"""Words of a row by themselves: their clauses, their deed, and whether they say enough."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping

from speechmine.extractors.parties import find_party_groups
from speechmine.ledger.layout import ledger_words
from speechmine.rules.loader import default_rules
from speechmine.segment.predicates import predicates_of
from speechmine.text import view_of

__all__ = [
    "MARKS",
    "bodies_in",
    "clauses_of",
    "deed",
    "names_thing",
    "numberless",
    "opens_as_order",
    "points_back",
    "row_patterns",
    "says_little",
    "shortened",
    "without_opening",
]

_OPEN, _CLOSE = "（(《“‘[【", "）)》”’]】"
#: What may stand around a piece of text and is none of it.
MARKS = "，,；;。、：: —\u3000\n•●○■□▲△★☆◆◇→·"
# A remark is short; so is a row that needs one.
_ABOVE, _SHORT = 60, 40
# Less than this says nothing.
_SHORTEST = 4


def says_little(said: str, most: int) -> bool:
    """其余全部整改, 每月调度一次: to what it is done, the words before say.

    Args:
        said: the words.
        most: as many characters its first clause may have.

    Example:
        >>> says_little("每月调度一次", 5), says_little("编制南渠改造方案", 5)
        (True, False)
    """
    words = row_patterns()
    if words["points"].match(said):
        return True
    first = said[: next(clauses_of(said), (0, 0))[1]]
    thing = words["manner"].sub("", first).strip(MARKS)
    named = words["topic"].match(said) is not None
    return len(thing) <= most and len(said) <= _SHORT and not named


def points_back(said: str) -> bool:
    """适应这种形势: the first clause speaks of what stands before it.

    Args:
        said: the words.

    Example:
        >>> points_back("适应这种形势，制定办法"), points_back("制定办法，适应这种形势")
        (True, False)
    """
    first = said[: next(clauses_of(said), (0, 0))[1]]
    return row_patterns()["pointing"].search(first) is not None


def names_thing(said: str) -> bool:
    """Whether a sentence only names a thing, as a list does: one clause without an order in it.

    Args:
        said: the words.

    Example:
        >>> names_thing("南河污水管网改造工程。"), names_thing("疏通南河污水管网。")
        (True, False)
    """
    words = predicates_of(default_rules())
    one = len(list(clauses_of(said))) == 1 and len(said) <= _SHORT
    return one and words.modal.search(said) is None and not opens_as_order(said)


def opens_as_order(said: str) -> bool:
    """Whether words begin with a verb, or with what says how.

    Args:
        said: the words.

    Example:
        >>> opens_as_order("统筹城乡供水"), opens_as_order("南渠改造要提速")
        (True, False)
    """
    words = predicates_of(default_rules())
    if words.adverbs.first_at(said, 0) is not None:
        return True
    verb = words.verbs.first_at(said, 0)
    return verb is not None and verb.text not in words.nominal


def bodies_in(said: str) -> list[list[str]]:
    """The bodies that words name, those of a list together.

    Args:
        said: the words.

    Example:
        >>> bodies_in("县水利局、县财政局要做好衔接，县住建局要跟上")
        [['县水利局', '县财政局'], ['县住建局']]
    """
    groups = find_party_groups(view_of(said).text, default_rules())
    return [[party.text for party in group.parties] for group in groups]


def shortened(said: str) -> str:
    """As many clauses of the end as a remark holds, behind the first one.

    Args:
        said: the words.

    Example:
        >>> shortened(f"南渠漏水，{'还有好几处没有补上，' * 8}月底前要补完。")[:30]
        '南渠漏水……还有好几处没有补上，还有好几处没有补上，还有好几'
    """
    said = numberless(said.strip(MARKS))
    if len(said) <= _ABOVE:
        return said
    clauses = [said[a:b] for a, b in clauses_of(said)]
    first, rest = clauses[0].rstrip(MARKS)[:_ABOVE], ""
    for clause in reversed(clauses[1:]):
        if len(first) + len(rest) + len(clause) > _ABOVE:
            break
        rest = clause + rest
    return f"{first}……{rest.strip(MARKS)}"


def without_opening(said: str, spans: Iterable[tuple[int, int]]) -> str:
    """The words without their number and without names and times that open them.

    Who answers and by when stand in columns of their own. A name stays where the rest of the
    clause cannot stand without it (物业公司也别躲).

    Args:
        said: the words.
        spans: where names and times stand in them.

    Example:
        >>> without_opening("二是县水利局要在6月底前完成加固", [(2, 6), (8, 12)])
        '完成加固'
        >>> without_opening("物业公司也别躲", [(0, 4)])
        '物业公司也别躲'
    """
    left = deed(said, spans)
    return left if len(left) >= _SHORTEST else numberless(said).strip(MARKS)


def deed(said: str, spans: Iterable[tuple[int, int]]) -> str:
    """What is left behind a number and the names and times that open it, if it stands alone.

    Args:
        said: the words.
        spans: where names and times stand in them.

    Example:
        >>> deed("人防办跟上，月底配齐", [(0, 3), (6, 8)])
        '配齐'
    """
    words = row_patterns()
    ends = dict(spans)
    at = len(said) - len(numberless(said))
    while at < len(said):
        begin = words["before"].match(said, at)
        opening = begin.end() if begin else at
        if opening not in ends:
            break
        at = max(ends[opening], opening + 1)
        behind = words["behind"].match(said, at)
        at = behind.end() if behind else at
    modal = words["modal"].match(said, at)
    at = modal.end() if modal else at
    return (numberless(said) if words["unfit"].match(said, at) else said[at:]).strip(MARKS)


def numberless(said: str) -> str:
    """Without the number of an article or of a point (二是), and what only carries on (同时，).

    Args:
        said: the words.

    Example:
        >>> numberless("另外，二是修好门前的路")
        '修好门前的路'
    """
    number = row_patterns()["number"].match(said)
    return said[number.end() :] if number else said


def clauses_of(text: str) -> Iterator[tuple[int, int]]:
    """Clauses with the mark behind them; marks inside brackets and quotes part nothing.

    Args:
        text: any words.

    Example:
        >>> list(clauses_of("查（一，二）处，改完"))
        [(0, 8), (8, 10)]
    """
    start = depth = 0
    for at, mark in enumerate(text):
        depth = max(0, depth + (mark in _OPEN) - (mark in _CLOSE))
        if mark in "，,；;。" and not depth and text[at + 1 : at + 2] not in ("，", "；", "。"):
            yield start, at + 1
            start = at + 1
    if start < len(text):
        yield start, len(text)


@functools.cache
def row_patterns() -> Mapping[str, re.Pattern[str]]:
    """The patterns of words around and in rows, by name.

    Example:
        >>> row_patterns()["number"].match("二是修渠")[0]
        '二是'
    """
    return {name: re.compile(str(said)) for name, said in ledger_words()["words"].items()}
