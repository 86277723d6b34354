"""Bodies of calls to a service, as one JSON array."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

__all__ = ["json_array"]


def json_array(bodies: Iterable[object]) -> Iterator[bytes]:
    """An indented array, body after body: those of a whole batch are never held together.

    Example:
        >>> print(b"".join(json_array([{"a": 1}])).decode(), end="")
        [
         {
          "a": 1
         }
        ]
    """
    between = "["
    for body in bodies:
        # Line ends are those of the layout: in a text they are escaped.
        laid_out = json.dumps(body, ensure_ascii=False, indent=1).replace("\n", "\n ")
        yield f"{between}\n {laid_out}".encode()
        between = ","
    yield b"[]\n" if between == "[" else b"\n]\n"
