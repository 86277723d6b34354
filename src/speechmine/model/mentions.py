"""What the extractors find, in offsets of the matching view, before a record is made of it."""

from __future__ import annotations

from dataclasses import dataclass

from speechmine.changes import quickly_made
from speechmine.model.kinds import Comparator, Modality
from speechmine.model.tasks import Party

__all__ = ["Clause", "PartyGroup", "Quantity", "TaskMention"]


@quickly_made
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


@quickly_made
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
class PartyGroup:
    """Parties in one coordination, as they stand: 区纪委、政法委、法院等部门.

    ``start`` and ``end`` cover the whole coordination with its tail (等部门).
    """

    start: int
    end: int
    parties: tuple[Party, ...]


@quickly_made
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
