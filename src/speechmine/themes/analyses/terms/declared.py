"""The lives of terms as tables of the comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from speechmine.errors import UsageError
from speechmine.themes.analyses.terms.coming import new_terms
from speechmine.themes.analyses.terms.going import disappeared_terms
from speechmine.themes.analyses.terms.lifecycle import term_lifecycle
from speechmine.themes.declaring.analysis import Analysis, Chart
from speechmine.themes.declaring.run import FEW_YEARS, ComparisonRun
from speechmine.themes.declaring.views import pick, top

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ANALYSES"]

# Reports before and after the turn that a term must have, or lack, to be gone.
_SAID, _UNSAID = 3, 2


def _gone(run: ComparisonRun) -> pd.DataFrame:
    """What the last two reports lack and the five before them still had."""
    years = run.corpus.years
    if len(years) < _SAID + _UNSAID:
        raise UsageError(
            f"what is gone needs {_SAID + _UNSAID} years with a report, {_SAID} that say it and "
            f"{_UNSAID} that do not; there are {len(years)}"
        )
    lately = years[max(len(years) - _UNSAID - FEW_YEARS, 0)]
    return disappeared_terms(run.corpus, years[-_UNSAID], seen_from=lately)


def _lives(run: ComparisonRun) -> pd.DataFrame:
    """Named terms in any case; of the lexicon what occurs."""
    table = term_lifecycle(run.corpus, run.plan.terms or None)
    return table if run.plan.terms else table[table["n"] > 0].reset_index(drop=True)


ANALYSES = (
    Analysis(
        "new_terms",
        lambda run: new_terms(run.corpus, run.corpus.years[-1]),
        view=pick("term", "kind", "n", "absent_before", "example"),
        terminal=True,
    ),
    Analysis(
        "disappeared_terms",
        _gone,
        view=pick("term", "first_year", "last_year", "n_before", "n", "example"),
        terminal=True,
    ),
    Analysis(
        "lifecycle",
        _lives,
        view=top(
            ("n", "term"),
            *("term", "status", "first_year", "last_year", "n_years", "peak_year", "n", "example"),
        ),
        charts=(Chart("timeline"),),
        page="figure",
    ),
)
