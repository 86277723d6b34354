"""What a number is: owed, achieved, planned money, another place's, a mere count."""

from __future__ import annotations

import functools
from collections import Counter

from speechmine.borders import CLAUSE
from speechmine.extractors.indicators import Phrases
from speechmine.extractors.metric_context import REACH, MetricContext, clause_end, clause_start
from speechmine.extractors.metric_readings import Reading
from speechmine.extractors.metric_tenses import BACK, BY_TIME, kind_by_time, time_said
from speechmine.levels import LEVELS
from speechmine.model import MetricKind, Quantity, Segment

__all__ = ["is_elsewhere", "kind_of", "level_of", "placed"]

#: A meeting is made of fewer bodies and matters than this.
_MEETING = 20


def kind_of(reading: Reading, context: MetricContext) -> tuple[MetricKind, str]:
    """The kind of a metric and the rule that decided."""
    says = context.words.cues.says
    if reading.is_base or says["against"].match(context.bare, reading.quantity.end):
        return "baseline", "kind.baseline"
    if _counts_meeting(reading, context):
        return "count", "kind.meeting"
    if "comparison" in reading.phrase.cues or _about_others(reading, context):
        return "comparison", "kind.comparison"
    if _is_size(reading, context):
        return "plan", "kind.size_of_project"
    if _is_capacity(reading, context):
        return "reference", "kind.size_of_works"
    kind, rule = kind_by_time(reading.quantity, context)
    if rule in BY_TIME and _tells_size(reading, context):
        begun = rule in BACK or says["begun"].search(context.bare, reading.quantity.end)
        return ("reference" if begun else "plan"), "kind.size_told"
    if kind == "target" and _names_topic(reading.quantity, context):
        return "count", "kind.topic"
    return kind, rule


def _counts_meeting(reading: Reading, context: MetricContext) -> bool:
    """9家单位, 9项重点工作: what the meeting is made of; 5个部门负责人作了汇报 anywhere."""
    words = context.words
    unit = reading.quantity.unit or ""
    if not unit.endswith(words.counters) or words.phrases.shapes["unit.power"].match(unit):
        return False
    if time_said(reading.quantity, context) == "owed":
        return False
    if words.speakers.match(context.bare, reading.quantity.end):
        return True
    name = reading.name.text if reading.name else ""
    few = (reading.quantity.low or 0) < _MEETING and not reading.quantity.masked
    named = any(map(name.__contains__, words.phrases.meeting))
    said = context.segment.discourse not in ("target", "review", "problem")
    if context.segment.discourse == "opening":
        meets = words.cues.says["meets"].search(_own_clause(reading, context))
        return named or meets is not None or time_said(reading.quantity, context) is None
    return few and said and named


def _names_topic(quantity: Quantity, context: MetricContext) -> bool:
    """43座非煤矿山、18家化工企业，由应急局牵头: an order names what it is about before all else.

    A number that is said to be done (剩余37户8月底前签约) is owed.
    """
    if context.segment.discourse != "target" or quantity.comparator != "=":
        return False
    unit, words = quantity.unit or "", context.words
    if not (unit.endswith(words.counters) or words.phrases.shapes["unit.land"].search(unit)):
        return False
    cues, bare = context.words.cues, context.bare
    start = clause_start(bare, quantity.start)
    if not cues.says["topic"].fullmatch(bare, start, quantity.start):
        return False
    whole = cues.says["in_all"].search(bare, start, quantity.start)
    if bare[start - 1 : start] == "，" and not whole:
        return False
    return cues.says["topic_ends"].match(bare, quantity.end) is not None


def _own_clause(reading: Reading, context: MetricContext) -> str:
    start = clause_start(context.bare, reading.quantity.start)
    return context.bare[start : clause_end(context.bare, reading.quantity.end)]


def _about_others(reading: Reading, context: MetricContext) -> bool:
    """A problem is shown by the figures of another place: 甲县新开工项目20个，其中...

    A county is another place in the speech of a county and a part of it in that of a city.
    """
    if context.segment.discourse != "problem":
        return False
    before = context.bare[: reading.quantity.start]
    for clause in reversed(CLAUSE.split(before[-REACH:])):
        whose = context.words.cues.says["whose"].match(clause)
        if whose:
            return bool(whose["others"])
        elsewhere = is_elsewhere(clause, context.level, context.words.phrases)
        if elsewhere is not None:
            return elsewhere
    return False


def _is_size(reading: Reading, context: MetricContext) -> bool:
    """总投资20亿元的项目: an amount that only says how large the project is."""
    owed = context.segment.zone != "review" and context.segment.discourse != "review"
    name = reading.name.text if reading.name else ""
    if not owed or not context.words.phrases.shapes["name.investment"].search(name):
        return False
    return (
        context.words.cues.says["of_project"].match(context.bare, reading.quantity.end) is not None
    )


def _is_capacity(reading: Reading, context: MetricContext) -> bool:
    """甲厂40万吨装置技改, 3座35万千瓦电站: how large the works are that are built or changed."""
    unit, bare = reading.quantity.unit or "", context.bare
    if (
        not context.words.phrases.shapes["unit.capacity"].search(unit)
        or reading.quantity.comparator != "="
    ):
        return False
    says, end = context.words.cues.says, reading.quantity.end
    if says["works"].match(bare, end) is None:
        return False
    before = bare[clause_start(bare, reading.quantity.start) : reading.quantity.start]
    return says["owner"].search(before) is not None


def _tells_size(reading: Reading, context: MetricContext) -> bool:
    """项目总投资32亿元，已经摘牌: nobody owes the sum that a project is put at."""
    name = reading.name.text if reading.name else ""
    total = context.words.phrases.shapes["name.total"]
    if context.segment.discourse == "target":
        told = total.search(name)
    else:
        told = total.fullmatch(name) if context.segment.discourse != "review" else None
    return told is not None and time_said(reading.quantity, context) != "owed"


#: 出口: a shorter name may be a place's own last word.
_LEAST_NAME = 2


@functools.lru_cache(maxsize=4)
def level_of(text: str, phrases: Phrases) -> int | None:
    """The rank of the place that a document speaks for: 全市 and 我市 in the speech of a city."""
    if phrases.shapes["place.prefecture"].search(text):  # 全区 is the prefecture there
        return _rank_of_level("prefecture")
    said = Counter(phrases.shapes["place.spoken_for"].findall(text))
    return _rank_of(max(said, key=lambda level: said[level]), phrases) if said else None


def _rank_of(word: str, phrases: Phrases) -> int:
    """The rank of 国, 省, 市 ...; what is named by none of them ranks below all."""
    level = phrases.shapes["place.level"].fullmatch(word)
    return _rank_of_level(level.lastgroup) if level else -1


def _rank_of_level(level: str | None) -> int:
    return len(LEVELS) - 1 - LEVELS.index(level or "")


def is_elsewhere(clause: str, level: int | None, phrases: Phrases) -> bool | None:
    """Whether a clause begins with another place than the document's own; None: with no place.

    A county is another place in the speech of a county and a part of it in that of a city; the
    whole of something larger (全国, 全省) is what one compares with.
    """
    found = phrases.shapes["place.subject"].match(clause)
    if found is None:
        return None
    if found["whole"]:
        return level is not None and _rank_of(found["whole"][1], phrases) > level
    if phrases.shapes["place.no_name"].search(found["name"]):
        return None
    return level is None or _rank_of(found["level"], phrases) >= level


def placed(name: str | None, segment: Segment, phrases: Phrases) -> tuple[str | None, str | None]:
    """The place that a name begins with, and the rest of the name.

    Args:
        name: the indicator as the text gives it.
        segment: a problem is shown by the figures of other places, whatever the indicator.
        phrases: elsewhere only a known indicator is parted from its place.
    """
    if name is None or phrases.family(name) is not None:
        return None, name
    shapes = phrases.shapes
    place = shapes["place.named"].match(name) if segment.discourse == "problem" else None
    if place is not None and shapes["place.no_name"].search(place[0][:-1]):
        place = None
    if place is not None and place.end() < len(name):
        return place[0], name[place.end() :]
    for found in shapes["place.ends"].finditer(name):
        before, rest = name[: found.end()], name[found.end() :]
        known = len(rest) > _LEAST_NAME and phrases.family(rest) is not None
        if known and not shapes["place.no_place"].search(before):
            return before, rest
    return None, name
