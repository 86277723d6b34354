"""How many topics: what a model of each size is worth, by coherence, stability and fit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from speechmine.errors import UsageError
from speechmine.steps import stepping
from speechmine.themes.analyses.topics.fitting import fit_topics
from speechmine.themes.analyses.topics.model import TopicModel
from speechmine.themes.corpus.loading import CorpusLike, as_corpus
from speechmine.themes.tables.result import tidy

__all__ = ["topic_diagnostics"]

_TOP = 10


def topic_diagnostics(
    corpus: CorpusLike,
    numbers: Iterable[int] = (5, 10, 15, 20, 30, 40),
    *,
    seeds: int = 3,
    **settings: Any,
) -> pd.DataFrame:
    r"""One model for each number of topics, and how good each is.

    No number is the true one. Coherence falls and exclusivity rises with it; stability drops
    where topics begin to be cut at random. Take the largest number that is still stable and
    whose topics you can name, and report the neighbours.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        numbers: of topics.
        seeds: models from random starts that each is set against.
        settings: further ones of :func:`fit_topics`, such as ``min_words``.

    Returns:
        ``k``; ``coherence`` (mean NPMI of the ten top terms; Lau et al. 2014), ``coherence_min``
        (of the worst topic), ``stability`` (mean Jaccard similarity of the ten top terms with the
        best partner from other seeds; Greene et al. 2014), ``stability_min``, ``exclusivity``
        (how many of all top terms stand in one topic only), ``smallest`` (share of the smallest
        topic), ``n_paragraphs``.

    Raises:
        UsageError: no number is given, or the corpus has too few paragraphs for one.

    Example:
        >>> text = "修建铁路公路。\n扩大就业稳定就业。\n公路铁路联网。\n就业创业。"
        >>> settings = {"min_words": 2, "min_paragraphs": 2, "max_share": 0.9}
        >>> table = topic_diagnostics({2023: text, 2024: text}, [2], seeds=1, **settings)
        >>> table[["k", "stability"]].values.tolist()
        [[2.0, 1.0]]
    """
    wanted = sorted(set(numbers))
    if not wanted:
        raise UsageError("numbers: one number of topics at least is expected, such as [10, 20]")
    corpus = as_corpus(corpus)
    rows = [
        _model_row(fit_topics(corpus, k, seeds=seeds, **settings))
        for k in stepping("topic_diagnostics", wanted)
    ]
    return tidy(
        pd.DataFrame(rows),
        "NMF of TF-IDF: NPMI coherence (Lau et al. 2014), stability (Greene et al. 2014)",
        corpus=corpus,
        seeds=seeds,
        **{name: value for name, value in settings.items() if name != "vocabulary"},
    )


def _model_row(model: TopicModel) -> dict[str, object]:
    topics = model.topics
    top = model.terms.groupby("topic").head(_TOP)["term"]
    return {
        "k": len(topics),
        "coherence": float(topics["coherence"].mean()),
        "coherence_min": float(topics["coherence"].min()),
        "stability": float(topics["stability"].mean()),
        "stability_min": float(topics["stability"].min()),
        "exclusivity": float(np.mean(top.map(top.value_counts()) == 1)),
        "smallest": float(topics["share"].min()),
        "n_paragraphs": len(model.paragraphs),
    }
