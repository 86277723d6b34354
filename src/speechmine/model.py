"""The frozen types: read this file, then :mod:`speechmine.pipeline`, and you know the program.

Text goes in as a :class:`Document`; an :class:`Extraction` comes out. Every record that
quotes the text carries ``start`` and ``end``, half-open offsets in Unicode code points of
``Document.text``, and ``document.text[start:end] == record.text`` is a tested law.
Inside the pipeline the same types carry offsets of the matching view
(:class:`speechmine.text.TextView`); the view restores them at the end.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import os
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from speechmine.errors import UsageError
from speechmine.levels import level_named

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "DOUBTFUL",
    "FILE_FIELDS",
    "SCHEMA_VERSION",
    "AdministrativeLevel",
    "Aside",
    "AsideKind",
    "Change",
    "Clause",
    "Comparator",
    "Deadline",
    "DeadlineKind",
    "Direction",
    "Discourse",
    "Document",
    "Doubt",
    "Extraction",
    "Hardness",
    "Heading",
    "Metric",
    "MetricKind",
    "Modality",
    "Mode",
    "Notice",
    "OtherCell",
    "OutlineNode",
    "Party",
    "PartyGroup",
    "PartySource",
    "Place",
    "Quantity",
    "Role",
    "RowCell",
    "Section",
    "Segment",
    "SuggestedDeadline",
    "SuggestedParty",
    "Table",
    "TableCell",
    "Task",
    "TaskMention",
    "TimeFrame",
    "Zone",
    "content_id",
]

SCHEMA_VERSION = "1.0"
#: Characters recognised with a smaller chance of being right are doubtful (待核).
DOUBTFUL = 0.8

Mode = Literal["strict", "full"]
AdministrativeLevel = Literal["national", "province", "prefecture", "county", "township"]
Discourse = Literal[
    "heading",
    "opening",
    "review",
    "problem",
    "rationale",
    "directive",
    "assurance",
    "exhortation",
    "target",
    "closing",
]
#: Part of a document that a segment stands in: before the first heading, in a part
#: that looks back, in a part that looks forward, after the last numbered body.
Zone = Literal["opening", "review", "plan", "closing"]
Role = Literal[
    "lead", "responsible", "cooperate", "supervise", "leader", "person", "decider", "report_to"
]
PartySource = Literal["explicit", "sentence", "item", "heading"]
DeadlineKind = Literal[
    "by",
    "within",
    "at",
    "before_event",
    "after_event",
    "recurring",
    "ongoing",
    "immediate",
    "per_plan",
    "open",
]
Comparator = Literal[">=", ">", "<=", "<", "~", "range", "=", "none"]
MetricKind = Literal[
    "target", "achieved", "estimate", "baseline", "comparison", "plan", "reference", "count"
]
Change = Literal["yoy", "ppt", "cumulative", "average", "share", "new"]
Direction = Literal["up", "down", "level"]
Hardness = Literal["hard", "soft", "neutral", "mixed"]
#: Where something stood that a reader keeps apart from the text.
AsideKind = Literal[
    "header", "footer", "footnote", "endnote", "comment", "textbox", "watermark", "stamp"
]
Modality = Literal["obliged", "committed", "encouraged", "prohibited"]


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell of a table; it says ``Document.text[start:end]``, nothing where they are equal.

    Attributes:
        row, column: its place in the grid, from 0 (of a merged cell: the first one).
        start, end: offsets of its content, without blanks around it.
        rows, columns: how many places it takes up.
    """

    row: int
    column: int
    start: int
    end: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table as its reader found it: the stretch of text it takes up, and its cells.

    Cells stand in reading order, empty ones too where the reader knows their place; a row with
    fewer cells than the header is aligned by what they say.
    """

    start: int
    end: int
    cells: tuple[TableCell, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that its file marks as a heading, by a style or a tag.

    Attributes:
        start, end: the line, without its line end.
        depth: level of the outline, from 1.
    """

    start: int
    end: int
    depth: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch of text stands in the file it was read from.

    Attributes:
        start, end: the stretch.
        page: counted from 1; None where the format knows no pages.
        paragraph: counted from 1, empty ones too, through the file (of a page format: None).
        part: name of the sheet or the member of an archive, else None.
        box: left, upper, right and lower edge on its page, in shares of width and height; None
            where the reader cannot tell.
    """

    start: int
    end: int
    page: int | None = None
    paragraph: int | None = None
    part: str | None = None
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Characters that were recognised from a picture without certainty.

    ``confidence`` is the chance that they are right.
    """

    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Aside:
    """What a file holds beside its running text: a note, a comment, a running head.

    ``at`` is the offset of the text it belongs to, None where it belongs to none.
    """

    kind: AsideKind
    text: str
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A text exactly as its reader produced it, with what is known about it.

    Attributes:
        text: the text; nothing in speechmine ever changes it.
        id: a name that is unique within one run (by default the file's stem).
        title, speaker, place, level, source: as stated by the text or its metadata, else None.
        office: what the speaker is (区长); occasion: the meeting; salutation: whom the text
            addresses (各位代表); as stated, else None.
        date: the day the speech was given, ISO 8601 (``2024-01-05``), or None if unknown.
        tables: tables that the reader kept apart; their cells point into ``text``.
        headings: lines that the file marks as headings, in order.
        places: where the text stands in its file (page, paragraph), in order, without overlap.
        asides: what stands beside the running text: notes, comments, running heads.
        notices: what the reader could not keep or settle.
        doubts: characters that were recognised without certainty, in order.
        recognised: pages whose text was recognised from a picture (扫描件), counted from 1.

    Example:
        >>> Document("要立即开展排查。", id="demo").length
        8
    """

    text: str
    id: str = "text"
    title: str | None = None
    date: str | None = None
    speaker: str | None = None
    place: str | None = None
    level: AdministrativeLevel | None = None
    source: str | None = None
    tables: tuple[Table, ...] = ()
    office: str | None = None
    occasion: str | None = None
    salutation: str | None = None
    headings: tuple[Heading, ...] = ()
    places: tuple[Place, ...] = ()
    asides: tuple[Aside, ...] = ()
    notices: tuple[Notice, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    recognised: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no text; take a day as a day, and other words for a level.

        Raises:
            UsageError: text, date or level is none; the message says what to do.
        """
        if not isinstance(self.text, str):
            raise UsageError(_no_text(self.text))
        if isinstance(self.date, dt.date):
            day = self.date.date() if isinstance(self.date, dt.datetime) else self.date
            object.__setattr__(self, "date", day.isoformat())
        if self.level is not None:
            object.__setattr__(self, "level", level_named(self.level))

    def __repr__(self) -> str:
        known = ("title", "date", "place", "level")
        said = [f"{name}={value!r}" for name in known if (value := getattr(self, name))]
        return f"Document({', '.join([f'id={self.id!r}', *said])}, {self.length:,} characters)"

    @property
    def length(self) -> int:
        """Number of Unicode code points."""
        return len(self.text)

    def place_of(self, offset: int) -> Place | None:
        r"""Where an offset of the text stands in the file; None where the reader cannot tell.

        Args:
            offset: of a character; a line end belongs to the line before it.

        Example:
            >>> places = (Place(0, 4, paragraph=1), Place(5, 9, paragraph=3))
            >>> document = Document("修好水渠\n备足沙袋", places=places)
            >>> document.place_of(document.text.index("沙袋")).paragraph
            3
        """
        index = bisect_right(self.places, offset, key=lambda place: place.start) - 1
        return self.places[index] if index >= 0 else None

    def _repr_html_(self) -> str:
        from speechmine.report.display import document_html

        return document_html(self)

    @property
    def sha256(self) -> str:
        """Hash of the text as UTF-8; lone surrogates count as they stand."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class TimeFrame:
    """What relative times are resolved against; both None where the document states nothing.

    Attributes:
        date: the day the speech was given.
        year: the year that 今年 means (a report's own year, even if the file is dated later).
    """

    date: dt.date | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with all that stands under it (``start`` of the heading to ``end`` of its body)."""

    id: str
    parent: str | None
    depth: int
    label: str | None
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """The unit of discourse labels: a block split after 。！？； (GUIDELINE U2).

    ``item`` is the enumerator that the segment opens with or stands under (``一是``);
    ``zone`` says in which part of the document it stands; ``confidence`` is the chance that the
    label is right, None where no model decided it (a table's cell).
    """

    start: int
    end: int
    text: str
    section: str | None
    item: str | None
    discourse: Discourse
    zone: Zone = "plan"
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause (GUIDELINE U3) with its predicate, in offsets of the matching view.

    Attributes:
        start, end: the clause without enumerator and connective.
        verb: class of its verb in the verb table; ``none`` where it has no known one.
        action, object: spans of the verb (two verbs in a row are one) and of what follows;
            for an event clause (…建成通车) the object stands first.
        subject: what stands before the modal, or the party the clause begins with.
        modality: of its modal word; None where it has none.
        item: enumerator inside the segment (…：一是…).
        leads: it ends in a colon.
        scope: it only sets scope, manner or time for the next clause.
    """

    start: int
    end: int
    verb: str
    action: tuple[int, int]
    object: tuple[int, int]
    subject: tuple[int, int] | None = None
    modality: Modality | None = None
    item: str | None = None
    leads: bool = False
    scope: bool = False


@dataclass(frozen=True, slots=True)
class TaskMention:
    """A row in the making: what its own clauses say, before parties and times join it.

    ``checkable`` tells level 2 from level 1 (GUIDELINE T3), ``confidence`` how likely that is
    right; ``deliverable`` is flag c of level 3; ``clause`` runs from the clause with the verb to
    the end of the row, ``start`` to ``end`` is the task span.
    """

    start: int
    end: int
    clause: tuple[int, int]
    action: tuple[int, int]
    object: tuple[int, int]
    checkable: bool
    deliverable: bool
    modality: Modality
    rule: str
    subject: tuple[int, int] | None = None
    group: tuple[int, int] | None = None
    result: tuple[int, int] | None = None
    item: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A body or person named for a task (GUIDELINE section 5).

    Attributes:
        text: surface, verbatim.
        role: see ``Role``.
        source: where it was found.
        generic: an addressee such as 各单位 that names nobody in particular.
        open_list: its list ends in 等.
        distributive: 每一…, each one by itself.
        body: id in the body table or None.
        name: canonical name or None.
        level: of which level it is: written before its name or before its list
            (市经贸委、国土房管局), else the document's; None where that is not certain.
    """

    text: str
    start: int
    end: int
    role: Role = "responsible"
    source: PartySource = "explicit"
    generic: bool = False
    open_list: bool = False
    distributive: bool = False
    body: str | None = None
    name: str | None = None
    level: AdministrativeLevel | None = None


@dataclass(frozen=True, slots=True)
class PartyGroup:
    """Parties in one coordination, as they stand: 区纪委、政法委、法院等部门.

    ``start`` and ``end`` cover the whole coordination with its tail (等部门).
    """

    start: int
    end: int
    parties: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time that something is owed by (GUIDELINE section 6).

    ``edtf`` is ISO 8601-2 or None where the text gives no date; ``earliest`` and
    ``latest`` are ISO dates that only help to sort. ``note`` names a doubt, for
    example ``time_conflict``. ``duration`` is the length that the text counts (三年内: ``P3Y``;
    ``P3Y/P5Y`` from one to another, ``WD`` for working days, which ISO 8601 does not know);
    ``recurrence`` the rule of a cycle (每月5日前: ``FREQ=MONTHLY;BYMONTHDAY=5``, RFC 5545).
    """

    kind: DeadlineKind = "open"
    text: str | None = None
    start: int | None = None
    end: int | None = None
    edtf: str | None = None
    earliest: str | None = None
    latest: str | None = None
    masked: bool = False
    event: str | None = None
    modifier: str | None = None
    note: str | None = None
    duration: str | None = None
    recurrence: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit and the words that bound it; offsets cover all of them.

    ``low`` and ``high`` are in the written unit and None where open, masked or beyond what a
    floating-point number holds; ``number_start`` is where the digits begin; ``backwards`` says
    that the text has the larger one first (5%-3%).
    """

    text: str
    start: int
    end: int
    number_start: int
    low: float | None
    high: float | None
    unit: str | None
    comparator: Comparator
    masked: bool = False
    norm_low: float | None = None
    norm_high: float | None = None
    norm_unit: str | None = None
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Metric:
    """A number with its meaning (GUIDELINE section 7)."""

    id: str
    text: str
    start: int
    end: int
    indicator: str | None
    low: float | None
    high: float | None
    unit: str | None
    comparator: Comparator
    kind: MetricKind
    rule: str
    indicator_id: str | None = None
    change: Change | None = None
    direction: Direction | None = None
    baseline: str | None = None
    period: str | None = None
    scope: str | None = None
    hardness: Hardness | None = None
    masked: bool = False
    norm_low: float | None = None
    norm_high: float | None = None
    norm_unit: str | None = None
    task: str | None = None


@dataclass(frozen=True, slots=True)
class OtherCell:
    """What a table row says in a column that is no task, party, time or figure."""

    column: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RowCell:
    """A cell of a table's row, word for word.

    Attributes:
        column: heading of its column; 列3 where the third one has none.
        use: what the heading says that it holds (``task``, ``lead``, ``deadline`` ...); ``other``:
            something that no field of a task holds.
        text, start, end: what the cell says.
    """

    column: str
    use: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SuggestedParty:
    """Who usually does such work, as an office profile has it; the text does not say so."""

    text: str
    role: Role
    source: str


@dataclass(frozen=True, slots=True)
class SuggestedDeadline:
    """By when the house rules of an office profile want it; the text does not say so.

    ``date`` is None where the document states no day to count from.
    """

    days: int
    date: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Task:
    """One row of a ledger (GUIDELINE sections 3 and 4).

    Attributes:
        action, object: the verb and what it is done to; where no known verb divides the
            predicate, all of it is the action and the object is empty.
        duplicate_of: id of an earlier task of the same matter (S7).
        follows: id of the task whose product this one tries out or spreads (S4).
        other: further cells of a table row.
        cells: every cell of the table row that this task is, in the order of its columns.
        suggested_parties, suggested_deadline: from an office profile, never from the text.
        confidence: chance that this is owed at this level, or firmer where it is a task; None
            where no model decided it (a table's row).
    """

    id: str
    text: str
    start: int
    end: int
    title: str
    level: Literal[1, 2, 3]
    action: str
    object: str
    modality: Modality
    section: str | None
    item: str | None
    group: str | None
    parties: tuple[Party, ...]
    deadline: Deadline
    metrics: tuple[str, ...]
    measures: tuple[str, ...]
    result: str | None
    duplicate_of: str | None
    themes: tuple[str, ...]
    rule: str
    scope: str | None = None
    follows: str | None = None
    other: tuple[OtherCell, ...] = ()
    suggested_parties: tuple[SuggestedParty, ...] = ()
    suggested_deadline: SuggestedDeadline | None = None
    confidence: float | None = None
    cells: tuple[RowCell, ...] = ()

    def _repr_html_(self) -> str:
        from speechmine.report.display import task_html

        return task_html(self)


@dataclass(frozen=True, slots=True)
class Notice:
    """What the rules saw and could not settle: a value in the result, not an exception."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class OutlineNode:
    """A section with the segments right under it and the sections inside it.

    ``section`` is None for what stands before the first heading.
    """

    section: Section | None
    segments: tuple[Segment, ...]
    children: tuple[OutlineNode, ...]


@dataclass(frozen=True, slots=True)
class Extraction:
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
        tables = {name: list(records) for name, records in self.tables()}
        return {**self.heading(), **tables}

    def heading(self) -> dict[str, Any]:
        """What stands before the tables in :meth:`to_dict`.

        Example:
            >>> import speechmine
            >>> list(speechmine.extract("同志们！").heading())
            ['schema_version', 'mode', 'document']
        """
        document = _document_dict(self.document)
        return {"schema_version": SCHEMA_VERSION, "mode": self.mode, "document": document}

    def tables(self) -> Iterator[tuple[str, Iterator[Any]]]:
        """The tables of :meth:`to_dict` with their records, made while they are gone through.

        Example:
            >>> import speechmine
            >>> tables = dict(speechmine.extract("请区财政局制定实施方案。").tables())
            >>> [task["object"] for task in tables["tasks"]]
            ['实施方案']
        """
        for field in dataclasses.fields(self):
            if field.name not in ("mode", "document"):
                yield field.name, map(_plain, getattr(self, field.name))

    @property
    def outline(self) -> tuple[OutlineNode, ...]:
        r"""The section tree, in document order.

        Example:
            >>> import speechmine
            >>> text = "一、抓防汛\n（一）备足物资。\n各村要备足沙袋，六月前到位。\n二、抓防火"
            >>> tree = speechmine.extract(text).outline
            >>> [(node.section.title, len(node.children)) for node in tree]
            [('抓防汛', 1), ('抓防火', 0)]
        """
        under: dict[str | None, list[Segment]] = {}
        for segment in self.segments:
            under.setdefault(segment.section, []).append(segment)
        nodes: dict[str | None, list[OutlineNode]] = {}
        for section in reversed(self.sections):  # children are complete before their parent
            children = tuple(reversed(nodes.pop(section.id, [])))
            node = OutlineNode(section, tuple(under.get(section.id, ())), children)
            nodes.setdefault(section.parent, []).append(node)
        top = tuple(reversed(nodes.get(None, [])))
        before = tuple(under.get(None, ()))
        return (OutlineNode(None, before, ()), *top) if before else top

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
        from speechmine.frame import table_frame

        return table_frame([self], table)

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
        from speechmine.writers.ics import calendar_bytes

        return calendar_bytes([self])

    def to_html(self) -> str:
        """A page with the marked text and the ledger beside it, which needs no network.

        Example:
            >>> import speechmine
            >>> page = speechmine.extract("请区财政局制定奖补方案。").to_html()
            >>> page.startswith("<!DOCTYPE html>"), "区财政局" in page
            (True, True)
        """
        from speechmine.report import report_page

        return report_page(self)

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
        from speechmine.checks import faults_of

        return faults_of(self)

    def _repr_html_(self) -> str:
        from speechmine.report.display import extraction_html

        return extraction_html(self)

    def __repr__(self) -> str:
        document = self.document.id
        return (
            f"<Extraction of {document!r}: {len(self.tasks)} tasks, {len(self.metrics)} metrics, "
            f"{len(self.notices)} notices, mode {self.mode}>"
        )


#: Fields of a document that lead back into its file; the contract's object has none of them.
def _no_text(given: object) -> str:
    """What to do instead of giving something else for a text."""
    if isinstance(given, os.PathLike):
        return f"{os.fspath(given)!r} is a path, no text: read it first, speechmine.read(path)"
    if isinstance(given, bytes | bytearray | memoryview):
        return "bytes are no text: decode them, or let speechmine.read(path) find out how"
    if hasattr(given, "columns") and hasattr(given, "itertuples"):
        return "a frame is no text: speechmine.extract_frame(frame) reads its rows"
    return f"a text is expected, not {type(given).__name__}"


FILE_FIELDS = frozenset(
    {"text", "tables", "headings", "places", "asides", "notices", "doubts", "recognised"}
)


def _document_dict(document: Document) -> dict[str, Any]:
    named = (f.name for f in dataclasses.fields(document) if f.name not in FILE_FIELDS)
    kept = {name: getattr(document, name) for name in named}
    return {**kept, "sha256": document.sha256, "length": document.length}


def _plain(value: Any) -> Any:
    """A frozen record as dict, a tuple as list, anything else as it is."""
    if dataclasses.is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def content_id(prefix: str, parts: Iterable[object]) -> str:
    """A short stable id from what a record is, so that a second run gives the same one.

    Args:
        prefix: letter that tells the kind of record (``t`` task, ``m`` metric).
        parts: the values that make the record what it is.

    Example:
        >>> content_id("t", ("doc", 3, 9))
        't-48d861a0824a'
    """
    joined = "\x1f".join(str(part) for part in parts)
    return f"{prefix}-{hashlib.sha256(joined.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
