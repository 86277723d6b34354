"""What parts of a document gave, in offsets of its text: running text, tables, all together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from speechmine.model import Deadline, Metric, Notice, Quantity, Section, Segment, Task

__all__ = ["Part"]


@dataclass(frozen=True, slots=True)
class Part:
    """Records of one part of a document, in document order."""

    tasks: tuple[Task, ...] = ()
    metrics: tuple[Metric, ...] = ()
    sections: tuple[Section, ...] = ()
    segments: tuple[Segment, ...] = ()
    times: tuple[Deadline, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    notices: tuple[Notice, ...] = ()

    def joined(self, others: Iterable[Part]) -> Part:
        """It and others as one, in document order."""
        parts = [self, *others]
        if len(parts) == 1:
            return self
        return Part(
            **{
                field.name: tuple(
                    sorted(
                        (record for part in parts for record in getattr(part, field.name)),
                        key=lambda record: record.start or 0,
                    )
                )
                for field in fields(Part)
            }
        )
