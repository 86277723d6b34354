"""Dask: the texts of a Dask frame to tasks, on as many processes or machines as it has.

Dask decides where the partitions run; what is done with each is
:func:`speechmine.frame_extraction.extract_frame`. ``pip install "speechmine[dask]"``.

Dask's worker processes have the working directory on their path, and would run a ``socket.py`` in
a folder of speeches: :func:`local_cluster` makes a cluster whose processes do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from speechmine.frame_extraction import INPUT_COLUMNS, empty_frame, extract_frame
from speechmine.programs import safe_path

if TYPE_CHECKING:
    import dask.dataframe as dd
    from distributed import LocalCluster

__all__ = ["local_cluster", "map_partitions"]

_SAFE = {"distributed": {"nanny": {"pre-spawn-environ": {"PYTHONSAFEPATH": "1"}}}}


def map_partitions(texts: dd.DataFrame, *, table: str = "tasks", **options: Any) -> dd.DataFrame:
    """The tasks (or another table) of every text, lazily.

    Args:
        texts: with ``doc_id`` and ``text``, as for :func:`extract_frame`; best from Parquet, so
            that the workers read the texts themselves.
        table: tasks, metrics, parties, deadlines, segments, sections, notices or documents.
        options: ``mode``, ``rules``, ``profile``, as for :func:`extract_frame`.

    Returns:
        A Dask frame with the columns and types of :func:`empty_frame`, partition by partition in
        the order of the texts.

    Raises:
        UsageError: a column is missing, or there is no such table.

    Example:
        >>> import dask.dataframe as dd, pandas as pd
        >>> texts = pd.DataFrame({"doc_id": ["a"], "text": ["区财政局要在6月底前制定奖补方案。"]})
        >>> tasks = map_partitions(dd.from_pandas(texts, npartitions=1))
        >>> tasks.compute()["title"].tolist()
        ['制定奖补方案']
    """
    meta = empty_frame(table)
    known = [name for name in texts.columns if name in INPUT_COLUMNS]
    extract_frame(_no_rows(known), table=table, **options)  # wrong columns are told here and now
    found: dd.DataFrame = texts[known].map_partitions(
        extract_frame, table=table, **options, meta=meta, enforce_metadata=False
    )
    return found


def local_cluster(**options: Any) -> LocalCluster:
    """Worker processes on this machine that take no code from the working directory.

    Args:
        options: of :class:`distributed.LocalCluster`: ``n_workers``, ``threads_per_worker``.
    """
    import dask.config
    from distributed import LocalCluster

    # For workers that are started again or later; what is started now is told by ``safe_path``.
    dask.config.update_defaults(_SAFE)
    with safe_path():
        cluster: LocalCluster = LocalCluster(**options)  # type: ignore[no-untyped-call]
    return cluster


def _no_rows(columns: list[str]) -> Any:
    import pandas as pd

    return pd.DataFrame(columns=columns)
