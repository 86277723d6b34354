"""How the wording around a fixed word changes from report to report (提法变化)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from speechmine.borders import split_clauses
from speechmine.themes.corpus.corpora import Corpus
from speechmine.themes.corpus.groups import gap_rows
from speechmine.themes.corpus.loading import CorpusLike, as_corpus
from speechmine.themes.corpus.spots import find_term
from speechmine.themes.corpus.texts import Text
from speechmine.themes.declaring.analysis import Analysis
from speechmine.themes.declaring.views import of_last_year
from speechmine.themes.tables.result import tidy
from speechmine.themes.words.entries import shipped

__all__ = ["ANALYSES", "default_anchors", "formulation_changes"]

_SAME = 0.9
_ALIKE = 0.5
# What changes at once: a number as a whole, else a character.
_UNIT = re.compile(r"[0-9]+(?:\.[0-9]+)?[%％]?|.", re.DOTALL)


_COLUMNS = (
    *("anchor", "place", "year", "formulation", "status", "prev_year", "prev_formulation"),
    *("difference", "n", "doc_id", "start", "end", "reason"),
)


@dataclass(frozen=True, slots=True)
class _Said:
    wording: str
    start: int
    end: int
    doc_id: str


def default_anchors() -> tuple[str, ...]:
    """Words whose wording is watched year by year, such as 货币政策.

    Example:
        >>> "货币政策" in default_anchors()
        True
    """
    return tuple(term for entry in shipped("anchors.toml") for term in entry["terms"])


def formulation_changes(
    corpus: CorpusLike, anchors: Sequence[str] | None = None, *, whole_sentence: bool = False
) -> pd.DataFrame:
    """The clauses that hold an anchor, set against those of the last earlier report.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        anchors: words to watch; a shipped list by default.
        whole_sentence: compare sentences instead of clauses.

    Returns:
        ``anchor``, ``place``, ``year``, ``formulation``, ``status``: kept (nine tenths alike or
        more), changed (half or more), added, dropped (an earlier wording that nothing
        continues; the row stands in the year that lacks it), first (no earlier report);
        ``prev_year``, ``prev_formulation``, ``difference`` (``[-gone-]``, ``{+new+}``), ``n``
        (times in the report), ``doc_id``, ``start``, ``end``. A report without the anchor gives
        a row without a formulation; a year without a report one with its ``reason``.

    Example:
        >>> texts = {2023: "实施稳健的货币政策。", 2024: "实施适度宽松的货币政策。"}
        >>> table = formulation_changes(texts, ["货币政策"])
        >>> table[["year", "status", "difference"]].fillna("").values.tolist()
        [[2023, 'first', ''], [2024, 'changed', '实施[-稳健-]{+适度宽松+}的货币政策']]
    """
    corpus = as_corpus(corpus)
    words = tuple(anchors) if anchors is not None else default_anchors()
    rows = [row for anchor in words for row in _history(corpus, anchor, whole_sentence)]
    gaps = gap_rows(corpus, ("place", "year")).drop(columns=["n_reports", "n_chars"])
    missing = gaps.merge(pd.DataFrame({"anchor": words}, dtype=object), how="cross")
    frame = pd.concat(
        [pd.DataFrame(rows, columns=list(_COLUMNS), dtype=object), missing], ignore_index=True
    ).reindex(columns=list(_COLUMNS))
    whole = ("year", "prev_year", "n", "start", "end")
    types = {name: "Int64" if name in whole else "string" for name in _COLUMNS}
    frame = frame.astype(types).sort_values(["anchor", "place", "year", "start"])
    return tidy(
        frame,
        "wording around an anchor, aligned by characters (Ratcliff & Obershelp)",
        corpus=corpus,
        anchors=list(words),
        unit="sentence" if whole_sentence else "clause",
        same=_SAME,
        alike=_ALIKE,
    )


def _history(corpus: Corpus, anchor: str, whole: bool) -> Iterator[dict[str, object]]:
    before: dict[str | None, tuple[int, dict[str, list[_Said]]]] = {}
    for text in corpus.texts:
        place = text.source.document.place
        if text.year is None:
            continue
        now: dict[str, list[_Said]] = {}
        for said in _wordings_in(text, anchor, whole):
            now.setdefault(said.wording, []).append(said)
        known = {"anchor": anchor, "place": place, "year": text.year}
        for row in _compared_wordings(now, before.get(place)):
            yield {**known, "doc_id": text.id, **row}
        before[place] = (text.year, now)


def _wordings_in(text: Text, anchor: str, whole: bool) -> Iterator[_Said]:
    view = text.source.view
    places = list(find_term(text, anchor))
    for first, last in text.sentences() if places else ():
        if not any(first <= start < last for start, _ in places):
            continue
        spans = [(first, last)] if whole else list(split_clauses(view.text, first, last))
        for start, end in spans:
            if anchor in view.text[start:end]:
                yield _Said(
                    view.text[start:end].strip("。；！？"), *view.place(start, end), text.id
                )


def _compared_wordings(
    now: dict[str, list[_Said]], before: tuple[int, dict[str, list[_Said]]] | None
) -> Iterator[dict[str, object]]:
    if not now and (before is None or not before[1]):
        yield {"n": 0}
        return
    prev_year, old = before or (None, {})
    pairs = _paired(list(now), list(old))
    for wording, places in now.items():
        known = {"formulation": wording, "n": len(places), "prev_year": prev_year}
        spot = {"start": places[0].start, "end": places[0].end}
        match, score = pairs.get(wording, (None, 0.0))
        if match is None:
            yield {**known, **spot, "status": "first" if before is None else "added"}
            continue
        status = "kept" if score >= _SAME else "changed"
        pair = {"prev_formulation": match, "difference": _difference(match, wording)}
        yield {**known, **spot, "status": status, **pair}
    taken = {match for match, _ in pairs.values()}
    for wording in (w for w in old if w not in taken):
        yield {"status": "dropped", "prev_year": prev_year, "prev_formulation": wording, "n": 0}


def _paired(new: Sequence[str], old: Sequence[str]) -> dict[str, tuple[str, float]]:
    """Each new wording with one old one, the most alike first."""
    scored = sorted(
        ((-_edit_likeness(o, n), i, j) for i, n in enumerate(new) for j, o in enumerate(old)),
    )
    pairs: dict[str, tuple[str, float]] = {}
    taken: set[int] = set()
    for score, i, j in scored:
        if -score >= _ALIKE and new[i] not in pairs and j not in taken:
            pairs[new[i]] = (old[j], -score)
            taken.add(j)
    return pairs


def _edit_likeness(a: str, b: str) -> float:
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()


def _difference(old: str, new: str) -> str:
    """Both wordings in one, by character; a number changes as a whole."""
    parts = []
    before, after = _UNIT.findall(old), _UNIT.findall(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        was, now = "".join(before[i1:i2]), "".join(after[j1:j2])
        if tag == "equal":
            parts.append(now)
            continue
        parts.append(f"[-{was}-]" if was else "")
        parts.append(f"{{+{now}+}}" if now else "")
    return "".join(parts)


def _edits_of_last_year(table: pd.DataFrame, _by: str, limit: int) -> pd.DataFrame:
    """What was changed, added, dropped in the last year."""
    last = of_last_year(table)
    last = last[last["status"].isin(["changed", "added", "dropped"])]
    order = last["status"].map({"changed": 0, "added": 1, "dropped": 2})
    last = last.assign(order=order).sort_values(["order", "anchor"], kind="stable")
    text = last["difference"].fillna(last["formulation"]).fillna(last["prev_formulation"])
    last = last.assign(formulation=text)
    return last.reindex(columns=["anchor", "place", "status", "formulation"]).head(limit)


ANALYSES = (
    Analysis(
        "formulations",
        lambda run: formulation_changes(run.corpus, run.plan.terms or None),
        view=_edits_of_last_year,
        terminal=True,
    ),
)
