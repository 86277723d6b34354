"""What parts of a document gave, in offsets of its text: running text, tables, all together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from speechmine.model import Deadline, Metric, Notice, Quantity, Section, Segment, Task
from speechmine.packed import Keep, held, in_order

__all__ = ["Part"]


@dataclass(frozen=True, slots=True)
class Part:
    """Records of one part of a document, in document order."""

    tasks: Sequence[Task] = ()
    metrics: Sequence[Metric] = ()
    sections: Sequence[Section] = ()
    segments: Sequence[Segment] = ()
    times: Sequence[Deadline] = ()
    quantities: Sequence[Quantity] = ()
    notices: Sequence[Notice] = ()

    def joined(self, others: Iterable[Part], keep: Keep = held) -> Part:
        """It and others as one, in document order; ``keep`` keeps their records."""
        parts = [self, *others]
        if len(parts) == 1:
            return self
        return Part(
            **{
                field.name: keep(in_order(*(getattr(part, field.name) for part in parts)))
                for field in fields(Part)
            }
        )
