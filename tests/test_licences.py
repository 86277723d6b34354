"""What is installed with speechmine may be used by anybody, in programs of any licence."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("licences", ROOT / "scripts" / "licences.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_licence_is_passed_on_and_all_are_listed(script: ModuleType) -> None:
    found = script.licences()
    assert list(script.passed_on(found)) == []
    told = (ROOT / "DEPENDENCIES.md").read_text(encoding="utf-8")
    assert [name for name in found if f"| {name} | " not in told] == []
    assert {"requests", "lxml", "urllib3", "spacy"} <= set(found)


@pytest.mark.parametrize(
    ("licence", "passes"),
    [
        ("GPL-3.0-or-later", True),
        ("GNU General Public License (GPL)", True),
        ("AGPLv3", True),
        ("GNU Affero General Public License v3", True),
        ("LGPL-2.1", False),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("MIT", False),
    ],
)
def test_which_licences_are_passed_on(licence: str, passes: object, script: ModuleType) -> None:
    assert bool(list(script.passed_on({"a": licence}))) is passes
