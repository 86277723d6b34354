"""Push to a real Redmine on loopback."""

from __future__ import annotations

import dataclasses
import os
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from speechmine.trackers import Item, TrackerError, push
from speechmine.trackers.credentials import Credentials
from speechmine.trackers.services.redmine import Redmine

from servers import ITEMS, free_port, redmine_server


@pytest.fixture(scope="module")
def redmine() -> Iterator[dict[str, Any]]:
    with redmine_server() as found:
        yield found


def sink(redmine: dict[str, Any], project: str = "") -> Redmine:
    url = f"{redmine['url']}/projects/{project or redmine['project']}"
    return Redmine(url, Credentials(token=redmine["key"]))


def counted(redmine: dict[str, Any], items: object) -> Counter[str]:
    return Counter(o.action for o in push(items, sink(redmine)))  # type: ignore[arg-type]


def people_write(redmine: dict[str, Any], item: Item, **fields: object) -> str:
    remote = sink(redmine).find(item.id)
    assert remote is not None
    url = f"{redmine['url']}/issues/{remote.ref}.json"
    headers = {"X-Redmine-API-Key": redmine["key"]}
    requests.put(url, json={"issue": fields}, headers=headers, timeout=60).raise_for_status()
    return url


def test_200_issues_twice_with_people_s_changes_between(redmine: dict[str, Any]) -> None:
    assert counted(redmine, ITEMS) == {"created": 200}
    assert counted(redmine, ITEMS) == {"unchanged": 200}
    state = redmine["states"][1][0]
    url = people_write(redmine, ITEMS[0], status_id=state, done_ratio=40, notes="已现场查看")
    people_write(redmine, ITEMS[1], subject="完成第一项工程（改）")
    closed = redmine["states"][-1][0]
    people_write(redmine, ITEMS[2], status_id=closed)
    revised = [dataclasses.replace(item, due="2025-01-31") for item in ITEMS[:2]]
    assert counted(redmine, [*revised, *ITEMS[2:]]) == {
        "updated": 1,
        "conflict": 1,
        "unchanged": 198,
    }
    headers = {"X-Redmine-API-Key": redmine["key"]}
    issue = requests.get(url, headers=headers, timeout=60).json()["issue"]
    assert (issue["status"]["id"], issue["done_ratio"]) == (state, 40)
    assert issue["due_date"] == "2025-01-31"
    assert issue["subject"] == ITEMS[0].title
    assert issue["description"].replace("\r\n", "\n") == ITEMS[0].text
    assert len(tuple(sink(redmine).list())) == 200


def test_a_server_killed_in_the_middle_and_restarted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("speechmine.trackers.pushing._WAIT", 0.0)
    monkeypatch.setattr("speechmine.trackers.pushing._SETTLED", 0.0)
    place = {"BASE": str(tmp_path), "PORT": str(free_port())}
    outcomes: Counter[str] = Counter()
    with redmine_server(**place) as found:
        for outcome in push(ITEMS, sink(found)):
            outcomes[outcome.action] += 1
            if outcomes.total() == 80:
                os.kill(int(str(found["pid"])), signal.SIGKILL)
    assert outcomes == {"created": 80, "failed": 120}
    with redmine_server(**place) as again:
        assert counted(again, ITEMS) == {"unchanged": 80, "created": 120}
        assert counted(again, ITEMS) == {"unchanged": 200}


def test_a_project_without_the_field_is_told_what_it_needs(redmine: dict[str, Any]) -> None:
    with pytest.raises(TrackerError, match="no custom field '外部编号'"):
        list(push(ITEMS[:1], sink(redmine, "bare")))


def test_a_wrong_key_is_named_without_it(redmine: dict[str, Any]) -> None:
    url = f"{redmine['url']}/projects/{redmine['project']}"
    fresh = dataclasses.replace(ITEMS[0], id="t-none")
    (outcome,) = push([fresh], Redmine(url, Credentials(token="falsch")))
    assert outcome.action == "failed"
    assert "not allowed" in outcome.reason
    assert "falsch" not in outcome.reason
