"""Push to the real program `task`, with data of its own."""

from __future__ import annotations

import dataclasses
import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from speechmine.errors import UsageError
from speechmine.trackers import Item, push
from speechmine.trackers.services.taskwarrior import Taskwarrior

from servers import ITEMS

needs_task = pytest.mark.skipif(shutil.which("task") is None, reason="Taskwarrior is not installed")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rc").write_text("confirmation=off\n", encoding="utf-8")
    monkeypatch.setenv("TASKRC", str(tmp_path / "rc"))
    monkeypatch.setenv("TASKDATA", str(tmp_path))
    monkeypatch.setenv("TZ", "UTC")


def counted(items: object) -> Counter[str]:
    return Counter(o.action for o in push(items, Taskwarrior()))  # type: ignore[arg-type]


def task(*words: str) -> str:
    quiet = ["rc.confirmation=off", "rc.verbose=nothing"]
    return subprocess.run(
        ["task", *quiet, *words], capture_output=True, text=True, check=True
    ).stdout


def exported(item: Item) -> dict[str, object]:
    found = next(t for t in json.loads(task("export")) if t.get("smid") == item.id)
    assert isinstance(found, dict)
    return found


@needs_task
def test_tasks_twice_with_people_s_changes_between() -> None:
    items = ITEMS[:12]
    assert counted(items) == {"created": 12}
    assert counted(items) == {"unchanged": 12}
    names = [str(exported(item)["uuid"]) for item in items]
    task(names[0], "done")
    task(names[1], "annotate", "已现场查看")
    task(names[2], "modify", "完成第二项工程（改）")
    revised = [dataclasses.replace(item, due="2025-01-31") for item in items[:3]]
    assert counted([*revised, *items[3:]]) == {"updated": 2, "conflict": 1, "unchanged": 9}
    assert exported(items[0])["status"] == "completed"
    assert exported(items[0])["due"] == "20250131T000000Z"
    assert "annotations" in exported(items[1])
    assert exported(items[2])["description"] == "完成第二项工程（改）"


def test_without_the_program_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="not installed"):
        Taskwarrior()
