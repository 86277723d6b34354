"""Numbers that measure nothing: wording, ordinals, classes, conditions, sets that exist already."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from speechmine.extractors.quantity_grammar import Grammar, bound_far, ends_of
from speechmine.numerals import approximate, parse_number
from speechmine.patterns import compiled
from speechmine.rules.schema import Rule

__all__ = ["CERTAIN", "Written", "trap_of", "written"]

#: Reasons that hold wherever a number stands: no value, half of another word, 零 of nothing, an
#: entry of the table that no text with gold makes doubtful.
CERTAIN = frozenset(["no_value", "cut_word", "nil", "certain"])

#: A counted thing in Chinese numerals below this is wording, not measuring: 两个区域, 十件实事.
_LEAST_COUNT = 20
_CLAUSE_MARK = compiled(r"[，。；：、,;\n]")
_CLAUSE_END = compiled(r" ?(?:[，。；：、！？,;!?）)\n（(]|\.(?!\d)|$)")
#: Facts that a bound before a number makes.
_BOUNDS: Mapping[str, tuple[str, ...]] = {
    ">=": ("bounded",),
    "<=": ("bounded",),
    ">": ("passed", "over"),
    "<": ("passed",),
}


@dataclass(frozen=True, slots=True)
class Written:
    """A number as it stands in a text.

    Attributes:
        text: with names in quotation marks blanked.
        match: of the grammar's core.
        unit: the rule of its unit; None where it has none.
        kind: what sort of unit that is; empty where it has none and counts nothing.
        bound: what the word right before it makes of it (>=, range, ...), if anything.
        bound_length: how long that word is, with the blank behind it.
    """

    text: str
    match: re.Match[str]
    unit: Rule | None
    kind: str
    bound: str | None
    bound_length: int

    def says(self, flag: str) -> bool:
        """Whether its unit has a flag."""
        return self.unit is not None and self.unit.flag(flag)

    def is_bounded(self, grammar: Grammar) -> bool:
        """At least or at most so many, be it said right before it or further on."""
        if self.bound in (">=", "<="):
            return True
        return bound_far(self.text, self.match.start(), grammar) is not None


def written(match: re.Match[str], grammar: Grammar) -> Written:
    """A number that the grammar's core found, with its unit and the word that bounds it."""
    unit = grammar.units[grammar.unit_of(match)] if match["unit"] else None
    bound, length = _bound_before(match.string, match.start(), grammar)
    return Written(match.string, match, unit, _kind(match, unit), bound, length)


def _kind(match: re.Match[str], unit: Rule | None) -> str:
    if match["fraction"] or match["share"] or match["half"]:
        return "rate"
    if match["nil"]:
        return "nil"
    if unit is None:
        return "measure" if match["mult"] else ""
    lone = not match["mult"] and "/" not in match["unit"]
    if unit.flag("multiplied") and lone and not _is_beside(unit.attribute("beside"), match):
        return ""
    return unit.value


def _is_beside(pattern: str, match: re.Match[str]) -> bool:
    """水温烧到65度: what the unit needs before it where no 万 stands with the number."""
    if not pattern:
        return False
    before = match.string[max(0, match.start() - 16) : match.start()]
    return re.search(pattern, _CLAUSE_MARK.split(before)[-1]) is not None


def _bound_before(text: str, start: int, grammar: Grammar) -> tuple[str | None, int]:
    """The comparator word that ends at ``start``, and its length; the longest wins."""
    before = grammar.bounds["before"]
    blank = int(start > 1 and text[start - 1] == " ")
    end = start - blank
    if text[end - 1 : end] not in grammar.bound_ends:
        return None, 0
    for length in range(min(6, end), 0, -1):
        found = before.get(text[end - length : end])
        if found is not None:
            return (None, 0) if found == "none" else (found, length + blank)
    return None, 0


def trap_of(number: Written, grammar: Grammar) -> str | None:
    """Why a number of some kind of unit measures nothing where it stands; None if it may.

    Returns:
        One of :data:`CERTAIN` where it is no number of things at all; else what a text that
        nobody has looked at may have another reason to say: the entry of the table that holds
        there, or a way to count without measuring.
    """
    kind, holding = number.kind, grammar.contexts.holding
    if kind != "nil" and _has_no_value(number, grammar):
        return "no_value"
    if _is_cut_word(number):
        return "cut_word"
    text, (start, end) = number.text, number.match.span()
    facts = _facts(number, grammar)
    if holding("finished", text, start, end, facts):
        facts |= {"finished"}
    place = (text, start, end, facts)
    if kind == "nil":
        return None if holding("measure", *place) else "nil"
    trap = holding("trap", *place)
    if trap is not None:
        return trap.id if trap.flag("doubtful") else "certain"
    if _is_wording(number, place, grammar):
        return "wording"
    if _classes_thing(number, facts, grammar):
        return "class"
    if kind == "duration" and not _is_result(place, grammar):
        return "duration"
    if kind == "counter" and _counts_part(number, facts, grammar):
        return "part"
    # 西岭三百床, 三班: the word behind the number counts in some sentences only.
    return "loose" if "reached" not in facts and number.says("loose") else None


#: A number, with what is known of it.
_Numbered = tuple[str, int, int, frozenset[str]]


def _facts(number: Written, grammar: Grammar) -> frozenset[str]:
    """What the contexts of the table ask of a number, under the names that its head lists."""
    match, kind, bound, told = number.match, number.kind, number.bound, grammar.facts
    unit, digits, post = match["unit"], match["a"] or "", match["post"]
    before = number.text[max(0, match.start() - 2) : match.start()]
    facts = {kind, *_facts_of_unit(number), *_BOUNDS.get(bound or "", ())}
    facts.update(told["unit"](unit or ""), told["number"](digits), told["before"](before))
    if post:
        facts.update(("post", *told["post"](post)))
    if bound:
        facts.add("reached")
    if match["half"] or match["fraction"]:
        facts.add("half")
    if match["mult"]:
        facts.add("multiplied")
    if kind == "counter" and (parse_number(digits) or 0) < _LEAST_COUNT:
        facts.add("few")
    return frozenset(facts)


def _facts_of_unit(number: Written) -> Iterator[str]:
    if number.unit is None:
        yield "classes"
        return
    yield "unit"
    if number.says("names"):
        yield "names"
    elif number.says("definer"):
        yield from ("definer", "classes")
    if number.says("age"):
        yield "age"


def _is_wording(number: Written, place: _Numbered, grammar: Grammar) -> bool:
    """一个, 两个区域, 十件实事, 一公里: Chinese numerals that only make a phrase.

    Behind the thing it counts, at the end of its clause, a number measures however small it is
    (冲毁涵闸三座，), unless it tells how often (跑了五趟，); so does one with two ends (两到三次).
    """
    match, kind, facts = number.match, number.kind, place[-1]
    digits, holding = match["a"], grammar.contexts.holding
    if not digits or kind == "rate" or grammar.shapes["core.figures"].match(digits):
        return False
    if "more" in facts or any(match[part] for part in ("mult", "odd", "tenths", "tail")):
        return False
    low, high = ends_of(match)
    if low and not match["b"] and number.is_bounded(grammar):
        return False  # 每个村至少组织两次
    if kind == "duration" and low and _lasted(place, grammar):
        return False
    if low and low > 1:
        behind = not number.says("turn") and holding("standing", *place) is not None
        if match["b"] or behind or holding("deed", *place):
            return False
    return (high or 0) < _LEAST_COUNT if kind == "counter" else len(digits) == 1


def _lasted(place: _Numbered, grammar: Grammar) -> bool:
    """晚了近两个月, 立项三年未动: right beside the word of lasting; 早一天是一天 is a saying."""
    if "one" in place[-1] and "reached" not in place[-1]:
        return False
    found = grammar.contexts.holding("result", *place)
    return found is not None and found.attribute("side") != "clause"


def _has_no_value(number: Written, grammar: Grammar) -> bool:
    """千万元 and 百家 count only behind a bound (超百家) or with a vague word (百余家)."""
    match, shapes = number.match, grammar.shapes
    digits = match["a"] or ""
    if not digits and (match["half"] or match["fraction"]):
        return False
    if shapes["core.no_digit"].fullmatch(digits) and not match["share"] and not match["odd"]:
        return number.bound is None
    return bool(shapes["core.approximate"].match(digits)) and approximate(digits) is None


def _is_cut_word(number: Written) -> bool:
    """五成 in 五成立: the unit is the first half of another word."""
    if number.match["post"] or number.unit is None:
        return False
    following = number.text[number.match.end() : number.match.end() + 1]
    return bool(following) and following in number.unit.attribute("not_before")


def _classes_thing(number: Written, facts: frozenset[str], grammar: Grammar) -> bool:
    """超10亿元企业, 50亿元企业3家: the number says which of them are meant."""
    if "classes" not in facts or "half" in facts:
        return False
    classed = grammar.classed.match(number.text, number.match.end())
    return classed is not None and bool(classed["count"] or ("unit" in facts and "over" in facts))


def _is_result(place: _Numbered, grammar: Grammar) -> bool:
    """A length of time that something came to; what is no result says when, or for how long."""
    holding, facts = grammar.contexts.holding, place[-1]
    if holding("no_result", *place):
        return False
    if holding("result", *place):
        return True
    return "bounded" in facts and "age" not in facts and not holding("full", *place)


def _counts_part(number: Written, facts: frozenset[str], grammar: Grammar) -> bool:
    """40件事项已办结30件; 8.6个重大专项 behind a line's number; 3组, 5组组长 of a village."""
    text, match = number.text, number.match
    before = text[max(0, match.start() - 16) : match.start()]
    if not match["mult"]:
        if grammar.shapes["core.item"].search(before + match["a"]):
            return True
        made = number.unit.attribute("made_by") if number.unit else ""
        if made and "few" in facts and match["a"].isdigit() and before[-1:] not in tuple(made):
            return True
    part = None if "finished" in facts else grammar.part.match(text, match.end())
    if part is None or not text.startswith(match["unit"], part.end()):
        return False
    end = part.end() + len(match["unit"])
    return part["bare"] is None or _CLAUSE_END.match(text, end) is not None
