"""The whole comparison of a corpus in one call: a table a question, and why one is missing."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pandas as pd

from speechmine.errors import UsageError
from speechmine.steps import tell
from speechmine.themes.carryover import carry_over, carry_over_summary
from speechmine.themes.contrast import keyness
from speechmine.themes.corpus import Corpus, CorpusLike, as_corpus
from speechmine.themes.dictionaries import DictionaryLike
from speechmine.themes.evidence import keyword_in_context
from speechmine.themes.formulations import formulation_changes
from speechmine.themes.frequency import rank_table, term_frequency
from speechmine.themes.groups import grouping, slices_of
from speechmine.themes.kleinberg import bursts
from speechmine.themes.lexicons import lexicon_terms
from speechmine.themes.lifecycle import disappeared_terms, new_terms, term_lifecycle
from speechmine.themes.likeness import novelty, similarity
from speechmine.themes.modality import tone
from speechmine.themes.records import (
    compare_deadlines,
    compare_metrics,
    compare_parties,
    compare_tasks,
)
from speechmine.themes.result import tidy
from speechmine.themes.shares import attention, attention_diversity
from speechmine.themes.topics import fit_topics
from speechmine.themes.trends import term_trends
from speechmine.themes.vocabulary import Vocabulary, default_vocabulary

__all__ = ["Comparison", "Plan", "compare"]

Years = int | tuple[int, int]
_MANY_REPORTS = 80
_POOL = 5
_NAMED = 8
# Ranks of each year, and rows that a notebook shows of each table.
_SHOWN = 10


@dataclass(frozen=True)
class Plan:
    """What is compared, and how.

    Attributes:
        by: one grouping variable: year, place, level, section, discourse.
        terms: counted literally; the most frequent formulations of the lexicon by default.
        dictionary: of attention.
        target, reference: years set against one another; by default the last ones, five at
            most, against as many before them.
        topics: number of topics; fewer where the corpus is small.
        records: extract tasks and metrics too (half a second a long report).
        tables: only these, by name, of records too; all that the texts are enough for by default.

    Example:
        >>> Plan(by="place", terms=("就业",)).topics
        20
    """

    by: str = "year"
    terms: tuple[str, ...] = ()
    dictionary: DictionaryLike = "livelihood"
    target: Years | None = None
    reference: Years | None = None
    topics: int = 20
    records: bool = False
    tables: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """The tables of a comparison, in the order in which they are read.

    Attributes:
        corpus: what was compared.
        plan: how.
        tables: by name.
        left_out: why a table is missing, by name.

    Example:
        >>> text = "要抓好老旧小区改造工作。"
        >>> list(compare({2023: text, 2024: text}).tables)[:2]
        ['audit', 'frequency']
    """

    corpus: Corpus
    plan: Plan
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)

    def _repr_html_(self) -> str:
        """For notebooks: the name, size and first rows of each table."""
        parts = [
            f"<details><summary><code>{escape(name)}</code> {len(table):,} × {table.shape[1]}"
            f"</summary>{table.head(_SHOWN).to_html(index=False)}</details>"
            for name, table in self.tables.items()
        ]
        missing = "".join(
            f"<li>{escape(n)}: {escape(why)}</li>" for n, why in self.left_out.items()
        )
        return "".join(parts) + (f"<ul>{missing}</ul>" if missing else "")


Step = tuple[str, Callable[[], pd.DataFrame]]


def compare(
    corpus: CorpusLike,
    plan: Plan | None = None,
    *,
    on_step: Callable[[str, int, int], object] | None = None,
) -> Comparison:
    """All tables that the corpus has texts for.

    Args:
        corpus: a corpus, or what :func:`load_corpus` takes.
        plan: what is asked for; by year by default.
        on_step: called before each table with its name, number and how many there are;
            :func:`speechmine.progress` shows a bar.

    Returns:
        The tables by name, and why those that are missing are.

    Raises:
        UsageError: there is no text, none has what is grouped by, or all are of one group; or a
            table is asked for that there is none of.

    Example:
        >>> text = "要抓好老旧小区改造工作。"
        >>> texts = {2023: text, 2024: text + "要发展数字经济。"}
        >>> result = compare(texts)
        >>> result.tables["carry_summary"]["repeated"].tolist()
        [1.0]
        >>> result.left_out["trends"]
        'a trend needs five years with a report'
    """
    corpus, plan = as_corpus(corpus), plan or Plan()
    _check(corpus, plan)
    run = _Run(corpus, plan)
    steps = _wanted(list(run.yearly() if plan.by == "year" else run.grouped()), plan)
    tables: dict[str, pd.DataFrame] = {}
    left_out: dict[str, str] = {}
    for number, (name, make) in enumerate(steps):
        tell("compare", number, len(steps))
        if on_step is not None:
            on_step(name, number, len(steps))
        try:
            table = make()
        except UsageError as error:
            left_out[name] = str(error)
            continue
        if len(table):
            tables[name] = table
        else:
            left_out[name] = "nothing found"
    tell("compare", len(steps), len(steps))
    return Comparison(corpus, plan, tables, left_out)


def _wanted(steps: list[Step], plan: Plan) -> list[Step]:
    known = [name for name, _ in steps]
    for name in plan.tables:
        if name not in known:
            raise UsageError(f"no table {name!r} by {plan.by}; there are: {', '.join(known)}")
    return [step for step in steps if not plan.tables or step[0] in plan.tables]


def _check(corpus: Corpus, plan: Plan) -> None:
    if len(grouping(plan.by)) != 1:
        raise UsageError("by: one grouping variable is expected")
    if not any(text.n_chars for text in corpus.texts):
        raise UsageError("there is no text to compare")
    keys = {piece.key[0] for piece in slices_of(corpus, plan.by)} - {None}
    if not keys:
        raise UsageError(f"no text has a {plan.by}: state it in a manifest (file, {plan.by})")
    if len(keys) == 1:
        only = next(iter(keys))
        raise UsageError(f"all texts are of one {plan.by} ({only}): there is nothing to compare")


class _Run:
    """The steps of one comparison; what several of them need is made once."""

    def __init__(self, corpus: Corpus, plan: Plan) -> None:
        self.corpus = corpus
        self.plan = plan

    def yearly(self) -> Iterator[Step]:
        """Tables by year."""
        corpus, years = self.corpus, self.corpus.years
        yield "audit", corpus.audit
        yield "frequency", lambda: term_frequency(corpus, self.terms)
        yield "ranks", self._ranks
        yield "keyness", self._keyness
        yield "trends", lambda: _rows_only(term_trends(corpus))
        yield "new_terms", lambda: new_terms(corpus, years[-1])
        yield "disappeared_terms", self._gone
        yield "lifecycle", self._lives
        yield "bursts", lambda: bursts(corpus, self.plan.terms or None)
        yield "formulations", lambda: formulation_changes(corpus, self.plan.terms or None)
        yield from self._shares()
        yield "topics", lambda: self.model.topics
        yield "prevalence", lambda: self.model.prevalence()  # noqa: PLW0108  # the model is made when it is asked for
        yield "paragraphs", self._paragraphs
        yield "similarity", lambda: similarity(corpus, "previous")
        yield "likeness", self._likeness
        yield "novelty", lambda: novelty(corpus, window=min(3, max(len(years) // 3, 1)))
        yield "carry_summary", lambda: carry_over_summary(self.carried)
        yield "carry_over", lambda: self.carried
        yield "evidence", self._evidence
        yield from self._records()

    def grouped(self) -> Iterator[Step]:
        """Tables by place, level or part."""
        yield "audit", self.corpus.audit
        yield "frequency", lambda: term_frequency(self.corpus, self.terms, by=self.plan.by)
        yield "keyness", self._keyness_of_each
        yield from self._shares()
        if self.plan.by in ("place", "level"):
            yield "topics", lambda: self.model.topics
            yield "prevalence", lambda: self.model.prevalence(by=self.plan.by)
            yield "paragraphs", self._paragraphs
            yield "likeness", self._likeness
        yield from self._records()

    def _shares(self) -> Iterator[Step]:
        by = self.plan.by
        yield "attention", lambda: self.attention
        yield "diversity", lambda: attention_diversity(self.attention, by=by)
        yield "tone", lambda: tone(self.corpus, by=by)

    def _records(self) -> Iterator[Step]:
        if self.plan.records or self.plan.tables:
            corpus, by = self.corpus, self.plan.by
            yield "tasks", lambda: compare_tasks(corpus, by=by)
            yield "parties", lambda: compare_parties(corpus, by=by, top=20)
            yield "deadlines", lambda: compare_deadlines(corpus, by=by)
            yield "metrics", lambda: compare_metrics(corpus, by=by)

    @functools.cached_property
    def terms(self) -> tuple[str, ...]:
        """The user's terms, or the formulations that the corpus has most of."""
        if self.plan.terms:
            return self.plan.terms
        found = term_lifecycle(self.corpus, lexicon_terms())
        leading = found[found["n"] > 0].sort_values(["n", "term"], ascending=[False, True])
        if leading.empty:
            raise UsageError("no formulation of the lexicon occurs: name terms")
        return tuple(leading["term"].head(_NAMED))

    @functools.cached_property
    def topical(self) -> Vocabulary:
        """Without the verbs that every task carries."""
        return Vocabulary(default_vocabulary().terms, stop=("function", "report", "verbs"))

    @functools.cached_property
    def attention(self) -> pd.DataFrame:
        """Attention by group."""
        return attention(self.corpus, self.plan.dictionary, by=self.plan.by)

    @functools.cached_property
    def carried(self) -> pd.DataFrame:
        """Pairs of sentences."""
        return carry_over(self.corpus)

    @functools.cached_property
    def model(self) -> Any:
        """Topics, as many as the paragraphs allow."""
        paragraphs = sum(len(text.spans) for text in self.corpus.texts)
        k = min(self.plan.topics, paragraphs // 12)
        if k < 2:
            raise UsageError(f"topics need more paragraphs than {paragraphs}")
        return fit_topics(self.corpus, k)

    def _ranks(self) -> pd.DataFrame:
        words = term_frequency(self.corpus, vocabulary=self.topical)
        return rank_table(words, top=_SHOWN)

    def _keyness(self) -> pd.DataFrame:
        target, reference = self._periods()
        return keyness(self.corpus, {"year": target}, {"year": reference})

    def _lives(self) -> pd.DataFrame:
        """Named terms in any case; of the lexicon what occurs."""
        table = term_lifecycle(self.corpus, self.plan.terms or None)
        return table if self.plan.terms else table[table["n"] > 0].reset_index(drop=True)

    def _gone(self) -> pd.DataFrame:
        """What the last two reports lack and the five before them still had."""
        years = self.corpus.years
        lately = years[max(len(years) - 2 - _POOL, 0)]
        return disappeared_terms(self.corpus, years[-2], seen_from=lately)

    def _periods(self) -> tuple[Years, Years]:
        years = self.corpus.years
        n = min(_POOL, len(years) // 2)
        target = self.plan.target or (years[-n], years[-1])
        first = target if isinstance(target, int) else target[0]
        before = [year for year in years if year < first][-n:]
        reference = self.plan.reference or ((before[0], before[-1]) if before else None)
        if reference is None:
            raise UsageError(f"no year before {first} to set against: name a reference")
        return target, reference

    def _keyness_of_each(self) -> pd.DataFrame:
        """The leading words of each group against all the others."""
        by = self.plan.by
        keys = sorted({str(p.key[0]) for p in slices_of(self.corpus, by) if p.key[0] is not None})
        found = [(key, keyness(self.corpus, {by: key}, self._others(keys, key))) for key in keys]
        tables = [table[table["G2"] > 0].head(20).assign(**{by: key}) for key, table in found]
        table = pd.concat(tables, ignore_index=True)
        table = table[[by, *[name for name in table.columns if name != by]]]
        attrs = found[0][1].attrs
        params = {k: v for k, v in attrs["params"].items() if k in ("base", "min_count")}
        result = tidy(table, attrs["method"], corpus=self.corpus, by=by, **params)
        result.attrs["vocabulary"] = attrs["vocabulary"]
        return result

    def _others(self, keys: Sequence[str], key: str) -> dict[str, list[str]]:
        return {self.plan.by: [other for other in keys if other != key]}

    def _likeness(self) -> pd.DataFrame:
        if len(self.corpus) > _MANY_REPORTS:
            raise UsageError(f"all pairs of more than {_MANY_REPORTS} reports: select fewer")
        return similarity(self.corpus, "all")

    def _paragraphs(self) -> pd.DataFrame:
        """The two paragraphs that each topic fills most."""
        model = self.model
        found = [
            model.representative(topic, n=2).assign(about=label)
            for topic, label in zip(model.topics["topic"], model.topics["label"], strict=True)
        ]
        table = pd.concat(found, ignore_index=True)
        columns = ["about", "year", "doc_id", "start", "end", "share", "text"]
        return tidy(table[columns], "paragraphs by topic share", corpus=self.corpus)

    def _evidence(self) -> pd.DataFrame:
        """Places of the words that set the periods apart, and of the new ones."""
        target, reference = self._periods()
        table = self._keyness()
        strong = [w for w, up in zip(table["term"], table["G2"] > 0, strict=True) if up][:_SHOWN]
        weak = [w for w, up in zip(table["term"], table["G2"] < 0, strict=True) if up][-_SHOWN:]
        found = [
            keyword_in_context(self.corpus.select(year=years), word, limit=2).assign(about=word)
            for words, years in ((strong, target), (weak, reference))
            for word in words
        ]
        if not found:
            raise UsageError("no word sets the periods apart")
        table = pd.concat(found, ignore_index=True)
        columns = ["about", "year", "section", "left", "keyword", "right", "doc_id", "start", "end"]
        return tidy(table[columns], "keyword in context", corpus=self.corpus)


def _rows_only(table: pd.DataFrame) -> pd.DataFrame:
    """A trend needs five years at least to be told from chance."""
    if len(table.attrs["params"]["years"]) < _POOL:
        raise UsageError("a trend needs five years with a report")
    return table
