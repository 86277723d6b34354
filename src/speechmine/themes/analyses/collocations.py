"""Which words stand together: pairs in one sentence or paragraph, and the network they make."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from scipy import sparse, stats

from speechmine.errors import UsageError
from speechmine.themes.corpus.corpora import Corpus
from speechmine.themes.corpus.counts import token_table, tokens_of
from speechmine.themes.corpus.loading import CorpusLike, as_corpus
from speechmine.themes.statistics.association import benjamini_hochberg, g2
from speechmine.themes.tables.checks import need_columns
from speechmine.themes.tables.result import tidy
from speechmine.themes.words.vocabulary import Vocabulary, default_vocabulary

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Within", "collocation_network", "collocations"]

Within = Literal["sentence", "paragraph"]


_COLUMNS = {
    "term_a": "string",
    "term_b": "string",
    "n": "int64",
    "n_a": "int64",
    "n_b": "int64",
    "expected": "float64",
    "npmi": "float64",
    "dice": "float64",
    "G2": "float64",
    "p": "float64",
    "p_adj": "float64",
}


def collocations(
    corpus: CorpusLike,
    *,
    keyword: str | None = None,
    within: Within = "sentence",
    min_count: int = 5,
    vocabulary: Vocabulary | None = None,
) -> pd.DataFrame:
    """Pairs of content words that stand in one sentence more often than chance has it.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        keyword: only pairs with this word, which is kept whole.
        within: ``sentence`` or ``paragraph``.
        min_count: least number of sentences with both.
        vocabulary: of the partition; the shipped one, without the verbs that every task carries,
            by default.

    Returns:
        ``term_a``, ``term_b``; ``n``, ``n_a``, ``n_b`` (sentences with both, with each);
        ``expected`` by chance; ``npmi`` (Bouma 2009), ``dice``; ``G2`` (Dunning 1993),
        ``p`` (Fisher's exact
        test, one-sided), ``p_adj`` (Benjamini & Hochberg over all pairs that are frequent
        enough). Sorted by G2. A word that stands twice in a sentence counts once.

    Raises:
        UsageError: ``within`` is neither, or no word occurs often enough.

    Example:
        >>> text = "扩大就业。修建铁路公路。修建铁路码头。"
        >>> table = collocations({2024: text}, min_count=2)
        >>> table[["term_a", "term_b", "n"]].values.tolist()
        [['修建', '铁路', 2]]
    """
    if within not in ("sentence", "paragraph"):
        raise UsageError(f"within={within!r}: 'sentence' or 'paragraph' is expected")
    corpus = as_corpus(corpus)
    vocabulary = vocabulary or Vocabulary(
        default_vocabulary().terms, stop=("function", "report", "verbs")
    )
    if keyword is not None:
        vocabulary = vocabulary.with_terms([keyword])
    counts, words = token_table(_units_of_words(corpus, vocabulary, within))
    pairs = _pair_counts(counts, words, keyword, min_count)
    frame = _pair_measures(pairs, words, counts.shape[0])
    return tidy(
        frame.sort_values(["G2", "term_a", "term_b"], ascending=[False, True, True]),
        "co-occurrence: G2 (Dunning 1993), NPMI (Bouma 2009), Dice",
        corpus=corpus,
        vocabulary=vocabulary,
        keyword=keyword,
        within=within,
        min_count=min_count,
        n_units=counts.shape[0],
    )


def _units_of_words(corpus: Corpus, vocabulary: Vocabulary, within: Within) -> Iterator[list[str]]:
    """Content words of each sentence or paragraph."""
    for text in corpus.texts:
        words, starts = tokens_of(text.source, vocabulary)
        for start, end in text.sentences() if within == "sentence" else text.spans:
            yield vocabulary.content(words[bisect_left(starts, start) : bisect_left(starts, end)])


def _pair_counts(
    counts: sparse.csr_matrix, words: Sequence[str], keyword: str | None, min_count: int
) -> pd.DataFrame:
    """Numbers of the words of each pair, sentences with both and with each."""
    held = (counts > 0).astype(np.int64).tocsc()
    sums = np.asarray(held.sum(axis=0)).ravel()
    kept = np.flatnonzero(sums >= min_count)
    if keyword is not None and keyword not in {words[int(i)] for i in kept}:
        raise UsageError(f"keyword={keyword!r}: it stands in fewer than {min_count} sentences")
    part = held[:, kept]
    first = part if keyword is None else held[:, [words.index(keyword)]]
    both = (first.T @ part).tocoo()
    rows = kept if keyword is None else np.array([words.index(keyword)])
    a, b = rows[both.row], kept[both.col]
    enough = (both.data >= min_count) & (a < b if keyword is None else a != b)
    a, b = a[enough], b[enough]
    return pd.DataFrame({"a": a, "b": b, "n": both.data[enough], "n_a": sums[a], "n_b": sums[b]})


def _pair_measures(pairs: pd.DataFrame, words: Sequence[str], units: int) -> pd.DataFrame:
    n, n_a, n_b = (pairs[name].to_numpy(dtype=float) for name in ("n", "n_a", "n_b"))
    score = g2(n, n_a, n_b - n, units - n_a)
    # Exact, for most pairs are rare.
    p = stats.hypergeom.sf(n - 1, units, n_a, n_b)
    with np.errstate(divide="ignore", invalid="ignore"):
        shared = np.log(n * units / (n_a * n_b)) / -np.log(n / units)
    table = pd.DataFrame(
        {
            "term_a": [words[i] for i in pairs["a"]],
            "term_b": [words[i] for i in pairs["b"]],
            "n": n,
            "n_a": n_a,
            "n_b": n_b,
            "expected": n_a * n_b / max(units, 1),
            # Words that stand in every sentence stand together in every one.
            "npmi": np.where(n >= units, 1.0, shared),
            "dice": 2 * n / (n_a + n_b),
            "G2": score,
            "p": p,
            "p_adj": benjamini_hochberg(p),
        }
    )
    return table[table["G2"] > 0].astype(_COLUMNS)


def collocation_network(
    table: pd.DataFrame, *, top: int = 80, weight: str = "npmi", level: float = 0.01
) -> nx.Graph:
    """The strongest pairs as a graph of networkx, its words in communities.

    Needs networkx: ``pip install speechmine[research]``.

    Args:
        table: of :func:`collocations`.
        top: pairs, those with the highest G2.
        weight: column that weighs an edge.
        level: pairs whose ``p_adj`` is above, or that stand together less often than chance has
            it, are left out.

    Returns:
        Nodes with ``n`` (sentences), ``degree`` and ``community`` (greedy modularity; Clauset,
        Newman & Moore 2004; 0 is the largest), edges with ``weight``, ``n`` and ``G2``.
        ``networkx.write_graphml`` gives it to Gephi.

    Raises:
        UsageError: a column is missing, networkx is, or no pair is left.

    Example:
        >>> text = "扩大就业增加收入。修建铁路公路。" * 20
        >>> graph = collocation_network(collocations({2024: text}))
        >>> sorted(graph.nodes)
        ['修建', '公路', '增加收入', '就业', '铁路']
    """
    need_columns(table, "term_a", "term_b", "n", "n_a", "n_b", "G2", "p_adj", weight)
    try:
        import networkx as nx
    except ModuleNotFoundError as error:
        raise UsageError("networks need networkx: pip install 'speechmine[research]'") from error
    kept = table[(table["p_adj"] <= level) & (table["G2"] > 0)].head(top)
    if kept.empty:
        raise UsageError(f"no pair of the {len(table)} given stands together beyond chance")
    # What is plain goes along into files; GraphML holds nothing else.
    about = {str(k): v for k, v in table.attrs.items() if isinstance(v, (str, int))}
    graph = nx.Graph(**about)
    for row in kept.to_dict("records"):
        for end in ("a", "b"):
            graph.add_node(row[f"term_{end}"], n=int(row[f"n_{end}"]))
        weights = {name: float(row[name]) for name in ("n", "G2")}
        graph.add_edge(row["term_a"], row["term_b"], weight=float(row[weight]), **weights)
    groups = nx.community.greedy_modularity_communities(graph, weight="weight")
    for number, group in enumerate(sorted(groups, key=lambda g: (-len(g), min(g)))):
        for term in group:
            graph.nodes[term].update(community=number, degree=int(graph.degree[term]))
    return graph
