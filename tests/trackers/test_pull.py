"""States, progress and comments come back: nothing lost, nothing doubled, conflicts told of."""

from __future__ import annotations

import dataclasses
import itertools
import json
import shutil
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import requests
from click.testing import CliRunner

from ledger_files import LedgerFile, rows_by_task, speech
from speechmine.cli import _cli
from speechmine.errors import UsageError
from speechmine.ledger import LedgerRow, read_ledger, update_ledger
from speechmine.ledger.memory import named_rows
from speechmine.ledger.states import kind_of_state
from speechmine.trackers import (
    Item,
    Progress,
    Pulled,
    Remote,
    Sink,
    items_of,
    load_tracker_options,
    open_sink,
    pull,
    push,
)
from speechmine.trackers.credentials import Credentials
from speechmine.trackers.services.caldav import CalDav
from speechmine.trackers.services.redmine import Redmine
from speechmine.trackers.services.taskwarrior import Taskwarrior

from servers import free_port, redmine_server, start_radicale

WATER, MONEY, REPORT, PIPES, TREES = "完成东风水库", "拨付补助", "通报资金", "完成排水", "栽植红松"


class Memory:
    """A tracker in memory that tells states and comments."""

    def __init__(self) -> None:
        self.tasks: dict[str, dict[str, Any]] = {}

    def list(self) -> Iterable[Remote]:
        return [self._remote(name) for name in self.tasks]

    def find(self, item_id: str) -> Remote | None:
        return self._remote(item_id) if item_id in self.tasks else None

    def create(self, item: Item) -> bool:
        state = item.state or "todo"
        self.tasks[item.id] = {"state": state, "mark": state, "comments": (), "percent": None}
        self._say(item)
        return True

    def update(self, item: Item, _remote: Remote) -> None:
        self._say(item)

    def set_state(self, item: Item, _remote: Remote) -> None:
        self.tasks[item.id] |= {"state": item.state, "mark": item.state}

    def progress(self, remote: Remote) -> Progress:
        task = self.tasks[remote.id]
        said = (task["percent"], task["comments"], task["title"], task["due"])
        return Progress(task["state"], "", *said)

    def _say(self, item: Item) -> None:
        said = {"pushed": item.hash, "now": item.hash, "title": item.title, "due": item.due or ""}
        self.tasks[item.id] |= said

    def _remote(self, name: str) -> Remote:
        task = self.tasks[name]
        mark = (task["pushed"], task["now"], "", None, task["state"], task["mark"])
        return Remote(name, name, *mark)


@pytest.fixture
def file(tmp_path: Path) -> LedgerFile:
    return LedgerFile(tmp_path / "台账.xlsx", speech())


def pushed(file: LedgerFile, sink: Sink) -> Counter[str]:
    return Counter(o.action for o in push(items_of(file.ledger), sink, wait=lambda _: None))


def pulled(file: LedgerFile, sink: Sink) -> Pulled:
    found = pull(file.ledger, sink)
    content = file.path.read_bytes()
    with file.path.open("wb") as out:
        update_ledger(content, found.merged, out)
    return found


def assert_settled(file: LedgerFile, sink: Sink) -> None:
    """Nothing comes back any more; what the push did is noted once, and then the file is left."""
    assert not any(change.kept is None for row in pulled(file, sink).rows for change in row.changes)
    assert pull(file.ledger, sink).unchanged


def said(file: LedgerFile, task: str) -> tuple[str, str]:
    rows = rows_by_task(file.ledger)
    row = next(row for name, row in rows.items() if task in name)
    return row.cells.get("state", ""), row.cells.get("progress", "")


def id_of(file: LedgerFile, task: str) -> str:
    return next(i.id for i in items_of(file.ledger) if task in i.title)


# What stood in the ledger and in the tracker, at the push and then; what is there at last.
CASES = [
    # ledger: pushed, now; tracker now; state of the ledger, of the tracker after pull and push
    ("", "", "doing", "推进中", "doing"),
    ("", "推进中", "todo", "推进中", "doing"),
    ("", "推进中", "doing", "推进中", "doing"),
    ("推进中", "推进中", "done", "已完成", "done"),
    ("推进中", "推进中", "todo", "未启动", "todo"),
    ("推进中", "未启动", "doing", "未启动", "todo"),
    ("未启动", "推进中", "done", "推进中", "done"),  # a conflict: each keeps its own
    ("推进中", "逾期", "doing", "逾期", "doing"),
    ("推进中", "逾期", "done", "已完成", "done"),
    ("已完成", "已完成", "done", "已完成", "done"),
    ("推进中", "推进中", "cancelled", "已调整", "cancelled"),
]


@pytest.mark.parametrize(("first", "ours", "theirs", "ledger", "tracker"), CASES)
def test_a_state_moves_from_where_it_was_changed(
    first: str, ours: str, theirs: str, ledger: str, tracker: str, file: LedgerFile
) -> None:
    sink = Memory()
    file.fill(WATER, 状态=first)
    pushed(file, sink)
    name = id_of(file, WATER)
    file.fill(WATER, 状态=ours)
    sink.tasks[name]["state"] = theirs
    found = pulled(file, sink)
    pushed(file, sink)
    assert (said(file, WATER)[0], sink.tasks[name]["state"]) == (ledger, tracker)
    disputed = kind_of_state(ledger) not in (tracker, "")
    assert any(row.action == "conflict" for row in found.rows) is disputed
    assert_settled(file, sink)


STATES = ("未启动", "推进中", "已完成")


@pytest.mark.parametrize("turns", list(itertools.product(("ours", "theirs"), repeat=3)))
def test_law_taking_turns_is_never_a_conflict_and_the_last_word_counts(
    turns: tuple[str, ...], file: LedgerFile
) -> None:
    sink = Memory()
    pushed(file, sink)
    name = id_of(file, WATER)
    for state, who in zip(("推进中", "已完成", "未启动"), turns, strict=True):
        if who == "ours":
            file.fill(WATER, 状态=state)
        else:
            sink.tasks[name]["state"] = kind_of_state(state)
        found = pulled(file, sink)
        assert {row.action for row in found.rows} <= {"changed", "unchanged"}
        pushed(file, sink)
        assert said(file, WATER)[0] == state
        assert sink.tasks[name]["state"] == kind_of_state(state)


def test_comments_come_once_and_what_people_wrote_stays(file: LedgerFile) -> None:
    sink = Memory()
    file.fill(WATER, 进展情况="正在招标")
    pushed(file, sink)
    task = sink.tasks[id_of(file, WATER)]
    task |= {"percent": 40, "comments": ("2024-04-02 张某：已开工",)}
    pulled(file, sink)
    assert said(file, WATER)[1] == "正在招标\n进度40%\n2024-04-02 张某：已开工"
    file.fill(WATER, 进展情况="正在招标\n进度40%")  # the comment is taken out by hand
    task |= {"percent": 60, "comments": (*task["comments"], "2024-05-02 张某：过半")}
    pulled(file, sink)
    assert said(file, WATER)[1] == "正在招标\n进度60%\n2024-05-02 张某：过半"
    before = file.path.read_bytes()
    assert pull(read_ledger(before), sink).unchanged


def test_what_people_changed_there_is_listed(file: LedgerFile) -> None:
    sink = Memory()
    pushed(file, sink)
    sink.tasks[id_of(file, WATER)] |= {"now": "other", "title": "加固水库", "due": "2024-07-15"}
    found = pulled(file, sink)
    row = next(row for row in found.rows if row.action == "conflict")
    assert row.differs == ("标题：加固水库", "时限：2024-07-15")
    assert said(file, WATER) == ("", "")


def test_own_rows_go_out_and_come_back_under_one_name(file: LedgerFile) -> None:
    file.add(工作任务="清理河道", 完成时限="2024-07-15", 状态="推进中")
    sink = Memory()
    assert pushed(file, sink) == {"created": 6}
    name = id_of(file, "清理河道")
    assert (sink.tasks[name]["due"], sink.tasks[name]["state"]) == ("2024-07-15", "doing")
    sink.tasks[name] |= {"state": "done", "comments": ("已清完",)}
    pulled(file, sink)
    assert said(file, "清理河道") == ("已完成", "已清完")
    file.fill("清理河道", 备注="改过字")
    assert pushed(file, sink) == {"unchanged": 6}
    assert len(sink.tasks) == 6


def test_a_ledger_without_the_column_is_told_of(file: LedgerFile) -> None:
    sink = Memory()
    pushed(file, sink)
    file.drop_column("进展情况")
    sink.tasks[id_of(file, WATER)] |= {"comments": ("已开工",)}
    assert pulled(file, sink).no_column == ("进展情况",)
    assert pull(file.ledger, sink).no_column == ("进展情况",), "and again, for it is not lost"


def test_tasks_that_one_side_lacks_are_told_of(file: LedgerFile) -> None:
    sink = Memory()
    pushed(file, sink)
    del sink.tasks[id_of(file, WATER)]
    sink.create(Item("t-else", "别的", "别的"))
    found = pulled(file, sink)
    assert Counter(row.action for row in found.rows) == {"missing": 1, "unchanged": 4}
    assert found.strangers == ("t-else",)


def test_a_tracker_that_gives_nothing_back_is_refused(file: LedgerFile) -> None:
    sink = open_sink("github:owner/name")
    with pytest.raises(UsageError, match="nothing can be pulled"):
        pull(file.ledger, sink)


# Real servers


class Calendar:
    """Radicale's own files, written as another program would."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.sink = CalDav(f"{url}/duban/ledger/", Credentials("duban", "secret"))

    def entry(self, name: str) -> Path:
        found = self.folder.rglob(f"{name}@*.ics")
        return next(path for path in found if ".Radicale.cache" not in path.parts)

    def write(self, name: str, status: str, *lines: str) -> None:
        path = self.entry(name)
        text = path.read_bytes().decode()
        old = next(line for line in text.splitlines() if line.startswith("STATUS"))
        more = "".join(f"{line}\r\n" for line in lines)
        text = text.replace(old, f"STATUS:{status}").replace("END:VTODO", f"{more}END:VTODO")
        path.write_bytes(text.encode())


@pytest.fixture
def calendar(tmp_path: Path) -> Iterator[Calendar]:
    (tmp_path / "radicale").mkdir()
    server = start_radicale(tmp_path / "radicale", free_port())
    yield Calendar(tmp_path / "radicale", server.url)
    server.kill()


def test_radicale_there_and_back(calendar: Calendar, file: LedgerFile) -> None:
    file.fill(MONEY, 状态="推进中")
    assert pushed(file, calendar.sink) == {"created": 5}
    assert "STATUS:IN-PROCESS" in calendar.entry(id_of(file, MONEY)).read_text(encoding="utf-8")
    cycle = calendar.entry(id_of(file, REPORT)).read_text(encoding="utf-8")
    assert "RRULE:FREQ=MONTHLY;BYMONTHDAY=5" in cycle
    assert "DTSTART;VALUE=DATE:20240305" in cycle
    due = calendar.entry(id_of(file, WATER)).read_text(encoding="utf-8")
    assert "DUE;VALUE=DATE:20240630" in due
    calendar.write(id_of(file, WATER), "COMPLETED", "COMMENT:已验收", "PERCENT-COMPLETE:100")
    calendar.write(id_of(file, PIPES), "IN-PROCESS", "COMMENT:清了3公里", "PERCENT-COMPLETE:25")
    file.fill(MONEY, 状态="已完成")
    found = pulled(file, calendar.sink)
    assert Counter(row.action for row in found.rows) == {"changed": 2, "unchanged": 3}
    assert said(file, WATER) == ("已完成", "已验收")
    assert said(file, PIPES) == ("推进中", "进度25%\n清了3公里")
    assert pushed(file, calendar.sink) == {"updated": 1, "unchanged": 4}
    assert "STATUS:COMPLETED" in calendar.entry(id_of(file, MONEY)).read_text(encoding="utf-8")
    assert_settled(file, calendar.sink)


def test_the_command_brings_the_ledger_up_to_date(
    calendar: Calendar, file: LedgerFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPEECHMINE_USER", "duban")
    monkeypatch.setenv("SPEECHMINE_PASSWORD", "secret")
    address = f"caldav:{calendar.sink._http.base}"
    where = ["pull", str(file.path), "--from", address]
    assert CliRunner().invoke(_cli, ["push", str(file.path), "--to", address]).exit_code == 0
    assert CliRunner().invoke(_cli, where).exit_code == 0
    calendar.write(id_of(file, WATER), "IN-PROCESS", "COMMENT:已开工")
    before = file.path.read_bytes()
    shown = CliRunner().invoke(_cli, [*where, "--dry-run"])
    assert "推进中" in shown.output
    assert file.path.read_bytes() == before
    copy = file.path.with_name("新台账.xlsx")
    assert CliRunner().invoke(_cli, [*where, "-o", str(copy)]).exit_code == 0
    assert file.path.read_bytes() == before
    assert said(LedgerFile(copy), WATER) == ("推进中", "已开工")
    assert CliRunner().invoke(_cli, where).exit_code == 0
    assert said(file, WATER) == ("推进中", "已开工")
    before = file.path.read_bytes()
    assert CliRunner().invoke(_cli, where).exit_code == 0
    assert file.path.read_bytes() == before, "nothing came back, nothing is written"


@pytest.fixture(scope="module")
def redmine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    base = tmp_path_factory.mktemp("redmine")
    with redmine_server(BASE=str(base)) as found:
        yield {**found, "base": base}


@pytest.fixture
def for_all(redmine: dict[str, Any]) -> Iterator[None]:
    """The field is for all projects, as an administrator may set it."""
    with closing(sqlite3.connect(redmine["base"] / "redmine.db", timeout=30)) as base:
        for value in (1, 0):
            base.execute("UPDATE custom_fields SET is_for_all = ?", (value,))
            base.commit()
            if value:
                yield


def test_redmine_there_and_back(redmine: dict[str, Any], file: LedgerFile) -> None:
    url = f"{redmine['url']}/projects/{redmine['project']}"
    sink = Redmine(url, Credentials(token=redmine["key"]))
    file.fill(MONEY, 状态="推进中")
    file.add(工作任务="清理河道", 完成时限="2024-07-15")
    assert pushed(file, sink) == {"created": 6}
    kinds = {kind_of_state(name): number for number, name in redmine["states"]}
    money = asked(redmine, sink, id_of(file, MONEY))
    assert kind_of_state(money["status"]["name"]) == "doing"
    assert money["tracker"]["name"] == "Support", "a task is no bug"
    write(redmine, sink, id_of(file, WATER), status_id=kinds["done"], notes="已验收")
    write(redmine, sink, id_of(file, PIPES), status_id=kinds["doing"], done_ratio=30)
    file.fill(MONEY, 状态="已完成")
    found = pulled(file, sink)
    assert Counter(row.action for row in found.rows) == {"changed": 2, "unchanged": 4}
    state, progress = said(file, WATER)
    assert state == "已完成"
    assert progress.endswith("：已验收")
    assert said(file, PIPES) == ("推进中", "进度30%")
    assert pushed(file, sink) == {"updated": 1, "unchanged": 5}
    assert kind_of_state(asked(redmine, sink, id_of(file, MONEY))["status"]["name"]) == "done"
    assert_settled(file, sink)


def asked(redmine: dict[str, Any], sink: Redmine, name: str, **fields: object) -> dict[str, Any]:
    remote = sink.find(name)
    assert remote is not None
    url, headers = (
        f"{redmine['url']}/issues/{remote.ref}.json",
        {"X-Redmine-API-Key": redmine["key"]},
    )
    if fields:
        requests.put(url, json={"issue": fields}, headers=headers, timeout=60).raise_for_status()
    return requests.get(url, headers=headers, timeout=60).json()["issue"]


write = asked


def test_redmine_with_a_field_for_all_projects_and_a_tracker_by_profile(
    redmine: dict[str, Any], for_all: None, file: LedgerFile, tmp_path: Path
) -> None:
    profile = tmp_path / "profile.toml"
    profile.write_text('[tracker]\ntracker = "Feature"\ncategory = "水利"\n', encoding="utf-8")
    chosen = load_tracker_options(profile)
    who = Credentials(token=redmine["key"])
    url = f"{redmine['url']}/projects/{redmine['bare']}"
    sink = Redmine(url, who, tracker=chosen.tracker, category=chosen.category)
    with pytest.raises(UsageError, match="no category '水利'"):
        pushed(file, sink)
    headers = {"X-Redmine-API-Key": redmine["key"]}
    requests.post(
        f"{url}/issue_categories.json",
        json={"issue_category": {"name": "水利"}},
        headers=headers,
        timeout=60,
    ).raise_for_status()
    assert pushed(file, sink) == {"created": 5}
    issue = asked(redmine, sink, id_of(file, WATER))
    assert (issue["tracker"]["name"], issue["category"]["name"]) == ("Feature", "水利")


needs_task = pytest.mark.skipif(shutil.which("task") is None, reason="Taskwarrior is not installed")


@needs_task
@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/New_York"])
def test_taskwarrior_there_and_back_in_any_time_zone(
    zone: str, file: LedgerFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rc").write_text("confirmation=off\n", encoding="utf-8")
    for name, value in (("TASKRC", tmp_path / "rc"), ("TASKDATA", tmp_path), ("TZ", zone)):
        monkeypatch.setenv(name, str(value))
    import time

    time.tzset()
    file.fill(MONEY, 状态="已完成")
    sink = Taskwarrior("督查2024")
    assert pushed(file, sink) == {"created": 5}
    assert pushed(file, sink) == {"unchanged": 5}
    water = exported(id_of(file, WATER))
    assert (water["project"], water["tags"]) == ("督查2024", ["交通水利"])
    listed = task("rc.dateformat=Y-M-D", f"uuid:{water['uuid']}", "list")
    assert "2024-06-30" in listed
    assert exported(id_of(file, MONEY))["status"] == "completed"
    task(water["uuid"], "start")
    task(water["uuid"], "annotate", "已开工")
    found = pulled(file, sink)
    assert Counter(row.action for row in found.rows) == {"changed": 1, "unchanged": 4}
    state, progress = said(file, WATER)
    assert (state, progress.endswith("：已开工")) == ("推进中", True)
    file.fill(WATER, 状态="已完成")
    file.fill(MONEY, 状态="推进中")
    assert pushed(file, sink) == {"updated": 2, "unchanged": 3}
    assert exported(id_of(file, WATER))["status"] == "completed"
    money = exported(id_of(file, MONEY))
    assert (money["status"], "start" in money) == ("pending", True)
    monkeypatch.delenv("TZ")
    time.tzset()


def task(*words: str) -> str:
    quiet = ["rc.confirmation=off", "rc.verbose=nothing"]
    done = subprocess.run(["task", *quiet, *words], capture_output=True, text=True, check=True)
    return done.stdout


def exported(name: str) -> dict[str, Any]:
    return next(t for t in json.loads(task("export")) if t.get("smid") == name)


def test_named_rows_are_stable() -> None:
    rows = [LedgerRow(None, cells={"task": "修路"}), LedgerRow("t-1")]
    assert [row.id for row in named_rows(rows)] == [row.id for row in named_rows(rows)]
    assert dataclasses.replace(rows[0]).by_people
