from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from pyarrow import parquet

from speechmine.frame_extraction import extract_frame
from speechmine.integrations.spark import batches

# Spark brings some 850 MB and Java; the test is skipped where either is missing.
PROGRAM = """
import os, sys
from pyspark.sql import SparkSession
from speechmine.integrations.spark import map_in_pandas

source, target = sys.argv[1:]
spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.ui.enabled", "false")
    .config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.driver.host", "127.0.0.1")
    .config("spark.sql.execution.arrow.maxRecordsPerBatch", "7")
    .getOrCreate()
)
spark.sparkContext.setLogLevel("ERROR")
texts = spark.read.parquet(source)
tasks = map_in_pandas(texts)
tasks.repartition(1).write.parquet(target)
spark.stop()
"""


@pytest.fixture
def texts() -> pd.DataFrame:
    lines = (f"请区财政局在{n % 12 + 1}月底前拨付补助资金{n}万元。" for n in range(60))
    frame = pd.DataFrame({"text": list(lines), "date": "2024-01-05"})
    frame.loc[7, "text"] = None
    return frame.assign(doc_id=[f"d{n:02}" for n in range(60)])


def test_batches_are_the_frame_in_plain_cells(texts: pd.DataFrame) -> None:
    parts = [texts.iloc[:25], texts.iloc[25:25], texts.iloc[25:]]
    together = pd.concat(batches(iter(parts)), ignore_index=True)
    whole = extract_frame(texts)
    assert list(together.columns) == list(whole.columns)
    assert (
        together["title"].tolist()
        == whole["title"].astype(object).where(whole["title"].notna(), None).tolist()
    )
    assert together["doc_date"].dropna().map(str).unique().tolist() == ["2024-01-05"]
    assert together.loc[together["error"].notna(), "level"].tolist() == [None]


@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, which is not installed")
def test_spark_gives_the_same_rows(texts: pd.DataFrame, tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="the extra spark is not installed")
    source, target = tmp_path / "texts.parquet", tmp_path / "tasks"
    texts.to_parquet(source, index=False)
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    environment = {
        **os.environ,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_DRIVER_PYTHON": sys.executable,
    }
    command = [sys.executable, str(program), str(source), str(target)]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, env=environment, timeout=3000
    )
    assert done.returncode == 0, done.stderr
    rows = parquet.read_table(target).to_pylist()
    expected = pd.concat(batches(iter([texts])), ignore_index=True).to_dict("records")
    assert sorted(rows, key=lambda row: (row["doc_id"], row["no"])) == [
        {name: None if pd.isna(cell) else cell for name, cell in row.items()} for row in expected
    ]
