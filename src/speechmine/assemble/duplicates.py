"""The same matter named twice, or gone on with (GUIDELINE S7, S4): by what the wordings say.

Where only one of two wordings says more, it elaborates (小区加装电梯办法, 加装电梯办法); where each
says something that the other does not, they contrast (一期工程, 二期工程) and are two matters. A
serial stage tries out or spreads the product named just before.
"""

from __future__ import annotations

import functools
from array import array
from collections.abc import Iterable, Iterator, Sequence

from speechmine.assemble.findings import FIRM_KINDS
from speechmine.assemble.found_rows import MADE
from speechmine.assemble.wordings import Wording, WordingReader, without_words
from speechmine.changes import changed
from speechmine.characters import bare
from speechmine.model import Deadline, Quantity, Segment, Task
from speechmine.packed import Keep, Packed, held, starting_after
from speechmine.patterns import compiled
from speechmine.rules.matcher import Matcher
from speechmine.rules.schema import RuleSet
from speechmine.segment.objects import object_kind, object_lexicon

__all__ = ["link_duplicates", "link_stages"]

# So many wordings are packed together: one that is compared stands anywhere before.
_LOOKED_UP = 8
_BITS = 64


def link_duplicates(
    tasks: Sequence[Task],
    times: Sequence[Deadline],
    quantities: Sequence[Quantity],
    *,
    rules: RuleSet,
    keep: Keep = held,
) -> Iterator[Task]:
    """Point ``duplicate_of`` of a task to the first one of the same matter.

    Args:
        tasks: in document order, with offsets of the text.
        times: of the same text, in order.
        quantities: of the same text, in order.
        rules: the rule set.
        keep: keeps what the tasks say while they are compared.
    """
    reader = WordingReader(times, quantities, rules)
    one_by_one: Keep = held if keep is held else functools.partial(Packed, block=_LOOKED_UP)
    firsts = _Firsts(one_by_one(map(reader.wording, tasks)))
    for number, task in enumerate(tasks):
        first = firsts.before(number)
        yield task if first is None else changed(task, duplicate_of=tasks[first].id)


class _Firsts:
    """The first wordings of their matters, by what is done to what.

    Args:
        wordings: all that are asked for, None for those that are not compared.
    """

    def __init__(self, wordings: Sequence[Wording | None]) -> None:
        self._wordings = wordings
        # What each says, in bits: most of those that differ do so here, and are not unpacked.
        self._cores = array("Q", bytes(8 * len(wordings)))
        self._by_thing: dict[tuple[str, str], list[int]] = {}

    def before(self, number: int) -> int | None:
        """The first wording of the same matter as one; where there is none, it is the first."""
        wording = self._wordings[number]
        if wording is None:
            return None
        alike, cores = self._by_thing.setdefault((wording.deed, wording.head), []), self._cores
        core = _bits(wording.core)
        for other in alike:
            if cores[other] & core in (core, cores[other]):
                first = self._wordings[other]
                if first is not None and _same(first, wording):
                    return other
        cores[number] = core
        alike.append(number)
        return None


def _bits(signs: Iterable[str]) -> int:
    """A set as bits: where one is inside another, so are its bits."""
    bits = 0
    for sign in signs:
        bits |= 1 << hash(sign) % _BITS
    return bits


def _same(one: Wording, other: Wording) -> bool:
    if one.negated != other.negated or not _agree(one, other):
        return False
    more, less = one.core - other.core, other.core - one.core
    if more and less:
        return False
    shared = (one.core & other.core).total()
    longer = max(one.core.total(), other.core.total())
    return shared >= longer * max(one.least, other.least)


def _agree(one: Wording, other: Wording) -> bool:
    """No figure, party or time of the one speaks against the other."""
    nested = one.values <= other.values or other.values <= one.values
    strangers = one.parties and other.parties and not _share_party(one.parties, other.parties)
    return nested and not strangers and _times_agree(one.deadline, other.deadline)


def _share_party(one: Iterable[str], other: Iterable[str]) -> bool:
    """区财政局 and 财政局 are one."""
    others = tuple(other)
    return any(a.endswith(others) or any(b.endswith(a) for b in others) for a in one)


def _times_agree(one: Deadline, other: Deadline) -> bool:
    if one.kind == other.kind and one.kind in FIRM_KINDS and one.kind != "immediate":
        return (one.edtf or one.text) == (other.edtf or other.text)
    first, last = max(one.earliest or "", other.earliest or ""), one.latest or "9999"
    return first <= min(last, other.latest or "9999")


_MARKS = compiled(r"[\s，,、；;。]+")
# What is left of a stage's wording once the words of stages are gone: 在三个社区 at most.
_MOST_OWN = 2


@functools.lru_cache(maxsize=8)
def _stage_matchers(rules: RuleSet) -> tuple[Matcher, Matcher]:
    """What finds the words of stages, and these with all that says nothing beside them."""
    table = rules.table("matters")
    stages = [r for r in table if r.attribute("side") == "stage"]
    fillers = [r for r in table if r.attribute("side") in ("stage", "filler")]
    adverbs = [r for r in rules.table("predicates") if r.value == "adverb"]
    return Matcher(stages), Matcher([*fillers, *adverbs])


def link_stages(
    tasks: Iterable[Task], segments: Sequence[Segment], rules: RuleSet
) -> Iterator[Task]:
    """Point ``follows`` of a stage to the task of the same sentence whose product it takes up.

    Args:
        tasks: in document order.
        segments: of the same text.
        rules: the rule set.

    Example:
        >>> import speechmine
        >>> text = "县住建局要出台征收补偿办法，各镇要搞好试点，总结经验，全面推行。"
        >>> first, second = speechmine.extract(text, mode="full").tasks
        >>> second.follows == first.id
        True
    """
    place, before = -1, None
    for task in tasks:
        here = starting_after(segments, task.start)
        if (
            before is not None
            and place == here
            and _is_stage(task, rules)
            and _makes(before, rules)
        ):
            yield changed(task, follows=before.id)
            continue
        place, before = here, task
        yield task


def _makes(task: Task, rules: RuleSet) -> bool:
    """Whether something comes of it that others can take up."""
    return task.level > 1 and object_kind(bare(task.object), object_lexicon(rules)) in MADE


def _is_stage(task: Task, rules: RuleSet) -> bool:
    """Nothing is said but that something is tried and spread; what, the product says."""
    stages, words = _stage_matchers(rules)
    text = bare(task.text)
    if not stages.find(text):
        return False
    return len(_MARKS.sub("", without_words(text, words))) <= _MOST_OWN
