"""A folder of speeches may hold a socket.py: nothing in it is run, however we are called."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

#: What we need beside the standard library, and what Python looks for when it starts.
OTHERS = (
    *("click", "cloudpickle", "dask", "dateutil", "distributed", "docx", "jieba", "jinja2", "lxml"),
    *("msgspec", "numpy", "openpyxl", "pandas", "psutil", "pyarrow", "requests", "rich", "scipy"),
    *("sitecustomize", "sklearn", "spacy", "speechmine", "usercustomize", "yaml"),
)
HOSTILE = "open({mark!r}, 'a').write({name!r} + '\\n')\nraise SystemExit(66)\n"
TEXT = "请区财政局在6月底前拨付补助资金500万元。\n"


class Place:
    """Folders to stand in, to read from and to write to, all with hostile modules in them."""

    def __init__(self, root: Path) -> None:
        self.mark = root / "was-run"
        self.cwd, self.given, self.out = (root / name for name in ("cwd", "in", "out"))
        for folder in (self.cwd, self.given, self.out):
            folder.mkdir()
        for number in range(6):
            (self.given / f"{number}.txt").write_text(TEXT, encoding="utf-8")
            (self.cwd / f"{number}.txt").write_text(TEXT, encoding="utf-8")

    def infest(self, names: Iterable[str]) -> None:
        for name in names:
            text = HOSTILE.format(mark=str(self.mark), name=name)
            for folder in (self.cwd, self.given, self.out):
                (folder / f"{name}.py").write_text(text, encoding="utf-8")

    def run(self, *command: object) -> None:
        done = subprocess.run(
            list(map(str, command)), cwd=self.cwd, check=False, capture_output=True, text=True
        )
        run = self.mark.read_text() if self.mark.exists() else ""
        assert (run, done.returncode) == ("", 0), done.stderr


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def needed_by_python() -> set[str]:
    """What ``python -m`` itself imports with the working directory on its path."""
    program = "import runpy, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in loaded.stdout.split()}


@pytest.mark.parametrize("where", ["given", "cwd"])
def test_the_command(place: Place, where: str) -> None:
    place.infest((*sys.stdlib_module_names, *OTHERS))
    given = place.given if where == "given" else "."
    command = Path(sys.executable).with_name("speechmine")
    place.run(command, "extract", given, "-o", place.out / "x.jsonl", "--workers", 2)


def test_python_m(place: Place) -> None:
    """Python's own first imports, and the package it is asked for, are beyond our reach."""
    names = {*sys.stdlib_module_names, *OTHERS} - needed_by_python() - {"speechmine"}
    assert {"socket", "json", "re", "csv", "typing", "multiprocessing"} <= names
    place.infest(names)
    arguments = ("extract", ".", place.given, "-o", place.out / "x.jsonl", "--workers", 2)
    place.run(sys.executable, "-m", "speechmine", *arguments)


def test_python_p_m(place: Place) -> None:
    place.infest((*sys.stdlib_module_names, *OTHERS))
    arguments = ("extract", ".", "-o", place.out / "x.jsonl", "--workers", 2)
    place.run(sys.executable, "-P", "-m", "speechmine", *arguments)


def test_a_matplotlibrc_of_the_working_directory_is_not_heeded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would have each label set by LaTeX, which runs what its preamble says."""
    mpl = pytest.importorskip("matplotlib")
    from speechmine.cli.compare_figures import drawing_module

    (tmp_path / "matplotlibrc").write_text("text.usetex: True\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with mpl.rc_context(fname="matplotlibrc"):
        assert mpl.rcParams["text.usetex"]
        drawing_module()
        assert not mpl.rcParams["text.usetex"]


DASK = """
import sys
import dask.dataframe as dd
import pandas as pd
from dask.distributed import Client
from speechmine.integrations.dask import local_cluster, map_partitions

if __name__ == "__main__":
    texts = pd.DataFrame({"doc_id": ["a", "b"], "text": [sys.argv[1]] * 2})
    cluster = local_cluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    )
    with cluster, Client(cluster):
        found = map_partitions(dd.from_pandas(texts, npartitions=2)).compute()
    assert len(found) == 2
"""


def test_workers_of_dask(place: Place, tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    place.infest((*sys.stdlib_module_names, *OTHERS))
    (tmp_path / "program").mkdir()
    program = tmp_path / "program" / "program.py"
    program.write_text(DASK, encoding="utf-8")
    place.run(sys.executable, program, TEXT)


def test_a_program_in_the_working_directory_is_none(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    from speechmine.programs import find_program

    program = place.cwd / "soffice"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.chdir(place.cwd)
    monkeypatch.setenv("PATH", ".")
    assert find_program("soffice") is None
    monkeypatch.setenv("PATH", str(place.cwd))
    assert find_program("soffice") == str(program)
