"""How firmly texts oblige: sentences by the strength of their modal words."""

from __future__ import annotations

import functools
from collections import Counter

import pandas as pd

from speechmine.themes.corpus.groups import By, group_frame, grouping, slices_of
from speechmine.themes.corpus.loading import CorpusLike, as_corpus
from speechmine.themes.corpus.texts import Text
from speechmine.themes.declaring.analysis import EVERY, Analysis, Chart, heat_map_of
from speechmine.themes.declaring.views import crossed
from speechmine.themes.tables.result import tidy
from speechmine.themes.words.dictionaries import Dictionary
from speechmine.themes.words.entries import shipped

__all__ = ["ANALYSES", "tone"]

_ORDER = ("strong", "medium", "weak")


_HEDGE = "hedged target"
_NONE = "none"


def tone(corpus: CorpusLike, *, by: By = "year") -> pd.DataFrame:
    """Sentences by the strongest modal word they hold.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes; ``section="plan"`` compares best.
        by: grouping variables.

    Returns:
        Grouping columns, ``strength``: strong (必须, 确保, 严禁), medium (要, 推进), weak (鼓励,
        探索) or none, which share the sentences out; and hedged target (左右, 力争), counted beside
        them; ``n``, ``share``, ``n_sentences``, ``n_reports``, ``reason``.

    Example:
        >>> table = tone({2024: "必须守住底线。要抓紧。鼓励创新。增长5%左右。"})
        >>> table[["strength", "n"]].values.tolist()[:2]
        [['strong', 1], ['medium', 1]]
    """
    corpus = as_corpus(corpus)
    names = list(grouping(by))
    sums: dict[tuple[object, ...], Counter[str]] = {}
    for piece in slices_of(corpus, by):
        if piece.text.n_chars:
            sums.setdefault(piece.key, Counter()).update(_strengths(piece.text))
    kinds = [*_ORDER, _NONE, _HEDGE]
    rows = [
        {
            **dict(zip(names, key, strict=True)),
            "strength": kind,
            "n": counts[kind],
            "n_sentences": sum(counts[k] for k in (*_ORDER, _NONE)),
        }
        for key, counts in sums.items()
        for kind in kinds
    ]
    groups = group_frame(corpus, by).merge(pd.DataFrame({"strength": kinds}), how="cross")
    found = pd.DataFrame(rows, columns=[*names, "strength", "n", "n_sentences"]).astype(
        {name: groups[name].dtype for name in names} | {"n": "Int64", "n_sentences": "Int64"}
    )
    table = groups.merge(found, on=[*names, "strength"], how="left")
    table["share"] = (table["n"] / table["n_sentences"]).astype("Float64")
    order = [*names, "strength", "n", "share", "n_sentences", "n_reports", "reason"]
    method = "sentences by their strongest modal word, as policy instruments are coded"
    return tidy(table[order], method, corpus=corpus, by=by)


@functools.cache
def _tone_words() -> Dictionary:
    entries = shipped("tone.toml")
    terms = {entry["value"]: entry["terms"] for entry in entries}
    exclude = tuple(word for entry in entries for word in entry["exclude"])
    return Dictionary("tone", tuple(terms), terms, exclude)


def _strengths(text: Text) -> Counter[str]:
    words = _tone_words()
    matcher = words.matcher()
    counts: Counter[str] = Counter()
    view = text.source.view.text
    for start, end in text.sentences():
        found = {kind for kind, _, _ in words.hits(view[start:end], matcher)}
        counts[next((kind for kind in _ORDER if kind in found), _NONE)] += 1
        counts[_HEDGE] += _HEDGE in found
    return counts


ANALYSES = (
    Analysis(
        "tone",
        lambda run: tone(run.corpus, by=run.plan.by),
        by=EVERY,
        view=crossed("strength", "share"),
        charts=(Chart("lines"), heat_map_of("strength", "share")),
        terminal=True,
    ),
)
