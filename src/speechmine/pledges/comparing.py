"""The targets of reports as a table of the comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from speechmine.pledges.panel import targets
from speechmine.themes.declaring.analysis import EVERY, Analysis, Chart

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ANALYSES"]

_GROWTH = "gdp_growth"


def _growth(table: pd.DataFrame, _by: str, limit: int) -> pd.DataFrame:
    growth = table.loc[table["indicator_id"].eq(_GROWTH).fillna(value=False).astype(bool)]
    columns = ["place", "year", "indicator", "wording", "hardness"]
    return growth.sort_values(["place", "year"])[columns].tail(limit)


ANALYSES = (
    Analysis(
        "targets",
        lambda run: targets(run.corpus),
        by=EVERY,
        records=True,
        view=_growth,
        charts=(Chart("target_ladder", by=EVERY),),
        terminal=True,
    ),
)
