"""What an office profile says of trackers."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from speechmine.errors import UsageError

__all__ = ["TrackerOptions", "load_tracker_options"]


@dataclass(frozen=True, slots=True)
class TrackerOptions:
    """What an office profile says of trackers, in its table ``[tracker]``.

    Attributes:
        tracker, category: of new issues in Redmine (跟踪标签, 类别).
        project: of new tasks in Taskwarrior.
    """

    tracker: str = ""
    category: str = ""
    project: str = ""


def load_tracker_options(path: str | os.PathLike[str]) -> TrackerOptions:
    """The table ``[tracker]`` of an office profile.

    Raises:
        UsageError: it cannot be read, or has another field.
    """
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8-sig")).get("tracker", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: the profile cannot be read ({error})") from error
    known = [field.name for field in fields(TrackerOptions)]
    if not isinstance(data, dict) or not all(isinstance(v, str) for v in data.values()):
        raise UsageError(f"{path}: tracker: texts are expected below a line [tracker]")
    for name in data:
        if name not in known:
            there = ", ".join(known)
            raise UsageError(f"{path}: tracker: field {name}: no such field; there are: {there}")
    return TrackerOptions(**data)
