"""Servers that want the password for another one, claim what is not true, never come to an end.

Each is one on loopback. Whatever it does: credentials go to it alone, nothing counts as stored that
is not, no task is there twice, and a fault is one line.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hostile_servers import KINDS, WHO, Answer, actions, outcomes, serving, sink, told
from speechmine.cli import _cli
from speechmine.trackers import Item, push
from speechmine.trackers.credentials import Credentials
from speechmine.trackers.http import Http

from servers import ITEMS

TOKEN = Credentials("duban", "", "geheim-token")
SECRETS = (
    *("geheim", "密码", "\\u5bc6\\u7801", "%E5%AF%86%E7%A0%81"),
    base64.b64encode("geheim密码".encode()).decode(),
    base64.b64encode("duban:geheim密码".encode()).decode(),
    base64.b64encode(b"geheim-token").decode(),
)


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("speechmine.trackers.pushing._WAIT", 0.0)
    monkeypatch.setattr("speechmine.trackers.pushing._SETTLED", 0.0)


def saying(status: int, content: bytes | str, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        body = content.encode() if isinstance(content, str) else content
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def saying_json(value: object) -> Answer:
    return saying(200, json.dumps(value), Content_Type="application/json")


def calendar(*entries: str) -> str:
    return (
        '<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" '
        f'xmlns:c="urn:ietf:params:xml:ns:caldav">{"".join(entries)}</d:multistatus>'
    )


def entry(item: Item, *lines: str, href: str = "x.ics", etag: str = '"1"') -> str:
    """A task as a calendar lists it."""
    said = [f"UID:{item.id}@speechmine", f"X-SPEECHMINE-HASH:{item.hash}", *lines]
    data = "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VTODO", *said, "END:VTODO", "END:VCALENDAR", ""])
    tag = f"<d:getetag>{etag}</d:getetag>" if etag else ""
    return (
        f"<d:response><d:href>{href}</d:href><d:propstat><d:prop>{tag}"
        f"<c:calendar-data>{data}</c:calendar-data></d:prop></d:propstat></d:response>"
    )


# Credentials


@contextmanager
def two() -> Iterator[tuple[list[str], Callable[[Answer], str], str]]:
    """Another server with what it was asked, and how to start the first."""
    heard: list[str] = []

    def note(handler: BaseHTTPRequestHandler) -> None:
        heard.append(str(handler.headers))
        saying(200, "{}")(handler)

    with ExitStack() as stack:
        other = stack.enter_context(serving(note))
        yield heard, lambda answer: stack.enter_context(serving(answer)), other


@pytest.mark.parametrize(
    "scheme", ["http://", "//", "HTTP://", "https://", "http://x@", "http:\\\\"]
)
def test_an_href_of_another_server_gets_nothing(scheme: str) -> None:
    with two() as (heard, start, other):
        href = f"{scheme}{other.removeprefix('http://')}/duban/x/1.ics"
        mine = entry(ITEMS[0], "SUMMARY:old").replace(ITEMS[0].hash, "0" * 12)
        mine = mine.replace("x.ics", href)
        report = saying(207, calendar(mine), Content_Type="application/xml")
        made = saying(201, b"", ETag='"1"')

        def answer(handler: BaseHTTPRequestHandler) -> None:
            gone = saying(404, b"")
            by_method = {"REPORT": report, "PUT": made if "@" in handler.path else gone}
            by_method.get(handler.command, gone)(handler)

        found = list(push(ITEMS[:2], sink("caldav", start(answer)), overwrite=True))
    assert heard == []
    assert [o.action for o in found] == ["failed", "created"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", [WHO, TOKEN])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_another_server_is_refused(kind: str, who: Credentials, status: int) -> None:
    with two() as (heard, start, other):
        url = start(saying(status, b"", Location=f"{other}/a?key=geheim"))
        found = outcomes(sink(kind, url, who))
    assert heard == []
    assert actions(found) == {}
    assert "sent on to" in told(found)
    assert "geheim" not in told(found)


def test_a_redirect_on_the_server_is_followed() -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        here = handler.path == "/here"
        (saying_json([1]) if here else saying(302, b"", Location="/here"))(handler)

    with serving(answer) as url:
        assert Http(url, WHO).json("GET", "/there") == [1]


def echo(handler: BaseHTTPRequestHandler) -> None:
    """An error page for developers: what was sent, in every form."""
    sent = "".join(f"{name}: {value} " for name, value in handler.headers.items())
    sent = sent[sent.find("Authorization") if "Authorization" in sent else 0 :]
    known = "geheim-token" if "token" in sent else "geheim密码"
    forms = (known, json.dumps(known), quote(known), base64.b64encode(known.encode()).decode())
    saying(400, f"{' '.join(forms)} {sent}")(handler)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", [WHO, TOKEN])
def test_an_error_text_that_echoes_the_secret_is_shown_without(kind: str, who: Credentials) -> None:
    with serving(echo) as url:
        found = told(outcomes(sink(kind, url, who)))
    assert "400" in found
    if kind == "caldav" and who.token:
        return  # calendars have no tokens: none was sent
    assert "***" in found
    assert not any(form in found for form in SECRETS)


def test_the_command_shows_no_secret(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import speechmine
    from speechmine.ledger import make_ledger, write_ledger

    path = tmp_path / "台账.xlsx"
    with path.open("wb") as stream:
        write_ledger(make_ledger([speechmine.extract("县财政局要在6月底前制定奖补方案。")]), stream)
    monkeypatch.setenv("SPEECHMINE_TOKEN", "geheim-token")
    with serving(echo) as url:
        arguments = ["push", str(path), "--to", f"redmine:{url}/projects/x"]
        result = CliRunner().invoke(_cli, arguments)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "400" in result.stderr
    assert "geheim" not in result.stderr + result.stdout


# Success that is none

PAGES = (
    "<html><body>Login</body></html>",
    '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>Login</body></html>',
    "",
    "{}",
    "[]",
    "null",
    '{"issues": [], "total": 0, "total_count": 0}',
    calendar(),
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", [200, 201, 204, 207])
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("named", ["text/html", "application/json"])
def test_a_portal_that_takes_everything_has_stored_nothing(
    kind: str, status: int, page: str, named: str
) -> None:
    body = "" if status == 204 else page
    with serving(saying(status, body, Content_Type=named)) as url:
        found = outcomes(sink(kind, url))
    assert actions(found)["created"] == 0
    assert actions(found)["updated"] == 0
    assert told(found)


class Lagging:
    """A Redmine whose search shows a new issue only after so many further requests."""

    def __init__(self, lag: int) -> None:
        self.issues: list[dict[str, Any]] = []
        self.faults: list[str] = []
        self.lag, self.clock = lag, 0

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        self.clock += 1
        fault = self.faults.pop(0) if self.faults else ""
        if handler.path.startswith("/projects/"):
            fields = [{"id": 7, "name": "外部编号"}]
            saying_json({"project": {"id": 1, "issue_custom_fields": fields}})(handler)
        elif handler.command == "POST":
            issue = json.loads(handler.body)["issue"]  # type: ignore[attr-defined]
            self.issues.append({"id": len(self.issues) + 1, "at": self.clock, **issue})
            made = saying_json({"issue": self.issues[-1]})
            (saying(502, "lost") if fault == "lost" else made)(handler)
        else:
            wanted = re.search(r"cf_7=~([\w-]+)", handler.path)
            shown = [i for i in self.issues if i["at"] + self.lag < self.clock]
            if wanted:
                shown = [i for i in shown if wanted[1] in i["custom_fields"][0]["value"]]
            start = int(re.search(r"offset=(\d+)", handler.path)[1])  # type: ignore[index]
            page = {"issues": shown[start : start + 100], "total_count": len(shown)}
            saying_json(page)(handler)


@pytest.mark.parametrize("lag", [0, 1, 2])
def test_lost_answers_and_a_search_that_lags_behind_make_no_second_task(lag: int) -> None:
    server = Lagging(lag)
    with serving(server) as url:
        server.faults = ["", "", "", *["lost", "", "", "", "", ""] * 30]
        first = actions(outcomes(sink("redmine", url), ITEMS[:30]))
        server.faults = []
        again = actions(outcomes(sink("redmine", url), ITEMS[:30]))
    names = Counter(i["custom_fields"][0]["value"] for i in server.issues)
    assert (first, again) == ({"created": 30}, {"unchanged": 30})
    assert set(names.values()) == {1}
    assert len(names) == 30


def test_what_a_broken_off_run_made_is_looked_for_before_it_is_made_again() -> None:
    """The list is a former one; asked for one task, the server knows it."""
    server = Lagging(0)
    with serving(server) as url:
        outcomes(sink("redmine", url), ITEMS[:20])
        found = sink("redmine", url)
        stale = tuple(found.list())[:15]
        found.list = lambda: stale  # type: ignore[method-assign]
        assert actions(outcomes(found, ITEMS[:25])) == {"unchanged": 20, "created": 5}
    assert len(server.issues) == 25


# Answers without end


def drip(head: bool) -> Answer:
    """A byte now and then: no single wait is long."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if head:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        else:
            handler.send_response(200)
            handler.end_headers()
        for _ in range(600):
            handler.wfile.write(b"x")
            time.sleep(0.05)

    return answer


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("head", [True, False])
def test_a_byte_now_and_then_is_no_answer(
    kind: str, head: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPEECHMINE_MAX_REQUEST_SECONDS", "1")
    monkeypatch.setenv("SPEECHMINE_MAX_RUN_SECONDS", "2")
    with serving(drip(head)) as url:
        found = told(outcomes(sink(kind, url)))
    assert "no whole answer in" in found or "SPEECHMINE_MAX_RUN_SECONDS" in found


def pouring(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"[" * (1 << 16))


BOMB = gzip.compress(bytes(200 << 20), 1)
TOO_MUCH = {
    "poured": (pouring, "SPEECHMINE_MAX_ANSWER_MB"),
    "gzip": (saying(200, BOMB, Content_Encoding="gzip"), "SPEECHMINE_MAX_ANSWER_MB"),
    "gzip twice": (
        saying(200, gzip.compress(BOMB), Content_Encoding="gzip, gzip"),
        "packed several times",
    ),
    "deep": (saying(200, "[" * 500_000), "no JSON|no XML"),
    "deep object": (saying(207, '{"a":' * 300_000), "no JSON|no XML"),
    "deep elements": (saying(207, "<a>" * 500_000), "no JSON|no XML"),
    "long number": (saying(200, "9" * 500_000), "no JSON|no XML"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("answer", "message"), TOO_MUCH.values(), ids=list(TOO_MUCH))
def test_too_much_is_one_line(
    kind: str, answer: Answer, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPEECHMINE_MAX_ANSWER_MB", "2")
    with serving(answer) as url:
        found = outcomes(sink(kind, url))
    assert actions(found) == {}
    assert re.search(message, told(found))
    assert "\n" not in told(found)


def endless(kind: str, *, same: bool) -> Answer:
    """A page that is full, and says that there are more, whatever is asked for."""
    count = iter(range(10**9))

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.path.startswith("/projects/"):
            fields = [{"id": 7, "name": "外部编号"}]
            saying_json({"project": {"id": 1, "issue_custom_fields": fields}})(handler)
            return
        numbers = range(100) if same else [next(count) for _ in range(100)]
        issues = [{"id": n, "number": n, "key": f"DB-{n}"} for n in numbers]
        whole = {"issues": issues, "total": 10**5, "total_count": 10**5}
        saying_json(issues if kind == "github" else whole)(handler)

    return answer


@pytest.mark.parametrize("kind", KINDS[1:])
@pytest.mark.parametrize("same", [True, False])
def test_pages_without_end(kind: str, same: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPEECHMINE_MAX_TASKS", "1000" if not same else "200000")
    with serving(endless(kind, same=same)) as url:
        found = outcomes(sink(kind, url))
    assert actions(found) == {}
    assert ("none further" if same else "SPEECHMINE_MAX_TASKS") in told(found)


# Odd but legal answers

ODD = (
    "DUE:20240630T000000\r\nDUE:20240701T000000",
    *("DUE:nonsense", "SUMMARY:a\r\nSUMMARY:b", "SEQUENCE:many", "DTSTAMP:x", "DUE:99999999", ""),
    *("END:VTODO", "BEGIN:VALARM", "RRULE:x", "SEQUENCE:" + "9" * 5000, "no line", "X;Y=:"),
)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("etag", ['"1"', ""])
def test_an_odd_task_of_a_calendar_costs_itself_at_most(odd: str, etag: str) -> None:
    """The server takes no second task of a name."""
    listed = entry(ITEMS[0], odd, etag=etag)
    data = re.search(r"BEGIN.*END:VCALENDAR\s*", listed, re.DOTALL)
    assert data is not None
    taken: set[str] = {f"/duban/x/{ITEMS[0].id}@speechmine.ics"}

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.command == "REPORT":
            saying(207, calendar(listed))(handler)
        elif handler.command == "PUT":
            made = handler.path not in taken or not handler.headers["If-None-Match"]
            saying(201 if made else 412, b"", ETag='"2"')(handler)
        else:
            known = handler.path in taken or handler.path.endswith("/x.ics")
            (saying(200, data[0]) if known else saying(404, b""))(handler)

    revised = Item(ITEMS[0].id, "另一项", "另一段。")
    with serving(answer) as url:
        first = actions(outcomes(sink("caldav", url)))
        second = actions(outcomes(sink("caldav", url), [revised, *ITEMS[1:3]]))
        forced = list(push([revised], sink("caldav", url), overwrite=True))
    assert first == {"unchanged": 1, "created": 2}
    assert second == {"conflict": 1, "created": 2}
    assert forced[0].action in ("updated", "failed")
    assert "\n" not in forced[0].reason


ODD_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)
NAMES = (
    *("issues", "total", "total_count", "project", "id", "name", "issue_custom_fields", "issue"),
    *("custom_fields", "value", "subject", "description", "due_date", "updated_on", "key"),
    *("fields", "labels", "summary", "duedate", "number", "title", "body", "updated_at"),
)
SHAPES = st.recursive(
    ODD_VALUES | st.sampled_from([7, "外部编号", "DB-1", f"{ITEMS[0].id} 0", "smid-t-1"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("kind", KINDS[1:])
def test_law_whatever_json_says_a_push_ends_in_lines(kind: str) -> None:
    current: list[object] = [None]

    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
    @given(SHAPES)
    def holds(value: object) -> None:
        current[0] = value
        found = outcomes(sink(kind, url), ITEMS[:1])
        assert told(found) or actions(found)

    with serving(lambda handler: saying_json(current[0])(handler)) as url:  # noqa: PLW0108
        holds()


def test_a_redmine_with_odd_issues_among_ours() -> None:
    server = Lagging(0)
    odd: list[object] = [
        None,
        7,
        {"id": 1, "subject": None},
        {"id": 2, "subject": 7, "custom_fields": {"id": 7, "value": "x"}},
        {"id": 3, "custom_fields": [None, {"id": 7, "value": ["a"]}, {"value": 3}]},
        {"id": {}, "subject": {}, "custom_fields": [{"id": 7, "value": "t-9 x"}]},
    ]
    ours = {"id": 7, "value": f"{ITEMS[0].id} {ITEMS[0].hash}"}
    odd += [{"id": 9, "subject": 12, "description": None, "due_date": 3, "custom_fields": [ours]}]
    server.issues = [
        {"at": -9, **issue} if isinstance(issue, dict) else issue  # type: ignore[misc]
        for issue in odd
    ]

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if "/issues.json" in handler.path and handler.command == "GET" and "~" not in handler.path:
            saying_json({"issues": odd, "total_count": len(odd)})(handler)
        else:
            server.issues = [i for i in server.issues if isinstance(i, dict) and "at" in i]
            server.issues = [i for i in server.issues if isinstance(i.get("custom_fields"), list)]
            server.issues = [i for i in server.issues if len(i["custom_fields"]) == 1]
            server(handler)

    with serving(answer) as url:
        assert actions(outcomes(sink("redmine", url))) == {"unchanged": 1, "created": 2}
