"""Servers that are slow, answer with pages, lists that hold a task twice."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from speechmine.trackers import Item, Remote, TrackerError, http, push
from speechmine.trackers.credentials import Credentials
from speechmine.trackers.http import Http
from speechmine.trackers.services.github import GitHub
from speechmine.trackers.sink import UnavailableError

from servers import ITEMS

Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    """A server on loopback whose every answer to GET is the one given."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Quiet."""

        def do_GET(self) -> None:
            answer(self)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()


def saying(status: int, content: bytes) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def test_a_server_that_does_not_answer_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "_TIMEOUT", (1, 0.1))
    answered = threading.Event()
    with serving(lambda _: answered.wait(5) and None) as url:
        with pytest.raises(UnavailableError, match="no answer"):
            Http(url, Credentials()).json("GET", "/")
        answered.set()


ANSWERS = [
    (200, b"<html>login</html>", TrackerError, "no JSON"),
    (200, b'{"message": "moved"}', TrackerError, "no list of issues"),
    (200, b"", TrackerError, "no list of issues"),
    (404, b"{}", TrackerError, "404"),
    (401, b"{}", TrackerError, "SPEECHMINE_TOKEN"),
    (429, b"slow down", UnavailableError, "429"),
]


@pytest.mark.parametrize(("status", "content", "error", "message"), ANSWERS)
def test_answers_that_are_no_list_of_tasks(
    status: int, content: bytes, error: type[TrackerError], message: str
) -> None:
    with serving(saying(status, content)) as url:
        sink = GitHub("a/b", Credentials(token="geheim"), api=url)
        with pytest.raises(error, match=message) as told:
            sink.list()
        assert "geheim" not in str(told.value)


class Twice:
    """A tracker whose pages overlap: each task is listed twice."""

    def __init__(self) -> None:
        self.made: list[Item] = []

    def list(self) -> tuple[Remote, ...]:
        once = [Remote(i.id, str(n), i.hash, i.hash, "1") for n, i in enumerate(self.made)]
        return (*once, *once)

    def find(self, item_id: str) -> Remote | None:
        return next((r for r in self.list() if r.id == item_id), None)

    def create(self, item: Item) -> bool:
        self.made.append(item)
        return True

    def update(self, item: Item, remote: Remote) -> None:
        raise AssertionError((item, remote))


def test_a_task_that_is_listed_twice_is_one() -> None:
    sink = Twice()
    first = Counter(o.action for o in push(ITEMS[:5], sink))
    second = Counter(o.action for o in push(ITEMS[:5], sink))
    assert (first, second) == ({"created": 5}, {"unchanged": 5})
    assert len(sink.made) == 5
