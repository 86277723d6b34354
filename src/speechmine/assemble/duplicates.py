"""The same matter named twice, or gone on with (GUIDELINE S7, S4): by what the wordings say.

Where only one of two wordings says more, it elaborates (小区加装电梯办法, 加装电梯办法); where each
says something that the other does not, they contrast (一期工程, 二期工程) and are two matters. A
serial stage tries out or spreads the product named just before.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from speechmine.assemble.wordings import Values, Wording, WordingIndex
from speechmine.borders import Span
from speechmine.characters import bare, plain
from speechmine.extractors.objects import ObjectLexicon, object_kind, object_lexicon
from speechmine.model import Deadline, Quantity, Segment, Task
from speechmine.packed import Keep, Packed, held, starting_after
from speechmine.patterns import compiled
from speechmine.rules.matcher import Matcher
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import Patterns, patterns_by_id
from speechmine.text import starting_in

__all__ = ["link_duplicates", "link_stages"]

# Of what the longer wording says, the shorter one must say this share: a word more narrows a class
# (农村基础设施, 基础设施), while a thing made once (a document, a body) is recognised by less.
_LEAST_SHARE = 0.9
_LEAST_SHARE_OF_ONE_OFF = 0.6
# 消费政策 may be any of many, 加装电梯补贴办法 hardly.
_SHORTEST_ONE_OFF = 6
_ONE_OFF = frozenset(("deliverable", "product"))
# 方案, 实施方案 name a kind of thing, of which a text may mean many.
_LEAST_SAID = 2
_MARK = compiled(r"[，,；;：:。]")
_PUNCTUATION = compiled(r"[\s、，,；;：:。！（）()“”《》‘’〈〉]+")
# AA+ and AA are two codes, not one that says more.
_UNIT = compiled(r"[A-Za-z0-9+.\-]+|.", re.DOTALL)

# So many wordings are packed together: one that is compared stands anywhere before.
_LOOKED_UP = 8


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
    reader = _MatterReader(_matter_words(rules), object_lexicon(rules), times, quantities)
    one_by_one: Keep = held if keep is held else functools.partial(Packed, block=_LOOKED_UP)
    matters = one_by_one(reader.matter(task) for task in tasks)
    index = WordingIndex(matters)
    names: list[str] = []
    for n, (task, matter) in enumerate(zip(tasks, matters, strict=True)):
        names.append(task.id)
        first = None if matter is None else index.first_same(matter)
        if matter is not None and first is None:
            index.add(n, matter)
        yield task if first is None else dataclasses.replace(task, duplicate_of=names[first])


@dataclass(frozen=True, slots=True)
class _Words:
    """The matter words, compiled."""

    deeds: Mapping[str, str]
    longest: int
    hosts: frozenset[str]
    fillers: Matcher
    leading: Matcher
    generic: Matcher
    patterns: Patterns


@functools.lru_cache(maxsize=8)
def _matter_words(rules: RuleSet) -> _Words:
    table = rules.table("matters")
    deeds = {t: r.value for r in table if r.attribute("side") == "deed" for t in r.terms}
    adverbs = [r for r in rules.table("predicates") if r.value in ("adverb", "connective")]
    fillers = [r for r in table if r.attribute("side") == "filler"]
    return _Words(
        deeds=deeds,
        longest=max(map(len, deeds)),
        hosts=frozenset(t for r in table if r.attribute("side") == "host" for t in r.terms),
        fillers=Matcher(fillers),
        leading=Matcher([*adverbs, *fillers]),
        generic=Matcher(r for r in table if r.attribute("side") == "generic"),
        patterns=patterns_by_id(rules, "rows"),
    )


@dataclass(frozen=True, slots=True)
class _MatterReader:
    """Tasks to matters."""

    words: _Words
    heads: ObjectLexicon
    times: Sequence[Deadline]
    quantities: Sequence[Quantity]

    def matter(self, task: Task) -> Wording | None:
        """The deed that is owed and what it is owed for; None where that could be anything."""
        text, action = plain(task.text), plain(task.action)
        at = max(text.find(action), 0)
        after = at + len(action)
        stop = _clause_end(text, after)
        lead = self._said(task, text[:at], 0, leading=True)
        rest = self._said(task, text[after:stop], after, leading=False)
        deed, extra, rest = self._deed(bare(action), rest)
        core, thing = lead + extra + rest, rest or lead
        kind, words = object_kind(thing, self.heads), self.words.patterns
        if kind == "vague" or words["matter.pointing"].search(core) or not self._says_what(core):
            return None
        one_off = kind in _ONE_OFF and len(core) >= _SHORTEST_ONE_OFF
        return Wording(
            deed=deed,
            core=Counter(_UNIT.findall(core)),
            head=thing[-_LEAST_SAID:],
            least=_LEAST_SHARE_OF_ONE_OFF if one_off else _LEAST_SHARE,
            values=self._values(task.start, task.start + stop),
            parties=frozenset(
                p.text for p in task.parties if p.role in ("lead", "responsible") and not p.generic
            ),
            deadline=task.deadline,
            negated=bool(words["matter.negated"].search(text, 0, at))
            or task.modality == "prohibited",
        )

    def _said(self, task: Task, part: str, start: int, *, leading: bool) -> str:
        """A part of the wording without its times, figures, parties and fillers."""
        if not part:
            return ""
        left, right = task.start + start, task.start + start + len(part)
        gone = [(q.start, q.end) for q in self._figures(left, right)]
        if leading:
            gone += [(p.start, p.end) for p in task.parties]
            gone += self._times(left, right)
        elif task.deadline.start is not None and task.deadline.end is not None:
            gone.append((task.deadline.start, task.deadline.end))
        for name in ("matter.whose", "matter.everybody"):
            hits = self.words.patterns[name].finditer(part)
            gone += [(left + hit.start(), left + hit.end()) for hit in hits]
        kept = _without(part, [(a - left, b - left) for a, b in gone])
        words = self.words.leading if leading else self.words.fillers
        return _PUNCTUATION.sub("", _dropping(bare(kept), words))

    def _times(self, start: int, end: int) -> Iterator[Span]:
        for time in starting_in(self.times, start, end):
            if time.start is not None and time.end is not None:
                yield time.start, time.end

    def _figures(self, start: int, end: int) -> list[Quantity]:
        return [q for q in starting_in(self.quantities, start, end) if q.end <= end]

    def _values(self, start: int, end: int) -> Values:
        return frozenset(
            (q.low, q.high)
            if q.norm_low is None and q.norm_high is None
            else (q.norm_low, q.norm_high)
            for q in self._figures(start, end)
        )

    def _deed(self, action: str, rest: str) -> tuple[str, str, str]:
        """The deed with what remains of the action and of the object."""
        for at, length in self._places(action):
            deed = self.words.deeds.get(action[at : at + length])
            if deed is not None:
                left = _dropping(action[at + length :], self.words.leading)
                tail = self.words.patterns["matter.tail"]  # 启动滨河路建设 starts 滨河路
                return deed, "" if left in self.words.hosts else left, tail.sub("", rest)
        bare = _dropping(action, self.words.leading)
        if bare and bare not in self.words.hosts:
            return bare, "", rest
        for length in range(min(self.words.longest, len(rest) - 1), 0, -1):
            deed = self.words.deeds.get(rest[-length:])
            if deed is not None:
                return deed, "", rest[:-length]
        return "", "", rest

    def _places(self, action: str) -> Iterator[Span]:
        for at in range(len(action)):
            for length in range(min(self.words.longest, len(action) - at), 0, -1):
                yield at, length

    def _says_what(self, core: str) -> bool:
        """Whether more is said than a kind of thing: 防汛预案, not 实施方案."""
        named = _dropping(core, self.words.generic)
        for length in self.heads.lengths:
            if named[-length:] in self.heads.kinds:
                return len(named) - length >= _LEAST_SAID
        return len(named) > _LEAST_SAID


def _clause_end(text: str, after: int) -> int:
    mark = _MARK.search(text, after + 1)
    return mark.start() if mark else len(text)


def _without(text: str, spans: Sequence[Span]) -> str:
    if not spans:
        return text
    kept = list(text)
    for start, end in spans:
        for at in range(max(start, 0), min(end, len(text))):
            kept[at] = ""
    return "".join(kept)


def _dropping(text: str, words: Matcher) -> str:
    return _without(text, [(m.start, m.end) for m in words.find(text)])


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
        >>> text = "县住建局要出台征收补偿办法，各镇要搞好试点，总结经验，全面推行。"
        >>> first, second = speechmine.extract(text, mode="full").tasks
        >>> second.follows == first.id
        True
    """
    before: tuple[int, Task] | None = None
    for task in tasks:
        place = starting_after(segments, task.start)
        beside = before is not None and before[0] == place and _makes(before[1], rules)
        if before is not None and beside and _is_stage(task, rules):
            yield dataclasses.replace(task, follows=before[1].id)
            continue
        before = place, task
        yield task


def _makes(task: Task, rules: RuleSet) -> bool:
    """Whether something comes of it that others can take up."""
    return task.level > 1 and object_kind(bare(task.object), object_lexicon(rules)) in _PRODUCTS


def _is_stage(task: Task, rules: RuleSet) -> bool:
    """Nothing is said but that something is tried and spread; what, the product says."""
    text = bare(task.text)
    left = list(text)
    stages = 0
    for match in _stage_matcher(rules).find(text):
        stages += match.rule.value == "stage"
        left[match.start : match.end] = [""] * (match.end - match.start)
    return stages > 0 and len(_MARKS.sub("", "".join(left))) <= _MOST_OWN
