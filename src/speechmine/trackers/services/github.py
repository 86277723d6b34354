"""Tasks as issues of a GitHub repository (REST, version 2022-11-28).

The identifier and the hash of our fields stand in a remark of the body that is not shown; a
label finds the issues. GitHub's issues have no due day: it stands in the text.
Built to the documented shapes and tested against recorded ones, not against GitHub.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from speechmine.errors import UsageError
from speechmine.trackers.answers import read_pages, text_in
from speechmine.trackers.credentials import Credentials, credentials_for
from speechmine.trackers.http import Http
from speechmine.trackers.items import Item, content_hash
from speechmine.trackers.options import TrackerOptions
from speechmine.trackers.sink import ConflictError, Remote

__all__ = ["GitHub", "open_github"]

_LABEL = "speechmine"
_PAGE = 100
_API = "https://api.github.com"
_MARK = re.compile(r"\n*<!-- speechmine (\S+) (\w+) -->\s*$")
_NAME = re.compile(r"[\w.-]+/[\w.-]+")


def open_github(
    where: str,
    options: TrackerOptions,  # noqa: ARG001  # an office profile says nothing of it
) -> GitHub:
    """The repository of a name.

    Raises:
        UsageError: there is none at this address.
    """
    return GitHub(where, credentials_for(_API))


class GitHub:
    """A repository: ``owner/name``; ``api`` is another address than GitHub's own."""

    def __init__(self, repository: str, credentials: Credentials, *, api: str = _API) -> None:
        if not _NAME.fullmatch(repository):
            raise UsageError(f"{repository}: a repository is expected: owner/name")
        headers = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
        who = Credentials(token=credentials.token)
        self._http = Http(api, who, token=("Authorization", "Bearer "), headers=headers)
        self._issues = f"/repos/{repository}/issues"

    def list(self) -> Iterable[Remote]:
        """Every issue with our label, closed ones too."""
        return tuple(self._listed())

    def find(self, item_id: str) -> Remote | None:
        """One of them; GitHub's search lags behind, so the list is read, the newest first."""
        return next((remote for remote in self._listed() if remote.id == item_id), None)

    def create(self, item: Item) -> bool:
        """A new open issue."""
        body = {**_issue_body(item), "labels": [_LABEL, *item.labels]}
        made = _remote(self._http.json("POST", self._issues, json=body))
        return made is not None and made.id == item.id

    def update(self, item: Item, remote: Remote) -> None:
        """Title and body; state, labels, people stay."""
        latest = _remote(self._http.json("GET", f"{self._issues}/{remote.ref}"))
        if latest is None or latest.version != remote.version:
            raise ConflictError(f"{self._http.name}: issue {remote.ref} was changed in between")
        self._http.json("PATCH", f"{self._issues}/{remote.ref}", json=_issue_body(item))

    def _listed(self) -> Iterator[Remote]:
        yield from filter(None, map(_remote, read_pages(self._page, self._http.name)))

    def _page(self, start: int) -> tuple[object, int]:
        """Entries from a place on; a full page means that there is another one."""
        where = {"state": "all", "labels": _LABEL, "per_page": _PAGE, "page": start // _PAGE + 1}
        found = self._http.json("GET", self._issues, params=where)
        length = len(found) if isinstance(found, list) else 0
        return found, start + length + (length == _PAGE)


def _issue_body(item: Item) -> dict[str, Any]:
    due = f"\n最迟日期：{item.due}" if item.due else ""
    mark = f"\n\n<!-- speechmine {item.id} {item.hash} -->"
    return {"title": item.title, "body": f"{item.text}{due}{mark}"}


def _remote(issue: object) -> Remote | None:
    if not isinstance(issue, dict) or "pull_request" in issue:
        return None
    body = text_in(issue.get("body")).replace("\r\n", "\n")
    mark = _MARK.search(body)
    ref = text_in(issue.get("number"))
    if mark is None or not ref.isdecimal():
        return None
    text, _, due = body[: mark.start()].partition("\n最迟日期：")
    now = content_hash(text_in(issue.get("title")), text, due.strip() or None)
    return Remote(mark[1], ref, mark[2], now, text_in(issue.get("updated_at")))
