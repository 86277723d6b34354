"""Requests to a tracker: who asks, where to, how long to wait, what an answer means."""

from __future__ import annotations

import base64
import contextlib
import html
import json
import os
import re
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from speechmine.errors import UsageError
from speechmine.limits import LIMITS
from speechmine.trackers.sink import (
    ConflictError,
    RejectedError,
    TrackerError,
    UnavailableError,
)

if TYPE_CHECKING:
    import requests

__all__ = ["Answer", "Credentials", "Http", "credentials_for"]

_TIMEOUT = (10, 60)
_LONGEST_ANSWER = 300
_PIECE = 1 << 16
_AGAIN = 0.1
_OK = range(200, 300)
_ELSEWHERE = range(300, 400)
#: Answers that mean "not now"; the work may have been done all the same.
_NOT_NOW = frozenset({408, 425, 429, 500, 502, 503, 504})
_UNAUTHORISED = frozenset({401, 403})
_STALE = frozenset({409, 412})
_WRONG = 422
_HIDDEN = "***"


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """Who asks: from the environment or the keyring, and never shown."""

    user: str = ""
    password: str = ""
    token: str = ""

    def masked(self, text: str) -> str:
        """A text without password and token, in the forms in which a server echoes them.

        Example:
            >>> Credentials(token="geheim").masked("Bearer geheim is wrong")
            'Bearer *** is wrong'
        """
        forms = {form for secret in self._secrets() for form in _forms(secret)}
        if not forms:
            return text
        longest_first = sorted(forms, key=len, reverse=True)
        return re.sub("|".join(map(re.escape, longest_first)), _HIDDEN, text, flags=re.IGNORECASE)

    def _secrets(self) -> Iterator[str]:
        yield from filter(None, (self.password, self.token))
        if self.password:
            yield f"{self.user}:{self.password}"


def _forms(secret: str) -> Iterator[str]:
    """As it is, and as addresses, pages, JSON, Python and programs for Western letters show it."""
    yield from (secret, quote(secret), quote(secret, safe=""), html.escape(secret))
    yield from (json.dumps(secret)[1:-1], repr(secret)[1:-1])
    raw = secret.encode("utf-8", "surrogateescape")
    yield from (base64.b64encode(raw).decode(), raw.decode("latin-1"))


def credentials_for(url: str) -> Credentials:
    """What the environment says, else the keyring; nothing where neither knows.

    ``SPEECHMINE_TOKEN``, or ``SPEECHMINE_USER`` and ``SPEECHMINE_PASSWORD``; in the keyring
    the service ``speechmine`` with the host as the name and ``user:password`` or a token.

    Raises:
        UsageError: the address itself holds a password, or is none.
    """
    parts = _split(url)
    if parts.password or parts.username:
        advice = "put it into SPEECHMINE_USER and SPEECHMINE_PASSWORD, or into the keyring"
        raise UsageError(f"the address holds a user or password; {advice}")
    given = (os.environ.get(f"SPEECHMINE_{name}", "") for name in ("USER", "PASSWORD", "TOKEN"))
    found = Credentials(*given)
    if found.token or found.password:
        return found
    kept = _from_keyring(parts.netloc)
    if not kept:
        return found
    user, mark, password = kept.partition(":")
    return Credentials(user, password) if mark else Credentials(token=kept)


def _split(url: str) -> Any:
    try:
        return urlsplit(url)
    except ValueError as error:
        raise UsageError(f"{url}: this is no address ({error})") from error


def _from_keyring(host: str) -> str:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return ""
    try:
        return keyring.get_password("speechmine", host) or ""
    except KeyringError:
        return ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer, read to its end."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def is_page(self) -> bool:
        """Whether it is a web page, as a portal or a login gives it to whatever was asked."""
        return "html" in self.headers.get("Content-Type", "").lower()


class Http:
    """A session with one server: credentials go there, and nowhere else.

    Args:
        base: address that the paths are put behind.
        who: asks.
        token: name of the header for ``who``'s token, and what stands before the token in it;
            without a token, user and password are sent.
        headers: sent with every request.
    """

    def __init__(
        self,
        base: str,
        who: Credentials,
        *,
        token: tuple[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        parts = _split(base)
        if parts.scheme not in ("http", "https"):
            raise UsageError(f"{base}: an address with http:// or https:// is expected")
        self.base = base
        #: For messages: a query may hold a key.
        self.name = f"{parts.scheme}://{parts.netloc}{parts.path}"
        self._who = who
        self._session = _session(base, who, token, headers or {})
        self._ends: float | None = None

    def ask(
        self, method: str, path: str, *, missing: bool = False, page: bool = False, **options: Any
    ) -> Answer | None:
        """An answer, or None where nothing is there and ``missing`` allows it.

        Args:
            method: as of ``requests``.
            path: behind the base, or a whole address.
            options: as of ``requests``.
            missing: whether "not found" is an answer.
            page: whether a web page is an answer.

        Raises:
            UnavailableError: no answer in time, or one that says "not now".
            ConflictError: changed by somebody else in between.
            TrackerError: refused, too long, a web page, or sent on to another server.
        """
        url = path if "://" in path else self.base + path
        answer, reason = self._answered(method, url, **options)
        if answer.status in _OK:
            if answer.is_page and answer.content and not page:
                advice = "is it a portal that wants a login? Open the address in a browser first"
                raise TrackerError(f"{self.name}: a web page came as the answer; {advice}")
            return answer
        if answer.status == 404 and missing:
            return None
        raise self._refusal(answer, reason)

    def json(self, method: str, path: str, **options: Any) -> Any:
        """An answer's JSON; errors as in :meth:`ask`."""
        answer = self.ask(method, path, **options)
        try:
            return json.loads(answer.content) if answer is not None and answer.content else None
        except (ValueError, RecursionError) as error:
            raise TrackerError(f"{self.name}: the answer is no JSON") from error

    def _answered(self, method: str, url: str, **options: Any) -> tuple[Answer, str]:
        import requests

        seconds = self._seconds()
        try:
            with _cut_off(self._session, seconds) as late:
                answer = self._session.request(
                    method,
                    url,
                    timeout=_TIMEOUT,
                    allow_redirects=method == "GET",
                    stream=True,
                    **options,
                )
                with answer:
                    content = self._content(answer)
                if late.is_set():  # a body without a length seems whole when it is cut off
                    raise requests.Timeout
        except _ElsewhereError as error:
            own = "credentials go to the address that you gave alone"
            advice = "if it is right, give its address"
            message = f"{self.name}: sent on to {error}, another server; {own}; {advice}"
            raise TrackerError(self._who.masked(message)) from None
        except (requests.RequestException, OSError, ValueError) as error:
            why = f"no whole answer in {seconds:.0f} s" if late.is_set() else "no answer"
            told = f"{self.name}: {why} ({type(error).__name__})"
            raise UnavailableError(told) from error
        return Answer(answer.status_code, answer.headers, content), answer.reason or ""

    def _seconds(self) -> float:
        """How long a request may take."""
        run = LIMITS["RUN_SECONDS"]
        now = time.monotonic()
        self._ends = self._ends or now + run.value
        if now >= self._ends:
            advice = f"the same command goes on where it was; or set {run.name} higher"
            raise TrackerError(f"{self.name}: more than {run.value} s in all; {advice}")
        return min(LIMITS["REQUEST_SECONDS"].value, self._ends - now)

    def _content(self, answer: requests.Response) -> bytes:
        most = LIMITS["ANSWER_MB"]
        if "," in answer.headers.get("Content-Encoding", ""):
            raise TrackerError(f"{self.name}: the answer is packed several times over")
        pieces, size = [], 0
        for piece in answer.iter_content(_PIECE):
            size += len(piece)
            if size > most.value << 20:
                message = f"{self.name}: the answer has more than {most.value} MiB; {most.advice}"
                raise TrackerError(message)
            pieces.append(piece)
        return b"".join(pieces)

    def _refusal(self, answer: Answer, reason: str) -> TrackerError:
        status = answer.status
        # Masked before it is made one line, which may change the blanks in a secret.
        said = self._who.masked(answer.content[:_PIECE].decode("utf-8", "replace"))
        said = f"{reason} {' '.join(said.split())[:_LONGEST_ANSWER]}".strip()
        message = self._who.masked(f"{self.name}: {status} {said}".strip())
        if status in _NOT_NOW:
            return UnavailableError(message)
        if status in _STALE:
            return ConflictError(message)
        if status == _WRONG:
            return RejectedError(message)
        if status in _UNAUTHORISED:
            names = "SPEECHMINE_USER and SPEECHMINE_PASSWORD or SPEECHMINE_TOKEN"
            return TrackerError(f"{self.name}: {status}: not allowed; check {names}")
        if status in _ELSEWHERE:
            where = self._who.masked(_without_query(answer.headers.get("Location", "")))
            return TrackerError(f"{self.name}: {status}: sent on to {where}; give that address")
        return TrackerError(message)


class _ElsewhereError(Exception):
    """A request that would leave the server; says which one it would go to."""


def _without_query(url: str) -> str:
    return re.split(r"[?#]", url, maxsplit=1)[0][:_LONGEST_ANSWER]


def _origin(url: str) -> str:
    """Scheme, host and port, read as the library that connects reads them."""
    from urllib3.util import parse_url

    parts = parse_url(url)
    scheme = (parts.scheme or "").lower()
    port = parts.port or {"http": 80, "https": 443}.get(scheme)
    return f"{scheme}://{(parts.host or '').lower()}:{port}"


def _session(
    base: str, who: Credentials, token: tuple[str, str] | None, headers: Mapping[str, str]
) -> requests.Session:
    import requests
    from requests.auth import HTTPBasicAuth

    try:
        home = _origin(requests.Request("GET", base).prepare().url or "")
    except (requests.RequestException, ValueError) as error:
        raise UsageError(f"{base}: this is no address ({type(error).__name__})") from error

    class Session(requests.Session):
        """Every request goes through ``send``, those of redirects too."""

        def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
            there = _origin(request.url or "")
            if there != home:
                raise _ElsewhereError(there)
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
def _cut_off(session: requests.Session, seconds: float) -> Iterator[threading.Event]:
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
