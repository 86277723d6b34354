"""What was extracted, as tables of the comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from speechmine.themes.analyses.records.tables import (
    compare_deadlines,
    compare_metrics,
    compare_parties,
    compare_tasks,
)
from speechmine.themes.declaring.analysis import EVERY, Analysis, Chart, as_series
from speechmine.themes.declaring.views import crossed, last_rows, of_last_year

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ANALYSES"]

_FLAGS = ("share_party", "share_date", "share_measurable")


def _flags_as_series(table: pd.DataFrame) -> pd.DataFrame:
    return as_series(table, _FLAGS, "share")


def _busiest(table: pd.DataFrame, by: str, limit: int) -> pd.DataFrame:
    known = table.loc[table["n_tasks"].notna()]
    last = of_last_year(known) if by == "year" else known
    last = last.sort_values(["n_tasks", "party"], ascending=[False, True])
    columns = [by, "party", "n_tasks", "n_lead", "share", "change"]
    return last.reindex(columns=columns).head(limit)


ANALYSES = (
    Analysis(
        "tasks",
        lambda run: compare_tasks(run.corpus, by=run.plan.by),
        by=EVERY,
        records=True,
        view=last_rows("n_tasks", "rate", "n_firm", *_FLAGS, "share_encouraged"),
        charts=(Chart("lines", prepare=_flags_as_series, options=lambda _by: {"value": "share"}),),
        terminal=True,
    ),
    Analysis(
        "parties",
        lambda run: compare_parties(run.corpus, by=run.plan.by, top=20),
        by=EVERY,
        records=True,
        view=_busiest,
        terminal=True,
    ),
    Analysis(
        "deadlines",
        lambda run: compare_deadlines(run.corpus, by=run.plan.by),
        by=EVERY,
        records=True,
        view=crossed("kind", "share"),
    ),
    Analysis(
        "metrics",
        lambda run: compare_metrics(run.corpus, by=run.plan.by),
        by=EVERY,
        records=True,
        view=crossed("kind", "share"),
        terminal=True,
    ),
)
