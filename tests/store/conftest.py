"""Stores for the tests: a file, and a real PostgreSQL server where Debian's package is there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import speechmine
from speechmine.store import open_store

from servers import free_port

#: Debian keeps a server's programs out of the path.
_HOMES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
TEXT = (
    "同志们：\n"
    "一、抓好防汛\n"
    "请县水利局在6月底前修复2.7公里水毁堤防，备足物资。县应急局要每月开展一次演练。\n"
    "大家要提高认识。道理前面都讲过了。\n"
    "二、抓好教育\n"
    "县教育局牵头制定新增学位方案，县财政局配合，9月10日前完成。全年新增学位1200个。\n"
)


@pytest.fixture(scope="session")
def speech():
    document = speechmine.Document(TEXT, id="liuhe-2024", title="防汛讲话", date="2024-05-10")
    return speechmine.extract(document, mode="full")


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "office.db") as opened:
        yield opened


@pytest.fixture
def text(store, speech):
    return store.add_text(speech).key


@pytest.fixture(scope="session")
def postgres():
    """Address of a real server that is gone afterwards.

    Its folder is none of pytest's: another run beside this one would take away the rights that
    the server's user has in those.
    """
    if not _HOMES or not sys.platform.startswith("linux"):
        pytest.skip("no PostgreSQL server (apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="speechmine-pg-"))
    data, port = folder / "data", free_port()
    owner = _owner(folder)
    run = [str(_HOMES[0] / "initdb"), "-D", str(data), "-U", "duban", "-A", "trust", "-E", "UTF8"]
    subprocess.run([*owner, *run], check=True, capture_output=True, cwd=folder)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder}"
    control = [*owner, str(_HOMES[0] / "pg_ctl"), "-D", str(data), "-w"]
    log = ["-l", str(folder / "log")]
    subprocess.run(
        [*control, *log, "-o", options, "start"], check=True, cwd=folder, stdout=subprocess.DEVNULL
    )
    yield f"postgresql://duban@127.0.0.1:{port}/postgres"
    subprocess.run([*control, "-m", "immediate", "stop"], check=True, cwd=folder)
    shutil.rmtree(folder, ignore_errors=True)


def _owner(folder):
    """The server refuses to run as root."""
    if os.geteuid():
        return []
    if shutil.which("runuser") is None:
        pytest.skip("a PostgreSQL server does not run as root, and there is no runuser")
    shutil.chown(folder, "postgres")
    return ["runuser", "-u", "postgres", "--"]
