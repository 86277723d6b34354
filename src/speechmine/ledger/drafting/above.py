"""What a row needs of the words before it: of its sentence, its paragraph, its heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from speechmine.ledger.drafting.phrases import (
    MARKS,
    deed,
    names_thing,
    numberless,
    opens_as_order,
    points_back,
    row_patterns,
    says_little,
    shortened,
)
from speechmine.model import Party, Segment, Task

__all__ = ["PrecedingWords", "named_in", "names_owing"]

# What the first clause of a row names that needs the words before it: less inside a sentence,
# hardly anything at the head of one; a longer row says what it is about.
_BRIEF, _BARE, _ALONE = 10, 5, 15
_PARTING = ("；", ";")
# A longer row says by itself what its deed is of.
_REMOTE = 40


@dataclass(frozen=True, slots=True)
class PrecedingWords:
    """A sentence with its tasks in order, and what stands before it.

    Attributes:
        before: the sentences of its paragraph. owing: the row there that names who owes it.
        topic: the heading that it stands under.
    """

    text: str
    segment: Segment
    before: Sequence[Segment]
    tasks: Sequence[Task]
    owing: str
    topic: str

    def above(self, task: Task, own: tuple[int, int], *, cut: bool) -> str:
        """The words before a row that says too little, points back, or is inherited.

        Args:
            task: of the row.
            own: its words.
            cut: whether the sentence's own beginning is left out of all rows.
        """
        raw = self.text[slice(*own)]
        named = ((a - own[0], b - own[0]) for a, b in named_in(task))
        said = deed(raw, named)
        opening = self.text[self.segment.start : own[0]]
        inside = bool(numberless(opening).strip(MARKS))
        inherited = any(party.source == "sentence" for party in task.parties)
        brief = says_little(said, _BRIEF)
        of_another = not names_owing(task) and self._is_of_its_subject(opening, said)
        result = row_patterns()["result"].match(raw) is not None
        # 新建学校3所，幼儿园5所
        counted = not task.object and row_patterns()["counted"].fullmatch(said) is not None
        if inside and (cut or inherited or brief or of_another or result or counted):
            return self._back_from(opening)
        if row_patterns()["bare"].match(numberless(raw)) and not any(map(_is_owing, task.parties)):
            return self.owing
        part = row_patterns()["part"].match(raw)  # 其中贫困户…: of whom, the words before say
        bare = bool(part) or says_little(said, _BARE) or points_back(said)
        before = self._back_from("") or self._said_of_them() if bare else ""
        if before or inside:
            return before
        return self._of_a_list() or self._in_its_place() or (self._topic(said) if brief else "")

    def _of_a_list(self) -> str:
        """实施十大项目。甲厂扩建项目。乙站改造工程。: what announces things that are only named."""
        if not names_thing(self.segment.text):
            return ""
        nth = len(self.before) - 1
        while nth >= 0 and names_thing(self.before[nth].text):
            nth -= 1
        listed = nth >= 0 and row_patterns()["things"].search(self.before[nth].text)
        return shortened(self.before[nth].text) if listed else ""

    def _in_its_place(self) -> str:
        """在库区要…；加密雨量站: what the first of several parts says of where holds for all."""
        first = nth = len(self.before)
        while self._is_parted(first):
            first -= 1
        said = self.before[first].text if first < nth else ""
        return shortened(said) if row_patterns()["place"].match(numberless(said)) else ""

    def _is_of_its_subject(self, opening: str, said: str) -> bool:
        """某厂要退城入园，支持企业申报…: what the sentence begins with is what a deed is of."""
        start = self.segment.start
        spans = (span for task in self.tasks for span in named_in(task))
        thing = deed(opening, ((a - start, b - start) for a, b in spans))
        return len(said) <= _REMOTE and opens_as_order(said) and not opens_as_order(thing)

    def _back_from(self, opening: str) -> str:
        """The words before a row, with the sentences before it that they cannot do without.

        不到一半 says nothing by itself; 其中甲坝…；乙塘… are only parts of what stands before them.
        """
        said, taken = opening, False
        enough = bool(opening) and not says_little(numberless(opening), _BARE)
        listed = self._is_parted(len(self.before))
        for nth in range(len(self.before) - 1, -1, -1):
            before = self.before[nth]
            if enough or before.discourse == "heading":
                break
            if taken or listed or not self._is_part(nth):
                said, taken = before.text + said, True
                long = len(numberless(before.text).strip(MARKS)) > _BRIEF
                enough = long and not (listed and self._is_parted(nth))
        return shortened(said)

    def _is_parted(self, nth: int) -> bool:
        """Whether only a semicolon parts a sentence from the one before it."""
        return nth > 0 and self.before[nth - 1].text.endswith(_PARTING)

    def _is_part(self, nth: int) -> bool:
        """Whether a sentence before this one is a part (其中) of what stands before it."""
        first = nth
        while self._is_parted(first):
            first -= 1
        return row_patterns()["part"].match(self.before[first].text) is not None

    def called(self) -> str:
        """Whom the head of the paragraph calls upon (甲局：), or who reports in it."""
        stage = row_patterns()["stage"].match(self.text, self._line())
        if stage:
            return stage["who"]
        line = numberless(self.text[self._line() : self.segment.end].strip(MARKS))
        called = row_patterns()["called"].match(line)
        return called["who"] if called else ""

    def _line(self) -> int:
        return self.text.rfind("\n", 0, self.segment.start) + 1

    def _said_of_them(self) -> str:
        """What an earlier paragraph with the same body at its head says: 甲局：至今没有进场."""
        called = self.called()
        lines = self.text[: self._line()].split("\n")[::-1] if called else ()
        said = (numberless(line.strip(MARKS)) for line in lines)
        heads = (f"{called}：", f"{called}:")
        return next((shortened(line) for line in said if line.startswith(heads)), "")

    def _topic(self, said: str) -> str:
        """What the paragraph is about: on what somebody reports in it, or its heading."""
        stage = row_patterns()["stage"].match(self.text, self._line())
        if stage:
            return stage["said"]
        return self.topic if len(said) <= _ALONE else ""


def named_in(task: Task) -> Iterator[tuple[int, int]]:
    """Where the text names whoever has a part in a task, and its time."""
    yield from ((party.start, party.end) for party in task.parties)
    if task.deadline.start is not None and task.deadline.end is not None:
        yield task.deadline.start, task.deadline.end


def _is_owing(party: Party) -> bool:
    return party.role in ("lead", "responsible")


def names_owing(task: Task) -> bool:
    """Whether the words of a task name who owes it."""
    return any(_is_owing(party) and party.source == "explicit" for party in task.parties)
