"""The explorer: every word by year, place and report, two groups in a scatter, whole texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from speechmine.errors import UsageError
from speechmine.explore.shared import Lang, rendered, words_in
from speechmine.themes import Corpus, keyness
from speechmine.themes.corpus.loading import CorpusLike, as_corpus
from speechmine.themes.corpus.texts import Text

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["explorer_page"]

PlaceGroup = Mapping[str, Any]
# A browser still opens a page of so many characters at once.
_MOST = 40_000_000
# Words of the scatter: those that differ most, and the most frequent.
_WORDS = 1_500


def explorer_page(  # what a page is told
    corpus: CorpusLike,
    *,
    target: PlaceGroup | None = None,
    reference: PlaceGroup | None = None,
    term: str = "",
    title: str | None = None,
    lang: Lang = "zh",
) -> str:
    """A page that searches the texts: counts by year, place and report, contexts, whole texts.

    With a target, the words of two groups are set apart in a scatter as scattertext draws it:
    ranks of their frequencies, coloured by keyness. The texts themselves are in the page, so that
    any word can be looked up; nothing is loaded from elsewhere and nothing is sent.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        target: one group, as for :func:`keyness`; no scatter without it.
        reference: the other; all other texts by default.
        term: searched when the page opens.
        title: of the page.
        lang: of the page's own words, ``zh`` or ``en``.

    Returns:
        The page as HTML; write it as UTF-8.

    Raises:
        UsageError: a group has no text, or there is more text than a browser can hold.

    Example:
        >>> page = explorer_page({2023: "深化改革。", 2024: "扩大就业。"}, target={"year": 2024})
        >>> "两组对照" in page
        True
    """
    corpus = as_corpus(corpus)
    size = sum(len(text.joined) for text in corpus.texts)
    if size > _MOST:
        raise UsageError(
            f"the texts have {size:,} characters; a page holds {_MOST:,}: select fewer reports"
        )
    say = words_in(lang)
    groups = None if target is None else _groups(corpus, target, reference)
    data = {"docs": [_report_data(text) for text in corpus.texts], "groups": groups, "term": term}
    span = f"{corpus.years[0]}–{corpus.years[-1]}" if corpus.years else "—"
    chars = sum(text.n_chars for text in corpus.texts)
    told = say["corpus"].format(n=len(corpus), chars=f"{chars:,}", years=span)
    return rendered("explorer.html", data, lang=lang, title=title or say["title"], corpus=told)


def _report_data(text: Text) -> dict[str, object]:
    """What the page knows of a report; paragraphs with their place in the document as read."""
    document = text.source.document
    return {
        "id": text.id,
        "year": text.year,
        "place": document.place or "",
        "title": document.title or "",
        "n": text.n_chars,
        "parts": [[start, document.text[start:end]] for start, end in text.origins],
    }


def _groups(corpus: Corpus, target: PlaceGroup, reference: PlaceGroup | None) -> dict[str, object]:
    table = keyness(corpus, target, reference, min_count=2)
    first = {text.id for text in corpus.part(target, "target").texts}
    second = (
        {text.id for text in corpus.texts} - first
        if reference is None
        else {text.id for text in corpus.part(reference, "reference").texts}
    )
    ids = [text.id for text in corpus.texts]
    return {
        "target": [ids.index(name) for name in ids if name in first],
        "reference": [ids.index(name) for name in ids if name in second],
        "names": [_group_name(target), _group_name(reference)],
        "method": str(table.attrs["method"]),
        "words": _points(table),
    }


def _group_name(group: PlaceGroup | None) -> str:
    if group is None:
        return ""
    return " ".join(
        "–".join(dict.fromkeys(map(str, value))) if isinstance(value, tuple) else str(value)
        for value in group.values()
    )


def _points(table: pd.DataFrame) -> Sequence[Sequence[object]]:
    """Word, counts, rates, ranks in both groups (0 to 1), signed G2, adjusted p."""
    frequent = (table["n_target"] + table["n_reference"]).rank(ascending=False, method="first")
    telling = table["G2"].abs().rank(ascending=False, method="first")
    kept = table[np.minimum(frequent, telling) <= _WORDS / 2]
    across, up = (kept[f"rate_{name}"].rank(method="dense") for name in ("reference", "target"))
    columns = (
        *(kept["term"], kept["n_target"], kept["n_reference"]),
        *(kept["rate_target"].round(3), kept["rate_reference"].round(3)),
        *((across / across.max()).round(4), (up / up.max()).round(4)),
        *(kept["G2"].round(2), kept["p_adj"].round(4)),
    )
    return [list(row) for row in zip(*(column.tolist() for column in columns), strict=True)]
