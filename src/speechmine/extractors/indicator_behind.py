"""The name of what is counted behind its number: 12家企业."""

from __future__ import annotations

from speechmine.extractors.indicators import LEAST_NAME, LONGEST_NAME, Name, Phrases
from speechmine.numerals import UNPARSED

__all__ = ["read_after"]


def read_after(bare: str, start: int, limit: int, phrases: Phrases) -> Name | None:
    """The thing counted, behind the unit: 12家〈高新技术企业〉落地.

    Args:
        bare: the text with names in quotation marks blanked.
        start: where the quantity ends.
        limit: where to stop at the latest (next quantity, end of the segment).
        phrases: the vocabulary.
    """
    start = _end_of("name.lead", bare, start, limit, phrases)
    noun = _end_of("name.described", bare, start, limit, phrases)
    stop = phrases.shapes["name.stop"].search(bare, noun, min(limit, noun + LONGEST_NAME))
    end = stop.start() if stop else min(limit, noun + LONGEST_NAME)
    end = _predicate_at(bare, noun, end, phrases)
    if end == limit:
        end = start + len(bare[start:end].rstrip(phrases.closers))
    name = bare[start:end].rstrip(phrases.edge)
    if not name or not _is_noun_start(name[0]) or name == phrases.person:
        return None
    return Name(name, start, start + len(name))


def _end_of(shape: str, bare: str, start: int, end: int, phrases: Phrases) -> int:
    """Where a shape ends that begins at ``start``; there, where none does."""
    found = phrases.shapes[shape].match(bare, start, end)
    return found.end() if found else start


def _is_noun_start(character: str) -> bool:
    # The whole range of the script, no word of it.
    return character == UNPARSED or "\u4e00" <= character <= "\u9fff" or character.isalnum()


def _predicate_at(bare: str, start: int, end: int, phrases: Phrases) -> int:
    """Where the first verb stands that no 的 takes back into the name (重点推进的项目)."""
    owned = start > 0 and _end_of("name.owner", bare, start - 1, start, phrases) == start
    least = start + LEAST_NAME if owned else start
    at = max(_end_of("name.owner", bare, start, end, phrases), least)
    spoken = phrases.predicate_words.search(bare, start, end)
    denied = phrases.shapes["name.denied"]
    while spoken is not None and spoken.start() - start == 1 and not denied.fullmatch(spoken[0]):
        spoken = phrases.predicate_words.search(bare, spoken.end(), end)
    end = spoken.start() if spoken is not None else end
    while at < end:
        compound = phrases.shapes["name.compound"].match(bare, at, end)
        if compound:
            at = compound.end()
        elif bare.startswith(phrases.predicates, at, end) and (at == start or at - start > 1):
            return at
        else:
            at += 1
    return end
