"""Goals without a number: 居民收入增长与经济增长同步, 生态环境质量持续改善 (GUIDELINE M5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from speechmine.extract.indicators import Name, Phrases, coordinated, read_before
from speechmine.extract.metric_meaning import Cues, change_of, hardness_of, period_of
from speechmine.model import Metric, Segment, TimeFrame, content_id
from speechmine.numerals import UNPARSED, without_names

__all__ = ["absences_in"]

_CLAUSE = re.compile(r"[^，。；：！？\n]+")
_LEAST_NAME = 2


def absences_in(
    segment: Segment,
    taken: Sequence[tuple[int, int]],
    frame: TimeFrame,
    phrases: Phrases,
    cues: Cues,
) -> list[Metric]:
    """Metrics with comparator ``none`` of a segment that sets goals.

    Args:
        segment: a segment labelled target.
        taken: spans of the metrics already found, from the segment's start.
        frame: what 今年 means.
        phrases, cues: the vocabulary.
    """
    bare = without_names(segment.text)
    found = []
    for clause in _CLAUSE.finditer(bare):
        if any(start < clause.end() and clause.start() < end for start, end in taken):
            continue
        for name, end, said, rule in _stated(bare, clause.start(), clause.end(), phrases, cues):
            found.append(_metric(segment, name, end, said, rule, frame, cues))
    return found


def _stated(
    bare: str, start: int, end: int, phrases: Phrases, cues: Cues
) -> Iterator[tuple[Name, int, frozenset[str], str]]:
    for strength, (rule, pattern) in cues.absences.items():
        hit = _at_end(pattern, bare, start, end)
        if hit is None:
            continue
        if "name" in pattern.groupindex:
            name = Name(hit["name"], hit.start("name"), hit.end("name"))
            yield name, end, frozenset(), rule.id
            return
        phrase = read_before(bare, start, hit.start(), phrases)
        if phrase.whole is None or len(phrase.whole.text) < _LEAST_NAME:
            return
        names = coordinated(phrase.whole, None, phrases)
        if strength == "weak" and not all(_is_indicator(n, phrases) for n in names):
            return
        for name in names:
            yield name, end, phrase.cues, rule.id
        return


def _at_end(pattern: re.Pattern[str], bare: str, start: int, end: int) -> re.Match[str] | None:
    """The first match in the clause that reaches its end."""
    for hit in pattern.finditer(bare, start, end):
        if hit.end() == end:
            return hit
    return None


def _is_indicator(name: Name, phrases: Phrases) -> bool:
    return name.text.endswith(phrases.nouns) or phrases.family(name.text) is not None


def _changing(predicate: str, said: frozenset[str]) -> frozenset[str]:
    return said | {"up"} if "增长" in predicate else said - {"down"}


def _metric(  # noqa: PLR0913
    segment: Segment,
    name: Name,
    end: int,
    said: frozenset[str],
    rule: str,
    frame: TimeFrame,
    cues: Cues,
) -> Metric:
    text = segment.text
    first, last = segment.start + name.start, segment.start + end
    indicator = name.text
    if not name.made and UNPARSED in indicator:
        indicator = text[name.start : name.end]
    return Metric(
        id=content_id("m", (first, last, indicator, None, None, None, "none")),
        text=text[name.start : end],
        start=first,
        end=last,
        indicator=indicator,
        low=None,
        high=None,
        unit=None,
        comparator="none",
        kind="target",
        rule=rule,
        change=change_of(indicator, None, _changing(text[name.end : end], said)),
        period=period_of(text[: name.start], past=False, zone=segment.zone, frame=frame),
        hardness=hardness_of("", masked=False, cues=cues),
    )
