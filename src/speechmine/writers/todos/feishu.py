"""Bodies of ``batch_create`` for a Feishu table (多维表格): a JSON array, one object a call.

Fill ``:app_token`` and ``:table_id`` in and send one call after the other: a table takes no
concurrent writes. ``client_token`` makes a retry harmless; it does not update: look for 外部编号
first.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO

from speechmine.errors import ReadError
from speechmine.model import Extraction
from speechmine.writers.calls import json_array
from speechmine.writers.todo import Todo, beijing_milliseconds, todos

__all__ = ["write_feishu"]

_PATH = "/open-apis/bitable/v1/apps/:app_token/tables/:table_id/records/batch_create"
#: Records a call; older pages of the interface allow 500, newer ones more.
_RECORDS = 500


def write_feishu(
    extractions: Iterable[Extraction],
    out: BinaryIO,
    *,
    failures: Sequence[ReadError] = (),  # noqa: ARG001  # no place for them
) -> None:
    """The tasks of all documents, 500 a call."""
    out.writelines(json_array(_calls(extractions)))


def _calls(extractions: Iterable[Extraction]) -> Iterator[dict[str, Any]]:
    records = ({"fields": _fields(todo)} for todo in todos(extractions))
    while batch := list(islice(records, _RECORDS)):
        content = json.dumps(batch, ensure_ascii=False)
        token = str(uuid.uuid5(uuid.NAMESPACE_URL, f"speechmine:{content}"))
        query = {"client_token": token}
        yield {"method": "POST", "path": _PATH, "query": query, "body": {"records": batch}}


def _fields(todo: Todo) -> dict[str, Any]:
    found = {
        "任务": todo.title,
        "原文": todo.text,
        "完成时限": beijing_milliseconds(todo.due) if todo.due else None,
        "时限原文": todo.limit,
        "单位": list(dict.fromkeys(name for name, _ in todo.units)),
        "责任分工": todo.parties,
        "主题": list(todo.labels),
        "来源": todo.source,
        "外部编号": todo.id,
    }
    return {name: value for name, value in found.items() if value not in (None, "", [])}
