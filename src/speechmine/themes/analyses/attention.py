"""How a report shares out its attention among themes, and how evenly."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Literal

import pandas as pd

from speechmine.errors import UsageError
from speechmine.rules.matcher import Matcher
from speechmine.themes.corpus.counts import words_of
from speechmine.themes.corpus.groups import By, Slice, group_frame, grouping, slices_of
from speechmine.themes.corpus.loading import CorpusLike, as_corpus
from speechmine.themes.corpus.texts import Text, han_length
from speechmine.themes.declaring.analysis import EVERY, Analysis, Chart, heat_map_of
from speechmine.themes.declaring.views import crossed, last_rows
from speechmine.themes.statistics.diversity import diversity
from speechmine.themes.tables.checks import need_columns
from speechmine.themes.tables.result import tidy
from speechmine.themes.words.dictionaries import Dictionary, DictionaryLike, load_dictionary
from speechmine.themes.words.vocabulary import Vocabulary, default_vocabulary

__all__ = ["ANALYSES", "Share", "attention", "attention_diversity"]

#: What a topic's share is a share of.
Share = Literal["words", "hits", "chars", "sentences"]


_BASES = {
    "words": "all words of the report (陈诗一, 陈登科 2018)",
    "hits": "all hits of the dictionary",
    "chars": "Han characters; the topic's are those of the paragraphs that hold a hit (篇幅占比)",
    "sentences": "all sentences; the topic's are those that hold a hit",
}


_COUNTED = ("n_hits", "n_chars_topic", "n_sentences")


def attention(
    corpus: CorpusLike,
    dictionary: DictionaryLike,
    *,
    by: By = "year",
    base: Share = "words",
    vocabulary: Vocabulary | None = None,
) -> pd.DataFrame:
    """Attention to the topics of a dictionary, by group (注意力分配).

    A stretch of text counts once, for the longest word that matches it. A paragraph or
    sentence with words of two topics counts for both.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        dictionary: a shipped name, a file, or words by topic; see :func:`load_dictionary`.
        by: grouping variables.
        base: of the share: ``words`` (all words), ``hits`` (of the dictionary), ``chars`` (of
            the paragraphs that hold one) or ``sentences``.
        vocabulary: that cuts the words counted by ``words``.

    Returns:
        Grouping columns, ``topic``, ``n_hits``, ``share`` (of the base), ``share_of_hits``,
        ``n_sentences``, ``rank``, ``base``, ``n_base``, ``n_reports``, ``n_chars``, ``reason``.
        ``attrs`` holds the dictionary's source and warning.

    Raises:
        UsageError: no such base or dictionary.

    Example:
        >>> words = {"就业": ["就业"], "生态": ["污染", "绿化"]}
        >>> table = attention({2024: "稳定就业。治理污染。扩大就业。"}, words, base="sentences")
        >>> table[["topic", "n_hits", "share"]].round(2).values.tolist()
        [['就业', 2, 0.67], ['生态', 1, 0.33]]
    """
    if base not in _BASES:
        raise UsageError(f"base={base!r}: one of {', '.join(_BASES)} is expected")
    corpus = as_corpus(corpus)
    words = load_dictionary(dictionary)
    vocabulary = vocabulary or default_vocabulary()
    names = list(grouping(by))
    counts = _by_group(slices_of(corpus, by), words, names, base, vocabulary)
    groups = group_frame(corpus, by).merge(pd.DataFrame({"topic": list(words.topics)}), how="cross")
    counts = counts.astype({name: groups[name].dtype for name in names})
    table = groups.merge(counts, on=[*names, "topic"], how="left")
    within = table.groupby(names, dropna=False, sort=False)
    part = {"words": "n_hits", "hits": "n_hits", "chars": "n_chars_topic"}.get(base, "n_sentences")
    table["share"] = (table[part] / table["n_base"]).astype("Float64")
    table["share_of_hits"] = (table["n_hits"] / within["n_hits"].transform("sum")).astype("Float64")
    table["rank"] = within["share"].rank(method="min", ascending=False).astype("Int64")
    table["base"] = base
    order = ["topic", "n_hits", "share", "share_of_hits", "n_sentences", "rank", "base", "n_base"]
    return tidy(
        table[[*names, *order, "n_reports", "n_chars", "reason"]],
        "dictionary shares, longest match, each span once",
        corpus=corpus,
        vocabulary=vocabulary,
        by=by,
        base=_BASES[base],
        dictionary=words.name,
        source=words.source,
        warning=words.warning,
    )


def _by_group(
    slices: Sequence[Slice],
    words: Dictionary,
    names: Sequence[str],
    base: str,
    vocabulary: Vocabulary,
) -> pd.DataFrame:
    matcher = words.matcher()
    sums: dict[tuple[object, ...], Counter[tuple[str, str]]] = defaultdict(Counter)
    sizes: Counter[tuple[object, ...]] = Counter()
    for piece in slices:
        if not piece.text.n_chars:
            continue
        found = _count_topics(piece.text, words, matcher)
        sums[piece.key].update(found)
        sizes[piece.key] += _base_size_of(piece.text, base, found, vocabulary)
    rows = [
        {
            **dict(zip(names, key, strict=True)),
            "topic": topic,
            **{column: sums[key][topic, column] for column in _COUNTED},
            "n_base": sizes[key],
        }
        for key in sums
        for topic in words.topics
    ]
    frame = pd.DataFrame(rows, columns=[*names, "topic", *_COUNTED, "n_base"])
    return frame.astype(dict.fromkeys([*_COUNTED, "n_base"], "Int64"))


def _count_topics(text: Text, words: Dictionary, matcher: Matcher) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    view = text.source.view.text
    for start, end in text.spans:
        hits = list(words.hits(view[start:end], matcher))
        found.update((topic, "n_hits") for topic, _, _ in hits)
        for topic in {topic for topic, _, _ in hits}:
            found[topic, "n_chars_topic"] += han_length(view[start:end])
    for start, end in text.sentences():
        topics = {topic for topic, _, _ in words.hits(view[start:end], matcher)}
        found.update((topic, "n_sentences") for topic in topics)
    return found


def _base_size_of(
    text: Text, base: str, found: Counter[tuple[str, str]], vocabulary: Vocabulary
) -> int:
    if base == "chars":
        return text.n_chars
    if base == "sentences":
        return sum(1 for _ in text.sentences())
    if base == "hits":
        return sum(n for (_, column), n in found.items() if column == "n_hits")
    return len(words_of(text, vocabulary))


def attention_diversity(
    table: pd.DataFrame, *, by: By = "year", value: str = "n_hits"
) -> pd.DataFrame:
    """How evenly attention is spread: Shannon's H and relatives (Boydstun, Bevan & Thomas 2014).

    Args:
        table: of :func:`attention`, or any with a value by group and topic.
        by: its grouping columns.
        value: column whose shares are taken.

    Returns:
        Grouping columns, ``h`` (natural logarithm), ``h_norm`` (h by the logarithm of the number
        of topics), ``inverse_hhi``, ``n_topics`` (with attention), ``topics`` (in all),
        ``reason``. The authors prefer h.

    Example:
        >>> words = {"就业": ["就业"], "生态": ["污染"]}
        >>> table = attention({2024: "稳定就业。治理污染。"}, words)
        >>> attention_diversity(table)[["h_norm", "inverse_hhi"]].values.tolist()
        [[1.0, 2.0]]
    """
    names = list(grouping(by))
    need_columns(table, *names, value)
    rows = []
    for key, group in table.groupby(names, dropna=False, sort=False):
        known = group[value].dropna().astype(float)
        h, norm, inverse = diversity(known)
        rows.append(
            {
                **dict(zip(names, key if isinstance(key, tuple) else (key,), strict=True)),
                "h": h,
                "h_norm": norm,
                "inverse_hhi": inverse,
                "n_topics": int((known > 0).sum()) if len(known) else pd.NA,
                "topics": len(group),
                "reason": group["reason"].iloc[0] if "reason" in group.columns else pd.NA,
            }
        )
    columns = [*names, "h", "h_norm", "inverse_hhi", "n_topics", "topics", "reason"]
    frame = pd.DataFrame(rows, columns=columns).astype({"n_topics": "Int64", "reason": "string"})
    return tidy(
        frame.astype({name: table[name].dtype for name in names}),
        "Shannon H, H / ln n, inverse Herfindahl (Boydstun, Bevan & Thomas 2014)",
        by=by,
        value=value,
        of=dict(table.attrs),
    )


ANALYSES = (
    Analysis(
        "attention",
        lambda run: attention(run.corpus, run.plan.dictionary, by=run.plan.by),
        by=EVERY,
        view=crossed("topic", "share"),
        charts=(
            Chart("area", options=lambda _by: {"value": "share_of_hits"}),
            heat_map_of("topic", "share"),
        ),
        terminal=True,
    ),
    Analysis(
        "diversity",
        lambda run: attention_diversity(run.table("attention"), by=run.plan.by),
        by=EVERY,
        view=last_rows("h", "h_norm", "inverse_hhi", "n_topics"),
        page="nothing",
    ),
)
