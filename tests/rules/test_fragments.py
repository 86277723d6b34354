"""Pieces of patterns: written once, taken in by name."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from speechmine.rules.loader import default_rules, load_rules

DATA = files("speechmine.rules") / "data"
SOURCES = {
    path.name: path.read_text(encoding="utf-8")
    for path in DATA.iterdir()
    if path.name.endswith(".toml")
}
FRAGMENTS = {name: tomllib.loads(said).get("fragments", {}) for name, said in SOURCES.items()}
SHARED = FRAGMENTS["fragments.toml"]
# A shorter one says little enough to be written out.
_LONG = 12


def test_no_piece_is_written_in_two_tables() -> None:
    written = Counter(
        pattern for own in FRAGMENTS.values() for pattern in own.values() if len(pattern) > _LONG
    )
    assert [pattern for pattern, count in written.items() if count > 1] == []


@pytest.mark.parametrize("name", sorted(SHARED))
def test_a_shared_piece_is_taken_in_by_a_table(name: str) -> None:
    users = [file for file, said in SOURCES.items() if f"{{{name}}}" in said]
    assert users
    if len(SHARED[name]) > _LONG:
        spelled_out = [f for f, said in SOURCES.items() if SHARED[name] in said]
        assert spelled_out == ["fragments.toml"]


def test_an_overlay_takes_shared_pieces_in(tmp_path) -> None:
    (tmp_path / "roles.toml").write_text(
        "[[rule]]\nid = 'role.mine'\nvalue = 'lead'\nside = 'before'\n"
        "pattern = '{modal}挂图作战'\n",
        encoding="utf-8",
    )
    added = next(r for r in load_rules(tmp_path).table("roles") if r.id == "role.mine")
    assert added.pattern == f"(?:{SHARED['modal']})挂图作战"


def test_fragments_hold_no_rules() -> None:
    assert default_rules().table("fragments") == ()
