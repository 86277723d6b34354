"""The whole comparison of a corpus in one call: a table a question, and why one is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from speechmine.errors import UsageError
from speechmine.rules.loader import RulesLike
from speechmine.steps import tell
from speechmine.themes.analyses import all_analyses
from speechmine.themes.corpus.corpora import Corpus
from speechmine.themes.corpus.groups import grouping, slices_of
from speechmine.themes.corpus.loading import CorpusLike, as_corpus
from speechmine.themes.declaring.analysis import Analysis
from speechmine.themes.declaring.plan import Plan
from speechmine.themes.declaring.run import ComparisonRun

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Comparison", "compare"]

# Rows that a notebook shows of each table.
_SHOWN = 10


@dataclass(frozen=True)
class Comparison:
    """The tables of a comparison, in the order in which they are read.

    Attributes:
        corpus: what was compared.
        plan: how.
        tables: by name.
        left_out: why a table is missing, by name.
        analyses: what each name stands for.

    Example:
        >>> text = "要抓好老旧小区改造工作。"
        >>> list(compare({2023: text, 2024: text}).tables)[:2]
        ['audit', 'frequency']
    """

    corpus: Corpus
    plan: Plan
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    analyses: Mapping[str, Analysis] = field(default_factory=dict)

    def view(self, name: str, limit: int) -> pd.DataFrame:
        """The part of a table that a reader is shown.

        Args:
            name: of the table.
            limit: about so many rows.
        """
        return self.analyses[name].view(self.tables[name], self.plan.by, limit)

    def _repr_html_(self) -> str:
        """For notebooks: the name, size and first rows of each table."""
        parts = [
            f"<details><summary><code>{escape(name)}</code> {len(table):,} × {table.shape[1]}"
            f"</summary>{table.head(_SHOWN).to_html(index=False)}</details>"
            for name, table in self.tables.items()
        ]
        missing = "".join(
            f"<li>{escape(n)}: {escape(why)}</li>" for n, why in self.left_out.items()
        )
        return "".join(parts) + (f"<ul>{missing}</ul>" if missing else "")


def compare(
    corpus: CorpusLike,
    plan: Plan | None = None,
    *,
    rules: RulesLike | None = None,
    analyses: Sequence[Analysis] = (),
    on_step: Callable[[str, int, int], object] | None = None,
) -> Comparison:
    """All tables that the corpus has texts for.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        plan: what is asked for; by year by default.
        rules: rules of your own, or their folder, by which the texts are read.
        analyses: tables of your own, behind the others.
        on_step: called before each table with its name, number and how many there are;
            :func:`speechmine.progress` shows a bar.

    Returns:
        The tables by name, and why those that are missing are.

    Raises:
        UsageError: there is no text, none has what is grouped by, or all are of one group; or a
            table is asked for that there is none of.

    Example:
        >>> text = "要抓好老旧小区改造工作。"
        >>> texts = {2023: text, 2024: text + "要发展数字经济。"}
        >>> result = compare(texts)
        >>> result.tables["carry_summary"]["repeated"].tolist()
        [1.0]
        >>> result.left_out["trends"]
        'a trend needs five years with a report'
    """
    corpus, plan = as_corpus(corpus, rules), plan or Plan()
    _check_groups(corpus, plan)
    known = (*all_analyses(), *analyses)
    wanted = _wanted_analyses(known, plan)
    run = ComparisonRun(corpus, plan, {analysis.name: analysis.make for analysis in known})
    tables: dict[str, pd.DataFrame] = {}
    left_out: dict[str, str] = {}
    for number, name in enumerate(wanted):
        tell("compare", number, len(wanted))
        if on_step is not None:
            on_step(name, number, len(wanted))
        try:
            table = run.table(name)
        except UsageError as error:
            left_out[name] = str(error)
            continue
        if len(table):
            tables[name] = table
        else:
            left_out[name] = "nothing found"
    tell("compare", len(wanted), len(wanted))
    return Comparison(corpus, plan, tables, left_out, wanted)


def _wanted_analyses(known: Sequence[Analysis], plan: Plan) -> dict[str, Analysis]:
    """The analyses that are asked for, by name."""
    extracts = plan.records or bool(plan.tables)
    fit = {a.name: a for a in known if plan.by in a.by and (extracts or not a.records)}
    for name in plan.tables:
        if name not in fit:
            raise UsageError(f"no table {name!r} by {plan.by}; there are: {', '.join(fit)}")
    return {name: a for name, a in fit.items() if not plan.tables or name in plan.tables}


def _check_groups(corpus: Corpus, plan: Plan) -> None:
    if len(grouping(plan.by)) != 1:
        raise UsageError("by: one grouping variable is expected")
    if not any(text.n_chars for text in corpus.texts):
        raise UsageError("there is no text to compare")
    keys = {piece.key[0] for piece in slices_of(corpus, plan.by)} - {None}
    if not keys:
        raise UsageError(f"no text has a {plan.by}: state it in a manifest (file, {plan.by})")
    if len(keys) == 1:
        only = next(iter(keys))
        raise UsageError(f"all texts are of one {plan.by} ({only}): there is nothing to compare")
