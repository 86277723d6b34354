"""What can be shown of Windows and macOS on any machine: no POSIX-only call, spawned processes."""

from __future__ import annotations

import ast
import json
import multiprocessing
import ntpath
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import speechmine

SOURCES = sorted(Path(speechmine.__file__).parent.rglob("*.py"))
#: Modules and names that Windows does not have.
POSIX_MODULES = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
POSIX_NAMES = {
    "os": set(
        "chown chroot ctermid fchmod fchown fork forkpty getegid geteuid getgid getgroups "
        "getloadavg getpgid getpgrp getsid getuid initgroups killpg lchown mkfifo mknod nice "
        "openpty posix_spawn pread pwrite sched_getaffinity "
        "setegid seteuid setgid setpgid setsid setuid "
        "statvfs sync tcgetpgrp ttyname uname wait wait3 wait4 O_NOFOLLOW O_NONBLOCK "
        "O_DIRECTORY".split()
    ),
    "signal": set(
        "SIGKILL SIGHUP SIGALRM SIGUSR1 SIGUSR2 SIGPIPE SIGCHLD SIGQUIT alarm setitimer pause "
        "pthread_kill sigwait".split()
    ),
    "time": {"tzset"},
}
#: Folders of one system; ``strftime`` flags of one C library.
POSIX_TEXTS = re.compile(r"^/(?:tmp|dev|proc|etc|usr|var)(?:/|$)|%-[a-zA-Z]")
#: Where the system would choose the encoding, with the arguments before it.
OPENERS = {"read_text": 0, "write_text": 1}


def tree_of(path: Path) -> ast.AST:
    return ast.parse(path.read_text(encoding="utf-8"))


def guarded(tree: ast.AST) -> set[ast.AST]:
    """What stands under ``if sys.platform ...``, ``if os.name ...`` or ``hasattr(os, ...)``."""
    found: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.If | ast.IfExp) and re.search(
            r"sys\.platform|os\.name|hasattr\(", ast.unparse(node.test)
        ):
            found.update(ast.walk(node))
    return found


def posix_only(path: Path) -> Iterator[str]:
    tree = tree_of(path)
    allowed = guarded(tree)
    for node in ast.walk(tree):
        if node not in allowed:
            yield from (f"{path.name}:{node.lineno} {what}" for what in of_posix(node))  # type: ignore[attr-defined]


def of_posix(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import() | ast.ImportFrom():
            names = {alias.name for alias in node.names} | {getattr(node, "module", None)}
            yield from map(str, names & POSIX_MODULES)
        case ast.Attribute(value=ast.Name(id=module), attr=name):
            if name in POSIX_NAMES.get(module, ()):
                yield f"{module}.{name}"
        case ast.Constant(value=str(text)):
            if POSIX_TEXTS.search(text):
                yield repr(text[:30])


def without_encoding(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            named = {word.arg for word in node.keywords}
            before = OPENERS.get(node.func.attr)
            if before is not None and "encoding" not in named and len(node.args) <= before:
                yield f"{path.name}:{node.lineno} {node.func.attr}"


def test_no_call_that_only_posix_has() -> None:
    assert not [fault for path in SOURCES for fault in posix_only(path)]


def test_texts_are_read_and_written_in_an_encoding_that_is_named() -> None:
    assert not [fault for path in SOURCES for fault in without_encoding(path)]


@pytest.mark.parametrize(
    "code",
    ["import fcntl", "import os\nos.fork()", "import signal\nsignal.SIGKILL", "open('/tmp/x')"],
)
def test_the_look_sees_what_it_looks_for(code: str, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(code, encoding="utf-8")
    assert len(list(posix_only(tmp_path / "a.py"))) == 1


def test_what_is_guarded_may_stand(tmp_path: Path) -> None:
    code = "import os\nif os.name == 'posix':\n    os.fork()\n"
    (tmp_path / "a.py").write_text(code, encoding="utf-8")
    assert not list(posix_only(tmp_path / "a.py"))


def test_files_of_the_package_have_names_that_every_system_takes() -> None:
    names = [path.relative_to(SOURCES[0].parent) for path in SOURCES[0].parent.rglob("*")]
    lower = [str(name).lower() for name in names]
    assert len(lower) == len(set(lower))
    reserved = re.compile(r"^(?i:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$|[<>:\"|?*]|[ .]$")
    assert not [part for name in names for part in name.parts if reserved.search(part)]
    assert max(len(ntpath.join("C:\\", str(name))) for name in names) < 200


@pytest.mark.parametrize("mark", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_give_the_same_tasks(mark: str, tmp_path: Path) -> None:
    lines = [
        "一、抓防汛",
        "各镇要在6月底前建立防汛台账。",
        "二、抓防火",
        "区林业局要备足物资500件。",
    ]
    (tmp_path / "a.txt").write_bytes(mark.join(lines).encode("utf-8-sig"))
    result = speechmine.extract(speechmine.read(tmp_path / "a.txt"), date="2024-02-01")
    assert [task.text for task in result.tasks] == [
        "各镇要在6月底前建立防汛台账",
        "区林业局要备足物资500件",
    ]


@pytest.mark.slow
def test_a_batch_gives_the_same_where_processes_are_spawned(tmp_path: Path) -> None:
    """As on Windows and macOS: nothing is handed over by fork."""
    for n in range(3):
        text = f"各镇要在{n + 3}月底前建立防汛台账。"
        (tmp_path / f"讲话{n}.txt").write_text(text, encoding="utf-8")
    code = (
        "import multiprocessing, sys\n"
        "if __name__ == '__main__':\n"
        "    multiprocessing.set_start_method('spawn')\n"
        "    from speechmine.cli import main\n"
        "    sys.argv[0] = 'speechmine'\n"
        "    main()\n"
    )
    (tmp_path / "run.py").write_text(code, encoding="utf-8")
    outs = []
    for workers in (1, 2):
        out = tmp_path / f"out{workers}.jsonl"
        command = [sys.executable, str(tmp_path / "run.py"), "extract"]
        command += [str(path) for path in sorted(tmp_path.glob("讲话*.txt"))]
        command += ["-o", str(out), "--workers", str(workers), "--check"]
        subprocess.run(command, check=True, capture_output=True)
        outs.append(out.read_text(encoding="utf-8"))
    assert outs[0] == outs[1]
    assert [len(json.loads(line)["tasks"]) for line in outs[0].splitlines()] == [1, 1, 1]
    assert "spawn" in multiprocessing.get_all_start_methods()
