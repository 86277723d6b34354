"""One comparison while it runs: what several analyses need is made once."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from speechmine.errors import UsageError
from speechmine.themes.corpus.corpora import Corpus
from speechmine.themes.declaring.plan import Plan, YearOrSpan

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FEW_YEARS", "ComparisonRun"]

#: So many years with a report are needed to tell what lasts from chance.
FEW_YEARS = 5
_NAMED = 8
_Made = TypeVar("_Made")


class ComparisonRun:
    """What an analysis is given: the corpus, the plan, and the tables of the others.

    Attributes:
        corpus: what is compared.
        plan: how.
    """

    def __init__(
        self,
        corpus: Corpus,
        plan: Plan,
        makers: Mapping[str, Callable[[ComparisonRun], pd.DataFrame]],
    ) -> None:
        self.corpus = corpus
        self.plan = plan
        self._makers = makers
        self._kept: dict[object, object] = {}

    def table(self, name: str) -> pd.DataFrame:
        """The table of an analysis, made when it is first asked for.

        Args:
            name: of the analysis.

        Raises:
            UsageError: the texts are not enough for it.
        """
        return self.once(self._makers[name])

    def once(self, make: Callable[[ComparisonRun], _Made]) -> _Made:
        """What a function of a module makes of this run, made once."""
        if make not in self._kept:
            self._kept[make] = make(self)
        return self._kept[make]  # type: ignore[return-value]  # kept under its maker

    @functools.cached_property
    def terms(self) -> tuple[str, ...]:
        """The user's terms, or the formulations that the corpus has most of.

        Raises:
            UsageError: it has none.
        """
        if self.plan.terms:
            return self.plan.terms
        found = self.table("lifecycle")
        leading = found.sort_values(["n", "term"], ascending=[False, True])
        if leading.empty:
            raise UsageError("no formulation of the lexicon occurs: name terms")
        return tuple(leading["term"].head(_NAMED))

    def periods(self) -> tuple[YearOrSpan, YearOrSpan]:
        """The years that are set against one another.

        Raises:
            UsageError: there is none before those that are asked for.
        """
        years = self.corpus.years
        n = min(FEW_YEARS, len(years) // 2)
        target = self.plan.target or (years[-n], years[-1])
        first = target if isinstance(target, int) else target[0]
        before = [year for year in years if year < first][-n:]
        reference = self.plan.reference or ((before[0], before[-1]) if before else None)
        if reference is None:
            raise UsageError(f"no year before {first} to set against: name a reference")
        return target, reference
