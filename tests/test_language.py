"""The command line speaks Chinese where the locale does; every message of it has its Chinese."""

from __future__ import annotations

import ast
import gettext
import importlib.util
import inspect
import os
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest
from rich.cells import cell_len

from ledger_files import LedgerFile, speech
from speechmine.cli import _COMMANDS, _cli
from speechmine.cli.language import DOMAIN, LOCALE, localized, set_language

ROOT = Path(__file__).parent.parent
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "scripts" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCRIPT = load()
CATALOG = SCRIPT.known()


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LANGUAGE", "zh")
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
    yield
    gettext.textdomain("messages")


def test_every_message_has_its_chinese() -> None:
    """``python scripts/messages.py`` collects new ones; their Chinese is written into the .po."""
    found = {message.id: SCRIPT.strings(message.string) for message in CATALOG if message.id}
    lacking = [message for message in SCRIPT.messages() if not all(found.get(message, ("",)))]
    assert lacking == []
    assert len(found) > 150
    assert all(CHINESE.search("".join(said)) for said in found.values())


def test_the_compiled_catalogue_is_that_of_the_sources() -> None:
    assert SCRIPT.PO.with_suffix(".mo").read_bytes() == SCRIPT.mo_bytes(CATALOG)


def fields(text: str) -> set[str]:
    try:
        return {name or "" for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return set()


def test_a_translation_fills_in_what_its_message_fills_in() -> None:
    for message in CATALOG:
        given = message.id if isinstance(message.id, tuple) else (message.id,)
        for said in SCRIPT.strings(message.string):
            known = {name for text in given for name in fields(text)}
            assert fields(said) <= known, message.id
            # Names of options, formats and files are the same in both.
            options = set(re.findall(r"--[a-z-]+|\.(?:xlsx|docx|ics|txt|json)\b", said))
            assert options <= set(re.findall(r"--[a-z-]+|\.[a-z]+\b", " ".join(given)))


MODULES = sorted((ROOT / "src" / "speechmine" / "cli").glob("*.py"))
#: What shows a message to people.
SHOWN = {"echo", "_say", "UsageError", "BadParameter"}


def literals(call: ast.Call) -> Iterator[str]:
    """Words of a call that nobody has marked."""
    for argument in call.args:
        parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
        yield from (
            p.value for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str)
        )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_message_is_shown_unmarked(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            inner = [c for c in ast.walk(node) if isinstance(c, ast.Call)]
            hidden = [c for c in inner if getattr(c.func, "id", "") == "_"]
            kept = [c for c in hidden if isinstance(c.args[0], ast.Constant)]
            assert not kept, f"line {node.lineno}: Babel does not see a message in an f-string"
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            said = " ".join(literals(node)).replace("speechmine: ", "") if name in SHOWN else ""
            said = re.sub(r"SPEECHMINE_[A-Z_]+|## .*\|---.*", "", said, flags=re.DOTALL)
            assert not re.search(r"[A-Za-z]{2}", said), f"line {node.lineno}: {said!r}"


CHOICES = [
    ({"SPEECHMINE_LANG": "zh"}, "zh"),
    ({"SPEECHMINE_LANG": "zh_CN", "LANG": "en_US.UTF-8"}, "zh"),
    ({"SPEECHMINE_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
    ({"LANG": "zh_CN.UTF-8"}, None),
    ({"LANG": "C.UTF-8"}, None),
]


@pytest.mark.parametrize(("given", "language"), CHOICES)
def test_our_own_variable_goes_before_the_locale(
    given: dict[str, str], language: str | None, chinese: None
) -> None:
    set_language(given)
    assert given.get("LANGUAGE") == language


def test_without_a_locale_the_system_is_asked(
    monkeypatch: pytest.MonkeyPatch, chinese: None
) -> None:
    for spoken, language in ((("Chinese (Simplified)_China", "936"), "zh"), ((None, None), "en")):
        monkeypatch.setattr("locale.getlocale", lambda spoken=spoken: spoken)
        known: dict[str, str] = {}
        set_language(known)
        assert known["LANGUAGE"] == language


@pytest.mark.parametrize("name", ["", *_COMMANDS])
def test_help_is_chinese_and_fits_the_terminal(name: str, chinese: None) -> None:
    root = localized(_cli)
    context = click.Context(root, info_name="speechmine", terminal_width=80)
    command = root.get_command(context, name) if name else root  # type: ignore[attr-defined]
    assert command is not None
    command._help_option = None  # Click keeps the one of the language before
    inner = command.context_class(command, info_name=name, parent=context, terminal_width=80)
    shown = command.get_help(inner)
    assert shown.startswith("用法：")
    assert not re.search(r"\b(the|with|and)\b", shown), "some of it is English still"
    assert max(map(cell_len, shown.splitlines()[1:])) <= 80


def test_help_stays_english_elsewhere() -> None:
    root = localized(_cli)
    assert root.help == inspect.cleandoc(str(_cli.help))
    assert root.get_help(click.Context(root)).startswith("Usage:")


def say(*words: str, **variables: str) -> str:
    places = {"PYTHONPATH": str(ROOT / "src"), **variables}
    environment = {**os.environ, "LANGUAGE": "", "LC_ALL": "", **places}
    done = subprocess.run(
        [sys.executable, "-m", "speechmine", *words],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "错误："),
        ({"LANG": "zh_TW.UTF-8"}, "错误："),
        ({"LANG": "C.UTF-8", "SPEECHMINE_LANG": "zh"}, "错误："),
        ({"LANG": "zh_CN.UTF-8", "SPEECHMINE_LANG": "en"}, "Error: "),
        ({"LANG": "C.UTF-8"}, "Error: "),
    ],
)
def test_messages_follow_the_locale(variables: dict[str, str], said: str, tmp_path: Path) -> None:
    assert said in say("extract", str(tmp_path), "--no-such", **variables)


def test_a_dry_run_says_what_will_be(tmp_path: Path) -> None:
    file = LedgerFile(tmp_path / "台账.xlsx", speech())
    (tmp_path / "rc").write_text("confirmation=off\n", encoding="utf-8")
    places = {"TASKRC": str(tmp_path / "rc"), "TASKDATA": str(tmp_path), "LANG": "zh_CN.UTF-8"}
    told = say("push", str(file.path), "--to", "taskwarrior:", "--dry-run", **places)
    if "not installed" in told:
        pytest.skip("Taskwarrior is not installed")
    assert "5 将新建" in told
    assert "将新建 完成东风水库除险加固" in told
