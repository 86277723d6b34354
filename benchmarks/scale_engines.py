"""Texts to tasks on an engine: ``scale_engines.py dask|spark TEXTS.parquet OUT``."""

from __future__ import annotations

import os
import sys


def on_dask(source: str, target: str) -> None:
    """Two worker processes on this machine."""
    import dask.dataframe as dd
    from dask.distributed import Client, LocalCluster

    from speechmine.integrations.dask import map_partitions

    cluster = LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    )
    with cluster, Client(cluster):
        map_partitions(dd.read_parquet(source)).to_parquet(target, overwrite=True)


def on_spark(source: str, target: str) -> None:
    """Two threads of one local Spark, each with a Python worker."""
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    from speechmine.integrations.spark import map_in_pandas

    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.files.maxPartitionBytes", "1m")
        .getOrCreate()
    )
    map_in_pandas(spark.read.parquet(source)).write.mode("overwrite").parquet(target)
    spark.stop()


if __name__ == "__main__":
    {"dask": on_dask, "spark": on_spark}[sys.argv[1]](*sys.argv[2:])
