"""Workbenches for the tests: a real server on loopback, a real browser in front of it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import pytest
import requests

from servers import start_bench
from workbench_samples import SPEECH

_numbers = itertools.count()


@dataclass
class Client:
    """A program that talks to a workbench."""

    url: str

    def add(self, text=SPEECH, name=None, date="2024-05-10"):
        """Key of a text that is taken in."""
        name = name or f"text{next(_numbers)}.txt"
        files = {"file": (name, text.encode())}
        answer = requests.post(f"{self.url}/texts", files=files, data={"date": date}, timeout=120)
        assert answer.ok, answer.text
        return answer.json()["key"]

    def get(self, path, **named):
        answer = requests.get(f"{self.url}/api/{path}", params=named, timeout=60)
        assert answer.ok, answer.text
        return answer.json()

    def tasks(self, key):
        return self.get(f"texts/{key}", mode="full")["tasks"]

    def task(self, key, words):
        (found,) = [task for task in self.tasks(key) if words in task["text"]]
        return found

    def actions(self, key):
        return [decision["action"] for decision in self.get(f"texts/{key}/decisions")]

    def do(self, key, action, reader="王芳", **fields):
        body = {"action": action, "reader": reader, **fields}
        return requests.post(f"{self.url}/api/texts/{key}/decisions", json=body, timeout=60)


@pytest.fixture(scope="session")
def client(tmp_path_factory):
    server = start_bench(tmp_path_factory.mktemp("bench"))
    yield Client(server.url)
    server.kill()


@pytest.fixture
def visit(browser, client):
    """Opens pages of the workbench as a reader; nothing may go wrong or out in the browser."""
    faults: list[str] = []
    hosts: set[str] = set()
    contexts = []

    def open_page(path, reader="王芳", width=1280, base=None):
        context = browser.new_context(
            accept_downloads=True, viewport={"width": width, "height": 860}
        )
        contexts.append(context)
        url = base or client.url
        named = reader.encode().hex(" ").upper().split()
        value = "%" + "%".join(named)
        context.add_cookies([{"name": "reader", "value": value, "url": url}])
        page = context.new_page()
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
        page.goto(url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
    assert all(host.startswith("127.0.0.1:") or host == "" for host in hosts)
