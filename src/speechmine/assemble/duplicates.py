"""The same matter named twice (GUIDELINE S7): found by what one wording has and the other lacks.

Where only one of two wordings says more, it elaborates (小区加装电梯办法, 加装电梯办法); where each
says something that the other does not, they contrast (一期工程, 二期工程) and are two matters.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from speechmine.assemble.findings import FIRM_KINDS
from speechmine.extractors.objects import ObjectLexicon, object_kind, object_lexicon
from speechmine.model import Deadline, Quantity, Task
from speechmine.rules.matcher import Matcher
from speechmine.rules.schema import RuleSet

__all__ = ["link_duplicates"]

# Of what the longer wording says, the shorter one must say this share: a word more narrows a class
# (农村基础设施, 基础设施), while a thing made once (a document, a body) is recognised by less.
_LEAST_SHARE = 0.9
_LEAST_SHARE_OF_ONE_OFF = 0.6
# 消费政策 may be any of many, 加装电梯补贴办法 hardly.
_SHORTEST_ONE_OFF = 6
_ONE_OFF = frozenset(("deliverable", "product"))
# 方案, 实施方案 name a kind of thing, of which a text may mean many.
_LEAST_SAID = 2
_MARK = re.compile(r"[，,；;：:。]")
_PUNCTUATION = re.compile(r"[\s、，,；;：:。！（）()“”《》‘’〈〉]+")
# AA+ and AA are two codes, not one that says more.
_UNIT = re.compile(r"[A-Za-z0-9+.\-]+|.", re.DOTALL)
# 由副区长任组长的专班: who looks after a thing does not make it another one.
_WHOSE = re.compile(r"由[^，。；、]{2,20}?的")
_BARE_TAIL = "建设"
# 他们的意见: whose, the text before says.
_ANAPHOR = re.compile("[他她它]们|[这那]些|上述|前述")
_NEGATION = re.compile(r"[不无未禁]")

Span = tuple[int, int]
Values = frozenset[tuple[float | None, float | None]]


@dataclass(frozen=True, slots=True)
class _Matter:
    """What two wordings are compared by."""

    deed: str
    core: Counter[str]
    head: str
    least: float
    values: Values
    parties: frozenset[str]
    deadline: Deadline
    negated: bool


def link_duplicates(
    tasks: Sequence[Task],
    times: Sequence[Deadline],
    quantities: Sequence[Quantity],
    *,
    rules: RuleSet,
) -> tuple[Task, ...]:
    """Point ``duplicate_of`` of a task to the first one of the same matter.

    Args:
        tasks: in document order, with offsets of the text.
        times: of the same text, in order.
        quantities: of the same text, in order.
        rules: the rule set.
    """
    reader = _Reader(_words(rules), object_lexicon(rules), _spans(times), tuple(quantities))
    matters = [reader.matter(task) for task in tasks]
    index = _Index(Counter(char for m in matters if m is not None for char in m.core))
    found = []
    for task, matter in zip(tasks, matters, strict=True):
        first = None if matter is None else index.first_same(matter)
        if matter is not None and first is None:
            index.add(task.id, matter)
        found.append(dataclasses.replace(task, duplicate_of=first))
    return tuple(found)


class _Index:
    """Matters by what they say: where one core is inside another, so is its rarest sign."""

    def __init__(self, rarity: Counter[str]) -> None:
        self._rarity = rarity
        self._matters: list[tuple[str, _Matter]] = []
        self._by_sign: dict[tuple[str, str, str], list[int]] = {}
        self._by_rarest: dict[tuple[str, str, str], list[int]] = {}

    def add(self, task: str, matter: _Matter) -> None:
        number = len(self._matters)
        self._matters.append((task, matter))
        self._by_rarest.setdefault(self._key(matter, self._rarest(matter)), []).append(number)
        for sign in matter.core:
            self._by_sign.setdefault(self._key(matter, sign), []).append(number)

    def first_same(self, matter: _Matter) -> str | None:
        """The task of the first matter that is the same."""
        wider = self._by_sign.get(self._key(matter, self._rarest(matter)), [])
        narrower = (self._by_rarest.get(self._key(matter, sign), []) for sign in matter.core)
        for number in sorted({*wider, *chain.from_iterable(narrower)}):
            task, other = self._matters[number]
            if _same(other, matter):
                return task
        return None

    def _rarest(self, matter: _Matter) -> str:
        return min(matter.core, key=lambda sign: (self._rarity[sign], sign))

    @staticmethod
    def _key(matter: _Matter, sign: str) -> tuple[str, str, str]:
        return matter.deed, matter.head, sign


def _spans(times: Iterable[Deadline]) -> tuple[Span, ...]:
    return tuple((t.start, t.end) for t in times if t.start is not None and t.end is not None)


@dataclass(frozen=True, slots=True)
class _Words:
    """The matter words, compiled."""

    deeds: Mapping[str, str]
    longest: int
    hosts: frozenset[str]
    fillers: Matcher
    leading: Matcher
    generic: Matcher


@functools.lru_cache(maxsize=8)
def _words(rules: RuleSet) -> _Words:
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
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Tasks to matters."""

    words: _Words
    heads: ObjectLexicon
    times: tuple[Span, ...]
    quantities: tuple[Quantity, ...]

    def matter(self, task: Task) -> _Matter | None:
        """The deed that is owed and what it is owed for; None where that could be anything."""
        at = max(task.text.find(task.action), 0)
        after = at + len(task.action)
        stop = _clause_end(task.text, after)
        lead = self._said(task, 0, at, leading=True)
        rest = self._said(task, after, stop, leading=False)
        deed, extra, rest = self._deed(task.action, rest)
        core, thing = lead + extra + rest, rest or lead
        kind = object_kind(thing, self.heads)
        if kind == "vague" or _ANAPHOR.search(core) or not self._says_what(core):
            return None
        one_off = kind in _ONE_OFF and len(core) >= _SHORTEST_ONE_OFF
        return _Matter(
            deed=deed,
            core=Counter(_UNIT.findall(core)),
            head=thing[-_LEAST_SAID:],
            least=_LEAST_SHARE_OF_ONE_OFF if one_off else _LEAST_SHARE,
            values=self._values(task.start, task.start + stop),
            parties=frozenset(
                p.text for p in task.parties if p.role in ("lead", "responsible") and not p.generic
            ),
            deadline=task.deadline,
            negated=bool(_NEGATION.search(task.text, 0, at)) or task.modality == "prohibited",
        )

    def _said(self, task: Task, start: int, stop: int, *, leading: bool) -> str:
        """A part of the wording without its times, figures, parties and fillers."""
        left, right = task.start + start, task.start + stop
        gone = [(q.start, q.end) for q in self._figures(left, right)]
        if leading:
            gone += [(p.start, p.end) for p in task.parties]
            gone += [s for s in self.times if left <= s[0] < right]
        elif task.deadline.start is not None and task.deadline.end is not None:
            gone.append((task.deadline.start, task.deadline.end))
        gone += [(left + m.start(), left + m.end()) for m in _WHOSE.finditer(task.text[start:stop])]
        kept = _without(task.text[start:stop], [(a - left, b - left) for a, b in gone])
        words = self.words.leading if leading else self.words.fillers
        return _PUNCTUATION.sub("", _dropping(kept, words))

    def _figures(self, start: int, end: int) -> list[Quantity]:
        first = bisect_left(self.quantities, start, key=lambda q: q.start)
        last = bisect_left(self.quantities, end, key=lambda q: q.start)
        return [q for q in self.quantities[first:last] if q.end <= end]

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
                return deed, "" if left in self.words.hosts else left, _bare(rest)
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


def _bare(thing: str) -> str:
    """启动滨河路建设 starts 滨河路."""
    return thing.removesuffix(_BARE_TAIL) or thing


def _without(text: str, spans: Iterable[Span]) -> str:
    kept = list(text)
    for start, end in spans:
        for at in range(max(start, 0), min(end, len(text))):
            kept[at] = ""
    return "".join(kept)


def _dropping(text: str, words: Matcher) -> str:
    return _without(text, [(m.start, m.end) for m in words.find(text)])


def _same(one: _Matter, other: _Matter) -> bool:
    if one.negated != other.negated or not _agree(one, other):
        return False
    more, less = one.core - other.core, other.core - one.core
    if more and less:
        return False
    shared = (one.core & other.core).total()
    longer = max(one.core.total(), other.core.total())
    return shared >= longer * max(one.least, other.least)


def _agree(one: _Matter, other: _Matter) -> bool:
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
