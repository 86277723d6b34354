"""The topics of a corpus as tables of the comparison."""

from __future__ import annotations

import pandas as pd

from speechmine.errors import UsageError
from speechmine.themes.analyses.topics.fitting import fit_topics
from speechmine.themes.analyses.topics.model import TopicModel
from speechmine.themes.declaring.analysis import PARTED, Analysis, Chart, heat_map_of
from speechmine.themes.declaring.run import ComparisonRun
from speechmine.themes.declaring.views import crossed, pick, top
from speechmine.themes.tables.result import tidy

__all__ = ["ANALYSES"]

# Fewer paragraphs than this a topic make topics of chance.
_PARAGRAPHS_A_TOPIC = 12


def _model(run: ComparisonRun) -> TopicModel:
    """Topics, as many as the paragraphs allow."""
    paragraphs = sum(len(text.spans) for text in run.corpus.texts)
    k = min(run.plan.topics, paragraphs // _PARAGRAPHS_A_TOPIC)
    if k < 2:
        raise UsageError(f"topics need more paragraphs than {paragraphs}")
    return fit_topics(run.corpus, k)


def _typical_paragraphs(run: ComparisonRun) -> pd.DataFrame:
    """The two paragraphs that each topic fills most."""
    model = run.once(_model)
    found = [
        model.representative(topic, n=2).assign(about=label)
        for topic, label in zip(model.topics["topic"], model.topics["label"], strict=True)
    ]
    table = pd.concat(found, ignore_index=True)
    columns = ["about", "year", "doc_id", "start", "end", "share", "text"]
    return tidy(table[columns], "paragraphs by topic share", corpus=run.corpus)


ANALYSES = (
    Analysis(
        "topics",
        lambda run: run.once(_model).topics,
        by=PARTED,
        view=top(("share", "topic"), "label", "top_terms", "share", "coherence", "stability"),
        terminal=True,
    ),
    Analysis(
        "prevalence",
        lambda run: run.once(_model).prevalence(by=run.plan.by),
        by=PARTED,
        view=crossed("label", "prevalence"),
        charts=(Chart("small_multiples"), heat_map_of("label", "prevalence")),
        page="figure",
    ),
    Analysis(
        "paragraphs",
        _typical_paragraphs,
        by=PARTED,
        view=pick("about", "year", "share", "text", "doc_id"),
    ),
)
