"""The frozen records: read these files in order, then :mod:`speechmine.pipeline`.

    kinds       the closed sets of words that fields take
    source      what a reader knows beside the text: tables, headings, places, notices
    document    a text with what is known about it
    structure   sections and segments, and the tree they make
    tasks       a task with its parties, deadline and metrics
    extraction  all that one document gave
    plain       the same as the JSON object of the contract
    mentions    what is found on the way, before a record is made of it
    identity    ids that a second run gives again

Text goes in as a :class:`Document`; an :class:`Extraction` comes out. Every record that
quotes the text carries ``start`` and ``end``, half-open offsets in Unicode code points of
``Document.text``, and ``document.text[start:end] == record.text`` is a tested law.
Inside the pipeline the same types carry offsets of the matching view
(:class:`speechmine.text.TextView`); the view restores them at the end.
"""

from speechmine.model.document import Document, TimeFrame, content_id
from speechmine.model.extraction import Extraction
from speechmine.model.kinds import (
    AdministrativeLevel,
    AsideKind,
    Change,
    Comparator,
    DeadlineKind,
    Direction,
    Discourse,
    Hardness,
    MetricKind,
    Modality,
    Mode,
    PartySource,
    Role,
    Zone,
)
from speechmine.model.mentions import Clause, PartyGroup, Quantity, TaskMention
from speechmine.model.plain import FILE_FIELDS, SCHEMA_VERSION
from speechmine.model.source import DOUBTFUL, Aside, Doubt, Heading, Notice, Place, Table, TableCell
from speechmine.model.structure import OutlineNode, Section, Segment
from speechmine.model.tasks import (
    Deadline,
    Metric,
    OtherCell,
    Party,
    RowCell,
    SuggestedDeadline,
    SuggestedParty,
    Task,
)

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
