"""Serial stages (GUIDELINE S4): a task that tries out or spreads the product named just before."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Iterator, Sequence

from speechmine.characters import bare
from speechmine.extractors.objects import object_kind, object_lexicon
from speechmine.model import Segment, Task
from speechmine.packed import starting_after
from speechmine.patterns import compiled
from speechmine.rules.matcher import Matcher
from speechmine.rules.schema import RuleSet

__all__ = ["link_stages"]

_PRODUCTS = frozenset(("deliverable", "product", "institution"))
_MARKS = compiled(r"[\s，,、；;。]+")
# What is left of a stage's wording once the words of stages are gone: 在三个社区 at most.
_MOST_OWN = 2


@functools.lru_cache(maxsize=8)
def _stage_matcher(rules: RuleSet) -> Matcher:
    stages = [r for r in rules.table("matters") if r.attribute("side") in ("stage", "filler")]
    adverbs = [r for r in rules.table("predicates") if r.value == "adverb"]
    return Matcher([*stages, *adverbs])


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
        >>> text = "要尽快出台征收补偿办法，搞好试点，总结经验，全面推行。"
        >>> first, second = speechmine.extract(text, mode="full").tasks
        >>> second.follows == first.id
        True
    """
    lexicon = object_lexicon(rules)
    product: tuple[int, str] | None = None
    for task in tasks:
        place = starting_after(segments, task.start)
        if product is not None and product[0] == place and _is_stage(task, rules):
            yield dataclasses.replace(task, follows=product[1])
            continue
        made = task.level > 1 and object_kind(bare(task.object), lexicon) in _PRODUCTS
        product = (place, task.id) if made else None
        yield task


def _is_stage(task: Task, rules: RuleSet) -> bool:
    """Nothing is said but that something is tried and spread; what, the product says."""
    text = bare(task.text)
    left = list(text)
    stages = 0
    for match in _stage_matcher(rules).find(text):
        stages += match.rule.value == "stage"
        left[match.start : match.end] = [""] * (match.end - match.start)
    return stages > 0 and len(_MARKS.sub("", "".join(left))) <= _MOST_OWN
