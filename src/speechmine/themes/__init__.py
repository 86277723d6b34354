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

from typing import TYPE_CHECKING

from speechmine.declared import lazily

if TYPE_CHECKING:
    from speechmine.themes.analyses.attention import attention, attention_diversity
    from speechmine.themes.analyses.breaks import changepoints
    from speechmine.themes.analyses.bursts import bursts
    from speechmine.themes.analyses.carryover import carry_over, carry_over_summary
    from speechmine.themes.analyses.collocations import collocation_network, collocations
    from speechmine.themes.analyses.evidence import keyword_in_context
    from speechmine.themes.analyses.formulations import formulation_changes
    from speechmine.themes.analyses.frequency.ranks import rank_table
    from speechmine.themes.analyses.frequency.terms import term_frequency
    from speechmine.themes.analyses.keyness import keyness
    from speechmine.themes.analyses.lexical import lexical_diversity
    from speechmine.themes.analyses.likeness import similarity
    from speechmine.themes.analyses.matrix import FeatureMatrix, dfm, tokens
    from speechmine.themes.analyses.novelty import novelty
    from speechmine.themes.analyses.records.tables import (
        compare_deadlines,
        compare_metrics,
        compare_parties,
        compare_tasks,
    )
    from speechmine.themes.analyses.scaling import scale_reports
    from speechmine.themes.analyses.terms.coming import new_terms
    from speechmine.themes.analyses.terms.going import disappeared_terms
    from speechmine.themes.analyses.terms.lifecycle import term_lifecycle
    from speechmine.themes.analyses.terms.phrases import mine_phrases
    from speechmine.themes.analyses.tone import tone
    from speechmine.themes.analyses.topics.choosing import topic_diagnostics
    from speechmine.themes.analyses.topics.fitting import fit_topics
    from speechmine.themes.analyses.topics.model import TopicModel
    from speechmine.themes.analyses.trends import term_trends
    from speechmine.themes.comparison.comparing import Comparison, compare
    from speechmine.themes.comparison.explaining import explain
    from speechmine.themes.corpus.corpora import Corpus
    from speechmine.themes.corpus.loading import load_corpus
    from speechmine.themes.declaring.plan import Plan
    from speechmine.themes.words.dictionaries import Dictionary, dictionary_names, load_dictionary
    from speechmine.themes.words.formulations import lexicon
    from speechmine.themes.words.vocabulary import Vocabulary, default_vocabulary

_HOME = {
    "analyses.attention": ("attention", "attention_diversity"),
    "analyses.breaks": ("changepoints",),
    "analyses.bursts": ("bursts",),
    "analyses.carryover": ("carry_over", "carry_over_summary"),
    "analyses.collocations": ("collocation_network", "collocations"),
    "analyses.evidence": ("keyword_in_context",),
    "analyses.formulations": ("formulation_changes",),
    "analyses.frequency.ranks": ("rank_table",),
    "analyses.frequency.terms": ("term_frequency",),
    "analyses.keyness": ("keyness",),
    "analyses.lexical": ("lexical_diversity",),
    "analyses.likeness": ("similarity",),
    "analyses.matrix": ("FeatureMatrix", "dfm", "tokens"),
    "analyses.novelty": ("novelty",),
    "analyses.records.tables": (
        "compare_deadlines",
        "compare_metrics",
        "compare_parties",
        "compare_tasks",
    ),
    "analyses.scaling": ("scale_reports",),
    "analyses.terms.coming": ("new_terms",),
    "analyses.terms.going": ("disappeared_terms",),
    "analyses.terms.lifecycle": ("term_lifecycle",),
    "analyses.terms.phrases": ("mine_phrases",),
    "analyses.tone": ("tone",),
    "analyses.topics.choosing": ("topic_diagnostics",),
    "analyses.topics.fitting": ("fit_topics",),
    "analyses.topics.model": ("TopicModel",),
    "analyses.trends": ("term_trends",),
    "comparison.comparing": ("Comparison", "compare"),
    "comparison.explaining": ("explain",),
    "corpus.corpora": ("Corpus",),
    "corpus.loading": ("load_corpus",),
    "declaring.plan": ("Plan",),
    "words.dictionaries": ("Dictionary", "dictionary_names", "load_dictionary"),
    "words.formulations": ("lexicon",),
    "words.vocabulary": ("Vocabulary", "default_vocabulary"),
}

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


__getattr__ = lazily(__name__, _HOME)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
