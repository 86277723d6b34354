"""What a reader must know from before a row to tell what is to be done: its 上文."""

from __future__ import annotations

import re

from speechmine.ledger.cells import squeezed
from speechmine.ledger.drafting.bareness import (
    is_thing,
    names_nothing,
    says_little,
    stands_alone,
)
from speechmine.ledger.drafting.limits import sentence_start
from speechmine.ledger.drafting.marked import MARKS, SHORTEST, numberless
from speechmine.ledger.drafting.pointing import (
    above_words,
    is_matter,
    is_pointing,
    is_rest,
    thing_opening,
)
from speechmine.ledger.drafting.shortening import first_clauses, last_clauses, outer_clauses
from speechmine.model import Task

__all__ = ["unspoken", "words_above"]

# Shorter rows that name no thing need what stands before them.
_SHORT = 16
# A thing has a name of at least so many characters (消费街区), a count none.
_NAME = 4
_VERB = 2
# 组织复核, 按季调度: a deed with no thing at all.
_BAREST = 5
_FAR = 200
# So many sentences back the matter may be named.
_SENTENCES = 4
_COMMA = re.compile("[，,]")
_ENDS = tuple("。；;！")


def words_above(task: Task, text: str, named: str, section: str) -> str:
    """The words before a row that it cannot be understood without; empty where it stands alone.

    Args:
        task: the task of the row.
        text: of its document.
        named: what the row says is to be done.
        section: its category.

    Example:
        >>> import speechmine
        >>> text = "对符合条件的失业人员，按时发放保险金，其个人应缴纳的费用从基金中列支。"
        >>> task = speechmine.extract(text).tasks[-1]
        >>> words_above(task, text, "其个人应缴纳的费用从基金中列支", "")
        '对符合条件的失业人员，按时发放保险金'
    """
    if task.cells or not text:
        return ""
    begun = sentence_start(text, task.start)
    before = _bare(text[begun : task.start], task)
    head = _item_head(task, text)
    found = thing_opening(before) or _needed(task, text, named, before, head) or head
    names = [party.text for party in task.parties] + [task.deadline.text or ""]
    if not found and says_little(named, names) and says_little(section):
        bare = names_nothing(task, named, throughout=True) and not _reports(named)
        found = last_clauses(before) or (_matter_before(text, begun) if bare else "")
    if above_words()["whose"].match(named):
        found = above_words()["other_case"].sub("", found)
    return "" if _is_known(found, named, section) else found


def _needed(task: Task, text: str, named: str, before: str, head: str) -> str:
    """What the words of a row point back to, or what is done there where they name no thing."""
    words, begun = above_words(), sentence_start(text, task.start)
    if words["whose"].match(named):
        return first_clauses(before) or _sentence_before(text, begun)
    if before and _goes_on(named):
        return first_clauses(before)
    whom = words["for_whom"].match(before)
    if whom and words["given"].search(named) and not words["whose_own"].match(named):
        return whom["said"]
    if before and (words["urged"].match(before) or words["whom"].match(named)):
        return last_clauses(before)
    if is_pointing(named) or words["points"].match(named):
        said = last_clauses(before) or _sentence_before(text, begun)
        return said or (_line_before(text, begun) if words["these"].match(named) else "")
    return _named_by(task, text, named, before, head)


def _goes_on(named: str) -> bool:
    """Whether a row says where the rest, it or the thing that opens its sentence goes."""
    words = above_words()
    theirs = words["them"].search(named) and not words["given_opening"].match(named)
    return is_rest(named) or bool(theirs) or words["brought"].fullmatch(named) is not None


def _named_by(task: Task, text: str, named: str, before: str, head: str) -> str:
    """The words that a row needs which names hardly a thing."""
    begun = sentence_start(text, task.start)
    if names_nothing(task, named):
        # 区金融办组织对接会: who is named anew begins a matter of his own.
        anew = any(p.source == "explicit" and begun <= p.start < task.end for p in task.parties)
        own = anew and len(named) > _BAREST
        bare = not own and names_nothing(task, named, throughout=True)
        return outer_clauses(before) or head or (_deed_before(text, begun) if bare else "")
    if stands_alone(named) or len(named) > _SHORT:
        return ""
    if len(_thing(task, named)) < _NAME:
        return last_clauses(before) or (_deed_before(text, begun) if _reports(named) else "")
    relational = above_words()["relational"].match(named)
    return last_clauses(before) if relational else ""


def _reports(named: str) -> bool:
    """Whether a row is no more than how the rest is followed up: 每旬末向县住建局报送进度."""
    return above_words()["reports"].search(named) is not None


def unspoken(before: str) -> str:
    """Words before a row without those that say who speaks; empty where nothing is left.

    Args:
        before: the words.

    Example:
        >>> unspoken("会议要求，县民政局选好地址"), unspoken("会议要求")
        ('县民政局选好地址', '')
    """
    left = above_words()["settled"].sub("", above_words()["spoken"].sub("", before))
    return left if len(left) >= SHORTEST or is_matter(left) else ""


def _thing(task: Task, named: str) -> str:
    """The object, or what stands with the verb, without what only counts it: 9所 names nothing."""
    counts = above_words()["count"]
    return counts.sub("", task.object).strip(MARKS) or counts.sub("", named).strip(MARKS)[_VERB:]


def _bare(before: str, task: Task) -> str:
    """Words before a task, without numbers and where they are no more than who acts or when."""
    words = numberless(above_words()["bullet"].sub("", before.strip(MARKS)))
    said = [party.text for party in task.parties] + [task.deadline.text or ""]
    left = words
    for name in filter(None, said):
        left = left.replace(name, "")
    more = len(above_words()["acting"].sub("", left).strip(MARKS)) >= SHORTEST
    return words if more or is_matter(words) else ""


def _sentence_before(text: str, begun: int) -> str:
    """The beginning of the sentence before one, in the same paragraph."""
    end = begun - 1
    line = text.rfind("\n", 0, begun) + 1
    if end <= line:
        return ""
    start = max(line, sentence_start(text, end), end - _FAR)
    said = first_clauses(numberless(above_words()["bullet"].sub("", text[start:end].strip(MARKS))))
    return "" if len(said) < SHORTEST or above_words()["bracketed"].match(said) else said


def _line_before(text: str, begun: int) -> str:
    """The last sentence of the paragraph before one that begins there; no heading is one."""
    end = text.rfind("\n", 0, begun)
    ended = text[: end + 1].rstrip()[-1:]
    return (
        _sentence_before(text, end) if not text[end + 1 : begun].strip() and ended in _ENDS else ""
    )


def _deed_before(text: str, begun: int) -> str:
    """The sentence before one, where it says what is done and not how things stand."""
    said = _sentence_before(text, begun)
    return "" if above_words()["idle"].search(said) else said


def _matter_before(text: str, begun: int) -> str:
    """The nearest sentence before one that names a matter, in the same paragraph or above it."""
    line = text.rfind("\n", 0, begun) + 1
    if not text[line:begun].strip():
        line = text.rfind("\n", 0, max(line - 1, 0)) + 1
    end = begun
    for _ in range(_SENTENCES):
        start = max(line, sentence_start(text, end - 1)) if end > line else end
        said = numberless(above_words()["bullet"].sub("", text[start:end].strip(MARKS)))
        if not says_little(said) and not above_words()["saying"].search(said):
            return first_clauses(said)
        end = start
    return ""


def _item_head(task: Task, text: str) -> str:
    """What a numbered item is about, where that stands before its orders: 3.桥西积水案，由…."""
    line = text[text.rfind("\n", 0, task.start) + 1 : task.start]
    heads = list(above_words()["item"].finditer(line))
    ringed = above_words()["ringed"].match(line)
    if not heads and ringed:
        return ringed["head"] if is_thing(ringed["head"]) else ""
    return heads[-1]["head"] if heads else ""


def _is_known(found: str, named: str, section: str) -> bool:
    """Whether the row or its category shows them."""
    shown = [squeezed(words) for words in (named, section)]
    parts = (_new_words(part) for part in found.split("……"))
    return all(not part or any(part in words for words in shown) for part in parts)


def _new_words(part: str) -> str:
    """Clauses that are more than a word that points back."""
    said = [squeezed(clause.rpartition("：")[2]) for clause in _COMMA.split(part.strip("…"))]
    return "".join(
        clause for clause in said if clause and not above_words()["pointer"].match(clause)
    )
