"""Tasks as MS Project XML (MSPDI), with the children of every element in the schema's order.

The day that the text gives is the task's deadline; it sets no start and no duration.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from speechmine.errors import ReadError
from speechmine.model import Extraction
from speechmine.writers.todo import Todo, todos

__all__ = ["write_msproject"]

_SPACE = "http://schemas.microsoft.com/project"
#: Custom text field 1 of a task, by its number in MS Project.
_EXTERNAL_ID = "188743731"
_WORK = "1"


def write_msproject(
    extractions: Iterable[Extraction],
    out: BinaryIO,
    *,
    failures: Sequence[ReadError] = (),  # noqa: ARG001  # no place for them
) -> None:
    """The tasks of all documents; a unit is a resource, assigned to its tasks."""
    listed = list(todos(extractions))
    root = ET.Element("Project", {"xmlns": _SPACE})
    _texts(root, SaveVersion="14", Title="、".join(dict.fromkeys(t.project for t in listed)))
    field = ET.SubElement(ET.SubElement(root, "ExtendedAttributes"), "ExtendedAttribute")
    _texts(field, FieldID=_EXTERNAL_ID, FieldName="Text1", Alias="外部编号")
    _add_tasks(ET.SubElement(root, "Tasks"), listed)
    units = {name: str(n) for n, name in enumerate(_units(listed), start=1)}
    _add_resources(ET.SubElement(root, "Resources"), units)
    _add_assignments(ET.SubElement(root, "Assignments"), listed, units)
    ET.indent(root, " ")
    out.write(ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")


def _add_tasks(parent: ET.Element, listed: Iterable[Todo]) -> None:
    for number, todo in enumerate(listed, start=1):
        task = ET.SubElement(parent, "Task")
        _texts(task, UID=str(number), ID=str(number), Name=todo.title, OutlineLevel="1")
        if todo.due:
            _texts(task, Deadline=f"{todo.due}T17:00:00")
        _texts(task, Notes=todo.description)
        _texts(ET.SubElement(task, "ExtendedAttribute"), FieldID=_EXTERNAL_ID, Value=todo.id)


def _add_resources(parent: ET.Element, units: dict[str, str]) -> None:
    for name, number in units.items():
        _texts(ET.SubElement(parent, "Resource"), UID=number, ID=number, Name=name, Type=_WORK)


def _add_assignments(parent: ET.Element, listed: Iterable[Todo], units: dict[str, str]) -> None:
    pairs = ((n, name) for n, todo in enumerate(listed, start=1) for name in _units([todo]))
    for uid, (number, name) in enumerate(pairs, start=1):
        found = ET.SubElement(parent, "Assignment")
        _texts(found, UID=str(uid), TaskUID=str(number), ResourceUID=units[name])


def _units(listed: Iterable[Todo]) -> list[str]:
    return list(dict.fromkeys(name for todo in listed for name, _ in todo.units))


def _texts(parent: ET.Element, **texts: str) -> None:
    for name, text in texts.items():
        ET.SubElement(parent, name).text = text
