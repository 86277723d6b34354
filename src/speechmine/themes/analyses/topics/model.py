"""What a topic model holds, and how much of each group of texts each topic is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from speechmine.themes.corpus.corpora import Corpus
from speechmine.themes.corpus.groups import By, Slice, group_frame, grouping, slices_of
from speechmine.themes.corpus.texts import han_length
from speechmine.themes.statistics.arrays import Floats
from speechmine.themes.tables.result import tidy
from speechmine.themes.words.vocabulary import Vocabulary

__all__ = ["TopicModel"]

_SEED = 0
_DRAWS = 200


@dataclass(frozen=True, eq=False)
class TopicModel:
    r"""Topics of a corpus.

    Attributes:
        topics: ``topic``, ``label``, ``top_terms``, ``coherence`` (mean NPMI of the ten top terms),
            ``share`` (of all characters), ``stability`` (mean Jaccard similarity of its ten top
            terms with the best partner in models from other seeds).
        paragraphs: ``paragraph``, ``doc_id``, ``year``, ``place``, ``start``, ``end``, ``n_chars``,
            ``topic`` (the leading one; missing where no word is known), ``weight``.
        terms: ``topic``, ``term``, ``weight``, ``frex`` (frequent in it and rare elsewhere).
        weights: one row a paragraph, shares of the topics.

    Example:
        >>> from speechmine.themes import fit_topics
        >>> text = "修建铁路公路。\n扩大就业稳定就业。\n公路铁路联网。\n就业创业。"
        >>> settings = {"min_words": 2, "min_paragraphs": 2, "max_share": 0.9, "seeds": 0}
        >>> model = fit_topics({2023: text, 2024: text}, 2, **settings)
        >>> model.topics["topic"].tolist(), len(model.paragraphs)
        ([0, 1], 6)
    """

    corpus: Corpus
    vocabulary: Vocabulary
    topics: pd.DataFrame
    paragraphs: pd.DataFrame
    terms: pd.DataFrame
    weights: Floats

    def prevalence(self, *, by: By = "year", level: float = 0.95) -> pd.DataFrame:
        r"""Share of each topic in the characters of each group, with intervals.

        Args:
            by: grouping variables. By section or discourse a paragraph counts in each group with
                as many characters as it has there; its topics are those of the whole paragraph.
            level: of the interval: percentiles of 200 draws of the group's paragraphs with
                replacement, weighted by their characters, from a fixed seed. The model is held
                fast, so that the intervals tell how much a share hangs on single paragraphs, not
                how sure the topics are (``stability`` does), and two reports may be compared.

        Returns:
            Grouping columns, ``topic``, ``label``, ``prevalence``, ``ci_low``, ``ci_high``,
            ``n_paragraphs``, ``n_chars``, ``reason``.

        Example:
            >>> from speechmine.themes import fit_topics
            >>> text = "修建铁路公路。\n扩大就业稳定就业。\n公路铁路联网。\n就业创业。"
            >>> settings = {"min_words": 2, "min_paragraphs": 2, "max_share": 0.9, "seeds": 0}
            >>> model = fit_topics({2023: text, 2024: text}, 2, **settings)
            >>> model.prevalence()["prevalence"].round(2).tolist()
            [0.6, 0.4, 0.6, 0.4]
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
    rows = []
    for key, held in _rows_by_key(model.paragraphs, slices_of(model.corpus, by)).items():
        places = list(held)
        weights = model.weights[places]
        size = np.array([held[place] for place in places], dtype=float)
        low, high = _bootstrap_interval(weights, size, level)
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
    paragraphs: pd.DataFrame, slices: Sequence[Slice]
) -> dict[tuple[object, ...], dict[int, int]]:
    """For each group its paragraphs, and how many characters of each belong to it."""
    by_document: dict[str, list[tuple[int, int, int]]] = {}
    spans = zip(paragraphs["doc_id"], paragraphs["start"], paragraphs["end"], strict=True)
    for i, (doc_id, start, end) in enumerate(spans):
        by_document.setdefault(doc_id, []).append((i, int(start), int(end)))
    found: dict[tuple[object, ...], dict[int, int]] = {}
    for piece in slices:
        held = found.setdefault(piece.key, {})
        text = piece.text.source.document.text
        for i, start, end in by_document.get(piece.text.id, ()):
            n = sum(
                han_length(text[max(start, first) : min(end, last)])
                for first, last in piece.text.origins
                if first < end and start < last
            )
            if n:
                held[i] = held.get(i, 0) + n
    return {key: dict(sorted(held.items())) for key, held in found.items() if held}


def _bootstrap_interval(weights: Floats, size: Floats, level: float) -> tuple[Floats, Floats]:
    """The same draws for every group: a group's interval does not depend on the others."""
    random = np.random.default_rng(_SEED)
    n = len(size)
    times = random.multinomial(n, np.full(n, 1 / n), size=_DRAWS) * size
    draws = times @ weights / times.sum(axis=1, keepdims=True)
    tail = (1 - level) / 2
    return np.quantile(draws, tail, axis=0), np.quantile(draws, 1 - tail, axis=0)
