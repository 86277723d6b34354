"""Counts two ways: literal occurrences of named terms, and words of a partition."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import cast

import numpy as np
import numpy.typing as npt
from scipy import sparse

from speechmine.themes.corpus.storing import words_kept
from speechmine.themes.corpus.texts import ComparedSource, Text
from speechmine.themes.words.formulations import excluded_hosts
from speechmine.themes.words.vocabulary import Tokens, Vocabulary

__all__ = [
    "count_literal",
    "literal_counts",
    "token_matrix",
    "token_table",
    "tokens_of",
    "words_of",
]

# Lists longer than this are counted once a document: the lexicon, not a few words of a call.
_MANY = 1000


def count_literal(text: str, term: str, exclude: Iterable[str] = ()) -> int:
    """Occurrences of a term, nested ones included, without those inside an excluded word.

    Example:
        >>> count_literal("扩大内需。国内需求不足。", "内需", ["国内需求"])
        1
    """
    return text.count(term) - sum(text.count(host) * host.count(term) for host in exclude)


def literal_counts(
    texts: Sequence[Text],
    terms: Sequence[str],
    exclude: dict[str, tuple[str, ...]] | None = None,
) -> npt.NDArray[np.int64]:
    """Literal counts, one row a text and one column a term.

    Args:
        texts: what is read.
        terms: what is counted.
        exclude: words that do not count, by term; the lexicon's own by default.
    """
    rows = [_literal_row(text, tuple(terms), exclude) for text in texts]
    return np.array(rows, dtype=np.int64).reshape(len(texts), len(terms))


def _literal_row(
    text: Text, terms: tuple[str, ...], exclude: dict[str, tuple[str, ...]] | None
) -> list[int]:
    """Counts in one text; those of a whole document by the lexicon's rules are kept."""
    key = ("literal", "\x1f".join(terms))
    whole = exclude is None and text.spans == text.source.blocks and len(terms) > _MANY
    if whole and key in text.source.kept:
        return cast("list[int]", text.source.kept[key])
    hosts = excluded_hosts() if exclude is None else exclude
    row = [count_literal(text.joined, term, hosts.get(term, ())) for term in terms]
    if whole:
        text.source.kept[key] = row
    return row


def words_of(text: Text, vocabulary: Vocabulary) -> list[str]:
    """The words inside the spans that count, in order."""
    words, starts = tokens_of(text.source, vocabulary)
    if text.spans == text.source.blocks:
        return words
    found: list[str] = []
    for start, end in text.spans:
        found += words[bisect_left(starts, start) : bisect_left(starts, end)]
    return found


def tokens_of(source: ComparedSource, vocabulary: Vocabulary) -> Tokens:
    """The words of a whole document, cut once for each vocabulary."""
    key = ("tokens", vocabulary.partition)
    if key not in source.kept:
        source.kept[key] = words_kept(source, vocabulary)
    return cast("Tokens", source.kept[key])


def token_table(
    lists: Iterable[Iterable[str]],
) -> tuple[sparse.csr_matrix, list[str]]:
    """Counts of words as a sparse matrix, one row a list, with the words in order.

    Example:
        >>> matrix, words = token_table([["稳", "进"], ["稳", "稳"]])
        >>> words, matrix.toarray().tolist()
        (['稳', '进'], [[1, 1], [2, 0]])
    """
    counters = [Counter(words) for words in lists]
    words = sorted(set().union(*counters))
    place = {word: i for i, word in enumerate(words)}
    rows = np.repeat(np.arange(len(counters)), [len(c) for c in counters])
    columns = np.array([place[word] for c in counters for word in c], dtype=np.int64)
    values = np.array([n for c in counters for n in c.values()], dtype=np.int64)
    shape = (len(counters), len(words))
    return sparse.csr_matrix((values, (rows, columns)), shape=shape), words


def token_matrix(
    texts: Sequence[Text], vocabulary: Vocabulary
) -> tuple[sparse.csr_matrix, list[str]]:
    """Counts of content words, one row a text."""
    return token_table(vocabulary.content(words_of(text, vocabulary)) for text in texts)
