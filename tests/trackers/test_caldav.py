"""Push to a real Radicale on loopback; read back with another library's eyes."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import vobject

from speechmine.trackers import Item, TrackerError, push
from speechmine.trackers.credentials import Credentials
from speechmine.trackers.services.caldav import CalDav
from speechmine.trackers.sink import ConflictError

from servers import ITEMS, Server, free_port, start_radicale

CALENDAR = "/duban/ledger/"
WHO = Credentials("duban", "secret")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    found = start_radicale(tmp_path, free_port())
    yield found
    found.kill()


def sink(server: Server) -> CalDav:
    return CalDav(server.url + CALENDAR, WHO)


def counted(server: Server, items: object, **options: bool) -> Counter[str]:
    return Counter(o.action for o in push(items, sink(server), **options))  # type: ignore[arg-type]


def entries(folder: Path) -> dict[str, Path]:
    found = (path for path in folder.rglob("*.ics") if ".Radicale.cache" not in path.parts)
    return {path.name.split("@")[0]: path for path in found}


def people_write(folder: Path, item: Item, *lines: str, **changed: str) -> None:
    """As another program would: through the files that Radicale keeps."""
    path = entries(folder)[item.id]
    text = path.read_bytes().decode().replace("\r\n ", "")
    for old, new in changed.items():
        said = next(line for line in text.splitlines() if line.startswith(old))
        text = text.replace(said, f"{old}:{new}")
    text = text.replace("END:VTODO", "".join(f"{line}\r\n" for line in lines) + "END:VTODO")
    path.write_bytes(text.encode())


def test_200_tasks_twice_with_people_s_changes_between(server: Server, tmp_path: Path) -> None:
    assert counted(server, ITEMS, dry_run=True) == {"created": 200}
    assert entries(tmp_path) == {}
    assert counted(server, ITEMS) == {"created": 200}
    people_write(tmp_path, ITEMS[0], "PERCENT-COMPLETE:40", STATUS="IN-PROCESS")
    people_write(tmp_path, ITEMS[1], "COMMENT:已现场查看")
    people_write(tmp_path, ITEMS[2], SUMMARY="完成第二项工程（改）")
    people_write(tmp_path, ITEMS[3], SUMMARY="完成第三项工程（改）")
    assert counted(server, ITEMS) == {"unchanged": 200}
    revised = [dataclasses.replace(item, due="2025-01-31") for item in (*ITEMS[:2], ITEMS[3])]
    outcome = counted(server, [*revised, ITEMS[2], *ITEMS[4:]])
    assert outcome == {"updated": 2, "conflict": 1, "unchanged": 197}
    found = [
        vobject.readOne(entries(tmp_path)[item.id].read_text(encoding="utf-8")).vtodo
        for item in ITEMS[:4]
    ]
    assert (found[0].status.value, found[0].percent_complete.value) == ("IN-PROCESS", "40")
    assert found[0].due.value.isoformat() == "2025-01-31"
    assert found[1].comment.value == "已现场查看"
    assert [todo.summary.value for todo in found[2:]] == [
        "完成第二项工程（改）",
        "完成第三项工程（改）",
    ]
    assert len(entries(tmp_path)) == 200


def test_what_stands_there_is_what_was_pushed(server: Server, tmp_path: Path) -> None:
    counted(server, ITEMS[:6])
    for item in ITEMS[:6]:
        todo = vobject.readOne(entries(tmp_path)[item.id].read_text(encoding="utf-8")).vtodo
        assert todo.summary.value == item.title
        assert todo.description.value == item.text
        assert (todo.due.value.isoformat() if hasattr(todo, "due") else None) == item.due


def test_a_server_killed_in_the_middle_and_restarted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("speechmine.trackers.pushing._WAIT", 0.0)
    monkeypatch.setattr("speechmine.trackers.pushing._SETTLED", 0.0)
    port = free_port()
    server = start_radicale(tmp_path, port)
    outcomes: Counter[str] = Counter()
    for outcome in push(ITEMS, sink(server)):
        outcomes[outcome.action] += 1
        if outcomes.total() == 80:
            server.kill()
    assert outcomes == {"created": 80, "failed": 120}
    again = start_radicale(tmp_path, port)
    try:
        assert counted(again, ITEMS) == {"unchanged": 80, "created": 120}
        assert counted(again, ITEMS) == {"unchanged": 200}
        assert len(entries(tmp_path)) == 200
    finally:
        again.kill()


def test_somebody_else_s_tasks_are_left_alone(server: Server, tmp_path: Path) -> None:
    counted(server, ITEMS[:1])
    path = entries(tmp_path)[ITEMS[0].id]
    other = path.with_name("other.ics")
    text = path.read_bytes().decode()
    kept = [x for x in text.splitlines() if not x.startswith(("X-SPEECHMINE", "UID"))]
    other.write_text("\r\n".join(kept).replace("STATUS", "UID:other\r\nSTATUS"), encoding="utf-8")
    before = other.read_bytes()
    assert counted(server, ITEMS[:2]) == {"unchanged": 1, "created": 1}
    assert other.read_bytes() == before


def test_a_stale_version_is_a_conflict(server: Server, tmp_path: Path) -> None:
    counted(server, ITEMS[:1])
    remote = sink(server).find(ITEMS[0].id)
    assert remote is not None
    people_write(tmp_path, ITEMS[0], "COMMENT:x")
    with pytest.raises(ConflictError):
        sink(server).update(dataclasses.replace(ITEMS[0], due="2025-01-31"), remote)


def test_wrong_credentials_are_named_without_them(server: Server) -> None:
    wrong = CalDav(server.url + CALENDAR, Credentials("duban", "falsch"))
    with pytest.raises(TrackerError, match="not allowed") as caught:
        list(push(ITEMS[:1], wrong))
    assert "falsch" not in str(caught.value)
