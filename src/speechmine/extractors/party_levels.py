"""The level of a body: written before its name, once for a whole list, or the document's."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from speechmine.extractors.party_lexicon import lexicon_of, patterns_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from speechmine.extractors.party_names import Mention
    from speechmine.model import AdministrativeLevel
    from speechmine.rules.schema import RuleSet

__all__ = ["levels_of"]


def levels_of(
    text: str,
    mentions: Sequence[Mention],
    rules: RuleSet,
    *,
    document: AdministrativeLevel | None,
) -> Iterator[AdministrativeLevel | None]:
    """The level of each member of a coordination (市经贸委、国土房管局: both the city's).

    Args:
        text: the matching view's text.
        mentions: in order.
        rules: where the words for levels stand.
        document: whose text it is; a body named without any level is of that one.

    Returns:
        None where it is not certain: a zone's bureau, addressees by kind, and 市 in a text
        of county level, which may be the city above it or a county that is called a city.
    """
    given = document
    for mention in mentions:
        if mention.kind != "body":
            yield None
            continue
        written, level = _own_level(text, mention, rules)
        if written:
            unsure = level == "prefecture" and document in ("county", "township")
            given = None if unsure else level
        yield given
        # 国家发改委、财政局: what is national says nothing of the next.
        given = document if written and given == "national" else given


def _own_level(
    text: str, mention: Mention, rules: RuleSet
) -> tuple[bool, AdministrativeLevel | None]:
    """Whether a mention has words for place and level itself, and the level that they tell."""
    entry, name = mention.entry, text[mention.start : mention.end]
    if mention.start < mention.core:
        return True, _level_told(text[mention.start : mention.core], name, rules)
    if entry is None:
        return True, _level_told(name, name, rules)
    if entry.attribute("scope") == "national":
        return True, "national"
    if entry.attribute("scope") == "level":
        # 区委, 县政府: the level is the first character of the spelling.
        return True, _level_told(text[mention.core], name, rules)
    return False, None


def _level_told(written: str, name: str, rules: RuleSet) -> AdministrativeLevel | None:
    place = lexicon_of(rules).shapes["level.attached"].sub("", written)
    for level, pattern in patterns_of(rules, "levels").items():
        if pattern.search(place) or (level == "township" and pattern.search(name)):
            return cast("AdministrativeLevel", level)
    return None
