"""Words of a text kept on disk between runs: where each begins and how long it is."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import numpy.typing as npt

from speechmine.themes.corpus.texts import ComparedSource
from speechmine.themes.words.vocabulary import Tokens, Vocabulary
from speechmine.writers import open_output

__all__ = ["words_kept"]


def words_kept(source: ComparedSource, vocabulary: Vocabulary) -> Tokens:
    """The words of a document, out of its cache where it has one that knows them.

    Args:
        source: the document.
        vocabulary: how it is cut.
    """
    if source.cache is None:
        return vocabulary.tokens(source.view.text)
    text = source.view.text
    name = hashlib.sha256(f"{vocabulary.partition}\n{text}".encode("utf-8", "surrogatepass"))
    file = source.cache / f"{name.hexdigest()}.npy"
    found = _kept_words(file, len(text))
    if found is not None:
        starts, lengths = found.tolist()
        return [text[at : at + n] for at, n in zip(starts, lengths, strict=True)], starts
    words, starts = vocabulary.tokens(text)
    with open_output(file, overwrite=True) as out:
        np.save(out, np.array([starts, [len(word) for word in words]], dtype=np.int32))
    return words, starts


def _kept_words(file: Path, size: int) -> npt.NDArray[np.int32] | None:
    """What a file holds; a broken one is made anew. Nothing in it can run."""
    try:
        table: npt.NDArray[np.int32] = np.load(file, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    fits = table.ndim == 2 and table.shape[0] == 2 and table.dtype == np.int32
    return table if fits and (not table.size or 0 <= table[0].max() < size) else None
