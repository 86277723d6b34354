"""What of each table a reader is shown: few columns, few rows, years as rows."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from speechmine.themes.entries import shipped

if TYPE_CHECKING:
    from speechmine.themes import Comparison

__all__ = ["TERMINAL", "label", "question", "shown", "title", "view"]

#: Tables that the terminal shows, in order.
TERMINAL = (
    *("audit", "frequency", "ranks", "keyness", "trends", "new_terms", "disappeared_terms"),
    *("formulations", "attention", "topics", "similarity", "carry_summary", "tone"),
    *("tasks", "parties", "metrics", "targets"),
)
_CODED = ("status", "shape", "kind", "strength", "section", "level", "hardness")
_SHARES = (
    *("share", "share_of_hits", "prevalence", "repeated", "edited", "new", "rare_share"),
    *("share_party", "share_date", "share_measurable", "share_encouraged"),
)
_YEARS = (
    *("year", "first_year", "last_year", "absent_before", "absent_after", "peak_year"),
    *("prev_year", "previous_year", "year_a", "year_b", "report_year", "start", "end"),
)
_NONE = "—"
_LEAST_P = 0.001
_GROWTH = "gdp_growth"

View = Callable[[pd.DataFrame, str, int], pd.DataFrame]


@functools.cache
def _labels() -> Mapping[str, str]:
    return {entry["id"]: entry["value"] for entry in shipped("labels.csv")}


def label(column: object) -> str:
    """Heading of a column."""
    return _labels().get(f"column.{column}", str(column))


def title(table: str) -> str:
    """Name of a table."""
    return _labels().get(f"table.{table}", table)


def question(table: str) -> str:
    """What a table answers."""
    return _labels().get(f"question.{table}", "")


def view(found: Comparison, name: str, limit: int) -> pd.DataFrame:
    """The part of a table that a reader is shown.

    Args:
        found: the comparison.
        name: of the table.
        limit: about so many rows.
    """
    table = found.tables[name]
    make = _VIEWS.get(name, _plain)
    return make(table, found.plan.by, limit)


def shown(column: str, value: Any, *, share: bool = False) -> str:
    """One cell as a reader sees it.

    Example:
        >>> shown("share", 0.256), shown("n", 1234), shown("year", 2024), shown("p", 0.00001)
        ('25.6%', '1,234', '2024', '<0.001')
    """
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return _NONE
    if isinstance(value, bool) or str(value) in ("True", "False"):
        return "是" if value else "否"
    if isinstance(value, str):
        return _labels().get(f"value.{value}", value) if column in _CODED else value
    return _number(column, float(value), share=share or column in _SHARES)


def _number(column: str, value: float, *, share: bool) -> str:
    if column in _YEARS:
        return f"{value:.0f}"
    if share:
        return f"{value:.1%}"
    if column in ("p", "p_adj"):
        return f"<{_LEAST_P}" if value < _LEAST_P else f"{value:.3f}"
    if value == int(value) and abs(value) < 1e15:
        return f"{value:,.0f}"
    return f"{value:,.2f}"


def _plain(table: pd.DataFrame, _by: str, limit: int) -> pd.DataFrame:
    return table.head(limit)


def _pick(*columns: str) -> View:
    """The first rows, with these columns."""
    return lambda table, _by, limit: table.reindex(columns=list(columns)).head(limit)


def _latest(*columns: str) -> View:
    """The last rows, with these columns and those that are grouped by."""

    def make(table: pd.DataFrame, by: str, limit: int) -> pd.DataFrame:
        kept = [by] if by in table.columns and by not in columns else []
        return table[[*kept, *[c for c in columns if c in table.columns]]].tail(limit)

    return make


def _crossed(item: str, value: str) -> View:
    """One row a group and one column an item."""

    def make(table: pd.DataFrame, by: str, limit: int) -> pd.DataFrame:
        known = table.dropna(subset=[by])
        order = list(dict.fromkeys(known[item].dropna()))
        wide = known.pivot_table(
            index=by, columns=item, values=value, aggfunc="first", dropna=False
        ).reindex(columns=order)
        wide = wide.astype("Float64").reset_index().tail(limit).rename_axis(columns=None)
        if item in _CODED:
            wide = wide.rename(columns={kind: shown(item, kind) for kind in order})
        wide.attrs["share"] = value in _SHARES
        return wide

    return make


def _audit(table: pd.DataFrame, _by: str, limit: int) -> pd.DataFrame:
    """Texts with doubts, and missing years."""
    doubtful = table[table["doubts"].notna() | table["reason"].notna()]
    columns = ["year", "place", "doc_id", "n_chars", "doubts", "reason"]
    return doubtful[columns].head(limit)


def _of_last_year(table: pd.DataFrame) -> pd.DataFrame:
    mask = table["year"].eq(table["year"].max()).fillna(value=False)
    return table.loc[mask.astype(bool)]


def _ranks(table: pd.DataFrame, _by: str, limit: int) -> pd.DataFrame:
    last = _of_last_year(table)
    columns = ["rank", "term", "rate", "status", "previous_rank", "delta"]
    return last.reindex(columns=columns).head(limit)


def _keyness(table: pd.DataFrame, by: str, limit: int) -> pd.DataFrame:
    columns = ["term", "n_target", "n_reference", "rate_target", "rate_reference"]
    columns += ["G2", "p_adj", "log_ratio", "lrc"]
    if by in table.columns:
        place = table.groupby(by, sort=False).cumcount()
        kept = table[place < max(limit // 3, 5)]
        return kept.reindex(columns=[by, *columns])
    ranked = table.sort_values(["G2", "term"], ascending=[False, True], kind="stable")
    return _ends(ranked, limit)[columns]


def _trends(table: pd.DataFrame, _by: str, limit: int) -> pd.DataFrame:
    columns = ["term", "n", "n_years", "rate_first", "rate_last", "tau", "p_adj", "slope", "shape"]
    return _ends(table, limit)[columns]


def _ends(table: pd.DataFrame, limit: int) -> pd.DataFrame:
    """The first and the last rows."""
    if len(table) <= limit:
        return table
    return pd.concat([table.head(limit - limit // 2), table.tail(limit // 2)])


def _formulations(table: pd.DataFrame, _by: str, limit: int) -> pd.DataFrame:
    """What was changed, added, dropped in the last year."""
    last = _of_last_year(table)
    last = last[last["status"].isin(["changed", "added", "dropped"])]
    order = last["status"].map({"changed": 0, "added": 1, "dropped": 2})
    last = last.assign(order=order).sort_values(["order", "anchor"], kind="stable")
    text = last["difference"].fillna(last["formulation"]).fillna(last["prev_formulation"])
    last = last.assign(formulation=text)
    return last.reindex(columns=["anchor", "place", "status", "formulation"]).head(limit)


def _topics(table: pd.DataFrame, _by: str, limit: int) -> pd.DataFrame:
    ranked = table.sort_values(["share", "topic"], ascending=[False, True])
    return ranked[["label", "top_terms", "share", "coherence", "stability"]].head(limit)


def _pairs(table: pd.DataFrame, _by: str, limit: int) -> pd.DataFrame:
    """Sentences that were edited last, most alike first."""
    last = _of_last_year(table.loc[table["status"] == "edited"])
    last = last.sort_values(["jaccard", "unit_id"], ascending=[False, True])
    return last[["place", "year", "prev_text", "text", "jaccard"]].head(limit)


def _parties(table: pd.DataFrame, by: str, limit: int) -> pd.DataFrame:
    known = table.loc[table["n_tasks"].notna()]
    last = _of_last_year(known) if by == "year" else known
    last = last.sort_values(["n_tasks", "party"], ascending=[False, True])
    columns = [by, "party", "n_tasks", "n_lead", "share", "change"]
    return last.reindex(columns=columns).head(limit)


def _targets(table: pd.DataFrame, _by: str, limit: int) -> pd.DataFrame:
    growth = table.loc[table["indicator_id"].eq(_GROWTH).fillna(value=False).astype(bool)]
    columns = ["place", "year", "indicator", "wording", "hardness"]
    return growth.sort_values(["place", "year"])[columns].tail(limit)


_LIFE = ("term", "status", "first_year", "last_year", "n_years", "peak_year", "n", "example")
_PAIR = ("year_a", "year_b", "place_b", "cosine", "jsd", "jaccard")
_VIEWS: Mapping[str, View] = {
    "audit": _audit,
    "frequency": _crossed("term", "rate"),
    "ranks": _ranks,
    "keyness": _keyness,
    "trends": _trends,
    "new_terms": _pick("term", "kind", "n", "absent_before", "example"),
    "disappeared_terms": _pick("term", "first_year", "last_year", "n_before", "n", "example"),
    "lifecycle": lambda table, by, limit: _pick(*_LIFE)(
        table.sort_values(["n", "term"], ascending=[False, True]), by, limit
    ),
    "bursts": _pick("term", "start", "end", "weight", "n", "right_censored"),
    "formulations": _formulations,
    "attention": _crossed("topic", "share"),
    "diversity": _latest("h", "h_norm", "inverse_hhi", "n_topics"),
    "tone": _crossed("strength", "share"),
    "topics": _topics,
    "prevalence": _crossed("label", "prevalence"),
    "paragraphs": _pick("about", "year", "share", "text", "doc_id"),
    "similarity": _latest(*_PAIR),
    "likeness": lambda table, by, limit: _pick(*_PAIR)(
        table.sort_values("cosine", ascending=False, kind="stable"), by, limit
    ),
    "novelty": _latest("novelty", "transience", "resonance"),
    "carry_summary": _latest("place", "year", "n_units", "repeated", "edited", "new", "dropped"),
    "carry_over": _pairs,
    "evidence": _pick("about", "year", "left", "keyword", "right", "doc_id"),
    "tasks": _latest(
        *("n_tasks", "rate", "n_firm", "share_party", "share_date", "share_measurable"),
        "share_encouraged",
    ),
    "parties": _parties,
    "deadlines": _crossed("kind", "share"),
    "metrics": _crossed("kind", "share"),
    "targets": _targets,
}
