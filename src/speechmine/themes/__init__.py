"""Comparison across years: tidy tables by year, each with its method in ``attrs``.

    >>> from speechmine.themes import load_corpus, term_frequency
    >>> corpus = load_corpus({2023: "深化改革。", 2024: "深化改革，扩大就业，稳定就业。"})
    >>> term_frequency(corpus, ["就业"])[["year", "n"]].values.tolist()
    [[2023, 0], [2024, 2]]

Names are loaded when they are first used: each brings only the libraries it needs.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from speechmine.themes.attention import attention, attention_diversity
    from speechmine.themes.corpus import Corpus, load_corpus
    from speechmine.themes.dictionaries import Dictionary, dictionary_names, load_dictionary
    from speechmine.themes.evidence import keyword_in_context
    from speechmine.themes.frequency import rank_table, term_frequency
    from speechmine.themes.keyness import keyness
    from speechmine.themes.lexicon import lexicon
    from speechmine.themes.lifecycle import disappeared_terms, new_terms, term_lifecycle
    from speechmine.themes.phrases import mine_phrases
    from speechmine.themes.tone import tone
    from speechmine.themes.trends import term_trends
    from speechmine.themes.vocabulary import Vocabulary, default_vocabulary

_HOME = {
    "attention": (
        "attention",
        "attention_diversity",
    ),
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
    "frequency": (
        "rank_table",
        "term_frequency",
    ),
    "keyness": ("keyness",),
    "lexicon": ("lexicon",),
    "lifecycle": (
        "disappeared_terms",
        "new_terms",
        "term_lifecycle",
    ),
    "phrases": ("mine_phrases",),
    "tone": ("tone",),
    "trends": ("term_trends",),
    "vocabulary": (
        "Vocabulary",
        "default_vocabulary",
    ),
}
_MODULE = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "Corpus",
    "Dictionary",
    "Vocabulary",
    "attention",
    "attention_diversity",
    "default_vocabulary",
    "dictionary_names",
    "disappeared_terms",
    "keyness",
    "keyword_in_context",
    "lexicon",
    "load_corpus",
    "load_dictionary",
    "mine_phrases",
    "new_terms",
    "rank_table",
    "term_frequency",
    "term_lifecycle",
    "term_trends",
    "tone",
]


def __getattr__(name: str) -> object:
    if name not in _MODULE:
        raise AttributeError(f"module 'speechmine.themes' has no attribute {name!r}")
    value = getattr(import_module(f"speechmine.themes.{_MODULE[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
