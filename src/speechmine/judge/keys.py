"""What the judge sees of a clause and of a sentence: keys, each a column of its model.

A clause is seen twice: in its wording, and in its shape, the clause with what was found in it put
to one sign each (``Ｐ前完成Ｎ``), so that what is learnt of one body, day or number holds for all.
Both give grams (:mod:`speechmine.judge.grams`). Named flags (class of verb, modal word, subject)
stand beside them.
"""

from __future__ import annotations

import functools
import itertools
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from speechmine.changes import quickly_made
from speechmine.judge.grams import grams_of
from speechmine.mentions import Mentions
from speechmine.model import Clause, Deadline, PartyGroup
from speechmine.patterns import compiled
from speechmine.rules.schema import RuleSet
from speechmine.segment.objects import object_kind, object_lexicon
from speechmine.segment.predicates import Predicates, predicates_of

__all__ = [
    "BARE",
    "BARE_BAN",
    "EMPTY",
    "FINISHING",
    "OWN_THING",
    "SETTING",
    "ClauseKeys",
    "clause_keys",
    "signs_of",
    "title_keys",
]

#: A stretch of text and the sign that stands for it.
Sign = tuple[int, int, str]

# Full-width letters: the matching view has none of its own.
_KINDS = {
    "by": "Ｂ",
    "within": "Ｗ",
    "at": "Ａ",
    "before_event": "Ｅ",
    "after_event": "Ｅ",
    "recurring": "Ｒ",
    "ongoing": "Ｏ",
    "immediate": "Ｉ",
    "per_plan": "Ｓ",
    "open": "Ｏ",
}
_PAST, _BODY, _ADDRESSEE, _FIGURE = "Ｌ", "Ｐ", "Ｇ", "Ｎ"
_CLOSERS = "”》）"
#: Flag of a clause that is a time and nothing else (5月底前，…).
BARE = "bare"
#: Flag of a clause that only says on what footing (按照…的原则，…).
SETTING = "setting"
#: Flag of a clause that names what is kept to or looked at (对照反馈意见，…).
FOOTING = "footing"
#: Flag of a clause that says by when the deed before it is done (…，5月底前报备案).
FINISHING = "finishing"
#: Flag of a clause that bans without a word of what (谁也不准打招呼).
BARE_BAN = "bare_ban"
#: Flag of a clause that begins with a thing of its own and the day for it (检测报告月底前送…).
OWN_THING = "own_thing"
#: Flag of a clause whose verb has no object.
EMPTY = "empty"
_LONGEST = 6
_FRAME = ("subject", "item", "leads", "scope")
_STEP = 5


def signs_of(seen: Mentions, date: str | None) -> list[Sign]:
    """Signs for what was found in a text, in its order, none over another.

    Args:
        seen: times, parties and numbers; what ends before the day of the speech has a sign of
            its own.
        date: that day (ISO 8601), if it is known.
    """
    found = [
        *((t.start, t.end, _sign_of_time(t, date)) for t in seen.times if t.start is not None),
        *((g.start, g.end, _sign_of_group(g)) for g in seen.groups),
        *((q.start, q.end, _FIGURE) for q in seen.quantities),
    ]
    placed = [(start, end, sign) for start, end, sign in found if end is not None]
    kept: list[Sign] = []
    for each in sorted(placed, key=lambda f: (f[0], -f[1], f[2])):
        if not kept or each[0] >= kept[-1][1]:
            kept.append(each)
    return kept


def _sign_of_time(time: Deadline, date: str | None) -> str:
    last = time.latest or time.earliest
    return _PAST if date and last and last < date else _KINDS[time.kind]


def _sign_of_group(group: PartyGroup) -> str:
    return _ADDRESSEE if all(party.generic for party in group.parties) else _BODY


@quickly_made
@dataclass(frozen=True, slots=True)
class ClauseKeys:
    """What is seen of one clause.

    Attributes:
        clause: it.
        wording: its text.
        shape: the same with one sign for each thing found in it.
        flags: named keys.
        signs: those in it, each once.
        form: the flag of what its whole shape says of it, :data:`BARE` or another; or nothing.

    Example:
        >>> ClauseKeys(None, "完成", "成", (), "", "").grams[:4]
        ['完', '成', '完成', '^成']
    """

    clause: Clause
    wording: str
    shape: str
    flags: Sequence[str]
    signs: str
    form: str

    @property
    def grams(self) -> list[str]:
        """Those of the wording and of the shape."""
        return grams_of(self.wording, self.shape)


def clause_keys(text: str, clause: Clause, signs: Sequence[Sign], rules: RuleSet) -> ClauseKeys:
    """The keys of a clause.

    Args:
        text: the matching view's text.
        clause: one of its clauses.
        signs: what was found in the text, as :func:`signs_of` gives it.
        rules: the rule set.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> clause = Clause(0, 6, "deliver", (4, 6), (6, 6))
        >>> keys = clause_keys("6月底前完成。", clause, [(0, 4, "Ｂ")], default_rules())
        >>> keys.shape, keys.signs, "verb=deliver" in keys.flags
        ('Ｂ完成', 'Ｂ', True)
    """
    start, end = clause.start, clause.end
    wording = shape = text[start:end]
    first = bisect_left(signs, (start,))
    inside = signs[first : bisect_left(signs, (end,), first)]
    if inside:
        shape = _with_signs(text, start, end, inside)
    if _NOT_PLAIN.search(shape):
        shape = shape.translate(_PLAIN)
    kinds = "".join(sorted({sign for _, _, sign in inside})) if inside else ""
    flags = _flags(text, clause, kinds, rules)
    form = _form(shape, predicates_of(rules), signed=bool(inside))
    if form:
        flags.append(form)
    return ClauseKeys(clause, wording, shape, flags, kinds, form)


# One sign for each digit: an item's number, a code; what counts was found as a figure.
_PLAIN = {ord(" "): None, **dict.fromkeys(map(ord, "123456789"), "0")}
_NOT_PLAIN = compiled("[ 1-9]")


def _with_signs(text: str, start: int, end: int, inside: Sequence[Sign]) -> str:
    parts, at = [], start
    for first, last, sign in inside:
        parts += [text[at:first], sign]
        at = max(at, last)
    parts.append(text[at:end])
    return "".join(parts)


def _form(shape: str, shapes: Predicates, *, signed: bool) -> str:
    """What the whole shape of a clause says of it."""
    if shapes.bare.fullmatch(shape):
        return BARE
    if shapes.finishing.fullmatch(shape):
        return FINISHING
    if signed and shapes.own_thing.match(shape):
        return OWN_THING
    return BARE_BAN if shapes.bare_ban.match(shape) else ""


def _flags(text: str, clause: Clause, signs: str, rules: RuleSet) -> list[str]:
    start, end, verb = clause.start, clause.end, clause.verb
    length = min((end - start) // _STEP, _LONGEST)
    frame = clause.subject is not None, clause.item is not None, clause.leads, clause.scope
    found = [*_named(verb, clause.modality, length, frame, signs)]
    shapes = predicates_of(rules)
    if shapes.setting.match(text, start, end):
        found.append(SETTING)
    if shapes.footing.match(text, start, end):
        found.append(FOOTING)
    first, last = clause.action
    acts = last > first
    if acts:
        found.append(f"act={text[max(first, last - 3) : last]}")
    first, last = clause.object
    if last - first > 1:
        thing = text[first:last]
        found.append(f"head={thing.rstrip(_CLOSERS)[-2:]}")
        if acts:
            found += _of_object(object_kind(thing, object_lexicon(rules)), verb)
    else:
        found.append(EMPTY)
    return found


@functools.lru_cache(maxsize=512)
def _of_object(kind: str, verb: str) -> Sequence[str]:
    return f"object={kind}", f"object={kind}&{verb}"


@functools.lru_cache(maxsize=4096)
def _named(
    verb: str, modality: str | None, length: int, frame: Sequence[bool], signs: str
) -> Sequence[str]:
    """What a clause says of its verb, its modal word, its length, and what is in it."""
    said = f"verb={verb}", f"modal={modality}", f"length={length}"
    held = [name for sign in signs for name in (f"has={sign}", f"has={sign}&{verb}")]
    return *said, *itertools.compress(_FRAME, frame), *held


def title_keys(title: str) -> tuple[str, ...]:
    """Keys of the headings that a sentence stands under: pairs of characters.

    Example:
        >>> title_keys("强化保障")
        ('title=强化', 'title=化保', 'title=保障')
    """
    return tuple(dict.fromkeys(f"title={a}{b}" for a, b in itertools.pairwise(title)))
