"""Who 我, 我们, 我局 and 你区 are, where the text itself says so."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from speechmine.ledger.drafting.phrases import bodies_in
from speechmine.ledger.layout import ledger_words
from speechmine.model import Document, Party, Task

__all__ = ["Speaking", "says_speaker"]

# A letter's head, and the signature below it.
_FIRST_LINES, _LAST_LINES = 6, 6
# So much of a text holds its head, and so much its end.
_HEAD = 600


@dataclass(frozen=True, slots=True)
class Speaking:
    """Whoever speaks in a text and is spoken to; empty where it does not say.

    Attributes:
        body: whose letter it is (title, signature). office: the body of whoever speaks, which
            我们局 names and 我们 does not.
        addressee: to whom a letter goes. person: who speaks.
    """

    body: str = ""
    office: str = ""
    addressee: str = ""
    person: str = ""

    @classmethod
    def of(cls, document: Document) -> Self:
        r"""Read it off a document.

        Args:
            document: with its head read.

        Example:
            >>> text = "示例市城市管理局关于第12号提案的答复\n王某委员：\n我局将增设路灯。"
            >>> Speaking.of(Document(text, title=text.splitlines()[0]))
            Speaking(body='示例市城市管理局', office='', addressee='王某委员', person='')
        """
        lines = [line.strip() for line in document.text[:_HEAD].split("\n") if line.strip()]
        held = _pronoun_words()["holder"].match(document.office or "")
        office = held["body"] if held else ""
        return cls(_body(document), office, _addressee(lines[:_FIRST_LINES]), _person(document))

    def resolved(self, task: Task, called: str = "", text: str = "") -> tuple[Task, str]:
        """The task with whom its pronouns stand for, and those that nothing resolves.

        Where others are named to act, a pronoun leaves nothing open.

        Args:
            task: the task.
            called: whom its paragraph calls upon, whose 局主要负责人 is meant.
            text: of its document, which says whom 该局 takes up.
        """
        kept: list[Party] = []
        left: list[str] = []
        for named in task.parties:
            office = _pronoun_words()["office"].match(named.text)
            whose = called if office and called.endswith(office["noun"]) else ""
            party = replace(named, text=whose + named.text[1:]) if whose else named
            pronoun = _pronoun_words()["pronoun"].match(party.text)
            if pronoun is None:
                kept.append(party)
                continue
            line = text.rfind("\n", 0, named.start) + 1
            name = self._named(pronoun, text[line : named.start])
            rest = party.text[pronoun.end() :]
            if not name:
                left.append(party.text)
            if name or rest:
                kept.append(_renamed(party, pronoun, name, rest))
        if any(party.role in ("lead", "responsible") for party in kept):
            left = []
        return replace(task, parties=tuple(kept)), "、".join(dict.fromkeys(left))

    def spoken_to(self, said: str, called: str) -> str:
        """Who is told to do what the words of a row say: 你们先把泵换了.

        Args:
            said: the words.
            called: who reports in its paragraph, or is called upon.
        """
        return called if _pronoun_words()["told"].match(said) else ""

    def _named(self, pronoun: re.Match[str], before: str) -> str:
        """The name that it stands for; a noun in it (局, 区) must be that of the name."""
        noun = pronoun["noun"] or ""
        if pronoun["they"] and noun:
            return _taken_up(noun, before)
        name = self._meant(pronoun, noun)
        if not noun or noun in _any_nouns():
            return name
        placed = _pronoun_words()["seat"].sub("", name)  # 示例县人民政府 is 你县
        return next((said for said in (name, placed) if said.endswith(noun)), "")

    def _meant(self, pronoun: re.Match[str], noun: str) -> str:
        if pronoun["you"]:
            return self.addressee
        if pronoun["me"] and not noun:
            return self.person
        return "" if pronoun["they"] else self.body or (self.office if noun else "")


def _taken_up(noun: str, before: str) -> str:
    """The last body before 该局 whose name ends so; none where it is one of several."""
    for names in reversed(bodies_in(before)):
        meant = [name for name in names if name.endswith(noun) and name != noun]
        named = [name for name in meant if not _pronoun_words()["pronoun"].match(name)]
        if named:
            return named[0] if len(named) == 1 else ""
    return ""


def _renamed(party: Party, pronoun: re.Match[str], named: str, rest: str) -> Party:
    """我和组长 by the name of whoever speaks; alone, a person leads and is no unit."""
    joined = rest if rest[:1] in _joining() else ""
    text = named + joined if named else rest[1:] if joined else rest
    person = bool(pronoun["me"]) and bool(named) and not rest and not pronoun["noun"]
    return replace(party, text=text, role="leader" if person else party.role)


def _body(document: Document) -> str:
    titled = _pronoun_words()["titled"].match(document.title or "")
    if titled:
        return titled["body"]
    return _signed(document.text)


def _signed(text: str) -> str:
    """The body above the day that ends a text."""
    lines = [line.strip() for line in text[-_HEAD:].split("\n") if line.strip()][-_LAST_LINES:]
    pairs = itertools.pairwise(lines)
    found = (above for above, day in pairs if _pronoun_words()["day"].fullmatch(day))
    return next((above for above in found if _pronoun_words()["body"].fullmatch(above)), "")


def _addressee(lines: list[str]) -> str:
    matches = (_pronoun_words()["addressed"].fullmatch(line) for line in lines)
    return next((match["who"] for match in matches if match), "")


def _person(document: Document) -> str:
    if document.speaker:
        return f"{document.office or ''}{document.speaker}"
    titled = _pronoun_words()["speaker"].match(document.title or "")
    return titled["who"] if titled else ""


def says_speaker(said: str) -> bool:
    """Whether words speak of the speaker, whom nobody knows who reads the row alone: 打我的电话.

    Args:
        said: the words of a row.

    Example:
        >>> says_speaker("先打我的电话"), says_speaker("我县的水库")
        (True, False)
    """
    words = _pronoun_words()
    return words["alone"].search(words["quoted"].sub("", said)) is not None


@functools.cache
def _any_nouns() -> frozenset[str]:
    """Nouns that fit any body: 我单位."""
    return frozenset(ledger_words()["speaking"]["any"])


@functools.cache
def _joining() -> frozenset[str]:
    """What joins a pronoun and somebody else: 我和组长."""
    return frozenset(ledger_words()["speaking"]["joins"])


@functools.cache
def _pronoun_words() -> Mapping[str, re.Pattern[str]]:
    words = ledger_words()["speaking"]
    patterns = {name: said for name, said in words.items() if isinstance(said, str)}
    end = patterns.pop("end")
    return {name: re.compile(said.replace("{end}", end)) for name, said in patterns.items()}
