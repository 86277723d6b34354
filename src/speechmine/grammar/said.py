"""One expression of time in its text, and how it becomes a deadline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from speechmine.grammar.lengths import counted_length
from speechmine.grammar.periods import Period, chinese_number
from speechmine.grammar.ranges import TimeReading, deadline_at, with_tail
from speechmine.model import Deadline, DeadlineKind

if TYPE_CHECKING:
    from speechmine.grammar.lexicon import TimeLexicon
    from speechmine.grammar.points import Anchor
    from speechmine.rules.matcher import Match

__all__ = ["Said"]


@dataclass(frozen=True, slots=True)
class Said:
    """What an entry of ``times`` matched.

    Its fields ``kind`` (``within`` unless it says otherwise) and ``before`` (the kind of what
    begins with 到 or ends with 前) make the deadline; named groups are the parts of the phrase.

    Attributes:
        text: in which it stands. match: the entry and its groups. anchor: what it is read against.
        lexicon: the tables of time.
    """

    text: str
    match: Match
    anchor: Anchor
    lexicon: TimeLexicon

    def __getitem__(self, group: str) -> str | None:
        """The words of a named group, or None where it took no part."""
        return self.match.group(group)

    def number(self, group: str) -> int | None:
        """The number that a named group writes."""
        return chinese_number(self.match.group(group))

    def word(self, family: str, word: str | None) -> str | None:
        """What a word of a family of ``time_words`` stands for."""
        return self.lexicon.words[family].get(word or "")

    def offset(self, family: str, word: str | None) -> int | None:
        """What a word stands for, as a number."""
        return self.lexicon.offset(family, word)

    @property
    def length(self) -> str | None:
        """The duration that the phrase counts."""
        return counted_length(self.match, self.lexicon)

    @property
    def kind(self) -> DeadlineKind:
        """The kind of deadline that the entry says."""
        rule = self.match.rule
        before = rule.attribute("before")
        if before and self.lexicon.parts["closing"].search(self.match.text):
            return before  # type: ignore[return-value]
        return rule.attribute("kind", "within")  # type: ignore[return-value]

    def deadline(
        self,
        period: Period | None = None,
        *,
        kind: DeadlineKind | None = None,
        start: int | None = None,
        **more: object,
    ) -> Deadline:
        """The phrase as a deadline.

        Args:
            period: that it names.
            kind: where the entry does not say it.
            start: where a name before it begins.
            **more: further fields of the deadline.
        """
        span = (self.match.start if start is None else start, self.match.end)
        return deadline_at(kind or self.kind, self.text, span, period, **more)

    def time(self, period: Period | None = None, **more: object) -> TimeReading:
        """The phrase as a reading that says nothing of the times behind it."""
        return TimeReading(self.deadline(period, **more))  # type: ignore[arg-type]

    def tailed(self, period: Period | None, *, day: bool = True) -> Deadline:
        """The same, with the relation that stands behind the phrase (前, 起, 以来)."""
        span = (self.match.start, self.match.end)
        return with_tail(self.text, span, period, day=day, lexicon=self.lexicon)
