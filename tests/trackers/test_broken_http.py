"""Servers, and what stands between, that speak no proper HTTP: one line, and nothing made."""

from __future__ import annotations

import socket
import struct
import zlib
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

import pytest

from hostile_servers import KINDS, actions, outcomes, serving, sink
from speechmine.trackers import TrackerError


def said(status: str = "200 OK", *headers: str, body: bytes = b"{}") -> bytes:
    """An answer with its headers as they are given; its length is added where none is."""
    lines = list(headers)
    if not any(line.lower().startswith(("content-length", "transfer-enc")) for line in lines):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode("latin-1") + body


CHUNKED = "Transfer-Encoding: chunked"
JSON = "Content-Type: application/json"
ANSWERS = {
    "another protocol": b"SSH-2.0-OpenSSH_9.2\r\n",
    "no head": b"<html>ok</html>",
    "nothing": b"",
    "half a head": b"HTTP/1.1 200 OK\r\nContent-Le",
    "another version": b"HTTP/9.9 200 OK\r\n\r\n{}",
    "no status": b"HTTP/1.1 abc OK\r\n\r\n{}",
    "status 000": said("000 OK"),
    "status 999": said("999 OK"),
    "status of five digits": said("20000 OK"),
    "204 with a body": said("204 No Content"),
    "304": said("304 Not Modified"),
    "length below zero": said("200 OK", "Content-Length: -5"),
    "length of letters": said("200 OK", "Content-Length: many"),
    "length beyond all": said("200 OK", f"Content-Length: {'9' * 30}"),
    "two lengths": said("200 OK", "Content-Length: 2", "Content-Length: 1"),
    "cut off": said("200 OK", "Content-Length: 900"),
    "too long": said("200 OK", "Content-Length: 1"),
    "chunk of letters": said("200 OK", CHUNKED, body=b"zz\r\n{}\r\n0\r\n\r\n"),
    "chunk below zero": said("200 OK", CHUNKED, body=b"-5\r\n{}\r\n0\r\n\r\n"),
    "chunk beyond all": said("200 OK", CHUNKED, body=b"f" * 40 + b"\r\n{}\r\n"),
    "chunks without end": said("200 OK", CHUNKED, body=b"2\r\n{}\r\n"),
    "100 again and again": b"HTTP/1.1 100 Continue\r\n\r\n" * 3000,
    "many headers": said("200 OK", *(f"X-{n}: 1" for n in range(3000))),
    "long header": said("200 OK", "X: " + "a" * 300_000),
    "header without colon": said("200 OK", "nonsense"),
    "NUL in a header": said("200 OK", "X: a\0b"),
    "letters in a header": said("200 OK", "X: \xc7\xf8\xe9"),
    "cookies": said("200 OK", *(f"Set-Cookie: a{n}={'b' * 3000}" for n in range(80))),
    "packing unknown": said("200 OK", "Content-Encoding: zstd, nonsense"),
    "brotli": said("200 OK", "Content-Encoding: br", body=b"\xff\xff\xff"),
    "no gzip": said("200 OK", "Content-Encoding: gzip"),
    "deflate cut off": said("200 OK", "Content-Encoding: deflate", body=zlib.compress(b"{}")[:-5]),
    "charset unknown": said("200 OK", f"{JSON}; charset=nonsense"),
    "UTF-16": said("200 OK", f"{JSON}; charset=utf-16", body="{}".encode("utf-16")),
    "byte-order mark": said("200 OK", JSON, body=b"\xef\xbb\xbf{}"),
    "no UTF-8": said("200 OK", JSON, body=b'{"issues": "\xff\xfe"}'),
    "later for ever": said("429 Too Many", "Retry-After: 999999999999"),
    "later before now": said("429 Too Many", "Retry-After: -5"),
    "later of letters": said("503 Busy", "Retry-After: soon"),
    "later in the year 9999": said("503 Busy", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT"),
    "moved nowhere": said("301 Moved"),
    "moved to nothing": said("302 Found", "Location: "),
    "moved in a circle": said("307 Temporary", "Location: ?again"),
    "moved to half an address": said("302 Found", "Location: http://[::1"),
    "moved to a script": said("302 Found", "Location: javascript:alert(1)"),
    "moved to a port beyond all": said("302 Found", "Location: http://127.0.0.1:99999/"),
    "moved to a file": said("302 Found", "Location: file:///etc/passwd"),
    "another way to log in": said("401 No", "WWW-Authenticate: Negotiate, Digest x=, Basic"),
    "proxy wants a password": said("407 Proxy", "Proxy-Authenticate: Basic"),
    "upgrade": said("101 Switching", "Upgrade: websocket"),
}


def raw(content: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    """These bytes, and the line is closed."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(content)
        handler.close_connection = True

    return answer


def reset(handler: BaseHTTPRequestHandler) -> None:
    """The line breaks in the middle of the head."""
    handler.wfile.write(b"HTTP/1.1 200")
    handler.wfile.flush()
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.close_connection = True


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("speechmine.trackers.pushing._WAIT", 0.0)
    monkeypatch.setattr("speechmine.trackers.pushing._SETTLED", 0.0)
    monkeypatch.setenv("SPEECHMINE_MAX_REQUEST_SECONDS", "2")
    monkeypatch.setenv("SPEECHMINE_MAX_RUN_SECONDS", "4")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "answer", [*map(raw, ANSWERS.values()), reset], ids=[*ANSWERS, "the line breaks"]
)
def test_an_answer_that_is_none_is_one_line(
    kind: str, answer: Callable[[BaseHTTPRequestHandler], None]
) -> None:
    with serving(answer) as url:
        found = outcomes(sink(kind, url))
    assert actions(found) == {}
    assert isinstance(found, TrackerError)
    assert "\n" not in str(found)
    assert len(str(found)) < 300
    assert "sent on to ;" not in str(found)
