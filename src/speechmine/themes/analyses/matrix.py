"""Words out: one row a token, and documents by features, for other programs to go on with."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from speechmine.errors import UsageError
from speechmine.themes.corpus.counts import literal_counts, token_table, tokens_of, words_of
from speechmine.themes.corpus.loading import CorpusLike, as_corpus
from speechmine.themes.corpus.texts import Text
from speechmine.themes.tables.checks import check_terms
from speechmine.themes.tables.result import tidy
from speechmine.themes.words.dictionaries import DictionaryLike, load_dictionary
from speechmine.themes.words.vocabulary import Vocabulary, default_vocabulary

__all__ = ["FeatureMatrix", "dfm", "tokens"]

_TOKEN_COLUMNS = {
    "doc_id": "string",
    "year": "Int64",
    "place": "string",
    "paragraph": "int64",
    "position": "int64",
    "token": "string",
    "content": "bool",
    "start": "int64",
    "end": "int64",
}


#: What reads the files of a matrix into quanteda; stands beside them.
_QUANTEDA = """\
# Reads the matrix in this folder as a quanteda dfm; run it in this folder.
counts <- as(Matrix::readMM("counts.mtx"), "CsparseMatrix")
documents <- read.csv("documents.csv", fileEncoding = "UTF-8", check.names = FALSE)
features <- readLines("features.txt", encoding = "UTF-8")
dimnames(counts) <- list(documents$doc_id, features)
x <- quanteda::as.dfm(counts)
quanteda::docvars(x) <- documents
"""


def tokens(
    corpus: CorpusLike, *, vocabulary: Vocabulary | None = None, content: bool = False
) -> pd.DataFrame:
    """Every word of the corpus as a row, in order, as tidytext has it.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        vocabulary: of the partition; the shipped one by default.
        content: only words that carry content (no stop words, numbers, names, single characters).

    Returns:
        ``doc_id``, ``year``, ``place``, ``paragraph`` (its number), ``position`` (number of the
        word in the document), ``token``, ``content``, ``start``, ``end`` (in the document as
        read). Marks are no tokens; numbers are.

    Example:
        >>> table = tokens({2024: "加快发展数字经济。"})
        >>> table[["token", "start", "end"]].values.tolist()
        [['加快', 0, 2], ['发展', 2, 4], ['数字经济', 4, 8]]
    """
    corpus = as_corpus(corpus)
    vocabulary = vocabulary or default_vocabulary()
    parts = [_tokens_of(text, vocabulary) for text in corpus.texts]
    frame = pd.concat(parts, ignore_index=True).astype(_TOKEN_COLUMNS)
    if content:
        frame = frame[frame["content"]]
    return tidy(
        frame, "words of the partition", corpus=corpus, vocabulary=vocabulary, content=content
    )


def _tokens_of(text: Text, vocabulary: Vocabulary) -> pd.DataFrame:
    words, starts = tokens_of(text.source, vocabulary)
    at = np.array(starts, dtype=np.int64)
    borders = np.array(text.spans, dtype=np.int64).reshape(-1, 2)
    inside = np.searchsorted(borders[:, 0], at, side="right") - 1
    ends = np.append(borders[:, 1], -1)  # the last one for words before all spans
    kept = np.flatnonzero(at < ends[inside])
    places = [text.source.view.place(starts[i], starts[i] + len(words[i])) for i in kept]
    return pd.DataFrame(
        {
            "doc_id": text.id,
            "year": text.year,
            "place": text.source.document.place,
            "paragraph": inside[kept],
            "position": kept,
            "token": [words[i] for i in kept],
            "content": [vocabulary.carries(words[i]) for i in kept],
            "start": [start for start, _ in places],
            "end": [end for _, end in places],
        }
    )


@dataclass(frozen=True, eq=False)
class FeatureMatrix:
    """Documents by features: counts, and what is known of the documents.

    Attributes:
        counts: a sparse matrix of SciPy, one row a document, one column a feature.
        documents: one row a document, as :attr:`Corpus.metadata` has it.
        features: words, terms or topics, in the order of the columns.
        attrs: how it was made, as tables have it.

    Example:
        >>> matrix = dfm({2023: "抓改革。", 2024: "抓改革，促就业。"}, ["改革", "就业"])
        >>> matrix.counts.toarray().tolist(), matrix.shape
        ([[1, 0], [1, 1]], (2, 2))
    """

    counts: sparse.csr_matrix
    documents: pd.DataFrame
    features: tuple[str, ...]
    attrs: Mapping[Any, Any]

    @property
    def shape(self) -> tuple[int, int]:
        """Documents and features."""
        return len(self.documents), len(self.features)

    def __repr__(self) -> str:
        rows, columns = self.shape
        share = self.counts.nnz / max(rows * columns, 1)
        return f"<FeatureMatrix: {rows} documents, {columns} features, {1 - share:.1%} zeros>"

    def trim(self, *, min_count: int = 1, min_documents: int = 1) -> FeatureMatrix:
        """Without what is rare.

        Args:
            min_count: least occurrences in all.
            min_documents: least number of documents.

        Example:
            >>> dfm({2023: "抓改革。", 2024: "改革，就业。"}).trim(min_documents=2).features
            ('改革',)
        """
        held = np.asarray((self.counts > 0).sum(axis=0)).ravel()
        sums = np.asarray(self.counts.sum(axis=0)).ravel()
        kept = np.flatnonzero((sums >= min_count) & (held >= min_documents))
        features = tuple(self.features[i] for i in kept)
        return replace(self, counts=self.counts[:, kept], features=features)

    def to_frame(self) -> pd.DataFrame:
        """A wide frame of sparse columns, one row a document.

        Example:
            >>> dfm({2023: "抓改革。"}, ["改革"]).to_frame().loc["2023", "改革"].item()
            1
        """
        index = pd.Index(self.documents["doc_id"].astype(str), name="doc_id")
        made: Any = pd.DataFrame.sparse  # its stub is empty
        frame: pd.DataFrame = made.from_spmatrix(self.counts, index=index, columns=self.features)
        frame.attrs.update(self.attrs)
        return frame

    def to_long(self) -> pd.DataFrame:
        """One row a document and feature that occurs, as tidytext's ``cast_dfm`` takes it.

        Example:
            >>> dfm({2023: "抓改革。"}, ["改革", "就业"]).to_long().values.tolist()
            [['2023', '改革', 1]]
        """
        cells = self.counts.tocoo()
        ids = self.documents["doc_id"].astype(str).to_numpy()
        frame = pd.DataFrame(
            {
                "doc_id": ids[cells.row],
                "feature": np.array(self.features, dtype=object)[cells.col],
                "n": cells.data,
            }
        )
        frame.attrs.update(self.attrs)
        return frame

    def to_gensim(self) -> tuple[list[list[tuple[int, int]]], dict[int, str]]:
        """Bags of words and the words by number, as gensim's models take them.

        Example:
            >>> dfm({2023: "抓改革，促改革。"}, ["改革", "就业"]).to_gensim()
            ([[(0, 2)]], {0: '改革', 1: '就业'})
        """
        ends = zip(self.counts.indptr[:-1], self.counts.indptr[1:], strict=True)
        bags = [
            sorted(
                zip(
                    self.counts.indices[first:last].tolist(),
                    self.counts.data[first:last].tolist(),
                    strict=True,
                )
            )
            for first, last in ends
        ]
        return bags, dict(enumerate(self.features))

    def write(self, folder: str | os.PathLike[str]) -> None:
        """Files that R and others read: ``counts.mtx`` (Matrix Market), ``documents.csv``,
        ``features.txt``, ``quanteda.R``, which makes a dfm of them, and ``record.json``.

        Args:
            folder: new or empty.

        Raises:
            UsageError: there are files in the folder already.
        """  # noqa: D205
        from scipy.io import mmwrite

        target = Path(folder)
        if target.is_dir() and any(target.iterdir()):
            raise UsageError(f"{target}: the folder is not empty; name a new one")
        target.mkdir(parents=True, exist_ok=True)
        with (target / "counts.mtx").open("wb") as out:
            mmwrite(out, self.counts, field="integer")
        self.documents.to_csv(target / "documents.csv", index=False, lineterminator="\n")
        lines = "".join(f"{name}\n" for name in self.features)
        record = json.dumps(dict(self.attrs), ensure_ascii=False, indent=1, default=str)
        for name, content in (
            ("features.txt", lines),
            ("quanteda.R", _QUANTEDA),
            ("record.json", record + "\n"),
        ):
            (target / name).write_text(content, encoding="utf-8", newline="\n")


def dfm(
    corpus: CorpusLike,
    terms: Sequence[str] | None = None,
    *,
    dictionary: DictionaryLike | None = None,
    vocabulary: Vocabulary | None = None,
) -> FeatureMatrix:
    """Documents by features: content words, terms that are named, or topics of a dictionary.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        terms: counted literally, one column each.
        dictionary: its topics are the columns; each place counts once, for the longest word.
        vocabulary: of the partition; the shipped one by default.

    Returns:
        The matrix; :meth:`FeatureMatrix.to_frame`, :meth:`~FeatureMatrix.to_gensim` and
        :meth:`~FeatureMatrix.write` (quanteda) give it in other forms.

    Raises:
        UsageError: both terms and a dictionary are given.

    Example:
        >>> dfm({2023: "抓改革。", 2024: "改革，就业。"}).features
        ('就业', '改革')
    """
    check_terms(terms)
    if terms is not None and dictionary is not None:
        raise UsageError("terms and a dictionary are given: one of them is expected")
    corpus = as_corpus(corpus)
    vocabulary = vocabulary or default_vocabulary()
    if terms is not None:
        names = list(dict.fromkeys(terms))
        counts = sparse.csr_matrix(literal_counts(corpus.texts, names))
    elif dictionary is not None:
        names, counts = _topic_counts(corpus.texts, dictionary)
    else:
        words = (vocabulary.content(words_of(text, vocabulary)) for text in corpus.texts)
        counts, names = token_table(words)
    about = tidy(
        pd.DataFrame(),
        "document-feature matrix",
        corpus=corpus,
        vocabulary=vocabulary,
        features="terms" if terms else "topics" if dictionary else "content words",
    )
    return FeatureMatrix(counts, corpus.metadata, tuple(names), {**about.attrs})


def _topic_counts(
    texts: Sequence[Text], dictionary: DictionaryLike
) -> tuple[list[str], sparse.csr_matrix]:
    words = load_dictionary(dictionary)
    matcher = words.matcher()
    place = {topic: i for i, topic in enumerate(words.topics)}
    table = np.zeros((len(texts), len(place)), dtype=np.int64)
    for row, text in enumerate(texts):
        for topic, _, _ in words.hits(text.joined, matcher):
            table[row, place[topic]] += 1
    return list(words.topics), sparse.csr_matrix(table)
