"""Comparison across years: tidy tables by year, each with its method in ``attrs``.

    >>> from speechmine.themes import load_corpus, term_frequency
    >>> corpus = load_corpus({2023: "深化改革。", 2024: "深化改革，扩大就业，稳定就业。"})
    >>> term_frequency(corpus, ["就业"])[["year", "n"]].values.tolist()
    [[2023, 0], [2024, 2]]

Every table says in ``attrs`` how it was made: ``method`` (the statistic and its source), ``params``
(all that changes the numbers), ``n_reports`` and ``filters`` (the corpus it was made from), and,
where words are counted, ``vocabulary`` (counts under different ids are not comparable). A year
between the first and the last without a report is a row with a ``reason`` and no numbers.

Names are loaded when they are first used: each brings only the libraries it needs.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from speechmine.themes.breaks import changepoints
    from speechmine.themes.carryover import carry_over, carry_over_summary
    from speechmine.themes.choosing import topic_diagnostics
    from speechmine.themes.comparison import Comparison, Plan, compare
    from speechmine.themes.contrast import keyness
    from speechmine.themes.corpus import Corpus, load_corpus
    from speechmine.themes.dictionaries import Dictionary, dictionary_names, load_dictionary
    from speechmine.themes.evidence import keyword_in_context
    from speechmine.themes.explaining import explain
    from speechmine.themes.formulations import formulation_changes
    from speechmine.themes.frequency import rank_table, term_frequency
    from speechmine.themes.kleinberg import bursts
    from speechmine.themes.lexical import lexical_diversity
    from speechmine.themes.lexicons import lexicon
    from speechmine.themes.lifecycle import disappeared_terms, new_terms, term_lifecycle
    from speechmine.themes.likeness import novelty, similarity
    from speechmine.themes.matrix import FeatureMatrix, dfm, tokens
    from speechmine.themes.modality import tone
    from speechmine.themes.neighbours import collocation_network, collocations
    from speechmine.themes.phrases import mine_phrases
    from speechmine.themes.records import (
        compare_deadlines,
        compare_metrics,
        compare_parties,
        compare_tasks,
    )
    from speechmine.themes.scaling import scale_reports
    from speechmine.themes.shares import attention, attention_diversity
    from speechmine.themes.topic_model import TopicModel
    from speechmine.themes.topics import fit_topics
    from speechmine.themes.trends import term_trends
    from speechmine.themes.vocabulary import Vocabulary, default_vocabulary

_HOME = {
    "breaks": ("changepoints",),
    "carryover": (
        "carry_over",
        "carry_over_summary",
    ),
    "choosing": ("topic_diagnostics",),
    "comparison": (
        "Comparison",
        "Plan",
        "compare",
    ),
    "contrast": ("keyness",),
    "corpus": (
        "Corpus",
        "load_corpus",
    ),
    "dictionaries": (
        "Dictionary",
        "dictionary_names",
        "load_dictionary",
    ),
    "evidence": ("keyword_in_context",),
    "explaining": ("explain",),
    "formulations": ("formulation_changes",),
    "frequency": (
        "rank_table",
        "term_frequency",
    ),
    "kleinberg": ("bursts",),
    "lexical": ("lexical_diversity",),
    "lexicons": ("lexicon",),
    "lifecycle": (
        "disappeared_terms",
        "new_terms",
        "term_lifecycle",
    ),
    "likeness": (
        "novelty",
        "similarity",
    ),
    "matrix": (
        "FeatureMatrix",
        "dfm",
        "tokens",
    ),
    "modality": ("tone",),
    "neighbours": (
        "collocation_network",
        "collocations",
    ),
    "phrases": ("mine_phrases",),
    "records": (
        "compare_deadlines",
        "compare_metrics",
        "compare_parties",
        "compare_tasks",
    ),
    "scaling": ("scale_reports",),
    "shares": (
        "attention",
        "attention_diversity",
    ),
    "topic_model": ("TopicModel",),
    "topics": ("fit_topics",),
    "trends": ("term_trends",),
    "vocabulary": (
        "Vocabulary",
        "default_vocabulary",
    ),
}
_MODULE = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "Comparison",
    "Corpus",
    "Dictionary",
    "FeatureMatrix",
    "Plan",
    "TopicModel",
    "Vocabulary",
    "attention",
    "attention_diversity",
    "bursts",
    "carry_over",
    "carry_over_summary",
    "changepoints",
    "collocation_network",
    "collocations",
    "compare",
    "compare_deadlines",
    "compare_metrics",
    "compare_parties",
    "compare_tasks",
    "default_vocabulary",
    "dfm",
    "dictionary_names",
    "disappeared_terms",
    "explain",
    "fit_topics",
    "formulation_changes",
    "keyness",
    "keyword_in_context",
    "lexical_diversity",
    "lexicon",
    "load_corpus",
    "load_dictionary",
    "mine_phrases",
    "new_terms",
    "novelty",
    "rank_table",
    "scale_reports",
    "similarity",
    "term_frequency",
    "term_lifecycle",
    "term_trends",
    "tokens",
    "tone",
    "topic_diagnostics",
]


def __getattr__(name: str) -> object:
    if name not in _MODULE:
        raise AttributeError(f"module 'speechmine.themes' has no attribute {name!r}")
    value = getattr(import_module(f"speechmine.themes.{_MODULE[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
