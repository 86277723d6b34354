"""Spark: the texts of a Spark frame to tasks, through ``mapInPandas``.

Spark decides where the batches run; what is done with each is
:func:`speechmine.frame_extraction.extract_frame`. speechmine must be installed on the executors.
``pip install "speechmine[spark]"``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from speechmine.frame_extraction import INPUT_COLUMNS, extract_frame, spark_schema

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame

__all__ = ["batches", "map_in_pandas"]


def map_in_pandas(texts: DataFrame, *, table: str = "tasks", **options: Any) -> DataFrame:
    """The tasks (or another table) of every text, lazily.

    Args:
        texts: with ``doc_id`` and ``text``, as for :func:`extract_frame`.
        table: tasks, metrics, parties, deadlines, segments, sections, notices or documents.
        options: ``mode``, ``rules``, ``profile``, as for :func:`extract_frame`.

    Returns:
        A Spark frame with the columns of :func:`spark_schema`; order it by ``doc_id`` and ``no``,
        Spark promises none.

    Raises:
        UsageError: a column is missing, or there is no such table.
    """
    import pandas as pd

    known = [name for name in texts.columns if name in INPUT_COLUMNS]
    extract_frame(pd.DataFrame(columns=known), table=table, **options)  # wrong columns are told now
    work = partial(batches, table=table, **options)
    return texts.select(*known).mapInPandas(work, spark_schema(table))


def batches(frames: Iterator[pd.DataFrame], **options: Any) -> Iterator[pd.DataFrame]:
    """What an executor does: one frame after the other.

    Args:
        frames: batches of texts, as Spark gives them.
        options: as for :func:`extract_frame`.

    Example:
        >>> import pandas as pd
        >>> texts = pd.DataFrame({"doc_id": ["a"], "text": ["区财政局要在6月底前制定奖补方案。"]})
        >>> [list(frame["title"]) for frame in batches(iter([texts, texts]))]
        [['制定奖补方案'], ['制定奖补方案']]
    """
    extracted: Callable[[pd.DataFrame], pd.DataFrame] = partial(extract_frame, **options)
    for frame in frames:
        yield _for_spark(extracted(frame))


def _for_spark(frame: pd.DataFrame) -> pd.DataFrame:
    """Empty cells as None and days as dates, which any version of Spark's converter takes."""
    dates = [name for name in frame.columns if frame[name].dtype.kind == "M"]
    plain = frame.assign(**{name: frame[name].dt.date for name in dates})
    return plain.astype(object).where(plain.notna(), None)
