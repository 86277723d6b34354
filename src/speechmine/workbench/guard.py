"""Who may ask for what: host, origin, token, size and time, before anything else is looked at.

A page of another site that a reader has open may send requests here, but not read the answers, nor
name this host by a name of its own (DNS rebinding). So a request must call this server by a name
that it has; one that changes something must come from a page of ours, or from no browser at all.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode

import anyio

from speechmine.limits import LIMITS

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from speechmine.workbench.settings import Settings

__all__ = ["CSRF_FIELD", "CSRF_HEADER", "Guard"]

CSRF_HEADER = "x-csrf"
CSRF_FIELD = "csrf"
_COOKIE = "speechmine-token"
_SAFE = ("GET", "HEAD", "OPTIONS")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
)


class Guard:
    """Lets through what may pass; the rest gets a short answer that says why.

    Args:
        app: what is behind it.
        settings: hosts and token.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._hosts = frozenset(host.lower() for host in settings.hosts)
        self._token = settings.token
        self.csrf = secrets.token_urlsafe(24)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = _headers(scope)
        send = _with_headers(send, no_store=not scope["path"].startswith("/static/"))
        refused = self._refused(scope, headers)
        if refused is not None:
            await _refusal(send, *refused)
        elif self._brings_token(scope):
            await self._let_in(scope, send)
        else:
            scope.setdefault("state", {})["csrf"] = self.csrf
            await self._passed(scope, _Limited(receive, scope), send)

    async def _passed(self, scope: Scope, limited: _Limited, send: Send) -> None:
        """Hand a request on; where its body went beyond a limit, say so in place of the answer."""

        async def sending(message: Message) -> None:
            if limited.refused is None:
                await send(message)

        try:
            await self.app(scope, limited, sending)
        finally:
            if limited.refused is not None:
                await _refusal(send, *limited.refused)

    def _refused(self, scope: Scope, headers: Mapping[str, str]) -> tuple[int, str] | None:
        """Status and reason of a request that may not pass."""
        host = headers.get("host", "").lower()
        if host.rpartition(":")[0] not in self._hosts and host not in self._hosts:
            return 421, f"this server is not called {host!r:.80}; start it with --host"
        if scope["method"] not in _SAFE and not self._ours(headers, host):
            return 403, "the request comes from a page of another site (CSRF)"
        if _too_large(headers):
            return 413, _large()
        if not self._knows_token(scope, headers):
            return 401, "open the address with ?token=… that the server printed when it started"
        return None

    def _ours(self, headers: Mapping[str, str], host: str) -> bool:
        """Whether a request that changes something is no other site's."""
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin is not None and origin.partition("://")[2].lower() != host:
            return False
        if site is not None and site not in ("same-origin", "none"):
            return False
        if origin is None and site is None and "cookie" not in headers:
            return True  # a program
        return _same_secret(headers.get(CSRF_HEADER, ""), self.csrf)

    def _knows_token(self, scope: Scope, headers: Mapping[str, str]) -> bool:
        if self._token is None:
            return True
        kind, _, bearer = headers.get("authorization", "").partition(" ")
        given = (
            bearer.strip() if kind.lower() == "bearer" else "",
            _cookie(headers.get("cookie", "")),
            _query_of(scope).get("token", [""])[0] if scope["method"] == "GET" else "",
        )
        return any(_same_secret(one, self._token) for one in given)

    def _brings_token(self, scope: Scope) -> bool:
        return self._token is not None and "token" in _query_of(scope) and scope["method"] == "GET"

    async def _let_in(self, scope: Scope, send: Send) -> None:
        """Keep the token as a cookie and take it out of the address."""
        rest = {name: values for name, values in _query_of(scope).items() if name != "token"}
        target = scope["path"] + (f"?{urlencode(rest, doseq=True)}" if rest else "")
        cookie = f"{_COOKIE}={self._token}; Path=/; HttpOnly; SameSite=Strict"
        headers = [(b"location", _is_local(target)), (b"set-cookie", cookie.encode())]
        await send({"type": "http.response.start", "status": 303, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


def _is_local(target: str) -> bytes:
    """An address on this server: ``//other.example`` would be another one."""
    from urllib.parse import quote

    return quote("/" + target.lstrip("/\\"), safe="/?&=%").encode()


def _headers(scope: Scope) -> dict[str, str]:
    return {
        name.decode("latin-1").lower(): said.decode("latin-1") for name, said in scope["headers"]
    }


def _query_of(scope: Scope) -> dict[str, list[str]]:
    try:
        return parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=100)
    except ValueError:
        return {}


def _cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(_COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _same_secret(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode())


def _too_large(headers: Mapping[str, str]) -> bool:
    length = headers.get("content-length", "0")
    return not length.isdigit() or int(length) > LIMITS["FILE_MB"].value << 20


class _Limited:
    """The body of a request, as long as it is not too large and does not come too slowly.

    Attributes:
        refused: status and reason once it is; whoever reads it takes the visitor for gone.
    """

    def __init__(self, receive: Receive, scope: Scope) -> None:
        self._receive = receive
        self._left = LIMITS["FILE_MB"].value << 20
        self._ends = anyio.current_time() + LIMITS["READ_SECONDS"].value
        self._done = scope["method"] in _SAFE
        self.refused: tuple[int, str] | None = None

    async def __call__(self) -> Message:
        if self._done:
            return await self._receive()
        with anyio.move_on_after(max(0.0, self._ends - anyio.current_time())):
            message = await self._receive()
            self._left -= len(message.get("body", b""))
            self._done = not message.get("more_body", False)
            if self._left >= 0:
                return message
        self._done = True
        large = self._left < 0
        self.refused = (413, _large()) if large else (408, "the request comes too slowly")
        return {"type": "http.disconnect"}


def _large() -> str:
    return f"larger than {LIMITS['FILE_MB'].value} MiB; {LIMITS['FILE_MB'].advice}"


def _with_headers(send: Send, *, no_store: bool) -> Send:
    more = (*_HEADERS, (b"cache-control", b"no-store" if no_store else b"no-cache"))

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *more]
        await send(message)

    return sending


async def _refusal(send: Send, status: int, reason: str) -> None:
    body = json.dumps({"detail": reason}, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    if status == 401:
        headers.append((b"www-authenticate", b"Bearer"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
