"""What a push does, over a tracker in memory that can fail in every way."""

from __future__ import annotations

import dataclasses
import io
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import speechmine
from speechmine.cli import _cli
from speechmine.errors import UsageError
from speechmine.ledger import make_ledger, write_ledger
from speechmine.trackers import Item, Remote, TrackerError, items_of, open_sink, push
from speechmine.trackers.credentials import Credentials, credentials_for
from speechmine.trackers.sink import ConflictError, UnavailableError

from servers import ITEMS


class Memory:
    """A tracker: tasks by reference; faults are taken from a list, one a request."""

    def __init__(self, faults: Iterable[str] = ()) -> None:
        self.tasks: list[dict[str, str]] = []
        self.faults = list(faults)

    def _fault(self) -> str:
        return self.faults.pop(0) if self.faults else ""

    def list(self) -> tuple[Remote, ...]:
        if self._fault():
            raise UnavailableError("503")
        return tuple(self._remote(n) for n in range(len(self.tasks)))

    def find(self, item_id: str) -> Remote | None:
        return next((r for r in self.list() if r.id == item_id), None)

    def create(self, item: Item) -> bool:
        fault = self._fault()
        if fault == "before":
            raise UnavailableError("no answer")
        if fault == "refused":
            raise TrackerError("422")
        self.tasks.append(
            {"id": item.id, "title": item.title, "pushed": item.hash, "now": item.hash, "v": "1"}
        )
        if fault == "after":
            raise UnavailableError("the answer was lost")
        return True

    def update(self, item: Item, remote: Remote) -> None:
        fault = self._fault()
        if fault == "before":
            raise UnavailableError("no answer")
        if fault == "stale":
            raise ConflictError("412")
        task = self.tasks[int(remote.ref)]
        task |= {"title": item.title, "pushed": item.hash, "now": item.hash}
        if fault == "after":
            raise UnavailableError("the answer was lost")

    def _remote(self, at: int) -> Remote:
        task = self.tasks[at]
        return Remote(task["id"], str(at), task["pushed"], task["now"], task["v"])


def counted(sink: Memory, items: Iterable[Item], **options: bool) -> Counter[str]:
    return Counter(o.action for o in push(items, sink, wait=lambda _: None, **options))


def test_twice_is_once() -> None:
    sink = Memory()
    assert counted(sink, ITEMS) == {"created": 200}
    assert counted(sink, ITEMS) == {"unchanged": 200}
    assert len(sink.tasks) == 200


def test_a_dry_run_writes_nothing() -> None:
    sink = Memory()
    assert counted(sink, ITEMS, dry_run=True) == {"created": 200}
    assert sink.tasks == []


def test_a_person_s_change_stays_and_is_a_conflict_where_the_speech_changed_too() -> None:
    sink = Memory()
    counted(sink, ITEMS[:3])
    sink.tasks[0]["now"] = "people's"
    sink.tasks[1]["now"] = "people's"
    revised = [dataclasses.replace(item, due="2024-12-31") for item in ITEMS[1:3]]
    assert counted(sink, [ITEMS[0], *revised]) == {"unchanged": 1, "conflict": 1, "updated": 1}
    assert counted(sink, revised[:1], overwrite=True) == {"updated": 1}


FAULTS = st.lists(st.sampled_from(["", "", "before", "after", "stale"]), max_size=40)


@given(FAULTS, st.lists(st.booleans(), min_size=8, max_size=8))
def test_law_no_task_is_lost_and_none_doubled_whatever_fails(
    faults: list[str], changed: list[bool]
) -> None:
    sink = Memory()
    counted(sink, ITEMS[:8])
    items = [
        dataclasses.replace(item, text=item.text + "。") if new else item
        for item, new in zip(ITEMS[:8], changed, strict=True)
    ] + list(ITEMS[8:12])
    sink.faults = faults
    for _ in range(12):
        try:
            outcome = counted(sink, items)
        except UnavailableError:
            continue
        if not outcome["failed"]:
            break
    sink.faults = []
    assert counted(sink, items)["unchanged"] == 12
    names = Counter(task["id"] for task in sink.tasks)
    assert set(names.values()) == {1}
    assert len(names) == 12


def test_an_answer_that_was_lost_makes_no_second_task() -> None:
    sink = Memory(["", "", "after"])
    assert counted(sink, ITEMS[:1]) == {"created": 1}
    assert len(sink.tasks) == 1


def test_one_refusal_does_not_stop_the_rest() -> None:
    sink = Memory(["", "", "refused"])
    assert counted(sink, ITEMS[:3]) == {"failed": 1, "created": 2}


def test_a_tracker_that_is_down_is_told_of_before_anything_is_written() -> None:
    with pytest.raises(UnavailableError):
        counted(Memory(["503"] * 4), ITEMS[:1])


SPEECH = "在会上的讲话\n（2024年3月1日）\n县财政局要在6月底前制定奖补方案。各乡镇要抓好落实。\n"


def test_rows_of_a_ledger_are_items_and_dropped_ones_are_none() -> None:
    ledger = make_ledger([speechmine.extract(SPEECH)])
    item = next(items_of(ledger))
    assert (item.title, item.due, item.begun) == ("制定奖补方案", "2024-06-30", "2024-03-01")
    assert "责任单位：县财政局" in item.text
    gone = [dataclasses.replace(row, dropped=True) for row in ledger.rows]
    assert list(items_of(dataclasses.replace(ledger, rows=tuple(gone)))) == []


ADDRESSES = [
    ("trello:x", "a kind of tracker is expected"),
    ("caldav:ftp://x/y", "http:// or https://"),
    ("caldav:http://u:p@127.0.0.1/x", "holds a user or password"),
    ("redmine:http://127.0.0.1/", "the address of a project"),
    ("jira:http://127.0.0.1/browse/A-1", "the address of a project"),
    ("github:owner", "owner/name"),
]


@pytest.mark.parametrize(("address", "message"), ADDRESSES)
def test_addresses_that_are_none_are_named(address: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        open_sink(address)


def test_a_password_in_an_address_of_no_kind_is_not_shown() -> None:
    with pytest.raises(UsageError, match="a kind of tracker is expected") as told:
        open_sink("https://duban:geheim@tasks.example/a")
    assert "geheim" not in str(told.value)


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPEECHMINE_USER", "duban")
    monkeypatch.setenv("SPEECHMINE_PASSWORD", "geheim")
    found = credentials_for("http://127.0.0.1/")
    assert found.password == "geheim"
    assert "geheim" not in repr(found)
    assert repr(Credentials(token="x")).startswith("<")


def test_the_keyring_is_asked_where_the_environment_is_silent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keyring = pytest.importorskip("keyring")
    for name in ("USER", "PASSWORD", "TOKEN"):
        monkeypatch.delenv(f"SPEECHMINE_{name}", raising=False)
    kept = {("speechmine", "tasks.example"): "duban:a:b", ("speechmine", "x.example"): "key"}
    monkeypatch.setattr(keyring, "get_password", lambda *name: kept.get(name))
    first, second = credentials_for("https://tasks.example/a"), credentials_for("https://x.example")
    assert (first.user, first.password, second.token) == ("duban", "a:b", "key")
    assert credentials_for("https://none.example") == Credentials()


def test_the_command_names_what_it_cannot_push(tmp_path: Path) -> None:
    path = tmp_path / "讲话.txt"
    path.write_text(SPEECH, encoding="utf-8")
    result = CliRunner().invoke(_cli, ["push", str(path), "--to", "taskwarrior:"])
    assert result.exit_code == 2
    assert "give a ledger (.xlsx) or an extraction (.json)" in result.stderr


def test_a_server_that_is_not_there_is_named_and_no_secret_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPEECHMINE_USER", "duban")
    monkeypatch.setenv("SPEECHMINE_PASSWORD", "geheim")
    monkeypatch.setattr("speechmine.trackers.pushing._WAIT", 0.0)
    monkeypatch.setattr("speechmine.trackers.pushing._SETTLED", 0.0)
    path = tmp_path / "台账.xlsx"
    out = io.BytesIO()
    write_ledger(make_ledger([speechmine.extract(SPEECH)]), out)
    path.write_bytes(out.getvalue())
    arguments = ["push", str(path), "--to", "caldav:http://127.0.0.1:9/duban/x/"]
    result = CliRunner().invoke(_cli, arguments)
    assert result.exit_code == 1
    assert "no answer" in result.stderr
    assert "geheim" not in result.stderr + result.stdout
