"""What a manifest says of files holds for a folder, for single files and on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import speechmine
from speechmine.cli import _cli
from speechmine.errors import ReadError

GOAL = "今年的主要预期目标是：财政收入增长5%左右。市财政局要在6月底前制定方案。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three reports in a folder, one of a level that is none, with a manifest above."""
    reports = tmp_path / "local"
    reports.mkdir()
    levels = {"a": ("遵义", "city"), "b": ("海拉尔", "district"), "c": ("东河", "galaxy")}
    lines = []
    for name, (place, level) in levels.items():
        (reports / f"{name}.txt").write_text(GOAL, encoding="utf-8")
        record = {"file": f"local/{name}.txt", "place": place, "level": level, "year": 2024}
        lines.append(json.dumps(record, ensure_ascii=False))
    (tmp_path / "manifest.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return reports


EXPECTED = [("海拉尔区", "150702", "county", 2024), ("遵义市", "520300", "prefecture", 2024)]


def rows(panel) -> list[tuple[object, ...]]:
    columns = ["place", "place_code", "level", "year"]
    return sorted(tuple(row) for row in panel[columns].to_numpy().tolist())


def test_a_folder_and_its_files_give_the_same(folder: Path) -> None:
    for given in (folder, sorted(folder.glob("*.txt")), [str(folder)]):
        panel = speechmine.targets(given)
        assert rows(panel) == sorted(EXPECTED)
        ((source, reason),) = panel.attrs["errors"]
        assert source.endswith("c.txt")
        assert "level 'galaxy': one of national, province" in reason


def test_a_single_file_heeds_its_manifest(folder: Path) -> None:
    assert rows(speechmine.targets(folder / "a.txt")) == [EXPECTED[1]]
    with pytest.raises(ReadError, match=r"what the manifest says of it: level 'galaxy'"):
        speechmine.targets(folder / "c.txt")


@pytest.mark.parametrize("names", [["."], ["a.txt", "b.txt", "c.txt"]])
def test_the_command_goes_on_behind_a_bad_file(folder: Path, names: list[str]) -> None:
    paths = [str(folder / name) for name in names]
    result = CliRunner().invoke(_cli, ["targets", *paths, "--format", "csv"])
    assert result.exit_code == 1
    assert "遵义市,520300,prefecture" in result.stdout
    assert "海拉尔区,150702,county" in result.stdout
    (line,) = result.stderr.strip().splitlines()
    assert "c.txt" in line
    assert "galaxy" in line
