"""Requests to a tracker: who asks, where to, how long to wait, what an answer means."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from speechmine.errors import UsageError
from speechmine.limits import LIMITS
from speechmine.trackers.credentials import Credentials, split_address
from speechmine.trackers.session import ElsewhereError, cut_off, session_to
from speechmine.trackers.sink import ConflictError, RejectedError, TrackerError, UnavailableError

if TYPE_CHECKING:
    import requests

__all__ = ["Answer", "Http"]

_TIMEOUT = (10, 60)
_LONGEST_ANSWER = 300
_PIECE = 1 << 16
_OK = range(200, 300)
_ELSEWHERE = range(300, 400)
#: Answers that mean "not now"; the work may have been done all the same.
_NOT_NOW = frozenset({408, 425, 429, 500, 502, 503, 504})
_UNAUTHORISED = frozenset({401, 403})
_STALE = frozenset({409, 412})
_WRONG = 422


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
        parts = split_address(base)
        if parts.scheme not in ("http", "https"):
            raise UsageError(f"{base}: an address with http:// or https:// is expected")
        self.base = base
        #: For messages: a query may hold a key.
        self.name = f"{parts.scheme}://{parts.netloc}{parts.path}"
        self._who = who
        self._session = session_to(base, who, token, headers or {})
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
            with cut_off(self._session, seconds) as late:
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
        except ElsewhereError as error:
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
        where = self._who.masked(_without_query(answer.headers.get("Location", "")))
        if status in _ELSEWHERE and where:
            return TrackerError(f"{self.name}: {status}: sent on to {where}; give that address")
        return TrackerError(message)


def _without_query(url: str) -> str:
    return re.split(r"[?#]", url, maxsplit=1)[0][:_LONGEST_ANSWER]
