"""Sessions that ask one server alone, and that can be cut off in the middle of an answer."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from speechmine.errors import UsageError
from speechmine.trackers.credentials import Credentials

if TYPE_CHECKING:
    import requests

__all__ = ["ElsewhereError", "cut_off", "session_to"]

_AGAIN = 0.1


class ElsewhereError(Exception):
    """A request that would leave the server; says which one it would go to."""


def _server_of(url: str) -> str:
    """Scheme, host and port, read as the library that connects reads them."""
    from urllib3.util import parse_url

    parts = parse_url(url)
    scheme = (parts.scheme or "").lower()
    port = parts.port or {"http": 80, "https": 443}.get(scheme) or ""
    return f"{scheme}://{(parts.host or '').lower()}:{port}".rstrip(":")


def session_to(
    base: str, who: Credentials, token: tuple[str, str] | None, headers: Mapping[str, str]
) -> requests.Session:
    """A session that asks one server, and refuses to be sent on to another.

    Args:
        base: address on that server.
        who: asks.
        token: as of :class:`speechmine.trackers.http.Http`.
        headers: sent with every request.

    Raises:
        UsageError: this is no address.
    """
    import requests
    from requests.auth import HTTPBasicAuth

    try:
        home = _server_of(requests.Request("GET", base).prepare().url or "")
    except (requests.RequestException, ValueError) as error:
        raise UsageError(f"{base}: this is no address ({type(error).__name__})") from error

    class Session(requests.Session):
        """Every request goes through ``send``, those of redirects too."""

        def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
            there = _server_of(request.url or "")
            if there != home:
                raise ElsewhereError(there)
            return super().send(request, **options)

    session = Session()
    # Neither a proxy nor a .netrc of the machine decides where the tasks go.
    session.trust_env = False
    # A cache in between would show what was there before the last run.
    fresh = {"Cache-Control": "no-cache", "Pragma": "no-cache", "Accept-Encoding": "identity"}
    session.headers.update({"User-Agent": "speechmine", **fresh, **headers})
    if who.token and token is not None:
        name, before = token
        session.headers[name] = f"{before}{who.token}".encode()
    elif who.user or who.password:
        session.auth = HTTPBasicAuth(who.user.encode(), who.password.encode())
    for scheme in ("http://", "https://"):
        session.mount(scheme, _adapter())
    return session


def _adapter() -> requests.adapters.HTTPAdapter:
    """The usual one, which knows its socket, so that it can be cut off while it is read."""
    from requests.adapters import HTTPAdapter
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool

    opened: list[Any] = []

    def watched(kind: Any) -> Any:
        class Connection(kind.ConnectionCls):  # type: ignore[misc]
            def connect(self) -> None:
                super().connect()
                opened[:] = [self.sock]  # one request at a time

        return type(kind.__name__, (kind,), {"ConnectionCls": Connection})

    adapter = HTTPAdapter()
    adapter.poolmanager.pool_classes_by_scheme = {
        "http": watched(HTTPConnectionPool),
        "https": watched(HTTPSConnectionPool),
    }
    adapter.opened = opened  # type: ignore[attr-defined]
    return adapter


@contextlib.contextmanager
def cut_off(session: requests.Session, seconds: float) -> Iterator[threading.Event]:
    """Cut the connection after a time, however little by little an answer comes."""
    late, done = threading.Event(), threading.Event()

    def watch() -> None:
        if done.wait(seconds):
            return
        late.set()
        while not done.wait(_AGAIN):  # it may be about to connect
            _shut(session)

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield late
    finally:
        done.set()


def _shut(session: requests.Session) -> None:
    for adapter in session.adapters.values():
        for opened in adapter.opened:  # type: ignore[attr-defined]
            with contextlib.suppress(OSError):
                opened.shutdown(socket.SHUT_RDWR)
