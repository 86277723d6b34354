"""Jira and GitHub: servers on loopback that answer in the shapes their documentation shows.

They are no Jira and no GitHub: what is tested is that we ask and read as documented. Both fail on
demand, as servers do: an answer that is lost after the work was done, and 503.
"""

from __future__ import annotations

import dataclasses
import json
import re
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from speechmine.trackers import Sink, TrackerError, push
from speechmine.trackers.credentials import Credentials
from speechmine.trackers.services.github import GitHub
from speechmine.trackers.services.jira import Jira

from servers import ITEMS

TOKEN = Credentials(token="geheim")


class Fake(ThreadingHTTPServer):
    """Issues by number; ``faults`` are taken one a request."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.issues: dict[int, dict[str, Any]] = {}
        self.faults: list[str] = []
        self.clock = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def stamp(self) -> str:
        self.clock += 1
        return f"2024-03-01T00:00:{self.clock:06d}Z"


class Handler(BaseHTTPRequestHandler):
    server: Fake

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        self._handle({})

    def do_POST(self) -> None:
        self._handle(self._body())

    do_PUT = do_PATCH = do_POST  # noqa: N815  # names that the library calls

    def _body(self) -> dict[str, Any]:
        found = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert isinstance(found, dict)
        return found

    def _handle(self, body: dict[str, Any]) -> None:
        fault = self.server.faults.pop(0) if self.server.faults else ""
        if self.headers.get("Authorization") != "Bearer geheim":
            self._answer(401, {"message": "Bad credentials"})
        elif fault == "503":
            self._answer(503, {})
        else:
            path = urlsplit(self.path)
            reply = _github if path.path.startswith("/repos/") else _jira
            status, answer = reply(self.server, self.command, path.path, parse_qs(path.query), body)
            if fault == "lost":
                self.close_connection = True
                self.connection.close()
                return
            self._answer(status, answer)

    def _answer(self, status: int, answer: object) -> None:
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def _github(
    fake: Fake, method: str, path: str, query: dict[str, list[str]], body: dict[str, Any]
) -> tuple[int, object]:
    """REST, 2022-11-28: list, create, get and update an issue."""
    number = re.search(r"/issues/(\d+)$", path)
    if method == "POST":
        at = len(fake.issues) + 1
        labels = [{"name": name} for name in body.pop("labels", [])]
        stamp = {"updated_at": fake.stamp()}
        fake.issues[at] = {"number": at, "state": "open", "labels": labels, **body, **stamp}
        return 201, fake.issues[at]
    if number is None:
        size, page = int(query["per_page"][0]), int(query["page"][0])
        return 200, list(fake.issues.values())[size * (page - 1) : size * page]
    issue = fake.issues[int(number[1])]
    if method == "PATCH":
        issue |= {**body, "updated_at": fake.stamp()}
    return 200, issue


def _jira(
    fake: Fake, method: str, path: str, query: dict[str, list[str]], body: dict[str, Any]
) -> tuple[int, object]:
    """REST 2 of Data Center: search, create and update an issue."""
    if method == "POST":
        at = len(fake.issues) + 1
        fields = {**body["fields"], "status": {"name": "To Do"}, "updated": fake.stamp()}
        fake.issues[at] = {"id": str(at), "key": f"DB-{at}", "fields": fields}
        return 201, {"id": str(at), "key": f"DB-{at}"}
    if method == "PUT":
        fields = fake.issues[int(path.rsplit("-", 1)[1])]["fields"]
        fields |= {**body["fields"], "updated": fake.stamp()}
        for change in body["update"]["labels"]:
            if "remove" in change:
                fields["labels"] = [x for x in fields["labels"] if x != change["remove"]]
            else:
                fields["labels"] = [*fields["labels"], change["add"]]
        return 204, None
    label = re.search(r'labels = "([^"]+)"', query["jql"][0])
    assert label is not None
    found = [i for i in fake.issues.values() if label[1] in i["fields"]["labels"]]
    start, size = int(query["startAt"][0]), int(query["maxResults"][0])
    return 200, {"startAt": start, "total": len(found), "issues": found[start : start + size]}


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    monkeypatch.setattr("speechmine.trackers.pushing._WAIT", 0.0)
    monkeypatch.setattr("speechmine.trackers.pushing._SETTLED", 0.0)
    server = Fake()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def sink(kind: str, fake: Fake, who: Credentials = TOKEN) -> Sink:
    if kind == "jira":
        return Jira(f"{fake.url}/projects/DB", who)
    return GitHub("county/duban", who, api=fake.url)


def counted(kind: str, fake: Fake, items: object) -> Counter[str]:
    return Counter(o.action for o in push(items, sink(kind, fake)))  # type: ignore[arg-type]


def people_write(fake: Fake, at: int, **fields: object) -> None:
    issue = fake.issues[at]
    target = issue.get("fields", issue)
    target |= {**fields, "updated": fake.stamp(), "updated_at": fake.stamp()}


KINDS = pytest.mark.parametrize(("kind", "title"), [("jira", "summary"), ("github", "title")])


@KINDS
def test_twice_with_people_s_changes_between(kind: str, title: str, fake: Fake) -> None:
    assert counted(kind, fake, ITEMS) == {"created": 200}
    people_write(fake, 1, state="closed", status={"name": "Done"}, assignee="wang")
    people_write(fake, 2, **{title: "完成第一项工程（改）"})
    revised = [dataclasses.replace(item, text=f"{item.text}。") for item in ITEMS[:2]]
    wanted = {"updated": 1, "conflict": 1, "unchanged": 198}
    assert counted(kind, fake, [*revised, *ITEMS[2:]]) == wanted
    found = fake.issues[1].get("fields", fake.issues[1])
    assert found["assignee"] == "wang"
    assert "closed" in str(found) or "Done" in str(found)
    assert len(fake.issues) == 200


@KINDS
@pytest.mark.parametrize("fault", ["lost", "503"])
def test_every_third_request_fails_and_no_task_is_lost_or_doubled(
    kind: str, title: str, fault: str, fake: Fake
) -> None:
    fake.faults = ["", "", fault] * 100
    assert counted(kind, fake, ITEMS[:30]) == {"created": 30}
    fake.faults = []
    assert counted(kind, fake, ITEMS[:30]) == {"unchanged": 30}
    assert len(fake.issues) == 30
    assert {i.get("fields", i)[title] for i in fake.issues.values()} == {
        x.title for x in ITEMS[:30]
    }


@KINDS
def test_a_wrong_token_is_named_without_it(kind: str, title: str, fake: Fake) -> None:
    del title
    with pytest.raises(TrackerError, match="not allowed") as caught:
        list(push(ITEMS[:1], sink(kind, fake, Credentials(token="falsch"))))
    assert "falsch" not in str(caught.value)
