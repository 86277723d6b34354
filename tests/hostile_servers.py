"""Servers on loopback that answer what a test wants, and what a push to them does."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from speechmine.trackers import Item, Outcome, Sink, TrackerError, push
from speechmine.trackers.credentials import Credentials
from speechmine.trackers.services.caldav import CalDav
from speechmine.trackers.services.github import GitHub
from speechmine.trackers.services.jira import Jira
from speechmine.trackers.services.redmine import Redmine

from servers import ITEMS

Answer = Callable[[BaseHTTPRequestHandler], None]
KINDS = ("caldav", "github", "jira", "redmine")
WHO = Credentials("duban", "geheim密码", "")


class Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that goes away is no fault here."""


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    """A server whose answer to everything is the one given."""

    def do(self: BaseHTTPRequestHandler) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.body = self.rfile.read(length)  # type: ignore[attr-defined]
        answer(self)

    methods = ("GET", "POST", "PUT", "PATCH", "REPORT", "PROPFIND", "MKCALENDAR")
    quiet = {"log_message": lambda *_: None, "protocol_version": "HTTP/1.1"}
    named = {f"do_{method}": do for method in methods}
    handler = type("Handler", (BaseHTTPRequestHandler,), {**named, **quiet})
    with Quiet(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()


def sink(kind: str, url: str, who: Credentials = WHO) -> Sink:
    if kind == "caldav":
        return CalDav(f"{url}/duban/x/", who)
    if kind == "github":
        return GitHub("county/duban", Credentials(token=who.token or who.password), api=url)
    return {"jira": Jira, "redmine": Redmine}[kind](f"{url}/projects/DB", who)


def outcomes(found: Sink, items: Sequence[Item] = ITEMS[:3]) -> list[Outcome] | TrackerError:
    """What a push does, or why it does nothing; any other exception is a fault of ours."""
    try:
        return list(push(items, found))
    except TrackerError as error:
        return error


def actions(found: list[Outcome] | TrackerError) -> Counter[str]:
    return Counter() if isinstance(found, TrackerError) else Counter(o.action for o in found)


def told(found: list[Outcome] | TrackerError) -> str:
    if isinstance(found, TrackerError):
        return str(found)
    return "\n".join(outcome.reason for outcome in found)
