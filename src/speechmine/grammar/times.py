"""Times in a text: dates, periods, cycles and events, and words that say when without a date."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from speechmine.borders import SENTENCE, end_behind
from speechmine.grammar.joining import one_time
from speechmine.grammar.lexicon import TimeLexicon, time_lexicon_of, visible_text
from speechmine.grammar.periods import known_frame
from speechmine.grammar.points import Anchor
from speechmine.grammar.productions import PRODUCTIONS
from speechmine.grammar.said import Said
from speechmine.model import Deadline, TimeFrame

if TYPE_CHECKING:
    from collections.abc import Iterable

    from speechmine.grammar.ranges import TimeReading
    from speechmine.rules.matcher import Match
    from speechmine.rules.schema import RuleSet

__all__ = ["find_deadline_cues", "find_hints", "find_times"]

# A hedge stands right before its time, with a preposition at most: 力争在6月底前.
_HEDGE_REACH = 8


def find_times(
    text: str,
    frame: TimeFrame,
    rules: RuleSet,
    *,
    every: bool = False,
) -> tuple[Deadline, ...]:
    """All times that name a date, a period, a cycle or an event.

    Args:
        text: the matching view's text.
        frame: what 今年, 本月 and months without a year mean; nothing is guessed without it.
        rules: the rule set.
        every: also times that nothing need be owed by (三年半, 国庆节, 29日, 80年代).

    Returns:
        Deadlines in text order, not overlapping, with offsets in ``text``.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> found = find_times("力争2026年三季度末通车", TimeFrame(), default_rules())
        >>> [(t.text, t.kind, t.edtf) for t in found]
        [('2026年三季度末', 'by', '../2026-09-30')]
    """
    lexicon = time_lexicon_of(rules)
    visible = visible_text(text, lexicon)
    matches = (lexicon.every if every else lexicon.times).find(visible)
    found = _readings(visible, matches, known_frame(frame), lexicon)
    return tuple(_finished(text, visible, time, lexicon) for time in found)


def find_deadline_cues(text: str, rules: RuleSet) -> tuple[Deadline, ...]:
    """Words that say when without a date: 持续, 立即, 如期, 下一步.

    Args:
        text: the matching view's text.
        rules: the rule set.

    Returns:
        Deadlines of kind ongoing, immediate, per_plan or open, in text order.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> found = find_deadline_cues("要立即整改，推动可持续发展。", default_rules())
        >>> [(t.text, t.kind) for t in found]
        [('立即', 'immediate')]
    """
    lexicon = time_lexicon_of(rules)
    visible = visible_text(text, lexicon)
    return tuple(
        Deadline(kind=m.rule.value, text=text[m.start : m.end], start=m.start, end=m.end)  # type: ignore[arg-type]
        for m in lexicon.cues.find(visible)
    )


def find_hints(text: str, frame: TimeFrame, rules: RuleSet) -> tuple[tuple[str, Deadline], ...]:
    """What may say when in a sentence, though as often it does not.

    Args:
        text: a sentence of the matching view's text.
        frame: what days without a month mean.
        rules: the rule set.

    Returns:
        The id of a rule and what it reads, in text order; several may stand in one place.

    Example:
        >>> from speechmine.rules.loader import default_rules
        >>> found = find_hints("码头班夜里加两条船", TimeFrame(), default_rules())
        >>> [(rule, time.text, time.kind) for rule, time in found]
        [('hint.daypart', '夜里', 'at')]
    """
    lexicon = time_lexicon_of(rules)
    visible = visible_text(text, lexicon)
    anchor = _Sentence(visible).anchor(0, known_frame(frame), None)
    found = []
    for match in lexicon.hints.find_each(visible):
        reading = PRODUCTIONS[match.rule.value](Said(visible, match, anchor, lexicon))
        if reading is not None and reading.deadline is not None:
            found.append((match.rule.id, _finished(text, visible, reading.deadline, lexicon)))
    return tuple(found)


def _readings(
    text: str, matches: Iterable[Match], frame: TimeFrame, lexicon: TimeLexicon
) -> list[Deadline]:
    """Left to right; a later match that an earlier reading covers is passed over."""
    found: list[Deadline] = []
    sentence, joins = _Sentence(text), lexicon.parts["opener.join"]
    free, opens = 0, False  # opens: whether the last time may belong to an event behind it
    for match in matches:
        if match.start < free:
            continue
        opener = found[-1] if opens else None
        if opener is not None and not joins.fullmatch(text, opener.end or 0, match.start):
            opener = None
        anchor = sentence.anchor(match.start, frame, opener)
        reading = PRODUCTIONS[match.rule.value](Said(text, match, anchor, lexicon))
        free = match.end
        if reading is None or reading.deadline is None:
            continue
        time = sentence.placed(reading.deadline, match, found[-1] if found else None)
        free = time.end or free
        last = found[-1] if found else None
        whole = one_time(last, time, text, lexicon=lexicon, opens=opens) if last else None
        if whole is not None:
            found.pop()
        time = whole or time
        found.append(_behind(found[-1], time) if found else time)
        sentence.hear(reading, match.start)
        opens = reading.opens
    return found


def _in_each(time: Deadline) -> Deadline:
    """每周走访8家，周五下班前录入: of every week, and so of no date."""
    return dataclasses.replace(time, kind="recurring", edtf=None, earliest=None, latest=None)


def _counted_from(before: Deadline, time: Deadline) -> Deadline:
    """6月中旬检查一次，结果三日内通报: not from the day of the speech; 今晚围上，三天内修好 is."""
    if before.edtf is not None and before.edtf == time.earliest:
        return time
    dated = "-" in (before.edtf or "") or before.event is not None or before.kind == "recurring"
    return dataclasses.replace(time, edtf=None) if dated else time


def _behind(before: Deadline, time: Deadline) -> Deadline:
    """The name of an event reaches back, though not into the time before it."""
    return dataclasses.replace(time, start=max(before.end or 0, time.start or 0))


class _Sentence:
    """The year that the sentence has named so far (2025年6月开工、12月底前完工)."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._stop = 0
        self._heard: TimeReading | None = None
        self._round: tuple[int, str] | None = None

    def _joins(self, before: Deadline, match: Match) -> bool:
        """Whether a time stands in the same sentence as the one before."""
        return SENTENCE.search(self._text, before.end or 0, match.start) is None

    def hear(self, reading: TimeReading, start: int) -> None:
        """Take in a time; a named year with a month holds to the end of the sentence."""
        time = reading.deadline
        if time is not None and time.kind == "recurring":
            self._round = (end_behind(SENTENCE, self._text, start), time.recurrence or "")
        if not reading.carries:
            return
        self._heard = reading
        if start >= self._stop:  # once a sentence: a text without any full stop stays linear
            self._stop = end_behind(SENTENCE, self._text, start)

    def placed(self, time: Deadline, match: Match, last: Deadline | None) -> Deadline:
        """A time as its sentence has it: of each cycle, or counted from the time before."""
        if self._goes_round(time, match):
            return _in_each(time)
        counted = last is not None and time.duration is not None
        return _counted_from(last, time) if last and counted and self._joins(last, match) else time

    def _goes_round(self, time: Deadline, match: Match) -> bool:
        """Whether a bare weekday, day or month stands in a sentence that names its cycle before.

        每月抽查，次月3日前报送: of each month, too. 每年检查，今年6月底前整改 names a year.
        """
        within = match.rule.attribute("of_cycle")
        if not within or self._round is None or match.start >= self._round[0]:
            return False
        if match.group("word") or match.group("year"):
            return False
        if match.group("month_word"):
            return time.edtf is None and self._round[1].startswith("FREQ=MONTHLY")
        return self._round[1].startswith(f"FREQ={within}")

    def anchor(self, start: int, frame: TimeFrame, stated: Deadline | None) -> Anchor:
        """What a time at ``start`` is read against; ``stated`` stands right before it."""
        heard = self._heard if self._heard is not None and start < self._stop else None
        year = frame.year if heard is None else heard.year
        unit = (stated.edtf or "") if stated is not None else ""
        before = int(unit) if unit.isdecimal() else None
        return Anchor(
            date=frame.date,
            this_year=frame.year,
            year=year,
            next_year=heard.year + 1 if heard is not None and heard.year is not None else None,
            stated=before,
            heard=heard is not None,
            since=_beginning(heard.deadline) if heard is not None else None,
        )


def _beginning(time: Deadline | None) -> str | None:
    """The day of 自2027年1月1日起."""
    return time.earliest if time is not None and (time.edtf or "").endswith("/..") else None


def _finished(text: str, visible: str, time: Deadline, lexicon: TimeLexicon) -> Deadline:
    """The words of the original text, and the hedge before them."""
    start, end = time.start or 0, time.end or 0
    hedge = lexicon.parts["hedge.before"].search(visible[max(0, start - _HEDGE_REACH) : start])
    words = [hedge["hedge"] if hedge else None, time.modifier]
    modifier = "、".join(word for word in words if word) or None
    return dataclasses.replace(
        time, text=text[start:end], modifier=modifier, event=_event_in(text, visible, time)
    )


def _event_in(text: str, visible: str, time: Deadline) -> str | None:
    """The name of an event in the original text, where quotes are not blanked out."""
    at = visible.find(time.event, time.start or 0, time.end) if time.event else -1
    return time.event if at < 0 else text[at : at + len(time.event or "")]
