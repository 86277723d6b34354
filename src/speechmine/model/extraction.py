"""All that one document gave.

Its other forms (a frame, a calendar, a page) are made far above the records, in
:mod:`speechmine.conversions`. The methods below are the door to it that users know: the one place
where an import points up, and it is followed only when such a method is called.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from speechmine.model.document import Document
from speechmine.model.kinds import Mode
from speechmine.model.plain import SCHEMA_VERSION, plain_document, plain_value
from speechmine.model.shown import Shown
from speechmine.model.source import Notice
from speechmine.model.structure import OutlineNode, Section, Segment, section_tree
from speechmine.model.tasks import Metric, Task

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Extraction"]


@dataclass(frozen=True, slots=True)
class Extraction(Shown):
    """All that one document gave, in document order.

    Example:
        >>> import speechmine
        >>> result = speechmine.extract("各乡镇要在6月底前建立防汛值班台账。", date="2024-05-10")
        >>> [(t.action, t.object, t.deadline.edtf) for t in result.tasks]
        [('建立', '防汛值班台账', '../2024-06-30')]
    """

    mode: Mode
    document: Document
    sections: tuple[Section, ...]
    segments: tuple[Segment, ...]
    tasks: tuple[Task, ...]
    metrics: tuple[Metric, ...]
    notices: tuple[Notice, ...]

    def to_dict(self) -> dict[str, Any]:
        """The contract's JSON object as plain dicts, lists and scalars.

        Example:
            >>> import speechmine
            >>> speechmine.extract("同志们！").to_dict()["schema_version"]
            '1.0'
        """
        return {**self.heading(), **{name: list(records) for name, records in self.tables()}}

    def heading(self) -> dict[str, Any]:
        """What stands before the tables in :meth:`to_dict`.

        Example:
            >>> import speechmine
            >>> list(speechmine.extract("同志们！").heading())
            ['schema_version', 'mode', 'document']
        """
        document = plain_document(self.document)
        return {"schema_version": SCHEMA_VERSION, "mode": self.mode, "document": document}

    def tables(self) -> Iterator[tuple[str, Iterator[Any]]]:
        """The tables of :meth:`to_dict` with their records, made while they are gone through.

        Example:
            >>> import speechmine
            >>> tables = dict(speechmine.extract("请区财政局制定实施方案。").tables())
            >>> [task["object"] for task in tables["tasks"]]
            ['实施方案']
        """
        for name in ("sections", "segments", "tasks", "metrics", "notices"):
            yield name, map(plain_value, getattr(self, name))

    @property
    def outline(self) -> tuple[OutlineNode, ...]:
        r"""The section tree, in document order.

        Example:
            >>> import speechmine
            >>> text = "一、抓防汛\n（一）备足物资。\n各村要备足沙袋。\n二、抓防火\n各镇要巡山。"
            >>> tree = speechmine.extract(text).outline
            >>> [(node.section.title, len(node.children)) for node in tree]
            [('抓防汛', 1), ('抓防火', 0)]
        """
        return section_tree(self.sections, self.segments)

    def to_frame(self, table: str = "tasks") -> pd.DataFrame:
        """One of the tables of :mod:`speechmine.tables` as a pandas frame.

        Args:
            table: tasks, metrics, parties, segments, sections or notices.

        Raises:
            UsageError: there is no such table.

        Example:
            >>> import speechmine
            >>> result = speechmine.extract("请区财政局制定实施方案。")
            >>> list(result.to_frame()["object"])
            ['实施方案']
            >>> list(result.to_frame("segments")["text"])
            ['请区财政局制定实施方案。']
        """
        from speechmine.conversions import to_frame

        return to_frame(self, table)

    def to_ics(self) -> bytes:
        r"""The tasks as an iCalendar (RFC 5545) of to-dos.

        A to-do has DUE where the text gives a last day, RRULE where it names a cycle and the day
        of the speech is known, and no date where the text has none.

        Example:
            >>> import speechmine
            >>> result = speechmine.extract("各镇要在6月底前建立防汛台账。", date="2024-05-10")
            >>> b"DUE;VALUE=DATE:20240630" in result.to_ics()
            True
        """
        from speechmine.conversions import to_ics

        return to_ics(self)

    def to_html(self) -> str:
        """A page with the marked text and the ledger beside it, which needs no network.

        Example:
            >>> import speechmine
            >>> page = speechmine.extract("请区财政局制定奖补方案。").to_html()
            >>> page.startswith("<!DOCTYPE html>"), "区财政局" in page
            (True, True)
        """
        from speechmine.conversions import to_html

        return to_html(self)

    def check(self) -> tuple[Notice, ...]:
        """The laws of :mod:`speechmine.checks` that records break; none where all is well.

        It costs little beside the extraction, and tells a fault of speechmine (or of a record that
        was made by hand) before a database or a tracker does.

        Example:
            >>> import dataclasses
            >>> import speechmine
            >>> result = speechmine.extract("各镇要在6月底前建立防汛台账。", date="2024-05-10")
            >>> result.check()
            ()
            >>> moved = dataclasses.replace(result.tasks[0], start=3)
            >>> [n.code for n in dataclasses.replace(result, tasks=(moved,)).check()]
            ['broken_law']
        """
        from speechmine.conversions import broken_laws

        return broken_laws(self)

    def __repr__(self) -> str:
        document = self.document.id
        return (
            f"<Extraction of {document!r}: {len(self.tasks)} tasks, {len(self.metrics)} metrics, "
            f"{len(self.notices)} notices, mode {self.mode}>"
        )
