"""What a topic model holds, and how much of each group of texts each topic is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from speechmine.errors import UsageError
from speechmine.themes.corpus import Corpus
from speechmine.themes.groups import By, Slice, group_frame, grouping, slices_of
from speechmine.themes.result import tidy
from speechmine.themes.vocabulary import Vocabulary

__all__ = ["TopicModel"]

Floats = npt.NDArray[np.float64]
_SEED = 0
_DRAWS = 200


@dataclass(frozen=True, eq=False)
class TopicModel:
    """Topics of a corpus.

    Attributes:
        topics: ``topic``, ``label``, ``top_terms``, ``coherence`` (mean NPMI of the ten top terms),
            ``share`` (of all characters), ``stability`` (mean Jaccard similarity of its ten top
            terms with the best partner in models from other seeds).
        paragraphs: ``paragraph``, ``doc_id``, ``year``, ``place``, ``start``, ``end``, ``n_chars``,
            ``topic`` (the leading one; missing where no word is known), ``weight``.
        terms: ``topic``, ``term``, ``weight``, ``frex`` (frequent in it and rare elsewhere).
        weights: one row a paragraph, shares of the topics.
    """

    corpus: Corpus
    vocabulary: Vocabulary
    topics: pd.DataFrame
    paragraphs: pd.DataFrame
    terms: pd.DataFrame
    weights: Floats

    def prevalence(self, *, by: By = "year", level: float = 0.95) -> pd.DataFrame:
        """Share of each topic in the characters of each group, with intervals.

        Args:
            by: year, place, level.
            level: of the interval, from a bootstrap of paragraphs within the group.

        Returns:
            Grouping columns, ``topic``, ``label``, ``prevalence``, ``ci_low``, ``ci_high``,
            ``n_paragraphs``, ``n_chars``, ``reason``.
        """
        return _prevalence(self, by, level)

    def representative(self, topic: int, *, year: int | None = None, n: int = 3) -> pd.DataFrame:
        """The paragraphs that a topic fills most.

        Args:
            topic: its number.
            year: only of that year.
            n: how many.

        Returns:
            Rows of ``paragraphs`` with ``share`` and ``text``, as the document has it.
        """
        frame = self.paragraphs.assign(share=self.weights[:, topic])
        if year is not None:
            frame = frame[frame["year"] == year]
        frame = frame.sort_values(["share", "paragraph"], ascending=[False, True]).head(n)
        sources = {text.id: text.source for text in self.corpus.texts}
        quotes = [
            sources[row["doc_id"]].document.text[row["start"] : row["end"]]
            for row in frame.to_dict("records")
        ]
        return tidy(frame.assign(text=quotes), "paragraphs by topic share", topic=topic, year=year)


def _prevalence(model: TopicModel, by: By, level: float) -> pd.DataFrame:
    names = list(grouping(by))
    if set(names) & {"section", "discourse"}:
        raise UsageError("prevalence by parts of a report: narrow the corpus first, then fit")
    slices = slices_of(model.corpus, by)
    keys = {piece.text.id: piece.key for piece in slices}
    rows = []
    for key, places in _rows_by_key(model.paragraphs, keys, slices).items():
        weights = model.weights[places]
        size = model.paragraphs["n_chars"].to_numpy(dtype=float)[places]
        low, high = _interval(weights, size, level)
        mean = size @ weights / size.sum()
        rows += [
            {
                **dict(zip(names, key, strict=True)),
                "topic": topic,
                "prevalence": mean[topic],
                "ci_low": low[topic],
                "ci_high": high[topic],
                "n_paragraphs": len(places),
            }
            for topic in range(weights.shape[1])
        ]
    groups = group_frame(model.corpus, by)
    found = pd.DataFrame(rows).astype({name: groups[name].dtype for name in names})
    table = groups.merge(model.topics[["topic", "label"]], how="cross")
    table = table.merge(found, on=[*names, "topic"], how="left")
    order = [
        "topic",
        "label",
        "prevalence",
        "ci_low",
        "ci_high",
        "n_paragraphs",
        "n_chars",
        "reason",
    ]
    return tidy(
        table[[*names, *order]],
        "mean share of paragraphs weighted by length, bootstrap of paragraphs within the group",
        corpus=model.corpus,
        vocabulary=model.vocabulary,
        by=by,
        level=level,
        draws=_DRAWS,
        fit=model.topics.attrs["params"],
    )


def _rows_by_key(
    paragraphs: pd.DataFrame, keys: dict[str, tuple[object, ...]], slices: Sequence[Slice]
) -> dict[tuple[object, ...], list[int]]:
    found: dict[tuple[object, ...], list[int]] = {piece.key: [] for piece in slices}
    for i, doc_id in enumerate(paragraphs["doc_id"]):
        found[keys[doc_id]].append(i)
    return {key: rows for key, rows in found.items() if rows}


def _interval(weights: Floats, size: Floats, level: float) -> tuple[Floats, Floats]:
    """The same draws for every group: a group's interval does not depend on the others."""
    random = np.random.default_rng(_SEED)
    n = len(size)
    times = random.multinomial(n, np.full(n, 1 / n), size=_DRAWS) * size
    draws = times @ weights / times.sum(axis=1, keepdims=True)
    tail = (1 - level) / 2
    return np.quantile(draws, tail, axis=0), np.quantile(draws, 1 - tail, axis=0)
