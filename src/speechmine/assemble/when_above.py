"""Times that a heading, a stage or a line gives to what stands below it, or above (GUIDELINE L3).

二、6月底前完成的工作; 第一阶段（3月至5月）：…; 四月  守夜。; 以上工作6月底前完成.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from speechmine.assemble.findings import Findings
from speechmine.borders import FULL_STOP, Span, end_behind
from speechmine.changes import changed
from speechmine.grammar.times import find_times
from speechmine.model import Deadline, TimeFrame
from speechmine.rules.scanning import find_all
from speechmine.scopes import Reach, Scopes
from speechmine.text import starting_in

__all__ = ["TimesAbove"]

# A line that says little more than a time heads those below it.
_SHORT = 24
# No line that leads others is longer.
_LONGEST_LEAD = 80
# Fewer lines with a month are no calendar.
_FEWEST_MONTHS = 3
_UNSTATED_REACH = 30
_BRACKETS = "（("
_DASHED = ("\n——", "\n—", "\n--")


class TimesAbove:
    """The times of lines, each from where to where it may hold.

    Attributes:
        of_the_rest: what the document says of all that has no time (未注明时限的，均须于11月底前).
    """

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._text = findings.text
        self._due = [time for time in findings.seen.times if _is_due(time)]
        self._ends = Scopes(Reach(s.start, s.end, s.end) for s in findings.sections)
        months = list(self._months())
        self._calendar = Scopes(months)
        heads: list[Reach[Deadline]] = []
        if self._due:
            heads = [*self._headings(), *self._stages(), *self._leads(), *months]
            heads += self._summed_up()
        self._above = Scopes([*heads, *self._goals()])
        self._targets = Scopes(self._last_days())
        self.of_the_rest = self._unstated()

    def at(self, start: int, end: int) -> Deadline | None:
        """The time of the nearest line that holds for a row; of a goal, for one with a figure."""
        found = self._above.at(start)
        if found is None and starting_in(self._findings.seen.quantities, start, end):
            found = self._targets.at(start)
        return found

    def in_its_month(self, time: Deadline, place: int) -> Deadline:
        """月初, 这个月 below the heading of a month: of that month, and not of the speech's."""
        month, said = self._calendar.at(place), self._findings.pattern("of_the_month")
        if month is None or not month.earliest or not said.match(time.text or ""):
            return time
        day = dt.date.fromisoformat(month.earliest)
        read = find_times(time.text or "", TimeFrame(day, day.year), self._findings.rules)
        found = read[0] if read else None
        if found is None or found.kind != time.kind:
            return time
        return changed(time, edtf=found.edtf, earliest=found.earliest, latest=found.latest)

    def _headings(self) -> Iterator[Reach[Deadline]]:
        """Of a heading: 下半年怎么干, 三季度例会 frame what is said, and set no day."""
        ends = {section.start: section.end for section in self._findings.sections}
        for part in self._findings.segments:
            heading = part.segment
            if heading.discourse != "heading" or heading.start not in ends or "，" in heading.text:
                continue
            for time in starting_in(self._due, heading.start, heading.end)[:1]:
                if time.kind == "by" or self._text[(time.start or 0) - 1] in _BRACKETS:
                    yield Reach(heading.end, ends[heading.start], time)

    def _stages(self) -> Iterator[Reach[Deadline]]:
        """Of a stage: to the end of its line, or where it stands alone, to the next one."""
        return self._until_next(self._opening("stage", "stage.behind"), len(self._text))

    def _months(self) -> Iterator[Reach[Deadline]]:
        """Of the months in a calendar of work."""
        heads = self._opening("calendar.number", "calendar.behind")
        if len(heads) < _FEWEST_MONTHS:
            return iter(())
        closing = self._findings.pattern("calendar.closing_line")
        closed = closing.search(self._text, heads[-1][0][1])
        return self._until_next(heads, closed.start() if closed else len(self._text))

    def _opening(self, before: str, behind: str) -> list[tuple[Span, Deadline]]:
        """Lines with the times that open them, by what stands around those."""
        opens, goes_on = map(self._findings.pattern, (before, behind))
        heads = []
        for time in self._due:
            start, end = time.start or 0, time.end or 0
            line = self._line_start(start, _SHORT)
            if opens.fullmatch(self._text, line, start) and goes_on.match(self._text, end):
                heads.append(((line, self._line_end(end)), time))
        return heads

    def _until_next(
        self, heads: Sequence[tuple[Span, Deadline]], last: int
    ) -> Iterator[Reach[Deadline]]:
        stops = [*(line[0] for line, _ in heads[1:]), last]
        for (line, time), stop in zip(heads, stops, strict=False):
            rest = self._text[time.end or 0 : line[1]].rstrip("。 ")
            alone = len(rest) <= _SHORT and "。" not in rest
            end = min(stop, self._ends.at(line[0]) or stop) if alone else line[1]
            yield Reach(time.end or 0, end, time)

    def _leads(self) -> Iterator[Reach[Deadline]]:
        """6月底前完成以下工作：, for the numbered lines that follow."""
        lead, item = map(self._findings.pattern, ("lead.line", "item.line"))
        for time in reversed(self._due):  # of a line the first one is on top
            start, end = time.start or 0, self._line_end(time.end or 0)
            if lead.match(self._text, self._line_start(start, _LONGEST_LEAD), end):
                below = end
                while item.match(self._text, below + 1):
                    below = self._line_end(below + 1)
                yield Reach(end, below, time)

    def _summed_up(self) -> Iterator[Reach[Deadline]]:
        """以上工作6月底前完成: for what stands before it in its line, else for the items above."""
        for said in self._findings.pattern("summed_up").finditer(self._text):
            begun = self._text.rfind("\n", 0, said.start()) + 1
            if not self._text[begun : said.start()].strip():
                begun = self._first_item(begun)
            for time in starting_in(self._due, *said.span())[:1]:
                yield Reach(begun, said.start(), time)

    def _first_item(self, line: int) -> int:
        """Where the numbered lines begin right above one; the line above where none is."""
        item, first, above = self._findings.pattern("item.line"), line, line
        while above:
            above = self._text.rfind("\n", 0, above - 1) + 1
            if not item.match(self._text, above):
                return first if first < line else above
            first = above
        return first

    def _goals(self) -> Iterator[Reach[Deadline]]:
        """全年目标再明确一遍：签约40个；…: the year of a goal is that of what it holds."""
        year = self._findings.frame.year
        for goal in find_all(self._findings.pattern("goal.ahead"), self._text):
            first, last = goal.span("said")
            time = Deadline("within", self._text[first:last], first, last)
            if year is not None:
                days = f"{year}-01-01", f"{year}-12-31"
                time = changed(time, edtf=str(year), earliest=days[0], latest=days[1])
            yield Reach(goal.end(), end_behind(FULL_STOP, self._text, goal.end()), time)

    def _last_days(self) -> Iterator[Reach[Deadline]]:
        """发展目标 + 到2027年，…: what is to be reached in a part, or in the dashed lines below."""
        title, last = map(self._findings.pattern, ("goal.title", "goal.last_day"))
        goals = Scopes(
            Reach(part.start, part.end, part.end)
            for part in self._findings.sections
            if title.search(part.title)
        )
        for time in self._findings.seen.times:
            if time.kind == "by" and last.match(self._text, (time.start or 0) - 1):
                start, end = time.start or 0, self._line_end(time.end or 0)
                yield Reach(end, goals.at(start) or self._dashed_below(end), time)

    def _dashed_below(self, at: int) -> int:
        """Where the lines end that begin with a dash right below the one that ends at a place."""
        while self._text.startswith(_DASHED, at):
            at = self._line_end(at + 1)
        return at

    def _unstated(self) -> Deadline | None:
        unstated = self._findings.pattern("unstated")
        for time in self._findings.seen.times:
            start = time.start or 0
            if time.kind == "by" and unstated.search(
                self._text, max(0, start - _UNSTATED_REACH), start
            ):
                return time
        return None

    def _line_start(self, at: int, longest: int) -> int:
        """Where the line of a place begins; of a longer one, where the text does."""
        return self._text.rfind("\n", max(0, at - longest), at) + 1

    def _line_end(self, at: int) -> int:
        line = self._text.find("\n", at)
        return line if line >= 0 else len(self._text)


def _is_due(time: Deadline) -> bool:
    """Finer than a year, with an end that can be owed."""
    if time.kind not in ("by", "within"):
        return False
    return time.masked or (time.latest is not None and "-" in (time.edtf or ""))
