"""The fast tier, ``pytest -m "not slow"``, leaves out what its list names, and that is there."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent


def test_what_the_list_of_slow_tests_names_is_there(pytestconfig: pytest.Config) -> None:
    (listed,) = (
        plugin.SLOW
        for plugin in pytestconfig.pluginmanager.get_plugins()
        if getattr(plugin, "SLOW", None) is not None
    )
    for name in listed:
        file, _, test = name.partition("::")
        assert (HERE / file).exists(), name
        assert not test or f"def {test}" in (HERE / file).read_text(encoding="utf-8"), name
