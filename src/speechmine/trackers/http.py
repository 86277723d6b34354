"""Requests to a tracker: who asks, how long to wait, what an answer means."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from speechmine.errors import UsageError
from speechmine.trackers.sink import ConflictError, TrackerError, UnavailableError

if TYPE_CHECKING:
    import requests

__all__ = ["Credentials", "Http", "credentials_for"]

_TIMEOUT = (10, 60)
_LONGEST_ANSWER = 300
_OK = range(200, 300)
#: Answers that mean "not now"; the work may have been done all the same.
_NOT_NOW = frozenset({408, 425, 429, 500, 502, 503, 504})
_UNAUTHORISED = frozenset({401, 403})
_STALE = frozenset({409, 412})


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """Who asks: from the environment or the keyring, and never shown."""

    user: str = ""
    password: str = ""
    token: str = ""


def credentials_for(url: str) -> Credentials:
    """What the environment says, else the keyring; nothing where neither knows.

    ``SPEECHMINE_TOKEN``, or ``SPEECHMINE_USER`` and ``SPEECHMINE_PASSWORD``; in the keyring
    the service ``speechmine`` with the host as the name and ``user:password`` or a token.

    Raises:
        UsageError: the address itself holds a password.
    """
    parts = urlsplit(url)
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


class Http:
    """A session with one server."""

    def __init__(self, base: str, *, headers: dict[str, str], basic: Credentials | None) -> None:
        import requests
        from requests.auth import HTTPBasicAuth

        if urlsplit(base).scheme not in ("http", "https"):
            raise UsageError(f"{base}: an address with http:// or https:// is expected")
        self.base = base
        self._session = requests.Session()
        # Neither a proxy nor a .netrc of the machine decides where the tasks go.
        self._session.trust_env = False
        self._session.headers.update({"User-Agent": "speechmine", **headers})
        if basic is not None and (basic.user or basic.password):
            self._session.auth = HTTPBasicAuth(basic.user.encode(), basic.password.encode())

    def ask(
        self, method: str, path: str, *, missing: bool = False, **options: Any
    ) -> requests.Response | None:
        """An answer, or None where nothing is there and ``missing`` allows it.

        Raises:
            UnavailableError: no answer, or one that says "not now".
            ConflictError: changed by somebody else in between.
            TrackerError: refused.
        """
        import requests

        url = path if path.startswith("http") else self.base + path
        try:
            answer = self._session.request(
                method, url, timeout=_TIMEOUT, allow_redirects=method == "GET", **options
            )
        except requests.RequestException as error:
            raise UnavailableError(f"{self.base}: no answer ({type(error).__name__})") from error
        if answer.status_code in _OK:
            return answer
        if answer.status_code == 404 and missing:
            return None
        raise self._refusal(answer)

    def json(self, method: str, path: str, **options: Any) -> Any:
        """An answer's JSON; errors as in :meth:`ask`."""
        answer = self.ask(method, path, **options)
        try:
            return answer.json() if answer is not None and answer.content else None
        except ValueError as error:
            raise TrackerError(f"{self.base}: the answer is no JSON") from error

    def _refusal(self, answer: requests.Response) -> TrackerError:
        status = answer.status_code
        said = " ".join(answer.text.split())[:_LONGEST_ANSWER]
        message = f"{self.base}: {status} {answer.reason} {said}".strip()
        if status in _NOT_NOW:
            return UnavailableError(message)
        if status in _STALE:
            return ConflictError(message)
        if status in _UNAUTHORISED:
            names = "SPEECHMINE_USER and SPEECHMINE_PASSWORD or SPEECHMINE_TOKEN"
            return TrackerError(f"{self.base}: {status}: not allowed; check {names}")
        return TrackerError(message)
