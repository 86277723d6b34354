"""Who asks a tracker: read from the environment or the keyring, and never shown."""

from __future__ import annotations

import base64
import html
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

from speechmine.errors import UsageError

__all__ = ["Credentials", "credentials_for", "split_address"]

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
        forms = {form for secret in self._secrets() for form in _written_forms(secret)}
        if not forms:
            return text
        longest_first = sorted(forms, key=len, reverse=True)
        return re.sub("|".join(map(re.escape, longest_first)), _HIDDEN, text, flags=re.IGNORECASE)

    def _secrets(self) -> Iterator[str]:
        yield from filter(None, (self.password, self.token))
        if self.password:
            yield f"{self.user}:{self.password}"


def _written_forms(secret: str) -> Iterator[str]:
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
    parts = split_address(url)
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


def split_address(url: str) -> SplitResult:
    """The parts of an address.

    Raises:
        UsageError: it is none.
    """
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
