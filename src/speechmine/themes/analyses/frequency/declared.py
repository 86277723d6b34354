"""How often terms are said, and which are said most, as tables of the comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from speechmine.themes.analyses.frequency.ranks import rank_table
from speechmine.themes.analyses.frequency.terms import term_frequency
from speechmine.themes.declaring.analysis import EVERY, Analysis, Chart, heat_map_of
from speechmine.themes.declaring.run import ComparisonRun
from speechmine.themes.declaring.views import crossed, of_last_year
from speechmine.themes.words.vocabulary import Vocabulary, default_vocabulary

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ANALYSES"]

# With more lines or years than this they cross too often to be followed.
_FEW_LINES = 4
_FEW_POINTS = 15


def _lines_or_small(table: pd.DataFrame) -> str:
    """Few terms in one chart; many lines over many years in a small chart each."""
    crowded = table["term"].nunique() > _FEW_LINES and table["year"].nunique() > _FEW_POINTS
    return "small_multiples" if crowded else "lines"


_TOP = 10
_RECENT = 12


def _ranked(run: ComparisonRun) -> pd.DataFrame:
    """The leading words, without the verbs that every task carries."""
    topical = Vocabulary(default_vocabulary().terms, stop=("function", "report", "verbs"))
    return rank_table(term_frequency(run.corpus, vocabulary=topical), top=_TOP)


def _ranks_of_last_year(table: pd.DataFrame, _by: str, limit: int) -> pd.DataFrame:
    columns = ["rank", "term", "rate", "status", "previous_rank", "delta"]
    return of_last_year(table).reindex(columns=columns).head(limit)


def _recent(table: pd.DataFrame) -> pd.DataFrame:
    return table.loc[table["year"] >= int(table["year"].max()) - _RECENT + 1]


ANALYSES = (
    Analysis(
        "frequency",
        lambda run: term_frequency(run.corpus, run.terms, by=run.plan.by),
        by=EVERY,
        view=crossed("term", "rate"),
        charts=(Chart(_lines_or_small), heat_map_of("term", "rate")),
        terminal=True,
    ),
    Analysis(
        "ranks",
        _ranked,
        view=_ranks_of_last_year,
        charts=(Chart("bump_chart", prepare=_recent),),
        terminal=True,
    ),
)
