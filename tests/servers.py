"""Real trackers on loopback, started and stopped by the tests."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

__all__ = [
    "ITEMS",
    "Server",
    "free_port",
    "postgresql_server",
    "redmine_server",
    "start_bench",
    "start_radicale",
]

from speechmine.trackers import Item

_REDMINE = Path(__file__).parent.parent / ".ci" / "redmine"
_CONFIG = """[server]
hosts = 127.0.0.1:{port}
[auth]
type = htpasswd
htpasswd_filename = {folder}/users
htpasswd_encryption = plain
[storage]
filesystem_folder = {folder}/collections
[logging]
level = error
"""
ITEMS = tuple(
    Item(
        f"t-{n:012x}",
        f"完成第{n}项工程",
        f"县住建局要完成第{n}项工程；含逗号,分号;和“引号”。\n责任单位：县住建局\n编号：t-{n:012x}",
        f"2024-{n % 12 + 1:02d}-15" if n % 3 else None,
        "2024-03-01",
        ("城乡建设",) if n % 2 else (),
    )
    for n in range(200)
)


@dataclass
class Server:
    """A server that can be killed and started again."""

    url: str
    process: subprocess.Popen[str]

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def start_radicale(folder: Path, port: int) -> Server:
    """A Radicale of its own: user 县督查室, password 密码:x."""
    (folder / "users").write_text("duban:secret\n", encoding="utf-8")
    (folder / "config").write_text(_CONFIG.format(port=port, folder=folder), encoding="utf-8")
    command = [sys.executable, "-m", "radicale", "--config", str(folder / "config")]
    process = subprocess.Popen(command, text=True, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    for _ in range(1200):
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(f"{url}/.web/", timeout=5).close()
            return Server(url, process)
        time.sleep(0.1)
    process.kill()
    raise RuntimeError("Radicale does not start")


def start_bench(folder: Path, *options: str, port: int | None = None, **more: str) -> Server:
    """A workbench over a folder, with its store in it."""
    chosen = port or free_port()
    command = [sys.executable, "-m", "speechmine", "serve", str(folder), "--no-browser"]
    environment = {**os.environ, **more}
    log = folder.with_name(f"{folder.name}.log")
    with log.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(
            [*command, "--port", str(chosen), *options], stderr=stream, env=environment, text=True
        )
    for _ in range(1200):
        said = log.read_text(encoding="utf-8")
        if "\n" in said and said.startswith("speechmine: http"):
            url = said.split()[1]
            try:
                urllib.request.urlopen(url, timeout=20).close()
            except urllib.error.HTTPError:
                return Server(url.partition("?")[0].rstrip("/"), process)
            except (urllib.error.URLError, ConnectionError):
                pass
            else:
                return Server(url.partition("?")[0].rstrip("/"), process)
        elif process.poll() is not None:
            raise RuntimeError(said)
        time.sleep(0.1)
    process.kill()
    raise RuntimeError("the workbench does not start")


@contextlib.contextmanager
def redmine_server(**environment: str) -> Iterator[dict[str, object]]:
    """Debian's Redmine with a fresh database; skips where it is not installed.

    ``BASE``: a folder for the database, which a second start goes on with; ``PORT``.
    """
    if subprocess.run([str(_REDMINE), "--check"], check=False).returncode:
        pytest.skip("Redmine is not installed (.ci/redmine --install, root on Debian)")
    process = subprocess.Popen(
        [str(_REDMINE)],
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **environment},
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    try:
        yield json.loads(line)
    finally:
        process.communicate(timeout=60)


@contextlib.contextmanager
def postgresql_server() -> Iterator[str]:
    """A PostgreSQL of its own on loopback, from Debian's package; skips where it is not installed.

    The server refuses to run as root, who then lends it the account that the package makes. Its
    folder is its own: another run of pytest closes the folder that they share to other accounts.
    """
    with tempfile.TemporaryDirectory(prefix="speechmine-", ignore_cleanup_errors=True) as folder:
        yield from _postgresql_in(Path(folder))


def _postgresql_in(folder: Path) -> Iterator[str]:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    programs, port = found[-1].parent, free_port()
    data, password = folder / "data", folder / "password"
    data.mkdir()
    password.write_text("geheim", encoding="utf-8")
    account: list[str] = []
    if os.geteuid() == 0:
        if subprocess.run(["id", "postgres"], capture_output=True, check=False).returncode:
            pytest.skip("PostgreSQL does not run as root, and there is no account `postgres`")
        account = ["runuser", "-u", "postgres", "--"]
        folder.chmod(0o755)
        shutil.chown(data, "postgres")
        password.chmod(0o644)

    def run(*command: str | Path) -> None:
        subprocess.run([*account, *command], check=True, stdout=subprocess.DEVNULL, cwd=data)

    how = ["--auth=scram-sha-256", "--username=duban", "--encoding=UTF8"]
    run(programs / "initdb", "-N", "-D", data, f"--pwfile={password}", *how)
    places = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories="
    control = (programs / "pg_ctl", "-D", data, "-w")
    run(*control, "-l", data / "log", "-o", f"{places} -c fsync=off", "start")
    try:
        yield f"postgresql://duban:geheim@127.0.0.1:{port}/postgres"
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):  # it may be gone already
            run(*control, "-m", "immediate", "stop")
