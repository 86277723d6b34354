from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from speechmine.errors import UsageError
from speechmine.frame_extraction import extract_frame

dd = pytest.importorskip("dask.dataframe", reason="the extra dask is not installed")

# Real worker processes are started from a program of its own, as a user would.
PROGRAM = """
import os, sys
import dask.dataframe as dd
from dask.distributed import Client
from speechmine.integrations.dask import local_cluster, map_partitions


def pid_of(frame):
    return frame.assign(pid=os.getpid())


if __name__ == "__main__":
    source, target = sys.argv[1:]
    cluster = local_cluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    )
    with cluster, Client(cluster):
        texts = dd.read_parquet(source)
        tasks = map_partitions(texts)
        meta = tasks._meta.assign(pid=0)
        tasks.map_partitions(pid_of, meta=meta).compute().to_parquet(target)
        print(os.getpid())
"""


@pytest.fixture
def texts() -> pd.DataFrame:
    lines = (f"请区财政局在{n % 12 + 1}月底前拨付补助资金{n}万元。" for n in range(60))
    frame = pd.DataFrame({"text": list(lines), "date": "2024-01-05"})
    frame.loc[7, "text"] = None
    return frame.assign(doc_id=[f"d{n:02}" for n in range(60)])


def test_worker_processes_give_the_same_rows(texts: pd.DataFrame, tmp_path: Path) -> None:
    source = tmp_path / "texts"
    source.mkdir()
    for part in range(6):
        texts.iloc[part * 10 : part * 10 + 10].to_parquet(source / f"{part}.parquet")
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    command = [sys.executable, str(program), str(source), str(tmp_path / "tasks.parquet")]
    environment = {**os.environ, "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "60s"}
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, env=environment, timeout=1200
    )
    assert done.returncode == 0, done.stderr
    tasks = pd.read_parquet(tmp_path / "tasks.parquet").reset_index(drop=True)
    pids = set(tasks.pop("pid"))
    assert len(pids) == 2
    assert json.loads(done.stdout.split()[-1]) not in pids
    # What a Parquet file keeps of the types is its own; the cells are the same.
    assert_frame_equal(tasks.astype(extract_frame(texts).dtypes), extract_frame(texts))
    assert tasks["error"].notna().sum() == 1


def test_types_and_columns_are_known_before_any_work(texts: pd.DataFrame) -> None:
    from speechmine.integrations.dask import map_partitions

    lazy = map_partitions(dd.from_pandas(texts, npartitions=3), table="metrics")
    assert_frame_equal(
        lazy.compute(scheduler="synchronous").reset_index(drop=True),
        extract_frame(texts, table="metrics"),
    )
    assert list(lazy.dtypes) == list(extract_frame(texts, table="metrics").dtypes)


def test_a_missing_column_is_told_at_once(texts: pd.DataFrame) -> None:
    from speechmine.integrations.dask import map_partitions

    with pytest.raises(UsageError, match="missing: doc_id"):
        map_partitions(dd.from_pandas(texts.drop(columns="doc_id"), npartitions=2))
