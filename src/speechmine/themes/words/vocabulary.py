"""One vocabulary for all years: own tokenizer, formulations kept whole, named by content."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from speechmine.themes.words.cutting import cut, is_word, name_words
from speechmine.themes.words.entries import form
from speechmine.themes.words.formulations import lexicon_terms, stopwords

__all__ = ["Tokens", "Vocabulary", "default_vocabulary"]

#: Words in text order, and where each begins.
Tokens = tuple[list[str], list[int]]


_WORD = re.compile(r"[\u3400-\u9fffA-Za-z][\u3400-\u9fffA-Za-z0-9+＋.]+|[0-9]G")


_HAN_RUN = re.compile(r"[\u3400-\u9fffA-Za-z0-9+]+")


_LEAST = 2


@dataclass(frozen=True)
class Vocabulary:
    """How texts become words; the same for every year, so that years can be compared.

    Attributes:
        terms: formulations that are never cut, sorted.
        stop: names of stop word lists that content words exclude.
        more_stop: further stop words.
        names: keep names of places and persons among the content words.

    Example:
        >>> vocabulary = default_vocabulary()
        >>> vocabulary.words("加快发展新质生产力，建设全国统一大市场")
        ['加快', '发展', '新质生产力', '建设', '全国统一大市场']
        >>> vocabulary.content(vocabulary.words("我们在2024年加快发展"))
        ['加快', '发展']
    """

    terms: tuple[str, ...]
    stop: tuple[str, ...] = ("function", "report")
    more_stop: tuple[str, ...] = ()
    names: bool = False

    @functools.cached_property
    def id(self) -> str:
        """Name made of the content: tables under different ids are not comparable."""
        stopped = sorted(self._stopped)
        return _content_name([self.partition, *sorted(self.stop), "|", *stopped, str(self.names)])

    @functools.cached_property
    def partition(self) -> str:
        """Name of the cuts alone: vocabularies that differ in stop words share them."""
        return _content_name([*self.terms, "|", _base_version()])

    def with_terms(self, terms: Iterable[str]) -> Vocabulary:
        """The vocabulary with further formulations kept whole.

        Example:
            >>> default_vocabulary().with_terms(["抓大项目"]).words("抓大项目")
            ['抓大项目']
        """
        return replace(self, terms=tuple(sorted({*self.terms, *terms})))

    def words(self, text: str) -> list[str]:
        """The words of a text; every Han character stands in one."""
        return self.tokens(text)[0]

    def tokens(self, text: str) -> Tokens:
        """The words of a text, and where each begins."""
        text = form("masked").sub(lambda match: " " * len(match[0]), text)
        words: list[str] = []
        starts: list[int] = []
        for run in _HAN_RUN.finditer(text):
            for start, end in _whole_formulations(run[0], self._index):
                words.append(run[0][start:end])
                starts.append(run.start() + start)
        return words, starts

    def content(self, words: Iterable[str]) -> list[str]:
        """Those that carry content: no stop words, numbers, names, single characters."""
        return [word for word in words if self.carries(word)]

    def carries(self, word: str) -> bool:
        """Whether a word carries content."""
        known = self._judged.get(word)
        if known is None:
            known = self._judged[word] = self._judge(word)
        return known

    def _judge(self, word: str) -> bool:
        if word in self._stopped:
            return False
        if word in self._whole:
            return True
        return (
            len(word) >= _LEAST
            and _WORD.fullmatch(word) is not None
            and form("numeral").fullmatch(word) is None
            and (self.names or word not in name_words())
        )

    @functools.cached_property
    def _judged(self) -> dict[str, bool]:
        return {}

    @functools.cached_property
    def _stopped(self) -> frozenset[str]:
        return stopwords(*self.stop) | frozenset(self.more_stop)

    @functools.cached_property
    def _whole(self) -> frozenset[str]:
        return frozenset(self.terms)

    @functools.cached_property
    def _index(self) -> dict[str, tuple[str, ...]]:
        """Formulations by first two characters, longest first."""
        index: dict[str, list[str]] = {}
        for term in self.terms:
            index.setdefault(term[:2], []).append(term)
        return {
            head: tuple(sorted(terms, key=lambda term: (-len(term), term)))
            for head, terms in index.items()
        }


@functools.cache
def default_vocabulary() -> Vocabulary:
    """The shipped lexicon over the tokenizer's own dictionary; the same for every corpus.

    Example:
        >>> default_vocabulary().words("发展数字经济")
        ['发展', '数字经济']
    """
    return Vocabulary(lexicon_terms())


def _whole_formulations(text: str, index: dict[str, tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Cuts of the dictionary, with formulations put together again, longest first."""
    bounds = cut(text)
    last = len(text)
    spots = [at for at in range(last - 1) if text[at : at + 2] in index]
    if not spots:
        yield from zip(bounds, [*bounds[1:], last], strict=True)
        return
    starts = set(bounds)
    done = 0
    for at in spots:
        end = _formulation(text, at, done, index, starts) if at >= done else 0
        if end:
            yield from _words_between(done, at, starts)
            yield at, end
            done = end
    yield from _words_between(done, last, starts)


def _formulation(
    text: str, at: int, done: int, index: dict[str, tuple[str, ...]], starts: set[int]
) -> int:
    """End of the longest formulation that begins here and cuts no word to pieces, or 0."""
    for term in index[text[at : at + 2]]:
        if text.startswith(term, at) and _cuts_no_word(text, at, at + len(term), done, starts):
            return at + len(term)
    return 0


def _cuts_no_word(text: str, start: int, end: int, done: int, starts: set[int]) -> bool:
    """Where a border falls inside a word of the dictionary, what is left of it must be a word.

    深化改革|开放 may be cut as 深化|改革开放; 过去|产能 may not be cut as 过|去产能.
    """
    if start not in starts and start != done:
        before = max((s for s in range(max(done, start - 8), start) if s in starts), default=done)
        if not _is_long_word(text[max(before, done) : start]):
            return False
    if end not in starts and end != len(text):
        after = next((e for e in range(end, min(len(text), end + 8)) if e in starts), len(text))
        return _is_long_word(text[end:after])
    return True


def _is_long_word(piece: str) -> bool:
    return len(piece) >= _LEAST and is_word(piece)


def _words_between(start: int, end: int, starts: set[int]) -> Iterator[tuple[int, int]]:
    """The dictionary's words between two formulations."""
    at = start
    for border in range(start + 1, end + 1):
        if border == end or border in starts:
            yield at, border
            at = border


def _content_name(parts: Iterable[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


@functools.cache
def _base_version() -> str:
    import jieba

    return f"jieba {jieba.__version__}"
