"""What a report takes over from the one before, sentence by sentence or task by task."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy import sparse

from speechmine.errors import UsageError
from speechmine.themes.corpus.groups import gap_rows
from speechmine.themes.corpus.loading import CorpusLike, as_corpus
from speechmine.themes.corpus.neighbours import previous_pairs
from speechmine.themes.corpus.texts import Text
from speechmine.themes.declaring.analysis import Analysis, Chart, as_series
from speechmine.themes.declaring.views import last_rows, of_last_year
from speechmine.themes.tables.checks import need_columns
from speechmine.themes.tables.result import tidy
from speechmine.themes.words.entries import form, shipped

__all__ = ["ANALYSES", "UnitKind", "carry_over", "carry_over_summary"]

UnitKind = Literal["sentence", "task"]


_NOT_WORD = re.compile(r"[^\u3400-\u9fffA-Za-z0-9%.]+")


_SHORTEST = 8
_COLUMNS = (
    *("place", "year", "unit_id", "text", "status", "prev_year", "prev_id", "prev_text"),
    *("jaccard", "containment", "ritual", "start", "end"),
)


@dataclass(frozen=True, slots=True)
class _Unit:
    id: str
    start: int
    end: int
    text: str
    grams: frozenset[str]


def carry_over(
    corpus: CorpusLike,
    *,
    unit: UnitKind = "sentence",
    repeated: float = 0.7,
    edited: float = 0.3,
) -> pd.DataFrame:
    """Sentences or tasks that are repeated, edited, new or dropped from report to report.

    Each unit is compared with all units of the last earlier report of its place by the Jaccard
    similarity of their three-character runs (Linder et al. 2020), and the best pair is kept.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        unit: ``sentence`` or ``task`` (the ledger's task texts).
        repeated: least similarity of a repeated unit.
        edited: least similarity of an edited one.

    Returns:
        ``place``, ``year``, ``unit_id``, ``text``, ``status`` (repeated, edited, new, and, for
        units of the earlier report that nothing took over, dropped), ``prev_year``,
        ``prev_id``, ``prev_text``, ``jaccard``, ``containment`` (share of the unit's runs that
        its partner has), ``ritual`` (forms of address and farewell, which repeat by nature),
        ``start``, ``end`` in the document as read. Units under 8 characters are left out.

    Raises:
        UsageError: no such unit.

    Example:
        >>> texts = {2023: "要抓好老旧小区改造。", 2024: "要抓好老旧小区改造。要修建二号水厂泵站。"}
        >>> carry_over(texts)["status"].tolist()
        ['repeated', 'new']
    """
    if unit not in ("sentence", "task"):
        raise UsageError(f"unit={unit!r}: sentence or task is expected")
    corpus = as_corpus(corpus)
    units = functools.cache(lambda i: list(_units_of_text(corpus.texts[i], unit)))
    rows = [
        row
        for i, j in previous_pairs(corpus)
        for row in _compared_units(
            (corpus.texts[i], units(i)), (corpus.texts[j], units(j)), repeated, edited
        )
    ]
    frame = pd.DataFrame(rows, columns=list(_COLUMNS))
    gaps = gap_rows(corpus, ("place", "year"))[["place", "year", "reason"]]
    return tidy(
        frame.astype({"year": "Int64", "prev_year": "Int64", "ritual": "boolean"}),
        "best partner by Jaccard similarity of 3-character runs (Linder et al. 2020)",
        corpus=corpus,
        unit=unit,
        repeated=repeated,
        edited=edited,
        missing=gaps.to_dict("records"),
    )


def carry_over_summary(table: pd.DataFrame, *, ritual: bool = False) -> pd.DataFrame:
    """Shares by year of a :func:`carry_over` table.

    Args:
        table: the pairs.
        ritual: count forms of address and farewell too.

    Returns:
        ``place``, ``year``, ``prev_year``, ``n_units`` of the year, ``repeated``, ``edited``,
        ``new`` (shares of them), ``dropped`` (units of the earlier report), ``reason`` of a year
        without a report.

    Example:
        >>> texts = {2023: "要抓好老旧小区改造工作。", 2024: "要抓好老旧小区改造工作。"}
        >>> carry_over_summary(carry_over(texts))["repeated"].tolist()
        [1.0]
    """
    need_columns(table, "place", "year", "prev_year", "status", "ritual")
    kept = table if ritual else table[~table["ritual"].astype(bool)]
    kept = kept.assign(place=kept["place"].astype("string").fillna(""))
    groups = kept.groupby(["place", "year", "prev_year"], dropna=False)["status"]
    names = ["place", "year", "prev_year"]
    found = groups.value_counts().rename("n").reset_index()
    counts = found.pivot_table(index=names, columns="status", values="n", fill_value=0)
    counts = counts.reindex(columns=["repeated", "edited", "new", "dropped"], fill_value=0)
    total = counts[["repeated", "edited", "new"]].sum(axis=1)
    for name in ("repeated", "edited", "new"):
        counts[name] = counts[name] / total
    frame = counts.assign(n_units=total).rename_axis(columns=None).reset_index()
    columns = ["place", "year", "prev_year", "n_units", "repeated", "edited", "new", "dropped"]
    columns.append("reason")
    missing = pd.DataFrame(table.attrs["params"]["missing"], columns=["place", "year", "reason"])
    missing["place"] = missing["place"].astype("string").fillna("")
    frame = frame.astype({"place": "string"})
    frame = frame.merge(missing.astype({"year": "Int64"}), on=["place", "year"], how="outer")
    frame["place"] = frame["place"].replace("", pd.NA)
    frame = frame.sort_values(["place", "year"])
    return tidy(frame[columns], "shares of carry-over", ritual=ritual, of=dict(table.attrs))


def _compared_units(
    earlier: tuple[Text, list[_Unit]],
    later: tuple[Text, list[_Unit]],
    repeated: float,
    edited: float,
) -> Iterator[dict[str, object]]:
    (before, old), (now, new) = earlier, later
    if not new:
        return
    scores = _scores(new, old)
    best = scores.argmax(axis=1) if old else np.zeros(len(new), dtype=np.int64)
    known = {"place": now.source.document.place, "year": now.year, "prev_year": before.year}
    for i, item in enumerate(new):
        score = float(scores[i, best[i]]) if old else 0.0
        status = "repeated" if score >= repeated else ("edited" if score >= edited else "new")
        pair = old[best[i]] if status != "new" else None
        yield {**known, **_unit_row(item, status), **_partner(item, pair, score)}
    top = scores.max(axis=0) if old else np.empty(0)
    for j, item in enumerate(old):
        if float(top[j]) < edited:
            partner = {"prev_id": item.id, "prev_text": item.text}
            gone = {"status": "dropped", "ritual": _is_ritual(item.text)}
            yield {**known, **gone, **partner, "jaccard": float(top[j])}


def _unit_row(item: _Unit, status: str) -> dict[str, object]:
    return {
        "unit_id": item.id,
        "text": item.text,
        "status": status,
        "ritual": _is_ritual(item.text),
        "start": item.start,
        "end": item.end,
    }


def _is_ritual(text: str) -> bool:
    return any(term in text for entry in shipped("ritual.toml") for term in entry["terms"])


def _partner(item: _Unit, pair: _Unit | None, score: float) -> dict[str, object]:
    if pair is None:
        return {"jaccard": score}
    shared = len(item.grams & pair.grams) / len(item.grams)
    return {"prev_id": pair.id, "prev_text": pair.text, "jaccard": score, "containment": shared}


def _scores(
    new: Sequence[_Unit], old: Sequence[_Unit]
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Jaccard similarity of each with each."""
    place = {gram: i for i, gram in enumerate({g for u in (*new, *old) for g in u.grams})}
    a, b = (_incidence(units, place) for units in (new, old))
    shared = (a @ b.T).toarray().astype(float)
    sizes = np.asarray(a.sum(axis=1)).reshape(-1, 1) + np.asarray(b.sum(axis=1)).reshape(1, -1)
    result: np.ndarray[tuple[int, int], np.dtype[np.float64]] = shared / (sizes - shared)
    return result


def _incidence(units: Sequence[_Unit], place: dict[str, int]) -> sparse.csr_matrix:
    columns = [place[gram] for unit in units for gram in unit.grams]
    rows = np.repeat(np.arange(len(units)), [len(unit.grams) for unit in units])
    ones = np.ones(len(columns), dtype=np.int32)
    return sparse.csr_matrix((ones, (rows, columns)), shape=(len(units), len(place)))


def _units_of_text(text: Text, unit: UnitKind) -> Iterator[_Unit]:
    for start, end, content in _task_spans(text) if unit == "task" else _sentence_spans(text):
        solid = form("marker").sub("", _NOT_WORD.sub("", content))
        if len(solid) >= _SHORTEST:
            grams = frozenset(solid[i : i + 3] for i in range(len(solid) - 2))
            yield _Unit(f"{text.id}:{start}-{end}", start, end, content, grams)


def _sentence_spans(text: Text) -> Iterator[tuple[int, int, str]]:
    view = text.source.view
    for start, end in text.sentences():
        yield (*view.place(start, end), view.text[start:end])


def _task_spans(text: Text) -> Iterator[tuple[int, int, str]]:
    allowed = [text.source.view.place(*span) for span in text.spans]
    for task in text.source.extraction.tasks:
        if any(start <= task.start < end for start, end in allowed):
            yield task.start, task.end, task.text


_STATES = ("repeated", "edited", "new")


def _mean_of_places(table: pd.DataFrame) -> pd.DataFrame:
    """The mean of the places, where there are several."""
    mean = table.groupby("year", as_index=False)[list(_STATES)].mean()
    mean.attrs = dict(table.attrs)
    return as_series(mean, _STATES, "share")


def _edits(table: pd.DataFrame, _by: str, limit: int) -> pd.DataFrame:
    """Sentences that were edited last, most alike first."""
    last = of_last_year(table.loc[table["status"] == "edited"])
    last = last.sort_values(["jaccard", "unit_id"], ascending=[False, True])
    return last[["place", "year", "prev_text", "text", "jaccard"]].head(limit)


ANALYSES = (
    Analysis(
        "carry_summary",
        lambda run: carry_over_summary(run.table("carry_over")),
        view=last_rows("place", "year", "n_units", *_STATES, "dropped"),
        charts=(Chart("lines", prepare=_mean_of_places, options=lambda _by: {"value": "share"}),),
        terminal=True,
    ),
    Analysis(
        "carry_over",
        lambda run: carry_over(run.corpus),
        view=_edits,
    ),
)
