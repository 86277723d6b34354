"""The words of a task as a ledger writes them: without those that only carry the speech on."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

from speechmine.ledger.drafting.bareness import opens_as_order
from speechmine.ledger.drafting.marked import MARKS, SHORTEST
from speechmine.ledger.layout import ledger_words

__all__ = ["plain_words", "says_speaker"]


def plain_words(said: str, bodies: Sequence[str] = ()) -> str:
    """What is owed without what carries nothing: 然后, 也表示将, 要 before a verb, 把炉子给我修好.

    The source of the row keeps every word.

    Args:
        said: the words of a task.
        bodies: whom a column of its own names to act; then 你 need not, nor a label (县水利局：).

    Example:
        >>> plain_words("然后正式公布用水定额")
        '正式公布用水定额'
        >>> plain_words("你今晚把水泵给我修好", ["县水利局"])
        '今晚把水泵修好'
        >>> plain_words("要求不降、标准不减")
        '要求不降、标准不减'
    """
    words = _plain()
    label = next((body for body in bodies if said.startswith((f"{body}：", f"{body}:"))), "")
    left = words["carrying"].sub("", said[len(label) :].lstrip(MARKS))
    ordered = words["ordering"].sub("", left)
    left = ordered if ordered != left and opens_as_order(ordered) else left
    if bodies:
        left = words["forme"].sub(r"\g<what>", words["told"].sub("", left))
    left = left.strip(MARKS)
    return left if len(left) >= SHORTEST else said


def says_speaker(said: str) -> bool:
    """Whether words speak of the speaker, whom nobody knows who reads the row alone: 打我的电话.

    Args:
        said: the words of a row.

    Example:
        >>> says_speaker("先打我的电话"), says_speaker("我县的水库")
        (True, False)
    """
    return _plain()["speaker"].search(_plain()["quoted"].sub("", said)) is not None


@functools.cache
def _plain() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(str(said)) for name, said in ledger_words()["plain"].items()}
