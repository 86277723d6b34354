"""Numbers that measure nothing: wording, ordinals, classes, conditions, sets that exist already."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from speechmine.extractors.quantity_grammar import Grammar, bound_before, bound_far, ends_of
from speechmine.numerals import approximate, parse_number
from speechmine.patterns import compiled

__all__ = ["CERTAIN", "trap_of"]

#: Reasons that hold wherever a number stands: no value, half of another word, 零 of nothing, an
#: entry of the table that no text with gold makes doubtful.
CERTAIN = frozenset(["no_value", "cut_word", "nil", "certain"])

#: A counted thing in Chinese numerals below this is wording, not measuring: 两个区域, 十件实事.
_LEAST_COUNT = 20
_CLAUSE_END = compiled(r" ?(?:[，。；：、！？,;!?）)\n（(]|\.(?!\d)|$)")
#: Facts that a bound before a number makes.
_BOUNDS: Mapping[str, tuple[str, ...]] = {
    ">=": ("bounded",),
    "<=": ("bounded",),
    ">": ("passed", "over"),
    "<": ("passed",),
}


def trap_of(text: str, match: re.Match[str], kind: str, grammar: Grammar) -> str | None:
    """Why a number of some kind of unit measures nothing where it stands; None if it may.

    Returns:
        One of :data:`CERTAIN` where it is no number of things at all; else what a text that
        nobody has looked at may have another reason to say: the entry of the table that holds
        there, or a way to count without measuring.
    """
    if kind != "nil" and _has_no_value(text, match, grammar):
        return "no_value"
    if _is_cut_word(text, match, grammar):
        return "cut_word"
    facts = _facts(text, match, kind, grammar)
    if grammar.contexts.holding("finished", text, match.start(), match.end(), facts):
        facts |= {"finished"}
    place = (text, match.start(), match.end(), facts)
    if kind == "nil":
        return None if grammar.contexts.holding("measure", *place) else "nil"
    trap = grammar.contexts.holding("trap", *place)
    if trap is not None:
        return trap.id if trap.flag("doubtful") else "certain"
    if _is_wording(match, kind, place, grammar):
        return "wording"
    if _classes_thing(text, match, facts, grammar):
        return "class"
    if kind == "duration" and not _is_result(place, grammar):
        return "duration"
    if kind == "counter" and _counts_part(text, match, facts, grammar):
        return "part"
    return "loose" if "reached" not in facts and _is_loose(match, grammar) else None


def _is_loose(match: re.Match[str], grammar: Grammar) -> bool:
    """西岭三百床, 三班: the word behind the number counts in some sentences only."""
    return bool(match["unit"]) and grammar.units[grammar.unit_of(match)].flag("loose")


#: A number, with what is known of it.
_Numbered = tuple[str, int, int, frozenset[str]]


def _facts(text: str, match: re.Match[str], kind: str, grammar: Grammar) -> frozenset[str]:
    """What the contexts of the table ask of a number, under the names that its head lists."""
    unit, number, post = match["unit"], match["a"] or "", match["post"]
    bound, _ = bound_before(text, match.start(), grammar)
    facts = {kind, *_facts_of_unit(match, grammar), *_BOUNDS.get(bound or "", ())}
    told, before = grammar.facts, text[max(0, match.start() - 2) : match.start()]
    facts.update(told["unit"](unit or ""), told["number"](number), told["before"](before))
    if post:
        facts.update(("post", *told["post"](post)))
    if bound:
        facts.add("reached")
    if match["half"] or match["fraction"]:
        facts.add("half")
    if match["mult"]:
        facts.add("multiplied")
    if kind == "counter" and (parse_number(number) or 0) < _LEAST_COUNT:
        facts.add("few")
    return frozenset(facts)


def _facts_of_unit(match: re.Match[str], grammar: Grammar) -> Iterator[str]:
    if not match["unit"]:
        yield "classes"
        return
    yield "unit"
    rule = grammar.units[grammar.unit_of(match)]
    if rule.flag("names"):
        yield "names"
    elif rule.flag("definer"):
        yield from ("definer", "classes")
    if rule.flag("age"):
        yield "age"


def _is_wording(match: re.Match[str], kind: str, place: _Numbered, grammar: Grammar) -> bool:
    """一个, 两个区域, 十件实事, 一公里: Chinese numerals that only make a phrase.

    Behind the thing it counts, at the end of its clause, a number measures however small it is
    (冲毁涵闸三座，), unless it tells how often (跑了五趟，); so does one with two ends (两到三次).
    """
    number, text, facts = match["a"], place[0], place[-1]
    if not number or kind == "rate" or grammar.shapes["core.figures"].match(number):
        return False
    if any(match[part] for part in ("mult", "odd", "tenths", "tail")):
        return False
    low, high = ends_of(match)
    bounded = bound_before(text, match.start(), grammar)[0] in (">=", "<=")
    bounded = bounded or bound_far(text, match.start(), grammar) is not None
    turn = bool(match["unit"]) and grammar.units[grammar.unit_of(match)].flag("turn")
    behind = not turn and grammar.contexts.holding("standing", *place) is not None
    if bounded and low and not match["b"]:
        return False  # 每个村至少组织两次
    if kind == "duration" and low and _lasted(place, grammar):
        return False
    if low and low > 1 and grammar.contexts.holding("deed", *place):
        return False
    if (match["b"] or behind) and low and low > 1:
        return False
    if "more" in facts:
        return False
    return (high or 0) < _LEAST_COUNT if kind == "counter" else len(number) == 1


def _lasted(place: _Numbered, grammar: Grammar) -> bool:
    """晚了近两个月, 立项三年未动: right beside the word of lasting; 早一天是一天 is a saying."""
    if "one" in place[-1] and "reached" not in place[-1]:
        return False
    found = grammar.contexts.holding("result", *place)
    return found is not None and found.attribute("side") != "clause"


def _has_no_value(text: str, match: re.Match[str], grammar: Grammar) -> bool:
    """千万元 and 百家 count only behind a bound (超百家) or with a vague word (百余家)."""
    number = match["a"] or ""
    if not match["a"] and (match["half"] or match["fraction"]):
        return False
    shapes = grammar.shapes
    if shapes["core.no_digit"].fullmatch(number) and not match["share"] and not match["odd"]:
        return bound_before(text, match.start(), grammar)[1] == 0
    return bool(shapes["core.approximate"].match(number)) and approximate(number) is None


def _is_cut_word(text: str, match: re.Match[str], grammar: Grammar) -> bool:
    """五成 in 五成立: the unit is the first half of another word."""
    if match["post"] or not match["unit"]:
        return False
    following = text[match.end() : match.end() + 1]
    rule = grammar.units[grammar.unit_of(match)]
    return bool(following) and following in rule.attribute("not_before")


def _classes_thing(
    text: str, match: re.Match[str], facts: frozenset[str], grammar: Grammar
) -> bool:
    """超10亿元企业, 50亿元企业3家: the number says which of them are meant."""
    if "classes" not in facts or "half" in facts:
        return False
    classed = grammar.classed.match(text, match.end())
    return classed is not None and bool(classed["count"] or ("unit" in facts and "over" in facts))


def _is_result(place: _Numbered, grammar: Grammar) -> bool:
    """A length of time that something came to; what is no result says when, or for how long."""
    holding, facts = grammar.contexts.holding, place[-1]
    if holding("no_result", *place):
        return False
    if holding("result", *place):
        return True
    return "bounded" in facts and "age" not in facts and not holding("full", *place)


def _counts_part(text: str, match: re.Match[str], facts: frozenset[str], grammar: Grammar) -> bool:
    """40件事项已办结30件; 8.6个重大专项 behind a line's number; 3组 of a village."""
    before = text[max(0, match.start() - 16) : match.start()]
    if not match["mult"] and grammar.shapes["core.item"].search(before + match["a"]):
        return True
    if _is_group_name(match, before, "few" in facts, grammar):
        return True
    part = None if "finished" in facts else grammar.part.match(text, match.end())
    if part is None or not text.startswith(match["unit"], part.end()):
        return False
    end = part.end() + len(match["unit"])
    return part["bare"] is None or _CLAUSE_END.match(text, end) is not None


def _is_group_name(match: re.Match[str], before: str, few: bool, grammar: Grammar) -> bool:
    """3组, 5组组长: the third and the fifth group of a village."""
    made = grammar.units[grammar.unit_of(match)].attribute("made_by")
    small = few and match["a"].isdigit()
    return bool(made) and small and not match["mult"] and before[-1:] not in tuple(made)
