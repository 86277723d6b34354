"""The command as a user starts and ends it."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest
import requests
from click.testing import CliRunner

from speechmine.cli.serving import serve

from servers import free_port, start_bench

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--store", "mysql://a/b"], "SQLite and PostgreSQL"),
        (["--store", "missing/folder/a.db"], "cannot be opened"),
        (["--tracker", "foo:bar"], "a kind of tracker is expected"),
        (["--host", "203.0.113.9"], "choose another --port or --host"),
    ],
)
def test_what_cannot_be_had_is_said(tmp_path, monkeypatch, options, words):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(serve, ["--no-browser", "--port", str(free_port()), *options])
    assert done.exit_code == 2
    assert words in done.output


def test_a_weak_token_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("SPEECHMINE_SERVE_TOKEN", "short")
    done = CliRunner().invoke(serve, ["--no-browser", str(tmp_path)])
    assert done.exit_code == 2
    assert "SPEECHMINE_SERVE_TOKEN" in done.output


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_ctrl_c_ends_it_well(tmp_path):
    server = start_bench(tmp_path)
    assert requests.post(
        f"{server.url}/api/extract", json={"text": "请县水利局制定方案。"}, timeout=120
    ).ok
    listed = subprocess.run(
        ["pgrep", "-P", str(server.process.pid)], capture_output=True, text=True, check=False
    )
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(60) == 0
    said = tmp_path.with_name(f"{tmp_path.name}.log").read_text(encoding="utf-8")
    assert "every correction is kept" in said
    assert "Traceback" not in said
    for worker in listed.stdout.split():
        assert subprocess.run(["kill", "-0", worker], check=False, capture_output=True).returncode


def test_what_was_acknowledged_outlives_a_kill(tmp_path):
    port = free_port()
    said = {}
    server = start_bench(tmp_path, port=port)
    files = {"file": ("a.txt", "请县水利局制定方案。请县教育局修订办法。".encode())}
    key = requests.post(f"{server.url}/texts", files=files, timeout=120).json()["key"]
    (task, *_) = requests.get(f"{server.url}/api/texts/{key}", timeout=60).json()["tasks"]
    for round_ in range(1):
        for number in range(5):
            body = {"action": "accept", "reader": "王", "task": task["id"]}
            answer = requests.post(f"{server.url}/api/texts/{key}/decisions", json=body, timeout=60)
            said[round_, number] = answer.json()["seq"]
        server.kill()
        server = start_bench(tmp_path, port=port)
    kept = requests.get(f"{server.url}/api/texts/{key}/decisions", timeout=60).json()
    server.kill()
    assert [decision["seq"] for decision in kept] == sorted(said.values())
