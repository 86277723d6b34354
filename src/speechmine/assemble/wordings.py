"""What a task says, made ready to be compared with what others say (GUIDELINE S7)."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from speechmine.borders import Span
from speechmine.changes import quickly_made
from speechmine.characters import bare, plain
from speechmine.model import Deadline, Quantity, Task
from speechmine.patterns import compiled
from speechmine.rules.matcher import Matcher
from speechmine.rules.schema import RuleSet
from speechmine.rules.searching import Patterns, patterns_by_id
from speechmine.segment.objects import ObjectLexicon, object_kind, object_lexicon
from speechmine.text import starting_in

__all__ = ["Wording", "WordingReader", "without_words"]

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


@quickly_made
@dataclass(frozen=True, slots=True)
class Wording:
    """What a wording is compared by.

    Attributes:
        deed: the outcome that its verb owes. core: what is said beside the verb, by signs.
        head: what the thing it is done to ends in.
        least: share of the core that a shorter wording of the same matter must say.
        values: lower and upper values of its figures. parties: those who answer.
    """

    deed: str
    core: Counter[str]
    head: str
    least: float
    values: frozenset[tuple[float | None, float | None]]
    parties: frozenset[str]
    deadline: Deadline
    negated: bool


@dataclass(frozen=True, slots=True)
class _Words:
    """The matter words: ``deed`` finds the first deed, ``last_deed`` one that a phrase ends in."""

    deeds: Mapping[str, str]
    deed: re.Pattern[str]
    last_deed: re.Pattern[str]
    hosts: frozenset[str]
    fillers: Matcher
    leading: Matcher
    generic: Matcher
    patterns: Patterns


@functools.lru_cache(maxsize=8)
def _matter_words(rules: RuleSet) -> _Words:
    table = rules.table("matters")
    deeds = {t: r.value for r in table if r.attribute("side") == "deed" for t in r.terms}
    longest_first = "|".join(map(re.escape, sorted(deeds, key=len, reverse=True)))
    adverbs = [r for r in rules.table("predicates") if r.value in ("adverb", "connective")]
    fillers = [r for r in table if r.attribute("side") == "filler"]
    return _Words(
        deeds=deeds,
        deed=compiled(longest_first),
        last_deed=compiled(f"(?:{longest_first})$"),
        hosts=frozenset(t for r in table if r.attribute("side") == "host" for t in r.terms),
        fillers=Matcher(fillers),
        leading=Matcher([*adverbs, *fillers]),
        generic=Matcher(r for r in table if r.attribute("side") == "generic"),
        patterns=patterns_by_id(rules, "rows"),
    )


class WordingReader:
    """Reads what the tasks of a text say.

    Args:
        times: of the text, in order.
        quantities: of the text, in order.
        rules: the rule set.
    """

    def __init__(
        self, times: Sequence[Deadline], quantities: Sequence[Quantity], rules: RuleSet
    ) -> None:
        self._words = _matter_words(rules)
        self._heads: ObjectLexicon = object_lexicon(rules)
        self._times, self._quantities = times, quantities

    def wording(self, task: Task) -> Wording | None:
        """What a task says; None where that could be said of anything."""
        text, action = plain(task.text), plain(task.action)
        at = max(text.find(action), 0)
        after = at + len(action)
        mark = _MARK.search(text, after + 1)
        stop = mark.start() if mark else len(text)
        lead = self._said(task, text[:at], 0, leading=True)
        rest = self._said(task, text[after:stop], after, leading=False)
        deed, extra, rest = self._deed(bare(action), rest)
        core, thing = lead + extra + rest, rest or lead
        kind, patterns = object_kind(thing, self._heads), self._words.patterns
        if kind == "vague" or patterns["matter.pointing"].search(core) or not self._says_what(core):
            return None
        one_off = kind in _ONE_OFF and len(core) >= _SHORTEST_ONE_OFF
        denied = patterns["matter.negated"].search(text, 0, at) is not None
        return Wording(
            deed=deed,
            core=Counter(_UNIT.findall(core)),
            head=thing[-_LEAST_SAID:],
            least=_LEAST_SHARE_OF_ONE_OFF if one_off else _LEAST_SHARE,
            values=frozenset(map(_value, self._figures(task.start, task.start + stop))),
            parties=frozenset(
                p.text for p in task.parties if p.role in ("lead", "responsible") and not p.generic
            ),
            deadline=task.deadline,
            negated=denied or task.modality == "prohibited",
        )

    def _said(self, task: Task, part: str, start: int, *, leading: bool) -> str:
        """A part of the wording without its times, figures, parties and fillers."""
        if not part:
            return ""
        first = task.start + start
        last = first + len(part)
        gone: list[Span] = [(q.start, q.end) for q in self._figures(first, last)]
        times: Iterable[Deadline] = (task.deadline,)
        if leading:
            gone += [(p.start, p.end) for p in task.parties]
            times = starting_in(self._times, first, last)
        gone += _places(times)
        gone = [(a - first, b - first) for a, b in gone]
        for name in ("matter.whose", "matter.everybody"):
            gone += [hit.span() for hit in self._words.patterns[name].finditer(part)]
        fillers = self._words.leading if leading else self._words.fillers
        return _PUNCTUATION.sub("", without_words(bare(_without(part, gone)), fillers))

    def _figures(self, start: int, end: int) -> list[Quantity]:
        return [q for q in starting_in(self._quantities, start, end) if q.end <= end]

    def _deed(self, action: str, rest: str) -> tuple[str, str, str]:
        """The deed with what remains of the action and of the object."""
        words = self._words
        found = words.deed.search(action)
        if found:
            left = without_words(action[found.end() :], words.leading)
            tail = words.patterns["matter.tail"]  # 启动滨河路建设 starts 滨河路
            return words.deeds[found[0]], "" if left in words.hosts else left, tail.sub("", rest)
        said = without_words(action, words.leading)
        if said and said not in words.hosts:
            return said, "", rest
        found = words.last_deed.search(rest, 1)
        return (words.deeds[found[0]], "", rest[: found.start()]) if found else ("", "", rest)

    def _says_what(self, core: str) -> bool:
        """Whether more is said than a kind of thing: 防汛预案, not 实施方案."""
        named = without_words(core, self._words.generic)
        for length in self._heads.lengths:
            if named[-length:] in self._heads.kinds:
                return len(named) - length >= _LEAST_SAID
        return len(named) > _LEAST_SAID


def without_words(text: str, words: Matcher) -> str:
    """A text without the words that a matcher finds.

    Example:
        >>> from speechmine.rules.schema import Rule
        >>> without_words("要抓紧编制", Matcher([Rule(id="a", value="A", terms=("抓紧",))]))
        '要编制'
    """
    return _without(text, [(m.start, m.end) for m in words.find(text)])


def _without(text: str, spans: Sequence[Span]) -> str:
    if not spans:
        return text
    kept = list(text)
    for start, end in spans:
        for at in range(max(start, 0), min(end, len(text))):
            kept[at] = ""
    return "".join(kept)


def _places(times: Iterable[Deadline]) -> Iterator[Span]:
    for time in times:
        if time.start is not None and time.end is not None:
            yield time.start, time.end


def _value(figure: Quantity) -> tuple[float | None, float | None]:
    if figure.norm_low is None and figure.norm_high is None:
        return figure.low, figure.high
    return figure.norm_low, figure.norm_high
