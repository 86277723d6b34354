"""Tasks as issues of a GitHub repository (REST, version 2022-11-28).

The identifier and the hash of our fields stand in a remark of the body that is not shown; a
label finds the issues. GitHub's issues have no due day: it stands in the text.
Built to the documented shapes and tested against recorded ones, not against GitHub.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from speechmine.errors import UsageError
from speechmine.trackers.http import Credentials, Http
from speechmine.trackers.items import Item, content_hash
from speechmine.trackers.sink import ConflictError, Remote, TrackerError

__all__ = ["GitHub"]

_LABEL = "speechmine"
_PAGE = 100
_API = "https://api.github.com"
_MARK = re.compile(r"\n*<!-- speechmine (\S+) (\w+) -->\s*$")
_NAME = re.compile(r"[\w.-]+/[\w.-]+")


class GitHub:
    """A repository: ``owner/name``; ``api`` is another address than GitHub's own."""

    def __init__(self, repository: str, credentials: Credentials, *, api: str = _API) -> None:
        if not _NAME.fullmatch(repository):
            raise UsageError(f"{repository}: a repository is expected: owner/name")
        headers = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
        if credentials.token:
            headers["Authorization"] = f"Bearer {credentials.token}"
        self._http = Http(api, headers=headers, basic=None)
        self._issues = f"/repos/{repository}/issues"

    def list(self) -> Iterable[Remote]:
        """Every issue with our label, closed ones too."""
        found: list[Remote] = []
        for page in range(1, 1000):
            where = {"state": "all", "labels": _LABEL, "per_page": _PAGE, "page": page}
            answer = self._http.json("GET", self._issues, params=where)
            if not isinstance(answer, list):
                raise TrackerError(f"{self._http.base}: the answer is no list of issues")
            found += filter(None, map(_remote, answer))
            if len(answer) < _PAGE:
                break
        return tuple(found)

    def find(self, item_id: str) -> Remote | None:
        """One of them; GitHub's search lags behind, so the list is read."""
        return next((remote for remote in self.list() if remote.id == item_id), None)

    def create(self, item: Item) -> None:
        """A new open issue."""
        body = {**_said(item), "labels": [_LABEL, *item.labels]}
        self._http.json("POST", self._issues, json=body)

    def update(self, item: Item, remote: Remote) -> None:
        """Title and body; state, labels, people stay."""
        latest = _remote(self._http.json("GET", f"{self._issues}/{remote.ref}"))
        if latest is None or latest.version != remote.version:
            raise ConflictError(f"{self._http.base}: issue {remote.ref} was changed in between")
        self._http.json("PATCH", f"{self._issues}/{remote.ref}", json=_said(item))


def _said(item: Item) -> dict[str, Any]:
    due = f"\n最迟日期：{item.due}" if item.due else ""
    mark = f"\n\n<!-- speechmine {item.id} {item.hash} -->"
    return {"title": item.title, "body": f"{item.text}{due}{mark}"}


def _remote(issue: dict[str, Any]) -> Remote | None:
    body = (issue.get("body") or "").replace("\r\n", "\n")
    mark = _MARK.search(body)
    if mark is None or "pull_request" in issue:
        return None
    text, _, due = body[: mark.start()].partition("\n最迟日期：")
    now = content_hash(issue.get("title") or "", text, due.strip() or None)
    ref, version = str(issue["number"]), str(issue.get("updated_at", ""))
    return Remote(mark[1], ref, mark[2], now, version)
